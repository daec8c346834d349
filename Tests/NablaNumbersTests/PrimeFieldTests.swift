import NablaNumbers
import Testing

@Suite struct `Prime fields` {
  @Test(arguments: [3, 5, 65_537, 4_294_967_291, 2_305_843_009_213_693_951] as [UInt64])
  func `a prime makes a field`(prime: UInt64) throws {
    #expect(try #require(PrimeField(modulus: prime)).modulus == prime)
  }

  /// Among them Carmichael numbers, strong pseudoprimes to many bases and products of close primes.
  @Test(
    arguments: [
      0, 1, 2, 4, 9, 561, 2047, 3_215_031_751, 3_825_123_056_546_413_051,
      341_550_071_728_321, 3_474_749_660_383, 4_294_967_291 &* 999_999_937,
      1_000_000_007 * 1_000_000_009, 1 << 62 + 135,
    ] as [UInt64])
  func `no other number makes a field`(number: UInt64) {
    #expect(PrimeField(modulus: number) == nil)
  }

  @Test func `small moduli are accepted exactly where trial division finds a prime`() {
    for number in 3..<5_000 as Range<UInt64> {
      var isPrime = true
      var divisor: UInt64 = 2
      while divisor * divisor <= number {
        if number % divisor == 0 { isPrime = false }
        divisor += 1
      }
      #expect((PrimeField(modulus: number) != nil) == isPrime, "\(number)")
    }
  }

  @Test func `drawn primes lie between two powers of two and differ`() {
    var numbers = SeededNumbers(seed: 20)
    var primes: Set<UInt64> = []
    for _ in 0..<200 {
      let field = PrimeField(drawingFrom: { numbers.next() })
      #expect(field.modulus > 1 << 61 && field.modulus < 1 << 62)
      primes.insert(field.modulus)
    }
    #expect(primes.count == 200)
  }

  @Test(arguments: [0, UInt64.max, 0x1555_5555_5555_5555])
  func `a source that repeats itself still yields a field`(number: UInt64) {
    let field = PrimeField(drawingFrom: { number })
    #expect(PrimeField(modulus: field.modulus) == field)
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `operations agree with those of integers`(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let field =
      seed % 4 == 0
      ? try #require(PrimeField(modulus: [3, 7, 65_537, 998_244_353, 5][Int(seed / 4) - 1]))
      : PrimeField(drawingFrom: { numbers.next() })
    let modulus = try #require(Integer(field.modulus.description))
    func representative(_ value: Integer) throws -> Integer {
      value - (try #require(value.floorDivided(by: modulus))) * modulus
    }
    for round in 0..<100 {
      let (x, y) = (numbers.integer(bits: 200), numbers.integer(bits: 70))
      let (a, b) = (field.element(x), field.element(y))
      let results: [(PrimeField.Element, Integer)] = [
        (a, x), (field.add(a, b), x + y), (field.subtract(a, b), x - y),
        (field.negate(a), -x), (field.multiply(a, b), x * y),
        (field.power(a, 5), x * x * x * x * x), (field.power(b, 0), 1),
      ]
      for (index, result) in results.enumerated() {
        let found = field.representative(of: result.0)
        let expected = try representative(result.1)
        #expect(Integer(found.description) == expected, "round \(round), operation \(index)")
      }
    }
  }

  @Test func `an inverse times its element is one`() throws {
    var numbers = SeededNumbers(seed: 21)
    for round in 0..<200 {
      let field = PrimeField(drawingFrom: { numbers.next() })
      let element = field.element(numbers.next())
      let inverse = try #require(field.inverse(of: element), "round \(round)")
      #expect(field.multiply(inverse, element) == field.one, "round \(round)")
      #expect(field.inverse(of: .zero) == nil)
    }
  }

  @Test func `powers with long exponents follow the laws of exponents`() throws {
    var numbers = SeededNumbers(seed: 22)
    for round in 0..<100 {
      let field = PrimeField(drawingFrom: { numbers.next() })
      let base = field.element(numbers.next())
      let (m, n) = (numbers.integer(bits: 300), numbers.integer(bits: 40))
      let left = try #require(field.power(base, m))
      let right = try #require(field.power(base, n))
      #expect(field.power(base, m + n) == field.multiply(left, right), "round \(round)")
      #expect(field.power(left, n) == field.power(base, m * n), "round \(round)")
    }
  }

  @Test func `zero has no negative power and the power one for the exponent zero`() {
    let field = PrimeField(drawingFrom: { 12_345 })
    #expect(field.power(.zero, -3 as Integer) == nil)
    #expect(field.power(.zero, 0 as Integer) == field.one)
    #expect(field.power(.zero, 7 as Integer) == .zero)
  }

  @Test func `rationals embed as quotients unless the prime divides the denominator`() throws {
    let field = PrimeField(drawingFrom: { 99 })
    let prime = try #require(Integer(field.modulus.description))
    let third = try #require(Rational(1, over: 3))
    let element = try #require(field.element(third))
    #expect(field.multiply(element, field.element(3)) == field.one)
    #expect(field.element(try #require(Rational(1, over: prime))) == nil)
    #expect(field.element(Rational(prime)) == .zero)
    #expect(field.element(Int.min) == field.element(Integer(Int.min)))
  }
}
