/// Reading and writing decimal digits by halves, so that the cost is that of multiplying and
/// dividing long numbers.
enum DecimalText {
  /// The number of digits that always fit in a limb.
  private static var chunkDigits: Int { UInt.bitWidth == 64 ? 19 : 9 }

  /// 10 to the number of digits of a chunk.
  private static var chunkBase: UInt {
    var base: UInt = 1
    for _ in 0..<chunkDigits { base *= 10 }
    return base
  }

  /// The number of chunks read or written one after the other.
  private static var leafChunks: Int { 16 }

  /// The value of ASCII digits.
  static func read(_ digits: ArraySlice<UInt8>) -> Integer {
    let digits = digits.drop { $0 == UInt8(ascii: "0") }
    if digits.count < chunkDigits {
      return Integer(isNegative: false, limbs: [readChunk(digits)])
    }
    let leafDigits = chunkDigits * leafChunks
    // Least significant leaf first.
    var values: [Integer] = []
    var end = digits.endIndex
    while end > digits.startIndex {
      let start = max(digits.startIndex, end - leafDigits)
      values.append(readLeaf(digits[start..<end]))
      end = start
    }
    var base = values.count > 1 ? Integer.powerOfTen(leafDigits) : 1
    while values.count > 1 {
      var joined: [Integer] = []
      for index in stride(from: 0, to: values.count, by: 2) {
        joined.append(
          index + 1 < values.count ? values[index + 1] * base + values[index] : values[index])
      }
      values = joined
      if values.count > 1 { base = base * base }
    }
    return values.first ?? 0
  }

  private static func readLeaf(_ digits: ArraySlice<UInt8>) -> Integer {
    let base = chunkBase
    var limbs: [UInt] = []
    var start = digits.startIndex
    // The first chunk takes the digits left over, so that all others are full.
    var end = start + (digits.count - 1) % chunkDigits + 1
    while start < digits.endIndex {
      let chunk = readChunk(digits[start..<end])
      let carry = limbs.withUnsafeMutableBufferPointer {
        LimbKernels.multiply($0.reading, by: base, adding: chunk, into: $0)
      }
      if carry != 0 { limbs.append(carry) }
      start = end
      end = min(end + chunkDigits, digits.endIndex)
    }
    return Integer(isNegative: false, limbs: limbs)
  }

  private static func readChunk(_ digits: ArraySlice<UInt8>) -> UInt {
    var value: UInt = 0
    for digit in digits { value = value &* 10 &+ UInt(digit &- UInt8(ascii: "0")) }
    return value
  }

  /// Appends the digits of an integer of at least 0, without leading zeros.
  static func write(_ value: Integer, to text: inout [UInt8]) {
    var bases: [(value: Integer, digits: Int)] = []
    var digits = chunkDigits * leafChunks
    let leafBits = leafChunks * UInt.bitWidth
    if value.bitWidth > leafBits {
      var base = Integer.powerOfTen(digits)
      while base <= value {
        bases.append((base, digits))
        if 2 * base.bitWidth - 1 > value.bitWidth { break }
        base = base * base
        digits *= 2
      }
    }
    write(value, width: 0, bases: bases[...], to: &text)
  }

  /// Appends the digits, padded with zeros to `width`.
  private static func write(
    _ value: Integer, width: Int, bases: ArraySlice<(value: Integer, digits: Int)>,
    to text: inout [UInt8]
  ) {
    guard let base = bases.last else { return writeLeaf(value, width: width, to: &text) }
    let smaller = bases.dropLast()
    if value < base.value && width <= base.digits {
      return write(value, width: width, bases: smaller, to: &text)
    }
    guard let parts = value.quotientAndRemainder(dividingBy: base.value) else { return }
    write(parts.quotient, width: max(width - base.digits, 0), bases: smaller, to: &text)
    write(parts.remainder, width: base.digits, bases: smaller, to: &text)
  }

  private static func writeLeaf(_ value: Integer, width: Int, to text: inout [UInt8]) {
    var reversed: [UInt8] = []
    let divisor = LimbDivisor(chunkBase)
    var limbs = value.withLimbs { _, limbs in Array(limbs) }
    while !limbs.isEmpty {
      var chunk = limbs.withUnsafeMutableBufferPointer {
        divisor.divide($0.reading, into: $0)
      }
      while limbs.last == 0 { limbs.removeLast() }
      for _ in 0..<chunkDigits {
        if limbs.isEmpty && chunk == 0 { break }
        reversed.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: chunk % 10))
        chunk /= 10
      }
    }
    while reversed.count < max(width, text.isEmpty ? 1 : 0) { reversed.append(UInt8(ascii: "0")) }
    text.append(contentsOf: reversed.reversed())
  }
}
