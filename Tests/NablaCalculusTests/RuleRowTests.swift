import NablaExpressions
import NablaNumbers
import NablaRewriting
import NablaVerification
import Testing

@testable import NablaCalculus

private let allRules = RuleFamily.all.flatMap { $0.rules }
private let patternRules = allRules.filter { !$0.isProcedure }

/// What the examples of the tables speak of.
private let exampleStatements =
  "dimension N; index i, j, k, l = 1..N; vector h[N]; function f; scalar a, b, L; "
  + "matrix A[N, N]; matrix S[N, N] symmetric"

extension Rule: CustomTestStringConvertible {
  public var testDescription: String { "\(name) (line \(line))" }
}

// MARK: The rows themselves

@Test func `names of rules are unique and in kebab case`() {
  var seen: Set<String> = []
  for rule in allRules {
    let isFirst = seen.insert(rule.name).inserted
    // Functions and structure share a few names with the procedures of the same step.
    #expect(isFirst, "\(rule.name), line \(rule.line), stands twice")
    let letters = rule.name.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }
    #expect(letters && rule.name.first != "-" && rule.name.last != "-", "\(rule.name)")
    #expect(!rule.example.isEmpty && !rule.justification.isEmpty, "\(rule.name)")
  }
}

@Test(arguments: patternRules)
func `every row can be read`(rule: Rule) {
  #expect(Pattern(reading: rule.pattern) != nil, "line \(rule.line): \(rule.pattern)")
  #expect(Pattern(reading: rule.replacement) != nil, "line \(rule.line): \(rule.replacement)")
  if rule.condition.isEmpty { return }
  for part in AlgebraTable.parts(of: rule.condition) {
    var isRelation = false
    if case .relation = Pattern(reading: part) { isRelation = true }
    #expect(isRelation, "line \(rule.line): \(part)")
  }
}

@Test(arguments: allRules)
func `every example can be read`(rule: Rule) throws {
  let extra = rule.example.contains("y[") ? "; vector y[N]" : ""
  var room = try Workroom(exampleStatements + extra)
  _ = try room.expression(rule.example)
}

@Test func `every built-in function has its derivative row`() {
  var table = DerivativeTable()
  for function in Function.allCases {
    #expect(table.rule(for: function)?.pattern == "d(\(function.name)(u))")
    #expect(table.pattern(for: function) != nil, "\(function.name)")
  }
}

// MARK: Rows fit their examples

@Test(arguments: RuleFamily.functionDerivatives.rules)
func `a derivative row is used on its example`(rule: Rule) throws {
  var room = try Workroom(exampleStatements)
  let example = try room.expression(rule.example)
  let x = try room.expression("x")
  var deriver = room.deriver()
  let derivation = deriver.derive(example, by: [x], in: &room.pool)
  #expect(
    derivation.steps.contains { $0.rule == rule.name },
    "line \(rule.line): \(derivation.steps.map { $0.rule })")
}

/// The rows that name a line; the others go along with the rule they stand in.
private let structuralExamples = RuleFamily.structuralDerivatives.rules.filter {
  ![
    "variable", "constant", "constant-multiple", "component", "chain", "definition", "indicator",
  ].contains($0.name)
}

@Test(arguments: structuralExamples)
func `a structural row is used on its example`(rule: Rule) throws {
  var room = try Workroom(exampleStatements)
  let example = try room.expression(rule.example)
  let components = ["h[k]": "h[i]", "S[k,l]": "S[i,j]", "det(A)": "A[i,j]", "inv(A)": "A[k,l]"]
  let component = components.first { rule.example.contains($0.key) }?.value
  let variable = try room.expression(component ?? "x")
  var deriver = room.deriver()
  let derivation = deriver.derive(example, by: [variable], in: &room.pool)
  #expect(
    derivation.steps.contains { $0.rule == rule.name },
    "line \(rule.line): \(derivation.steps.map { $0.rule })")
}

@Test(arguments: AlgebraTable().rows.map { $0.rule })
func `an algebra row changes its example, or the canonical form has done so`(rule: Rule) throws {
  var room = try Workroom(exampleStatements)
  let example = room.pool.canonical(try room.expression(rule.example))
  let rows = AlgebraTable().rows.filter { $0.rule.name == rule.name }
  let row = try #require(rows.first)
  let rewritten = room.pool.rewritten(example, by: row, onlyShorter: false)
  if rewritten != example { return }
  var bindings = Bindings()
  var budget = 1000
  var isSame = false
  _ = row.replacement.match(example, in: &room.pool, &bindings, budget: &budget) { _, _ in
    isSame = true
    return true
  }
  #expect(isSame, "line \(rule.line): \(rule.example)")
}

// MARK: Rows are true

/// Smooth functions of x, of both signs and of various ranges.
private let smoothFunctions = [
  "0.3 + x + 0.2*sin(x)", "1.2 + x^2", "0.9*tanh(x)", "-1.3 - x^2", "0.1 + 0.8*sigmoid(x)",
]

/// The letters that occur in the sides of a row.
private func letters(of rule: Rule) -> [Character] {
  var found: [Character] = []
  let text = rule.pattern + " " + rule.replacement
  for letter in "uvwxacnm" {
    let names = text.split { !$0.isLetter }
    if names.contains(where: { $0 == String(letter) }) { found.append(letter) }
  }
  return found
}

