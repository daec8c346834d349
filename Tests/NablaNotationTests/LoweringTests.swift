import NablaNotation
import Testing

private let names = """
  dimension N, K, D = 3
  index i, j, k = 1..N
  index m = 1..K
  class t = 1..K
  scalar a, b, c, d, x, y
  vector h[N], v[0..N-1], u[D]
  matrix W[N, K]
  function f, g(p, q)
  P[j] = exp(h[j])/sum(k, exp(h[k]))
  L = -sum(j, y*log(P[j]))
  sq(s) = s^2
  """

// swift-format-ignore
private let writtenForms: [(text: String, tree: String)] = [
  ("a + b - c",                "(+ a b (- c))"),
  ("-a + b",                   "(+ (- a) b)"),
  ("-a",                       "(- a)"),
  ("-a^2",                     "(- (^ a 2))"),
  ("2^-1",                     "(^ 2 (- 1))"),
  ("a*b*c",                    "(* a b c)"),
  ("a*(b*c)",                  "(* a (* b c))"),
  ("a/b",                      "(/ a b)"),
  ("a*b/c*d",                  "(* (/ (* a b) c) d)"),
  ("a/b/c",                    "(/ (/ a b) c)"),
  ("a*b/c*d*x/y",              "(/ (* (/ (* a b) c) d x) y)"),
  ("a.*b./c",                  "(/ (* a b) c)"),
  ("a.^2",                     "(^ a 2)"),
  ("0.30",                     "3/10"),
  ("1e-3",                     "1/1000"),
  ("-0.5",                     "(- 1/2)"),
  ("e^x + pi",                 "(+ (^ e x) pi)"),
  ("sqrt(x)",                  "(root2 x)"),
  ("ln(x) + σ(x) + sigma(x)",  "(+ (log x) (sigmoid x) (sigmoid x))"),
  ("ReLU(x) + softplus(x)",    "(+ (ReLU x) (softplus x))"),
  ("step(x)*sign(x)*abs(x)",   "(* (step x) (sign x) (abs x))"),
  ("erf(x) + acsch(x)",        "(+ (erf x) (acsch x))"),
  ("max(a, b, 0)",             "(max a b 0)"),
  ("min(a, b)",                "(min a b)"),
  ("h[i]",                     "h[i]"),
  ("h[1]",                     "h[1]"),
  ("h[N]",                     "h[N]"),
  ("v[0]",                     "v[0]"),
  ("u[3]",                     "u[3]"),
  ("W[i, m]",                  "W[i,m]"),
  ("W[1, t]",                  "W[1,t]"),
  ("sum(k, h[k])",             "(sum 1..N h[#0.0])"),
  ("sum(j, k, h[j]*h[k])",     "(sum 1..N 1..N (* h[#0.0] h[#0.1]))"),
  ("sum(k, h[k]*sum(j, h[j]))", "(sum 1..N (* h[#0.0] (sum 1..N h[#0.0])))"),
  ("sum(k, h[k]*h[i])",        "(sum 1..N (* h[#0.0] h[i]))"),
  ("sum(k != i, h[k])",        "(sum 1..N (* (1 (!= #0.0 i)) h[#0.0]))"),
  ("sum(k != i, a*h[k])",      "(sum 1..N (* (1 (!= #0.0 i)) a h[#0.0]))"),
  ("sum(k != i, k != j, h[k])", "(sum 1..N (* (1 (!= #0.0 i)) (1 (!= #0.0 j)) h[#0.0]))"),
  ("sum(j, k != j, h[j]*h[k])", "(sum 1..N 1..N (* (1 (!= #0.1 #0.0)) h[#0.0] h[#0.1]))"),
  ("product(k, h[k])",         "(product 1..N h[#0.0])"),
  ("product(k != i, h[k])",    "(product 1..N (piecewise (!= #0.0 i) h[#0.0] 1))"),
  ("sum(n = 1..3, n*x)",       "(sum 1..3 (* #0.0 x))"),
  ("sum(n = 1..N, h[n])",      "(sum 1..N h[#0.0])"),
  ("sum(n = 2..N, h[n] - h[n-1])",
                               "(sum 2..N (+ h[#0.0] (- h[(+ #0.0 (- 1))])))"),
  ("sum(n = 1..N-1, h[n+1])",  "(sum 1..(+ N (- 1)) h[(+ #0.0 1)])"),
  ("sum(n = 1..N, l = 1..n, h[l])", "(sum 1..N (sum 1..#0.0 h[#0.0]))"),
  ("sum(k, v[k-1])",           "(sum 1..N v[(+ #0.0 (- 1))])"),
  ("sum(k = 1..K, W[1, k])",   "(sum 1..K W[1,#0.0])"),
  ("Σ_k h[k] + a",             "(+ (sum 1..N h[#0.0]) a)"),
  ("delta(i, j)",              "(delta i j)"),
  ("δ_ij + δ(m, t)",           "(+ (delta i j) (delta m t))"),
  ("1[x > 0]",                 "(1 (> x 0))"),
  ("1[0 < x < 1]",             "(1 (and (< 0 x) (< x 1)))"),
  ("1[i = j or not x >= 0]",   "(1 (or (= i j) (not (>= x 0))))"),
  ("piecewise(x > 0: x, else: 0)", "(piecewise (> x 0) x 0)"),
  ("piecewise(x > 0: x)",      "(piecewise (> x 0) x)"),
  ("dL/dh[i]",                 "(d L h[i])"),
  ("d^2L/dh[i]dh[j]",          "(d L h[i] h[j])"),
  ("diff(x^3, x, 2)",          "(d (^ x 3) x x)"),
  ("diff(x*y, x, y)",          "(d (* x y) x y)"),
  ("dL/dP[j]*dP[j]/dh[i]",     "(* (d L P[j]) (d P[j] h[i]))"),
  ("f(x)",                     "(@f x)"),
  ("f'(x)*f''(x)",             "(* (@f' x) (@f'' x))"),
  ("g(x, y)",                  "(@g x y)"),
  ("sq(x) + sq'(x)",           "(+ (@sq x) (@sq' x))"),
  ("sigmoid'(x)",              "(@sigmoid' x)"),
  ("N*x/K",                    "(/ (* N x) K)"),
]

