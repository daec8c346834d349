import NablaExpressions
import NablaNotation
import NablaTestSupport
import Testing

/// The definitions of a text as `name[sizes](parameters): entry`, or its mistakes.
///
/// The entry is that at r, or at r and c; a parameter without a declared name is `_`.
private func definitions(_ text: String) -> [String] {
  var read = ReadStatements(text)
  guard read.diagnostics.isEmpty else { return [read.report] }
  var lines: [String] = []
  for definition in read.reading.scope.definitions.all {
    let symbol = read.pool.declaration(of: definition.symbol)
    var line = symbol.name
    let sizes = symbol.ranges.map { read.pool.dump($0.upper) }
    if !sizes.isEmpty { line += "[" + sizes.joined(separator: ",") + "]" }
    var substitution = Substitution()
    var names: [String] = []
    for (parameter, name) in zip(definition.parameters, ["r", "c"]) {
      let declared = read.pool.declaration(of: parameter)
      names.append(declared.isFresh ? "_" : declared.name)
      let index = read.pool.declare(Symbol(name, .index, ranges: declared.ranges))
      substitution.symbols[parameter] = read.pool.symbol(index)
    }
    if !names.isEmpty { line += "(" + names.joined(separator: ",") + ")" }
    let body = read.pool.substitute(substitution, in: definition.body)
    lines.append(line + ": " + read.pool.dump(body))
  }
  return lines
}

private let network = """
  L = norm(y - t)^2
  y = softmax(z2)
  z2 = W2'*a1 + b2
  a1 = ReLU(z1)
  z1 = W1'*x + b1
  index j = 1..H
  vector x[D], b1[H], b2[K], t[K]
  matrix W1[D, H], W2[H, K]
  """

// swift-format-ignore
private let wholes: [(text: String, definitions: [String])] = [
  (network, [
    "L: (sum 1..K (^ (+ y[#0.0] (- t[#0.0])) 2))",
    "y[K](_): (/ (exp z2[r]) (sum 1..K (exp z2[#0.0])))",
    "z2[K](_): (+ (sum 1..H (* W2[#0.0,r] a1[#0.0])) b2[r])",
    "a1[H](j): (ReLU z1[r])",
    "z1[H](j): (+ (sum 1..D (* W1[#0.0,r] x[#0.0])) b1[r])",
  ]),
  ("c = B[1, 2]\nB = A\nA = x*x'\nindex i, j = 1..N\nvector x[N]", [
    "c: B[1,2]", "B[N,N](i,j): A[r,c]", "A[N,N](i,j): (* x[r] x[c])",
  ]),
  ("w = P .* x\nindex i = 1..N\nP[i] = x[i]^2\nf(a) = a*w[1]\nvector x[N]", [
    "w[N](i): (* P[r] x[r])", "P[N](i): (^ x[r] 2)", "f(a): (* r w[1])",
  ]),
  ("P[i] = (A*x)[i]\nA = y*x'\nindex i = 1..N\nvector x[N], y[N]", [
    "P[N](i): (sum 1..N (* A[r,#0.0] x[#0.0]))", "A[N,N](i,_): (* y[r] x[c])",
  ]),
  ("r1 = x'\ns = r1*x\nvector x[N]", [
    "r1[1,N](_,_): x[c]", "s: (sum 1..N (* r1[1,#0.0] x[#0.0]))",
  ]),
  ("matrix C[N, N]\nvector x[N]\nC = 2*x*x'",       ["C[N,N](_,_): (* 2 x[r] x[c])"]),
  ("matrix b[1, H]\nvector u[H]\nb = u'",           ["b[1,H](_,_): u[c]"]),
  ("vector h[3]\nh = [1, 2, 3]",                    ["h[3](_): (+ (delta r 1) (* (delta r 2) 2) (* (delta r 3) 3))"]),
  ("vector h[0..1]\nh = [1, 2]",                    ["h[1](_): (+ (delta r 0) (* (delta r 1) 2))"]),
  ("vector t[K]\nt = onehot(2)",                    ["t[K](_): (delta r 2)"]),
  ("class y = 1..K\nL = -log(p[y])\np = softmax(h)\nvector h[K]", [
    "L: (- (log p[y]))", "p[K](_): (/ (exp h[r]) (sum 1..K (exp h[#0.0])))",
  ]),
  ("at x = [1, 2], A = [1, 2; 3, 4]\nz = A*x",      ["z[2](_): (sum 1..2 (* A[r,#0.0] x[#0.0]))"]),
  ("scalar w\nz = w*x\nat x = 2",                   ["z: (* w x)"]),
  ("vector x[N]\nf(x) = x^2\ny = f(x)",             ["f(x): (^ r 2)", "y[N](_): (@f x[r])"]),
]

