extension Language {
  /// English sentences and what they are in German.
  static let germanRows: [(english: String, other: String)] = [
    ("that is,", "das heißt,")
  ]
}