@Test(arguments: writtenForms)
func `an expression keeps what was written`(text: String, tree: String) {
  #expect(lowered(text, given: names) == tree)
}

// swift-format-ignore
private let shadowing: [(given: String, text: String, tree: String)] = [
  ("scalar e, pi",             "e*pi",       "(* e pi)"),
  ("scalar delta\nscalar x",   "delta*x",    "(* delta x)"),
  ("ReLU(x) = x^2\nscalar s",  "ReLU(s)",    "(@ReLU s)"),
  ("function exp\nscalar s",   "exp'(s)",    "(@exp' s)"),
  ("scalar sigma",             "sigma^2",    "(^ sigma 2)"),
]

@Test(arguments: shadowing)
func `a declared name wins over a built-in one`(given: String, text: String, tree: String) {
  #expect(lowered(text, given: given) == tree)
}

// swift-format-ignore
private let undeclared: [(text: String, result: String)] = [
  ("x^2 + y",                  "(+ (^ x 2) y)"),
  ("e^x",                      "(^ e x)"),
  ("sum(n = 1..N, n*x)",       "(sum 1..N (* #0.0 x))"),
  ("diff(sin(x), x)",          "(d (sin x) x)"),
  ("h[1]",                     "unknown-name 'h': unknown name 'h', expected a declared vector or matrix"),
  ("f(x)",                     "unknown-function 'f': unknown function 'f'"),
  ("sum(k, k)",                "unknown-name 'k': unknown index 'k', expected a declared index, or a range such as k = 1..N"),
]

@Test(arguments: undeclared)
func `on the command line an undeclared name is a scalar`(text: String, result: String) {
  #expect(lowered(text, commandLine: true) == result)
}

