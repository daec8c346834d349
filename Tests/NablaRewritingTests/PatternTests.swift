import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaTestSupport
import Testing

@testable import NablaRewriting

private func read(_ text: String, _ pool: inout ExpressionPool, _ scope: inout Scope) throws
  -> Handle
{
  let syntax = try parseExpression(
    SourceText(name: "test", text), known: scope.knownNames(in: pool))
  var lowering = Lowering(scope)
  let handle = try lowering.expression(syntax, in: &pool)
  scope = lowering.scope
  return pool.canonical(handle)
}

private func letter(_ text: Character) -> Pattern.Letter { text.asciiValue ?? 0 }

/// A pattern, an expression, and what its letters stand for; nil where it does not fit.
// swift-format-ignore
private let matches: [(String, String, [Character: String]?)] = [
  ("exp(u)",            "exp(x + 1)",           ["u": "x + 1"]),
  ("exp(u)",            "sin(x)",               nil),
  ("u^n",               "x^3",                  ["u": "x", "n": "3"]),
  ("u^n",               "x",                    ["u": "x", "n": "1"]),
  ("u^n",               "x^y",                  nil),
  ("u^2",               "(x + y)^2",            ["u": "x + y"]),
  ("log(u)*u",          "(x + 1)*log(x + 1)",   ["u": "x + 1"]),
  ("log(u)*u",          "(x + 2)*log(x + 1)",   nil),
  ("a*sin(u)/cos(u)",   "y*sin(x)/cos(x)",      ["u": "x", "a": "y"]),
  ("a*sin(u)/cos(u)",   "sin(x)/cos(x)",        ["u": "x", "a": "1"]),
  ("a*sin(u)/cos(u)",   "sin(x)/cos(y)",        nil),
  ("a*u*1[u > 0]",      "3*x*y*1[x > 0]",       ["u": "x", "a": "3*y"]),
  ("1 + exp(u)",        "exp(2*x) + 1",         ["u": "2*x"]),
  ("1 + exp(u)",        "exp(x) + 1 + y",       nil),
  ("max(u, 0)",         "max(0, x)",            ["u": "x"]),
  ("u + log(v)",        "x + log(y)",           ["u": "x", "v": "y"]),
  ("2*u",               "2*x",                  ["u": "x"]),
  ("pi*u",              "pi*x",                 ["u": "x"]),
]

@Test(arguments: matches.indices)
func `a pattern fits its instances and nothing else`(number: Int) throws {
  let (text, subject, expected) = matches[number]
  var pool = ExpressionPool()
  var scope = Scope.commandLine
  let pattern = try #require(Pattern(reading: text))
  let handle = try read(subject, &pool, &scope)
  var wanted: [Pattern.Letter: Handle] = [:]
  for (name, value) in expected ?? [:] { wanted[letter(name)] = try read(value, &pool, &scope) }
  var bindings = Bindings()
  var budget = 1000
  var isFound = false
  _ = pattern.match(handle, in: &pool, &bindings, budget: &budget) { _, bindings in
    isFound = wanted.allSatisfy { bindings[$0.key] == $0.value }
    return isFound
  }
  #expect(isFound == (expected != nil))
}

@Test func `a sum pattern may fit some of the terms`() throws {
  var pool = ExpressionPool()
  var scope = Scope.commandLine
  let pattern = try #require(Pattern(reading: "a*sin(u)^2 + a*cos(u)^2"))
  let subject = try read("y*sin(x)^2 + z + y*cos(x)^2", &pool, &scope)
  let rest = try read("z", &pool, &scope)
  let factor = try read("y", &pool, &scope)
  var bindings = Bindings()
  var budget = 1000
  var isFound = false
  _ = pattern.matchPart(of: subject, in: &pool, &bindings, budget: &budget) { _, bindings in
    isFound = bindings[Pattern.leftover] == rest && bindings[letter("a")] == factor
    return isFound
  }
  #expect(isFound)
}

@Test func `bindings of a failed attempt are undone`() throws {
  var pool = ExpressionPool()
  var scope = Scope.commandLine
  let pattern = try #require(Pattern(reading: "exp(u)*sin(v)*cos(v)"))
  let subject = try read("exp(x)*sin(y)*cos(z)", &pool, &scope)
  var bindings = Bindings()
  var budget = 1000
  let isMatched = pattern.match(subject, in: &pool, &bindings, budget: &budget) { _, _ in true }
  #expect(!isMatched)
  #expect(bindings[letter("u")] == nil && bindings[letter("v")] == nil)
}

@Test func `the search stops at its budget`() throws {
  var pool = ExpressionPool()
  var scope = Scope.commandLine
  // No two factors share an argument, so every assignment would have to be tried.
  let pattern = try #require(Pattern(reading: "exp(u)*exp(v)*exp(w)*log(x)*log(u)*sin(u)*cos(v)"))
  var text = "log(y)*log(z)*sin(t)*cos(s)"
  for number in 0..<12 { text += "*exp(q\(number)*r\(number))" }
  let subject = try read(text, &pool, &scope)
  var bindings = Bindings()
  var budget = 500
  let isMatched = pattern.match(subject, in: &pool, &bindings, budget: &budget) { _, _ in true }
  #expect(!isMatched)
}

/// A pattern, bindings, and the expression it makes.
// swift-format-ignore
private let instances: [(String, [Character: String], String)] = [
  ("u*(1 - u)",             ["u": "sigmoid(x)"],        "sigmoid(x)*(1 - sigmoid(x))"),
  ("n*u^(n - 1)",           ["u": "x + 1", "n": "3"],   "3*(x + 1)^2"),
  ("1[u > 0]*v",            ["u": "x", "v": "y"],       "1[x > 0]*y"),
  ("a/sqrt(1 - u^2)",       ["u": "x", "a": "2"],       "2/sqrt(1 - x^2)"),
  ("max(u, 0) + min(u, v)", ["u": "x", "v": "y"],       "max(0, x) + min(x, y)"),
  ("2/sqrt(pi)*exp(-u^2)",  ["u": "x"],                 "2*exp(-x^2)/sqrt(pi)"),
]

@Test(arguments: instances.indices)
func `an instance has the form of its pattern, built or canonical`(number: Int) throws {
  let (text, values, expected) = instances[number]
  var pool = ExpressionPool()
  var scope = Scope.commandLine
  let pattern = try #require(Pattern(reading: text))
  var bindings = Bindings()
  for (name, value) in values { bindings.bind(letter(name), to: try read(value, &pool, &scope)) }
  let wanted = try read(expected, &pool, &scope)
  let canonicalFound = pattern.instantiate(.canonical, in: &pool, bindings)
  let canonical = try #require(canonicalFound)
  #expect(canonical == wanted)
  let builtFound = pattern.instantiate(.built, in: &pool, bindings)
  let built = try #require(builtFound)
  let form0 = pool.canonical(built)
  #expect(form0 == wanted)
}

@Test func `an unbound letter makes no instance`() throws {
  var pool = ExpressionPool()
  let pattern = try #require(Pattern(reading: "u*v"))
  var bindings = Bindings()
  bindings.bind(letter("u"), to: pool.one)
  let made = pattern.instantiate(.built, in: &pool, bindings)
  #expect(made == nil)
}

/// Text that is no side of a rule.
private let unreadable = ["", "u +", "d(u, v)", "sum(k, u)", "uv*w", "gamma(u)", "u[1]", "u*(v"]

@Test(arguments: unreadable)
func `what is not in the notation of rules is refused`(text: String) {
  #expect(Pattern(reading: text) == nil)
}
