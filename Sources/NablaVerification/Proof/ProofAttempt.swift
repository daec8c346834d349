import NablaExpressions
import NablaNumbers

/// One try to show that the two sides of an equation are the same function of kernels.
struct ProofAttempt {
  let question: ProofQuestion
  private let context: ProofContext
  /// Both sides, with what assumed equations give for scalars.
  private(set) var left: Handle
  private(set) var right: Handle
  var reducer = Reducer()
  private(set) var uses: [Handle] = []
  var road = ProofRoad.normalForm
  private(set) var isExhausted = false
  private var conditions: [DomainCondition] = []
  /// What the domain asks for only where conditions hold.
  private(set) var branches = BranchConditions()
  /// Expressions at whose common zeros the equation is looked at.
  let zeros: [Handle]

  /// Conditions on values are taken apart unless they are to be kept as they stand; with exact
  /// signs an equation holds at its jumps as well.
  init(
    _ question: ProofQuestion, _ budget: ProofBudget, zeros: [Handle] = [],
    keepsConditions: Bool = false, isExact: Bool = false
  ) {
    self.question = question
    (left, right) = (question.left, question.right)
    self.zeros = zeros
    context = question.context
    reducer.algebra.work = budget.work
    reducer.keepsConditions = keepsConditions
    reducer.algebra.isExact = isExact
    reducer.algebra.isOver = budget.isOver
  }

  /// Forgets all but what may still be spent.
  private mutating func renewReducer() {
    var fresh = Reducer()
    fresh.keepsConditions = reducer.keepsConditions
    fresh.algebra.work = reducer.algebra.work
    fresh.algebra.isOver = reducer.algebra.isOver
    fresh.algebra.isExact = reducer.algebra.isExact
    reducer = fresh
    lastDifference = nil
  }

  /// Records the assumptions that another proof needed.
  mutating func take(uses: [Handle]) { self.uses = uses }

  /// Whether the equation is an identity on the common domain, but for jumps.
  mutating func run(_ pool: inout ExpressionPool) -> Bool {
    analyse(&pool)
    do throws(ReductionFailure) {
      if try isIdentity(under: [], &pool) { return true }
      let declared = normalisations(&pool)
      if context.assumptions.isEmpty, declared.isEmpty { return false }
      guard try isIdentity(under: context.assumptions + declared, &pool) else { return false }
      uses = try needed(declared, &pool)
      return true
    } catch {
      if case .exhausted = error { isExhausted = true }
      if case .tooLarge = error { return agreesInFields(&pool) }
    }
    return false
  }

  /// Collects what the domain asks for.
  private mutating func analyse(_ pool: inout ExpressionPool) {
    var analysis = DomainAnalysis()
    branches = BranchConditions()
    for side in [left, right] {
      analysis.collect(from: side, in: &pool)
      branches.collect(from: side, in: &pool)
    }
    for body in question.guards.map({ $0.body }) { analysis.collect(from: body, in: &pool) }
    conditions = analysis.conditions
  }

  /// Puts what equations of degree 1 in a scalar give for it into both sides.
  private mutating func substitute(
    from facts: [Handle], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) {
    let before = (left, right)
    (left, right) = (question.left, question.right)
    var open = facts
    var place = 0
    while place < open.count {
      let fact = open[place]
      place += 1
      guard case .relation(.equal, let list) = pool[fact], pool.count(list) == 2,
        pool.symbolsOccurring(in: [fact]).allSatisfy({ pool.kind(of: $0) == .scalar })
      else { continue }
      let one = try reducer.form(of: pool.operand(list, 0), in: &pool)
      let other = try reducer.form(of: pool.operand(list, 1), in: &pool)
      let gap = try reducer.algebra.add([one, other.scaled(by: -1)])
      guard gap.factors.count == 1, gap.factors[0].exponent == 1,
        let (symbol, value) = zero(of: gap.factors[0].id, in: &pool)
      else { continue }
      let substitution = Substitution(symbol, value)
      left = pool.substitute(substitution, in: left)
      right = pool.substitute(substitution, in: right)
      for later in place..<open.count {
        open[later] = pool.substitute(substitution, in: open[later])
      }
    }
    if before != (left, right) { analyse(&pool) }
  }

  /// Whether the sides agree at random points of prime fields, where they cannot be expanded.
  private mutating func agreesInFields(_ pool: inout ExpressionPool) -> Bool {
    if !zeros.isEmpty { return false }
    uses = []
    renewReducer()
    var test = FieldTest(seed: context.seed)
    do throws(ReductionFailure) {
      for _ in 0..<4 {
        reducer.startAgain(&pool)
        try takeFacts([], &pool)
        let agree = try test.agree(question.left, question.right, &reducer, &pool)
        if agree {
          road = .primeFields
          return true
        }
        if !reducer.isOutdated { return false }
      }
    } catch {
      if case .exhausted = error { isExhausted = true }
    }
    return false
  }

