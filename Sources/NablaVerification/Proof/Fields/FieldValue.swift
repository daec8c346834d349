import NablaNumbers

/// The value of a rational function at a random point of a prime field, with bounds of the degree
/// and of the bits of the coefficients of its numerator and denominator over the integers.
struct FieldValue: Sendable {
  /// Bounds for one polynomial; `bits` bounds the logarithm of the sum of its coefficients.
  struct Size: Sendable {
    var degree = 0
    var bits = 0

    static func + (left: Size, right: Size) -> Size {
      Size(degree: left.degree &+ right.degree, bits: left.bits &+ right.bits)
    }

    func times(_ count: Int) throws(ReductionFailure) -> Size {
      let (degree, first) = degree.multipliedReportingOverflow(by: count)
      let (bits, second) = bits.multipliedReportingOverflow(by: count)
      if first || second { throw .tooLarge }
      return try Size(degree: degree, bits: bits).checked()
    }

    func checked() throws(ReductionFailure) -> Size {
      // Two such numbers can be added in 32 bits.
      if degree > 1 << 29 || bits > 1 << 29 { throw .tooLarge }
      return self
    }
  }

  var element: PrimeField.Element
  var above = Size()
  var below = Size()
}

/// Rational arithmetic on such values.
struct FieldArithmetic: Sendable {
  let field: PrimeField

  func value(_ number: Rational) throws(ReductionFailure) -> FieldValue {
    guard let element = field.element(number) else { throw .undefined }
    return FieldValue(
      element: element, above: .init(degree: 0, bits: number.numerator.bitWidth),
      below: .init(degree: 0, bits: number.denominator.bitWidth))
  }

  func multiply(_ left: FieldValue, _ right: FieldValue) throws(ReductionFailure) -> FieldValue {
    FieldValue(
      element: field.multiply(left.element, right.element),
      above: try (left.above + right.above).checked(),
      below: try (left.below + right.below).checked())
  }

  func add(_ left: FieldValue, _ right: FieldValue) throws(ReductionFailure) -> FieldValue {
    let one = left.above + right.below
    let other = right.above + left.below
    let above = FieldValue.Size(
      degree: max(one.degree, other.degree), bits: max(one.bits, other.bits) + 1)
    return FieldValue(
      element: field.add(left.element, right.element), above: try above.checked(),
      below: try (left.below + right.below).checked())
  }

  /// A power; a negative one of 0 is no value at this point.
  func power(_ base: FieldValue, _ order: Int) throws(ReductionFailure) -> FieldValue {
    guard let element = field.power(base.element, Integer(order)) else { throw .undefined }
    let count = Int(clamping: order.magnitude)
    let above = try base.above.times(count)
    let below = try base.below.times(count)
    return order < 0
      ? FieldValue(element: element, above: below, below: above)
      : FieldValue(element: element, above: above, below: below)
  }
}
