import NablaNumbers

/// A number a + bi with integers a and b.
struct GaussianInteger: Hashable, Sendable {
  var real: Integer
  var imaginary: Integer

  var isZero: Bool { real.isZero && imaginary.isZero }
  var norm: Integer { real * real + imaginary * imaginary }
  var conjugate: GaussianInteger { GaussianInteger(real: real, imaginary: -imaginary) }

  static func * (left: GaussianInteger, right: GaussianInteger) -> GaussianInteger {
    GaussianInteger(
      real: left.real * right.real - left.imaginary * right.imaginary,
      imaginary: left.real * right.imaginary + left.imaginary * right.real)
  }

  static func - (left: GaussianInteger, right: GaussianInteger) -> GaussianInteger {
    GaussianInteger(real: left.real - right.real, imaginary: left.imaginary - right.imaginary)
  }

  /// The nearest quotient, nil for a divisor of 0.
  func rounded(dividingBy divisor: GaussianInteger) -> GaussianInteger? {
    let norm = divisor.norm
    let product = self * divisor.conjugate
    guard let real = (product.real * 2 + norm).floorDivided(by: norm * 2),
      let imaginary = (product.imaginary * 2 + norm).floorDivided(by: norm * 2)
    else { return nil }
    return GaussianInteger(real: real, imaginary: imaginary)
  }

  /// The quotient if the division leaves no remainder.
  func dividing(by divisor: GaussianInteger) -> GaussianInteger? {
    guard let quotient = rounded(dividingBy: divisor) else { return nil }
    return (self - quotient * divisor).isZero ? quotient : nil
  }

  /// A greatest common divisor, by Euclid's algorithm: every remainder has at most half the norm of
  /// the divisor.
  static func greatestCommonDivisor(
    _ left: GaussianInteger, _ right: GaussianInteger
  ) -> GaussianInteger {
    var (a, b) = (left, right)
    while !b.isZero, let quotient = a.rounded(dividingBy: b) { (a, b) = (b, a - quotient * b) }
    return a
  }

  /// Among the number, its conjugate and their products with units the one with real part >
  /// imaginary part > 0; nil if a part is 0 or both are of one size.
  var standard: GaussianInteger? {
    let (a, b) = (real.magnitude, imaginary.magnitude)
    if a.isZero || b.isZero || a == b { return nil }
    return a > b
      ? GaussianInteger(real: a, imaginary: b) : GaussianInteger(real: b, imaginary: a)
  }

  /// A primitive number as a product of powers of standard numbers and their conjugates, the latter
  /// as negative powers, apart from units and powers of 1 + i: Gaussian primes as far as trial
  /// division of the norm finds them.
  ///
  /// The arguments of Gaussian primes and π are linearly independent over the rationals
  /// (C. Størmer 1896).
  func standardFactors() -> [(base: GaussianInteger, exponent: Int)] {
    var rest = norm
    var divisors: [Integer] = []
    while !rest.isZero, !rest.isOdd { rest = rest >> 1 }
    var candidate = 5
    while candidate < 4000, Integer(candidate) * Integer(candidate) <= rest {
      var divides = false
      while let quotient = rest.exactQuotient(dividingBy: Integer(candidate)) {
        rest = quotient
        divides = true
      }
      if divides { divisors.append(Integer(candidate)) }
      candidate += 4
    }
    if !rest.isOne { divisors.append(rest) }
    var found: [(base: GaussianInteger, exponent: Int)] = []
    var open = self
    for divisor in divisors {
      let common = Self.greatestCommonDivisor(
        self, GaussianInteger(real: divisor, imaginary: 0))
      guard let base = common.standard else { continue }
      var exponent = 0
      while let quotient = open.dividing(by: base) {
        open = quotient
        exponent += 1
      }
      while let quotient = open.dividing(by: base.conjugate) {
        open = quotient
        exponent -= 1
      }
      if exponent != 0 { found.append((base, exponent)) }
    }
    // What is left is a unit times a power of 1 + i, or a factor that is kept whole.
    if let base = open.standard {
      found.append((base, open.dividing(by: base) != nil ? 1 : -1))
    }
    return found
  }
}
