import NablaExpressions
import NablaNumbers

extension Reducer {
  /// Circular functions by cosine and sine of the monomials of the angle.
  mutating func trigonometric(
    _ function: Function, _ angle: FactoredForm
  ) throws(ReductionFailure) -> FactoredForm {
    var total = (cosine: FactoredForm.one, sine: FactoredForm.zero)
    for (value, key) in try linearParts(angle) {
      total = try sum(of: total, circular(key, value))
    }
    switch function {
    case .sin: return total.sine
    case .cos: return total.cosine
    case .tan: return try algebra.multiply(total.sine, algebra.inverse(total.cosine))
    case .cot: return try algebra.multiply(total.cosine, algebra.inverse(total.sine))
    case .sec: return try algebra.inverse(total.cosine)
    default: return try algebra.inverse(total.sine)
    }
  }

  private typealias Circular = (cosine: FactoredForm, sine: FactoredForm)

  private mutating func sum(
    of a: Circular, _ b: Circular
  ) throws(ReductionFailure) -> Circular {
    let cosine = try algebra.add([
      algebra.multiply(a.cosine, b.cosine), algebra.multiply(a.sine, b.sine).scaled(by: -1),
    ])
    let sine = try algebra.add([
      algebra.multiply(a.sine, b.cosine), algebra.multiply(a.cosine, b.sine),
    ])
    return (cosine, sine)
  }

  private mutating func circular(
    _ key: [FactoredForm.Factor], _ value: Rational
  ) throws(ReductionFailure) -> Circular {
    if let (sign, rest) = signAndRest(key) {
      let plain = try circular(rest, value)
      return (plain.cosine, try algebra.multiply(plain.sine, sign))
    }
    if FactoredForm(1, key) == pi, let exact = try multipleOfPi(value) { return exact }
    // The circular functions of an arc are those of its multiples.
    let before = angleUnits[key] ?? (isArc(key) ? 1 : nil)
    let (unit, order) = try measured(value, by: before, limit: 64)
    if let before, before != unit { isOutdated = true }
    angleUnits[key] = unit
    var result: Circular = (.one, .zero)
    let base = try unitAngle(key, unit)
    for _ in 0..<Int(order.magnitude) { result = try sum(of: result, base) }
    if order < 0 { result.sine = result.sine.scaled(by: -1) }
    return result
  }

  /// A factor ±1 of an angle, and the other ones; nil if there is none.
  private func signAndRest(
    _ key: [FactoredForm.Factor]
  ) -> (sign: FactoredForm, rest: [FactoredForm.Factor])? {
    if key.count < 2 { return nil }
    for (place, factor) in key.enumerated() {
      guard let kernel = algebra.kernel(of: factor.id),
        case .sign = algebra.kernels[kernel].kind
      else { continue }
      var rest = key
      rest.remove(at: place)
      return (FactoredForm(factor: factor.id), rest)
    }
    return nil
  }

  private func isArc(_ key: [FactoredForm.Factor]) -> Bool {
    guard key.count == 1, key[0].exponent == 1, let kernel = algebra.kernel(of: key[0].id),
      case .application(let function, _) = algebra.kernels[kernel].kind
    else { return false }
    return function == .asin || function == .atan
  }

  private mutating func unitAngle(
    _ key: [FactoredForm.Factor], _ unit: Rational
  ) throws(ReductionFailure) -> Circular {
    if unit.isOne, key.count == 1, key[0].exponent == 1,
      let kernel = algebra.kernel(of: key[0].id),
      case .application(let function, let x) = algebra.kernels[kernel].kind
    {
      switch function {
      case .asin:
        let rest = try algebra.add([.one, algebra.power(x, 2).scaled(by: -1)])
        return (try power(rest, Self.half), x)
      case .atan:
        let root = try power(algebra.add([.one, algebra.power(x, 2)]), -Self.half)
        return (root, try algebra.multiply(x, root))
      default: break
      }
    }
    var cosine = Kernel(kind: .cosine(key, unit: unit))
    cosine.indices = algebra.indices(of: FactoredForm(1, key))
    cosine.lower = Bound(-1, isIncluded: true)
    cosine.upper = Bound(1, isIncluded: true)
    var sine = cosine
    let place = algebra.insert(cosine)
    sine = Kernel(kind: .sine(key, unit: unit))
    sine.indices = cosine.indices
    sine.lower = cosine.lower
    sine.upper = cosine.upper
    var square = KernelPolynomial(1)
    square.add(-1, KernelMonomial(place, 2))
    sine.relation = (2, square)
    return (algebra.form(kernel: place), algebra.form(kernel: algebra.insert(sine)))
  }

  /// Cosine and sine of a multiple of π by twelfths of the circle and eighths; nil for others.
  private mutating func multipleOfPi(_ value: Rational) throws(ReductionFailure) -> Circular? {
    guard let denominator = value.denominator.asInt, [1, 2, 3, 4, 6].contains(denominator),
      let remainder = (value * 12).numerator.quotientAndRemainder(dividingBy: 24)?.remainder
        .asInt
    else { return nil }
    let place = (remainder + 24) % 24
    guard let cosine = try cosineOfTwelfth(place),
      let sine = try cosineOfTwelfth((place + 18) % 24)
    else { return nil }
    return (cosine, sine)
  }

  /// cos(nπ/12) for n from 0 to 23.
  private mutating func cosineOfTwelfth(_ place: Int) throws(ReductionFailure) -> FactoredForm? {
    if place > 12 { return try cosineOfTwelfth(24 - place) }
    if place > 6 { return try cosineOfTwelfth(12 - place)?.scaled(by: -1) }
    switch place {
    case 0: return .one
    case 2: return try primePower(3, Self.half).scaled(by: Self.half)
    case 3: return try primePower(2, Self.half).scaled(by: Self.half)
    case 4: return FactoredForm(Self.half)
    case 6: return .zero
    default: return nil
    }
  }
}
