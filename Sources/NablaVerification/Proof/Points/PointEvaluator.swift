import NablaExpressions
import NablaNumbers

/// Rigorous values of written forms at a point, strict in what is undefined.
///
/// Every part is evaluated as it stands, nothing is cancelled first; only what a condition hides is
/// left out.
struct PointEvaluator {
  var point: ProofPoint
  let arithmetic: PointArithmetic
  /// Names given by a definition are followed.
  private let definitions: Definitions
  /// Names whose values are expressions.
  var given: [Slot: Handle] = [:]
  private var memo = HandleMemo<Result<PointNumber, PointFailure>>()
  var inverses: [[Handle]: KnownInverse] = [:]
  /// Whether every function met was smooth and every condition decided strictly.
  var isRegular = true
  /// Whether the point is certainly not at the edge of the domain: kinks do not matter for that.
  var isInterior = true
  /// Whether it is worth some effort to see that an edge is one at every point.
  var isThorough = false
  private var work: Int
  private let allowance: Int
  private var depth = 0
  /// Whether time has run out; asked now and then.
  private let isOver: () -> Bool
  private var untilAsked = 16

  private static let deepest = 600

  init(
    _ point: ProofPoint, _ definitions: Definitions, precision: Int, work: Int,
    isOver: @escaping () -> Bool = { false }
  ) {
    self.point = point
    self.isOver = isOver
    self.definitions = definitions
    self.work = work
    allowance = work
    arithmetic = PointArithmetic(precision: precision)
  }

  /// How many nodes were evaluated.
  var spent: Int { 1 + allowance - work }

  /// Whether nothing may be evaluated any more.
  var isSpent: Bool { work <= 0 }

  /// Time that has run out is work that has run out.
  private mutating func spend(_ amount: Int) {
    work -= amount
    untilAsked -= amount
    if untilAsked <= 0 {
      untilAsked = 16
      if isOver() { work = min(work, 0) }
    }
  }

  mutating func forget() {
    memo.removeAll()
    inverses = [:]
  }

  mutating func value(
    of handle: Handle, in pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    if let value = pool.rational(handle) { return .exact(value) }
    if let known = memo[handle] { return try known.get() }
    spend(1)
    guard work > 0, depth < Self.deepest else { throw .exhausted }
    depth += 1
    defer { depth -= 1 }
    do throws(PointFailure) {
      let result = try computed(handle, &pool)
      memo.set(.success(result), for: handle)
      return result
    } catch {
      memo.set(.failure(error), for: handle)
      throw error
    }
  }

  private mutating func computed(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    switch pool[handle] {
    case .integer, .number: return .exact(pool.rational(handle) ?? 0)
    case .constant(.e): return .ball(arithmetic.balls.exp(.one))
    case .constant(.pi): return try pi()
    case .bound, .derivative: throw .exhausted
    case .determinant: return try determinant(handle, &pool)
    case .inverse(let list, let body):
      return try inverseEntry(handle, pool.operands(list), body, &pool)
    case .symbol(let id): return try name(id, handle, &pool)
    case .entry(let id, let list): return try component(id, pool.operands(list), &pool)
    case .apply(let id, let list): return try application(id, handle, pool.operands(list), &pool)
    case .sum(let list), .heldSum(let list): return try sum(pool.operands(list), &pool)
    case .product(let list), .heldProduct(let list):
      return try product(pool.operands(list), &pool)
    case .negation(let operand): return arithmetic.negate(try value(of: operand, in: &pool))
    case .quotient(let above, let below):
      if try isHidden(above, &pool) { return .exact(0) }
      let top = try value(of: above, in: &pool)
      return try arithmetic.divide(top, by: value(of: below, in: &pool))
    case .power(let base, let exponent): return try power(base, exponent, &pool)
    case .root(let radicand, let degree):
      let value = try value(of: radicand, in: &pool)
      if value.sign != 1 { noteEdge(radicand, &pool) }
      return try arithmetic.power(value, Rational(1, over: Integer(Int(degree))) ?? 1)
    case .function(let function, let argument):
      let x = try value(of: argument, in: &pool)
      if try isEdge(function, x) {
        noteEdge(argument, isKink: function == .abs || function == .relu, &pool)
      }
      return try arithmetic.value(function, x)
    case .maximum(let list): return try extremum(pool.operands(list), 1, &pool)
    case .minimum(let list): return try extremum(pool.operands(list), -1, &pool)
    case .indexedSum: return try sum(terms(of: handle, &pool), &pool)
    case .indexedProduct: return try product(terms(of: handle, &pool), &pool)
    case .delta, .indicator, .relation, .conjunction, .disjunction, .complement:
      return .exact(try holds(handle, in: &pool) ? 1 : 0)
    case .piecewise(let list): return try piecewise(pool.operands(list), &pool)
    }
  }

