import Testing
@testable import NablaVerification
@Suite struct ScratchTests {
  @Test func scratch() throws {
    let decl = "dimension K, D, N; index k, i = 1..K; index d, l, m = 1..D; vector s[D], b[D], a[K], t[K], c[K]; matrix W[K,D]; class y = 1..K; vector p[K]; scalar q"
    for (n, (one, two)) in [
      ("sum(d, delta(m,d)*1[s[d] > 0])", "1[s[m] > 0]"),
      ("sum(d, sum(k, a[k]*sum(l, W[k,l]*delta(l,d)))*delta(m,d)*b[d])", "b[m]*sum(k, a[k]*W[k,m])"),
      ("sum(d, sum(k, a[k]*sum(l, W[k,l]*delta(l,d)))*delta(m,d)*1[s[d] > 0])", "1[s[m] > 0]*sum(k, a[k]*W[k,m])"),
      ("sum(k, a[k]*sum(l, W[k,l]*5*1[s[l] > 0]*delta(m,l)))", "5*1[s[m] > 0]*sum(k, a[k]*W[k,m])"),
      ("sum(k, (a[k]-t[k])*W[k,m])", "sum(k, a[k]*W[k,m]) - sum(k, t[k]*W[k,m])"),
      ("-sum(k, a[k]/t[k]*sigmoid(c[k])*(1-sigmoid(c[k])) + (1-a[k])/(1-t[k])*(-sigmoid(c[k])*(1-sigmoid(c[k]))))", "-sum(k, sigmoid(c[k])*(1-sigmoid(c[k]))*(a[k]-t[k])/t[k]/(1-t[k]))"),
      ("-sum(k, a[k]/sigmoid(c[k])*sigmoid(c[k])*(1-sigmoid(c[k]))*W[k,m] + (1-a[k])/(1-sigmoid(c[k]))*(-sigmoid(c[k])*(1-sigmoid(c[k])))*W[k,m])", "-sum(k, (a[k]-sigmoid(c[k]))*W[k,m])"),
      ("sum(i, -sum(k, a[k]/sigmoid(c[k])*sigmoid(c[k])*(1-sigmoid(c[k]))*delta(k,i) + (1-a[k])/(1-sigmoid(c[k]))*(-sigmoid(c[k])*(1-sigmoid(c[k])))*delta(k,i))*W[i,m])", "-sum(k, (a[k]-sigmoid(c[k]))*W[k,m])"),
      ("sum(i, sum(k, a[k]*sigmoid(c[k])*(1-sigmoid(c[k]))*delta(k,i))*W[i,m])", "sum(k, a[k]*sigmoid(c[k])*(1-sigmoid(c[k]))*W[k,m])"),
      ("sum(i, sum(k, a[k]/t[k]*delta(k,i))*W[i,m])", "sum(k, a[k]/t[k]*W[k,m])"),
      ("sum(k, p[k]*1[k != y])", "sum(k, p[k]) - p[y]"),
      ("sum(k != y, p[k])", "sum(k, p[k]) - p[y]"),
      ("1[p[i]+(q-p[y]) > 0] - sum(k, 1[p[k]+(q-p[y]) > 0])*delta(i,y)", "1[i != y]*1[q+p[i]-p[y] > 0] - sum(k != y, 1[q+p[k]-p[y] > 0])*delta(i,y)"),
      ("1[p[i]+(q-p[y]) > 0]", "1[q+p[i]-p[y] > 0]"),
    ].enumerated() {
      var room = try ProofRoom(decl)
      print("S", n, try room.decide(one, two).name, one, "=", two)
    }
  }
}
