/// A fixed-point number of any length.
struct FixedInteger: FixedPoint {
  let units: Integer
  let fractionBits: Int

  init(_ units: Integer, fractionBits: Int) {
    self.units = units
    self.fractionBits = fractionBits
  }

  init(truncating value: BinaryFloat, fractionBits: Int) {
    let (integer, power) = value.parts
    let shift = power + Int64(fractionBits)
    units = shift < -(1 << 30) ? 0 : integer << Int(min(shift, Int64(fractionBits) + 2))
    self.fractionBits = fractionBits
  }

  static func &+ (lhs: FixedInteger, rhs: FixedInteger) -> FixedInteger {
    FixedInteger(lhs.units + rhs.units, fractionBits: lhs.fractionBits)
  }

  static func &- (lhs: FixedInteger, rhs: FixedInteger) -> FixedInteger {
    FixedInteger(lhs.units - rhs.units, fractionBits: lhs.fractionBits)
  }

  func times(_ other: FixedInteger) -> FixedInteger {
    FixedInteger((units * other.units) >> fractionBits, fractionBits: fractionBits)
  }

  func halved(_ count: Int) -> FixedInteger {
    FixedInteger(units >> count, fractionBits: fractionBits)
  }

  var leadingZeros: Int { max(fractionBits - units.bitWidth, 0) }

  func rounded(to precision: Int) -> BinaryFloat.Rounded {
    BinaryFloat.rounded(
      units, power: -Int64(fractionBits), isNegative: false, isExact: true, to: precision)
  }

  static func reciprocalFactorials(_ fractionBits: Int, count: Int) -> [FixedInteger] {
    // Spare bits hold the error of the repeated division below one unit of the result.
    let spare = 32
    var term = Integer(1) << (fractionBits + spare)
    var divisor = 1
    var table: [FixedInteger] = []
    while table.count < count, !term.isZero {
      table.append(FixedInteger(term >> spare, fractionBits: fractionBits))
      term = term.quotient(byPositive: Integer(divisor))
      divisor += 1
    }
    return table
  }

  static func oddReciprocals(_ fractionBits: Int, count: Int) -> [FixedInteger] {
    let one = Integer(1) << fractionBits
    return (0..<count).map { index in
      FixedInteger(
        one.quotient(byPositive: Integer(2 * index + 1)), fractionBits: fractionBits)
    }
  }
}
