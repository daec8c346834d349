import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Judges an equation that was not decided as a whole by its parts: a right side with cases case
  /// by case, arrays of known sizes entry by entry; false if that does not decide it.
  mutating func settleByParts(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    if isLiteral { return false }
    if settleForAllNumbers(&claim, found, in: &pool) { return true }
    if case .piecewise(let branches, let otherwise) = found.right.kind {
      return settleByCases(&claim, found, branches, otherwise, in: &pool)
    }
    return settleByEntries(&claim, found, in: &pool)
  }

  /// A point at which the sides differ, looked for among many more: an indicator that is lost is
  /// missed at most points.
  mutating func lookAgain(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> ExactCounterexample? {
    guard !isLiteral, let forms = found.forms, case .judged(.undecided) = found.outcome else {
      return nil
    }
    let context = DifferentiationContext(found.scope, in: &pool)
    let sides = [forms.leftEntry, forms.rightEntry].map {
      pool.opened(pool.differentiated($0, context), found.scope.definitions)
    }
    guard pool.hasKink(sides) else { return nil }
    var proof = ProofContext(found.scope, seed: options.seed &+ 0x9E37_79B9, in: &pool)
    proof.assumptions += accepted + found.facts
    proof.conditions += found.conditions
    var budget = options.budget
    budget.work = 4 * budget.work
    budget.points = Self.manyPoints
    if case .refuted(let counterexample) = Prover(proof, budget: budget).decide(
      forms.leftEntry, forms.rightEntry, in: &pool)
    {
      return counterexample
    }
    return nil
  }

  private static let manyPoints = 600

  /// Proves an equation under conditions on quantities for all numbers in their place: what holds
  /// for any holds for what they are computed from, once nothing is differentiated any more.
  private mutating func settleForAllNumbers(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard !found.facts.isEmpty, let forms = found.forms else { return false }
    let symbols = Set(
      pool.symbolsOccurring(in: found.facts).filter { found.scope.definitions[$0] != nil })
    if symbols.isEmpty { return false }
    let context = DifferentiationContext(found.scope, in: &pool)
    let sides = [forms.leftEntry, forms.rightEntry].map {
      pool.differentiated($0, context)
    }
    let isDone = !pool.nodesBelow(sides).contains { node in
      if case .derivative = pool[node] { true } else { false }
    }
    guard isDone else { return false }
    var scope = found.scope
    scope.definitions = scope.definitions.without(symbols)
    let known = accepted
    accepted += found.facts
    defer { accepted = known }
    guard case .proved = decide(sides[0], sides[1], when: found.conditions, in: scope, &pool) else {
      return false
    }
    claim.verdict = .proved
    return true
  }

  private mutating func settleByCases(
    _ claim: inout MarkedClaim, _ found: Attempt, _ branches: [PiecewiseBranchSyntax],
    _ otherwise: Syntax?, in pool: inout ExpressionPool
  ) -> Bool {
    let usual = line?.conditions ?? conditions
    var cases = branches.map { ([$0.condition], $0.value) }
    if let otherwise { cases.append((branches.map { $0.condition.opposite }, otherwise)) }
    var proved = 0
    for (own, value) in cases.prefix(Self.mostCases) {
      var part = attemptInScopes(found.left, value, when: usual + own, &pool)
      if case .judged(.undecided) = part.outcome, let freed = freed(own) {
        let other = attempt(found.left, value, when: usual + own, in: freed, &pool)
        if other.isProved, !found.left.holdsDerivative, !value.holdsDerivative { part = other }
      }
      switch part.outcome {
      case .judged(.proved): proved += 1
      case .judged(.refuted(let counterexample)) where part.facts.count + part.conditions.count > 0:
        claim.verdict = .refuted
        claim.counterexample = self.counterexample(counterexample, in: &pool)
        return true
      default: break
      }
    }
    guard proved == cases.count else { return false }
    claim.verdict = .proved
    return true
  }

  /// The scope without the definitions of the numbers that conditions are about: what holds for
  /// any number holds for what it is computed from.
  private func freed(_ conditions: [Syntax]) -> Scope? {
    var symbols: Set<SymbolID> = []
    for condition in conditions {
      for name in condition.names {
        if let symbol = refined.names[name.text], refined.definitions[symbol] != nil {
          symbols.insert(symbol)
        }
      }
    }
    if symbols.isEmpty { return nil }
    var scope = refined
    scope.definitions = refined.definitions.without(symbols)
    return scope
  }

  private mutating func settleByEntries(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard let forms = found.forms else { return false }
    let free = pool.freeIndices(of: [forms.leftEntry, forms.rightEntry])
    guard !free.isEmpty else { return false }
    let places = GivenValues(found.scope, in: &pool).places(of: free.sorted(), &pool)
    guard (1...Self.mostEntries).contains(places.count) else { return false }
    for place in places {
      let left = pool.substitute(place, in: forms.leftEntry)
      let right = pool.substitute(place, in: forms.rightEntry)
      let conditions = found.conditions.map { pool.substitute(place, in: $0) }
      switch decide(left, right, when: conditions, in: found.scope, &pool) {
      case .proved: continue
      case .refuted(let counterexample):
        claim.verdict = .refuted
        claim.counterexample = self.counterexample(counterexample, in: &pool)
        return true
      case .conditional, .undecided, .exhausted: return false
      }
    }
    claim.verdict = .proved
    return true
  }

  /// Judges an equation with an array that is written out, of a size that the problem leaves open,
  /// for that size: it holds for it, or it is open.
  mutating func settleAtWrittenSizes(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) {
    let counts = Set(found.left.literalCounts + found.right.literalCounts).subtracting([1]).sorted()
    let sizes = refined.names.sorted { $0.key < $1.key }.filter {
      pool.kind(of: $0.value) == .dimension && refined.values[$0.value] == nil
    }
    if counts.isEmpty || sizes.isEmpty {
      claim.verdict = .refuted
      return
    }
    claim.verdict = .undecided
    let turned = Syntax(.transpose(found.right), found.right.range)
    for count in counts.prefix(2) {
      for (name, symbol) in sizes.prefix(3) {
        var scope = refined
        scope.values[symbol] = ValueAssignment(pool.integer(count))
        for right in [found.right, turned] {
          let own = attempt(found.left, right, when: line?.conditions ?? [], in: scope, &pool)
          guard own.forms != nil else { continue }
          if own.isProved || (settleByEntries(&claim, own, in: &pool) && claim.verdict == .proved) {
            claim.verdict = .proved
            claim.because = [.text("for \(name) = \(count)")]
            return
          }
          claim.verdict = .undecided
          claim.counterexample = nil
        }
      }
    }
    claim.because = [.text("the problem leaves the size open")]
  }

  private static let mostCases = 6
  private static let mostEntries = 16
}

extension ExpressionPool {
  /// Whether something in expressions changes at once somewhere.
  fileprivate func hasKink(_ roots: [Handle]) -> Bool {
    nodesBelow(roots).contains { node in
      switch self[node] {
      case .indicator(let condition):
        if case .relation(let relation, _) = self[condition] {
          relation != .equal && relation != .notEqual
        } else {
          true
        }
      case .maximum, .minimum, .piecewise: true
      case .function(let function, _): [.abs, .relu, .sign, .step].contains(function)
      default: false
      }
    }
  }
}

extension Syntax {
  /// Whether an array is written out by its entries.
  var holdsLiteralArray: Bool { !literalCounts.isEmpty }

  /// The numbers of rows and columns of the arrays that are written out.
  fileprivate var literalCounts: [Int] {
    var found: [Int] = []
    func collect(_ syntax: Syntax, _ depth: Int) {
      if depth > Syntax.deepestNesting { return }
      if case .matrix(let rows) = syntax.kind { found += [rows.count, rows.first?.count ?? 1] }
      syntax.forEachPart { collect($0, depth + 1) }
    }
    collect(self, 0)
    return found
  }
}
