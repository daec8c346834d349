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
private let mistakes: [(text: String, diagnostic: String)] = [
  ("W*x",               "shape-mismatch 'W*x': 'W' is D × H and 'x' is a vector of N: the columns of 'W' (H) meet the rows of 'x' (N), expected sizes that agree where they meet"),
  ("W*u",               "shape-mismatch 'W*u': 'W' is D × H and 'u' is a vector of D: the columns of 'W' (H) meet the rows of 'u' (D); did you mean 'W'*u'?"),
  ("u*W",               "shape-mismatch 'u*W': 'u' is a vector of D and 'W' is D × H: the columns of 'u' (1) meet the rows of 'W' (D); did you mean 'u'*W'?"),
  ("v*W",               "shape-mismatch 'v*W': 'v' is a vector of H and 'W' is D × H: the columns of 'v' (1) meet the rows of 'W' (D); did you mean 'W*v'?"),
  ("W*v + x",           "shape-mismatch 'W*v + x': 'W*v' is a vector of D and 'x' is a vector of N, expected terms of one shape"),
  ("X*W + v",           "shape-mismatch 'X*W + v': 'X*W' is N × H and 'v' is a vector of H, expected terms of one shape; did you mean 'X*W + ones(N)*v''?"),
  ("X*W + x",           "shape-mismatch 'X*W + x': 'X*W' is N × H and 'x' is a vector of N, expected terms of one shape; did you mean 'X*W + x*ones(H)''?"),
  ("X*W + v'",          "shape-mismatch 'X*W + v'': 'X*W' is N × H and 'v'' is a row of H, expected terms of one shape; did you mean 'X*W + ones(N)*v''?"),
  ("X*W + bias'",       "shape-mismatch 'X*W + bias'': 'X*W' is N × H and 'bias'' is a vector of H, expected terms of one shape; did you mean 'X*W + ones(N)*bias'?"),
  ("x + y'",            "shape-mismatch 'y'': 'x' is a vector of N and 'y'' is a row of N, expected terms of one shape; did you mean 'y'?"),
  ("x'*u",              "shape-mismatch 'x'*u': 'x'' is a row of N and 'u' is a vector of D: the columns of 'x'' (N) meet the rows of 'u' (D), expected sizes that agree where they meet"),
  ("x*y",               "shape-mismatch 'x*y': 'x' is a vector of N and 'y' is a vector of N: two columns have no matrix product, expected x'*y, x .* y or x*y'"),
  ("x*u",               "shape-mismatch 'x*u': 'x' is a vector of N and 'u' is a vector of D: two columns have no matrix product, expected x*u'"),
  ("a*x*y",             "shape-mismatch 'a*x*y': 'a*x' is a vector of N and 'y' is a vector of N: two columns have no matrix product, expected (a*x)'*y, (a*x) .* y or (a*x)*y'"),
  ("[1, 2]*Q",          "shape-mismatch '[1, 2]*Q': '[1, 2]' is a vector of 2 and 'Q' is 2 × 2: the columns of '[1, 2]' (1) meet the rows of 'Q' (2); did you mean '[1, 2]'*Q'?"),
  ("Q*[1, 2, 3]",       "shape-mismatch 'Q*[1, 2, 3]': 'Q' is 2 × 2 and '[1, 2, 3]' is a vector of 3: the columns of 'Q' (2) meet the rows of '[1, 2, 3]' (3), expected sizes that agree where they meet"),
  ("x + o",             "shape-mismatch 'x + o': 'x' is a vector of N and 'o' is a vector of 0..N-1, expected terms of one shape"),
  ("x .* v",            "shape-mismatch 'x .* v': 'x' is a vector of N and 'v' is a vector of H, expected operands of one shape"),
  ("x ./ v",            "shape-mismatch 'x ./ v': 'x' is a vector of N and 'v' is a vector of H, expected operands of one shape"),
  ("x .^ v",            "shape-mismatch 'x .^ v': 'x' is a vector of N and 'v' is a vector of H, expected operands of one shape"),
  ("g(x, v)",           "shape-mismatch 'x, v': 'x' is a vector of N and 'v' is a vector of H, expected arguments of one shape"),
  ("dot(x, v)",         "shape-mismatch 'x, v': 'x' is a vector of N and 'v' is a vector of H, expected arguments of one shape"),
  ("dot(x, A)",         "not-a-vector 'A': 'dot' is of two vectors, and 'A' is N × N"),
  ("outer(A, x)",       "not-a-vector 'A': 'outer' is of two vectors, and 'A' is N × N"),
  ("det(W)",            "not-square 'W': 'det' is of a square matrix, and 'W' is D × H"),
  ("inv(x)",            "not-square 'x': 'inv' is of a square matrix, and 'x' is a vector of N"),
  ("diag(X)",           "not-square 'X': 'diag' is of a square matrix, and 'X' is N × D"),
  ("x^2",               "power-of-array 'x^2': 'x' is a vector of N, and only scalars and square matrices have powers; did you mean 'x.^2'?"),
  ("x^-1",              "power-of-array 'x^-1': 'x' is a vector of N, and only scalars and square matrices have powers; did you mean 'x.^(-1)'?"),
  ("W^2",               "power-of-array 'W^2': 'W' is D × H, and only scalars and square matrices have powers; did you mean 'W.^2'?"),
  ("A^a",               "matrix-power 'a': a power of a matrix has a whole exponent, expected a whole number from -64 to 64, or '.^' for every entry"),
  ("A^65",              "matrix-power '65': a power of a matrix has a whole exponent, expected a whole number from -64 to 64, or '.^' for every entry"),
  ("A^T",               "transpose-as-power 'A^T': a transpose is written with ' after what is transposed; did you mean 'A''?"),
  ("2^A",               "array-as-exponent 'A': the exponent 'A' is N × N, expected a scalar, or '.^' for every entry; did you mean '2.^A'?"),
  ("e^x",               "array-as-exponent 'x': the exponent 'x' is a vector of N, expected a scalar, or '.^' for every entry; did you mean 'exp(x)'?"),
  ("x/y",               "division-by-array 'y': 'y' is a vector of N, and only a scalar divides; did you mean 'x ./ y'?"),
  ("a/A",               "division-by-array 'A': 'A' is N × N, and only a scalar divides, expected 'inv(…)' for the inverse, or './' for every entry"),
  ("x/0",               "division-by-zero '0': division by zero"),
  ("[1, 2]/(1 - 1)",    "division-by-zero '(1 - 1)': division by zero"),
  ("sum(a)",            "scalar-as-array 'a': 'sum' is of vectors and matrices, and 'a' is a scalar, expected an index to sum over, as in sum(k, …)"),
  ("norm(a)",           "scalar-as-array 'a': 'norm' is of vectors and matrices, and 'a' is a scalar, expected a vector or matrix"),
  ("softmax(a)",        "scalar-as-array 'a': 'softmax' is of vectors and matrices, and 'a' is a scalar, expected a vector or matrix"),
  ("dot(a, x)",         "scalar-as-array 'a': 'dot' is of vectors and matrices, and 'a' is a scalar, expected a vector or matrix"),
  ("a'",                "transpose-of-scalar 'a'': 'a' is a scalar, and a transpose changes nothing, expected a vector or matrix, or a derivative such as df/dx"),
  ("x + foo",           "unknown-name 'foo': unknown name 'foo'"),
  ("inv(foo)",          "unknown-name 'foo': unknown name 'foo'"),
  ("bar(x)",            "unknown-function 'bar': unknown function 'bar'"),
  ("x(1)",              "not-a-function 'x': 'x' is a vector or matrix, not a function, expected 'x[…]'"),
  ("(W'*u)[i]",         "index-range 'i': the index 'i' runs over 1..N, but here 'W'*u' runs over 1..H"),
  ("(W'*u)[1, 2]",      "index-count '(W'*u)[1, 2]': 'W'*u' is a vector of H and has 1 index, not 2"),
  ("(A*x)[k]",          "index-range 'k': the index 'k' runs over 1..K, but here 'A*x' runs over 1..N; did you mean 'i'?"),
  ("(A*x)[N+1]",        "index-out-of-range 'N+1': the index is outside 1..N, over which 'A*x' runs here"),
  ("(x'*y)[1]",         "index-count '(x'*y)[1]': 'x'*y' is a scalar and has 0 indices, not 1"),
  ("eye(a)",            "not-an-index 'a': 'a' is a scalar, not an index"),
  ("eye(0)",            "not-a-size '0': '0' is not a size, expected a dimension or a whole number, at least 1"),
  ("eye(M)",            "unknown-name 'M': unknown name 'M'"),
  ("ones(2, 3, 4)",     "argument-count 'ones(2, 3, 4)': 'ones' takes 2 arguments, not 3"),
  ("onehot(3)",         "unknown-size 'onehot(3)': the size of 'onehot(3)' is not known here, expected a class as its place, or a vector beside it"),
  ("x - onehot(0)",     "index-out-of-range '0': the index is outside 1..N, over which 'onehot' runs here"),
  ("x - onehot(t)",     "shape-mismatch 'x - onehot(t)': 'x' is a vector of N and 'onehot(t)' is a vector of K, expected terms of one shape"),
  ("1[A]",              "value-as-condition 'A': a value stands where a condition is needed, expected a comparison such as x > 0"),
  ("1[x > v]",          "shape-mismatch 'x > v': 'x' is a vector of N and 'v' is a vector of H, expected arguments of one shape"),
  ("x[x]",              "array-as-scalar 'x': 'x' is a vector of N, and a scalar is needed here, expected a component such as x[i]"),
  ("[x, y]",            "array-as-scalar 'x': 'x' is a vector of N, and a scalar is needed here, expected a component such as x[i]"),
  ("sum(a, x)",         "not-an-index 'a': 'a' is a scalar, not an index"),
  ("sum(i, x[k])",      "index-range 'k': the index 'k' runs over 1..K, but here 'x' runs over 1..N; did you mean 'i'?"),
  ("dA/dx",             "too-many-axes 'dA/dx': this derivative has 3 indices, and a matrix has 2, expected components with indices, such as dy[i]/dW[j, k]"),
  ("d^3L/dx^3",         "too-many-axes 'd^3L/dx^3': this derivative has 3 indices, and a matrix has 2, expected components with indices, such as dy[i]/dW[j, k]"),
  ("diff(x, 2*x)",      "not-a-variable '2*x': a derivative is by a name, expected a name or a component such as h[i]"),
  ("diff(x'*y, A*x)",   "not-a-variable 'A*x': a derivative is by a name, expected a name or a component such as h[i]"),
  ("det(A, A)",         "argument-count 'det(A, A)': 'det' takes 1 argument, not 2"),
  ("inv'(A)",           "unsupported-prime 'inv': 'inv' has no derivative written with a prime, expected diff(…, x)"),
  ("max(x)",            "argument-count 'max(x)': 'max' takes 2 arguments or more, not 1"),
  ("x < y",             "condition-as-value 'x < y': a condition stands where a value is needed, expected an indicator such as 1[x > 0]"),
]

@Test(arguments: mistakes)
func `shapes that do not fit are told with what would`(text: String, diagnostic: String) {
  #expect(shaped(text, given: names) == diagnostic)
}
