import NablaExpressions
import NablaNotation
import NablaTestSupport
import Testing

private let declarations =
  "dimension N; index i, j, k, l = 1..N; vector h[N]; matrix W[N, N]; scalar p positive; "
  + "function f"

/// Expressions that have one canonical form.
// swift-format-ignore
private let equal: [(String, String)] = [
  // Collecting
  ("x + y + x",                   "y + 2*x"),
  ("x*y*x",                       "x^2*y"),
  ("x - x",                       "0"),
  ("x/x",                         "1"),
  ("x/y/z",                       "x/(y*z)"),
  ("2*(x + y)",                   "2*x + 2*y"),
  ("(x - y)^3/(y - x)",           "-(x - y)^2"),
  ("1/3 + 0.5",                   "5/6"),
  ("-(-x)",                       "x"),
  ("(2*x + 2*y)^2",               "4*(x + y)^2"),
  ("sqrt(8)",                     "8^(1/2)"),
  ("sqrt(9/4)",                   "3/2"),
  // Powers, over the reals
  ("(x^2)^(1/2)",                 "abs(x)"),
  ("sqrt(p^2)",                   "p"),
  ("(x^3)^2",                     "x^6"),
  ("(x^6)^(1/4)",                 "abs(x)^(3/2)"),
  ("sqrt(x^2*y)",                 "abs(x)*sqrt(y)"),
  ("(p*x)^(1/2)",                 "sqrt(p)*sqrt(x)"),
  ("(-4*x)^(1/2)",                "2*sqrt(-x)"),
  ("p^x*p^y",                     "p^(x + y)"),
  ("abs(x)^2",                    "x^2"),
  // Functions
  ("e^x",                         "exp(x)"),
  ("exp(x)^2",                    "exp(2*x)"),
  ("exp(x)*exp(-x)",              "1"),
  ("log(exp(x))",                 "x"),
  ("exp(2*log(x))",               "x^2"),
  ("sin(-x)",                     "-sin(x)"),
  ("cos(y - x)",                  "cos(x - y)"),
  ("tanh(x - y)",                 "-tanh(y - x)"),
  ("abs(-2*x)",                   "abs(2*x)"),
  ("abs(-4/(1 + x^2))",           "4/(1 + x^2)"),
  ("abs(exp(x))",                 "exp(x)"),
  ("ReLU(exp(x))",                "exp(x)"),
  ("sign(p)",                     "1"),
  ("step(1 + x^2)",               "1"),
  ("sign(-3)",                    "-1"),
  ("max(x, max(y, x), 2, 1)",     "max(2, y, x)"),
  ("min(min(x, 3), 4)",           "min(3, x)"),
  // Conditions
  ("1[x < y]",                    "1[y > x]"),
  ("1[x < 0]",                    "1[-x > 0]"),
  ("1[0 >= x]",                   "1[x <= 0]"),
  ("1[x + 1 > x]",                "1"),
  ("1[x > x]",                    "0"),
  ("1[x >= x]",                   "1"),
  ("1[not (x > 2 or y <= 1)]",    "1[x <= 2]*1[y > 1]"),
  ("1[x > 0]^3",                  "1[x > 0]"),
  ("1/1[x > 0]^3",                "1/1[x > 0]"),
  ("piecewise(x > x: 1, y > 0: 2, else: 3)", "piecewise(y > 0: 2, else: 3)"),
  ("piecewise(x > 0: y, else: y)", "y"),
  // Sums over indices
  ("sum(k, h[k])",                "sum(l, h[l])"),
  ("sum(k, 2*x*h[k])",            "2*x*sum(j, h[j])"),
  ("sum(k, h[k] + x)",            "sum(k, h[k]) + N*x"),
  ("sum(i, sum(j, W[i,j]))",      "sum(j, sum(i, W[i,j]))"),
  ("sum(i, j, W[i,j])",           "sum(j, i, W[i,j])"),
  ("sum(i, sum(j, 2 - W[i,j]))",  "2*N^2 - sum(i, j, W[i,j])"),
  ("sum(i, j, h[i]*h[j])",        "sum(k, h[k])^2"),
  ("sum(k, delta(k, i)*h[k])",    "h[i]"),
  ("sum(k, delta(k, 2)*h[k])",    "h[2]"),
  ("sum(k, delta(i, k)*delta(k, j))", "delta(j, i)"),
  ("sum(k != i, 1)",              "N - 1"),
  ("sum(k, 1[k = i]*h[k])",       "h[i]"),
  ("delta(i, j)*1[i != j]",       "0"),
  ("delta(i, j)^2",               "delta(j, i)"),
  ("product(k, exp(h[k]))",       "exp(sum(k, h[k]))"),
  ("product(k, x)",               "x^N"),
  ("sum(i, sum(j = 1..i, 1))",    "sum(i, i)"),
  ("sum(k, x*(y - h[k])*h[k])",   "-sum(k, x*(h[k] - y)*h[k])"),
  ("sum(k, h[k]/(p - h[k])^3)",   "-sum(k, h[k]/(h[k] - p)^3)"),
  ("sum(k, h[k]*sin(h[k] - p))",  "-sum(k, h[k]*sin(p - h[k]))"),
  ("sum(i, j, W[i,j]*(h[i] - h[j]))", "-sum(i, j, W[j,i]*(h[i] - h[j]))"),
  ("sum(i, h[i]*(x - sum(j, W[i,j]*h[j])))", "-sum(i, h[i]*(sum(j, W[i,j]*h[j]) - x))"),
]