  private func pi() throws(PointFailure) -> PointNumber {
    let balls = BallArithmetic(precision: arithmetic.balls.precision + 8)
    return try arithmetic.checked(balls.multiply(Ball(4), balls.atan(.one)))
  }

  /// Whether a function may fail to be smooth here, or the edge of its domain may be met.
  private func isEdge(_ function: Function, _ x: PointNumber) throws(PointFailure) -> Bool {
    switch function {
    case .abs, .relu, .sign, .step, .sqrt: return x.sign ?? 0 == 0
    case .asin, .acos, .asec, .acsc, .acosh, .asech:
      let square = try arithmetic.multiply(x, x)
      return try arithmetic.subtract(square, .exact(1)).sign ?? 0 == 0
    default: return false
    }
  }

  /// Records an edge, unless the subject is the same number at every point.
  mutating func noteEdge(
    _ subject: Handle, isKink: Bool = false, _ pool: inout ExpressionPool
  ) {
    if isKink ? !isRegular : !isInterior { return }
    if pool.symbolsOccurring(in: [subject]).isEmpty { return }
    if pool.symbolsOccurring(in: [pool.canonical(subject)]).isEmpty { return }
    if isThorough {
      var reducer = Reducer()
      reducer.algebra.work = min(work, 2000)
      reducer.algebra.isOver = isOver
      reducer.startAgain(&pool)
      let body = pool.opened(subject, definitions)
      if let form = try? reducer.form(of: body, in: &pool), form.constant != nil { return }
    }
    isRegular = false
    if !isKink { isInterior = false }
  }

  /// Records an edge where two values meet.
  mutating func noteEdge(
    between left: Handle, _ right: Handle, isKink: Bool, _ pool: inout ExpressionPool
  ) {
    if left == right || (isKink ? !isRegular : !isInterior) { return }
    noteEdge(pool.writtenSum([left, pool.negation(right)]), isKink: isKink, &pool)
  }

  // MARK: Arithmetic

  private mutating func sum(
    _ operands: [Handle], _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    var total = PointNumber.exact(0)
    var failure: PointFailure?
    for operand in operands {
      do throws(PointFailure) {
        total = try arithmetic.add(total, value(of: operand, in: &pool))
      } catch {
        if case .undefined = error { throw error }
        failure = error
      }
    }
    if let failure { throw failure }
    return total
  }

  private mutating func product(
    _ operands: [Handle], _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    for operand in operands where try isHidden(operand, &pool) { return .exact(0) }
    var total = PointNumber.exact(1)
    for operand in operands {
      total = try arithmetic.multiply(total, value(of: operand, in: &pool))
    }
    return total
  }

  private mutating func power(
    _ base: Handle, _ exponent: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    let below = try value(of: base, in: &pool)
    if let order = pool.rational(pool.canonical(exponent)) {
      _ = try value(of: exponent, in: &pool)
      if !order.isInteger, below.sign != 1 { noteEdge(base, &pool) }
      return try arithmetic.power(below, order)
    }
    let above = try value(of: exponent, in: &pool)
    if pool.isDiscrete(exponent), case .exact(let order) = above, let whole = order.asInteger {
      return try arithmetic.power(below, whole)
    }
    guard let sign = below.sign else { throw .unknown }
    if sign <= 0 { throw .leftOpen }
    return try arithmetic.positivePower(below, above)
  }

  private mutating func extremum(
    _ operands: [Handle], _ sign: Int, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    var best: PointNumber?
    guard var place = operands.first else { throw .undefined }
    for operand in operands {
      let value = try value(of: operand, in: &pool)
      guard let known = best else {
        best = value
        place = operand
        continue
      }
      let gap = try arithmetic.subtract(value, known)
      if gap.sign ?? 0 == 0 { noteEdge(between: operand, place, isKink: true, &pool) }
      if let order = gap.sign {
        if order == sign {
          best = value
          place = operand
        }
      } else {
        let (a, b) = (arithmetic.ball(value), arithmetic.ball(known))
        let balls = arithmetic.balls
        best = try arithmetic.checked(sign > 0 ? balls.maximum(a, b) : balls.minimum(a, b))
      }
    }
    guard let best else { throw .undefined }
    return best
  }

