import NablaNumbers
import Testing

/// Sizes in bits around one limb, a few limbs, and the length where Karatsuba's method begins.
private let sizes = [4, 40, 70, 140, 700, 2_600, 9_000]

@Suite struct `Laws of integers` {
  @Test(arguments: sizes)
  func `addition and multiplication form a commutative ring`(bits: Int) {
    var numbers = SeededNumbers(seed: 1)
    for round in 0..<60 {
      let (a, b, c) = (
        numbers.integer(bits: bits), numbers.integer(bits: bits), numbers.integer(bits: bits)
      )
      #expect(a + b == b + a, "round \(round)")
      #expect((a + b) + c == a + (b + c), "round \(round)")
      #expect(a * b == b * a, "round \(round)")
      #expect((a * b) * c == a * (b * c), "round \(round)")
      #expect(a * (b + c) == a * b + a * c, "round \(round)")
      #expect(a - b == -(b - a), "round \(round)")
      #expect((a - b) + b == a, "round \(round)")
    }
  }

  @Test(arguments: sizes)
  func `equal values have equal hashes and one form`(bits: Int) {
    var numbers = SeededNumbers(seed: 2)
    for round in 0..<60 {
      let (a, b) = (numbers.integer(bits: bits), numbers.integer(bits: bits))
      let again = (a * 3 + b) - b - a - a
      #expect(again == a, "round \(round)")
      #expect(again.hashValue == a.hashValue, "round \(round)")
      #expect((a.asInt == nil) == (a > Integer(Int.max) || a < Integer(Int.min)), "round \(round)")
    }
  }

  @Test(arguments: sizes)
  func `division gives back the dividend and a small remainder`(bits: Int) throws {
    var numbers = SeededNumbers(seed: 3)
    for round in 0..<100 {
      let a = numbers.integer(bits: 2 * bits)
      let b = numbers.positiveInteger(bits: bits) * (round % 2 == 0 ? 1 : -1)
      let (quotient, remainder) = try #require(a.quotientAndRemainder(dividingBy: b))
      #expect(quotient * b + remainder == a, "round \(round)")
      #expect(remainder.magnitude < b.magnitude, "round \(round)")
      #expect(remainder.isZero || remainder.signum == a.signum, "round \(round)")
      let floor = try #require(a.floorDivided(by: b))
      let modulus = a - floor * b
      #expect(modulus.isZero || modulus.signum == b.signum, "round \(round)")
      #expect((a * b).exactQuotient(dividingBy: b) == a, "round \(round)")
    }
  }

  @Test(arguments: sizes)
  func `the greatest common divisor divides both and leaves coprime quotients`(
    bits: Int
  ) throws {
    var numbers = SeededNumbers(seed: 4)
    for round in 0..<60 {
      let factor = numbers.integer(bits: bits)
      let (a, b) = (
        factor * numbers.integer(bits: bits), factor * numbers.positiveInteger(bits: bits / 2)
      )
      let divisor = Integer.greatestCommonDivisor(a, b)
      if divisor.isZero {
        #expect(a.isZero && b.isZero, "round \(round)")
        continue
      }
      #expect(divisor > 0, "round \(round)")
      let left = try #require(a.exactQuotient(dividingBy: divisor))
      let right = try #require(b.exactQuotient(dividingBy: divisor))
      #expect(Integer.greatestCommonDivisor(left, right) == 1, "round \(round)")
      #expect(divisor.exactQuotient(dividingBy: factor) != nil, "round \(round)")
    }
  }

  /// Multiplying by a short piece at a time takes the schoolbook method at every length.
  @Test(arguments: [2_400, 2_560, 2_624, 5_200, 10_300, 40_000])
  func `long products equal the sum of their rows`(bits: Int) {
    var numbers = SeededNumbers(seed: 5)
    for round in 0..<12 {
      let a = Integer(1) << bits + numbers.integer(bits: bits)
      let widths = [bits, bits - 64, bits / 2, 3 * bits, 2 * bits + 130]
      let width = widths[round % widths.count]
      let b = Integer(1) << width - numbers.integer(bits: width)
      var sum: Integer = 0
      var place = 0
      while place < b.bitWidth {
        let piece = (b >> place) - (b >> (place + 900)) << 900
        sum += (a * piece) << place
        place += 900
      }
      #expect(a * b == sum, "round \(round)")
    }
  }

  @Test(arguments: sizes)
  func `roots undo powers`(bits: Int) throws {
    var numbers = SeededNumbers(seed: 6)
    for degree in 1...9 {
      let base = numbers.positiveInteger(bits: bits) + 1
      let power = try #require(base.power(degree, bitLimit: base.bitWidth * degree))
      #expect(power.root(degree) == base, "degree \(degree)")
      #expect((-power).root(degree) == (degree % 2 == 1 ? -base : nil), "degree \(degree)")
      if degree > 1 { #expect((power + 1).root(degree) == nil, "degree \(degree)") }
    }
    let a = numbers.positiveInteger(bits: bits)
    let root = try #require(a.squareRoot())
    #expect(root * root <= a && a < (root + 1) * (root + 1))
  }

  @Test(arguments: sizes)
  func `printing and reading give the integer back`(bits: Int) {
    var numbers = SeededNumbers(seed: 7)
    for round in 0..<40 {
      let a = numbers.integer(bits: bits)
      #expect(Integer(a.description) == a, "round \(round)")
      let padded = (a.isNegative ? "-000" : "+000") + a.magnitude.description
      #expect(Integer(padded) == a, "round \(round)")
    }
    let ten = Integer(10).power(bits, bitLimit: 4 * bits)
    #expect(ten?.description == "1" + String(repeating: "0", count: bits))
    #expect(ten.map { ($0 - 1).description } == String(repeating: "9", count: bits))
  }

  @Test(arguments: sizes)
  func `shifts multiply and divide by powers of two`(bits: Int) {
    var numbers = SeededNumbers(seed: 8)
    for round in 0..<40 {
      let a = numbers.integer(bits: bits)
      let count = Int.random(in: 0...200, using: &numbers)
      let power = Integer(2).power(count, bitLimit: 201) ?? 0
      #expect(a << count == a * power, "round \(round)")
      #expect(a >> count == a.quotientAndRemainder(dividingBy: power)?.quotient, "round \(round)")
      #expect(a >> -count == a << count && a << -count == a >> count, "round \(round)")
    }
  }

  @Test(arguments: sizes)
  func `order agrees with the sign of the difference`(bits: Int) {
    var numbers = SeededNumbers(seed: 9)
    for round in 0..<60 {
      let (a, b) = (numbers.integer(bits: bits), numbers.integer(bits: bits))
      #expect((a < b) == (a - b).isNegative, "round \(round)")
      #expect((a == b) == (a - b).isZero, "round \(round)")
      #expect(!(a < a), "round \(round)")
    }
  }
}
