import NablaNumbers
import Testing

private let arithmetic = BallArithmetic(precision: 64)

/// A ball around 0 that is not 0.
private let aroundZero = arithmetic.ball(0, timesTwoTo: -40, radius: 1)
/// A ball around 1 that is not 1.
private let aroundOne = arithmetic.ball(1 << 40, timesTwoTo: -40, radius: 1)

private func rational(_ numerator: Int, _ denominator: Int) throws -> Ball {
  arithmetic.ball(try #require(Rational(Integer(numerator), over: Integer(denominator))))
}

@Suite struct `Balls` {
  @Test(arguments: [
    ("log", 0), ("log", -1), ("sqrt", -1), ("cot", 0), ("csc", 0), ("coth", 0), ("csch", 0),
    ("asin", 2), ("acos", -2), ("acot", 0), ("asec", 0), ("acsc", 0), ("acosh", 0),
    ("acosh", -3), ("atanh", 1), ("atanh", -1), ("atanh", 2), ("acoth", 1), ("acoth", -1),
    ("acoth", 0), ("asech", 0), ("asech", -1), ("asech", 2), ("acsch", 0),
  ])
  func `functions are undefined outside of their domain`(name: String, value: Int) {
    #expect(ballFunctions[name]?(arithmetic, Ball(value)).state == .undefined)
  }

  @Test(arguments: ["log", "sqrt", "cot", "csc", "coth", "csch", "acot", "asech", "acsch"])
  func `a ball around 0 leaves open whether the function is defined`(name: String) {
    #expect(ballFunctions[name]?(arithmetic, aroundZero).state == .undecided)
  }

  @Test(arguments: ["asin", "acos", "asec", "acsc", "acosh", "atanh", "acoth", "asech"])
  func `a ball around 1 leaves open whether the function is defined`(name: String) {
    #expect(ballFunctions[name]?(arithmetic, aroundOne).state == .undecided)
  }

  @Test(arguments: [
    ("exp", 0, 1), ("log", 1, 0), ("sqrt", 9, 3), ("sqrt", 0, 0), ("sin", 0, 0), ("cos", 0, 1),
    ("tan", 0, 0), ("sec", 0, 1), ("sinh", 0, 0), ("cosh", 0, 1), ("tanh", 0, 0),
    ("sech", 0, 1), ("asin", 0, 0), ("acos", 1, 0), ("atan", 0, 0), ("asec", 1, 0),
    ("asinh", 0, 0), ("acosh", 1, 0), ("atanh", 0, 0), ("asech", 1, 0), ("erf", 0, 0),
    ("abs", -4, 4), ("sign", -4, -1), ("sign", 0, 0), ("step", 0, 0), ("step", 3, 1),
    ("relu", -2, 0), ("relu", 2, 2),
  ])
  func `exact results are exact`(name: String, value: Int, expected: Int) {
    #expect(ballFunctions[name]?(arithmetic, Ball(value)) == Ball(expected))
  }

  @Test func `piecewise functions of a ball around 0 cover all their values`() throws {
    for (ball, values) in [
      (arithmetic.sign(aroundZero), [-1, 0, 1]), (arithmetic.step(aroundZero), [0, 1]),
    ] {
      #expect(values.allSatisfy { ball.contains(Rational($0)) })
      #expect(!ball.contains(2) && !ball.contains(-2))
    }
    #expect(arithmetic.abs(aroundZero).isNonnegative)
    #expect(arithmetic.square(aroundZero).isNonnegative)
    #expect(arithmetic.squareRoot(arithmetic.square(aroundZero)).isDefined)
  }

  @Test func `dividing tells 0 from what may be 0`() {
    #expect(arithmetic.divide(.one, by: .zero).state == .undefined)
    #expect(arithmetic.divide(.one, by: aroundZero).state == .undecided)
    #expect(arithmetic.divide(.zero, by: .zero).state == .undefined)
  }

  @Test func `an undefined operand makes every result undefined`() {
    let nothing = arithmetic.log(.zero)
    let open = arithmetic.log(aroundZero)
    let beyond = arithmetic.exp(arithmetic.ball(1, timesTwoTo: 100))
    #expect(beyond.state == .exhausted)
    for other in [.one, open, beyond, nothing] {
      for (name, operation) in ballOperations where name != "root" {
        #expect(operation(arithmetic, nothing, other).state == .undefined, "\(name)")
        #expect(operation(arithmetic, other, nothing).state == .undefined, "\(name)")
      }
    }
    for (name, function) in ballFunctions {
      #expect(function(arithmetic, nothing).state == .undefined, "\(name)")
      #expect(function(arithmetic, open).state == .undecided, "\(name)")
      #expect(function(arithmetic, beyond).state == .exhausted, "\(name)")
    }
    #expect(arithmetic.add(open, beyond).state == .exhausted)
  }

  @Test func `powers follow the conventions of the engine`() throws {
    let half = try rational(1, 2)
    #expect(arithmetic.power(.zero, 0) == .one)
    #expect(arithmetic.power(.zero, Ball(0)) == .one)
    #expect(arithmetic.power(.zero, -1).state == .undefined)
    #expect(arithmetic.power(.zero, half) == .zero)
    #expect(arithmetic.power(.zero, arithmetic.negate(half)).state == .undefined)
    #expect(arithmetic.power(Ball(-8), half).state == .undefined)
    #expect(arithmetic.power(Ball(-8), try rational(1, 3)).state == .undefined)
    #expect(arithmetic.power(Ball(-8), aroundOne).state == .undecided)
    #expect(arithmetic.power(Ball(-2), 3) == Ball(-8))
    #expect(arithmetic.power(Ball(9), half) == Ball(3))
    #expect(arithmetic.root(Ball(-8), degree: 3).state == .undefined)
    #expect(arithmetic.root(Ball(27), degree: 3) == Ball(3))
    #expect(arithmetic.root(Ball(2), degree: 0).state == .undefined)
  }

  @Test func `long integer exponents keep the sign`() throws {
    let long = try #require(Integer("12345678901234567890123"))
    let base = arithmetic.subtract(Ball(-1), arithmetic.ball(1, timesTwoTo: -80))
    #expect(arithmetic.power(base, long).isNegative)
    #expect(arithmetic.power(base, long + 1).isPositive)
    #expect(arithmetic.power(Ball(-1), long) == Ball(-1))
    #expect(arithmetic.power(Ball(2), long).state == .exhausted)
  }

  /// Arguments at the limits must neither hang nor trap.
  @Test(arguments: ballFunctions.keys.sorted())
  func `far arguments return at once`(name: String) throws {
    let function = try #require(ballFunctions[name])
    for power in [40, 41, 100, 4_000, 1 << 20, 1 << 39, -41, -4_000, -(1 << 39)] as [Int64] {
      for sign in [1, -1] {
        for radius in [0, 1] as [UInt32] {
          let x = arithmetic.ball(Integer(3 * sign), timesTwoTo: power, radius: radius)
          let point = arithmetic.ball(Integer(3 * sign), timesTwoTo: power)
          let (image, value) = (function(arithmetic, x), function(arithmetic, point))
          if image.isDefined && value.isDefined { #expect(image.meets(value), "2^\(power)") }
          #expect(value.state != .undecided, "2^\(power)")
        }
      }
    }
  }

  @Test func `angles beyond the reduction give the whole range`() {
    let far = arithmetic.ball(1, timesTwoTo: 100_000)
    #expect(arithmetic.sin(far).contains(1) && arithmetic.sin(far).contains(-1))
    #expect(arithmetic.tan(far).state == .exhausted)
  }

  @Test func `the largest exponentials are within reach`() throws {
    let billion = arithmetic.exp(Ball(1_000_000_000))
    #expect(billion.isPositive)
    #expect(arithmetic.log(billion).contains(1_000_000_000))
    #expect(billion.decimal(significantDigits: 8) == "8.0029818e434294481")
    let reciprocal = arithmetic.exp(Ball(-1_000_000_000))
    #expect(reciprocal.decimal(significantDigits: 5) == "1.2495e-434294482")
    let tiny = arithmetic.exp(arithmetic.ball(-1, timesTwoTo: 100))
    #expect(tiny.isDefined && tiny.contains(0) && !tiny.isZero)
  }

  @Test func `comparisons answer only what is certain`() throws {
    let third = try rational(1, 3)
    #expect(arithmetic.isLess(third, .one) == true)
    #expect(arithmetic.isLess(.one, third) == false)
    #expect(arithmetic.isLess(.one, .one) == false)
    #expect(arithmetic.isLess(third, third) == nil)
    #expect(arithmetic.isEqual(.one, .one) == true)
    #expect(arithmetic.isEqual(third, .one) == false)
    #expect(arithmetic.isEqual(third, third) == nil)
    #expect(arithmetic.isLess(.one, arithmetic.log(.zero)) == nil)
    #expect(third.isPositive && third.excludesZero && !third.isExact)
    #expect(third.contains(try #require(Rational(1, over: 3))))
    #expect(!third.contains(try #require(Rational(1, over: 4))))
    #expect(!aroundZero.excludesZero && !aroundZero.isZero && Ball.zero.isZero)
  }
}
