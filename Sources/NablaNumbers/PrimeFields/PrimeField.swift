/// The integers modulo a prime of up to 62 bits.
///
/// A question about polynomials with integer coefficients is answered at random points of such a
/// field; the answer is a proof, up to a known error, only if the prime is drawn after the question
/// is known.
package struct PrimeField: Hashable, Sendable {
  /// An element of one field; it means nothing in another.
  package struct Element: Hashable, Sendable, BitwiseCopyable {
    @usableFromInline let residue: UInt64

    @inlinable @inline(__always)
    init(residue: UInt64) { self.residue = residue }

    /// The zero of every field.
    package static let zero = Element(residue: 0)

    /// Whether the element is 0.
    @inlinable package var isZero: Bool { residue == 0 }
  }

  @usableFromInline let arithmetic: MontgomeryModulus

  /// The field with an odd prime below 2⁶² as its modulus; nil for any other number.
  package init?(modulus: UInt64) {
    if modulus < 3 || !MontgomeryModulus.isPrime(modulus) { return nil }
    arithmetic = MontgomeryModulus(odd: modulus)
  }

  /// A field whose modulus is a random prime between 2⁶¹ and 2⁶².
  ///
  /// All primes of the range are equally likely, as far as the source is uniform. About 21 numbers
  /// are drawn on average. A source that never hits a prime is left after a thousand draws for
  /// the next prime above its last number.
  package init(drawingFrom next: () -> UInt64) {
    let lowest: UInt64 = 1 << 61
    var candidate = lowest | 1
    for _ in 0..<1000 {
      candidate = lowest | next() & (lowest - 1) | 1
      if let field = PrimeField(modulus: candidate) {
        self = field
        return
      }
    }
    while !MontgomeryModulus.isPrime(candidate) {
      candidate += 2
      if candidate >= 1 << 62 { candidate = lowest | 1 }
    }
    arithmetic = MontgomeryModulus(odd: candidate)
  }

  /// The prime.
  @inlinable package var modulus: UInt64 { arithmetic.modulus }

  /// The one of the field.
  @inlinable package var one: Element { Element(residue: arithmetic.one) }
}
