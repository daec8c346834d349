import Testing
@testable import NablaVerification
@Suite struct ScratchTests {
  @Test func scratch() throws {
    let decl = "dimension K, D, N; index k, i = 1..K; index d, l, m = 1..D; vector s[D], b[D], a[K], t[K], c[K]; matrix W[K,D]; class y = 1..K; vector p[K]; scalar q"
    for (n, (one, two)) in [
      ("sum(d, delta(m,d)*1[s[d] > 0])", "1[s[m] > 0]"),
      ("1[p[i]+(q-p[y]) > 0]", "1[q+p[i]-p[y] > 0]"),
      ("sum(k, a[k]*(1-sigmoid(c[k]))) - sum(k, (1-a[k])*sigmoid(c[k]))", "sum(k, (a[k]-sigmoid(c[k])))"),
      ("sum(k, a[k]*(1-sigmoid(c[k])) - (1-a[k])*sigmoid(c[k]))", "sum(k, (a[k]-sigmoid(c[k])))"),
      ("sum(k, a[k]*(1-sigmoid(c[k])) - (1-a[k])*sigmoid(c[k]))", "sum(k, (a[k]-sigmoid(c[k])))"),
      ("sum(k, sigmoid(c[k])/(1-sigmoid(c[k])))", "sum(k, exp(c[k]))"),
      ("sum(k, sigmoid(c[k])*(1-sigmoid(c[k]))/(1-sigmoid(c[k])))", "sum(k, sigmoid(c[k]))"),
      ("sum(k, a[k]/sigmoid(c[k])*sigmoid(c[k])*(1-sigmoid(c[k])))", "sum(k, a[k]*(1-sigmoid(c[k])))"),
      ("sum(k, a[k]*(1-t[k])/(1-t[k]))", "sum(k, a[k])"),
      ("sum(k, a[k]/t[k] - (1-a[k])/(1-t[k]))", "sum(k, (a[k]-t[k])/(t[k]*(1-t[k])))"),
    ].enumerated() {
      var room = try ProofRoom(decl)
      print("S", n, try room.decide(one, two).name, one, "=", two)
    }
  }
}
