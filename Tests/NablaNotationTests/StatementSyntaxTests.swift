import NablaNotation
import Testing

// swift-format-ignore
private let statements: [(String, String)] = [
  ("dimension N, K",                    "dimension N; dimension K"),
  ("dimension D = 3",                   "dimension D=3"),
  ("index i, j = 1..N",                 "index i,j=1..N"),
  ("index i, j = 1..N, k = 0..K-1",     "index i,j=1..N; index k=0..(+ K (- 1))"),
  ("class y = 1..K",                    "class y=1..K"),
  ("scalar a, b",                       "scalar a; scalar b"),
  ("scalar a, b positive",              "scalar a positive; scalar b positive"),
  ("scalar a positive, b",              "scalar a positive; scalar b"),
  ("scalar p in (0, 1]",                "scalar p in (0,1]"),
  ("scalar p in [0, infinity) positive", "scalar p in [0,oo) positive"),
  ("scalar p, q in (-1, 1), r negative", "scalar p in ((- 1),1); scalar q in ((- 1),1); scalar r negative"),
  ("scalar r non-negative",             "scalar r nonnegative"),
  ("vector h[N], y[N] one-hot",         "vector h[N] oneHot; vector y[N] oneHot"),
  ("vector h[N]; y",                    "unexpected-token 11-12: unexpected ';', expected an operator or the end"),
  ("vector y[N] one-hot, positive",     "vector y[N] oneHot positive"),
  ("vector h[0..N-1] probability",      "vector h[0..(+ N (- 1))] probability"),
  ("matrix W[D, H], b[1,H]",            "matrix W[D,H]; matrix b[1,H]"),
  ("matrix S[N, N] symmetric positive", "matrix S[N,N] symmetric positive"),
  ("function f1, f2",                   "function f1; function f2"),
  ("function g(x, y)",                  "function g(x,y)"),
  ("z = ReLU(y1 + x0)",                 "define z := (call ReLU (+ y1 x0))"),
  ("ŷ₁ = σ(z)",                         "define yhat1 := (call sigmoid z)"),
  ("P[j] = exp(h[j]) / sum(k, exp(h[k]))", "define P[j] := (* (call exp (index h j)) / (sum (k) (call exp (index h k))))"),
  ("z1 = W1' * a0 + b1",                "define z1 := (+ (* (' W1) * a0) b1)"),
  ("f(x) = 5*ReLU(x)",                  "define f(x) := (* 5 * (call ReLU x))"),
  ("σ(x) = 1/(1 + exp(-x))",            "define sigma(x) := (* 1 / (+ 1 (call exp (- x))))"),
  ("use = 3",                           "define use := 3"),
  ("class = 2 * at",                    "define class := (* 2 * at)"),
  ("write w1 as w^{(1)}  # the first",  "write w1 as <w^{(1)}>"),
  ("write ŷ as \\hat{y}",               "write yhat as <\\hat{y}>"),
  ("assume sum(j, y[j]) = 1  # one-hot", "assume (= (sum (j) (index y j)) 1)"),
  ("assume a > 0 and b < a",            "assume (and (> a 0) (< b a))"),
  ("assume (a) = b",                    "assume (= a b)"),
  ("convention ReLU'(0) = 0",           "convention (call ReLU' 0) = 0"),
  ("at x0 = 1.0, w0 = -0.3",            "at x0=1.0; at w0=(- 0.3)"),
  ("at W = [0.4, 0.6; 0.3, 0.9]",       "at W=(matrix (row 0.4 0.6) (row 0.3 0.9))"),
  ("at t = onehot(3), h[2] = 1/3",      "at t=(call onehot 3); at h[2]=(* 1 / 3)"),
  ("forward z",                         "forward z"),
  ("forward a2, z to 2 decimals",       "forward a2,z to 2"),
  ("derive dz/dx",                      "derive (d z x)"),
  ("derive (x+1)^2 = x^2 + 2*x + 1",    "derive (^ (+ x 1) 2) = (+ (^ x 2) (* 2 * x) 1)"),
  ("derive x^2 by x when x > 0",        "derive (^ x 2) by x when (> x 0)"),
  ("gradient z by w1, b1",              "gradient z by w1,b1 as "),
  ("gradient z by w1, b1 as elementwise, matrix, backward", "gradient z by w1,b1 as elementwise,matrix,backward"),
  ("jacobian P by h",                   "jacobian P by h"),
  ("hessian z by h",                    "hessian z by h"),
  ("prove dz/dx = P[i] - y[i]",         "prove (d z x) = (+ (index P i) (- (index y i)))"),
  ("prove dz/dx = 1 when i = j",        "prove (d z x) = 1 when (= i j)"),
  ("expect dz/dx = -0.2",               "expect (d z x) = (- 0.2)"),
  ("expect dz/dx = -0.2 exactly",       "expect (d z x) = (- 0.2) exactly"),
  ("expect dz/dx = x exactly when i != j", "expect (d z x) = x exactly when (!= i j)"),
  ("use common.md # shared",            "use <common.md>"),
  ("points 3 for dz/dx",                "points 3 for (d z x)"),
  ("points 0.5 for a = b",              "points 0.5 for a = b"),
  ("points 2 for dz/dx steps 1.5",      "points 2 for (d z x) steps 1.5"),
  ("points 2 for z when x > 0 steps 1", "points 2 for z steps 1 when (> x 0)"),
  ("points 2 for z steps 1 when x > 0", "points 2 for z steps 1 when (> x 0)"),
  ("cite dz/dx",                        "cite (d z x)"),
  ("cite dz/dx = a when x > 0",         "cite (d z x) = a when (> x 0)"),
  ("layout numerator",                  "layout numerator"),
  ("notation nabla, ln, decimal comma", "notation nabla; ln; decimal comma"),
  ("notation bold vectors, layers superscript, language german", "notation bold vectors; layers superscript; language german"),
  ("notation arrows, layer brackets, language de", "notation arrow vectors; layers bracket; language german"),
  ("notation = 3",                      "define notation := 3"),
  ("shapes",                            "shapes "),
  ("parameters W1, b1",                 "parameters W1,b1"),
  ("table P, 2*x for T = 4, 1/2", "table P,(* 2 * x) for T=4,(* 1 / 2)"),
  ("train 3 steps of W, w on L with rate 0.5 over x = X, y = Y summing", "train 3 of W,w on L with 0.5 over x=X,y=Y summing"),
  ("plot sigmoid(x), x^2 for x in -6..6", "plot (call sigmoid x),(^ x 2) for x=(- 6)..6"),
  ("plot x for x in 0..2*pi, y in -1..1", "plot x for x=0..(* 2 * pi) y=(- 1)..1"),
  ("plot x",                            "expected-word 6-6: unexpected end, expected 'for'"),
  ("plot x for x in 1",                 "unexpected-end 17-17: unexpected end, expected a range such as 1..N"),
  ("plot x for x in 0..1, z in 0..1",   "expected-word 22-23: unexpected 'z', expected 'y'"),
  ("graph z",                           "graph z"),
  ("graph z by w1, b1",                 "graph z by w1,b1"),
  ("grahp z",                           "unknown-statement 0-5: unknown statement 'grahp'; did you mean 'graph'?"),
  ("answer Because $x$ is\n  # not a comment\n", "answer <Because $x$ is\n  # not a comment>"),
  ("answer: yes",                       "answer <yes>"),
  ("L = a +\n  b # more\n",             "define L := (+ a b)"),
  ("L = f(a,\n\n  # between\n  b)",     "define L := (call f a b)"),
  ("at a = 1,\n   b = 2",               "at a=1; at b=2"),
  // Mistakes
  ("derve dz/dx",                       "unknown-statement 0-5: unknown statement 'derve'; did you mean 'derive'?"),
  ("Prove a = b",                       "unknown-statement 0-5: unknown statement 'Prove'; did you mean 'prove'?"),
  ("dz/dx",                             "unknown-statement 0-2: 'dz' does not begin a statement, expected a keyword such as 'derive', or a definition such as z = x + 1"),
  ("2*x = 3",                           "unexpected-token 0-1: unexpected '2', expected a statement or a definition"),
  ("scalar a postive",                  "unknown-attribute 9-16: unknown attribute 'postive'; did you mean 'positive'?"),
  ("scalar a[3]",                       "wrong-shape 7-11: a scalar has no sizes, 'a' is declared with one size"),
  ("matrix W[3]",                       "wrong-shape 7-11: a matrix has two sizes, 'W' is declared with one size"),
  ("vector h",                          "wrong-shape 7-8: a vector has one size, 'h' is declared with no sizes"),
  ("index i",                           "unexpected-end 7-7: unexpected end, expected '=' and a range such as 1..N"),
  ("P[1] = x",                          "expected-name 2-3: unexpected '1', expected the name of a parameter"),
  ("P[i, i] = x",                       "repeated-parameter 5-6: the parameter 'i' stands twice"),
  ("prove a",                           "unexpected-end 7-7: unexpected end, expected '=' and a right side"),
  ("prove a = b = c",                   "unexpected-token 12-13: unexpected '=', expected an operator or the end"),
  ("gradient z",                        "expected-word 10-10: unexpected end, expected 'by'"),
  ("gradient z by x as matirx",         "unknown-form 19-25: unknown form 'matirx'; did you mean 'matrix'?"),
  ("notation decimal coma",             "unknown-notation 9-21: unknown notation 'decimal coma'; did you mean 'decimal comma'?"),
  ("notation ln, bold vektors",         "unknown-notation 13-25: unknown notation 'bold vektors'; did you mean 'bold vectors'?"),
  ("notation",                          "unexpected-end 8-8: unexpected end, expected a name"),
  ("notation ln,",                      "unexpected-end 12-12: unexpected end, expected a name"),
  ("notation sideways",                 "unknown-notation 9-17: unknown notation 'sideways', expected partial, nabla, log, ln, decimal point, decimal comma, plain vectors, bold vectors, arrow vectors, layers subscript, layers superscript, layers bracket, language english, language german"),
  ("layout sideways",                   "unknown-layout 7-15: unknown layout 'sideways', expected gradient, numerator, denominator"),
  ("forward z to x decimals",           "expected-count 13-14: unexpected 'x', expected a whole number up to 1000"),
  ("write w1",                          "expected-word 8-8: a way to write 'w1' is missing, expected 'as' and LaTeX"),
  ("use",                               "unexpected-end 3-3: unexpected end, expected the name of a file"),
  ("a = 1\nb = 2",                      "second-statement 6-11: only one statement can stand here"),
  ("",                                  "unexpected-end 0-0: unexpected end, expected a statement"),
  ("z = 2x",                            "juxtaposition 5-6: juxtaposition is not multiplication; did you mean '2*x'?"),
]

