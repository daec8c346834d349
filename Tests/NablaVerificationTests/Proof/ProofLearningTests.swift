import NablaTestSupport
import Testing

@testable import NablaVerification

/// Activations, losses and identities of deep learning with their published derivatives and forms: a
/// name, declarations, an expression, what it is differentiated by, the result, the verdict.
@Suite struct `What deep learning derives` {
  @Test func `a published result is proved, and one with a slip is refuted`() throws {
    let rows = recordedRows("../Data/learning.tsv")
    #expect(rows.count >= 70)
    for row in rows {
      try #require(row.fields.count == 6, "\(row.fields)")
      let (name, given, left, variables) = (
        row.fields[0], row.fields[1], row.fields[2], row.fields[3]
      )
      var room = try ProofRoom(given)
      let verdict =
        variables.isEmpty
        ? try room.decide(left, row.fields[4])
        : try room.decideDerivative(of: left, by: Self.names(variables), row.fields[4])
      #expect(verdict.name == row.fields[5], "\(name)")
    }
  }

  /// The names in a list; commas inside brackets do not count.
  private static func names(_ text: String) -> [String] {
    var names = [""]
    var depth = 0
    for character in text {
      switch character {
      case "[": depth += 1
      case "]": depth -= 1
      default: break
      }
      if character == ",", depth == 0 {
        names.append("")
      } else {
        names[names.count - 1].append(character)
      }
    }
    return names
  }
}
