import NablaExpressions
import NablaNumbers

extension Reducer {
  /// The arctangent of a constant by arcs of Gaussian primes and multiples of π; nil for an argument
  /// that is no algebraic number.
  mutating func constantArc(_ x: FactoredForm) throws(ReductionFailure) -> FactoredForm? {
    if let value = x.constant { return try arc(value) }
    guard algebra.nature(of: x) == .algebraic else { return nil }
    let kernel = try arcKernel(x)
    // Multiples of π with small denominators.
    var evaluator = ConstantEvaluator(precision: 64)
    let share = evaluator.balls.divide(
      evaluator.ball(ofKernel: kernel, algebra), by: evaluator.balls.pi)
    for denominator in 1...120 {
      let ball = evaluator.balls.multiply(share, Ball(denominator))
      guard let number = Self.integer(in: ball),
        let turns = Rational(Integer(number), over: Integer(denominator))
      else { continue }
      if try algebra.vanishes([(kernel, 1)], -turns) { return try piForm().scaled(by: turns) }
      break
    }
    return algebra.form(kernel: kernel)
  }

  /// The arcsine of a constant as an arctangent; nil if it is not known to have one.
  mutating func constantArcsine(_ x: FactoredForm) throws(ReductionFailure) -> FactoredForm? {
    guard algebra.nature(of: x) == .algebraic else { return nil }
    let rest = try algebra.add([.one, algebra.power(x, 2).scaled(by: -1)])
    if rest.isZero {
      guard let sign = try algebra.sign(x).constant else { return nil }
      return try piForm().scaled(by: sign * Self.half)
    }
    guard isPositive(rest) else { return nil }
    let root = try power(rest, Self.half)
    return try value(.atan, algebra.multiply(x, algebra.inverse(root)))
  }

  /// atan(b/a) for a positive rational: the argument of a + bi is the sum of those of its factors up
  /// to a multiple of π/4, which a ball tells.
  private mutating func arc(_ value: Rational) throws(ReductionFailure) -> FactoredForm? {
    guard value.signum > 0, value.bitWidth < 400 else { return nil }
    let number = GaussianInteger(real: value.denominator, imaginary: value.numerator)
    let evaluator = ConstantEvaluator(precision: 128)
    let balls = evaluator.balls
    var rest = balls.atan(balls.ball(value))
    var terms: [FactoredForm] = []
    for (base, exponent) in number.standardFactors() {
      guard let tangent = Rational(base.imaginary, over: base.real) else { return nil }
      let own = balls.multiply(balls.atan(balls.ball(tangent)), Ball(exponent))
      rest = balls.subtract(rest, own)
      let kernel = try arcKernel(FactoredForm(tangent))
      terms.append(algebra.form(kernel: kernel).scaled(by: Rational(exponent)))
    }
    let eighths = balls.divide(balls.multiply(rest, Ball(4)), by: balls.pi)
    guard let count = Self.integer(in: eighths), let turns = Rational(Integer(count), over: 4)
    else { return nil }
    terms.append(try piForm().scaled(by: turns))
    return try algebra.add(terms)
  }

  private mutating func arcKernel(_ x: FactoredForm) throws(ReductionFailure) -> Int {
    var kernel = Kernel(kind: .application(.atan, x))
    kernel.lower = Bound(-2, isIncluded: true)
    kernel.upper = Bound(2, isIncluded: true)
    kernel.isPositive = isPositive(x)
    return algebra.insert(kernel)
  }

  /// The only integer in a narrow ball.
  private static func integer(in ball: Ball) -> Int? {
    let value = ball.doubleValue.rounded()
    guard value.magnitude < 1e6, ball.contains(Rational(Int(value))),
      let accuracy = ball.relativeAccuracy, accuracy > 30
    else { return nil }
    return Int(value)
  }
}
