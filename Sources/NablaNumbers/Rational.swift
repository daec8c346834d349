/// An exact rational number, in lowest terms with a positive denominator.
///
/// The form is unique, so equality and hashing compare numerator and denominator. Where both fit
/// in `Int`, and those of the result do, arithmetic does not allocate.
public struct Rational: Hashable, Sendable {
  /// The numerator, which carries the sign.
  public let numerator: Integer
  /// The denominator, at least 1.
  public let denominator: Integer

  /// Creates a rational from parts known to be in lowest terms, the denominator at least 1.
  @inlinable
  init(reduced numerator: Integer, _ denominator: Integer) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// Creates the rational equal to an integer.
  @inlinable
  public init(_ value: Integer) {
    self.init(reduced: value, 1)
  }

  /// Creates the rational equal to an integer.
  @inlinable
  public init(_ value: Int) {
    self.init(reduced: Integer(value), 1)
  }

  /// Creates the quotient of two integers, or nil if the denominator is 0.
  public init?(_ numerator: Integer, over denominator: Integer) {
    if denominator.isZero { return nil }
    if let top = numerator.asInt, let bottom = denominator.asInt,
      let small = SmallRational(top, over: bottom)
    {
      self.init(small)
      return
    }
    let divisor = Integer.greatestCommonDivisor(numerator, denominator)
    let signed = denominator.isNegative ? -divisor : divisor
    if signed.isOne {
      self.init(reduced: numerator, denominator)
      return
    }
    guard let top = numerator.quotientAndRemainder(dividingBy: signed)?.quotient,
      let bottom = denominator.quotientAndRemainder(dividingBy: signed)?.quotient
    else { return nil }
    self.init(reduced: top, bottom)
  }
}

extension Rational: ExpressibleByIntegerLiteral {
  @inlinable
  public init(integerLiteral value: Int) {
    self.init(value)
  }
}

extension Rational: CustomStringConvertible {
  /// The number as `3/10`, or as `3` if it is an integer.
  public var description: String {
    if isInteger { return numerator.description }
    var text = numerator.description
    text += "/"
    text += denominator.description
    return text
  }
}

extension Rational {
  /// Whether the denominator is 1.
  @inlinable
  public var isInteger: Bool { denominator.isOne }

  /// Whether the number is 0.
  @inlinable
  public var isZero: Bool { numerator.isZero }

  /// Whether the number is 1.
  @inlinable
  public var isOne: Bool { numerator.isOne && denominator.isOne }

  /// Whether the number is less than 0.
  @inlinable
  public var isNegative: Bool { numerator.isNegative }

  /// The sign: -1, 0 or 1.
  @inlinable
  public var signum: Int { numerator.signum }

  /// The value as `Int`, or nil if it is not an integer or does not fit.
  @inlinable
  public var asInt: Int? { isInteger ? numerator.asInt : nil }

  /// The value as an integer, or nil if it is not one.
  @inlinable
  public var asInteger: Integer? { isInteger ? numerator : nil }

  /// The largest integer that is not greater.
  public var floor: Integer {
    isInteger ? numerator : numerator.floorDivided(by: denominator) ?? numerator
  }

  /// The number without its sign.
  public var absoluteValue: Rational {
    isNegative ? -self : self
  }

  /// One divided by the number, or nil for 0.
  public var reciprocal: Rational? {
    switch signum {
    case 0: nil
    case 1: Rational(reduced: denominator, numerator)
    default: Rational(reduced: -denominator, -numerator)
    }
  }

  /// The bits of the numerator and the denominator together, a measure of size for budgets.
  public var bitWidth: Int {
    numerator.bitWidth + denominator.bitWidth
  }
}
