extension PrimeField {
  /// The sum.
  @inlinable @inline(__always)
  package func add(_ lhs: Element, _ rhs: Element) -> Element {
    Element(residue: arithmetic.sum(lhs.residue, rhs.residue))
  }

  /// The difference.
  @inlinable @inline(__always)
  package func subtract(_ lhs: Element, _ rhs: Element) -> Element {
    Element(residue: arithmetic.difference(lhs.residue, rhs.residue))
  }

  /// The element with the other sign.
  @inlinable @inline(__always)
  package func negate(_ element: Element) -> Element {
    Element(residue: arithmetic.difference(0, element.residue))
  }

  /// The product.
  @inlinable @inline(__always)
  package func multiply(_ lhs: Element, _ rhs: Element) -> Element {
    Element(residue: arithmetic.product(lhs.residue, rhs.residue))
  }

  /// One divided by the element, or nil for 0; a power by P. de Fermat's little theorem.
  package func inverse(of element: Element) -> Element? {
    element.isZero ? nil : power(element, modulus - 2)
  }

  /// The quotient, or nil if the divisor is 0.
  package func divide(_ dividend: Element, by divisor: Element) -> Element? {
    inverse(of: divisor).map { multiply(dividend, $0) }
  }

  /// The power; 0⁰ is 1.
  package func power(_ base: Element, _ exponent: UInt64) -> Element {
    Element(residue: arithmetic.power(base.residue, exponent))
  }

  /// The power, or nil for a negative power of 0; 0⁰ is 1.
  ///
  /// Time is that of a power with 62 bits, for exponents of any size.
  package func power(_ base: Element, _ exponent: Integer) -> Element? {
    if base.isZero { return exponent.isNegative ? nil : exponent.isZero ? one : .zero }
    let order = modulus - 1
    let rest = exponent.magnitude.remainder(dividingBy: order)
    return power(base, exponent.isNegative && rest != 0 ? order - rest : rest)
  }
}

extension Integer {
  /// The magnitude modulo a number from 1 to 2⁶².
  fileprivate func remainder(dividingBy divisor: UInt64) -> UInt64 {
    if case .small(let value) = storage { return UInt64(value.magnitude) % divisor }
    return quotientAndRemainder(dividingBy: Integer(divisor))?.remainder.lowBits ?? 0
  }
}
