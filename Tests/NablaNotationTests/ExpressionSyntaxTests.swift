import NablaNotation
import Testing

// swift-format-ignore
private let plainExpressions: [(String, String)] = [
  // Sums, products, powers
  ("a + b - c",                "(+ a b (- c))"),
  ("-a + b",                   "(+ (- a) b)"),
  ("(-a) + b",                 "(+ (- a) b)"),
  ("a - (b + c)",              "(+ a (- (+ b c)))"),
  ("a/b*c",                    "(* a / b * c)"),
  ("a/(b*c)",                  "(* a / (* b * c))"),
  ("a .* b ./ c ⊙ d",          "(* a .* b ./ c .* d)"),
  ("-a*b",                     "(- (* a * b))"),
  ("2*-3*x",                   "(* 2 * (- 3) * x)"),
  ("2 - -3",                   "(+ 2 (- (- 3)))"),
  ("+a",                       "a"),
  ("-x^2",                     "(- (^ x 2))"),
  ("(-x)^2",                   "(^ (- x) 2)"),
  ("2^-3",                     "(^ 2 (- 3))"),
  ("2^-3*x",                   "(* (^ 2 (- 3)) * x)"),
  ("2^-x^2",                   "(^ 2 (- (^ x 2)))"),
  ("a^b^c",                    "(^ a (^ b c))"),
  ("a.^b^c",                   "(.^ a (^ b c))"),
  ("x.^2",                     "(.^ x 2)"),
  ("2.*x",                     "(* 2 .* x)"),
  ("2./x",                     "(* 2 ./ x)"),
  // Numbers
  ("0.30",                     "0.30"),
  (".5",                       ".5"),
  ("1e-3*x",                   "(* 1e-3 * x)"),
  ("2E+5",                     "2E+5"),
  // Names and letters
  ("x₁ + ŷ",                   "(+ x1 yhat)"),
  ("y\u{302}₁₂",               "yhat12"),
  ("w\u{303} + x̄",             "(+ wtilde xbar)"),
  ("α*β − γ·Δ × θ₂",           "(+ (* alpha * beta) (- (* gamma * Delta * theta2)))"),
  ("σ + δ + Σ",                "(+ sigma delta Sigma)"),
  ("λ_max",                    "lambda_max"),
  ("x² + y³ + z⁻¹ + w¹²",      "(+ (^ x 2) (^ y 3) (^ z (- 1)) (^ w 12))"),
  ("-x²",                      "(- (^ x 2))"),
  // Transposes, indices, calls
  ("W'*x + b",                 "(+ (* (' W) * x) b)"),
  ("x'^2",                     "(^ (' x) 2)"),
  ("(A*B)'",                   "(' (* A * B))"),
  ("W[i,j]",                   "(index W i j)"),
  ("h[k+1]^2",                 "(^ (index h (+ k 1)) 2)"),
  ("(W'*x)[i]",                "(index (* (' W) * x) i)"),
  ("exp(x)^2",                 "(^ (call exp x) 2)"),
  ("f1'(s) + f1''(s)",         "(+ (call f1' s) (call f1'' s))"),
  ("f′(s)",                    "(call f' s)"),
  ("max(a, b, 0)",             "(call max a b 0)"),
  ("f()",                      "(call f)"),
  ("σ(x) + σ_1",               "(+ (call sigmoid x) sigma_1)"),
  // Binders
  ("sum(x)",                   "(call sum x)"),
  ("mean(x .* y)",             "(call mean (* x .* y))"),
  ("sum(k, exp(h[k]))",        "(sum (k) (call exp (index h k)))"),
  ("sum(i, j, W[i,j])",        "(sum (i j) (index W i j))"),
  ("sum(k != i, h[k])",        "(sum (k!=i) (index h k))"),
  ("sum(k ≠ i, h[k])",         "(sum (k!=i) (index h k))"),
  ("sum(k = 1..K, h[k])",      "(sum (k=1..K) (index h k))"),
  ("sum(k = 0..N-1, k != i, h[k])", "(sum (k=0..(+ N (- 1))!=i) (index h k))"),
  ("product(k, h[k])",         "(product (k) (index h k))"),
  ("Σ(k, h[k])",               "(sum (k) (index h k))"),
  ("Σ_k h[k]*y[k] + 1",        "(+ (sum (k) (* (index h k) * (index y k))) 1)"),
  ("Σ_{k != i} h[k]",          "(sum (k!=i) (index h k))"),
  ("∑_{i,j} W[i,j]",           "(sum (i j) (index W i j))"),
  ("∏_k h[k]",                 "(product (k) (index h k))"),
  ("delta(i, j)",              "(call delta i j)"),
  ("δ(i,j) + δ_ij + δ_{ij} + δ_{i,j}", "(+ (call delta i j) (call delta i j) (call delta i j) (call delta i j))"),
  // Conditions
  ("1[x > 0]",                 "(indicator (> x 0))"),
  ("1[i = j and not x <= 0 or y ≥ 1]", "(indicator (or (and (= i j) (not (<= x 0))) (>= y 1)))"),
  ("0 < x < 1",                "(and (< 0 x) (< x 1))"),
  ("piecewise(x > 0: x, else: 0)", "(piecewise ((> x 0) x) (else 0))"),
  ("piecewise(x > 0: x, x < 0: -x)", "(piecewise ((> x 0) x) ((< x 0) (- x)))"),
  // Literals
  ("[0.4, 0.6; 0.3, 0.9]",     "(matrix (row 0.4 0.6) (row 0.3 0.9))"),
  ("[1; 2]",                   "(matrix (row 1) (row 2))"),
  // Derivatives by function
  ("diff(x^2, x)",             "(diff (^ x 2) x)"),
  ("diff(f, x, 2)",            "(diff f x:2)"),
  ("diff(f, x, y)",            "(diff f x y)"),
  ("diff(f, x, 2, h[i])",      "(diff f x:2 (index h i))"),
  ("∂L/∂h[i]",                 "(d L (index h i))"),
  ("∂²L/∂x∂y",                 "(d L x y)"),
  ("dz/dx",                    "(* dz / dx)"),
]

