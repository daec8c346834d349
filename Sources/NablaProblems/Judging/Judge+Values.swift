import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

/// What came of comparing two sides at given values.
enum NumericOutcome {
  case holds
  /// With the value of the side before, as text.
  case fails(String)
  /// A name has no value.
  case missing(String)
}

extension Judge {
  /// Whether a step is about numbers: one side has no names, or numbers were put in for some.
  func isNumeric(_ left: Syntax, _ right: Syntax) -> Bool {
    if left.isClosed || right.isClosed { return true }
    if section.valued.isEmpty, section.samples.isEmpty { return false }
    let before = left.digits
    return right.digits.contains { !before.contains($0) && !Self.isSmall($0) }
      && right.names.count < left.names.count + 1
  }

  /// 0, 1 and 2 stand in formulas as well.
  private static func isSmall(_ digits: String) -> Bool { ["0", "1", "2"].contains(digits) }

  /// Compares two sides at the values of the problem; nil if it gives none that fit.
  mutating func numeric(
    _ left: Syntax, _ right: Syntax, believing: Bool = false, in pool: inout ExpressionPool
  ) -> NumericOutcome? {
    var worst: NumericOutcome?
    var scopes = section.valued
    let supposed = supposedValues(in: &pool)
    if left.isClosed, right.isClosed || scopes.isEmpty { scopes = [section.scope] }
    if scopes.isEmpty, !supposed.isEmpty { scopes = [section.scope] }
    for valued in scopes {
      var own = believing ? believed : refined
      own.values = valued.values
      for (symbol, value) in supposed { own.values[symbol] = value }
      guard let outcome = compare(left, right, in: own, &pool) else { continue }
      if case .holds = outcome {
        // What keeps names has to hold for more than the values of one sheet.
        let moved = own.moving(keptNames(left, right, own), in: &pool)
        if let moved, case .fails? = compare(left, right, in: moved, &pool) { continue }
        return outcome
      }
      if worst == nil { worst = outcome }
      if case .missing? = worst { worst = outcome }
    }
    switch worst {
    case .holds?, .fails?: return worst
    case .missing?, nil: return atSamples(left, right, believing, in: &pool) ?? worst
    }
  }

  /// The names for which a step says something whatever their values: those on its right side if
  /// numbers were put in for others there, else all; none where a side is a number.
  private func keptNames(_ left: Syntax, _ right: Syntax, _ scope: Scope) -> Set<String> {
    if left.isClosed || right.isClosed { return [] }
    if !right.digits.isSubset(of: left.digits) { return Set(right.names.map { $0.text }) }
    return Set(scope.names.keys)
  }

  /// Compares two sides at the samples of a training before its first step.
  ///
  /// Which sample the author works with is known once a line holds for one; before that, and behind
  /// words of further steps, nothing is wrong.
  private mutating func atSamples(
    _ left: Syntax, _ right: Syntax, _ believing: Bool, in pool: inout ExpressionPool
  ) -> NumericOutcome? {
    if left.isClosed, right.isClosed { return nil }
    if let trained = atTraining(left, right, in: &pool) { return trained }
    for (number, values) in section.samples.enumerated() {
      var own = believing ? believed : refined
      own.values = values
      guard let outcome = compare(left, right, in: own, &pool) else { return nil }
      if case .missing = outcome { return nil }
      if case .holds = outcome {
        if !believing { sampleAtHand = number }
        return .holds
      }
      if number == sampleAtHand { return outcome }
    }
    return nil
  }

  /// Whether the left side is a quantity of which the problem says that it takes the value on the
  /// right in the course of training.
  private mutating func atTraining(
    _ left: Syntax, _ right: Syntax, in pool: inout ExpressionPool
  ) -> NumericOutcome? {
    guard right.isClosed, let name = left.definedName, let symbol = refined.names[name.text] else {
      return nil
    }
    for (quantity, decimal) in section.trained where quantity == pool.symbol(symbol) {
      let value = Syntax(.number(decimal), left.range)
      if case .holds? = compare(value, right, in: section.scope, &pool) { return .holds }
    }
    return nil
  }

  /// Two sides at the values of a scope, entry by entry.
  struct Comparison {
    var missing: String?
    var pairs: [(left: NumericValue, right: NumericValue)] = []
  }

  mutating func evaluated(
    _ left: Syntax, _ right: Syntax, in scope: Scope, _ pool: inout ExpressionPool
  ) -> Comparison? {
    let prepared = letters.prepare([left, right], in: scope, &pool)
    var lowering = Lowering(prepared.scope)
    lowering.allowsUndefined = true
    let relation = RelationSyntax(
      left: prepared.expressions[0], operation: .equal, right: prepared.expressions[1])
    guard let forms = try? lowering.relationForms(relation, in: &pool) else { return nil }
    return evaluated(forms, in: lowering.scope, &pool)
  }

  func evaluated(
    _ forms: RelationForms, in scope: Scope, _ pool: inout ExpressionPool
  ) -> Comparison? {
    let values = GivenValues(scope, in: &pool)
    let context = DifferentiationContext(scope, in: &pool)
    let sides = (
      pool.differentiated(forms.leftEntry, context), pool.differentiated(forms.rightEntry, context)
    )
    let free = Set(pool.freeIndices(of: [sides.0, sides.1]))
    var comparison = Comparison()
    for side in [sides.0, sides.1] {
      if let missing = values.firstMissing(in: side, free: free, &pool) {
        comparison.missing = pool.declaration(of: missing).name
        return comparison
      }
    }
    for place in values.places(of: free.sorted(), &pool) {
      guard
        let found = values.value(of: pool.substitute(place, in: sides.0), &pool),
        let wanted = values.value(of: pool.substitute(place, in: sides.1), &pool)
      else { return nil }
      comparison.pairs.append((found, wanted))
    }
    return comparison.pairs.isEmpty ? nil : comparison
  }

