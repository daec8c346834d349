import NablaNumbers

/// Constructors with local folding: constants, zeros, ones and the nearest like terms.
///
/// They never flatten, so that growing expressions cost what is added to them.
extension ExpressionPool {
  /// The sum of two terms.
  public mutating func add(_ left: Handle, _ right: Handle) -> Handle {
    if left == zero { return right }
    if right == zero { return left }
    if isNumber(left), isNumber(right), let a = rational(left), let b = rational(right) {
      return number(a + b)
    }
    if left == right { return multiply(two, left) }
    return left < right
      ? intern(.sum(ListID(start: 0)), left, right) : intern(.sum(ListID(start: 0)), right, left)
  }

  /// The product of two factors.
  public mutating func multiply(_ left: Handle, _ right: Handle) -> Handle {
    if left == one { return right }
    if right == one { return left }
    if left == zero || right == zero { return zero }
    if isNumber(left), isNumber(right), let a = rational(left), let b = rational(right) {
      return number(a * b)
    }
    if left == right { return power(left, two) }
    return left < right
      ? intern(.product(ListID(start: 0)), left, right)
      : intern(.product(ListID(start: 0)), right, left)
  }

  /// The sum of any number of terms as one node.
  public mutating func add(_ terms: [Handle]) -> Handle {
    terms.withUnsafeBufferPointer { add($0) }
  }

  /// The product of any number of factors as one node.
  public mutating func multiply(_ factors: [Handle]) -> Handle {
    factors.withUnsafeBufferPointer { multiply($0) }
  }

  package mutating func add(_ terms: UnsafeBufferPointer<Handle>) -> Handle {
    switch terms.count {
    case 0: return zero
    case 1: return terms[0]
    case 2: return add(terms[0], terms[1])
    default:
      if hasNumber(terms) { return addFoldingNumbers(terms) }
      return intern(.sum(ListID(start: 0)), terms)
    }
  }

  package mutating func multiply(_ factors: UnsafeBufferPointer<Handle>) -> Handle {
    switch factors.count {
    case 0: return one
    case 1: return factors[0]
    case 2: return multiply(factors[0], factors[1])
    default:
      if hasNumber(factors) { return multiplyFoldingNumbers(factors) }
      return intern(.product(ListID(start: 0)), factors)
    }
  }

  private func hasNumber(_ operands: UnsafeBufferPointer<Handle>) -> Bool {
    for operand in operands where isNumber(operand) { return true }
    return false
  }

  private mutating func addFoldingNumbers(_ terms: UnsafeBufferPointer<Handle>) -> Handle {
    var kept: [Handle] = []
    kept.reserveCapacity(terms.count)
    var constant: Handle = zero
    for term in terms {
      if isNumber(term) {
        constant = add(constant, term)
      } else {
        kept.append(term)
      }
    }
    if kept.count > 1, constant == zero { return add(kept) }
    if kept.count > 1 {
      kept.append(constant)
      return intern(.sum(ListID(start: 0)), kept)
    }
    return kept.isEmpty ? constant : add(kept[0], constant)
  }

  private mutating func multiplyFoldingNumbers(_ factors: UnsafeBufferPointer<Handle>) -> Handle {
    var kept: [Handle] = []
    kept.reserveCapacity(factors.count)
    var constant: Handle = one
    for factor in factors {
      if isNumber(factor) {
        constant = multiply(constant, factor)
      } else {
        kept.append(factor)
      }
    }
    if constant == zero { return zero }
    if kept.count > 1, constant == one { return multiply(kept) }
    if kept.count > 1 {
      kept.insert(constant, at: 0)
      return intern(.product(ListID(start: 0)), kept)
    }
    return kept.isEmpty ? constant : multiply(kept[0], constant)
  }

  public mutating func negate(_ operand: Handle) -> Handle { multiply(minusOne, operand) }

  public mutating func subtract(_ left: Handle, _ right: Handle) -> Handle {
    add(left, negate(right))
  }

  public mutating func divide(_ above: Handle, _ below: Handle) -> Handle {
    multiply(above, power(below, minusOne))
  }

  public mutating func power(_ base: Handle, _ exponent: Handle) -> Handle {
    if exponent == one { return base }
    if exponent == zero { return one }
    if base == one { return one }
    if isNumber(base), isNumber(exponent), let value = foldedPower(base, exponent) { return value }
    return intern(.power(base, exponent))
  }

  public mutating func function(_ function: Function, _ argument: Handle) -> Handle {
    if argument == zero, let value = function.valueAtZero { return integer(value) }
    return intern(.function(function, argument))
  }

  /// The exact value of a power of numbers where it is rational and not too long.
  package mutating func foldedPower(_ base: Handle, _ exponent: Handle) -> Handle? {
    guard let value = rational(base), let order = rational(exponent) else { return nil }
    if let whole = order.asInt {
      if value.isZero, whole < 0 { return nil }
      guard let result = value.power(whole, bitLimit: 4096) else { return nil }
      return number(result)
    }
    guard let degree = order.denominator.asInt, let whole = order.numerator.asInt, degree <= 64,
      value.signum >= 0, let exact = value.exactRoot(degree)
    else { return nil }
    if exact.isZero, whole < 0 { return nil }
    guard let result = exact.power(whole, bitLimit: 4096) else { return nil }
    return number(result)
  }
}

extension Function {
  /// The value at 0 where it is an integer.
  package var valueAtZero: Int? {
    switch self {
    case .exp, .cos, .sec, .cosh, .sech: 1
    case .sqrt, .sin, .tan, .sinh, .tanh, .asin, .atan, .asinh, .atanh, .relu, .erf, .abs, .sign,
      .step:
      0
    default: nil
    }
  }
}