// swift-format-ignore
private let derivatives: [(names: String, text: String, tree: String)] = [
  ("L h",        "dL/dh[i]",               "(d L (index h i))"),
  ("P h",        "dP[j]/dh[i]",            "(d (index P j) (index h i))"),
  ("z w0",       "dz/dw0",                 "(d z w0)"),
  ("z x",        "2*dz/dx^2",              "(* 2 * (^ (d z x) 2))"),
  ("z x",        "1/dz/dx",                "(* 1 / (d z x))"),
  ("L W",        "dL/dW'",                 "(' (d L W))"),
  ("L W",        "dL/dW[i,j]*dL/dW[k,l]",  "(* (d L (index W i j)) * (d L (index W k l)))"),
  ("L theta",    "dL/dθ",                  "(d L theta)"),
  ("L h",        "d^2L/dh[i]dh[j]",        "(d L (index h i) (index h j))"),
  ("L x",        "d^2L/dx^2",              "(d L x:2)"),
  ("L x",        "d²L/dx²",                "(d L x:2)"),
  ("L x y",      "d^3L/dx^2dy",            "(d L x:2 y)"),
  ("L x y",      "d^2L/dxdy",              "(d L x y)"),
  ("e1 x",       "d^2e1/dx^2",             "(d e1 x:2)"),
  ("dz dx",      "dz/dx",                  "(* dz / dx)"),
  ("z x dz dx",  "(dz)/(dx)",              "(* dz / dx)"),
  ("diff()",     "diff(x, 2)",             "(call diff x 2)"),
  ("sum()",      "sum(k, x)",              "(call sum k x)"),
  ("delta_ij",   "δ_ij",                   "delta_ij"),
  ("delta_out",  "δ_out * 2",              "(* delta_out * 2)"),
  ("sigma()",    "σ(x)",                   "(call sigma x)"),
  ("Sigma_1",    "Σ_1 * x",                "(* Sigma_1 * x)"),
  ("i: j:",      "Σ_ij W[i,j]",            "(sum (i j) (index W i j))"),
]

@Suite struct ExpressionSyntaxTests {
  @Test(arguments: plainExpressions)
  func `an expression is read as written`(_ text: String, _ tree: String) {
    #expect(dump(text) == tree)
  }

  @Test(arguments: derivatives)
  func `the known names decide what a quotient or a letter is`(
    _ row: (names: String, text: String, tree: String)
  ) {
    #expect(dump(row.text, known(row.names)) == row.tree)
  }

  @Test func `on the command line a derivative needs only its subject to be known`() {
    var names = known("z")
    names.undeclaredAreScalars = true
    #expect(dump("dz/dx", names) == "(d z x)")
  }

  @Test func `a name without a letter for its subject is not a derivative`() {
    #expect(dump("delta/d", known("L")) == "(* delta / d)")
  }

  @Test func `a goal may be a relation`() throws {
    let source = SourceText(name: "test", "a + b = 2*c")
    guard case .relation(let relation) = try parseGoal(source, known: KnownNames()) else {
      Issue.record("no relation")
      return
    }
    #expect(relation.left.dump == "(+ a b)")
    #expect(relation.right.dump == "(* 2 * c)")
  }

  @Test func `ranges cover the characters of each part`() throws {
    let source = SourceText(name: "test", "ab + (c*d)^2")
    guard case .sum(let terms) = try parseExpression(source, known: KnownNames()).kind,
      case .power(let base, let exponent) = terms[1].term.kind
    else {
      Issue.record("not a sum with a power")
      return
    }
    #expect(terms[0].term.range == SourceRange(0, 2))
    #expect(base.range == SourceRange(5, 10))
    #expect(exponent.range == SourceRange(11, 12))
  }
}
