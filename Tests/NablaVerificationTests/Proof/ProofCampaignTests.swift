import Foundation
import NablaExpressions
import NablaNumbers
import NablaTestSupport
import Testing

@testable import NablaVerification

/// Random equations in plain notation, among them many that are almost true.
private struct RandomEquation {
  var random: SeededNumbers

  mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  mutating func leaf() -> String {
    ["x", "y", "x", "2", "1", "(1/2)", "3", "(x+y)", "(x-1)", "(x*y)", "0", "(-1)"][pick(12)]
  }

  mutating func expression(_ depth: Int) -> String {
    if depth == 0 { return leaf() }
    let functions = [
      "exp", "log", "sqrt", "sin", "cos", "tan", "sinh", "cosh", "tanh", "atan", "asin", "acos",
      "asinh", "acosh", "atanh", "sigmoid", "softplus", "ReLU", "abs", "sign", "step", "coth",
      "sech", "csch", "cot", "sec", "csc", "acoth", "asech", "acsch", "acot", "erf",
    ]
    switch pick(12) {
    case 0...2: return "\(functions[pick(functions.count)])(\(expression(depth - 1)))"
    case 3, 4: return "(\(expression(depth - 1)) + \(expression(depth - 1)))"
    case 5: return "(\(expression(depth - 1)) - \(expression(depth - 1)))"
    case 6, 7: return "(\(expression(depth - 1))*\(expression(depth - 1)))"
    case 8: return "(\(expression(depth - 1))/\(expression(depth - 1)))"
    case 9:
      return
        "(\(expression(depth - 1)))^\(["2", "3", "(1/2)", "(-1)", "(3/2)", "(1/3)", "(-1/2)", "0", "x"][pick(9)])"
    case 10: return "max(\(expression(depth - 1)), \(expression(depth - 1)))"
    default:
      return
        "piecewise(\(expression(depth - 1)) \([">", ">=", "<"][pick(3)]) \(leaf()): \(expression(depth - 1)), else: \(expression(depth - 1)))"
    }
  }

  /// Two sides that are equal everywhere, almost everywhere, or in part of the domain.
  mutating func rewritten() -> (String, String) {
    let u = expression(pick(3))
    let v = expression(pick(2))
    let w = expression(pick(2))
    let pairs = [
      ("sqrt((\(u))^2)", "\(u)"), ("sqrt((\(u))^2)", "abs(\(u))"),
      ("log((\(u))^2)", "2*log(\(u))"), ("log((\(u))^2)", "2*log(abs(\(u)))"),
      ("abs(\(u))", "\(u)"), ("sign(\(u))^2", "1"), ("(\(u))/(\(u))", "1"),
      ("atan(tan(\(u)))", "\(u)"), ("tan(atan(\(u)))", "\(u)"), ("exp(log(\(u)))", "\(u)"),
      ("sqrt(\(u))^2", "\(u)"), ("sqrt(\(u))*sqrt(\(v))", "sqrt((\(u))*(\(v)))"),
      ("sqrt((\(u))*(\(v)))", "sqrt(abs(\(u)))*sqrt(abs(\(v)))"),
      ("max(\(u), \(v))", "((\(u)) + (\(v)) + abs((\(u)) - (\(v))))/2"),
      ("step(\(u))", "(1 + sign(\(u)))/2"), ("1[\(u) > 0]", "step(\(u))"),
      ("1[\(u) >= 0]", "step(\(u))"), ("1[\(u) > \(v)]", "1 - 1[\(v) > \(u)]"),
      ("1[\(u) > \(v)]", "1 - 1[\(v) >= \(u)]"),
      ("(\(u))*sign(\(u))", "abs(\(u))"), ("sign(\(u))*abs(\(u))", "\(u)"),
      ("(\(u))/abs(\(u))", "sign(\(u))"), ("ReLU(\(u))*step(\(u))", "ReLU(\(u))"),
      ("asin(sin(\(u)))", "\(u)"), ("sin(asin(\(u)))", "\(u)"), ("acosh(cosh(\(u)))", "\(u)"),
      ("acosh(cosh(\(u)))", "abs(\(u))"), ("asinh(sinh(\(u)))", "\(u)"),
      ("((\(u))^3)^(1/3)", "\(u)"), ("((\(u))^2)^(3/2)", "(\(u))^3"),
      ("((\(u))^2)^(3/2)", "abs(\(u))^3"),
      ("log((\(u))*(\(v)))", "log(\(u)) + log(\(v))"),
      ("log((\(u))/(\(v)))", "log(\(u)) - log(\(v))"),
      ("exp(\(u))*exp(\(v))", "exp((\(u)) + (\(v)))"), ("(\(u))^0", "1"),
      ("piecewise(\(u) > 0: \(v), else: \(w))", "(\(v))*step(\(u)) + (\(w))*(1 - step(\(u)))"),
      ("piecewise(\(u) >= 0: \(v), else: \(w))", "(\(v))*step(\(u)) + (\(w))*(1 - step(\(u)))"),
      ("min(\(u), max(\(u), \(v)))", "\(u)"), ("abs((\(u))*(\(v)))", "abs(\(u))*abs(\(v))"),
      ("tanh(\(u))", "2*sigmoid(2*(\(u))) - 1"), ("cosh(\(u))^2 - sinh(\(u))^2", "1"),
      ("atanh(tanh(\(u)))", "\(u)"), ("tanh(atanh(\(u)))", "\(u)"),
      ("sin(2*(\(u)))", "2*sin(\(u))*cos(\(u))"), ("atan(1/(\(u)))", "acot(\(u))"),
      ("atan(\(u)) + acot(\(u))", "pi/2"), ("asin(\(u)) + acos(\(u))", "pi/2"),
      ("log(\(u))", "log(-(\(u)))"), ("(\(u))^x*(\(u))^(-x)", "1"), ("\(u)", "\(v)"),
      ("softplus(\(u)) - softplus(-(\(u)))", "\(u)"), ("abs(\(u))^2", "(\(u))^2"),
      ("sqrt(\(u)) + sign(\(u))", "sqrt(\(u)) + 1"), ("1/(1/(\(u)))", "\(u)"),
    ]
    let (left, right) = pairs[pick(pairs.count)]
    switch pick(4) {
    case 0: return ("(\(left)) + (\(w))", "(\(w)) + (\(right))")
    case 1: return ("(\(left))*(\(w))", "(\(w))*(\(right))")
    default: return (left, right)
    }
  }
}

