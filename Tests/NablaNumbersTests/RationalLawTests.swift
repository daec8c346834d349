import NablaNumbers
import Testing

/// Sizes in bits within a word, where products leave the word, and well beyond.
private let sizes = [4, 20, 31, 62, 66, 300]

@Suite struct `Laws of rationals` {
  @Test(arguments: sizes)
  func `rationals form a field`(bits: Int) {
    var numbers = SeededNumbers(seed: 11)
    for round in 0..<100 {
      let (a, b, c) = (
        numbers.rational(bits: bits), numbers.rational(bits: bits), numbers.rational(bits: bits)
      )
      #expect(a + b == b + a, "round \(round)")
      #expect((a + b) + c == a + (b + c), "round \(round)")
      #expect((a * b) * c == a * (b * c), "round \(round)")
      #expect(a * (b + c) == a * b + a * c, "round \(round)")
      #expect((a - b) + b == a, "round \(round)")
      #expect(a - a == 0, "round \(round)")
      if b.isZero {
        #expect(b.reciprocal == nil && a.dividing(by: b) == nil, "round \(round)")
      } else {
        #expect(a.dividing(by: b).map { $0 * b } == a, "round \(round)")
        #expect(b.reciprocal.map { $0 * b } == 1, "round \(round)")
      }
    }
  }

  @Test(arguments: sizes)
  func `results are in lowest terms with a positive denominator`(bits: Int) {
    var numbers = SeededNumbers(seed: 12)
    for round in 0..<100 {
      let (a, b) = (numbers.rational(bits: bits), numbers.rational(bits: bits))
      for result in [a, b, a + b, a - b, a * b, a.dividing(by: b) ?? 0, a.reciprocal ?? 0] {
        let divisor = Integer.greatestCommonDivisor(result.numerator, result.denominator)
        #expect(divisor == 1 && result.denominator > 0, "round \(round)")
      }
    }
  }

  @Test(arguments: sizes)
  func `order agrees with the sign of the difference and with floors`(bits: Int) {
    var numbers = SeededNumbers(seed: 13)
    for round in 0..<100 {
      let (a, b) = (numbers.rational(bits: bits), numbers.rational(bits: bits))
      #expect((a < b) == (a - b).isNegative, "round \(round)")
      let floor = Rational(a.floor)
      #expect(floor <= a && a < floor + 1, "round \(round)")
    }
  }

  @Test(arguments: sizes)
  func `decimals are within half a unit of the last place`(bits: Int) throws {
    var numbers = SeededNumbers(seed: 14)
    for round in 0..<100 {
      let a = numbers.rational(bits: bits)
      let places = Int.random(in: 0...30, using: &numbers)
      let fixed = a.decimal(places: places)
      let significant = a.decimal(significantDigits: places + 1)
      #expect(a.rounds(to: fixed), "round \(round): \(fixed)")
      #expect(a.rounds(to: significant), "round \(round): \(significant)")
      if let exact = a.terminatingDecimal {
        #expect(Rational(decimal: exact) == a, "round \(round): \(exact)")
      }
    }
  }

  @Test func `every finite double is read exactly and given back`() throws {
    var numbers = SeededNumbers(seed: 15)
    for round in 0..<2_000 {
      let value = Double(bitPattern: numbers.next() >> (round % 3 == 0 ? 12 : 0))
      if !value.isFinite {
        #expect(Rational(exactly: value) == nil, "round \(round)")
        continue
      }
      let exact = try #require(Rational(exactly: value))
      #expect(exact.doubleValue == value, "round \(round)")
    }
  }
}
