import NablaExpressions
import NablaNumbers

/// Evaluates written forms at a random point of a random prime field (J. T. Schwartz 1980,
/// R. Zippel 1979): what is rational by arithmetic, all else by the kernels of a reducer.
struct FieldEvaluator {
  private let arithmetic: FieldArithmetic
  private var random: RandomNumbers
  private var kernelValues: [Int: FieldValue] = [:]
  private var memo = HandleMemo<FieldValue>()
  private var depth = 0

  init(_ random: RandomNumbers) {
    var random = random
    let field = PrimeField(drawingFrom: { random.next() })
    arithmetic = FieldArithmetic(field: field)
    self.random = random
  }

  /// The state of the random numbers after the point was drawn.
  var nextRandom: RandomNumbers { random }

  mutating func difference(
    _ left: Handle, _ right: Handle, _ reducer: inout Reducer, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FieldValue {
    let one = try value(of: left, &reducer, &pool)
    let other = try value(of: right, &reducer, &pool)
    return try arithmetic.add(one, negative(other))
  }

  private func negative(_ value: FieldValue) -> FieldValue {
    var result = value
    result.element = arithmetic.field.negate(value.element)
    return result
  }

  private mutating func value(
    of handle: Handle, _ reducer: inout Reducer, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FieldValue {
    if let number = pool.rational(handle) { return try arithmetic.value(number) }
    if let known = memo[handle] { return known }
    try reducer.algebra.spend(1)
    guard depth < Reducer.deepest else { throw .tooLarge }
    depth += 1
    defer { depth -= 1 }
    let result = try computed(handle, &reducer, &pool)
    memo.set(result, for: handle)
    return result
  }

  private mutating func computed(
    _ handle: Handle, _ reducer: inout Reducer, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FieldValue {
    switch pool[handle] {
    case .sum(let list), .heldSum(let list):
      var total = try arithmetic.value(0)
      for operand in pool.operands(list) {
        total = try arithmetic.add(total, value(of: operand, &reducer, &pool))
      }
      return total
    case .product(let list), .heldProduct(let list):
      var total = try arithmetic.value(1)
      for operand in pool.operands(list) {
        total = try arithmetic.multiply(total, value(of: operand, &reducer, &pool))
      }
      return total
    case .negation(let operand): return negative(try value(of: operand, &reducer, &pool))
    case .quotient(let above, let below):
      let top = try value(of: above, &reducer, &pool)
      let bottom = try arithmetic.power(value(of: below, &reducer, &pool), -1)
      return try arithmetic.multiply(top, bottom)
    case .power(let base, let exponent):
      guard let order = pool.rational(pool.canonical(exponent)), order.isInteger else { break }
      guard let count = order.asInt else { throw .tooLarge }
      return try arithmetic.power(value(of: base, &reducer, &pool), count)
    default: break
    }
    return try value(of: reducer.form(of: handle, in: &pool), reducer.algebra)
  }

  private mutating func value(
    of form: FactoredForm, _ algebra: KernelAlgebra
  ) throws(ReductionFailure) -> FieldValue {
    var result = try arithmetic.value(form.coefficient)
    for factor in form.factors {
      let base: FieldValue
      switch algebra.factors[factor.id] {
      case .kernel(let kernel): base = try value(ofKernel: kernel, algebra)
      case .polynomial(let polynomial):
        var total = try arithmetic.value(0)
        for (monomial, coefficient) in polynomial.ordered {
          var term = try arithmetic.value(coefficient)
          for power in monomial.powers {
            let own = try value(ofKernel: power.kernel, algebra)
            term = try arithmetic.multiply(term, arithmetic.power(own, power.exponent))
          }
          total = try arithmetic.add(total, term)
        }
        base = total
      }
      result = try arithmetic.multiply(result, arithmetic.power(base, factor.exponent))
    }
    return result
  }

  /// A random element for a kernel without relations; cosine and sine of one angle come from
  /// a random point of the circle. Other algebraic kernels are not for this road.
  private mutating func value(
    ofKernel place: Int, _ algebra: KernelAlgebra
  ) throws(ReductionFailure) -> FieldValue {
    if let known = kernelValues[place] { return known }
    let kernel = algebra.kernels[place]
    var result = FieldValue(
      element: arithmetic.field.element(random.next()), above: .init(degree: 1, bits: 1))
    switch kernel.kind {
    case .cosine(let key, let unit):
      result = try circle(result, place, algebra.place(of: .sine(key, unit: unit)))
    case .sine(let key, let unit):
      if let cosine = algebra.place(of: .cosine(key, unit: unit)) {
        _ = try circle(result, cosine, place)
        guard let sine = kernelValues[place] else { throw .tooLarge }
        return sine
      }
      throw .tooLarge
    default:
      if kernel.relation != nil { throw .tooLarge }
    }
    kernelValues[place] = result
    return result
  }

  /// ((1 − m²)/(1 + m²), 2m/(1 + m²)); the cosine is returned.
  private mutating func circle(
    _ parameter: FieldValue, _ cosine: Int, _ sine: Int?
  ) throws(ReductionFailure) -> FieldValue {
    let square = try arithmetic.multiply(parameter, parameter)
    let one = try arithmetic.value(1)
    let below = try arithmetic.power(arithmetic.add(one, square), -1)
    let x = try arithmetic.multiply(arithmetic.add(one, negative(square)), below)
    let y = try arithmetic.multiply(
      arithmetic.multiply(arithmetic.value(2), parameter), below)
    kernelValues[cosine] = x
    if let sine { kernelValues[sine] = y }
    return x
  }
}