  private mutating func compare(
    _ left: Syntax, _ right: Syntax, in scope: Scope, _ pool: inout ExpressionPool
  ) -> NumericOutcome? {
    guard let comparison = evaluated(left, right, in: scope, &pool) else { return nil }
    if let missing = comparison.missing { return .missing(missing) }
    let decimals = right.decimals
    let count = comparison.pairs.count
    var slack: [Double]?
    for (number, (found, wanted)) in comparison.pairs.enumerated() {
      let isEqual = found.agrees(with: wanted, nil, isExact: false, pool) == true
      if isEqual, !right.holdsDecimal || !left.holdsDecimal { continue }
      let known = slack ?? self.slack(left, right, comparison, in: scope, &pool)
      slack = known
      let decimal = decimals.count == count ? decimals[number] : decimals.first ?? nil
      // Behind an equals sign a whole number is exact.
      let isRounded = isApproximate || decimal?.contains(".") == true
      let gap = abs(found.double(in: pool) - wanted.double(in: pool))
      guard
        isEqual
          || isRounded && found.agrees(with: wanted, decimal, isExact: false, pool) == true
          || known[number] > 0 && gap <= 1.001 * known[number]
      else { return .fails(found.text(in: pool)) }
      if let decimal, !isEqual || known[number] > 0 {
        rounded.note(decimal, error: known[number], isRounded: !isEqual)
      }
    }
    return .holds
  }

  /// How far the sides may lie apart because decimals in them were rounded: the effects of half a
  /// unit in the last digit of each, added up.
  private mutating func slack(
    _ left: Syntax, _ right: Syntax, _ comparison: Comparison, in scope: Scope,
    _ pool: inout ExpressionPool
  ) -> [Double] {
    var total = [Double](repeating: 0, count: comparison.pairs.count)
    for (side, isLeft) in [(left, true), (right, false)] {
      for digits in side.digits.sorted() {
        guard let raised = rounded.raised(digits, isApproximate: isApproximate) else { continue }
        let other = side.replacingNumeral(digits, with: raised)
        guard
          let changed = evaluated(
            isLeft ? other : left, isLeft ? right : other, in: scope, &pool),
          changed.pairs.count == total.count
        else { return [Double](repeating: 0, count: total.count) }
        for (place, pair) in changed.pairs.enumerated() {
          let before = comparison.pairs[place]
          let old = before.left.double(in: pool) - before.right.double(in: pool)
          total[place] += abs(pair.left.double(in: pool) - pair.right.double(in: pool) - old)
        }
      }
    }
    return total
  }

  /// Writes the outcome of a comparison into a claim.
  func apply(_ outcome: NumericOutcome, to claim: inout MarkedClaim) {
    switch outcome {
    case .holds:
      claim.verdict = .proved
      claim.because = [.text("at the given values")]
    case .fails(let value):
      claim.verdict = .refuted
      claim.mistake = .arithmetic
      claim.repair = .number(value)
      claim.because = [.text("it is "), .formula(.number(value))]
      if let left = claim.left {
        claim.because = [.formula(.relation(left, [.init(.equal, .number(value))]))]
      }
    case .missing(let name):
      claim.verdict = .notDetermined
      claim.because = [
        .text("the problem gives no value for "), .formula(.name(Identifier(name))),
      ]
    }
  }
}

extension Syntax {
  /// The numerals that occur.
  var digits: Set<String> {
    var found: Set<String> = []
    func collect(_ syntax: Syntax, _ depth: Int) {
      if depth > Syntax.deepestNesting { return }
      if case .number(let digits) = syntax.kind { found.insert(digits) }
      syntax.forEachPart { collect($0, depth + 1) }
    }
    collect(self, 0)
    return found
  }

  /// The decimals of a number or of a list of numbers as they are written, by rows.
  var decimals: [String?] {
    if case .matrix(let rows) = kind { return rows.flatMap { $0.map { TaskReader.decimal($0) } } }
    return [TaskReader.decimal(self)]
  }

  /// The expression with a numeral replaced wherever it stands.
  func replacingNumeral(_ digits: String, with other: String, depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    if case .number(digits) = kind { return Syntax(.number(other), range) }
    return mappingParts { $0.replacingNumeral(digits, with: other, depth: depth + 1) }
  }
}

extension Scope {
  /// The same with values near the given ones for inputs of some names; nil if there are none.
  fileprivate func moving(_ moved: Set<String>, in pool: inout ExpressionPool) -> Scope? {
    var scope = self
    var steps: Integer = 128
    for name in moved.sorted() {
      guard let symbol = names[name], definitions[symbol] == nil, let value = values[symbol],
        [.scalar, .array].contains(pool.kind(of: symbol))
      else { continue }
      scope.values[symbol] = ValueAssignment(
        rows: value.rows.map { row in
          row.map { entry in
            steps = steps + 1
            guard let known = pool.rational(entry) else { return entry }
            guard let step = Rational(1, over: steps) else { return entry }
            return pool.number(known + (known.isZero ? step : known * step))
          }
        })
    }
    return steps == 128 ? nil : scope
  }
}
