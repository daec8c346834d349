import Testing

@testable import NablaTool

@Suite struct EvaluateTests {
  /// The irrational values were found with mpmath at 50 digits.
  @Test(
    arguments: [
      (["x^2/3 + y", "x=1", "y=2/3"], "1"),
      (["0.1 + 0.2"], "3/10"),
      (["-x^2", "x=3"], "-9"),
      (["0^0"], "1"),
      (["sqrt(9/4) + 8^(2/3)"], "11/2"),
      (["sqrt(2)^2"], "2"),
      (["diff(sigmoid(x), x)", "x=0"], "1/4"),
      (["diff(x^3, x, 2)", "x=2"], "12"),
      (["dL/dx", "x=2", "--given", "L = x^3"], "12"),
      (["f'(2)", "--given", "f(x) = x^3"], "12"),
      (["sigmoid'(0)"], "1/4"),
      (["sum(k, h[k]^2)", "h=[1,2,3]", "--given", "index k = 1..3"], "14"),
      (["sum(i = 1..2, sum(j = 1..2, i*A[i,j]))", "A=[1,2;3,4]"], "17"),
      (["product(k = 1..20, k)"], "2432902008176640000"),
      (["P[2]", "h=[1,2]", "--given", "index j = 1..2", "--given", "P[j] = 1/h[j]"], "1/2"),
      (["1[x > 0]*log(x)", "x=-1"], "0"),
      (["piecewise(x > 0: 1/x, else: 0)", "x=0"], "0"),
      (["diff(ReLU(x), x)", "x=0", "--given", "convention ReLU'(0) = 0"], "0"),
      (["max(1/2, 1/3) + min(2, 3)"], "5/2"),
      (["exp(1)"], "2.71828182845905"),
      (["2^x", "x=1/2"], "1.41421356237310"),
      (["exp(-x^2)", "x=0.5", "--digits", "6"], "0.778801"),
      (["log(1 + x)", "x=1/3"], "0.287682072451781"),
      (["sin(x)", "x=1e6", "--digits", "5"], "-0.34999"),
      (["diff(tanh(a*x), x)", "a=2", "x=1/10"], "1.92208596593223"),
      (["A*x", "A=[1,2;3,4]", "x=[1,2]"], "[5, 11]"),
      (["A*A - eye(2)/2", "A=[1,2;3,4]"], "[13/2, 10; 15, 43/2]"),
      (["x'*A*x", "A=[1,2;3,4]", "x=[1,2]"], "27"),
      (["diff(x'*A*x, x)", "A=[1,2;3,4]", "x=[1,2]"], "[12, 21]"),
      (["exp(x)", "x=[1,2]", "--digits", "5"], "[2.7183, 7.3891]"),
    ] as [([String], String)])
  func `values are exact, or all their digits are certain`(
    _ arguments: [String], _ value: String
  ) {
    let run = CommandRun(["evaluate"] + arguments)
    #expect(run.output == value + "\n", "\(arguments)")
    #expect(run.messages == "", "\(arguments)")
    #expect(run.status == 0, "\(arguments)")
  }

  @Test(
    arguments: [
      (["x/x", "x=0"], "no value: division by zero", 2),
      (["(x - 1)/(x^2 - 1)", "x=1"], "no value: division by zero", 2),
      (["x^(-1)", "x=0"], "no value: a negative power of 0 is a division by zero", 2),
      (["log(x)", "x=0"], "no value: log has no value at 0", 2),
      (["0*log(x)", "x=-1"], "no value: log has no value at -1", 2),
      (
        ["sqrt(x)", "x=-1/4"], "no value: the square root of the negative number -1/4 is not real",
        2
      ),
      (["atanh(x)", "x=1"], "no value: atanh has no value at 1", 2),
      (
        ["x^(1/3)", "x=-8"],
        "no value: a power of a negative number with a broken exponent is not real", 2
      ),
      (["piecewise(x > 0: 1)", "x=0"], "no value: no branch of 'piecewise' applies", 2),
      (["diff(abs(x), x)", "x=0"], "no value: a derivative has no value at this point", 2),
      (
        ["diff(max(x, y), x)", "x=1", "y=1"], "no value: a derivative has no value at this point", 2
      ),
      (["diff(log(x), x)", "x=-1"], "no value: undefined at this point", 2),
      (["log(-sqrt(2))"], "no value: undefined at this point", 2),
      (
        ["exp(exp(exp(10)))"],
        "undecided: no real value was found: undefined here, or beyond what can be computed", 3
      ),
    ] as [([String], String, Int32)])
  func `what has no value is not given one`(
    _ arguments: [String], _ message: String, _ status: Int32
  ) {
    let run = CommandRun(["evaluate"] + arguments)
    #expect(run.output == "", "\(arguments)")
    #expect(run.messages == "nabla evaluate: \(message)\n", "\(arguments)")
    #expect(run.status == status, "\(arguments)")
  }

  /// Found with mpmath at 80 digits.
  @Test(
    arguments: [
      (["exp(1)"], 50, "2.7182818284590452353602874713526624977572470937000"),
      (["erf(x)", "x=1/2"], 50, "0.52049987781304653768274665389196452873645157575796"),
      (["exp(pi*sqrt(163))"], 32, "262537412640768743.99999999999925"),
      (["(exp(x) - 1 - x)*10^12", "x=1/10^6"], 12, "0.500000166667"),
      (["sin(10^40)"], 20, "-0.56963340095363632731"),
    ] as [([String], Int, String)])
  func `as many digits are right as asked for`(
    _ arguments: [String], _ digits: Int, _ value: String
  ) {
    let run = CommandRun(["evaluate"] + arguments + ["--digits", "\(digits)"])
    #expect(run.output == value + "\n", "\(arguments)")
    #expect(run.status == 0, "\(arguments)")
  }

  @Test func `a constant that is proved to be zero is zero`() {
    let run = CommandRun(["evaluate", "sqrt(2)*sqrt(3) - sqrt(6) + sin(pi)"])
    #expect(run.output == "0\n")
    #expect(run.status == 0)
  }

  @Test(
    arguments: [
      (
        ["x + yy", "x=1"], "expression:1:5: error: 'yy' has no value, expected a value such as yy=1"
      ),
      (
        ["f(x)", "x=1", "--given", "function f"],
        "expression:1:1: error: 'f' has no value, expected a definition such as --given 'f(x) = x^2'"
      ),
      (["x +", "x=1"], "expression:1:4: error: unexpected end, expected an expression"),
      (["x", "x=1/0"], "argument:1:5: error: division by zero"),
      (["x", "x=y"], "argument:1:3: error: a value is a number, but 'y' is a name"),
      (["x", "x=1", "--given", "vector"], "--given:1:7: error: unexpected end, expected a name"),
      (
        ["x", "x=1", "--assume", "x >"],
        "--assume:1:4: error: unexpected end, expected an expression"
      ),
    ] as [([String], String)])
  func `mistakes are shown at their place`(_ arguments: [String], _ message: String) {
    let run = CommandRun(["evaluate"] + arguments)
    #expect(run.messages.split(separator: "\n").first.map(String.init) == message)
    #expect(run.status == 2)
  }
}
