import NablaCalculus
import NablaExpressions
import Testing

/// Expressions with indices and the matrix notation for them.
private struct Lifting {
  let statements: String
  /// Row and column index, expression, form.
  let rows: [(String, String, String)]

  init(_ statements: String, _ rows: [(String, String, String)]) {
    self.statements = statements
    self.rows = rows
  }
}

private let square = """
  dimension N; index i, j, k, l, m = 1..N; vector x[N], y[N], z[N]; matrix A[N, N], B[N, N], \
  C[N, N]; matrix S[N, N] symmetric; scalar a, b; function f
  """

private let data = """
  dimension N, D, K; index n, m = 1..N; index i, l = 1..D; index j, k = 1..K; matrix X[N, D], \
  P[N, K], Y[N, K], W[D, K]; vector w[D], t[N], p[N], b[K], r[K]; scalar lambda, s; class c = 1..K
  """

// swift-format-ignore
private let liftings: [Lifting] = [
  Lifting(square, [
    ("", "sum(i, x[i]*y[i])", "x' y"),
    ("", "sum(i, x[i])", "1' x"),
    ("", "sum(i, x[i]^2)", "norm(x)^2"),
    ("", "sqrt(sum(i, x[i]^2))", "norm(x)"),
    ("", "1/sqrt(sum(i, x[i]^2))", "1/norm(x)"),
    ("", "sum(i, sum(j, x[i]*A[i,j]*x[j]))", "x' A x"),
    ("", "sum(i, sum(j, x[i]*A[j,i]*y[j]))", "y' A x"),
    ("", "sum(i, x[i]*sum(j, A[i,j]*y[j]))", "x' A y"),
    ("", "sum(i, A[i,i])", "tr(A)"),
    ("", "sum(i, sum(j, A[i,j]*B[i,j]))", "tr(A' B)"),
    ("", "sum(i, sum(j, A[i,j]*B[j,i]))", "tr(A B)"),
    ("", "sum(i, sum(j, sum(k, A[i,j]*B[j,k]*C[k,i])))", "tr(A B C)"),
    ("", "sum(i, sum(j, A[i,j]^2))", "norm(A)^2"),
    ("", "sqrt(sum(i, sum(j, A[i,j]^2)))", "norm(A)"),
    ("", "sum(i, sum(j, A[i,j]))", "1' A 1"),
    ("", "sum(i, (x[i] - y[i])^2)/2", "norm(x - y)^2/2"),
    ("", "log(sum(k, exp(x[k])))", "log(1' exp(x))"),
    ("", "a*x[1]", "x[1]*a"),
    ("i", "x[i]", "x"),
    ("i", "x[i]*y[i]", "x .* y"),
    ("i", "x[i]/y[i]", "x ./ y"),
    ("i", "x[i]^2", "x.^2"),
    ("i", "sum(j, A[i,j]*x[j])", "A x"),
    ("i", "sum(j, A[j,i]*x[j])", "A' x"),
    ("i", "sum(j, S[j,i]*x[j])", "S x"),
    ("i", "sum(j, A[i,j])", "A 1"),
    ("i", "sum(j, A[j,i])", "A' 1"),
    ("i", "A[i,i]", "diag(A)"),
    ("i", "sum(k, A[i,k]*B[k,i])", "diag(A B)"),
    ("i", "a", "a 1"),
    ("i", "2*x[i]", "2 x"),
    ("i", "1 - x[i]^2", "1 - x.^2"),
    ("i", "exp(x[i])", "exp(x)"),
    ("i", "sigmoid(x[i])*(1 - sigmoid(x[i]))", "sigmoid(x) .* (1 - sigmoid(x))"),
    ("i", "exp(x[i])/sum(k, exp(x[k]))", "softmax(x)"),
    ("i", "1[x[i] > 0]*y[i]", "y .* 1[x greater 0]"),
    ("i", "f'(x[i])*y[i]", "y .* f'(x)"),
    ("i", "max(x[i], y[i])", "max(x, y)"),
    ("i", "sum(j, A[i,j]*x[j]) + sum(j, A[j,i]*x[j])", "(A + A') x"),
    ("i", "2*sum(j, S[i,j]*x[j])", "2 S x"),
    ("i", "x[i]/sqrt(sum(k, x[k]^2))", "x/norm(x)"),
    ("i", "sum(k, A[k,i]*(sum(j, A[k,j]*x[j]) - y[k]))", "A' (A x - y)"),
    ("i", "2*sum(k, A[k,i]*(sum(j, A[k,j]*x[j]) - y[k])) + 2*a*x[i]", "2 (A' (A x - y) + a x)"),
    ("i", "x[i]*sum(j, A[i,j]*y[j])", "(A y) .* x"),
    ("i", "sum(j, A[i,j]*x[j]*y[j])", "A (x .* y)"),
    ("i", "sum(j, A[i,j]*sum(k, B[j,k]*sum(l, C[k,l]*x[l])))", "A B C x"),
    ("i", "y[i]*sum(k, x[k]*z[k])", "(x' z) y"),
    ("ij", "inv(A)[i,j]", "inv(A)"),
    ("ij", "inv(A)[j,i]", "inv(A)'"),
    ("ij", "inv(S)[j,i]", "inv(S)"),
    ("ij", "sum(k, inv(A)[k,i]*B[k,j])", "inv(A)' B"),
    ("ij", "inv(A' * A + a * eye(N))[i,j]", "inv(A' A + a I)"),
    ("ij", "inv(A' * A)[j,i]", "inv(A' A)"),
    ("ij", "(A .* (x * y'))[i,j]", "(x y') .* A"),
    ("i", "(inv(A' * A) * A' * x)[i]", "inv(A' A) A' x"),
    ("", "log(det(A))", "log(det(A))"),
    ("", "det(A' * B)", "det(A' B)"),
    ("", "tr(inv(A) * B)", "tr(inv(A) B)"),
    ("ij", "A[i,j]", "A"),
    ("ij", "A[j,i]", "A'"),
    ("ji", "A[j,i]", "A"),
    ("ij", "S[j,i]", "S"),
    ("ij", "x[i]*y[j]", "x y'"),
    ("ij", "x[j]*y[i]", "y x'"),
    ("ij", "delta(i, j)", "I"),
    ("ij", "a*delta(i, j)", "a I"),
    ("ij", "delta(i, j)*x[i]", "diag(x)"),
    ("ij", "delta(i, j)*x[j]*y[i]", "diag(x .* y)"),
    ("ij", "x[i]*(delta(i, j) - x[j])", "diag(x) - x x'"),
    ("ij", "x[i]*A[i,j]", "diag(x) A"),
    ("ij", "A[i,j]*x[j]", "A diag(x)"),
    ("ij", "A[i,j]*B[i,j]", "A .* B"),
    ("ij", "A[i,j]*B[j,i]", "A .* B'"),
    ("ij", "A[j,i]*B[j,i]", "(A .* B)'"),
    ("ij", "sum(k, A[i,k]*B[k,j])", "A B"),
    ("ij", "sum(k, A[k,i]*B[k,j])", "A' B"),
    ("ij", "sum(k, A[i,k]*B[j,k])", "A B'"),
    ("ij", "sum(k, A[k,i]*B[j,k])", "A' B'"),
    ("ij", "sum(k, A[i,k]*x[k]*B[k,j])", "A diag(x) B"),
    ("ij", "sum(k, sum(l, A[i,k]*B[k,l]*C[l,j]))", "A B C"),
    ("ij", "A[i,j] + A[j,i]", "A + A'"),
    ("ij", "x[i] + y[j]", "x 1' + 1 y'"),
    ("ij", "exp(A[j,i])", "exp(A)'"),
    ("ij", "exp(A[i,j])/sum(k, exp(A[i,k]))", "softmax(A)"),
    ("ij", "sum(k, sum(l, A[k,i]*C[l,k]*B[l,j])) + sum(k, sum(l, C[i,k]*A[k,l]*B[l,j]))", "(C A + A' C') B"),
    ("ij", "x[i]*sum(k, A[k,j]*y[k]) + x[i]*z[j]", "x (A' y + z)'"),
    ("ij", "delta(i, j)/sqrt(sum(k, x[k]^2)) - x[i]*x[j]/sqrt(sum(k, x[k]^2))^3", "I/norm(x) - x x'/norm(x)^3"),
  ]),
  Lifting(data, [
    ("ij", "sum(n, X[n,i]*(P[n,j] - Y[n,j]))/N + lambda*W[i,j]", "X' (P - Y)/N + lambda W"),
    ("ij", "sum(n, X[n,i]*P[n,j]) - sum(n, X[n,i]*Y[n,j])", "X' (P - Y)"),
    ("i", "2*sum(n, X[n,i]*(sum(l, X[n,l]*w[l]) - t[n]))/N", "(2/N) X' (X w - t)"),
    ("i", "sum(n, X[n,i]*(p[n] - t[n]))", "X' (p - t)"),
    ("n", "sum(i, X[n,i]*w[i]) + s", "X w + s 1"),
    ("nj", "sum(i, X[n,i]*W[i,j]) + b[j]", "X W + 1 b'"),
    ("j", "r[j] - delta(j, c)", "r - e(c)"),
    ("j", "sum(n, P[n,j] - Y[n,j])/N", "(P - Y)' 1/N"),
    ("", "sum(n, (t[n] - sum(i, X[n,i]*w[i]))^2)/N + lambda*sum(i, w[i]^2)", "norm(X w - t)^2/N + lambda norm(w)^2"),
    ("", "-sum(n, sum(j, Y[n,j]*log(P[n,j])))/N", "-tr(Y' log(P))/N"),
    ("", "-sum(n, t[n]*log(p[n]) + (1 - t[n])*log(1 - p[n]))", "(t - 1)' log(1 - p) - t' log(p)"),
    ("i", "sum(n, P[n,c]*X[n,i])", "X' P e(c)"),
    ("nj", "P[n,j]*(r[j] - sum(k, P[n,k]*r[k]))", "P diag(r) - diag(P r) P"),
    ("ij", "X[n,i]*(P[n,j] - Y[n,j])", "none"),
  ]),
]

@Test(arguments: liftings.indices)
func `expressions with indices are lifted to matrix notation`(number: Int) throws {
  let lifting = liftings[number]
  for (names, expression, expected) in lifting.rows {
    var room = try Workroom(lifting.statements)
    let handle = try room.expression(expression)
    var indices: [SymbolID] = []
    for name in names { indices.append(try #require(room.scope.names[String(name)])) }
    let form = room.pool.lift(
      handle, row: indices.first, column: indices.count > 1 ? indices[1] : nil)
    let text = form.map { room.text($0) } ?? "none"
    #expect(text == expected, "\(expression) along \(names)")
  }
}
