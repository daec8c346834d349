import NablaNotation
import NablaProblems
import NablaTestSupport
import Testing

/// A text with what is said of its claims, in their order.
struct SuppositionCase: Sendable, CustomTestStringConvertible {
  let format: SubmissionFormat
  /// A file, or the statements of a sheet with semicolons between them.
  let problem: String
  let text: String
  let expected: String

  var testDescription: String { text }

  static let all: [SuppositionCase] = recordedRows("../Data/suppositions.tsv").compactMap { row in
    guard row.fields.count == 4, row.fields[0].first != "#" else { return nil }
    return SuppositionCase(
      format: SubmissionFormat(fileName: "answer." + row.fields[0]), problem: row.fields[1],
      text: row.fields[2].split(separator: "⏎", omittingEmptySubsequences: false)
        .joined(separator: "\n") + "\n", expected: row.fields[3])
  }

  func sheet() throws -> SourceText {
    if problem.hasSuffix(".md") {
      let folder =
        problem.hasPrefix("Problems/")
        ? SubmissionCorpusTests.repository : SubmissionCorpusTests.folder
      return try SubmissionCorpusTests.source(folder.appending(path: problem))
    }
    let lines = problem.split(separator: ";").map { $0.drop { $0 == " " } }
    return SourceText(
      name: "sheet.md", "# A sheet\n\n```nabla\n" + lines.joined(separator: "\n") + "\n```\n")
  }

  func said() throws -> String {
    let marked = judgeSubmission(
      SourceText(name: "answer", text), as: format, against: [try sheet()],
      options: JudgingOptions(seed: 1))
    return marked.claims.map { claim in
      var grounds = claim.uses.map { $0.plain }
      if let condition = claim.condition, grounds.isEmpty { grounds = [condition.plain] }
      let rest = grounds.isEmpty ? "" : " (" + grounds.joined(separator: ", ") + ")"
      return claim.verdict.rawValue + rest
    }.joined(separator: "; ")
  }
}

/// What authors suppose in words and formulas, and how far it reaches.
@Suite struct SuppositionTests {
  @Test func `there are suppositions to judge`() {
    #expect(SuppositionCase.all.count >= 40)
  }

  @Test(arguments: SuppositionCase.all)
  func `what is supposed holds as far as it reaches`(row: SuppositionCase) throws {
    #expect(try row.said() == row.expected)
  }
}