@Test(arguments: equal.indices)
func `equal expressions have one canonical form`(number: Int) throws {
  let (left, right) = equal[number]
  var bench = try ExpressionWorkbench(declarations)
  let first = try bench.canonical(left)
  let second = try bench.canonical(right)
  let texts = (bench.pool.dump(first), bench.pool.dump(second))
  #expect(first == second, "\(left): \(texts.0), \(right): \(texts.1)")
}

@Test(arguments: equal.indices)
func `the parts of a canonical form are canonical`(number: Int) throws {
  var bench = try ExpressionWorkbench(declarations)
  for text in [equal[number].0, equal[number].1] {
    let parts = bench.pool.nodesBelow([try bench.canonical(text)])
    for part in parts where bench.pool.looseLevels(part) == 0 {
      let form = bench.pool.canonical(part)
      let texts = (bench.pool.dump(part), bench.pool.dump(form))
      #expect(form == part, "\(texts.0), \(texts.1)")
    }
  }
}

/// Expressions that differ somewhere, and what tells them apart.
// swift-format-ignore
private let different: [(String, String, String)] = [
  ("sqrt(x^2)",             "x",                "x = -1"),
  ("(x^3)^(1/3)",           "abs(x)",           "x = -1"),
  ("log(x^2)",              "2*log(x)",         "x = -1"),
  ("sign(x)^2",             "1",                "x = 0"),
  ("atan(tan(x))",          "x",                "x = 3"),
  ("sqrt(x*y)",             "sqrt(x)*sqrt(y)",  "x = y = -1"),
  ("(x^2)^y",               "x^(2*y)",          "x = -1, y = 1/2"),
  ("acos(-x)",              "acos(x)",          "x = 1"),
  ("step(-x)",              "1 - step(x)",      "x = 0"),
  ("ReLU(-x)",              "-ReLU(x)",         "x = 1"),
  ("1[x > 0]",              "1[x >= 0]",        "x = 0"),
  ("sum(k, h[k]^2)",        "sum(k, h[k])^2",   "h = (1, 1)"),
  ("sum(i, W[i,i])",        "sum(i, j, W[i,j])", "W = 1"),
  ("sum(j = 3..N, 1)",      "N - 2",            "N = 1"),
  ("product(j = 3..N, x)",  "x^(N - 2)",        "N = 1"),
  ("sum(i, sum(j = 1..i, delta(j, 2)*h[j]))", "N*h[2]", "N = 2"),
  ("max(x, y)",             "max(x, -y)",       "x = 0, y = 1"),
]

@Test(arguments: different.indices)
func `what differs somewhere has different forms`(number: Int) throws {
  let (left, right, place) = different[number]
  var bench = try ExpressionWorkbench(declarations)
  let first = try bench.canonical(left)
  let second = try bench.canonical(right)
  #expect(first != second, "at \(place)")
}

@Test func `a literal index lies in a range that does not vary only`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let constant = try bench.canonical("sum(k, delta(k, 2)*h[k])")
  let component = try bench.canonical("h[2]")
  #expect(constant == component)
  let varying = try bench.canonical("sum(i, sum(j = 1..i, delta(j, 2)*h[j]))")
  let guarded = try bench.canonical("h[2]*sum(i, 1[i >= 2])")
  #expect(varying == guarded)
}

@Test func `what is nowhere defined is no number`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let undefined = try bench.canonical("1/(x - x)")
  let isNumber = bench.pool.isNumber(undefined)
  #expect(!isNumber)
  for text in ["1/(x - x)^2", "x/(y - y)", "y - 3/(x - x)", "sin(x) + 1/(x - x) - 1/(x - x)"] {
    let other = try bench.canonical(text)
    #expect(other == undefined, "\(text)")
  }
  // What an indicator hides counts as 0.
  let hidden = try bench.canonical("1[x > x]/(x - x)")
  let zero = bench.pool.zero
  #expect(hidden == zero)
  let open = try bench.canonical("1[y > 0]/(x - x)")
  #expect(open != undefined && open != zero)
}
