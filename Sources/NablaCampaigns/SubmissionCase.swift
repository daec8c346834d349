import NablaNotation

/// A derivation that is entirely right, with the problems it answers.
package struct SubmissionCase: Sendable {
  package let source: SourceText
  package let problems: [SourceText]

  package init(_ source: SourceText, problems: [SourceText]) {
    self.source = source
    self.problems = problems
  }

  package struct Entry: Sendable, Equatable {
    package let file: String
    package let problems: [String]

    package init(file: String, problems: [String]) {
      self.file = file
      self.problems = problems
    }
  }

  /// The files without a wrong line in a table of expected verdicts.
  ///
  /// The columns are file, problems joined by `+`, line or `*`, snippet and verdict.
  package static func rightEntries(in table: String) -> [Entry] {
    var entries: [Entry] = []
    var wrong: Set<String> = []
    for line in table.split(separator: "\n").dropFirst() {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
      guard cells.count >= 5 else { continue }
      let file = String(cells[0])
      if cells[4] == "refuted" || cells[4] == "incorrect" { wrong.insert(file) }
      if cells[2] == "*" {
        entries.append(Entry(file: file, problems: cells[1].split(separator: "+").map(String.init)))
      }
    }
    return entries.filter { !wrong.contains($0.file) }
  }
}
