import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// A derivative that was worked out, for an author who sets it to 0 without writing so.
struct WorkedDerivative {
  /// The name of what it is by.
  var variable: String?
  var value: Syntax

  init?(_ head: Syntax, _ value: Syntax) {
    switch head.kind {
    case .derivative(let derivative):
      if derivative.variables.count == 1, derivative.variables[0].order == 1 {
        variable = derivative.variables[0].variable.baseName
      }
    case .call(let call) where call.primes > 0:
      if call.primes == 1, call.arguments.count == 1 { variable = call.arguments[0].baseName }
    default: return nil
    }
    self.value = value
  }
}

extension Judge {
  /// The equations that the author solves: those set up, and the derivatives that are set to 0.
  var knownEquations: [(left: Syntax, right: Syntax)] {
    var known = posed
    if posesEquations || !posed.isEmpty {
      known = results.map { ($0.value, Syntax(.number("0"), $0.value.range)) } + known
    }
    return known
  }

  /// Whether there is one equation to be solved and not a system.
  private var solvesOneEquation: Bool {
    let variables = Set(results.compactMap { $0.variable })
    if posedRoots > 1 { return false }
    if posedRoots == 0 { return posesEquations && variables.count == 1 }
    return !posesEquations || variables.count <= 1
  }

  /// Whether what comes next can only be meant as a consequence of the one equation that is solved:
  /// nothing else was assumed, and no other words lead to it.
  private var drawsConclusion: Bool {
    solvesOneEquation && supposesNothing && accepted.isEmpty
      && (line?.conditions.isEmpty ?? true)
      && (followsImplication || leading.leadsToConclusion)
  }

  /// Judges `x = value` as a solution of an equation set up before, by putting it in.
  mutating func settleAsSolution(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard let open = line, open.head.range == open.last.range, let name = found.left.definedName,
      let symbol = refined.names[name.text], refined.definitions[symbol] == nil,
      [.scalar, .array].contains(pool.kind(of: symbol))
    else { return false }
    let known = knownEquations.reversed().prefix(Self.mostKnown)
    guard !known.isEmpty,
      let solution = found.forms.flatMap({ pool.definition(of: symbol, by: $0) }),
      !pool.symbolsMentioned(in: solution.body, refined.definitions).contains(symbol)
    else { return false }
    var isAbout = false
    var fails = true
    for (left, right) in known {
      let equation = attempt(left, right, when: [], in: refined, &pool)
      guard let forms = equation.forms,
        pool.symbolsMentioned(in: forms.leftEntry, refined.definitions).contains(symbol)
          || pool.symbolsMentioned(in: forms.rightEntry, refined.definitions).contains(symbol)
      else { continue }
      isAbout = true
      let context = DifferentiationContext(equation.scope, in: &pool)
      let sides = (
        pool.differentiated(forms.leftEntry, context),
        pool.differentiated(forms.rightEntry, context)
      )
      var scope = equation.scope
      scope.definitions.add(solution)
      switch decide(sides.0, sides.1, when: [], in: scope, &pool) {
      case .proved:
        claim.verdict = .proved
        claim.because = Self.reasonOfSolution
        return true
      case .refuted, .conditional: break
      case .undecided, .exhausted: fails = false
      }
    }
    guard isAbout, fails, drawsConclusion, !found.right.isClosed || followsImplication else {
      return false
    }
    claim.verdict = .refuted
    claim.mistake = .conclusion
    claim.because = [.text("does not solve the equation above")]
    return true
  }

  static let mostKnown = 6

  static let reasonOfSolution: [Inline] = [.text("solves the equation above")]

  // MARK: What does not follow

  /// Whether an equation fails where the one that the author solves holds, which is solved for a
  /// number at small sizes.
  mutating func doesNotFollow(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard drawsConclusion, refined.assumptions.isEmpty, let known = knownEquations.last else {
      return false
    }
    var names = Set(results.compactMap { $0.variable })
    if let own = WorkedDerivative(known.left, known.right)?.variable { names.insert(own) }
    if names.isEmpty { names = Set(known.left.names.map { $0.text }) }
    for name in names.sorted() {
      guard let symbol = refined.names[name], refined.definitions[symbol] == nil,
        [.scalar, .array].contains(pool.kind(of: symbol))
      else { continue }
      var failures = 0
      for draw in 0..<2 {
        guard let gap = gapAtSolution(known, found, for: symbol, draw, in: &pool) else { break }
        if gap { failures += 1 }
      }
      if failures == 2 { return true }
    }
    return false
  }

