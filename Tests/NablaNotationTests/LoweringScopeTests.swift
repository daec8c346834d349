import NablaExpressions
import NablaNotation
import NablaTestSupport
import Testing

/// The definitions of a text as `name(parameters) = tree`, or its mistakes.
private func definitions(_ text: String) -> [String] {
  let read = ReadStatements(text)
  guard read.diagnostics.isEmpty else { return [read.report] }
  return read.reading.scope.definitions.all.map { definition in
    let name = read.pool.declaration(of: definition.symbol).name
    let parameters = definition.parameters.map { read.pool.declaration(of: $0).name }
    let left = parameters.isEmpty ? name : name + "(" + parameters.joined(separator: ",") + ")"
    return left + " = " + read.pool.dump(definition.body)
  }
}

/// The given values as `name = rows`, by name.
private func values(_ text: String) -> [String] {
  let read = ReadStatements(text)
  guard read.diagnostics.isEmpty else { return [read.report] }
  var lines: [String] = []
  for (symbol, value) in read.reading.scope.values {
    let rows = value.rows.map { row in row.map { read.pool.dump($0) }.joined(separator: " ") }
    lines.append(read.pool.declaration(of: symbol).name + " = " + rows.joined(separator: "; "))
  }
  return lines.sorted()
}

// swift-format-ignore
private let defined: [(text: String, definitions: [String])] = [
  ("z = a + 1\na = 2*x\nscalar x",            ["z = (+ a 1)", "a = (* 2 x)"]),
  ("index i = 1..N\nvector h[N]\nP[i] = exp(h[i])", ["P(i) = (exp h[i])"]),
  ("f(x) = 5*ReLU(x)\nz = f(a)\nscalar a",    ["f(x) = (* 5 (ReLU x))", "z = (@f a)"]),
  ("g(y, p) = (y - p)^2",                     ["g(y,p) = (^ (+ y (- p)) 2)"]),
  ("scalar z\nz = 1",                         ["z = 1"]),
  ("index i = 1..N\nvector P[N]\nP[i] = 1/N", ["P(i) = (/ 1 N)"]),
  ("class y = 1..K\nvector h[K]\nL = -log(h[y])", ["L = (- (log h[y]))"]),
  ("scalar x\nz = sigmoid'(x)",               ["sigmoid(t) = (sigmoid t)", "z = (@sigmoid' x)"]),
  ("index i = 1..N\nvector h[N]\nscalar x\ng[i] = dh[i]/dx", ["g(i) = (d h[i] x)"]),
  ("z = x0*w0\nat x0 = 1, w0 = 0.3",          ["z = (* x0 w0)"]),
  ("s = sum(k = 1..M, x^k)\nt = M*s\nscalar x", ["s = (sum 1..M (^ x #0.0))", "t = (* M s)"]),
]

@Test(arguments: defined)
func `definitions may stand in any order`(text: String, definitions expected: [String]) {
  #expect(definitions(text) == expected)
}

// swift-format-ignore
private let given: [(text: String, values: [String])] = [
  ("dimension D = 3",                           ["D = 3"]),
  ("at x = 1.0, w = -0.3",                      ["w = (- 3/10)", "x = 1"]),
  ("matrix W[D, H]\nat W = [0.4, 0.6; 0.3, 0.9; 1, 2]",
                                                ["D = 3", "H = 2", "W = 2/5 3/5; 3/10 9/10; 1 2"]),
  ("vector h[N]\nat h = [1, 2]",                ["N = 2", "h = 1; 2"]),
  ("vector h[0..N-1]\nat h = [1; 2; 3]",        ["N = 3", "h = 1; 2; 3"]),
  ("matrix b[1, H]\nat b = [5, 6]",             ["H = 2", "b = 5 6"]),
  ("at v = [1, 2, 3]",                          ["v = 1; 2; 3"]),
  ("class y = 1..K\nat y = 3",                  ["y = 3"]),
  ("vector t[K], h[K]\nat t = onehot(3), h = [1, 2, 3, 4]",
                                                ["K = 4", "h = 1; 2; 3; 4", "t = 0; 0; 1; 0"]),
  ("vector h[N]\nat h[1] = 5, h[2] = 6",        ["N = 2", "h = 5; 6"]),
  ("at x = 1\nat x = 2",                        ["x = 1"]),
]

