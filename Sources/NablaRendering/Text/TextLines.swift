extension String {
  /// The texts between line feeds, empty ones too.
  package var textLines: [Substring] {
    utf8.split(separator: 10, omittingEmptySubsequences: false).map { Substring($0) }
  }
}
