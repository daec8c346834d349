import Testing

@testable import NablaVerification

/// An equation with what is declared and assumed, and its verdict.
struct DecidedEquation: CustomTestStringConvertible, Sendable {
  let left: String
  let right: String
  let verdict: String
  var given = ""
  var assume: [String] = []

  init(_ left: String, _ right: String, _ verdict: String, given: String = "", _ assume: String...)
  {
    self.left = left
    self.right = right
    self.verdict = verdict
    self.given = given
    self.assume = assume
  }

  var testDescription: String { "\(left) = \(right), \(given)\(assume)" }

  func decide() throws -> ProofVerdict {
    var room = try ProofRoom(given, assume: assume)
    return try room.decide(left, right)
  }
}

private let indices = "index i, j, k = 1..N; vector h[N], y[N], x[N]"

@Suite struct `Traps for provers` {
  @Test(arguments: [
    DecidedEquation("2^61*x", "x", "refuted"),
    DecidedEquation("x^(2^61-1)", "x", "refuted"),
    DecidedEquation("x^(2^61)", "x", "refuted"),
    DecidedEquation("(x+1)^(2^61-1)", "x+1", "refuted"),
    DecidedEquation("sqrt(-1)^2", "-1", "nowhere"),
    DecidedEquation("0*(1/(x - x))", "0", "nowhere"),
    DecidedEquation("1/(x-x)", "2/(x-x)", "nowhere"),
    DecidedEquation("atan(tan(x))", "x", "refuted"),
    DecidedEquation("2*atan(x)", "atan(2*x/(1-x^2))", "refuted"),
    DecidedEquation("max(0, x - 10^9)", "0", "refuted"),
    DecidedEquation("max(0, x - 10^9)", "0", "proved", given: "scalar x in (0, 1)"),
    DecidedEquation("sign(x)^2", "1", "refuted"),
    DecidedEquation("sign(x)^2", "1", "proved", given: "scalar x positive"),
    DecidedEquation("1[x > 0] + 1[x < 0]", "1", "refuted"),
    DecidedEquation("1[x > 0] + 1[x < 0] + 1[x = 0]", "1", "proved"),
    DecidedEquation("1[x > 0] + 1[x <= 0]", "1", "proved"),
    DecidedEquation("x/abs(x)", "sign(x)", "proved"),
    DecidedEquation("sqrt(x) + sign(x)", "sqrt(x) + 1", "refuted"),
    DecidedEquation(
      "sum(k, (h[k] - h[i])/(h[k] - h[i]))", "N", "nowhere", given: indices),
    DecidedEquation(
      "sum(k != i, 1/(x[k] - x[i]))", "sum(k != i, -1/(x[i] - x[k]))", "proved",
      given: indices),
    DecidedEquation(
      "sum(k, 1/(x[k] - x[i])) - 1/(x[i] - x[i])", "sum(k != i, 1/(x[k] - x[i]))", "nowhere",
      given: indices),
    DecidedEquation("x", "sqrt(x)^2", "proved"),
    DecidedEquation("sqrt(x)^2", "abs(x)", "proved"),
    DecidedEquation("x", "abs(x)", "refuted"),
    DecidedEquation("sqrt(x^2)", "x", "refuted"),
    DecidedEquation("sqrt(x^2)", "abs(x)", "proved"),
    DecidedEquation("x/x", "1", "proved"),
    DecidedEquation("sqrt(-1 - x^2)", "5", "nowhere"),
    DecidedEquation("log(x^2)", "2*log(x)", "proved"),
    DecidedEquation("log(x^2)", "2*log(abs(x))", "proved"),
    DecidedEquation("exp(log(x))", "x", "proved"),
    DecidedEquation("log(exp(x))", "x", "proved"),
    DecidedEquation("tan(atan(x))", "x", "proved"),
    DecidedEquation("asin(sin(x))", "x", "refuted"),
    DecidedEquation("sin(asin(x))", "x", "proved"),
    DecidedEquation("x", "1", "nowhere", "x > 1", "x < 0"),
    DecidedEquation("x", "1", "proved", "x = 1"),
    DecidedEquation("x^2", "1", "refuted", "x > 0"),
    DecidedEquation("abs(x)", "x", "proved", "x > 0"),
    DecidedEquation("abs(x)", "x", "proved", "x >= 0"),
    DecidedEquation("sign(x)", "1", "refuted", "x >= 0"),
    DecidedEquation("0^x", "0", "nowhere"),
    DecidedEquation("x^0", "1", "proved"),
    DecidedEquation("(-1)^k*(-1)^k", "1", "proved", given: "index k = 1..N"),
    DecidedEquation("piecewise(x > 0: x, else: -x)", "abs(x)", "proved"),
    DecidedEquation("piecewise(x > 0: 1/x)", "1/abs(x)", "proved"),
    DecidedEquation("piecewise(x > 1: 1, else: 0)", "step(x - 1)", "proved"),
    DecidedEquation("piecewise(x >= 1: 1, else: 0)", "step(x - 1)", "refuted"),
    DecidedEquation("log(log(x)/log(x))", "0", "proved"),
    DecidedEquation("log(-exp(x))", "x", "nowhere"),
    DecidedEquation("sqrt(x^2*(x-1))", "x*sqrt(x-1)", "proved"),
    DecidedEquation("1/(1/x)", "x", "proved"),
    DecidedEquation("y", "x", "refuted"),
    DecidedEquation("x^(1/3)", "-(-x)^(1/3)", "undecided"),
    DecidedEquation("(x^3)^(1/3)", "x", "proved"),
    DecidedEquation("x*y", "y*x + 1/10^40", "refuted"),
    DecidedEquation("x^2", "x^(2 + 1/10^9)", "refuted"),
    DecidedEquation("x^(1/3)", "x^(1/(3*(1 + 1/10^9)))", "refuted"),
  ])
  func `a trap is not fallen into`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }
}

