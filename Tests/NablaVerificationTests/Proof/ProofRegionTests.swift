import Testing

@testable import NablaVerification

@Suite struct `Equations region by region` {
  @Test(arguments: [
    DecidedEquation("max(x, max(y, z))", "max(max(x, y), z)", "proved"),
    DecidedEquation("max(x, min(y, z))", "min(max(x, y), max(x, z))", "proved"),
    DecidedEquation("1[x > 1]*1[x < 2]", "1[x^2 - 3*x + 2 < 0]", "proved"),
    DecidedEquation("1[x > 2]*1[x > 1]", "1[x > 2]", "proved"),
    DecidedEquation("1[x + y > 0 and x - y > 0]", "1[x > abs(y)]", "proved"),
    DecidedEquation("exp(max(x, y))", "max(exp(x), exp(y))", "proved"),
    DecidedEquation("max(log(x), log(y))", "log(max(x, y))", "proved"),
    DecidedEquation("atan(min(x, y))", "min(atan(x), atan(y))", "proved"),
    DecidedEquation("max(x, y)^3", "max(x^3, y^3)", "proved"),
    DecidedEquation("exp(max(x, y)*min(x, y))", "exp(x*y)", "proved"),
    DecidedEquation("abs(x - 1) + abs(x - 2) + abs(x - 3)", "abs(x - 2) + 2", "refuted"),
    DecidedEquation("max(x, max(y, z))", "max(x, y)", "refuted"),
    DecidedEquation("1[x > 1]*1[x < 2]", "1[x^2 - 3*x + 2 <= 0]", "refuted"),
    DecidedEquation("1[x > 2]*1[x >= 2]", "1[x >= 2]", "refuted"),
    DecidedEquation("max(x^2, y^2)", "max(x, y)^2", "refuted"),
    DecidedEquation("max(cos(x), cos(y))", "cos(max(x, y))", "refuted"),
    DecidedEquation("sign(min(x, 0)^3*y)", "sign(x^3*y)", "refuted"),
  ])
  func `the sides are compared wherever no subject changes its sign`(
    _ equation: DecidedEquation
  ) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test(arguments: [
    DecidedEquation("sign(1 - cos(x))", "1", "refuted"),
    DecidedEquation("sign(sin(x) + 1)", "1", "undecided"),
    DecidedEquation("sign(1 - cos(x))*(1 - cos(x))", "1 - cos(x)", "proved"),
    DecidedEquation("sign(x^2 - x*y + y^2)", "1", "undecided"),
    DecidedEquation("sign(x^2 - x + 1)", "1", "proved"),
    DecidedEquation("sign(x^2 - 2*x + 1)", "1", "refuted"),
    DecidedEquation("sign(2 - cos(x))", "1", "proved"),
    DecidedEquation("sign(x - abs(x))", "-1", "refuted"),
    DecidedEquation("sign(x - abs(x))^2", "1", "refuted"),
    DecidedEquation("sign(max(x, 0))", "1", "refuted"),
  ])
  func `a bound that is attained gives no sign`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test(arguments: [
    DecidedEquation("sqrt(x^2 + x)^2", "x^2 + x", "proved"),
    DecidedEquation("sqrt(sin(x))^2", "sin(x)", "proved"),
    DecidedEquation("sqrt(x*y)^2", "x*y", "proved"),
    DecidedEquation("((x^2 + x)^3)^(1/3)", "x^2 + x", "proved"),
    DecidedEquation("(x^2 + x)^(3/2)", "(x^2 + x)*sqrt(x^2 + x)", "proved"),
    DecidedEquation("sqrt(sin(x))/sin(x)", "1/sqrt(sin(x))", "proved"),
    DecidedEquation("(y^3 + 3*y^2*z + 3*y*z^2 + z^3)^(1/3)", "y + z", "proved"),
    DecidedEquation("sqrt(x^2 - 2*x*y + y^2)", "abs(x - y)", "proved"),
    DecidedEquation("log(x*y) - log(x) - log(y)", "0", "proved"),
    DecidedEquation("sqrt(3/x)^2", "3/x", "proved"),
    DecidedEquation("sqrt(coth(x))^2", "coth(x)", "proved"),
    DecidedEquation("sqrt(x/y)^2", "x/y", "proved"),
    DecidedEquation("sqrt(x/y) + abs(y)", "sqrt(x/y) + y", "refuted"),
    DecidedEquation("sqrt(x^2*y)", "x*sqrt(y)", "refuted"),
    DecidedEquation("sqrt(x*y) + abs(x)", "sqrt(x*y) + x", "refuted"),
    DecidedEquation("sqrt(x*y)*abs(x)", "sqrt(x*y)*x", "refuted"),
    DecidedEquation("sqrt(x^2 - 2*x*y + y^2)", "x - y", "refuted"),
    DecidedEquation("sqrt(x*(x - 1)^2) + abs(x - 1)", "sqrt(x*(x - 1)^2) + x - 1", "refuted"),
    DecidedEquation("sign(sqrt(x))", "1", "refuted"),
  ])
  func `the domain tells the sign of what stands below a root`(
    _ equation: DecidedEquation
  ) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test(arguments: [
    DecidedEquation("tanh(atanh(x*y))", "x*y", "proved"),
    DecidedEquation("cosh(acosh(x^2 + x))", "x^2 + x", "proved"),
    DecidedEquation("sinh(asinh(x/y))", "x/y", "proved"),
    DecidedEquation("cosh(acosh((2 + x)/y))", "(2 + x)/y", "proved"),
    DecidedEquation("diff(max(-x, 1)*min(-x, 1), x)", "-1", "proved"),
    DecidedEquation("diff(max(-x, 1) + 2*min(-x, 1), x)", "-1", "refuted"),
    DecidedEquation("1/(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))", "x", "nowhere"),
    DecidedEquation("acosh(cosh(x))", "abs(x)", "proved"),
    DecidedEquation("z*atan(x)", "z*asin(x/sqrt(1 + x^2))", "proved"),
    DecidedEquation("y + atan(x)", "y + pi/2*sign(x) - atan(1/x)", "proved"),
    DecidedEquation("cos(atan(1/x))", "abs(x)/sqrt(1 + x^2)", "proved"),
    DecidedEquation("sin(atan(1/x))", "sign(x)/sqrt(1 + x^2)", "proved"),
    DecidedEquation("acosh(cosh(x))", "x", "refuted"),
    DecidedEquation("y + atan(x)", "y + pi/2 - atan(1/x)", "refuted"),
    DecidedEquation("z*acos(1/sqrt(1 + x^2))", "z*atan(x)", "refuted"),
    DecidedEquation("cos(atan(1/x))", "x/sqrt(1 + x^2)", "refuted"),
  ])
  func `inverse functions are undone inside a larger expression`(
    _ equation: DecidedEquation
  ) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test(arguments: [
    DecidedEquation("max(x, x)", "x", "proved"),
    DecidedEquation("max(x, cosh(acosh(x)))", "x", "proved"),
    DecidedEquation("min(x, max(x, y))", "x", "proved"),
    DecidedEquation("piecewise(x > x: y, else: z)", "z", "proved"),
    DecidedEquation(
      "piecewise(x < 4: 1, else: sqrt(x)^2)", "piecewise(x < 4: 1, else: x)", "proved"),
    DecidedEquation(
      "piecewise(x < y: 1, else: exp(log(z)))", "piecewise(x < y: 1, else: z)", "proved"),
    DecidedEquation("sqrt(-abs(x - x))", "0", "proved"),
    DecidedEquation("sqrt(-abs(x))", "0", "undecided"),
    DecidedEquation("log(1 - 2*sign(x)^2)", "0", "nowhere"),
    DecidedEquation("sqrt(-max(x, -x))", "0", "undecided"),
    DecidedEquation("max(x, 2*x)", "2*x", "refuted"),
    DecidedEquation("piecewise(x < y: 1, else: abs(z))", "piecewise(x < y: 1, else: z)", "refuted"),
    DecidedEquation(
      "piecewise(x < y: 1, else: log(z)) + abs(z)", "piecewise(x < y: 1, else: log(z)) + z",
      "refuted"),
  ])
  func `ties and branches leave an interior`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }

  @Test(arguments: [
    DecidedEquation("exp(y)", "exp(x)", "proved", "y = x"),
    DecidedEquation("sin(x + y)", "sin(3*x + 1)", "proved", "y = 2*x + 1"),
    DecidedEquation("sqrt(y)^2 + log(z)", "x + log(x)", "proved", "y = x", "z = y"),
    DecidedEquation("exp(y)", "exp(x)", "refuted", "y = 2*x"),
    DecidedEquation("sqrt(y^2)", "x", "refuted", "y = x"),
  ])
  func `an assumed equation of degree 1 holds below functions`(
    _ equation: DecidedEquation
  ) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }
}
