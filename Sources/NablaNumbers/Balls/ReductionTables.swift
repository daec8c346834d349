/// Values at the multiples of 1/64, to 254 bits, that bring arguments close to 0.
///
/// A first use computes a table, in well under a millisecond.
enum ReductionTables {
  /// The accuracy of the tables in bits.
  static let bits = 250

  /// atan(j/64) for j from 0 to 64.
  static func arcTangent(_ index: Int, _ precision: Int) -> Ball {
    entry(arcTangents[min(max(index, 0), 64)], precision)
  }

  /// |log(j/64)| for j from 32 to 128.
  static func logarithm(_ index: Int, _ precision: Int) -> Ball {
    entry(logarithms[min(max(index, 32), 128) - 32], precision)
  }

  private static func entry(_ value: Fixed256, _ precision: Int) -> Ball {
    let (value, error) = value.rounded(to: precision)
    return Ball(value, error + ShortFloat(powerOfTwo: -253))
  }

  /// The units of the sums: spare bits take up the errors of up to 2⁵⁰ operations.
  private static let spareBits = 64
  private static let fractionBits = 254 + spareBits

  /// By atan((j + 1)/64) = atan(j/64) + atan(64/(4096 + j(j + 1))).
  private static let arcTangents: [Fixed256] = {
    var table = [Fixed256(.zero, .zero)]
    var sum: Integer = 0
    for index in 0..<64 {
      sum += series(64, 4096 + index * (index + 1), isAlternating: true)
      table.append(Fixed256(sum >> spareBits))
    }
    return table
  }()

  /// By log((j + 1)/j) = 2 atanh(1/(2j + 1)), from log(64/64) = 0 to both sides.
  private static let logarithms: [Fixed256] = {
    var above: [Fixed256] = [Fixed256(.zero, .zero)]
    var sum: Integer = 0
    for index in 64..<128 {
      sum += 2 * series(1, 2 * index + 1, isAlternating: false)
      above.append(Fixed256(sum >> spareBits))
    }
    var below: [Fixed256] = []
    sum = 0
    for index in (32..<64).reversed() {
      sum += 2 * series(1, 2 * index + 1, isAlternating: false)
      below.append(Fixed256(sum >> spareBits))
    }
    return below.reversed() + above
  }()

  /// atan or atanh of a quotient below 1/50.
  private static func series(
    _ numerator: Int, _ denominator: Int, isAlternating: Bool
  ) -> Integer {
    let divisor = Integer(denominator * denominator)
    let factor = Integer(numerator * numerator)
    var power = ((Integer(1) << fractionBits) * Integer(numerator))
      .quotient(byPositive: Integer(denominator))
    var sum: Integer = 0
    var index = 1
    while !power.isZero {
      let term = power.quotient(byPositive: Integer(index))
      sum = isAlternating && index & 2 != 0 ? sum - term : sum + term
      power = (power * factor).quotient(byPositive: divisor)
      index += 2
    }
    return sum
  }
}