@Test(arguments: wholes)
func `a name is defined as a whole in any order`(text: String, definitions expected: [String]) {
  #expect(definitions(text) == expected)
}

@Test func `a definition in matrix notation keeps its form`() throws {
  let read = ReadStatements(network)
  for name in ["L", "y", "z2", "a1", "z1"] {
    let symbol = try #require(read.reading.scope.names[name])
    let form = try #require(read.reading.scope.definitions[symbol]?.form)
    let lowering = Lowering(read.reading.scope)
    let shape = name == "L" ? Shape.scalar : lowering.shape(of: symbol, in: read.pool)
    #expect(form.shape == shape)
  }
}

// swift-format-ignore
private let mistakes: [(text: String, report: String)] = [
  ("vector h[N]\nh = 0",             "definition-mismatch '0': 'h' is declared as a vector of N and defined as a scalar"),
  ("vector h[N], g[K]\nh = 2*g",     "definition-mismatch '2*g': 'h' is declared as a vector of N and defined as a vector of K"),
  ("scalar s\nvector g[K]\ns = g",   "definition-mismatch 's': 's' is declared as a scalar and defined as a vector of K"),
  ("vector g[K]\na = b + g\nb = a - g", "circular-definition 'a': the definition of 'a' goes round in a circle: a → b → a"),
  ("vector g[K]\na = g*b\nb = a",    "circular-definition 'a': the definition of 'a' goes round in a circle: a → b → a"),
  ("vector g[K]\na = a + g",         "circular-definition 'a': the definition of 'a' goes round in a circle: a → a"),
  ("vector g[K]\nP = foo*g\nQ = P + g\nR = Q'*Q\nS = R + 1", "unknown-name 'foo': unknown name 'foo'"),
  ("vector x[D]\nmatrix W[D, H]\nz = W*x\na = ReLU(z)\nL = norm(a)", "shape-mismatch 'W*x': 'W' is D × H and 'x' is a vector of D: the columns of 'W' (H) meet the rows of 'x' (D); did you mean 'W'*x'?"),
  ("vector p[K]\nindex j = 1..K\nP[j] = p*2", "array-as-scalar 'p*2': 'p*2' is a vector of K, and a scalar is needed here, expected a component such as (p*2)[i]"),
  ("vector x[N]\nf(a) = a*x",        "array-as-scalar 'a*x': 'a*x' is a vector of N, and a scalar is needed here, expected a component such as (a*x)[i]"),
  ("index i = 1..N\nvector x[N]\nz = A[i, i]*x\nmatrix A[N, N]", "free-index 'i': the index 'i' stands free, but is not on the left of 'z', expected a sum over it, or the index on the left as well"),
]

@Test(arguments: mistakes)
func `a definition as a whole that cannot stand is told once`(text: String, report: String) {
  #expect(ReadStatements(text).report == report)
}

// swift-format-ignore
private let facts: [(text: String, relation: String)] = [
  ("index i, j = 1..N\nmatrix A[N, N]\nassume A = A'",       "(= A[i,j] A[j,i])"),
  ("index i = 1..N\nvector x[N]\nassume x >= 1",             "(>= x[i] 1)"),
  ("index i, j = 1..N\nmatrix Q[N, N]\nassume Q'*Q = eye(N)", "(= (sum 1..N (* Q[#0.0,i] Q[#0.0,j])) (delta i j))"),
  ("vector p[N]\nassume sum(p) = 1",                         "(= (sum 1..N p[#0.0]) 1)"),
]

@Test(arguments: facts)
func `a fact of arrays holds for every entry`(text: String, relation: String) {
  let read = ReadStatements(text)
  #expect(read.report == "")
  #expect(read.reading.scope.assumptions.map { read.pool.dump($0.relation) } == [relation])
}

// swift-format-ignore
private let values: [(text: String, rows: String)] = [
  ("matrix b[1, H]\nat b = [1, 2, 3]", "1 2 3"),
  ("matrix b[1, H]\nat b = [1; 2; 3]", "1 2 3"),
  ("matrix b[H, 1]\nat b = [1, 2, 3]", "1; 2; 3"),
  ("matrix b[H, 1]\nat b = [1; 2; 3]", "1; 2; 3"),
  ("vector b[1]\nat b = [5]",          "5"),
]

@Test(arguments: values)
func `a single row or column may be given either way`(text: String, rows: String) throws {
  let read = ReadStatements(text)
  #expect(read.report == "")
  let symbol = try #require(read.reading.scope.names["b"])
  let value = try #require(read.reading.scope.values[symbol])
  let lines = value.rows.map { row in row.map { read.pool.dump($0) }.joined(separator: " ") }
  #expect(lines.joined(separator: "; ") == rows)
}
