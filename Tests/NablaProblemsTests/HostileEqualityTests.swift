import NablaProblems
import NablaVerification
import Testing

/// A question that is meant to do harm, and the verdicts that may be given.
struct HostileEquality: Sendable, CustomTestStringConvertible {
  let name: String
  let question: EqualityQuestion
  let verdicts: Set<EqualityOutcome.Verdict>

  init(
    _ name: String, _ left: String, _ right: String, given: [String] = [], assume: [String] = [],
    _ verdicts: EqualityOutcome.Verdict...
  ) {
    self.name = name
    question = EqualityQuestion(left, right, given: given, assume: assume)
    self.verdicts = Set(verdicts)
  }

  var testDescription: String { name }

  func verdict(_ budget: ProofBudget) -> EqualityOutcome.Verdict {
    var options = EqualityOptions(seed: 5)
    options.budget = budget
    return judgeEquality(question, options: options).verdict
  }
}

private func repeated(_ text: String, _ count: Int) -> String {
  String(repeating: text, count: count)
}

private func joined(_ count: Int, by separator: String, _ term: (Int) -> String) -> String {
  (0..<count).map(term).joined(separator: separator)
}

@Suite struct `Hostile equalities` {
  @Test(arguments: [
    HostileEquality("tower of names", "x^x^x^x", "x^(x^(x^x))", .proved),
    HostileEquality("tower of numbers", "2^(2^100)", "3^(3^100)", .undecided, .exhausted, .refuted),
    HostileEquality("power far out", "x^(10^9) - x^2", "0", .undecided, .refuted, .exhausted),
    HostileEquality(
      "powers of a sum", "(x+1)^(10^9) - x^(10^9)", "1", .refuted, .undecided, .exhausted),
    HostileEquality(
      "letters to the thousandth", "(a+b+c+d+f+g+h+j)^1000", "1", .refuted, .exhausted),
    HostileEquality("exponentials of exponentials", "exp(exp(exp(exp(exp(x)))))", "1", .refuted),
    HostileEquality("powers of powers", "x^y^z^w", "x^(y*z*w)", .refuted),
    HostileEquality("far below", "(x+1/10^300)^2 - x^2", "2*x/10^300", .refuted),
    HostileEquality("long numbers", repeated("7", 20_000) + "*x", repeated("7", 20_001), .refuted),
    HostileEquality(
      "a range of a billion", "sum(k, sin(k*x))", "1", given: ["index k = 1..10^9"], .undecided,
      .exhausted),
    HostileEquality(
      "a product of a billion", "product(k, k+x)", "1", given: ["index k = 1..10^9"], .undecided,
      .exhausted),
    HostileEquality(
      "sums over sums over sums", "sum(i,sum(j,sum(k,sin(a[i]+a[j]*a[k]))))", "1",
      given: ["index i,j,k = 1..900", "vector a[900]"], .undecided, .exhausted),
    HostileEquality(
      "many terms", joined(5000, by: "+") { "x\($0)" },
      joined(5000, by: "+") { "x\(4999 - $0)" }, .proved, .undecided, .exhausted),
    HostileEquality(
      "many factors", joined(300, by: "*") { "(x+\($0))" },
      "1+" + joined(300, by: "*") { "(x+\(299 - $0))" }, .refuted, .exhausted),
    HostileEquality(
      "parentheses", repeated("(", 10_000) + "x" + repeated(")", 10_000), "x",
      .unreadable),
    HostileEquality(
      "functions in functions", repeated("sin(", 200) + "x" + repeated(")", 200),
      repeated("sin(", 200) + "x" + repeated(")", 200) + "+1", .refuted, .exhausted),
    HostileEquality(
      "assumptions", "x", "y", assume: (0..<200).map { "x\($0) > \($0)" },
      .refuted, .undecided, .exhausted),
    HostileEquality(
      "chained assumptions", "x1+x2", "x2+x1",
      assume: (0..<60).map { "x\($0) = x\($0 + 1) + 1" }, .proved, .undecided, .exhausted),
    HostileEquality("contradiction", "x", "1", assume: ["x > 1", "x < 0"], .undecided),
    HostileEquality("equations in conflict", "x", "y", assume: ["x = 1", "x = 2"], .undecided),
    HostileEquality(
      "definitions that double", "f60(x)", "x",
      given: ["f0(x) = x + 1"] + (1...60).map { "f\($0)(x) = f\($0 - 1)(f\($0 - 1)(x))" },
      .exhausted, .refuted, .undecided),
    HostileEquality(
      "definitions that square", "f30(x)", "x",
      given: ["f0(x) = x + 1"] + (1...30).map { "f\($0)(x) = f\($0 - 1)(x)*f\($0 - 1)(x)" },
      .exhausted, .refuted, .undecided),
    HostileEquality(
      "unknown functions", "f(f(f(f(f(x)))))", "f(f(f(f(x))))",
      given: ["function f"], .refuted, .undecided, .exhausted),
    HostileEquality(
      "branches",
      "piecewise(" + joined(300, by: ", ") { "x > \(300 - $0): \($0)*x" } + ", else: 0)", "x",
      .refuted, .exhausted),
    HostileEquality(
      "maximum of many", "max(" + joined(60, by: ",") { "x\($0)" } + ")",
      "max(" + joined(60, by: ",") { "x\(59 - $0)" } + ")", .proved, .undecided, .exhausted),
    HostileEquality(
      "derivatives", "diff(exp(sin(x^2)*tanh(x)),x,x,x,x,x,x,x,x,x,x)", "1",
      .refuted, .exhausted),
    HostileEquality(
      "angles", "cos(64*x)+cos(63*x)", "cos(63*x)+cos(64*x)+1/10^50", .refuted,
      .undecided, .exhausted),
    HostileEquality(
      "fractions", joined(60, by: "+") { "1/(x+\($0))" },
      joined(60, by: "+") { "1/(x+\(59 - $0))" }, .proved, .exhausted),
    HostileEquality("brackets without an end", repeated("[", 5000), "x", .unreadable),
  ])
  func `a hostile question gets a verdict within its work`(_ hostile: HostileEquality) {
    let verdict = hostile.verdict(ProofBudget(work: 20_000))
    #expect(hostile.verdicts.contains(verdict), "\(verdict)")
  }

  @Test(arguments: [
    HostileEquality(
      "identity", "diff(tanh(x)*exp(x*y), x)",
      "(1 - tanh(x)^2)*exp(x*y) + y*exp(x*y)*tanh(x)", .proved),
    HostileEquality("definitions", "diff(f(f(x)), x)", "4*x*f(x)", given: ["f(x) = x^2"], .proved),
    HostileEquality(
      "sum", "sum(i, sum(j, a[i]*a[j]))", "sum(i, a[i])^2",
      given: ["index i,j = 1..N", "vector a[N]"], .proved),
    HostileEquality("condition", "sqrt(x^2)", "x", .conditional, .refuted),
    HostileEquality("false claim", "diff(sin(x)^3, x)", "3*sin(x)^2", .refuted),
    HostileEquality("hidden difference", "exp(x)", "exp(x) + 1/10^60", .refuted),
  ])
  func `whenever time runs out, nothing false is said`(_ hostile: HostileEquality) {
    var allowed = hostile.verdicts
    allowed.insert(.exhausted)
    for allowance in 0..<200 {
      var asked = 0
      let verdict = hostile.verdict(
        ProofBudget(isOver: {
          asked += 1
          return asked > allowance
        }))
      #expect(allowed.contains(verdict), "\(verdict) after asking \(allowance) times")
    }
  }
}
