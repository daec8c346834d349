import Testing

private let names = """
  dimension N, D, H, K
  index i, j = 1..N
  index k = 1..K
  class t = 1..K
  scalar a, b
  function f, g(p, q)
  vector x[N], y[N], u[D], v[H], q[K], o[0..N-1], one[1]
  matrix W[D, H], A[N, N], X[N, D], Y[N, K], Q[2, 2]
  matrix bias[1, H], shift[N, 1]
  sq(s) = s^2
  L = norm(x)^2
  P[j] = exp(x[j])
  z = W'*u
  """

// swift-format-ignore
private let forms: [(text: String, entry: String)] = [
  ("x + y",               "a vector of N: (+ x[r] y[r])"),
  ("1 - x",               "a vector of N: (+ 1 (- x[r]))"),
  ("x + 1 - a*y",         "a vector of N: (+ x[r] 1 (- (* a y[r])))"),
  ("-A*x + y",            "a vector of N: (+ (- (sum 1..N (* A[r,#0.0] x[#0.0]))) y[r])"),
  ("N*x",                 "a vector of N: (* N x[r])"),
  ("L*x",                 "a vector of N: (* L x[r])"),
  ("P",                   "a vector of N: P[r]"),
  ("z'",                  "a row of H: z[c]"),
  ("W'*u",                "a vector of H: (sum 1..D (* W[#0.0,r] u[#0.0]))"),
  ("x'*y",                "a scalar: (sum 1..N (* x[#0.0] y[#0.0]))"),
  ("x*y'",                "N × N: (* x[r] y[c])"),
  ("x'*A*x",              "a scalar: (sum 1..N 1..N (* x[#0.0] A[#0.0,#0.1] x[#0.1]))"),
  ("2*x'*y*x",            "a vector of N: (* (sum 1..N (* 2 x[#0.0] y[#0.0])) x[r])"),
  ("A*x*y'*A",            "N × N: (sum 1..N 1..N (* A[r,#0.0] x[#0.0] y[#0.1] A[#0.1,c]))"),
  ("x'*y*x'*y",           "a scalar: (sum 1..N (* (sum 1..N (* x[#0.0] y[#0.0])) x[#0.0] y[#0.0]))"),
  ("(A*x)'",              "a row of N: (sum 1..N (* A[c,#0.0] x[#0.0]))"),
  ("A/2*x",               "a vector of N: (sum 1..N (* (/ A[r,#0.0] 2) x[#0.0]))"),
  ("x/a/2",               "a vector of N: (/ (/ x[r] a) 2)"),
  ("x'*x/2",              "a scalar: (/ (sum 1..N (* x[#0.0] x[#0.0])) 2)"),
  ("ones(N)'*x",          "a scalar: (sum 1..N x[#0.0])"),
  ("x .* y ./ 2",         "a vector of N: (/ (* x[r] y[r]) 2)"),
  ("x ⊙ y",               "a vector of N: (* x[r] y[r])"),
  ("A .* A*x",            "a vector of N: (sum 1..N (* (* A[r,#0.0] A[r,#0.0]) x[#0.0]))"),
  ("2 .* x",              "a vector of N: (* 2 x[r])"),
  ("x ./ y",              "a vector of N: (/ x[r] y[r])"),
  ("1 ./ x",              "a vector of N: (/ 1 x[r])"),
  ("x.^2",                "a vector of N: (^ x[r] 2)"),
  ("2 .^ x",              "a vector of N: (^ 2 x[r])"),
  ("A^2",                 "N × N: (sum 1..N (* A[r,#0.0] A[#0.0,c]))"),
  ("A^0",                 "N × N: (delta r c)"),
  ("exp(A)",              "N × N: (exp A[r,c])"),
  ("sqrt(x)",             "a vector of N: (root2 x[r])"),
  ("f(x)",                "a vector of N: (@f x[r])"),
  ("f'(x)",               "a vector of N: (@f' x[r])"),
  ("g(x, a)",             "a vector of N: (@g x[r] a)"),
  ("5*ReLU(x)",           "a vector of N: (* 5 (ReLU x[r]))"),
  ("sq(x) + sq'(x)",      "a vector of N: (+ (@sq x[r]) (@sq' x[r]))"),
  ("sigmoid'(x)",         "a vector of N: (@sigmoid' x[r])"),
  ("max(0, x)",           "a vector of N: (max 0 x[r])"),
  ("norm(x)",             "a scalar: (root2 (sum 1..N (^ x[#0.0] 2)))"),
  ("norm(x - y)^2",       "a scalar: (sum 1..N (^ (+ x[#0.0] (- y[#0.0])) 2))"),
  ("norm(A)^2/2",         "a scalar: (/ (sum 1..N 1..N (^ A[#0.0,#0.1] 2)) 2)"),
  ("sum(x)",              "a scalar: (sum 1..N x[#0.0])"),
  ("sum(x.^2)/N",         "a scalar: (/ (sum 1..N (^ x[#0.0] 2)) N)"),
  ("mean(X)",             "a scalar: (/ (sum 1..N 1..D X[#0.0,#0.1]) (* N D))"),
  ("dot(x, y)",           "a scalar: (sum 1..N (* x[#0.0] y[#0.0]))"),
  ("dot(x', y)",          "a scalar: (sum 1..N (* x[#0.0] y[#0.0]))"),
  ("outer(u, v)",         "D × H: (* u[r] v[c])"),
  ("diag(x)",             "N × N: (* (delta r c) x[r])"),
  ("diag(A)",             "a vector of N: A[r,r]"),
  ("trace(A)",            "a scalar: (sum 1..N A[#0.0,#0.0])"),
  ("tr(A)",               "a scalar: (sum 1..N A[#0.0,#0.0])"),
  ("softmax(q)",          "a vector of K: (/ (exp q[r]) (sum 1..K (exp q[#0.0])))"),
  ("softmax(Y)",          "N × K: (/ (exp Y[r,c]) (sum 1..K (exp Y[r,#0.0])))"),
  ("softmax(q) - onehot(t)", "a vector of K: (+ (/ (exp q[r]) (sum 1..K (exp q[#0.0]))) (- (delta r t)))"),
  ("q - onehot(3)",       "a vector of K: (+ q[r] (- (delta r 3)))"),
  ("eye(N)",              "N × N: (delta r c)"),
  ("eye(N+1)",            "N+1 × N+1: (delta r c)"),
  ("ones(N, D)",          "N × D: 1"),
  ("ones(1, N)",          "a row of N: 1"),
  ("[a, b; 1, 2]",        "2 × 2: (+ (* (delta r 1) (delta c 1) a) (* (delta r 1) (delta c 2) b) (* (delta r 2) (delta c 1)) (* (delta r 2) (delta c 2) 2))"),
  ("[a, b]",              "a vector of 2: (+ (* (delta r 1) a) (* (delta r 2) b))"),
  ("[a; b]",              "a vector of 2: (+ (* (delta r 1) a) (* (delta r 2) b))"),
  ("[a, b]'",             "a row of 2: (+ (* (delta c 1) a) (* (delta c 2) b))"),
  ("[5]",                 "a scalar: 5"),
  ("Q*[1, 2]",            "a vector of 2: (sum 1..2 (* Q[r,#0.0] (+ (delta #0.0 1) (* (delta #0.0 2) 2))))"),
  ("Q - [1, 0; 0, 1]",    "2 × 2: (+ Q[r,c] (- (+ (* (delta r 1) (delta c 1)) (* (delta r 2) (delta c 2)))))"),
  ("(W'*u)[1]",           "a scalar: (sum 1..D (* W[#0.0,1] u[#0.0]))"),
  ("softmax(q)[t]",       "a scalar: (/ (exp q[t]) (sum 1..K (exp q[#0.0])))"),
  ("(x*y')[i, j]",        "a scalar: (* x[i] y[j])"),
  ("sum(i, (A*x)[i]^2)",  "a scalar: (sum 1..N (^ (sum 1..N (* A[#1.0,#0.0] x[#0.0])) 2))"),
  ("sum(i, x[i]*y)",      "a vector of N: (sum 1..N (* x[#0.0] y[r]))"),
  ("1[x'*y > 0]",         "a scalar: (1 (> (sum 1..N (* x[#0.0] y[#0.0])) 0))"),
  ("1[x > 0 and x < y]",  "a vector of N: (1 (and (> x[r] 0) (< x[r] y[r])))"),
  ("piecewise(x > 0: y, else: 0)", "a vector of N: (piecewise (> x[r] 0) y[r] 0)"),
  ("X*W + bias",          "N × H: (+ (sum 1..D (* X[r,#0.0] W[#0.0,c])) bias[1,c])"),
  ("u'*W + bias",         "a row of H: (+ (sum 1..D (* u[#0.0] W[#0.0,c])) bias[1,c])"),
  ("x + shift",           "a vector of N: (+ x[r] shift[r,1])"),
  ("x*y' + shift",        "N × N: (+ (* x[r] y[c]) shift[r,1])"),
  ("X*W + ones(N)*v'",    "N × H: (+ (sum 1..D (* X[r,#0.0] W[#0.0,c])) v[c])"),
  ("bias'",               "a vector of H: bias[1,r]"),
  ("W + one[1]",          "D × H: (+ W[r,c] one[1])"),
  ("one*x",               "a vector of N: (* one[1] x[r])"),
  ("x + one",             "a vector of N: (+ x[r] one[1])"),
  ("dL/dx",               "a vector of N: (d L x[r])"),
  ("dz/du",               "H × D: (d z[r] u[c])"),
  ("dz/da",               "a vector of H: (d z[r] a)"),
  ("dL/dA",               "N × N: (d L A[r,c])"),
  ("dL/dP",               "a vector of N: (d L P[r])"),
  ("dL/dx[i]",            "a scalar: (d L x[i])"),
  ("d^2L/dx^2",           "N × N: (d L x[r] x[c])"),
  ("d^2L/dxda",           "a vector of N: (d L x[r] a)"),
  ("d^2L/dA[i,j]dx",      "a vector of N: (d L A[i,j] x[r])"),
  ("d^2x/da^2",           "a vector of N: (d x[r] a a)"),
  ("d^2L/dada",           "a scalar: (d L a a)"),
  ("diff(A*x, x)",        "N × N: (d (sum 1..N (* A[r,#0.0] x[#0.0])) x[c])"),
  ("a*b",                 "a scalar: (* a b)"),
  ("x[i]*y[j] + a",       "a scalar: (+ (* x[i] y[j]) a)"),
]

