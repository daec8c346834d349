import Testing

@testable import NablaVerification

/// Equations that hold nearly everywhere, or only for the wrong reason.
@Suite struct `Claims that nearly hold` {
  private static let arrays = "index i, k = 1..N; vector y[N] one-hot, x[N], p[N]"

  @Test(arguments: [
    DecidedEquation("sign(1 - step(x))/x", "1/x", "proved"),
    DecidedEquation("sign(1 + sign(x))/x", "1/x", "proved"),
    DecidedEquation("sign(2 + sign(x) + sign(y))", "1", "proved"),
    DecidedEquation("sign(1 - sign(x)*sign(y))", "1", "proved"),
    DecidedEquation("x/x", "1 + 1[ReLU(x) = 0]", "proved"),
    DecidedEquation("sign(N - 1)", "1", "proved", given: "dimension N"),
    DecidedEquation("step(N - 1)*x", "x", "proved", given: "dimension N"),
    DecidedEquation("sign(1 - y[i])", "1", "proved", given: arrays),
    DecidedEquation("piecewise(y[k] >= 1: z, else: 2*z)", "2*z", "proved", given: arrays),
    DecidedEquation("1[x < 1]", "1", "proved", given: "scalar x in [0, 1]"),
    DecidedEquation("acos(x)", "acos(x) + 1[x = 1]", "proved"),
    DecidedEquation("acosh(x) + 1[x > 1]", "acosh(x) + 1", "proved"),
    DecidedEquation("asin(x) + acos(x) + 1[x = 1]", "pi/2", "proved"),
    DecidedEquation("sqrt(x - 1)*sqrt(x + 1)", "sqrt(x^2 - 1) + 1[x = 1]", "proved"),
    DecidedEquation("sqrt(1 - x)*sqrt(1 + x) + 1[x < 1]", "sqrt(1 - x^2) + 1", "proved"),
    DecidedEquation("sign(4 - x^2)", "1", "proved", given: "scalar x in [0, 2]"),
    DecidedEquation("sign(1 - x*y)", "1", "proved", given: "scalar x, y in [0, 1]"),
    DecidedEquation("1[sin(x) < 1]", "1", "proved"),
    DecidedEquation("sign(1 - cos(x))", "1", "proved"),
    DecidedEquation("u*1[u = 1[z < 0]^2]", "0", "proved"),
    DecidedEquation(
      "max(u, 1[z < w])", "u*1[u > 1[z < w]^2] + 1[z < w]*1[u < 1[z < w]]", "proved"),
    DecidedEquation("abs(x)^sign(z)", "x^sign(z)", "proved"),
    DecidedEquation(
      "abs(x)^piecewise(z > 0: 1, else: 2)", "x^piecewise(z > 0: 1, else: 2)", "proved"),
    DecidedEquation("(x^2)^(sign(z)^2/2)", "x^(sign(z)^2)", "proved"),
    DecidedEquation("abs(p[i])^y[i]", "p[i]^y[i]", "proved", given: arrays),
    DecidedEquation("product(k, abs(p[k])^y[k])", "product(k, p[k]^y[k])", "proved", given: arrays),
    DecidedEquation("abs(z)^sum(k, 1)", "z^sum(k, 1)", "proved", given: arrays),
    DecidedEquation("abs(z)^(N/2)", "z^(N/2)", "proved", given: "dimension N"),
    DecidedEquation("abs(z)^(N*(N + 1)/2)", "z^(N*(N + 1)/2)", "proved", given: "dimension N"),
    DecidedEquation("diff(x*sign(y), x)^2", "1", "proved"),
    DecidedEquation("diff(x*abs(y), x)", "abs(y) + 1[y = 0]", "proved"),
    DecidedEquation("diff(x*step(y), x)", "1[y >= 0]", "proved"),
  ])
  func `a claim that fails somewhere is not proved`(_ equation: DecidedEquation) throws {
    let verdict = try equation.decide().name
    #expect(verdict != equation.verdict)
  }

  @Test(arguments: [
    ("sign(x)^2*y", "y", "y = 0"),
    ("1[x >= y]*abs(z)", "1[x > y]*abs(z) + 1[x = y]*z", "z > 0"),
    ("max(x, y)*1[x = 0]", "max(0, y)*1[x = 0] + 1[x = 0]*(z - 1)", "z = 1"),
  ])
  func `what holds at a jump only under an assumption says so`(
    _ left: String, _ right: String, _ assumption: String
  ) throws {
    var room = try ProofRoom("", assume: [assumption])
    if case .proved(let notes) = try room.decide(left, right) {
      #expect(notes.uses.count == 1)
    }
  }
}
