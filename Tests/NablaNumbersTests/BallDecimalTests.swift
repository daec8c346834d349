import NablaNumbers
import Testing

private let pi =
  "3.14159265358979323846264338327950288419716939937510582097494459230781640628620899"

@Suite struct `Balls in decimal digits` {
  @Test(arguments: [1, 2, 5, 20, 50, 77])
  func `pi and e have their digits`(digits: Int) {
    let arithmetic = BallArithmetic(precision: 400)
    let expected = Rational(decimal: pi)?.decimal(significantDigits: digits)
    #expect(arithmetic.pi.decimal(significantDigits: digits) == expected)
    #expect(arithmetic.pi.roundedDecimal(significantDigits: digits) == expected)
    let e = "2.718281828459045235360287471352662497757247093699959574966967627724076630353547"
    #expect(
      arithmetic.e.roundedDecimal(significantDigits: digits)
        == Rational(decimal: e)?.decimal(significantDigits: digits))
  }

  @Test func `constants beyond the stored digits agree with shorter ones`() throws {
    for precision in [1_200, 1_216, 1_248, 1_249, 1_300, 2_000, 5_000] {
      let (short, long) = (
        BallArithmetic(precision: precision), BallArithmetic(precision: precision + 700)
      )
      #expect(short.pi.meets(long.pi), "\(precision) bits")
      let two = Ball(2)
      #expect(short.log(two).meets(long.log(two)), "\(precision) bits")
      #expect(try #require(long.log(two).relativeAccuracy) > precision + 695)
    }
    // D. Shanks and J. Wrench, "Calculation of π to 100,000 decimals", 1962: the digits before
    // the thousandth place.
    let digits = try #require(
      BallArithmetic(precision: 3_400).pi.roundedDecimal(significantDigits: 1_001))
    #expect(digits.hasSuffix("2164201989"))
  }

  @Test(arguments: [
    ("0", "0"), ("1", "1.0000"), ("-12.5", "-12.500"), ("0.001", "0.0010000"),
    ("12345678", "1.2346e7"), ("1e-9", "1.0000e-9"), ("99999.9", "1.0000e5"),
    ("2e400", "2.0000e400"), ("-3e-2000", "-3.0000e-2000"),
  ])
  func `the text has the digits asked for`(decimal: String, expected: String) throws {
    let arithmetic = BallArithmetic(precision: 200)
    let ball = try #require(arithmetic.ball(decimal: decimal))
    #expect(ball.decimal(significantDigits: 5) == expected)
  }

  @Test func `no more digits are written than the ball allows`() throws {
    let arithmetic = BallArithmetic(precision: 53)
    // 1000 ± 2.
    let coarse = arithmetic.ball(500, timesTwoTo: 1, radius: 1)
    #expect(coarse.decimal(significantDigits: 10) == "1.00e3")
    #expect(coarse.roundedDecimal(significantDigits: 3) == nil)
    #expect(arithmetic.ball(0, timesTwoTo: -9, radius: 1).decimal(significantDigits: 3) == nil)
    #expect(arithmetic.ball(1, timesTwoTo: 0, radius: 1).decimal(significantDigits: 3) == nil)
    #expect(arithmetic.log(.zero).decimal(significantDigits: 3) == nil)
    #expect(arithmetic.ball(decimal: "one") == nil)
  }

  @Test func `what is written differs from the number by a unit at most`() throws {
    var numbers = SeededNumbers(seed: 31)
    for round in 0..<300 {
      let value = numbers.rational(bits: 80)
      let arithmetic = BallArithmetic(precision: 24 + Int(numbers.next() % 60))
      let ball = arithmetic.divide(arithmetic.ball(value), by: Ball(7))
      if value.isZero { continue }
      let exact = try #require(value.dividing(by: 7))
      let text = try #require(ball.decimal(significantDigits: 40), "round \(round)")
      let written = try #require(Rational(decimal: text), "round \(round)")
      let count = text.prefix { $0 != "e" }.drop { "-0.".contains($0) }
        .filter { $0 != "." }.count
      // A unit of the last digit is at most the number divided by 10^(count - 1).
      let gap = (written - exact).absoluteValue
      let scale = try #require(Integer(10).power(count - 1, bitLimit: 1_000))
      #expect(!(written.absoluteValue < gap * Rational(scale)), "round \(round): \(text)")
      #expect(count >= 6, "round \(round)")
    }
  }
}