  /// The body of a sum or product at each value of its indices.
  mutating func terms(
    of handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> [Handle] {
    guard let opened = pool.open(handle) else { throw .exhausted }
    var terms = [opened.body]
    for (index, range) in zip(opened.indices, opened.ranges) {
      let (lower, upper) = try bounds(range, &pool)
      if upper < lower { return [] }
      let (length, overflow) = upper.subtractingReportingOverflow(lower)
      guard !overflow, length < 1000, terms.count * (length + 1) <= 1000 else { throw .exhausted }
      var next: [Handle] = []
      for term in terms {
        for number in lower...upper {
          let size = pool.count
          next.append(
            opened.indices.count == 1
              ? pool.term(of: handle, opened, at: number)
              : pool.substitute(Substitution(index, pool.integer(number)), in: term))
          spend(1 + (pool.count - size) / 8)
          if work <= 0 { throw .exhausted }
        }
      }
      terms = next
    }
    return terms
  }

  mutating func bounds(
    _ range: IndexRange, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> (lower: Int, upper: Int) {
    guard case .exact(let lower) = try value(of: range.lower, in: &pool),
      case .exact(let upper) = try value(of: range.upper, in: &pool),
      let first = lower.asInt, let last = upper.asInt
    else { throw .exhausted }
    return (first, last)
  }

  // MARK: Names

  private mutating func name(
    _ id: SymbolID, _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    if let known = point.integers[id] { return .exact(Rational(known)) }
    switch pool.kind(of: id) {
    case .dimension:
      let size = point.size()
      point.integers[id] = size
      return .exact(Rational(size))
    case .index, .label:
      guard let range = pool.firstRange(of: id) else { throw .exhausted }
      let (lower, upper) = try bounds(range, &pool)
      guard let value = point.integer(from: lower, through: upper) else { throw .undefined }
      point.integers[id] = value
      return .exact(Rational(value))
    case .scalar:
      if let body = pool.instantiate(handle, from: definitions) {
        return try value(of: body, in: &pool)
      }
      let slot = Slot(id)
      if let body = given[slot] { return try value(of: body, in: &pool) }
      if let known = point.values[slot] { return .exact(known) }
      let value = point.draw(in: pool.declaration(of: id).domain)
      point.set(value, for: slot)
      return .exact(value)
    case .array, .function: throw .exhausted
    }
  }

  private mutating func component(
    _ id: SymbolID, _ indices: [Handle], _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    let declaration = pool.declaration(of: id)
    var places: [Int] = []
    for (slot, index) in indices.enumerated() {
      guard case .exact(let number) = try value(of: index, in: &pool), let place = number.asInt
      else { throw .undefined }
      if slot < declaration.ranges.count {
        let (lower, upper) = try bounds(declaration.ranges[slot], &pool)
        if place < lower || place > upper { throw .undefined }
      }
      places.append(place)
    }
    let known = pool.entry(id, places.map { pool.integer($0) })
    if let body = pool.instantiate(known, from: definitions) {
      return try value(of: body, in: &pool)
    }
    if declaration.domain.isSymmetric, places.count == 2, places[0] > places[1] {
      places.swapAt(0, 1)
    }
    let slot = Slot(id, places)
    if let body = given[slot] { return try value(of: body, in: &pool) }
    if let value = point.values[slot] { return .exact(value) }
    if declaration.domain.isOneHot || declaration.domain.isProbability,
      let range = declaration.ranges.last
    {
      let (lower, upper) = try bounds(range, &pool)
      guard upper >= lower, upper - lower < 1000 else { throw .exhausted }
      let row = point.drawRow(
        count: upper - lower + 1, isOneHot: declaration.domain.isOneHot)
      for (offset, value) in row.enumerated() {
        point.set(value, for: Slot(id, places.dropLast() + [lower + offset]))
      }
      guard let value = point.values[slot] else { throw .undefined }
      return .exact(value)
    }
    let value = point.draw(in: declaration.domain)
    point.set(value, for: slot)
    return .exact(value)
  }

  private mutating func application(
    _ id: SymbolID, _ handle: Handle, _ arguments: [Handle], _ pool: inout ExpressionPool
  ) throws(PointFailure) -> PointNumber {
    if let body = pool.instantiate(handle, from: definitions) {
      return try value(of: body, in: &pool)
    }
    let derivative = pool.functionDerivative(of: id)
    let base = derivative?.function ?? id
    // A stand-in of a restricted range is not at hand.
    if definitions[base] != nil || pool.declaration(of: base).domain != .real {
      throw .exhausted
    }
    var values: [PointNumber] = []
    for argument in arguments { values.append(try value(of: argument, in: &pool)) }
    let orders = derivative?.orders ?? []
    var total = PointNumber.exact(0)
    for term in point.standIn(for: base, arity: arguments.count) {
      let term = term.differentiated(orders)
      var part = PointNumber.exact(term.coefficient)
      for (value, order) in zip(values, term.orders) where order > 0 {
        part = try arithmetic.multiply(part, arithmetic.power(value, Integer(order)))
      }
      total = try arithmetic.add(total, part)
    }
    return total
  }
}
