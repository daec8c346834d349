import NablaCalculus
import NablaExpressions
import NablaRewriting
import NablaVerification
import Testing

/// Derivatives from textbooks: what is written, by which variables, and what a person would get.
///
/// The scalar results were compared with sympy, those with indices with the formulas in the
/// literature (Bishop, Pattern Recognition and Machine Learning, chapters 4 to 6; Petersen and
/// Pedersen, The Matrix Cookbook), before they were written down.
private struct Textbook {
  let statements: String
  let assumption: String
  /// Goal, variables, result.
  let rows: [(String, String, String)]

  init(_ statements: String, assuming assumption: String = "", _ rows: [(String, String, String)]) {
    self.statements = statements
    self.assumption = assumption
    self.rows = rows
  }
}

// swift-format-ignore
private let textbooks: [Textbook] = [
  Textbook("", [
    ("max(0, 1 - y*s)", "s", "-1[1 - y*s > 0]*y"),
    ("tanh(x)", "x x", "2*tanh(x)*(tanh(x)^2 - 1)"),
    ("sigmoid(x)", "x x", "(1 + 2*sigmoid(x)^2 - 3*sigmoid(x))*sigmoid(x)"),
    ("softplus(x)", "x x", "sigmoid(x)*(1 - sigmoid(x))"),
    ("exp(x)/(1 + exp(x))", "x", "exp(x)/(1 + exp(x))^2"),
    ("1/(1 + exp(-x))", "x", "exp(-x)/(1 + exp(-x))^2"),
    ("x*log(x) - x", "x", "log(x)"),
    ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "x", "4/(exp(x) + exp(-x))^2"),
    ("sqrt(x^2 + 1)", "x x", "1/sqrt(x^2 + 1)^3"),
    ("x/(x^2 + 1)", "x", "(1 - x^2)/(x^2 + 1)^2"),
    ("(x + 1)/(x - 1)", "x", "-2/(x - 1)^2"),
    ("x^2*exp(-x)", "x", "x*(2 - x)*exp(-x)"),
    ("log(x)/x", "x", "(1 - log(x))/x^2"),
    ("exp(-(x - m)^2/(2*s^2))", "x", "(m - x)*exp(-(x - m)^2/(2*s^2))/s^2"),
    ("exp(-(x - m)^2/(2*s^2))", "x x", "(x^2 + m^2 - 2*x*m - s^2)*exp(-(x - m)^2/(2*s^2))/s^4"),
    ("x*sigmoid(x)", "x", "sigmoid(x)*(x + 1 - x*sigmoid(x))"),
    ("log(1 + exp(-y*z))", "z", "-y/(1 + exp(y*z))"),
    ("-(y*log(sigmoid(z)) + (1 - y)*log(1 - sigmoid(z)))", "z", "sigmoid(z) - y"),
    ("x^x", "x", "x^x*(1 + log(x))"),
    ("sin(x)*cos(x)", "x", "cos(x)^2 - sin(x)^2"),
    ("atan(x)", "x x", "-2*x/(1 + x^2)^2"),
    ("log(cosh(x))", "x", "tanh(x)"),
    ("x*exp(-x^2/2)", "x", "(1 - x^2)*exp(-x^2/2)"),
    ("ReLU(w*x + b)^2", "w", "2*x*ReLU(w*x + b)"),
    ("abs(x)^3", "x", "3*x^2*sign(x)"),
    ("max(x, y)^2", "x", "2*max(x, y)*1[x - y > 0]"),
    ("(1 - tanh(x)^2)*tanh(x)", "x", "1 + 3*tanh(x)^4 - 4*tanh(x)^2"),
    ("x/(1 + exp(-x))", "x", "(1 + x*exp(-x) + exp(-x))/(1 + exp(-x))^2"),
    ("log(sigmoid(x))", "x", "1 - sigmoid(x)"),
    ("log(1 - sigmoid(x))", "x", "-sigmoid(x)"),
    ("1/2*(y - w*x)^2", "w w", "x^2"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; vector h[N]; scalar t; P[j] = exp(h[j])/sum(k, exp(h[k]))", [
    ("P[j]", "h[i]", "P[j]*(delta(i, j) - P[i])"),
    ("P[j]", "h[j]", "P[j]*(1 - P[j])"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; vector h[N], y[N]; P[j] = exp(h[j])/sum(k, exp(h[k])); L = -sum(j, y[j]*log(P[j]))", assuming: "sum(j, y[j]) = 1", [
    ("L", "h[i]", "P[i] - y[i]"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; vector h[N]", [
    ("log(sum(k, exp(h[k])))", "h[i]", "exp(h[i])/sum(k, exp(h[k]))"),
    ("log(sum(k, exp(h[k])))", "h[i] h[j]", "(sum(k, exp(h[k]))*delta(i, j) - exp(h[j]))*exp(h[i])/sum(k, exp(h[k]))^2"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; vector h[N]; P[j] = exp(h[j])/sum(k, exp(h[k])); M = log(sum(k, exp(h[k])))", [
    ("M", "h[i] h[j]", "P[i]*(delta(i, j) - P[j])"),
  ]),
  Textbook("p = sigmoid(w*x + b); L = -(y*log(p) + (1 - y)*log(1 - p))", [
    ("L", "w", "x*(p - y)"),
    ("L", "w w", "p*x^2*(1 - p)"),
    ("L", "p", "(p - y)/(p*(1 - p))"),
  ]),
  Textbook("s = w*x + b; L = max(0, 1 - y*s)", [
    ("L", "w", "-1[1 - s*y > 0]*x*y"),
  ]),
  Textbook("dimension D; index i,j = 1..D; vector x[D], z[D]; scalar s positive; K = exp(-sum(i, (x[i] - z[i])^2)/(2*s^2))", [
    ("K", "x[j]", "K*(z[j] - x[j])/s^2"),
    ("K", "s", "K*sum(i, (x[i] - z[i])^2)/s^3"),
  ]),
  Textbook("dimension D; index i,j,k = 1..D; vector x[D], z[D]; scalar s positive; K = exp(-sum(i, (x[i] - z[i])^2)/(2*s^2))", [
    ("K", "x[j] x[k]", "K*(x[k] - z[k])*(x[j] - z[j])/s^4 - K*delta(j, k)/s^2"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; vector x[N]; scalar c positive; m = sum(k, x[k])/N; v = sum(k, (x[k] - m)^2)/N; n[i] = (x[i] - m)/sqrt(v + c)", [
    ("m", "x[j]", "1/N"),
    ("v", "x[j]", "2*(x[j] - m)/N"),
    ("n[i]", "x[j]", "(N*delta(i, j) - n[i]*n[j] - 1)/(N*sqrt(c + v))"),
  ]),
  Textbook("dimension N, D; index i,j = 1..N; index k,l = 1..D; vector q[D]; matrix A[N,D]; s[i] = sum(k, q[k]*A[i,k])/sqrt(D); a[i] = exp(s[i])/sum(j, exp(s[j]))", [
    ("a[i]", "q[l]", "a[i]*(A[i,l] - sum(j, A[j,l]*a[j]))/sqrt(D)"),
  ]),
  Textbook("dimension N; index i,j,k = 1..N; matrix A[N,N]; vector x[N], b[N]", [
    ("sum(i, sum(j, x[i]*A[i,j]*x[j]))", "x[k]", "sum(i, x[i]*(A[k,i] + A[i,k]))"),
    ("sum(i, (sum(j, A[i,j]*x[j]) - b[i])^2)/2", "x[k]", "sum(i, A[i,k]*(sum(j, A[i,j]*x[j]) - b[i]))"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; matrix A[N,N]; vector x[N], b[N]", [
    ("sum(i, sum(j, x[i]*A[i,j]*x[j]))", "x[k] x[l]", "A[k,l] + A[l,k]"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; matrix A[N,N] symmetric; vector x[N], b[N]", [
    ("sum(i, sum(j, x[i]*A[i,j]*x[j]))", "x[k]", "2*sum(i, A[k,i]*x[i])"),
  ]),
  Textbook("dimension N; index i,j,k = 1..N; matrix A[N,N]; vector x[N], b[N]; r[i] = sum(j, A[i,j]*x[j]) - b[i]; L = sum(i, r[i]^2)/2", [
    ("L", "x[k]", "sum(i, r[i]*A[i,k])"),
  ]),
  Textbook("dimension N; index i,j,k,l = 1..N; matrix A[N,N]; vector x[N], b[N]; r[i] = sum(j, A[i,j]*x[j]) - b[i]; L = sum(i, r[i]^2)/2", [
    ("L", "A[k,l]", "r[k]*x[l]"),
  ]),
  Textbook("function f, g; b = g(a); z = f(a, b)", [
    ("z", "a", "f_1(a, b) + f_2(a, b)*g'(a)"),
    ("z", "b", "f_2(a, b)"),
    ("z", "a a", "f_2(a, b)*g''(a) + g'(a)^2*f_22(a, b) + 2*g'(a)*f_12(a, b) + f_11(a, b)"),
  ]),
  Textbook("function f; x = r*cos(t); y = r*sin(t); u = f(x, y)", [
    ("u", "r", "f_1(x, y)*cos(t) + f_2(x, y)*sin(t)"),
    ("u", "t", "x*f_2(x, y) - y*f_1(x, y)"),
  ]),
  Textbook("function f1, f2; s = w*x; h = f1(s); o = f2(v*h); L = (o - y)^2/2", [
    ("L", "w", "(o - y)*f2'(v*h)*v*f1'(s)*x"),
  ]),
  Textbook("function f1; s = w*x; L = (f1(s) - y)^2/2", [
    ("L", "w w", "x^2*((f1(s) - y)*f1''(s) + f1'(s)^2)"),
  ]),
  Textbook("a = tanh(u); b = a + x; L = b^2; u = w*x", [
    ("L", "x", "2*b*(w + 1 - a^2*w)"),
    ("L", "w", "2*b*(1 - a^2)*x"),
  ]),
  Textbook("z1 = w1*x; a1 = sigmoid(z1); z2 = w2*a1; yhat = sigmoid(z2); L = (yhat - y)^2/2", [
    ("L", "w1", "z2*yhat*x*(1 - a1)*(yhat - y)*(1 - yhat)"),
    ("L", "w2", "(yhat - y)*yhat*(1 - yhat)*a1"),
  ]),
  Textbook("dimension N; index n = 1..N; vector x[N], y[N]; L = sum(n, (w*x[n] + b - y[n])^2)/N", [
    ("L", "w", "2*sum(n, x[n]*(x[n]*w + b - y[n]))/N"),
    ("L", "w w", "2*sum(n, x[n]^2)/N"),
    ("L", "w b", "2*sum(n, x[n])/N"),
  ]),
  Textbook("dimension N; index i, j = 1..N; vector x[N]", [
    ("sqrt(sum(i, x[i]^2))", "x[j]", "x[j]/sqrt(sum(i, x[i]^2))"),
    ("product(i, x[i])", "x[j]", "product(i != j, x[i])"),
  ]),
  Textbook("dimension N; index i, j, k = 1..N; vector x[N]; r = sqrt(sum(i, x[i]^2)); u[i] = x[i]/r", [
    ("u[i]", "x[j]", "(delta(i, j) - u[i]*u[j])/r"),
  ]),
  Textbook("dimension K; index j,k = 1..K; class y = 1..K; vector h[K]; P[j] = exp(h[j])/sum(k, exp(h[k])); L = -log(P[y])", [
    ("L", "h[j]", "P[j] - delta(j, y)"),
  ]),
  Textbook("dimension N; index i,j = 1..N; vector x[N]; m = sum(j, x[j])/N", [
    ("sum(i, (x[i] - m)^2)", "x[j] m", "-2"),
    ("sum(i, (x[i] - m)^2)/N", "x[j]", "2*(x[j] - m)/N"),
  ]),
  Textbook("dimension K; index j, k = 1..K; class y = 1..K; vector s[K]", [
    ("sum(k != y, max(0, 1 + s[k] - s[y]))", "s[y]", "-sum(k != y, 1[s[k] + 1 - s[y] > 0])"),
  ]),
  Textbook("dimension N, M; index i = 1..N; index j = 1..M; vector x[M], b[N], v[N]; matrix W[N, M]; a[i] = tanh(sum(j, W[i,j]*x[j]) + b[i]); o = sum(i, v[i]*a[i]); L = (o - y)^2/2", [
    ("L", "W[i,j]", "(o - y)*v[i]*x[j]*(1 - a[i]^2)"),
    ("L", "b[i]", "(o - y)*v[i]*(1 - a[i]^2)"),
    ("L", "v[i]", "(o - y)*a[i]"),
    ("L", "x[j]", "(o - y)*sum(i, v[i]*W[i,j]*(1 - a[i]^2))"),
  ]),
  Textbook("dimension N; index i, j, k = 1..N; vector x[N], z[N]; K = (sum(i, x[i]*z[i]) + c)^3", [
    ("K", "x[j]", "3*(sum(i, x[i]*z[i]) + c)^2*z[j]"),
    ("K", "x[j] x[k]", "6*z[k]*z[j]*(c + sum(i, x[i]*z[i]))"),
  ]),
  Textbook("dimension N; index i, j, k = 1..N; vector x[N]; r = sqrt(sum(i, x[i]^2))", [
    ("r", "x[j] x[k]", "delta(j, k)/r - x[j]*x[k]/r^3"),
  ]),
  Textbook("dimension N; index i, j = 1..N; vector x[N], y[N]; u = sum(i, x[i]*y[i]); r = sqrt(sum(i, x[i]^2)); s = sqrt(sum(i, y[i]^2)); c = u/(r*s)", [
    ("c", "x[j]", "y[j]/(r*s) - x[j]*c/r^2"),
  ]),
  Textbook("dimension N; index n, m = 1..N; vector x[N], y[N]; scalar w, b; p[n] = sigmoid(w*x[n] + b); L = -sum(n, y[n]*log(p[n]) + (1 - y[n])*log(1 - p[n]))", [
    ("L", "w", "sum(n, x[n]*(p[n] - y[n]))"),
  ]),
  Textbook("b = a^2; z = a*b", [
    ("z", "a", "3*b"),
    ("z", "b", "a"),
  ]),
  Textbook("b = a^2; c = a*b; z = a*b*c", [
    ("z", "a", "6*b*c"),
  ]),
  Textbook("function f; f2(t) = w*t", [
    ("f(f2(w))", "w", "2*w*f'(w^2)"),
  ]),
  Textbook("function F; x = cos(t); y = sin(t)", [
    ("F(x, y, t)", "t", "x*F_2(x, y, t) + F_3(x, y, t) - y*F_1(x, y, t)"),
  ]),
  Textbook("a = ReLU(z); b = a + z; L = b^2/2; z = w*x", [
    ("L", "w", "b*x*(1[z > 0] + 1)"),
  ]),
  Textbook("h1 = tanh(w*x); h2 = tanh(w*h1); L = h2^2/2", [
    ("L", "w", "h2*(h1 + w*x*(1 - h1^2))*(1 - h2^2)"),
  ]),
  Textbook("function g; y = x + g(x); z = y + g(y)", [
    ("z", "x", "(1 + g'(y))*(1 + g'(x))"),
  ]),
]

@Test(arguments: textbooks.indices)
func `derivations end as a person would write it`(number: Int) throws {
  let textbook = textbooks[number]
  for (goal, variables, expected) in textbook.rows {
    var room = try Workroom(
      textbook.statements, assume: textbook.assumption.isEmpty ? [] : [textbook.assumption])
    let subject = try room.expression(goal)
    let handles = try room.variables(variables)
    var deriver = room.deriver()
    let derivation = deriver.derive(subject, by: handles, in: &room.pool)
    let result = room.plain(derivation.result)
    #expect(result == expected, "\(goal) by \(variables)")
    let claim = Claim.derivative(of: subject, by: handles, is: derivation.result)
    #expect(room.objection(to: claim) == nil, "\(goal) by \(variables)")
  }
}

@Test func `there are at least sixty textbook derivations`() {
  #expect(textbooks.reduce(0) { $0 + $1.rows.count } >= 60)
}
