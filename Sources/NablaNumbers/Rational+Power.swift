extension Rational {
  /// The power; nil if numerator or denominator would have more than `bitLimit` bits, or for a
  /// negative power of 0.
  ///
  /// 0⁰ is 1. The sizes are checked before each multiplication.
  public func power(_ exponent: Int, bitLimit: Int) -> Rational? {
    if exponent < 0 {
      // Int.min has no positive counterpart; such a power is 1 or -1 or far beyond any memory.
      let positive = exponent == Int.min ? Int.max - 1 : -exponent
      return reciprocal?.power(positive, bitLimit: bitLimit)
    }
    guard let top = numerator.power(exponent, bitLimit: bitLimit),
      let bottom = denominator.power(exponent, bitLimit: bitLimit)
    else { return nil }
    return Rational(reduced: top, bottom)
  }

  /// The rational whose power with exponent `degree` this is, or nil if there is none.
  ///
  /// Of two roots the one that is not negative is returned. A degree below 1 has no root.
  public func exactRoot(_ degree: Int) -> Rational? {
    guard let bottom = denominator.root(degree), let top = numerator.root(degree) else {
      return nil
    }
    return Rational(reduced: top, bottom)
  }
}
