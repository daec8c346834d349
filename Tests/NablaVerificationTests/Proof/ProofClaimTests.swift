import NablaProblems
import NablaTestSupport
import Testing

@testable import NablaVerification

/// Claims of a list: the verdict, both sides, what is declared, and what is assumed.
///
/// The values of both sides of the true ones were compared elsewhere, to 45 digits, those of
/// derivatives to 18.
@Suite struct `Lists of claims` {
  @Test(arguments: ["Data/claims-constants.tsv", "Data/claims-sums.tsv"])
  func `a claim is decided as it is`(_ list: String) throws {
    let rows = recordedRows("../" + list)
    #expect(rows.count >= 80)
    for row in rows where row.fields.count >= 3 {
      let given = row.fields.count > 3 ? row.fields[3] : ""
      let assume = row.fields.count > 4 ? row.fields[4].split(separator: ";") : []
      var room = try ProofRoom(given, assume: assume.map(String.init))
      let verdict = try room.decide(row.fields[1], row.fields[2]).name
      #expect(verdict == row.fields[0], "\(row.fields[1]) = \(row.fields[2])")
    }
  }

  @Test func `a claim of linear algebra or about a loss is decided as it is`() {
    let rows = recordedRows("../Data/claims-linear.tsv")
    #expect(rows.count >= 250)
    for row in rows {
      let question = EqualityQuestion(
        row.fields[1], row.fields[2], given: ProofRoom.statements(in: row.fields[3]))
      let outcome = judgeEquality(question, options: EqualityOptions(seed: 20_261_121))
      #expect(
        outcome.verdict.rawValue == row.fields[0], "\(row.fields[1]) = \(row.fields[2])")
    }
  }
}
