import NablaNotation

extension Format {
  /// What to tell somebody whose file is named for another format than it gets; else nil.
  static func hint(_ options: Options) -> String? {
    guard options.format == .terminal, let path = options.output else { return nil }
    let formats: [Format] = [.python, .swift, .ipynb, .latex, .html, .json]
    for format in formats where path.hasSuffix("." + format.fileEnding) {
      return "\(DisplayText.escaped(path, limit: 200)) gets the text of a terminal; "
        + "--format \(format.rawValue) writes what its name says"
    }
    return nil
  }
}
