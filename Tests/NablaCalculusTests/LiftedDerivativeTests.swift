import NablaCalculus
import NablaExpressions
import Testing

/// Gradients, Jacobians and Hessians from textbooks in matrix notation.
///
/// The forms are those of Petersen and Pedersen, The Matrix Cookbook, and of Bishop, Pattern
/// Recognition and Machine Learning, chapters 3 to 5.
private struct MatrixTextbook {
  let statements: String
  let assumption: String
  /// Goal, variables, row and column index, form of the derivative.
  let rows: [(String, String, String, String)]

  init(
    _ statements: String, assuming assumption: String = "",
    _ rows: [(String, String, String, String)]
  ) {
    self.statements = statements
    self.assumption = assumption
    self.rows = rows
  }
}

// swift-format-ignore
private let matrixTextbooks: [MatrixTextbook] = [
  MatrixTextbook("dimension N; index i, j, k, l = 1..N; vector x[N], y[N], b[N]; matrix A[N, N], B[N, N], C[N, N]; matrix S[N, N] symmetric", [
    ("log(det(A))", "A[k,l]", "kl", "inv(A)'"),
    ("det(A)", "A[k,l]", "kl", "det(A) inv(A)'"),
    ("x' * inv(A) * y", "x[k]", "k", "inv(A) y"),
    ("x' * inv(A) * y", "A[k,l]", "kl", "-inv(A)' x y' inv(A)'"),
    ("tr(inv(A) * B)", "A[k,l]", "kl", "-(inv(A) B inv(A))'"),
    ("x' * inv(S) * x", "x[k]", "k", "2 inv(S) x"),
    ("sum(i, sum(j, x[i]*A[i,j]*x[j]))", "x[k]", "k", "(A + A') x"),
    ("sum(i, sum(j, x[i]*A[i,j]*x[j]))", "x[k] x[l]", "kl", "A + A'"),
    ("sum(i, sum(j, x[i]*S[i,j]*x[j]))", "x[k]", "k", "2 S x"),
    ("sum(i, sum(j, x[i]*A[i,j]*y[j]))", "A[k,l]", "kl", "x y'"),
    ("sum(i, (sum(j, A[i,j]*x[j]) - b[i])^2)/2", "x[k]", "k", "A' (A x - b)"),
    ("sum(i, (sum(j, A[i,j]*x[j]) - b[i])^2)/2", "A[k,l]", "kl", "(A x - b) x'"),
    ("sum(i, (sum(j, A[i,j]*x[j]) - b[i])^2)/2", "x[k] x[l]", "kl", "A' A"),
    ("sum(i, sum(j, A[i,j]*B[j,i]))", "A[k,l]", "kl", "B'"),
    ("sum(i, sum(j, sum(k, A[i,j]*B[j,k]*C[k,i])))", "B[k,l]", "kl", "A' C'"),
    ("sum(i, sum(j, A[i,j]^2))", "A[k,l]", "kl", "2 A"),
    ("sqrt(sum(i, sum(j, A[i,j]^2)))", "A[k,l]", "kl", "A/norm(A)"),
    ("sqrt(sum(i, x[i]^2))", "x[k]", "k", "x/norm(x)"),
    ("sqrt(sum(i, x[i]^2))", "x[k] x[l]", "kl", "I/norm(x) - x x'/norm(x)^3"),
    ("sum(i, exp(x[i]))", "x[k]", "k", "exp(x)"),
    ("sum(i, exp(x[i]))", "x[k] x[l]", "kl", "diag(exp(x))"),
    ("log(sum(i, exp(x[i])))", "x[k]", "k", "softmax(x)"),
    ("log(sum(i, exp(x[i])))", "x[k] x[l]", "kl", "diag(softmax(x)) - softmax(x) softmax(x)'"),
    ("sum(i, x[i]*sum(j, A[j,i]*sum(k, A[j,k]*x[k])))", "A[k,l]", "kl", "2 A x x'"),
    ("sum(i, sum(j, sum(k, sum(l, A[i,j]*C[j,k]*A[k,l]*B[l,i]))))", "A[k,l]", "kl", "(B A C + C A B)'"),
  ]),
  MatrixTextbook("dimension N, D, K; index n = 1..N; index i = 1..D; index j, k = 1..K; matrix X[N, D], Y[N, K], W[D, K]; vector b[K]; scalar lambda; Z[n,j] = sum(i, X[n,i]*W[i,j]) + b[j]; P[n,j] = exp(Z[n,j])/sum(k, exp(Z[n,k])); L = -sum(n, sum(j, Y[n,j]*log(P[n,j])))/N + lambda/2*sum(i, sum(j, W[i,j]^2))", assuming: "sum(j, Y[n,j]) = 1", [
    ("L", "W[i,j]", "ij", "X' (P - Y)/N + lambda W"),
    ("L", "b[j]", "j", "(P - Y)' 1/N"),
    ("L", "Z[n,j]", "nj", "(P - Y)/N"),
  ]),
  MatrixTextbook("dimension N, D; index n = 1..N; index i, j = 1..D; matrix X[N, D]; vector w[D], t[N]; scalar lambda; L = sum(n, (sum(i, X[n,i]*w[i]) - t[n])^2)/N + lambda*sum(i, w[i]^2)", [
    ("L", "w[i]", "i", "2 (X' (X w - t)/N + lambda w)"),
    ("L", "w[i] w[j]", "ij", "2 (X' X/N + lambda I)"),
    ("L", "X[n,i]", "ni", "(2/N) (X w - t) w'"),
  ]),
  MatrixTextbook("dimension N, D; index n = 1..N; index i, j = 1..D; matrix X[N, D]; vector w[D], t[N]; p[n] = sigmoid(sum(i, X[n,i]*w[i])); L = -sum(n, t[n]*log(p[n]) + (1 - t[n])*log(1 - p[n]))", [
    ("L", "w[i]", "i", "X' (p - t)"),
    ("L", "w[i] w[j]", "ij", "X' diag(p .* (1 - p)) X"),
  ]),
  MatrixTextbook("dimension D, H, K; index i = 1..D; index j = 1..H; index k, l = 1..K; vector x[D], b[H], c[K], y[K]; matrix W[H, D], V[K, H]; function f; s[j] = sum(i, W[j,i]*x[i]) + b[j]; h[j] = f(s[j]); o[k] = sum(j, V[k,j]*h[j]) + c[k]; L = sum(k, (o[k] - y[k])^2)/2", [
    ("L", "V[k,j]", "kj", "(o - y) h'"),
    ("L", "c[k]", "k", "o - y"),
    ("L", "h[j]", "j", "V' (o - y)"),
    ("L", "s[j]", "j", "(V' (o - y)) .* f'(s)"),
    ("L", "W[j,i]", "ji", "((V' (o - y)) .* f'(s)) x'"),
    ("L", "x[i]", "i", "W' ((V' (o - y)) .* f'(s))"),
  ]),
  MatrixTextbook("dimension N, D, H, K; index n = 1..N; index i = 1..D; index j = 1..H; index k, l = 1..K; matrix X[N, D], W[D, H], V[H, K], Y[N, K]; S[n,j] = sum(i, X[n,i]*W[i,j]); A[n,j] = tanh(S[n,j]); O[n,k] = sum(j, A[n,j]*V[j,k]); L = sum(n, sum(k, (O[n,k] - Y[n,k])^2))/(2*N)", [
    ("L", "V[j,k]", "jk", "A' (O - Y)/N"),
    ("L", "W[i,j]", "ij", "X' (((O - Y) V') .* (1 - A.^2))/N"),
    ("L", "X[n,i]", "ni", "(((O - Y) V') .* (1 - A.^2)) W'/N"),
  ]),
  MatrixTextbook("dimension N, D, H; index n = 1..N; index i = 1..D; index j = 1..H; matrix X[N, D], W[D, H]; vector v[H], y[N]; S[n,j] = sum(i, X[n,i]*W[i,j]); A[n,j] = ReLU(S[n,j]); o[n] = sum(j, A[n,j]*v[j]); L = sum(n, (o[n] - y[n])^2)/2", [
    ("L", "v[j]", "j", "A' (o - y)"),
    ("L", "W[i,j]", "ij", "X' (((o - y) v') .* 1[S greater 0])"),
  ]),
  MatrixTextbook("dimension N; index i, j = 1..N; vector x[N]; m = sum(i, x[i])/N; u[i] = x[i] - m", [
    ("u[i]", "x[j]", "ij", "I - ones/N"),
  ]),
  MatrixTextbook("dimension D; index i, j = 1..D; vector x[D], z[D]; scalar s positive; q = exp(-sum(i, (x[i] - z[i])^2)/(2*s^2))", [
    ("q", "x[j]", "j", "(q/s^2) (z - x)"),
    ("q", "s", "", "q norm(x - z)^2/s^3"),
  ]),
  MatrixTextbook("dimension T, D; index a, b, c = 1..T; index k, l = 1..D; matrix Q[T, D], M[T, D], U[T, D], G[T, D]; Z[a,b] = sum(k, Q[a,k]*M[b,k])/sqrt(D); P[a,b] = exp(Z[a,b])/sum(c, exp(Z[a,c])); O[a,k] = sum(b, P[a,b]*U[b,k]); L = sum(a, sum(k, G[a,k]*O[a,k]))", [
    ("L", "U[b,k]", "bk", "P' G"),
    ("L", "P[a,b]", "ab", "G U'"),
    ("L", "Z[a,b]", "ab", "(G U' - (G .* O) ones) .* P"),
    ("L", "Q[a,k]", "ak", "((G U' - (G .* O) ones) .* P) M/sqrt(D)"),
  ]),
]

@Test(arguments: matrixTextbooks.indices)
func `derivatives are lifted as a textbook writes them`(number: Int) throws {
  let textbook = matrixTextbooks[number]
  for (goal, variables, names, expected) in textbook.rows {
    var room = try Workroom(
      textbook.statements, assume: textbook.assumption.isEmpty ? [] : [textbook.assumption])
    let subject = try room.expression(goal)
    let handles = try room.variables(variables)
    var deriver = room.deriver()
    let derivation = deriver.derive(subject, by: handles, in: &room.pool)
    var indices: [SymbolID] = []
    for name in names { indices.append(try #require(room.scope.names[String(name)])) }
    let form = room.pool.lift(
      derivation.result, row: indices.first, column: indices.count > 1 ? indices[1] : nil)
    let text = form.map { room.text($0) } ?? "none: " + room.plain(derivation.result)
    #expect(text == expected, "\(goal) by \(variables)")
  }
}
