import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

@Suite struct `Limits of the prover` {
  @Test(arguments: [
    DecidedEquation(
      "(a + b + c + d)^40*(a - b)", "a*(d + c + b + a)^40 - b*(a + b + c + d)^40", "proved"),
    DecidedEquation(
      "(a + b + c + d + exp(x))^60 + 1",
      "((a + d) + (b + exp(x) + c))^59*(a + b + c + d + exp(x)) + 1",
      "proved"),
    DecidedEquation(
      "(sin(x) + a + b + c + d)^30/(1 + a^2)^3 - 1",
      "((a + b) + (c + d + sin(x)))^30*(1 + a^2)^(-3) - 1", "proved"),
    DecidedEquation(
      "(a + b + c + d)^40 - (a + b)^40", "(a + b + d + c)^40 - (a + b)^39*(a - b)", "refuted"),
    DecidedEquation("exp(10^8*x)", "exp(x)^(10^8)", "proved"),
    DecidedEquation("x^(10^8)*x", "x^(10^8 + 1)", "proved"),
  ])
  func `what cannot be expanded is compared at random points`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test func `a claim that needs more work than allowed is exhausted`() throws {
    var room = try ProofRoom()
    let verdict = try room.decide(
      "(x + exp(y) + sin(z))^9 - (z + x)^9", "(sin(z) + x + exp(y))^9 - (x + z)^9",
      budget: ProofBudget(work: 40))
    #expect(verdict.name == "exhausted")
  }

  @Test func `a claim is exhausted when time is over`() throws {
    var room = try ProofRoom()
    let verdict = try room.decide("x + y", "y + x", budget: ProofBudget(isOver: { true }))
    #expect(verdict.name == "exhausted")
  }

  @Test(arguments: [("sin", "x"), ("exp", "-x"), ("tanh", "x+1"), ("sqrt", "x"), ("abs", "x")])
  func `deep nests end`(_ function: String, _ start: String) throws {
    let nest =
      String(repeating: function + "(", count: 60) + start + String(repeating: ")", count: 60)
    var room = try ProofRoom()
    let verdict = try room.decide(nest, "1 - " + nest, budget: ProofBudget(work: 20_000))
    #expect(verdict.name != "proved")
  }

  @Test func `a sum of fractions whose division leads in a circle ends`() throws {
    var room = try ProofRoom("index k = 1..N; vector h[N], y[N]")
    let verdict = try room.decide("sum(k, sinh(asinh(h[k] + y[k])))", "sum(k, h[k] + y[k])")
    #expect(verdict.name != "refuted")
  }

  @Test(arguments: [
    ("x/x", "1", ["x"]), ("x", "x", []), ("tan(x)", "sin(x)/cos(x)", ["cos(x)"]),
    ("1/(x^2 + 1)", "1/(1 + x^2)", []), ("1/(x*y)", "1/y/x", ["x*y", "y", "x"]),
  ])
  func `what must not be 0 is noted`(_ left: String, _ right: String, _ factors: [String]) throws {
    var room = try ProofRoom()
    guard case .proved(let notes) = try room.decide(left, right) else {
      Issue.record("not proved")
      return
    }
    var expected: Set<Handle> = []
    for factor in factors {
      let handle = try room.expression(factor)
      expected.insert(room.pool.relation(.notEqual, room.pool.canonical(handle), room.pool.zero))
    }
    #expect(Set(notes.exceptions).isSubset(of: expected))
    #expect(notes.exceptions.isEmpty == expected.isEmpty)
  }

  @Test func `an assumption is named only if it is needed`() throws {
    var room = try ProofRoom("", assume: ["a > 0", "x + y = 1"])
    guard case .proved(let notes) = try room.decide("(x + y)*a", "a") else {
      Issue.record("not proved")
      return
    }
    #expect(notes.uses == [room.context.assumptions[1]])
  }

  @Test func `a counterexample has exact coordinates at which the sides differ`() throws {
    var room = try ProofRoom()
    guard case .refuted(let found) = try room.decide("sqrt(x^2)", "x") else {
      Issue.record("not refuted")
      return
    }
    #expect(found.coordinates.count == 1)
    #expect(found.coordinates[0].value.isNegative)
    guard case .exact(let left) = found.left, case .exact(let right) = found.right else {
      Issue.record("not exact")
      return
    }
    #expect(left == -right)
  }
}
