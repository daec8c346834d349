import Testing

@testable import NablaVerification

@Suite struct ScratchTests {
  @Test func scratch() throws {
    let decl = "dimension K; index k, i, j = 1..K; vector a[K], p[K]; class y = 1..K"
    for (n, (one, two)) in [
      ("sum(k != y, p[k])", "sum(k, p[k]) - p[y]"),
      (
        "sum(i, 1[i != y]*a[i]*p[i]*(delta(i,j) - p[j]))",
        "1[j != y]*a[j]*p[j] - p[j]*sum(i != y, a[i]*p[i])"
      ),
      ("sum(k != y, a[k]*delta(k,j))", "1[j != y]*a[j]"),
      ("sum(k != y, a[k]*(p[k]+1))", "sum(k != y, a[k]*p[k]) + sum(k != y, a[k])"),
      ("1[j != y]", "1 - delta(j,y)"),
    ].enumerated() {
      var room = try ProofRoom(decl)
      print("S", n, try room.decide(one, two).name, one, "=", two)
    }
  }
}
