import NablaTestSupport
import Testing

@testable import NablaVerification

/// An equation of a published list: e for an equation, d for a derivative, and whether it is true.
private struct ListedEquation {
  let name: String
  let isDerivative: Bool
  let isTrue: Bool
  let left: String
  let right: String
  let variables: [String]

  init?(_ row: RecordedRow) {
    guard row.fields.count >= 5 else { return nil }
    name = row.fields[0]
    isDerivative = row.fields[1] == "d"
    isTrue = row.fields[2] == "1"
    left = row.fields[3]
    right = row.fields[4]
    variables = row.fields.count > 5 ? row.fields[5].split(separator: ",").map(String.init) : []
  }

  func verdict() throws -> ProofVerdict {
    var room = try ProofRoom()
    return isDerivative
      ? try room.decideDerivative(of: left, by: variables, right)
      : try room.decide(left, right)
  }
}

@Suite struct `Listed equations` {
  @Test(arguments: ["Data/identities.tsv", "Data/identities-hard.tsv"])
  func `a listed equation is decided as it is`(_ list: String) throws {
    let rows = recordedRows("../" + list).compactMap { ListedEquation($0) }
    #expect(rows.count >= 20)
    for row in rows {
      let verdict = try row.verdict()
      let expected = row.isTrue ? "proved" : "refuted"
      #expect(verdict.name == expected, "\(row.name)")
    }
  }
}
