import NablaExpressions
import NablaNumbers

/// Reduces written forms to rational functions of kernels.
///
/// Every step is an identity wherever the form before it is defined, apart from points on thin sets
/// at which both sides are continuous; where a step uses more, it is recorded in `jumps`.
struct Reducer {
  var algebra = KernelAlgebra()
  /// Factors at whose zeros an expression may jump: the reduction holds where they are not 0.
  var jumps: Set<Int> = []
  /// Factors that are 0 wherever the reduction is meant.
  private(set) var zeros: Set<Int> = []
  /// Whether conditions on values are kernels that are 0 or 1, rather than made of signs.
  var keepsConditions = false
  /// Sums whose values are assumed.
  var sumFacts: [SumFact] = []
  private var memo = HandleMemo<FactoredForm>()
  /// Conditions such as k ≠ i that stay what they are.
  var keptExclusions: Set<Handle> = []
  /// Whether equations are to be used, at whose points a denominator may be 0.
  var usesEquations = false
  /// Sums that are parts of canonical forms.
  var canonicalSums: Set<Handle> = []
  /// Sums in normal form, which are kernels.
  var settledSums: Set<Handle> = []
  /// The numbers of which the coefficients of a kernel's monomial are whole multiples.
  var exponentialUnits: [[FactoredForm.Factor]: Rational] = [:]
  var angleUnits: [[FactoredForm.Factor]: Rational] = [:]
  /// The least common denominators of the exponents of roots.
  var rootUnits: [Int: Int] = [:]
  var primeUnits: [Integer: Int] = [:]
  /// Whether a unit grew, so that the forms made so far use kernels of two sizes.
  var isOutdated = false
  /// The form of π, once it is asked for.
  var pi: FactoredForm?
  private var depth = 0

  static let deepest = 400
  static let largestUnit = 720

  /// Forgets the forms but keeps the factors and the units found.
  mutating func startAgain(_ pool: inout ExpressionPool) {
    pi = name(pool.constant(.pi), &pool)
    memo.removeAll()
    jumps = []
    algebra.increasingArguments = [:]
    isOutdated = false
  }

  mutating func form(
    of handle: Handle, in pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    if let value = pool.rational(handle) { return FactoredForm(value) }
    if let known = memo[handle] { return known }
    try algebra.spend(1)
    guard depth < Self.deepest else { throw .tooLarge }
    depth += 1
    defer { depth -= 1 }
    // Inside the call of what does not mutate, it would be done on a copy of all that is known.
    let raw = try computed(handle, &pool)
    let result = try atZeros(raw)
    memo.set(result, for: handle)
    return result
  }

  /// Takes it that expressions are 0.
  mutating func takeZeros(
    _ subjects: [Handle], in pool: inout ExpressionPool
  ) throws(ReductionFailure) {
    if subjects.isEmpty { return }
    zeros = []
    var found: Set<Int> = []
    for subject in subjects {
      let form = try form(of: subject, in: &pool)
      if form.factors.count == 1, form.factors[0].exponent > 0 { found.insert(form.factors[0].id) }
    }
    zeros = found
    startAgain(&pool)
  }

  /// A form where the zeros are what they are.
  func atZeros(_ form: FactoredForm) throws(ReductionFailure) -> FactoredForm {
    if zeros.isEmpty { return form }
    var isZero = false
    for factor in form.factors where zeros.contains(factor.id) {
      if factor.exponent < 0 { throw .undefined }
      isZero = true
    }
    return isZero ? .zero : form
  }

  private mutating func computed(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    switch pool[handle] {
    case .integer, .number: return FactoredForm(pool.rational(handle) ?? 0)
    case .constant(.e): return try exponential(.one)
    case .constant(.pi), .symbol, .entry: return name(pool.canonical(handle), &pool)
    case .sum(let list), .heldSum(let list):
      var terms: [FactoredForm] = []
      for operand in pool.operands(list) { terms.append(try form(of: operand, in: &pool)) }
      return try algebra.add(terms)
    case .product(let list), .heldProduct(let list):
      var result = FactoredForm.one
      for operand in pool.operands(list) {
        result = try algebra.multiply(result, form(of: operand, in: &pool))
      }
      return result
    case .negation(let operand): return try form(of: operand, in: &pool).scaled(by: -1)
    case .quotient(let above, let below):
      let top = try form(of: above, in: &pool)
      return try algebra.multiply(top, algebra.inverse(form(of: below, in: &pool)))
    case .power(let base, let exponent): return try power(base, exponent, handle, &pool)
    case .root(let radicand, let degree):
      guard let order = Rational(1, over: Integer(Int(degree))) else { throw .tooLarge }
      return try power(form(of: radicand, in: &pool), order)
    case .function(let function, let argument):
      let x = try form(of: argument, in: &pool)
      if function == .step, keepsConditions, x.constant == nil {
        return try kept(.greater, x, &pool)
      }
      return try value(function, x)
    case .maximum(let list): return try extremum(pool.operands(list), 1, &pool)
    case .minimum(let list): return try extremum(pool.operands(list), -1, &pool)
    case .apply(let id, let list):
      var arguments: [FactoredForm] = []
      var indices: Set<SymbolID> = []
      for operand in pool.operands(list) {
        let argument = try form(of: operand, in: &pool)
        indices.formUnion(algebra.indices(of: argument))
        arguments.append(argument)
      }
      let kernel = Kernel(kind: .unknown(id, arguments), indices: indices)
      return algebra.form(kernel: algebra.insert(kernel))
    case .indexedSum: return try indexedSum(handle, &pool)
    case .indexedProduct: return try indexedProduct(handle, &pool)
    case .determinant, .inverse: return try opaque(handle, &pool)
    case .delta, .indicator, .relation, .conjunction, .disjunction, .complement:
      return try condition(handle, &pool)
    case .piecewise(let list): return try piecewise(pool.operands(list), &pool)
    case .bound, .derivative: throw .tooLarge
    }
  }

