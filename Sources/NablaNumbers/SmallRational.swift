/// A rational in lowest terms whose parts fit in `Int`, the denominator at least 1.
///
/// The operations return nil where a part of the result, or of a step on the way, does not fit;
/// `Rational` then takes the way of long integers.
struct SmallRational {
  let numerator: Int
  let denominator: Int

  @inline(__always)
  init(reduced numerator: Int, _ denominator: Int) {
    self.numerator = numerator
    self.denominator = denominator
  }

  @inline(__always)
  init?(_ value: borrowing Rational) {
    guard case .small(let numerator) = value.numerator.storage,
      case .small(let denominator) = value.denominator.storage
    else { return nil }
    self.init(reduced: numerator, denominator)
  }

  /// The quotient of any two integers in lowest terms.
  init?(_ numerator: Int, over denominator: Int) {
    let divisor = binaryGreatestCommonDivisor(numerator.magnitude, denominator.magnitude)
    if denominator <= 0 || divisor == 0 { return nil }
    if divisor == 1 {
      self.init(reduced: numerator, denominator)
    } else {
      // The divisor is at most the denominator, so it fits.
      let divisor = Int(bitPattern: divisor)
      self.init(reduced: numerator / divisor, denominator / divisor)
    }
  }

  /// The sum.
  func adding(_ numerator: Int, over denominator: Int) -> SmallRational? {
    if self.denominator == 1 && denominator == 1 {
      let (sum, overflow) = self.numerator.addingReportingOverflow(numerator)
      return overflow ? nil : SmallRational(reduced: sum, 1)
    }
    let common = commonDivisor(self.denominator, denominator)
    let left = common == 1 ? self.denominator : self.denominator / common
    let right = common == 1 ? denominator : denominator / common
    let (first, firstOverflow) = self.numerator.multipliedReportingOverflow(by: right)
    let (second, secondOverflow) = numerator.multipliedReportingOverflow(by: left)
    let (sum, sumOverflow) = first.addingReportingOverflow(second)
    if firstOverflow || secondOverflow || sumOverflow { return nil }
    let rest = common == 1 ? 1 : commonDivisor(sum, common)
    let (bottom, overflow) = left.multipliedReportingOverflow(
      by: rest == 1 ? denominator : denominator / rest)
    if overflow { return nil }
    return SmallRational(reduced: rest == 1 ? sum : sum / rest, bottom)
  }

  /// The product.
  func multiplied(by other: SmallRational) -> SmallRational? {
    let first = other.denominator == 1 ? 1 : commonDivisor(numerator, other.denominator)
    let second = denominator == 1 ? 1 : commonDivisor(other.numerator, denominator)
    let left = first == 1 ? numerator : numerator / first
    let right = second == 1 ? other.numerator : other.numerator / second
    let (top, topOverflow) = left.multipliedReportingOverflow(by: right)
    let leftBottom = second == 1 ? denominator : denominator / second
    let rightBottom = first == 1 ? other.denominator : other.denominator / first
    let (bottom, bottomOverflow) = leftBottom.multipliedReportingOverflow(by: rightBottom)
    return topOverflow || bottomOverflow ? nil : SmallRational(reduced: top, bottom)
  }

  /// Whether the number is less than another.
  func isLess(than other: SmallRational) -> Bool {
    if denominator == other.denominator { return numerator < other.numerator }
    let left = numerator.multipliedFullWidth(by: other.denominator)
    let right = other.numerator.multipliedFullWidth(by: denominator)
    return left.high != right.high ? left.high < right.high : left.low < right.low
  }

  /// The greatest common divisor of an integer and one of at least 1, which bounds it.
  private func commonDivisor(_ value: Int, _ positive: Int) -> Int {
    Int(bitPattern: binaryGreatestCommonDivisor(value.magnitude, positive.magnitude))
  }
}

extension Rational {
  @inline(__always)
  init(_ value: SmallRational) {
    self.init(reduced: Integer(value.numerator), Integer(value.denominator))
  }
}