@Suite struct StatementSyntaxTests {
  @Test(arguments: statements)
  func `a statement is read as written`(_ text: String, _ expected: String) {
    let source = SourceText(name: "test", text)
    do throws(Diagnostic) {
      let statement = try parseStatement(source, known: known("z x"))
      #expect(statement.syntax.dump == expected)
    } catch {
      #expect(describe(error, source) == expected)
    }
  }

  @Test func `names are collected with their kinds`() {
    var names = KnownNames()
    names.collect(
      from: SourceText(
        name: "test",
        """
        dimension D = 3
        index i, j = 1..N
        class c = 1..K
        scalar a, b in (p, q)
        vector h[0..M-1] in [r, s], y[D] one-hot
        matrix W[D, H]
        function f1, f2
        z[i] = a +
          b
        g(x, t) = x
        at v = f(1, 2), u = 3
        prove z = broken(
        w = 1
        """))
    let found = names.kinds.map { "\($0.key) \($0.value)" }.sorted()
    #expect(
      found == [
        "D dimension", "H dimension", "K dimension", "M dimension", "N dimension", "W matrix",
        "a scalar", "b scalar", "c fixedIndex", "f1 function", "f2 function", "g function",
        "h vector", "i index", "j index", "u quantity", "v quantity", "w quantity", "y vector",
        "z quantity",
      ])
  }
}
