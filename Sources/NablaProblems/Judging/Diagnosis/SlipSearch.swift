import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// Looks for the smallest change of one side of a refuted equation that makes it true.
package struct SlipSearch {
  /// What a search may spend, counted in work, not in time.
  package struct Budget: Sendable {
    /// How many changed expressions are looked at.
    package var candidates = 1200
    /// How many of them are put to the prover.
    package var proofs = 16
    /// Steps of reduction for each proof.
    package var work = 60_000

    package init() {}
  }

  let scope: Scope
  private let context: ProofContext
  private let budget: Budget
  private let isOver: () -> Bool
  /// Whether a normalisation such as Σ y = 1 is named under which the step holds as it stands.
  package var namesAssumptions = true
  private let formula: SyntaxFormula
  /// Further expressions of the step from which a repair may take parts, such as the line before.
  package var hints: [Syntax] = []

  package init(
    scope: Scope, context: ProofContext, budget: Budget = Budget(),
    isOver: @escaping () -> Bool = { false }
  ) {
    self.scope = scope
    self.context = context
    self.budget = budget
    self.isOver = isOver
    formula = SyntaxFormula(scope)
  }

  /// The slip in a side that was refuted; nil if no local change repairs it.
  ///
  /// - Parameters:
  ///   - wrong: the side to be repaired, as it was written.
  ///   - right: the side that stands.
  package mutating func search(
    repairing wrong: Syntax, against right: Syntax, in pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard wrong.tokenCount <= Self.longest, right.tokenCount <= 4 * Self.longest else { return nil }
    if let slip = arithmetic(wrong, right, &pool) { return slip }
    let assumed = namesAssumptions ? assumption(wrong, right, &pool) : nil
    if let assumed, assumed.isNormalisation { return assumed.slip }
    var reader = SlipReader(scope, in: &pool)
    let vocabulary = reader.vocabulary(
      repairing: wrong, against: right, hints: hints, in: &pool)
    var walk = SlipWalk(SlipRows.all, vocabulary, limit: 4 * budget.candidates)
    walk.run(wrong)
    let length = wrong.tokenCount
    var candidates = walk.candidates.filter { isLocal($0, length) }
    let generic = context.withoutValues(&pool)
    candidates += solved(wrong, right, generic, &pool)
    candidates += variables(of: right, wrong, vocabulary)
    // A stable order: cheapest first, then the smallest change, then the row.
    let order = candidates.indices.sorted { one, other in
      let (left, right) = (candidates[one], candidates[other])
      if left.cost != right.cost { return left.cost < right.cost }
      if left.size != right.size { return left.size < right.size }
      return one < other
    }
    var proofsLeft = budget.proofs
    let contexts = generic.assumptions == context.assumptions ? [context] : [generic, context]
    for context in contexts {
      var almost: [(place: Int, factor: Int)] = []
      if let place = firstProved(
        order, candidates, wrong, right, context, &proofsLeft, &almost, &pool)
      {
        return slip(candidates[place])
      }
      for (place, factor) in almost {
        let candidate = candidates[place].multiplied(by: factor)
        if isProved(candidate, right, context, &proofsLeft, &pool) { return slip(candidate) }
      }
    }
    return assumed?.slip
  }

  /// Longer sides are not looked at.
  private static let longest = 160

  // MARK: Choosing

  /// Whether a change leaves most of an expression as it is.
  private func isLocal(_ candidate: SlipCandidate, _ length: Int) -> Bool {
    if candidate.after.isClosed && candidate.before.isClosed { return true }
    let new = candidate.whole.tokenCount
    return new < length ? 3 * (length - new) <= 2 * length : 3 * candidate.size <= 2 * new
  }

  /// The first candidate that agrees at points and is proved.
  private func firstProved(
    _ order: [Int], _ candidates: [SlipCandidate], _ wrong: Syntax, _ right: Syntax,
    _ context: ProofContext, _ proofsLeft: inout Int,
    _ almost: inout [(place: Int, factor: Int)], _ pool: inout ExpressionPool
  ) -> Int? {
    var reader = SideReader(scope, against: right, pool)
    let sieve = EquationSieve(context)
    var prover = Prover(context, budget: proofBudget)
    prover.findsConditions = false
    var seen: Set<Handle> = []
    if let own = reader.read(wrong, &pool) { seen.insert(own.left) }
    var taken = 0
    var start = 0
    while start < order.count, taken < budget.candidates, !isOver() {
      // The likeliest settle most steps, so that the others are often not looked at.
      let size = start == 0 ? 200 : 400
      var places: [Int] = []
      var equations: [(left: Handle, right: Handle)] = []
      while start < order.count, equations.count < size {
        let place = order[start]
        start += 1
        let candidate = candidates[place]
        let sides =
          candidate.isOfOther
          ? reader.read(wrong, against: candidate.whole, &pool)
          : reader.read(candidate.whole, &pool)
        guard let sides, candidate.isOfOther || seen.insert(sides.left).inserted else { continue }
        places.append(place)
        equations.append(sides)
      }
      taken += equations.count
      let values = sieve.values(of: equations, points: 2, in: &pool)
      for (number, place) in places.enumerated() {
        let own = values[number]
        if own.isEmpty { continue }
        guard own.allSatisfy({ $0.agree }) else {
          if almost.count < Self.mostPairs, !candidates[place].isOfOther,
            let factor = [-1, 2].first(where: { factor in
              own.allSatisfy { $0.scaled(by: Double(factor)).agree }
            })
          {
            almost.append((place, factor))
          }
          continue
        }
        guard proofsLeft > 0, !isOver() else { return nil }
        proofsLeft -= 1
        let sides = equations[number]
        if case .proved = prover.decide(sides.left, sides.right, in: &pool) { return place }
      }
    }
    return nil
  }

  /// How many pairs of slips are put to the prover.
  private static let mostPairs = 6

  private func isProved(
    _ candidate: SlipCandidate, _ right: Syntax, _ context: ProofContext,
    _ proofsLeft: inout Int, _ pool: inout ExpressionPool
  ) -> Bool {
    guard proofsLeft > 0, !isOver() else { return false }
    proofsLeft -= 1
    var reader = SideReader(scope, against: right, pool)
    guard let sides = reader.read(candidate.whole, &pool) else { return false }
    let verdict = Prover(context, budget: proofBudget).decide(sides.left, sides.right, in: &pool)
    if case .proved = verdict { return true }
    return false
  }

  /// A step that holds under a condition which nobody stated.
  private func assumption(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> (slip: FoundSlip, isNormalisation: Bool)? {
    var reader = SideReader(scope, against: right, pool)
    guard let sides = reader.read(wrong, &pool) else { return nil }
    var prover = Prover(context, budget: proofBudget)
    prover.findsConditions = true
    guard case .conditional(let condition, _) = prover.decide(sides.left, sides.right, in: &pool),
      pool.saysMoreThanIndices(condition)
    else { return nil }
    var builder = FormulaBuilder()
    builder.spellings = scope.spellings
    builder.indexNames = scope.indices
    builder.reservedNames = scope.quantityNames(in: pool)
    let shown = builder.formula(of: condition, in: &pool)
    var isNormalisation = false
    if case .relation(.equal, _) = pool[condition] { isNormalisation = true }
    let slip = FoundSlip(
      mistake: .assumption, repaired: wrong,
      change: SlipChange(
        range: wrong.range, before: formula(wrong), after: formula(wrong), isOfOtherSide: false),
      sentence: [.text("this is true only if "), .formula(shown)])
    return (slip, isNormalisation)
  }

  private var proofBudget: ProofBudget {
    var proof = ProofBudget(work: budget.work, isOver: isOver)
    proof.points = 24
    proof.seeksSizes = false
    proof.findsExceptions = false
    return proof
  }

  // MARK: The other side

  /// The derivative on the side that stands, by other variables.
  private func variables(
    of right: Syntax, _ wrong: Syntax, _ vocabulary: SlipVocabulary
  ) -> [SlipCandidate] {
    guard case .derivative(let derivative) = right.kind else { return [] }
    let place = SlipPlace(
      node: right, role: .value, isRoot: true, bound: [], vocabulary: vocabulary)
    var found: [SlipCandidate] = []
    for (number, entry) in derivative.variables.enumerated() {
      for other in vocabulary.quantities(like: entry.variable, at: place) {
        var copy = derivative
        copy.variables[number].variable = other
        let new = Syntax(.derivative(copy), right.range)
        var candidate = SlipCandidate(
          row: 0, cost: wrong.tokenCount < 3 ? 20 : 14, size: 1, mistake: .wrongVariable,
          whole: new, before: right,
          after: new, words: [.text("this is "), .math(new), .text(", not "), .math(right)])
        candidate.isOfOther = true
        found.append(candidate)
      }
    }
    return found
  }

  // MARK: Words

  private func slip(_ candidate: SlipCandidate) -> FoundSlip {
    FoundSlip(
      mistake: candidate.mistake, repaired: candidate.whole,
      change: SlipChange(
        range: candidate.before.range, before: formula(candidate.before),
        after: formula(candidate.after), isOfOtherSide: candidate.isOfOther),
      sentence: inlines(candidate.words))
  }

  func inlines(_ words: [SlipWord]) -> [Inline] {
    words.map { word in
      switch word {
      case .text(let text): .text(text)
      case .math(let syntax): .formula(formula(syntax))
      }
    }
  }

  // MARK: Arithmetic

  /// Whether the names of a side have values that are written as decimals.
  private func usesDecimals(_ side: Syntax, _ pool: borrowing ExpressionPool) -> Bool {
    side.names.contains { name in
      guard let symbol = scope.names[name.text], let value = scope.values[symbol] else {
        return false
      }
      return value.rows.contains { row in
        row.contains { pool.rational($0).map { !$0.denominator.isOne } ?? false }
      }
    }
  }

  /// A number that is not the value of the other side.
  private func arithmetic(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard wrong.isWrittenNumber else { return nil }
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    guard var handle = try? lowering.expression(right, in: &pool) else { return nil }
    if pool.traits(handle).contains(.derivative) {
      handle = pool.opened(
        pool.differentiated(handle, DifferentiationContext(scope, in: &pool)), scope.definitions)
    }
    var evaluator = ExactEvaluator(lowering.scope)
    guard let value = try? evaluator.value(of: handle, in: &pool),
      let number = Syntax.value(
        value, at: wrong.range,
        usesDecimals: wrong.hasDecimals || right.hasDecimals || usesDecimals(right, pool))
    else { return nil }
    let equation = Syntax(.comparison(right, .equal, number), right.range)
    return FoundSlip(
      mistake: .arithmetic, repaired: number,
      change: SlipChange(
        range: wrong.range, before: formula(wrong), after: formula(number),
        isOfOtherSide: false),
      sentence: inlines([.math(equation)]))
  }
}

extension Syntax {
  /// A number as an author writes it, possibly with a sign or as a fraction.
  var isWrittenNumber: Bool {
    switch kind {
    case .number: true
    case .negation(let inner): inner.isWrittenNumber
    case .product(let factors):
      factors.count == 2 && factors[1].operation == .over && factors[0].factor.isNumber
        && factors[1].factor.isNumber
    default: false
    }
  }

  /// A number written as a decimal where it has a short one, else as a fraction.
  static func value(
    _ value: Rational, at range: SourceRange, usesDecimals: Bool
  ) -> Syntax? {
    guard value.bitWidth < 200 else { return nil }
    let size = value.absoluteValue
    let written: Syntax
    if let digits = usesDecimals || size.denominator.isOne ? size.shortDecimal : nil {
      written = Syntax(.number(digits), range)
    } else {
      written = .product(
        [
          FactorSyntax(
            operation: .times, factor: Syntax(.number(size.numerator.description), range)),
          FactorSyntax(
            operation: .over, factor: Syntax(.number(size.denominator.description), range)),
        ], at: range)
    }
    return value.isNegative ? Syntax(.negation(written), range) : written
  }
}

extension Rational {
  /// All digits of a decimal that ends soon.
  fileprivate var shortDecimal: String? {
    if denominator.isOne { return numerator.description }
    var power: Rational = 1
    for places in 1...12 {
      power = power * 10
      let scaled = self * power
      guard scaled.denominator.isOne else { continue }
      var digits = scaled.numerator.description
      while digits.utf8.count <= places { digits = "0" + digits }
      let cut = digits.index(digits.endIndex, offsetBy: -places)
      return digits[..<cut] + "." + digits[cut...]
    }
    return nil
  }
}

extension ExpressionPool {
  /// Whether a condition is about values, not only about which indices are equal.
  fileprivate func saysMoreThanIndices(_ condition: Handle) -> Bool {
    symbolsOccurring(in: [condition]).contains { symbol in
      switch kind(of: symbol) {
      case .scalar, .array, .function: true
      case .index, .label, .dimension: false
      }
    }
  }
}

extension ProofContext {
  /// The context without given values of quantities, which may hide what is wrong.
  func withoutValues(_ pool: inout ExpressionPool) -> ProofContext {
    var copy = self
    copy.assumptions.removeAll { fact in
      guard case .relation(.equal, let list) = pool[fact], pool.count(list) == 2 else {
        return false
      }
      switch pool[pool.operand(list, 0)] {
      case .symbol: break
      case .entry(_, let indices):
        if !pool.operands(indices).allSatisfy({ pool.isNumber($0) }) { return false }
      default: return false
      }
      return pool.symbolsOccurring(in: [pool.operand(list, 1)]).isEmpty
    }
    return copy
  }
}

extension SlipSearch {
  /// A repaired side in plain notation.
  package static func text(of syntax: Syntax, _ scope: Scope) -> String {
    SyntaxFormula(scope)(syntax).plain
  }
}