  /// The assumptions without which the proof does not go through.
  private mutating func needed(
    _ declared: [Handle], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> [Handle] {
    var kept = context.assumptions
    if kept.count > 8 { return kept }
    for assumption in context.assumptions {
      let fewer = kept.filter { $0 != assumption }
      renewReducer()
      if try isIdentity(under: fewer + declared, &pool) { kept = fewer }
    }
    renewReducer()
    _ = try isIdentity(under: kept + declared, &pool)
    return kept
  }

  private mutating func isIdentity(
    under facts: [Handle], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    var difference = FactoredForm.one
    var sides: [FactoredForm] = []
    reducer.sumFacts = []
    for fact in facts {
      if let known = SumFact(fact, &pool) { reducer.sumFacts.append(known) }
    }
    if !reducer.sumFacts.isEmpty { reducer.settledSums = [] }
    for fact in facts {
      if case .relation(.equal, _) = pool[fact] { reducer.usesEquations = true }
    }
    reducer.startAgain(&pool)
    try substitute(from: facts, &pool)
    for _ in 0..<4 {
      reducer.startAgain(&pool)
      try takeFacts(facts, &pool)
      try reducer.takeZeros(zeros, in: &pool)
      let left = try reducer.form(of: self.left, in: &pool)
      let right = try reducer.form(of: self.right, in: &pool)
      difference = try reducer.algebra.add([left, right.scaled(by: -1)])
      sides = [left, right]
      if try vanishesAtZeros(difference, reducer) { return true }
      if !reducer.isOutdated, sides == before { break }
      before = sides
    }
    if try vanishes(difference, under: facts, &pool) { return true }
    if try reducer.vanishesTermwise(difference, &pool) { return true }
    lastDifference = difference
    // Two sides that are not negative are equal if their squares are.
    if reducer.algebra.isNonnegative(sides[0]), reducer.algebra.isNonnegative(sides[1]) {
      let one = try reducer.algebra.multiply(sides[0], sides[0])
      let other = try reducer.algebra.multiply(sides[1], sides[1])
      if try reducer.algebra.add([one, other.scaled(by: -1)]).isZero {
        road = .squares
        return true
      }
    }
    return try holdsInRegions(difference, &pool)
  }

  private var before: [FactoredForm] = []
  private var lastDifference: FactoredForm?

  /// Two indices such that the equation is shown wherever they are different.
  func openCase(_ pool: borrowing ExpressionPool) -> (index: Handle, other: Handle)? {
    for factor in lastDifference?.factors ?? [] where factor.exponent > 0 {
      guard let kernel = reducer.algebra.kernel(of: factor.id),
        case .condition(let condition) = reducer.algebra.kernels[kernel].kind,
        case .delta(let one, let other) = pool[condition]
      else { continue }
      if pool.isFreeIndex(one), pool.isFreeIndex(other, orLabel: true) { return (one, other) }
      if pool.isFreeIndex(other), pool.isFreeIndex(one, orLabel: true) { return (other, one) }
    }
    return nil
  }

  /// Signs that the domain or an assumption gives.
  private mutating func takeFacts(
    _ facts: [Handle], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) {
    let before = reducer.algebra.signsTaken
    for _ in 0..<2 {
      let known = reducer.algebra.signsTaken
      for condition in conditions where !condition.isLocal {
        switch condition.kind {
        case .positive: try takeSign(of: condition.subject, isStrict: true, &pool)
        case .nonnegative: try takeSign(of: condition.subject, isStrict: false, &pool)
        case .nonzero:
          reducer.algebra.takeNonzero(try reducer.form(of: condition.subject, in: &pool))
        default: break
        }
      }
      try branches.takeSigns(in: &reducer, &pool)
      for fact in facts {
        guard case .relation(let relation, let list) = pool[fact], pool.count(list) == 2,
          pool.freeIndices(of: [fact]).isEmpty
        else { continue }
        let (left, right) = (pool.operand(list, 0), pool.operand(list, 1))
        switch relation {
        case .greater, .greaterOrEqual:
          let gap = pool.writtenSum([left, pool.negation(right)])
          try takeSign(of: gap, isStrict: relation == .greater, &pool)
        case .less, .lessOrEqual:
          let gap = pool.writtenSum([right, pool.negation(left)])
          try takeSign(of: gap, isStrict: relation == .less, &pool)
        default: break
        }
      }
      if reducer.algebra.signsTaken == known { break }
    }
    // Forms made with fewer signs known are made again.
    if reducer.algebra.signsTaken != before { reducer.startAgain(&pool) }
  }

  private mutating func takeSign(
    of subject: Handle, isStrict: Bool, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) {
    let form = try reducer.form(of: subject, in: &pool)
    if form.isZero { return }
    reducer.algebra.takeSign(of: form, isStrict: isStrict, isAlone: isAlone(subject, &pool))
  }

  /// Whether the domain asks for nothing else of the names in a subject.
  private func isAlone(_ subject: Handle, _ pool: inout ExpressionPool) -> Bool {
    if !context.assumptions.isEmpty { return false }
    let own = Set(pool.symbolsOccurring(in: [subject]))
    for condition in conditions where condition.subject != subject {
      switch condition.kind {
      case .positive, .nonnegative:
        if !own.isDisjoint(with: pool.symbolsOccurring(in: [condition.subject])) { return false }
      default: break
      }
    }
    return true
  }

  // MARK: Equations that are assumed

  /// Σ_k y_k = 1 for vectors declared one-hot or a probability, and so for each row of a matrix.
  private func normalisations(_ pool: inout ExpressionPool) -> [Handle] {
    var found: [Handle] = []
    for symbol in pool.symbolsOccurring(in: [question.left, question.right])
    where pool.kind(of: symbol) == .array {
      let declaration = pool.declaration(of: symbol)
      guard declaration.domain.isOneHot || declaration.domain.isProbability,
        !declaration.ranges.isEmpty
      else { continue }
      var indices: [SymbolID] = []
      for range in declaration.ranges {
        indices.append(pool.declare(Symbol("", .index, ranges: [range], isFresh: true)))
      }
      let body = pool.entry(symbol, indices.map { pool.symbol($0) })
      let last = indices.count - 1
      let sum = pool.closeSum(body, over: [indices[last]], ranges: [declaration.ranges[last]])
      found.append(pool.relation(.equal, sum, pool.one))
    }
    return found
  }

  /// Whether a form is 0 by equations in which a kernel stands alone with a constant coefficient.
  private mutating func vanishes(
    _ form: FactoredForm, under facts: [Handle], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    if facts.isEmpty { return false }
    let above = FactoredForm(1, form.factors.filter { $0.exponent > 0 })
    var polynomial = try reducer.algebra.expanded(above)
    for fact in facts {
      guard case .relation(.equal, let list) = pool[fact], pool.count(list) == 2 else { continue }
      let left = try reducer.form(of: pool.operand(list, 0), in: &pool)
      let right = try reducer.form(of: pool.operand(list, 1), in: &pool)
      let gap = try reducer.algebra.add([left, right.scaled(by: -1)])
      guard gap.factors.allSatisfy({ $0.exponent > 0 }) else { continue }
      let equation = try reducer.algebra.expanded(gap)
      guard let (kernel, value) = reducer.algebra.solvable(equation) else { continue }
      polynomial = try reducer.algebra.substitute(value, for: kernel, in: polynomial)
      if polynomial.isZero { return true }
    }
    return false
  }

  // MARK: Zeros and exceptions

  /// Factors at whose zeros something that was differentiated has no derivative, so that an
  /// equation about its derivative is not meant there.
  mutating func kinks(
    of guards: [DifferentiatedBody], _ pool: inout ExpressionPool
  ) -> Set<Int> {
    if reducer.jumps.isEmpty { return [] }
    var found: Set<Int> = []
    for own in guards { found.formUnion(kinks(of: own, &pool)) }
    return found
  }

  /// Only what depends on the variables counts, and no convention says what holds at a kink.
  private mutating func kinks(
    of own: DifferentiatedBody, _ pool: inout ExpressionPool
  ) -> Set<Int> {
    var found: Set<Int> = []
    var seen: Set<Handle> = []
    var open = [own.body]
    func varies(_ parts: [Handle], _ pool: borrowing ExpressionPool) -> Bool {
      pool.symbolsOccurring(in: parts).contains { own.variables.contains($0) }
    }
    while let node = open.popLast() {
      guard seen.insert(node).inserted else { continue }
      switch pool[node] {
      case .sum(let list), .heldSum(let list): open += pool.operands(list)
      case .product(let list), .heldProduct(let list):
        // A factor that is 0 may hide the others.
        let operands = pool.operands(list)
        if operands.allSatisfy({ !pool.isConditional($0) }) { open += operands }
      case .negation(let operand), .root(let operand, _): open.append(operand)
      case .quotient(let above, let below):
        if !pool.isConditional(above) { open += [above, below] }
      case .power(let base, _): open.append(base)
      case .maximum(let list), .minimum(let list):
        open += pool.operands(list)
        if pool.count(list) == 2, varies(pool.operands(list), pool) {
          found.formUnion(zeros(between: pool.operand(list, 0), pool.operand(list, 1), &pool))
        }
      case .piecewise(let list):
        // The first condition is looked at everywhere.
        if pool.count(list) > 1, case .relation(_, let sides) = pool[pool.operand(list, 0)],
          pool.count(sides) == 2, varies(pool.operands(sides), pool)
        {
          found.formUnion(zeros(between: pool.operand(sides, 0), pool.operand(sides, 1), &pool))
        }
      case .function(let function, let argument):
        open.append(argument)
        guard [.abs, .relu, .sign, .step].contains(function),
          context.conventions[function] == nil, varies([argument], pool),
          let form = try? reducer.form(of: argument, in: &pool)
        else { continue }
        found.formUnion(reducer.algebra.simplestZeros(of: form))
      default: break
      }
    }
    return found
  }

  /// The factors at whose zeros two values meet that do not meet everywhere.
  private mutating func zeros(
    between left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) -> Set<Int> {
    let gap = pool.writtenSum([left, pool.negation(right)])
    guard let form = try? reducer.form(of: gap, in: &pool), form.constant == nil else { return [] }
    return reducer.algebra.simplestZeros(of: form)
  }

  /// Whether the sides may differ only where something that was differentiated has a kink.
  mutating func hasOnlyKinks(of bodies: [DifferentiatedBody], _ pool: inout ExpressionPool) -> Bool
  {
    reducer.jumps.isSubset(of: kinks(of: bodies, &pool))
  }

  /// What has to be put for a scalar so that a factor is 0, if that gives all zeros of the factor:
  /// the factor is of degree 1 in the scalar with a constant slope.
  mutating func zero(of factor: Int, in pool: inout ExpressionPool) -> (SymbolID, Handle)? {
    let polynomial = reducer.algebra.polynomial(of: factor)
    for kernel in polynomial.kernels.sorted() {
      guard case .name(let handle) = reducer.algebra.kernels[kernel].kind,
        case .symbol(let symbol) = pool[handle], pool.kind(of: symbol) == .scalar
      else { continue }
      let parts = polynomial.coefficients(of: kernel)
      guard parts.keys.allSatisfy({ $0 <= 1 }),
        let inverse = parts[1]?.constant?.reciprocal
      else { continue }
      let rest = (parts[0] ?? KernelPolynomial()).scaled(by: -inverse)
      guard let value = (try? reducer.expression(of: rest, in: &pool)).map({ pool.canonical($0) }),
        !pool.symbolsOccurring(in: [value]).contains(symbol)
      else { continue }
      return (symbol, value)
    }
    return nil
  }

  /// Whether a side has a denominator that is 0 everywhere, or wherever some zeros are.
  mutating func isNowhereDefined(
    _ side: Handle, at zeros: [Handle], _ pool: inout ExpressionPool
  ) -> Bool {
    var analysis = DomainAnalysis()
    analysis.collect(from: side, in: &pool)
    var other = Reducer()
    other.algebra.isOver = reducer.algebra.isOver
    other.startAgain(&pool)
    guard (try? other.takeZeros(zeros, in: &pool)) != nil else { return false }
    for condition in analysis.conditions where !condition.isLocal {
      do throws(ReductionFailure) {
        let value = try other.form(of: condition.subject, in: &pool).constant
        switch condition.kind {
        case .nonzero: if value?.isZero == true { return true }
        case .positive: if let value, value.signum <= 0 { return true }
        case .nonnegative: if let value, value.signum < 0 { return true }
        default: break
        }
      } catch { continue }
    }
    return false
  }

  /// The denominators that may be 0, as conditions.
  mutating func exceptions(_ pool: inout ExpressionPool) -> [Handle] {
    var found: [Handle] = []
    for condition in conditions {
      var subject = condition.subject
      switch condition.kind {
      case .nonzero: break
      case .cosineNonzero: subject = pool.writtenFunction(.cos, subject)
      case .sineNonzero: subject = pool.writtenFunction(.sin, subject)
      case .positive, .nonnegative: continue
      }
      var parts = [(pool.canonical(subject), pool.zero)]
      if let form = try? reducer.form(of: pool.opened(subject, context.definitions), in: &pool),
        !form.isZero
      {
        parts = []
        for factor in form.factors where reducer.algebra.strictSign(factor.id) == nil {
          let base = reducer.algebra.radicand(of: factor.id)
          if let (symbol, value) = zero(of: base, in: &pool), pool.isNumber(value) {
            parts.append((pool.symbol(symbol), value))
          } else if let part = try? reducer.expression(ofFactor: base, &pool) {
            parts.append((pool.canonical(part), pool.zero))
          }
        }
      }
      for (part, value) in parts {
        let relation = pool.relation(.notEqual, part, value)
        if !found.contains(relation) { found.append(relation) }
      }
    }
    return found
  }
}

extension ExpressionPool {
  /// Whether an expression may be 0 by a condition and then hide what it is multiplied by.
  fileprivate mutating func isConditional(_ handle: Handle) -> Bool {
    traits(handle).contains(.condition) || traits(handle).contains(.delta)
  }
}