// swift-format-ignore
private let mistakes: [(text: String, diagnostic: String)] = [
  ("a + hh[i]",        "unknown-name 'hh': unknown name 'hh'; did you mean 'h'?"),
  ("foo + a",          "unknown-name 'foo': unknown name 'foo'"),
  ("relu(x)",          "unknown-function 'relu': unknown function 'relu'; did you mean 'ReLU'?"),
  ("sqq(x)",           "unknown-function 'sqq': unknown function 'sqq'; did you mean 'sq'?"),
  ("a + exp",          "function-without-arguments 'exp': the function 'exp' has no arguments, expected 'exp(…)'"),
  ("f*2",              "function-without-arguments 'f': the function 'f' has no arguments, expected 'f(…)'"),
  ("a(x)",             "not-a-function 'a': 'a' is a scalar, not a function, expected 'a*(…)'"),
  ("h(i)",             "not-a-function 'h': 'h' is a vector or matrix, not a function, expected 'h[…]'"),
  ("exp[i]",           "function-in-brackets 'exp[i]': 'exp' is a function, expected its arguments in parentheses"),
  ("W[i]",             "index-count 'W[i]': 'W' has 2 indices, not 1"),
  ("h[i, j]",          "index-count 'h[i, j]': 'h' has 1 index, not 2"),
  ("a[1]",             "not-an-array 'a[1]': 'a' is a scalar and takes no index"),
  ("exp(x, y)",        "argument-count 'exp(x, y)': 'exp' takes 1 argument, not 2"),
  ("sq()",             "argument-count 'sq()': 'sq' takes 1 argument, not 0"),
  ("g(x)",             "argument-count 'g(x)': 'g' takes 2 arguments, not 1"),
  ("f(x) + f(x, y)",   "argument-count 'f(x, y)': 'f' takes 1 argument, not 2"),
  ("max(a)",           "argument-count 'max(a)': 'max' takes 2 arguments or more, not 1"),
  ("g'(x, y)",         "prime-of-several 'g': a prime is for functions of one argument, 'g' has 2, expected diff(…, x)"),
  ("max'(a, b)",       "unsupported-prime 'max': 'max' has no derivative written with a prime, expected diff(…, x)"),
  ("W[m, i]",          "index-range 'm': the index 'm' runs over 1..K, but here 'W' runs over 1..N; did you mean 'i'?"),
  ("v[i]",             "index-range 'i': the index 'i' runs over 1..N, but here 'v' runs over 0..N-1"),
  ("u[i]",             "index-range 'i': the index 'i' runs over 1..N, but here 'u' runs over 1..D"),
  ("u[4]",             "index-out-of-range '4': the index is outside 1..D, over which 'u' runs here"),
  ("h[0]",             "index-out-of-range '0': the index is outside 1..N, over which 'h' runs here"),
  ("h[N+1]",           "index-out-of-range 'N+1': the index is outside 1..N, over which 'h' runs here"),
  ("h[i+1]",           "index-out-of-range 'i+1': the index goes outside 1..N, over which 'h' runs here"),
  ("h[1.5]",           "not-an-integer '1.5': an index must be a whole number, expected an index name, a whole number, or a sum of these"),
  ("h[a]",             "not-an-index 'a': 'a' is a scalar, not an index"),
  ("h[exp(1)]",        "not-an-integer 'exp(1)': an index must be a whole number, expected an index name, a whole number, or a sum of these"),
  ("h[n]",             "unknown-name 'n': unknown name 'n'; did you mean 'N'?"),
  ("sum(k, sum(k, h[k]))", "index-bound-twice 'k': the index 'k' is bound twice, expected another index name"),
  ("sum(a, h[1])",     "not-an-index 'a': 'a' is a scalar, not an index"),
  ("sum(t, h[1])",     "not-an-index 't': 't' is a class, not an index"),
  ("sum(q, h[1])",     "unknown-name 'q': unknown index 'q', expected a declared index, or a range such as q = 1..N"),
  ("sum(k != m, h[k])", "index-range 'm': the index 'm' runs over 1..K, but here 'k' runs over 1..N; did you mean 'i'?"),
  ("sum(n = 3..1, h[1])", "empty-range '3..1': the range 3..1 is empty"),
  ("delta(i, m)",      "index-range 'delta(i, m)': the indices of 'delta' run over 1..N and 1..K, expected indices with the same range"),
  ("delta(a, i)",      "not-an-index 'a': 'a' is a scalar, not an index"),
  ("h + a",            "array-as-scalar 'h + a': 'h + a' is a vector of N, and a scalar is needed here, expected a component such as (h + a)[i]"),
  ("W'*h",             "array-as-scalar 'W'*h': 'W'*h' is a vector of K, and a scalar is needed here, expected a component such as (W'*h)[i]"),
  ("[1, 2]",           "array-as-scalar '[1, 2]': '[1, 2]' is a vector of 2, and a scalar is needed here, expected a component such as [1, 2][i]"),
  ("softmax(h)",       "array-as-scalar 'softmax(h)': 'softmax(h)' is a vector of N, and a scalar is needed here, expected a component such as softmax(h)[i]"),
  ("dL/dh",            "array-as-scalar 'dL/dh': 'dL/dh' is a vector of N, and a scalar is needed here, expected a component such as dL/dh[i]"),
  ("onehot(3)",        "unknown-size 'onehot(3)': the size of 'onehot(3)' is not known here, expected a class as its place, or a vector beside it"),
  ("1/0",              "division-by-zero '0': division by zero"),
  ("x/(2-2)",          "division-by-zero '(2-2)': division by zero"),
  ("x/(1/2 - 0.5)*a",  "division-by-zero '(1/2 - 0.5)': division by zero"),
  ("0^-1",             "division-by-zero '0^-1': a negative power of zero is a division by zero"),
  ("dL/di",            "not-a-variable 'i': there is no derivative by an index, expected a scalar or a component such as h[i]"),
  ("diff(x^2, 2*x)",   "not-a-variable '2*x': a derivative is by a name, expected a scalar or a component such as h[i]"),
  ("a + (x > 0)",      "condition-as-value '(x > 0)': a condition stands where a value is needed, expected an indicator such as 1[x > 0]"),
  ("1[x]",             "value-as-condition 'x': a value stands where a condition is needed, expected a comparison such as x > 0"),
  ("1e99999",          "number-too-long '1e99999': '1e99999' is beyond what can be read"),
]

@Test(arguments: mistakes)
func `a mistake is told with its place and the nearest spelling`(
  text: String, diagnostic: String
) {
  #expect(lowered(text, given: names) == diagnostic)
}
