import NablaExpressions
import NablaNumbers

extension Prover {
  /// Whether an equation between continuous functions holds because its sides have the same
  /// derivatives and agree at points where that is known exactly.
  func holdsByDerivatives(
    _ proof: inout ProofAttempt, _ question: ProofQuestion, _ level: Int,
    _ pool: inout ExpressionPool
  ) -> Bool {
    let sides = [question.left, question.right]
    guard level < 3, question.guards.isEmpty, !question.isUnguarded,
      context.conditions.isEmpty, pool.areContinuous(sides)
    else { return false }
    let symbols = pool.symbolsOccurring(in: sides)
    guard !symbols.isEmpty, symbols.allSatisfy({ pool.kind(of: $0) == .scalar }) else {
      return false
    }
    if symbols.count > 1 { return holdsOnConvexDomain(question, symbols, level, &pool) }
    let restrictions = question.context.assumptions.filter {
      pool.symbolsOccurring(in: [$0]) == symbols && pool.isInequality($0)
    }
    for own in restrictions.isEmpty ? [[]] : [[], restrictions] {
      guard let subjects = subjects(of: sides, symbols[0], own, &pool) else { return false }
      let line = SingleVariable(
        left: question.left, right: question.right, symbol: symbols[0], subjects: subjects.all,
        negatives: subjects.negative, restrictions: own, prover: self, level: level)
      if line.holds(&pool) {
        proof.take(uses: own)
        return true
      }
    }
    return false
  }

  /// What may be 0 at the ends of the domain; nil if that is not known.
  private func subjects(
    of sides: [Handle], _ symbol: SymbolID, _ restrictions: [Handle], _ pool: inout ExpressionPool
  ) -> (all: [Handle], negative: [Handle])? {
    var analysis = DomainAnalysis()
    for side in sides { analysis.collect(from: side, in: &pool) }
    guard analysis.isComplete else { return nil }
    var subjects: [Handle] = []
    var negative: [Handle] = []
    for condition in analysis.conditions {
      switch condition.kind {
      case .nonzero: subjects.append(condition.subject)
      case .positive, .nonnegative:
        subjects.append(condition.subject)
        if !condition.isLocal { negative.append(condition.subject) }
      case .cosineNonzero, .sineNonzero: return nil
      }
    }
    for restriction in restrictions {
      guard case .relation(_, let list) = pool[restriction] else { return nil }
      subjects.append(
        pool.writtenSum([pool.operand(list, 0), pool.negation(pool.operand(list, 1))]))
    }
    let domain = pool.declaration(of: symbol).domain
    for bound in [domain.lower, domain.upper] {
      guard let bound else { continue }
      subjects.append(pool.writtenSum([pool.symbol(symbol), pool.number(-bound.value)]))
    }
    return (subjects, negative)
  }

  /// On a convex domain with an interior in which both sides are smooth, equal gradients and one
  /// common value suffice.
  private func holdsOnConvexDomain(
    _ question: ProofQuestion, _ symbols: [SymbolID], _ level: Int, _ pool: inout ExpressionPool
  ) -> Bool {
    if symbols.count > 4 { return false }
    let sides = [question.left, question.right]
    var analysis = DomainAnalysis()
    for side in sides { analysis.collect(from: side, in: &pool) }
    guard analysis.isComplete, !pool.mayJump(sides) else { return false }
    // Without facts, so that no condition shows itself; bounds that were declared hold.
    var reducer = Reducer()
    reducer.algebra.work = 20_000
    reducer.algebra.isOver = budget.isOver
    reducer.startAgain(&pool)
    for condition in analysis.conditions {
      guard let form = try? reducer.form(of: condition.subject, in: &pool) else { return false }
      switch condition.kind {
      case .cosineNonzero, .sineNonzero: return false
      case .nonzero, .positive, .nonnegative:
        let open = form.factors.filter { reducer.algebra.knownSign($0.id) == nil }
        if open.isEmpty { continue }
        guard condition.kind != .nonzero, open.count == 1, open[0].exponent == 1,
          reducer.algebra.isPlainLinear(open[0].id)
        else { return false }
      }
    }
    var bare = question.context
    bare.assumptions = []
    for symbol in symbols {
      let variable = pool.symbol(symbol)
      let one = pool.derivative(question.left, by: [variable])
      let other = pool.derivative(question.right, by: [variable])
      var attempt = ProofAttempt(ProofQuestion(one, other, bare, &pool), budget)
      guard attempt.run(&pool), attempt.reducer.jumps.isEmpty else { return false }
    }
    for attempt in 0..<6 {
      var substitution = Substitution()
      for symbol in symbols {
        guard let value = pool.declaration(of: symbol).domain.simpleNumber(attempt) else {
          return false
        }
        substitution.symbols[symbol] = pool.number(value)
      }
      let one = pool.substitute(substitution, in: question.left)
      let other = pool.substitute(substitution, in: question.right)
      let verdict = Prover(ProofContext(seed: context.seed), budget: budget)
        .decide(one, other, level: level + 1, &pool)
      switch verdict {
      case .proved: return true
      case .refuted: return false
      default: continue
      }
    }
    return false
  }
}

extension Domain {
  /// A simple number inside the domain.
  fileprivate func simpleNumber(_ attempt: Int) -> Rational? {
    let near = [Rational(0), 1, Rational(1, over: 2) ?? 0, -1, 2, Rational(-1, over: 2) ?? 0]
    let number = near[attempt % near.count]
    if let lower, let upper {
      return lower.value + (upper.value - lower.value)
        * (Rational(1, over: Integer(attempt + 2)) ?? 0)
    }
    if let lower { return lower.value + 1 + Rational(attempt) }
    if let upper { return upper.value - 1 - Rational(attempt) }
    return number
  }
}

extension ExpressionPool {
  func isInequality(_ handle: Handle) -> Bool {
    guard case .relation(let relation, let list) = self[handle], count(list) == 2 else {
      return false
    }
    switch relation {
    case .greater, .greaterOrEqual, .less, .lessOrEqual: return true
    case .equal, .notEqual: return false
    }
  }

  /// Whether all that occurs is continuous wherever it is defined, and defined as the analysis of
  /// domains says.
  func areContinuous(_ roots: [Handle]) -> Bool {
    var hasFunction = false
    for node in nodesBelow(roots) {
      switch self[node] {
      case .integer, .number, .constant, .symbol, .sum, .product, .heldSum, .heldProduct,
        .negation, .quotient:
        break
      case .root: hasFunction = true
      case .power(_, let exponent):
        if rational(exponent)?.isInteger != true { hasFunction = true }
      case .function(let function, _):
        hasFunction = true
        switch function {
        case .exp, .log, .sqrt, .sinh, .cosh, .tanh, .coth, .sech, .csch, .asin, .acos, .atan,
          .acot, .asinh, .acosh, .atanh, .acsch, .sigmoid, .softplus, .erf, .abs, .relu, .sin,
          .cos:
          break
        default: return false
        }
      default: return false
      }
    }
    return hasFunction
  }
}
