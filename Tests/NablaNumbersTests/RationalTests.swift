import NablaNumbers
import Testing

@Test(arguments: [
  ("0.3", "3/10"), (".5", "1/2"), ("5.", "5"), ("12", "12"), ("-1.25", "-5/4"),
  ("1e-3", "1/1000"), ("2.5E10", "25000000000"), ("-0", "0"), ("+0.10", "1/10"),
])
func `decimals are read exactly`(text: String, expected: String) {
  #expect(Rational(decimal: text)?.description == expected)
}

@Test(arguments: [
  ("1/8", 2, "0.12"), ("3/8", 2, "0.38"), ("-1/8", 2, "-0.12"), ("5/2", 0, "2"), ("7/2", 0, "4"),
  ("-1/1000", 2, "0.00"), ("1/3", 4, "0.3333"), ("2", 3, "2.000"), ("1/2", -5, "0"),
])
func `decimals with given places round half to even`(text: String, places: Int, expected: String) {
  #expect(rationalOperand(text)?.decimal(places: places) == expected)
}

@Test(arguments: [
  ("1/2", 3, "0.500"), ("2/3", 3, "0.667"), ("1234567", 3, "1.23e6"), ("999999", 2, "1.0e6"),
  ("9996/1000", 3, "10.0"), ("9994/1000", 3, "9.99"), ("1/10000000", 2, "1.0e-7"),
  ("1/1000000", 2, "0.0000010"), ("0", 3, "0.00"), ("-355/113", 5, "-3.1416"), ("100", 1, "1e2"),
  ("7", 0, "7"),
])
func `decimals with given digits keep their zeros`(text: String, digits: Int, expected: String) {
  #expect(rationalOperand(text)?.decimal(significantDigits: digits) == expected)
}

@Test(arguments: [
  ("1/3", "0.33", true), ("1/3", "0.34", false), ("2/3", "0.7", true), ("1249", "1.2e3", true),
  ("1251", "1.2e3", false), ("1/8", "0.12", true), ("1/8", "0.13", true), ("1/8", "0.1", true),
  ("1/3", "one third", false), ("0", "0.000", true), ("-1/3", "0.33", false),
])
func `a decimal written is accepted within half a unit`(
  text: String, written: String, accepted: Bool
) {
  #expect(rationalOperand(text)?.rounds(to: written) == accepted)
}

@Suite struct `Rationals at the edges` {
  @Test func `a zero denominator makes no rational`() {
    #expect(Rational(1, over: 0) == nil)
    #expect(Rational(0, over: 0) == nil)
    #expect(Rational(0).reciprocal == nil)
    #expect(Rational(0).power(-1, bitLimit: 100) == nil)
  }

  @Test func `the least word keeps its sign and its size`() {
    let least = Integer(Int.min)
    let quarter = Rational(least, over: -4)
    #expect(quarter?.isNegative == false)
    #expect(quarter.map { $0 * 4 } == Rational(-least))
    #expect(Rational(least, over: least) == 1)
    #expect(Rational(1, over: least)?.denominator == -least)
    #expect(Rational(0) - Rational(least) == Rational(-least))
    #expect(Rational(least) - Rational(least) == 0)
    #expect(Rational(least).reciprocal?.reciprocal == Rational(least))
    #expect(Rational(least) < Rational(1, over: 3) ?? 0)
  }

  @Test func `powers stop at the limit of bits`() {
    let half = Rational(1, over: 2) ?? 0
    #expect(half.power(99, bitLimit: 100) != nil)
    #expect(half.power(100, bitLimit: 100) == nil)
    #expect(half.power(-99, bitLimit: 100) != nil)
    #expect(half.power(Int.min, bitLimit: 1_000_000) == nil)
    #expect(half.power(Int.max, bitLimit: 1_000_000) == nil)
    #expect(Rational(-1).power(Int.min, bitLimit: 1) == 1)
    #expect(Rational(-1).power(Int.max, bitLimit: 1) == -1)
    #expect(Rational(0).power(0, bitLimit: 1) == 1)
  }

  @Test func `doubles far out of range become infinite or zero`() throws {
    let huge = try #require(Integer(10).power(400, bitLimit: 2_000))
    #expect(Rational(huge).doubleValue == .infinity)
    #expect(Rational(-huge).doubleValue == -.infinity)
    #expect(Rational(1, over: huge)?.doubleValue == 0)
    #expect(Rational(huge, over: huge * 3 + 1)?.doubleValue == 1.0 / 3.0)
    #expect(Rational(exactly: .nan) == nil)
    #expect(Rational(exactly: -.infinity) == nil)
    #expect(Rational(exactly: -0.0) == 0)
  }

  @Test func `a long decimal is read and written without loss`() throws {
    let text = "-0." + String(repeating: "0123456789", count: 500) + "1"
    let value = try #require(Rational(decimal: text))
    #expect(value.terminatingDecimal == text)
    #expect(value.decimal(places: 5_001) == text)
    #expect(value.rounds(to: text))
  }

  @Test func `places beyond the limit are written up to the limit`() {
    let third = Rational(1, over: 3) ?? 0
    #expect(third.decimal(places: Int.max).utf8.count == 2 + Rational.decimalExponentLimit)
    #expect(
      third.decimal(significantDigits: Int.max).utf8.count == 2 + Rational.decimalExponentLimit)
  }
}
