import NablaCalculus
import NablaExpressions
import NablaTestSupport
import Testing
@Test func `scratch`() throws {
  let rows = [
   ("matrix A[3, 2]; vector x[3], y[2]; index i = 1..3; index j = 1..2", "sum(i, x[i]*A[i,j])", "j"),
   ("matrix A[3, 2]; vector x[3], y[2]; index i = 1..3; index j = 1..2", "x[i]*y[j]/3", "ij"),
   ("matrix A[3, 2]; vector x[3], y[2]; index i = 1..3; index j = 1..2", "sum(i, x[i])/3", ""),
   ("dimension N; matrix A[N, 1], B[1, N]; index i = 1..N", "sum(i, A[i,1]*B[1,i])", ""),
   ("dimension N; matrix A[N, 1], B[1, N]; index i, j = 1..N", "A[i,1]*B[1,j]", "ij"),
   ("dimension N; vector x[N]; index i, j = 1..N; index k = 2..N", "x[k]", "k"),
   ("dimension N; vector x[N]; index i, j = 1..N; index k = 2..N", "sum(k, x[k])*x[i]", "i"),
   ("dimension N; vector x[N], y[N]; index i, j = 1..N", "sum(j != i, x[j])", "i"),
   ("dimension N; vector x[N], y[N]; index i, j = 1..N", "sum(j != i, x[j]*y[i])", "i"),
   ("dimension N; class c = 1..N; vector x[N], y[N]; index i, j = 1..N", "sum(j != c, max(0, 1 + x[j] - x[c]))", ""),
   ("dimension N; class c = 1..N; vector x[N], y[N]; index i, j = 1..N", "x[i]*(delta(i,c) - x[c])", "i"),
   ("dimension N, D; matrix X[N, D]; index i, j = 1..N; index k = 1..D", "sum(k, (X[i,k] - X[j,k])^2)", "ij"),
   ("dimension N, D; matrix X[N, D]; index i, j = 1..N; index k = 1..D; scalar s positive", "exp(-sum(k, (X[i,k] - X[j,k])^2)/(2*s^2))", "ij"),
 ("dimension N; vector x[N]; index i, j, k = 1..N; matrix A[N,N]", "tanh(sum(k, A[i,k]*x[k]) + sum(k, A[k,i]*x[k]))", "i"), ("dimension N; vector x[N]; index i, j, k = 1..N; matrix A[N,N]", "A[i,j]/sum(j, A[i,j])", "i"),
   ("dimension N, D; matrix X[N, D]; index i, j = 1..N; index k = 1..D; vector m[D]; scalar s positive", "sum(i, (X[i,k] - m[k])*(X[i,k] - m[k]))/N", "k"),
   ("dimension N, D; matrix X[N, D]; index i, j = 1..N; index k, l = 1..D; vector m[D]; scalar s positive", "sum(i, (X[i,k] - m[k])*(X[i,l] - m[l]))/N", "kl"),
   ("dimension N, D; matrix X[N, D]; index i, j = 1..N; index k, l = 1..D; vector m[D]; scalar s positive", "(X[i,k] - sum(j, X[j,k])/N)/sqrt(sum(j, (X[j,k] - sum(i, X[i,k])/N)^2)/N + s)", "ik"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j = 1..N", "sum(i, x[i]*z[i]) - sum(i, y[i]*z[i])", ""),
   ("dimension N; vector x[N], y[N], z[N]; index i, j = 1..N", "x[i]*y[i]/sum(j, x[j]*y[j]) - x[i]^3*z[i]", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j = 1..N; function g", "g(x[i], y[j])", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j = 1..N; matrix A[N,N]", "A[i,j]/(x[i]*y[j])", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j = 1..N; matrix A[N,N]", "A[i,j]/sum(k, A[i,k])", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]", "sum(k, A[i,k]*B[k,j]*x[k]^2)/sqrt(sum(i, x[i]^2))", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]", "(sum(k, A[i,k]*B[k,j]))^2", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]", "x[i]^(y[i])", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "1 - exp(-x[i])", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "sum(i, sum(j, (sum(k, A[i,k]*B[k,j]) - A[i,j])^2))/2", ""),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "sum(k, x[k]*delta(i,k)*A[k,j])", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "A[1,j]*x[i]", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "1[i = 2]*x[i]", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "1[x[i] > 0 and y[i] < 1]*z[i]", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "1[i != j]*A[i,j]", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "A[i,i]*delta(i,j)", "ij"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "product(i, x[i])*y[j]", "j"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; function L", "x[i] + 1/N", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; scalar t", "(1 - t)*x[i] + t*y[i]", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; scalar t", "log(x[i]/y[i])", "i"),
   ("dimension N; vector x[N], y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; scalar t", "sum(i, x[i]*log(x[i]/y[i]))", ""),
   ("dimension N; vector x[N] probability, y[N], z[N]; index i, j, k = 1..N; matrix A[N,N], B[N,N]; scalar t", "sum(i, x[i]*y[i]^2) - sum(i, x[i]*y[i])^2", ""),
  ]
  for (st, ex, ix) in rows {
    var room = try Workroom(st)
    let h: Handle
    do { h = try room.expression(ex) } catch { print("SCR", ex, error); continue }
    let idx = ix.map { room.scope.names[String($0)]! }
    let clock = ContinuousClock(); let t0 = clock.now
    let f = room.pool.lift(h, row: idx.first, column: idx.count > 1 ? idx[1] : nil)
    let d = clock.now - t0
    print("SCR", ex, "=>", f.map { room.text($0) } ?? "none", d.components.attoseconds / 1_000_000_000_000, "us")
  }
}