  /// An expression that is not looked into.
  mutating func opaque(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    let canonical = pool.canonical(handle)
    switch pool[canonical] {
    case .indexedProduct, .determinant, .inverse: return name(canonical, &pool)
    default: return try form(of: canonical, in: &pool)
    }
  }

  /// The kernel of a name or an expression taken as one.
  mutating func name(_ handle: Handle, _ pool: inout ExpressionPool) -> FactoredForm {
    if let value = pool.rational(handle) { return FactoredForm(value) }
    if let known = algebra.place(of: .name(handle)) { return algebra.form(kernel: known) }
    var kernel = Kernel(kind: .name(handle))
    kernel.indices = Set(
      pool.freeIndices(of: [handle])
        + pool.symbolsOccurring(in: [handle]).filter { pool.kind(of: $0) == .label })
    kernel.isPositive = pool.isPositive(handle)
    kernel.isNonnegative = pool.isNonnegative(handle)
    switch pool[handle] {
    case .constant(.pi): kernel.isPi = true
    case .symbol(let id), .entry(let id, _):
      if pool.kind(of: id) == .scalar || pool.kind(of: id) == .array {
        let domain = pool.declaration(of: id).domain
        kernel.lower = domain.lower
        kernel.upper = domain.upper
        if domain.isOneHot || domain.isProbability {
          kernel.lower = Bound(0, isIncluded: true)
          kernel.upper = Bound(1, isIncluded: true)
        }
        if domain.isOneHot, algebra.place(of: kernel.kind) == nil {
          kernel.relation = (2, KernelPolynomial(kernel: algebra.kernels.count))
        }
      }
      if pool.kind(of: id) == .dimension { kernel.lower = Bound(1, isIncluded: true) }
    default: break
    }
    return algebra.form(kernel: algebra.insert(kernel))
  }

  // MARK: Powers

  private mutating func power(
    _ base: Handle, _ exponent: Handle, _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    let order = try form(of: exponent, in: &pool)
    let below = try form(of: base, in: &pool)
    if let order = order.constant {
      guard let whole = order.asInteger else { return try power(below, order) }
      guard let small = whole.asInt, small.magnitude <= KernelPolynomial.largestExponent else {
        if below.constant == 1 { return .one }
        throw .tooLarge
      }
      return try algebra.power(below, small)
    }
    if pool.isDiscrete(exponent), !isPositive(below) {
      let canonical = pool.canonical(handle)
      if case .power = pool[canonical] {
        if below == FactoredForm(-1) { return alternating(canonical, &pool) }
        return name(canonical, &pool)
      }
      if canonical == handle { throw .tooLarge }
      return try form(of: canonical, in: &pool)
    }
    return try exponential(algebra.multiply(order, logarithm(below)))
  }

  /// (−1)^k, whose square is 1.
  private mutating func alternating(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) -> FactoredForm {
    var kernel = Kernel(kind: .name(handle))
    kernel.indices = Set(pool.symbolsOccurring(in: [handle]))
    kernel.lower = Bound(-1, isIncluded: true)
    kernel.upper = Bound(1, isIncluded: true)
    kernel.relation = (2, KernelPolynomial(1))
    return algebra.form(kernel: algebra.insert(kernel))
  }

  func isPositive(_ form: FactoredForm) -> Bool {
    var sign = form.coefficient.signum
    for factor in form.factors {
      guard let known = algebra.strictSign(factor.id) else { return false }
      if factor.exponent & 1 == 1 { sign *= known }
    }
    return sign > 0
  }

  // MARK: Choices

  private mutating func extremum(
    _ operands: [Handle], _ sign: Rational, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    var best: FactoredForm?
    for operand in operands {
      let value = try form(of: operand, in: &pool)
      guard let known = best else {
        best = value
        continue
      }
      let gap = try algebra.absolute(algebra.add([value, known.scaled(by: -1)]))
      best = try algebra.add([value, known, gap.scaled(by: sign)]).scaled(by: Self.half)
    }
    guard let best else { throw .undefined }
    return best
  }

  static var half: Rational { Rational(1, over: 2) ?? 0 }
}
