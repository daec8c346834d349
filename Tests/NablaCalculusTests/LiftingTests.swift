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
    ("", "sum(i, x[i])", "sum(x)"),
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
    ("", "sum(i, sum(j, A[i,j]))", "sum(A)"),
    ("", "sum(i, (x[i] - y[i])^2)/2", "norm(x - y)^2/2"),
    ("", "log(sum(k, exp(x[k])))", "log(sum(exp(x)))"),
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
    ("i", "(inv(A' * A) * A' * x)[i]", "inv(A) x"),
    ("", "log(det(A))", "log(det(A))"),
    ("", "det(A' * B)", "det(A) det(B)"),
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
  Lifting(square, [
    ("i", "sum(j != i, x[j]*y[i])", "sum(x) y - x .* y"),
    ("i", "x[i]*y[i]/sum(j, x[j]*y[j]) - x[i]^3*z[i]", "(x .* y)/(x' y) - x.^3 .* z"),
    ("i", "x[i]^y[i]", "x.^y"),
    ("i", "(1 - a)*x[i] + a*y[i]", "(1 - a) x + a y"),
    ("i", "log(x[i]/y[i])", "log(x ./ y)"),
    ("i", "1[x[i] > 0 and y[i] < 1]*z[i]", "z .* 1[x greater 0] .* 1[y less 1]"),
    ("i", "1[i = 2]*x[i]", "x[2] e(2)"),
    ("i", "tanh(sum(k, A[i,k]*x[k]) + sum(k, A[k,i]*x[k]))", "tanh((A + A') x)"),
    ("i", "product(j, x[j])*y[i]", "product(j, x[j]) y"),
    ("i", "x[i] - sum(j, x[j])/N", "x - mean(x) 1"),
    ("ij", "f(x[i]*y[j])", "f(x y')"),
    ("ij", "A[i,j]/(x[i]*y[j])", "A ./ (x y')"),
    ("ij", "(sum(k, A[i,k]*B[k,j]))^2", "(A B).^2"),
    ("ij", "A[1,j]*x[i]", "x e(1)' A"),
    ("ij", "1[i != j]*A[i,j]", "A - diag(diag(A))"),
    ("ij", "sum(k, A[i,k]*B[k,j]*x[k]^2)/sqrt(sum(k, x[k]^2))", "A diag(x.^2) B/norm(x)"),
    ("ij", "sum(k, (A[i,k] - A[j,k])^2)", "A.^2 ones + ones (A.^2)' - 2 A A'"),
    ("", "sum(i, x[i]*log(x[i]/y[i]))", "x' log(x ./ y)"),
    ("", "sum(i, x[i]*z[i]) - sum(i, y[i]*z[i])", "(x - y)' z"),
    ("", "sum(i, sum(j, (sum(k, A[i,k]*B[k,j]) - A[i,j])^2))/2", "norm(A B - A)^2/2"),
    ("", "sum(i, x[i]*y[i]^2) - sum(i, x[i]*y[i])^2", "x' y.^2 - (x' y)^2"),
    ("", "sum(j != 1, max(0, x[j]))", "sum(j != 1, max(0, x[j]))"),
    ("ij", "A[i,j]*x[k]", "x[k] A"),
    ("ij", "A[i,k]*x[j]", "none"),
    ("i", "sum(j, sum(k, f(x[i] + x[j] + x[k])))", "none"),
    ("i", "A[i,k]", "none"),
  ]),
  Lifting("matrix A[3, 2], B[1, 3], C[3, 1]; vector x[3], y[2]; index i, k = 1..3; index j = 1..2", [
    ("j", "sum(i, x[i]*A[i,j])", "A' x"),
    ("ij", "x[i]*y[j]/3", "x y'/3"),
    ("", "sum(i, B[1,i]*C[i,1])", "B C"),
    ("ik", "C[i,1]*B[1,k]", "C B"),
    ("i", "B[1,i] + C[i,1]", "B' + C"),
  ]),
  Lifting(square, [
    ("ij", "a*(b - a)*(1 - a)*x[i]*y[j]*(y[j] - 1)", "a*(1 - a)*(a - b) x (y .* (1 - y))'"),
    ("i", "a*(b - a)*(a - 1)*x[i]", "a*(1 - a)*(a - b) x"),
    ("i", "-a*(b - a)*x[i]*(x[i] - 1)", "a*(b - a) (x .* (1 - x))"),
    ("i", "-sum(j, A[j,i]*sign(x[j] - y[j]))", "A' sign(y - x)"),
    ("ij", "-(x[i] - y[i])*(x[j] - y[j])", "-(x - y) (x - y)'"),
    ("ij", "(x[i] - 1)*(1 - y[j])", "(1 - x) (y - 1)'"),
    ("i", "1[a > 0]*x[i] + sum(j, A[j,i]*y[j]) - 1[a > 0]*x[i]", "A' y"),
    ("ij", "2*A[i,j] - delta(i, j)*A[i,i]", "2 A - diag(diag(A))"),
    ("ij", "A[i,j]*(2 - delta(i, j))", "2 A - diag(diag(A))"),
    ("ij", "a*S[i,j]*(1 - 2*delta(i, j)) - x[i]*x[j]*(1 - delta(i, j))", "a S + diag(x .* x) - x x' - 2*a diag(diag(S))"),
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

@Test func `at least a hundred expressions are lifted`() {
  #expect(liftings.reduce(0) { $0 + $1.rows.count } >= 100)
}

@Test func `what is too deep or too wide to be lifted is left alone`() throws {
  var room = try Workroom(square)
  let x = try #require(room.scope.names["x"])
  let i = try #require(room.scope.names["i"])
  let entry = room.pool.entry(x, [room.pool.symbol(i)])
  var deep = entry
  for _ in 0..<5000 { deep = room.pool.function(.sin, deep) }
  #expect(room.pool.lift(deep, row: i, column: nil) == nil)
  var wide: [Handle] = []
  for order in 2..<200 { wide.append(room.pool.power(entry, room.pool.integer(order))) }
  let sum = room.pool.add(wide)
  #expect(room.pool.lift(sum, row: i, column: nil) == nil)
  var chain = entry
  for _ in 0..<40 { chain = room.pool.add(room.pool.multiply(chain, chain), entry) }
  #expect(room.pool.lift(chain, row: i, column: nil) == nil)
}

@Test func `a row that is no index of an axis gives no form`() throws {
  var room = try Workroom(square)
  let x = try #require(room.scope.names["x"])
  let i = try #require(room.scope.names["i"])
  let a = try #require(room.scope.names["a"])
  let entry = room.pool.entry(x, [room.pool.symbol(i)])
  #expect(room.pool.lift(entry, row: a, column: nil) == nil)
  #expect(room.pool.lift(entry, row: i, column: i) == nil)
  #expect(room.pool.lift(room.pool.one, row: a, column: i) == nil)
}