@Suite struct `Identities of the trade` {
  @Test(arguments: [
    DecidedEquation("sigmoid(x) + sigmoid(-x)", "1", "proved"),
    DecidedEquation("tanh(x)", "2*sigmoid(2*x) - 1", "proved"),
    DecidedEquation("diff(softplus(x), x)", "sigmoid(x)", "proved"),
    DecidedEquation("log(sigmoid(x))", "-softplus(-x)", "proved"),
    DecidedEquation("asinh(x)", "log(x + sqrt(x^2 + 1))", "proved"),
    DecidedEquation("asinh(-x)", "-asinh(x)", "proved"),
    DecidedEquation("sinh(asinh(x))", "x", "proved"),
    DecidedEquation("cosh(acosh(x))", "x", "proved"),
    DecidedEquation("tanh(atanh(x))", "x", "proved"),
    DecidedEquation("abs(x^2 - 4)", "abs(x - 2)*abs(x + 2)", "proved"),
    DecidedEquation("sqrt(1/n)", "1/sqrt(n)", "proved", given: "scalar n positive"),
    DecidedEquation("sqrt(1/n)", "1/sqrt(n)", "proved"),
    DecidedEquation("exp(log(3))", "3", "proved"),
    DecidedEquation("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)", "proved"),
    DecidedEquation("tanh(log(2))", "3/5", "proved"),
    DecidedEquation("ReLU(x)", "(x + abs(x))/2", "proved"),
    DecidedEquation("ReLU(x) - ReLU(-x)", "x", "proved"),
    DecidedEquation("max(x, y) + min(x, y)", "x + y", "proved"),
    DecidedEquation("max(x, y)", "max(y, x)", "proved"),
    DecidedEquation("sin(2*x)", "2*sin(x)*cos(x)", "proved"),
    DecidedEquation("cos(x + y)", "cos(x)*cos(y) - sin(x)*sin(y)", "proved"),
    DecidedEquation("1 + tan(x)^2", "1/cos(x)^2", "proved"),
    DecidedEquation("sin(x + pi)", "-sin(x)", "proved"),
    DecidedEquation("cos(pi/4)", "1/sqrt(2)", "proved"),
    DecidedEquation("log(6)", "log(2) + log(3)", "proved"),
    DecidedEquation("log(x*y)", "log(x) + log(y)", "proved"),
    DecidedEquation("log(x*y)", "log(abs(x)) + log(abs(y))", "proved"),
    DecidedEquation("log(x^2 - 1)", "log(x - 1) + log(x + 1)", "proved"),
    DecidedEquation("sqrt(x^2 + 2*x + 1)", "abs(x + 1)", "proved"),
    DecidedEquation("x^a*x^b", "x^(a+b)", "proved"),
    DecidedEquation("(x*y)^a", "x^a*y^a", "proved"),
    DecidedEquation("2^x*4^x", "8^x", "proved"),
    DecidedEquation("e^(2*x)", "exp(x)^2", "proved"),
    DecidedEquation("f(x + y)", "f(y + x)", "proved", given: "function f"),
    DecidedEquation("diff(f(x)^2, x)", "2*f(x)*f'(x)", "proved", given: "function f"),
    DecidedEquation("f(x)", "f(-x)", "refuted", given: "function f"),
    DecidedEquation("diff(ReLU(x), x)", "1[x > 0]", "proved"),
    DecidedEquation("diff(abs(x), x)", "x/abs(x)", "proved"),
    DecidedEquation("erf(-x)", "-erf(x)", "proved"),
    DecidedEquation("acos(x) + asin(x)", "pi/2", "proved"),
  ])
  func `an identity is proved`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test(arguments: [
    DecidedEquation(
      "exp(h[i] + c)/sum(k, exp(h[k] + c))", "exp(h[i])/sum(k, exp(h[k]))", "proved",
      given: indices),
    DecidedEquation(
      "log(sum(k, exp(h[k] - c))) + c", "log(sum(j, exp(h[j])))", "proved", given: indices),
    DecidedEquation(
      "dP[j]/dh[i]", "P[j]*(delta(i, j) - P[i])", "proved",
      given: indices + "; P[j] = exp(h[j])/sum(k, exp(h[k]))"),
    DecidedEquation(
      "dL/dh[i]", "P[i] - y[i]", "proved",
      given: indices
        + "; P[j] = exp(h[j])/sum(k, exp(h[k])); L = -sum(j, y[j]*log(P[j]))",
      "sum(j, y[j]) = 1"),
    DecidedEquation(
      "dL/dh[i]", "P[i] - y[i]", "refuted",
      given: indices
        + "; P[j] = exp(h[j])/sum(k, exp(h[k])); L = -sum(j, y[j]*log(P[j]))"),
    DecidedEquation(
      "dL/dh[i]", "P[i] - y[i]", "proved",
      given: "index i, j, k = 1..N; vector h[N]; vector y[N] one-hot"
        + "; P[j] = exp(h[j])/sum(k, exp(h[k])); L = -sum(j, y[j]*log(P[j]))"),
    DecidedEquation(
      "sum(k, (h[k] + 1)^2)", "sum(k, h[k]^2) + 2*sum(k, h[k]) + N", "proved",
      given: indices),
    DecidedEquation(
      "sum(k, (h[k] - sum(j, h[j])/N)^2)", "sum(k, h[k]^2) - sum(k, h[k])^2/N", "proved",
      given: indices),
    DecidedEquation("sum(k, h[k])^2", "sum(k, h[k]^2)", "refuted", given: indices),
    DecidedEquation("sum(i, sum(j, h[i]*h[j]))", "sum(k, h[k])^2", "proved", given: indices),
    DecidedEquation("sum(k, delta(k, i)*h[k])", "h[i]", "proved", given: indices),
    DecidedEquation(
      "sum(k, tanh(h[k]))", "sum(j, 1 - 2/(exp(2*h[j]) + 1))", "proved", given: indices),
    DecidedEquation("sum(k, exp(h[k])/sum(j, exp(h[j])))", "1", "proved", given: indices),
    DecidedEquation("N*sum(k, h[k])/N", "sum(k, h[k])", "proved", given: indices),
  ])
  func `an identity holds for every size`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }
}
