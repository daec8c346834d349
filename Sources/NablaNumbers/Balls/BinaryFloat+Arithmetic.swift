extension BinaryFloat {
  /// The sum, rounded to nearest.
  static func sum(_ lhs: BinaryFloat, _ rhs: BinaryFloat, _ bits: Int) -> Rounded {
    if lhs.isZero { return rhs.rounded(to: bits) }
    if rhs.isZero { return lhs.rounded(to: bits) }
    let (large, small) = lhs.exponent >= rhs.exponent ? (lhs, rhs) : (rhs, lhs)
    let shift = large.exponent - small.exponent
    if bits <= 128, case .short(let top) = large.significand,
      case .short(let bottom) = small.significand
    {
      return shortSum(large, top, small, bottom, shift, bits)
    }
    if shift > Int64(bits) + 2 {
      // The small one is less than half of the last place.
      let (value, error) = large.rounded(to: bits)
      return (value, error + small.upperMagnitude)
    }
    let (left, leftPower) = large.parts
    let (right, rightPower) = small.parts
    let power = min(leftPower, rightPower)
    let first = left << Int(leftPower - power)
    let second = right << Int(rightPower - power)
    let total = large.isNegative == small.isNegative ? first + second : first - second
    return rounded(
      total.magnitude, power: power, isNegative: large.isNegative != total.isNegative,
      isExact: true, to: bits)
  }

  @inline(__always)
  private static func shortSum(
    _ large: BinaryFloat, _ top: DoubleWord, _ small: BinaryFloat, _ bottom: DoubleWord,
    _ shift: Int64, _ bits: Int
  ) -> Rounded {
    if shift > Int64(bits) + 2 {
      let (value, error) = large.rounded(to: bits)
      return (value, error + small.upperMagnitude)
    }
    let distance = Int(shift)
    // 256 bits hold both; what a distance above 128 pushes out is kept as one low bit.
    var high = bottom >> distance
    var low = distance == 0 ? .zero : distance >= 128 ? bottom : bottom << (128 - distance)
    if distance > 128 {
      low = bottom >> (distance - 128)
      if (low << (distance - 128)) != bottom { low.low |= 1 }
      high = .zero
    }
    if large.isNegative == small.isNegative {
      var (sum, carry) = top.adding(high)
      if !carry {
        return rounded(
          sum, low, exponent: large.exponent, isNegative: large.isNegative, to: bits)
      }
      let lost = low.low & 1
      low = low >> 1
      low.high |= sum.low &<< 63
      low.low |= lost
      sum = sum >> 1
      sum.high |= 1 << 63
      return rounded(
        sum, low, exponent: large.exponent + 1, isNegative: large.isNegative, to: bits)
    }
    var (rest, isNegative) = top.subtracting(high)
    if !low.isZero {
      let borrow: Bool
      (rest, borrow) = rest.subtracting(DoubleWord(0, 1))
      isNegative = isNegative || borrow
      low = DoubleWord.zero &- low
    }
    if isNegative {
      // Only for equal exponents, where nothing was shifted out.
      rest = DoubleWord.zero &- rest
    }
    var exponent = large.exponent
    if rest.isZero {
      if low.isZero { return (.zero, .zero) }
      (rest, low) = (low, .zero)
      exponent -= 128
    }
    let shiftLeft = rest.leadingZeroBitCount
    if shiftLeft > 0 {
      rest = rest << shiftLeft
      let carried = low >> (128 - shiftLeft)
      rest = DoubleWord(rest.high | carried.high, rest.low | carried.low)
      low = low << shiftLeft
    }
    return rounded(
      rest, low, exponent: exponent - Int64(shiftLeft),
      isNegative: large.isNegative != isNegative, to: bits)
  }

  /// The product, rounded to nearest.
  static func product(_ lhs: BinaryFloat, _ rhs: BinaryFloat, _ bits: Int) -> Rounded {
    let isNegative = lhs.isNegative != rhs.isNegative
    let exponent = lhs.exponent + rhs.exponent
    if case .short(let left) = lhs.significand, case .short(let right) = rhs.significand {
      if left.isZero || right.isZero { return (.zero, .zero) }
      var (high, low) = left.fullProduct(with: right)
      if bits <= 128 || low.isZero {
        var shift: Int64 = 0
        if high.high >> 63 == 0 {
          high = high << 1
          high.low |= low.high &>> 63
          low = low << 1
          shift = 1
        }
        return rounded(high, low, exponent: exponent - shift, isNegative: isNegative, to: bits)
      }
    }
    if lhs.isZero || rhs.isZero { return (.zero, .zero) }
    let (left, leftPower) = lhs.parts
    let (right, rightPower) = rhs.parts
    return rounded(
      left * right, power: leftPower + rightPower, isNegative: isNegative, isExact: true,
      to: bits)
  }

  /// The quotient by a number that is not 0, rounded to nearest.
  static func quotient(_ lhs: BinaryFloat, _ rhs: BinaryFloat, _ bits: Int) -> Rounded {
    if lhs.isZero || rhs.isZero { return (.zero, .zero) }
    let isNegative = lhs.isNegative != rhs.isNegative
    if bits <= 128, case .short(let left) = lhs.significand,
      case .short(let right) = rhs.significand
    {
      let exponent = lhs.exponent - rhs.exponent
      if left == right {
        return (
          BinaryFloat(.short(.highestBit), exponent: exponent + 1, isNegative: isNegative), .zero
        )
      }
      var (quotient, isExact): (DoubleWord, Bool)
      if left < right {
        // The quotient lies in (1/2, 1).
        (quotient, isExact) = left.fractionQuotient(by: right)
        return rounded(
          quotient, isExact ? .zero : DoubleWord(0, 1), exponent: exponent,
          isNegative: isNegative, to: bits)
      }
      // The quotient lies in (1, 2); the bit of weight 1 is known.
      (quotient, isExact) = (left &- right).fractionQuotient(by: right)
      let low = DoubleWord(quotient.low &<< 63, isExact ? 0 : 1)
      quotient = quotient >> 1
      quotient.high |= 1 << 63
      return rounded(
        quotient, low, exponent: exponent + 1, isNegative: isNegative, to: bits)
    }
    let (left, leftPower) = lhs.parts
    let (right, rightPower) = rhs.parts
    let shift = max(bits + 2 - left.bitWidth + right.bitWidth, 0)
    guard let result = (left << shift).quotientAndRemainder(dividingBy: right) else {
      return (.zero, .zero)
    }
    return rounded(
      result.quotient, power: leftPower - rightPower - Int64(shift), isNegative: isNegative,
      isExact: result.remainder.isZero, to: bits)
  }

  /// The square root of a number of at least 0, rounded to nearest.
  ///
  /// Squares of numbers with `bits` bits have exact roots.
  static func squareRoot(_ value: BinaryFloat, _ bits: Int) -> Rounded {
    if value.isZero { return (.zero, .zero) }
    if bits <= 128, case .short(let significand) = value.significand {
      let isOdd = value.exponent & 1 != 0
      let (root, isExact) = significand.fractionSquareRoot(halved: isOdd)
      return rounded(
        root, isExact ? .zero : DoubleWord(0, 1),
        exponent: (value.exponent + (isOdd ? 1 : 0)) >> 1, isNegative: false, to: bits)
    }
    var (integer, power) = value.parts
    var shift = max(2 * bits + 4 - integer.bitWidth, 0)
    if (power - Int64(shift)) & 1 != 0 { shift += 1 }
    integer = integer << shift
    power -= Int64(shift)
    guard let root = integer.squareRoot() else { return (.zero, .zero) }
    return rounded(
      root, power: power >> 1, isNegative: false, isExact: root * root == integer, to: bits)
  }

  /// -1, 0 or 1 as the number is less than, equal to or greater than another.
  static func compare(_ lhs: BinaryFloat, _ rhs: BinaryFloat) -> Int {
    let (left, right) = (lhs.signum, rhs.signum)
    if left != right { return left < right ? -1 : 1 }
    if left == 0 { return 0 }
    if lhs.exponent != rhs.exponent { return lhs.exponent < rhs.exponent ? -left : left }
    if case .short(let first) = lhs.significand, case .short(let second) = rhs.significand {
      return first == second ? 0 : first < second ? -left : left
    }
    let (first, firstPower) = lhs.parts
    let (second, secondPower) = rhs.parts
    let power = min(firstPower, secondPower)
    let (x, y) = (first << Int(firstPower - power), second << Int(secondPower - power))
    return x == y ? 0 : x < y ? -left : left
  }
}