/// What a letter may stand for.
private func candidates(for letter: Character) -> [String] {
  switch letter {
  case "u": smoothFunctions
  case "v": ["1.5 + cos(x)", "x^2 - 0.7"]
  case "w": ["x - 0.4"]
  case "c": ["p", "y"]
  case "a": ["1", "-3", "p*exp(x)", "y + x"]
  case "n": ["-2", "-1", "2", "3", "1/2"]
  default: ["2"]
  }
}

private func allBindings(of rule: Rule) -> [[(Character, String)]] {
  var found: [[(Character, String)]] = [[]]
  for letter in letters(of: rule) {
    found = found.flatMap { known in candidates(for: letter).map { known + [(letter, $0)] } }
  }
  return found
}

@Test(arguments: patternRules)
func `both sides of a row agree wherever its condition holds`(rule: Rule) throws {
  let left = try #require(Pattern(reading: rule.pattern))
  let right = try #require(Pattern(reading: rule.replacement))
  var passed = 0
  for choice in allBindings(of: rule) {
    var room = try Workroom("scalar p positive")
    let x = try room.expression("x")
    var bindings = Bindings()
    for (letter, text) in choice {
      let value = room.pool.canonical(try room.expression(text))
      bindings.bind(letter.asciiValue ?? 0, to: value)
    }
    var context = room.checkContext()
    if !rule.condition.isEmpty {
      for part in AlgebraTable.parts(of: rule.condition) {
        let condition = try #require(Pattern(reading: part))
        context.assumptions.append(
          try #require(condition.instantiate(.built, in: &room.pool, bindings)))
      }
    }
    let expected = try #require(
      right.instantiate(.built, in: &room.pool, bindings) { pool, inner in
        pool.derivative(inner, by: [x])
      })
    let claim: Claim
    if case .differential(let body) = left {
      let subject = try #require(body.instantiate(.built, in: &room.pool, bindings))
      claim = .derivative(of: subject, by: [x], is: expected)
    } else {
      let subject = try #require(left.instantiate(.built, in: &room.pool, bindings))
      claim = .equality(subject, expected)
    }
    switch CrossCheck.run(claim, context, &room.pool).verdict {
    case .passed: passed += 1
    case .failed(let found):
      Issue.record("line \(rule.line), \(choice): \(room.pool.text(of: found))")
    case .notChecked: break
    }
  }
  #expect(passed > 0, "line \(rule.line): no point was found")
}

/// Laws that the comment above the table says are false: both sides, and where they differ.
private let falseLaws: [(left: String, right: String, x: Double)] = [
  ("sign(x)^2", "1", 0),
  ("log(x^2)", "2*log(x)", -1),
  ("sqrt(x^2)", "x", -1),
  ("atan(tan(x))", "x", 3),
]

@Test(arguments: falseLaws.indices)
func `a law that was left out is false at its counterexample`(number: Int) throws {
  let law = falseLaws[number]
  var room = try Workroom()
  let left = try room.expression(law.left)
  let right = try room.expression(law.right)
  guard case .symbol(let id) = room.pool[try room.expression("x")] else { return }
  let values = try room.pool.evaluate([left, right], at: [Slot(id): law.x], TapeContext())
  #expect(!values[0].isNaN)
  #expect(!(abs(values[0] - values[1]) < 1e-3), "\(law.left) = \(law.right)")
}

@Test func `log(x^2) becomes twice the logarithm of the magnitude only`() throws {
  var room = try Workroom()
  let left = try room.expression("log(x^2)")
  #expect(room.objection(to: .equality(left, try room.expression("2*log(abs(x))"))) == nil)
}

// MARK: Order

@Test func `the order of the algebra rows does not matter`() throws {
  let rules = RuleFamily.algebra.rules
  var texts = rules.map { $0.example }
  texts += [
    "exp(x)/(1 + exp(x))^2 + sin(x)^2*y + cos(x)^2*y", "log(exp(x)*(1 + y^2)^3)",
    "ReLU(x)*1[x > 0] + x*1[x > 0]", "abs(x)*sign(x)*x/abs(x)",
    "1 - tanh(x)^2 + sinh(x)/cosh(x)", "sigmoid(x) + sigmoid(-x) - cosh(y)^2 + sinh(y)^2",
  ]
  for seed: UInt64 in 0..<12 {
    var random = RandomNumbers(seed: seed)
    var shuffled = rules
    for place in shuffled.indices.dropFirst() {
      shuffled.swapAt(place, random.below(place + 1))
    }
    let other = Simplifier(
      algebra: AlgebraTable(RuleFamily("shuffled", "in another order", shuffled)))
    for text in texts {
      var room = try Workroom()
      let subject = try room.expression(text)
      let result = Simplifier().simplify(subject, in: &room.pool).result
      let elsewhere = other.simplify(subject, in: &room.pool).result
      #expect(
        room.plain(room.pool.arranged(result)) == room.plain(room.pool.arranged(elsewhere)),
        "seed \(seed): \(text)")
    }
  }
}
