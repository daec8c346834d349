import Testing

@testable import NablaVerification

@Suite struct `Jumps` {
  @Test(arguments: [
    DecidedEquation("sign(x - y)*(x - y)", "abs(x - y)", "proved"),
    DecidedEquation("1[x > y]*x + 1[x <= y]*y", "max(x, y)", "proved"),
    DecidedEquation("sign(x^2 - 1)*(x^2 - 1)", "abs(x^2 - 1)", "proved"),
    DecidedEquation("sign(sin(x))*sin(x)", "abs(sin(x))", "proved"),
    DecidedEquation("sign(x*y)", "sign(x)*sign(y)", "proved"),
    DecidedEquation("sign(exp(x) - y)^3", "sign(exp(x) - y)", "proved"),
    DecidedEquation("sign(x^2 - y)*z + 1[x^2 = y]*(x^2 - y)*exp(x)", "sign(x^2 - y)*z", "proved"),
    DecidedEquation("1[x > 0] + 1[x = 0] + 1[x < 0]", "1", "proved"),
    DecidedEquation("1[x + y > 0 and x - y > 0]", "1[x > abs(y)]", "proved"),
    DecidedEquation("1[x > 0]/x", "1[x > 0]/x + 1[x = 0]", "refuted"),
    DecidedEquation("1[x > y]*x + 1[x < y]*y", "max(x, y)", "refuted"),
    DecidedEquation("sign(sin(x))^2", "1", "refuted"),
    DecidedEquation("sign(x - y)^2", "1", "refuted"),
    DecidedEquation("sign(x^2 - y)*z", "sign(x^2 - y)*z + 1[x^2 = y]*exp(x)", "refuted"),
    DecidedEquation("step(x) + step(-x)", "1", "refuted"),
  ])
  func `an equation has to hold at its jumps as well`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict == equation.verdict)
  }
}
