extension PrimeField {
  /// The element that an integer stands for.
  @inlinable
  package func element(_ value: Int) -> Element {
    let residue = arithmetic.residue(UInt64(value.magnitude))
    return Element(residue: value < 0 ? arithmetic.difference(0, residue) : residue)
  }

  /// The element that a number of 64 bits stands for; a uniform number gives an almost uniform
  /// element.
  @inlinable
  package func element(_ value: UInt64) -> Element {
    Element(residue: arithmetic.residue(value))
  }

  /// The element that an integer stands for, in time linear in its length.
  package func element(_ value: Integer) -> Element {
    if let small = value.asInt { return element(small) }
    return value.withLimbs { isNegative, limbs in
      let base = arithmetic.residue(UInt64(UInt.max))
      let radix = arithmetic.sum(base, arithmetic.one)
      var residue: UInt64 = 0
      for limb in limbs.reversed() {
        residue = arithmetic.sum(
          arithmetic.product(residue, radix), arithmetic.residue(UInt64(limb)))
      }
      return Element(residue: isNegative ? arithmetic.difference(0, residue) : residue)
    }
  }

  /// The element that a rational stands for, or nil if the prime divides the denominator.
  package func element(_ value: Rational) -> Element? {
    let numerator = element(value.numerator)
    return value.isInteger ? numerator : divide(numerator, by: element(value.denominator))
  }

  /// The integer from 0 up to but not including the prime that stands for an element.
  @inlinable
  package func representative(of element: Element) -> UInt64 {
    arithmetic.value(element.residue)
  }
}
