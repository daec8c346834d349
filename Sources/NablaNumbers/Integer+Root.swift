extension Integer {
  /// The square root, rounded down, or nil for a negative integer.
  public func squareRoot() -> Integer? {
    isNegative ? nil : floorRoot(2)
  }

  /// The integer whose power with exponent `degree` this is, or nil if there is none.
  ///
  /// Of two roots the one that is not negative is returned. A degree below 1 has no root.
  public func root(_ degree: Int) -> Integer? {
    if degree < 1 { return nil }
    if degree == 1 || isZero || isOne { return self }
    if isNegative {
      return degree & 1 == 0 ? nil : (-self).root(degree).map { -$0 }
    }
    if trailingZeroBitCount % degree != 0 { return nil }
    let candidate = floorRoot(degree)
    return candidate.power(degree, bitLimit: bitWidth) == self ? candidate : nil
  }

  /// The root of an integer of at least 0, rounded down.
  ///
  /// Half of the digits come from the root of the leading digits; Newton's method, which falls
  /// monotonically onto the root from any start above it, gives the rest.
  private func floorRoot(_ degree: Int) -> Integer {
    let bits = bitWidth
    if bits <= 1 { return self }
    if degree >= bits { return 1 }
    if degree == 2, case .small(let value) = storage {
      return Integer(Self.smallSquareRoot(value))
    }
    let rootBits = (bits - 1) / degree + 1
    let spare = Int.bitWidth - degree.leadingZeroBitCount
    let shift = (rootBits - spare - 1) / 2
    if shift <= 0 { return smallFloorRoot(degree, bits: rootBits) }
    let leading = (self >> (degree * shift)).floorRoot(degree)
    var estimate = (leading + 1) << shift
    while true {
      guard let power = estimate.power(degree - 1, bitLimit: Int.max) else { return estimate }
      let sum = estimate * Integer(degree - 1) + quotient(byPositive: power)
      let next = sum.quotient(byPositive: Integer(degree))
      if next >= estimate { return estimate }
      estimate = next
    }
  }

  /// The square root of a positive word, rounded down.
  private static func smallSquareRoot(_ value: Int) -> Int {
    let square = value.magnitude
    var root: UInt = 1 << UInt((UInt.bitWidth - square.leadingZeroBitCount + 1) / 2)
    while true {
      let next = (root + square / root) / 2
      if next >= root { return Int(bitPattern: root) }
      root = next
    }
  }

  /// The root, rounded down, found bit by bit.
  private func smallFloorRoot(_ degree: Int, bits: Int) -> Integer {
    var root: Integer = 0
    for place in (0..<bits).reversed() {
      let candidate = root + Integer(1) << place
      if let power = candidate.power(degree, bitLimit: bitWidth), power <= self {
        root = candidate
      }
    }
    return root
  }
}
