import NablaCalculus
import NablaExpressions
import NablaTestSupport
import Testing
@Test func `scratch`() throws {
  var room = try Workroom("dimension N, D, K; index n = 1..N; index i = 1..D; index j, k = 1..K; matrix X[N, D], Y[N, K], W[D, K]; vector b[K]; scalar lambda; Z[n,j] = sum(i, X[n,i]*W[i,j]) + b[j]; P[n,j] = exp(Z[n,j])/sum(k, exp(Z[n,k])); L = -sum(n, sum(j, Y[n,j]*log(P[n,j])))/N", assume:["sum(j, Y[n,j]) = 1"])
    let h = try room.expression("L")
    let w = try room.variables("W[i,j]")
    var deriver = room.deriver()
    let derivation = deriver.derive(h, by: w, in: &room.pool)
    print("SCR", room.plain(derivation.result))
}