@Suite struct `Random equations` {
  /// Values at which much of what goes wrong goes wrong.
  private static let grid: [Rational] = [
    0, 1, -1, 2, -2, Rational(1, over: 2) ?? 0, Rational(-1, over: 2) ?? 0,
    Rational(-7, over: 3) ?? 0, 5, Rational(-12, over: 5) ?? 0,
  ]

  @Test func `what is proved holds on a grid of points`() throws {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["NABLA_CAMPAIGN"].flatMap { Int($0) } ?? 120
    let seed = environment["NABLA_CAMPAIGN_SEED"].flatMap { UInt64($0) } ?? 7
    var source = RandomEquation(random: SeededNumbers(seed: seed))
    var tally: [String: Int] = [:]
    for _ in 0..<count {
      let (left, right) = source.rewritten()
      var room = try ProofRoom()
      guard let one = try? room.expression(left), let other = try? room.expression(right) else {
        continue
      }
      let verdict = Prover(room.context).decide(one, other, in: &room.pool)
      tally[verdict.name, default: 0] += 1
      if environment["NABLA_CAMPAIGN_SHOW"] == verdict.name { print(left, " = ", right) }
      guard case .proved = verdict else { continue }
      let symbols = room.pool.symbolsOccurring(in: [one, other])
      let names = symbols.filter { room.pool.kind(of: $0) == .scalar }
      for x in Self.grid {
        for y in names.count > 1 ? Self.grid : [0] {
          var point = ProofPoint(seed: 1, manner: 0, largestSize: 2)
          for (symbol, value) in zip(names, [x, y]) { point.set(value, for: Slot(symbol)) }
          var evaluator = PointEvaluator(point, .init(), precision: 128, work: 10_000)
          guard let a = try? evaluator.value(of: one, in: &room.pool),
            let b = try? evaluator.value(of: other, in: &room.pool),
            let gap = try? evaluator.arithmetic.subtract(a, b), let sign = gap.sign
          else { continue }
          #expect(sign == 0, "\(left) = \(right) at \(x), \(y)")
        }
      }
    }
    if count > 120 { print("tally", tally) }
    #expect((tally["proved"] ?? 0) > count / 10)
    #expect((tally["refuted"] ?? 0) > count / 10)
  }
}