@Test(arguments: given)
func `values are exact and fix sizes`(text: String, values expected: [String]) {
  #expect(values(text) == expected)
}

// swift-format-ignore
private let mistakes: [(text: String, report: String)] = [
  ("a = b\nb = a",           "circular-definition 'a': the definition of 'a' goes round in a circle: a → b → a"),
  ("a = a + 1",              "circular-definition 'a': the definition of 'a' goes round in a circle: a → a"),
  ("x = a\nb = c\nc = b\na = b", "circular-definition 'b': the definition of 'b' goes round in a circle: b → c → b"),
  ("f(x) = f(x) + 1",        "circular-definition 'f': the definition of 'f' goes round in a circle: f → f"),
  ("index i = 1..N\nvector h[N]\nz = h[i]", "free-index 'i': the index 'i' stands free, but is not on the left of 'z', expected a sum over it, or the index on the left as well"),
  ("index i, j = 1..N\nvector h[N]\nP[j] = h[i]", "free-index 'i': the index 'i' stands free, but is not on the left of 'P', expected a sum over it, or the index on the left as well"),
  ("index k = 1..N\nvector h[N]\nP[k] = h[k]/sum(k, h[k])", "index-bound-and-free 'k': the index 'k' is bound here and stands on the left of the definition as well, expected another index name"),
  ("P[j] = 1",               "unknown-name 'j': unknown index 'j', expected an index declared as in: index j = 1..N"),
  ("z = 1\nz = 2",           "name-twice 'z': 'z' is defined twice, expected another name, or a heading below this one"),
  ("scalar x\nvector x[N]",  "name-twice 'x': 'x' is declared twice, expected another name, or a heading below this one"),
  ("vector z[N]\nz = 1",     "definition-mismatch '1': 'z' is declared as a vector of N and defined as a scalar"),
  ("scalar f\nf(x) = x",     "definition-mismatch 'f': 'f' is declared as a scalar and defined as a function"),
  ("index i = 1..K\nvector P[N]\nP[i] = 1", "definition-mismatch 'P': 'P' is declared as a vector or matrix of another size"),
  ("scalar a\nvector h[a]",  "not-a-dimension 'a': 'a' is a scalar, not a dimension, expected a dimension or a whole number"),
  ("index i = 3..1",         "empty-range '3..1': the range 3..1 is empty"),
  ("vector h[0]",            "empty-range '0': the range 1..0 is empty"),
  ("dimension D = 0",        "not-a-size '0': the dimension 'D' must be a whole number, at least 1"),
  ("dimension D = 1.5",      "not-a-size '1.5': the dimension 'D' must be a whole number, at least 1"),
  ("scalar x one-hot",       "misplaced-attribute 'one-hot': 'one-hot' can be said of a vector, or of the rows of a matrix, only"),
  ("matrix A[N, K] symmetric", "misplaced-attribute 'symmetric': a symmetric matrix has as many rows as columns"),
  ("scalar x in (1, 0)",     "empty-interval 'in (1, 0)': no number is in the interval that 'x' is declared to be in"),
  ("dimension D = 3\nmatrix W[D, H]\nat W = [0.4, 0.6; 0.3, 0.9]", "size-mismatch '[0.4, 0.6; 0.3, 0.9]': 'W' is given 2 rows, but 'D' is 3"),
  ("vector a[N], b[N]\nat a = [1, 2], b = [1, 2, 3]", "size-mismatch '[1, 2, 3]': 'b' is given 3 entries, but 'N' is 2 by the size of 'a'"),
  ("vector a[2]\nat a = [1]", "size-mismatch '[1]': 'a' is given 1 entry, but has 2"),
  ("vector a[N]\nat a = 3",  "size-mismatch '3': 'a' is a vector, but is given one number, expected its entries in brackets, such as [1, 2]"),
  ("scalar a\nat a = [1, 2]", "size-mismatch '[1, 2]': 'a' is a scalar, but is given 1 × 2 entries"),
  ("class y = 1..3\nat y = 4", "index-out-of-range '4': 4 is outside 1..3, over which 'y' runs"),
  ("class y = 1..3\nat y = 1.5", "not-an-integer '1.5': 'y' must be a whole number"),
  ("vector t[K]\nat t = onehot(3)", "unknown-size 'onehot(3)': the size of 't', which runs over 1..K, is not known, expected a size given by 'dimension' or by 'at'"),
  ("vector t[2]\nat t = onehot(3)", "index-out-of-range '3': the position of the 1 is not in 1..2"),
  ("vector h[3]\nat h[1] = 5, h[2] = 6", "missing-entry 'h': 'h[3]' has no value"),
  ("z = 1\nat z = 2",        "value-of-defined 'z': 'z' is defined and takes no value, expected a value for an input"),
  ("at a = 1, b = 2*a",      "not-a-number 'a': a value is a number, but 'a' is a name"),
  ("scalar x positive\nat x = -1", "value-outside-domain '-1': -1 is not what is declared of 'x'"),
  ("vector y[N] one-hot\nat y = [1, 1]", "value-outside-domain '[1, 1]': the value is not one-hot, as is declared of 'y'"),
  ("vector p[N] probability\nat p = [0.5, 0.4]", "value-outside-domain '[0.5, 0.4]': the entries add up to 9/10, but a probability is declared of 'p'"),
  ("convention sin'(0) = 0", "no-kink 'sin': 'sin' has no kink and needs no convention"),
  ("convention ReLU'(1) = 0", "no-kink '1': 'ReLU' has no kink at 1"),
  ("convention ReLU(0) = 0", "not-a-convention 'ReLU(0) = 0': a convention gives a derivative at a kink a value, expected a line such as: convention ReLU'(0) = 0"),
  ("write q as \\hat q",     "unknown-name 'q': unknown name 'q'"),
  ("g(x) = diff(x^2, x)",    "derivative-by-argument 'x': a derivative by the argument 'x' of the function being defined is not supported, expected a function of its own and a prime, such as f'(x)"),
]

