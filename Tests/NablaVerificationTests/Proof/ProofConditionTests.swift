import NablaExpressions
import NablaTestSupport
import Testing

@testable import NablaVerification

@Suite struct `Conditions that repair an equation` {
  private static let indices = "index i, j, k = 1..N; vector h[N], y[N]"

  @Test(arguments: [
    ("", "sqrt(x^2)", "x", "(>= x 0)"), ("", "abs(x)", "-x", "(<= x 0)"),
    ("", "sign(x)", "1", "(> x 0)"), (indices, "h[i]*delta(i, j)", "h[j]", "(= i j)"),
    (indices, "h[i]*delta(i, j)", "0", "(!= i j)"), ("", "x", "x + 1", "none"),
    ("", "x^2", "4", "none"),
  ])
  func `an equation holds under a condition`(
    _ given: String, _ left: String, _ right: String, _ expected: String
  ) throws {
    var room = try ProofRoom(given)
    let one = try room.expression(left)
    let other = try room.expression(right)
    var prover = Prover(room.context)
    prover.findsConditions = true
    var found = "none"
    if case .conditional(let condition, _) = prover.decide(one, other, in: &room.pool) {
      found = room.pool.dump(condition)
    }
    #expect(found == expected)
  }

  @Test func `a normalisation is found`() throws {
    var room = try ProofRoom(Self.indices)
    let one = try room.expression("h[i]*sum(k, y[k])")
    let other = try room.expression("h[i]")
    var prover = Prover(room.context)
    prover.findsConditions = true
    guard case .conditional(let condition, _) = prover.decide(one, other, in: &room.pool) else {
      Issue.record("not conditional")
      return
    }
    #expect(room.pool.dump(condition) == "(= (sum 1..N y[#0.0]) 1)")
  }
}