@Test(arguments: forms)
func `an expression in matrix notation has a shape and entries`(text: String, entry: String) {
  #expect(shaped(text, given: names) == entry)
}

// swift-format-ignore
private let shapes: [(text: String, shape: String)] = [
  ("det(A)",          "a scalar"),
  ("log(det(A))",     "a scalar"),
  ("inv(A)*x",        "a vector of N"),
  ("A^-1",            "N × N"),
  ("x'*inv(A)*x",     "a scalar"),
  ("inv(x'*A*x)*y",   "a vector of N"),
  ("inv(A)[i, j]",    "a scalar"),
  ("det(x'*y)",       "a scalar"),
]

@Test(arguments: shapes)
func `inverses and determinants have shapes`(text: String, shape: String) {
  #expect(shaped(text, given: names).hasPrefix(shape + ": "))
}

// swift-format-ignore
private let layouts: [(layout: String, text: String, entry: String)] = [
  ("numerator",   "dL/dx",     "a row of N: (d L x[c])"),
  ("numerator",   "dL/dA",     "N × N: (d L A[c,r])"),
  ("numerator",   "dz/du",     "H × D: (d z[r] u[c])"),
  ("numerator",   "dz/da",     "a vector of H: (d z[r] a)"),
  ("numerator",   "dL/dbias",  "a vector of H: (d L bias[1,r])"),
  ("denominator", "dL/dx",     "a vector of N: (d L x[r])"),
  ("denominator", "dL/dA",     "N × N: (d L A[r,c])"),
  ("denominator", "dz/du",     "D × H: (d z[c] u[r])"),
  ("denominator", "dz/da",     "a row of H: (d z[c] a)"),
  ("denominator", "dL/dbias",  "a row of H: (d L bias[1,c])"),
]

@Test(arguments: layouts)
func `derivatives are laid out as the scope says`(layout: String, text: String, entry: String) {
  #expect(shaped(text, given: names + "\nlayout " + layout) == entry)
}

// swift-format-ignore
private let undeclared: [(text: String, entry: String)] = [
  ("x'*A*x",              "a scalar: (sum 1..N 1..N (* x[#0.0] A[#0.0,#0.1] x[#0.1]))"),
  ("eye(M)",              "M × M: (delta r c)"),
  ("ones(M)",             "a vector of M: 1"),
  ("norm(q)",             "scalar-as-array 'q': 'norm' is of vectors and matrices, and 'q' is a scalar, expected a vector or matrix"),
  ("x^T",                 "transpose-as-power 'x^T': a transpose is written with ' after what is transposed; did you mean 'x''?"),
]

@Test(arguments: undeclared)
func `on the command line only declared names are arrays`(text: String, entry: String) {
  let given = "vector x[N]\nmatrix A[N, N]"
  #expect(shaped(text, given: given, commandLine: true) == entry)
}