  /// Whether both sides differ where a linear equation holds; nil if it cannot be solved.
  private mutating func gapAtSolution(
    _ known: (left: Syntax, right: Syntax), _ found: Attempt, for symbol: SymbolID, _ draw: Int,
    in pool: inout ExpressionPool
  ) -> Bool? {
    guard var scope = scopeWithNumbers(for: symbol, draw, in: &pool) else { return nil }
    var gaps: [Double] = []
    for value in 0...2 {
      scope.values[symbol] = ValueAssignment(pool.integer(value))
      guard let sides = evaluated(known.left, known.right, in: scope, &pool),
        sides.missing == nil, sides.pairs.count == 1
      else { return nil }
      gaps.append(sides.pairs[0].left.double(in: pool) - sides.pairs[0].right.double(in: pool))
    }
    let slope = gaps[1] - gaps[0]
    let scale = gaps.map { abs($0) }.max() ?? 1
    guard scale.isFinite, abs(gaps[2] - gaps[1] - slope) <= 1e-9 * scale,
      abs(slope) > 1e-6 * scale,
      let solution = Rational(exactly: -gaps[0] / slope)
    else { return nil }
    let domain = pool.declaration(of: symbol).domain
    if let lower = domain.lower, solution < lower.value { return nil }
    if let upper = domain.upper, solution > upper.value { return nil }
    scope.values[symbol] = ValueAssignment(pool.number(solution))
    var own = found.scope
    own.values = scope.values
    guard let forms = found.forms, let sides = evaluated(forms, in: own, &pool),
      sides.missing == nil
    else { return nil }
    return sides.pairs.contains { pair in
      let (one, other) = (pair.left.double(in: pool), pair.right.double(in: pool))
      return abs(one - other) > 1e-5 * max(1, abs(one), abs(other))
    }
  }

  /// The scope with small numbers for all names, in which what is solved for is a single number.
  private func scopeWithNumbers(
    for unknown: SymbolID, _ draw: Int, in pool: inout ExpressionPool
  ) -> Scope? {
    var scope = refined
    var number = draw * 7
    let names = scope.names.sorted { $0.key < $1.key }.map { $0.value }
    for symbol in names where pool.kind(of: symbol) == .dimension {
      if scope.values[symbol] == nil { scope.values[symbol] = ValueAssignment(pool.integer(2)) }
    }
    for range in pool.declaration(of: unknown).ranges {
      guard case .symbol(let size) = pool[range.upper], pool.kind(of: size) == .dimension else {
        return nil
      }
      scope.values[size] = ValueAssignment(pool.integer(1))
    }
    let sizes = GivenValues(scope, in: &pool)
    for symbol in names where symbol != unknown && scope.definitions[symbol] == nil {
      let declaration = pool.declaration(of: symbol)
      guard [.scalar, .array].contains(declaration.kind), scope.values[symbol] == nil else {
        continue
      }
      let domain = declaration.domain
      if domain.isOneHot || domain.isProbability || domain.upper != nil { return nil }
      var counts: [Int] = []
      for range in declaration.ranges {
        guard let count = sizes.exactValue(of: pool.size(of: range), &pool)?.asInt, count > 0,
          count <= 4
        else { return nil }
        counts.append(count)
      }
      let (rows, columns) = (counts.first ?? 1, counts.count > 1 ? counts[1] : 1)
      var values: [[Handle]] = []
      for _ in 0..<rows {
        var row: [Handle] = []
        for _ in 0..<columns {
          let drawn = Self.numbers[number % Self.numbers.count]
          number += 1
          let lower = domain.lower?.value ?? 0
          let sign: Rational = domain.lower == nil && number % 3 == 0 ? -1 : 1
          row.append(pool.number(lower + sign * (Rational(Integer(drawn), over: 4) ?? 1)))
        }
        values.append(row)
      }
      if domain.isSymmetric, rows > 1 { return nil }
      scope.values[symbol] = ValueAssignment(rows: values)
    }
    return scope
  }

  /// In quarters.
  private static let numbers = [5, 3, 7, 2, 9, 6, 11, 13, 1, 15, 10]
}

extension ExpressionPool {
  /// An equation between a name and a value as a definition.
  fileprivate func definition(of symbol: SymbolID, by forms: RelationForms) -> Definition? {
    switch self[forms.leftEntry] {
    case .symbol(symbol): return Definition(symbol: symbol, parameters: [], body: forms.rightEntry)
    case .entry(symbol, let list):
      var parameters: [SymbolID] = []
      for slot in operands(list) {
        guard case .symbol(let index) = self[slot], kind(of: index) == .index,
          !parameters.contains(index)
        else { return nil }
        parameters.append(index)
      }
      return Definition(symbol: symbol, parameters: parameters, body: forms.rightEntry)
    default: return nil
    }
  }
}

extension Syntax {
  /// The name of a quantity or of what it is an entry of.
  fileprivate var baseName: String? {
    switch kind {
    case .name(let text): text
    case .indexed(let base, _): base.baseName
    default: nil
    }
  }
}