@Test(arguments: mistakes)
func `a statement that cannot stand is refused`(text: String, report: String) {
  #expect(ReadStatements(text).report == report)
}

@Test func `several mistakes are told at once`() {
  let report = ReadStatements("a = foo\nb = a + bar\nc = exp").report
  #expect(
    report == """
      unknown-name 'foo': unknown name 'foo'
      unknown-name 'bar': unknown name 'bar'
      function-without-arguments 'exp': the function 'exp' has no arguments, expected 'exp(…)'
      """)
}

@Test func `what is known of a declared name is its domain`() throws {
  let read = ReadStatements(
    "scalar r positive\nscalar p in (0, 1]\nvector y[N] one-hot\nmatrix A[N, N] symmetric")
  func domain(_ name: String) throws -> Domain {
    read.pool.declaration(of: try #require(read.reading.scope.names[name])).domain
  }
  #expect(try domain("r") == .positive)
  let unit = Domain(lower: Bound(0, isIncluded: false), upper: Bound(1, isIncluded: true))
  #expect(try domain("p") == unit)
  #expect(try domain("y").isOneHot)
  #expect(try domain("A").isSymmetric)
}

@Test func `assumptions, conventions, spellings and layout are kept`() throws {
  let read = ReadStatements(
    """
    index j = 1..N
    vector y[N]
    scalar w1
    assume sum(j, y[j]) = 1, w1 > 0
    convention ReLU'(0) = 1/2
    write w1 as w^{(1)}
    layout denominator
    """)
  let scope = read.reading.scope
  #expect(read.report == "")
  #expect(
    scope.assumptions.map { read.pool.dump($0.relation) } == [
      "(= (sum 1..N y[#0.0]) 1)", "(> w1 0)",
    ])
  #expect(scope.assumptions.map { $0.text } == ["sum(j, y[j]) = 1", "w1 > 0"])
  #expect(scope.conventions.map { $0.subject } == [.builtIn(.relu)])
  #expect(scope.conventions.map { $0.value.description } == ["1/2"])
  #expect(scope.spellings[try #require(scope.names["w1"])] == "w^{(1)}")
  #expect(scope.layout == .denominator)
}

@Test func `a chain of definitions that is too long is refused`() {
  var lines = ["x0 = 1"]
  for number in 1...1001 { lines.append("x\(number) = x\(number - 1) + 1") }
  #expect(
    ReadStatements(lines.joined(separator: "\n")).diagnostics.map { $0.identifier }
      == ["definitions-too-deep", "definitions-too-deep"])
}

@Test func `a long chain of quotients is refused`() {
  let chain = "x" + String(repeating: "/x", count: 3000)
  #expect(lowered(chain, commandLine: true).hasPrefix("nesting-too-deep"))
}
