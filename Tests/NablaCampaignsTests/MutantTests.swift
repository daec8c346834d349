import Foundation
import NablaCampaigns
import NablaNotation
import NablaProblems
import Testing

@Suite struct `Mutants of right derivations` {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "NablaProblemsTests/Data/Submissions")
  static let repository = folder.appending(path: "../../../..").standardized

  static func submissions(_ names: [String]) throws -> [SubmissionCase] {
    let table = try String(contentsOf: folder.appending(path: "expected.tsv"), encoding: .utf8)
    return try SubmissionCase.rightEntries(in: table).filter { names.contains($0.file) }.map {
      let problems = try $0.problems.map { path in
        try source((path.hasPrefix("Problems/") ? repository : folder).appending(path: path), path)
      }
      return SubmissionCase(
        try source(folder.appending(path: $0.file), $0.file), problems: problems)
    }
  }

  static func source(_ url: URL, _ name: String) throws -> SourceText {
    SourceText(name: name, bytes: [UInt8](try Data(contentsOf: url)))
  }

  static let files = [
    "001-softmax-ce-align.tex", "019-ridge.tex", "021-product-rule.txt",
    "025-logistic-eqnarray.tex", "041-forme-quadratique.tex",
  ]

  @Test func `wrong lines are refuted and right ones left alone`() throws {
    let mutants = SubmissionMutants(try Self.submissions(Self.files), seed: 3)
    #expect(mutants.refutedUnchanged == [])
    var tally = MutantTally()
    for mutant in mutants.all.prefix(40) {
      tally.add(mutant.mutation.kind, mutants.outcome(of: mutant))
    }
    #expect(tally.total == 40)
    #expect(tally.count(.refuted) >= 30)
    #expect(tally.failures.map { $0.line } == [])
    #expect(tally.accusations == [])
  }

  @Test func `the same seed gives the same mutants and another one others`() throws {
    let submissions = try Self.submissions(["021-product-rule.txt"])
    let one = SubmissionMutants(submissions, seed: 5).all.prefix(20).map { $0.mutation.line }
    let again = SubmissionMutants(submissions, seed: 5).all.prefix(20).map { $0.mutation.line }
    let other = SubmissionMutants(submissions, seed: 6).all.prefix(20).map { $0.mutation.line }
    #expect(one == again)
    #expect(one != other)
  }

  @Test func `a table names the files without a wrong line`() {
    let table = """
      file\tproblem\tline\tsnippet\tverdict\tclass\tnote
      a.md\tp.md+q.md\t*\t\tcorrect\t\t
      b.md\tp.md\t3\t= 2\trefuted\tsign\t
      b.md\tp.md\t*\t\tincorrect\t\t
      """
    let expected = [SubmissionCase.Entry(file: "a.md", problems: ["p.md", "q.md"])]
    #expect(SubmissionCase.rightEntries(in: table) == expected)
  }

  @Test func `a mutant left alone counts as refuted only if it was`() {
    var tally = MutantTally()
    #expect(tally.refutedShare == 1)
    tally.add(.sign, MutantOutcome(verdict: .undecided))
    #expect(tally.refutedShare == 0)
    #expect(tally.failures.count == 1)
  }
}
