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
    guard !section.valued.isEmpty else { return false }
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
    if left.isClosed, right.isClosed || scopes.isEmpty { scopes = [section.scope] }
    for valued in scopes {
      var own = believing ? believed : refined
      own.values = valued.values
      guard let outcome = compare(left, right, in: own, &pool) else { continue }
      if case .holds = outcome { return outcome }
      if worst == nil { worst = outcome }
      if case .missing? = worst { worst = outcome }
    }
    return worst
  }

  /// Two sides at the values of a scope, entry by entry.
  private struct Comparison {
    var missing: String?
    var pairs: [(left: NumericValue, right: NumericValue)] = []
  }

  private mutating func evaluated(
    _ left: Syntax, _ right: Syntax, in scope: Scope, _ pool: inout ExpressionPool
  ) -> Comparison? {
    let prepared = letters.prepare([left, right], in: scope, &pool)
    var lowering = Lowering(prepared.scope)
    lowering.allowsUndefined = true
    let relation = RelationSyntax(
      left: prepared.expressions[0], operation: .equal, right: prepared.expressions[1])
    guard let forms = try? lowering.relationForms(relation, in: &pool) else { return nil }
    let values = GivenValues(lowering.scope, in: &pool)
    let context = DifferentiationContext(lowering.scope, in: &pool)
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
      var decimal = decimals.count == count ? decimals[number] : decimals.first ?? nil
      // Who writes `= 1` does not mean something that is rounded to 1.
      if !isApproximate, let digits = decimal, !digits.utf8.contains(0x2E) { decimal = nil }
      if found.agrees(with: wanted, decimal, isExact: false, pool) == true { continue }
      if slack == nil { slack = self.slack(left, right, comparison, in: scope, &pool) }
      let gap = abs(found.double(in: pool) - wanted.double(in: pool))
      if let allowed = slack?[number], allowed > 0, gap <= 1.001 * allowed { continue }
      return .fails(found.text(in: pool))
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
        guard let raised = Syntax.raised(digits) else { continue }
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

  /// A decimal of three digits or more, which may have been rounded, and half a unit of its last
  /// digit more; nil for others.
  static func raised(_ digits: String) -> String? {
    guard let point = digits.firstIndex(of: "."), let value = Rational(decimal: digits) else {
      return nil
    }
    let places = digits.distance(from: point, to: digits.endIndex) - 1
    let significant = digits.filter { $0 != "." }.drop { $0 == "0" }.count
    guard significant >= 3, places >= 3, places < 18 else { return nil }
    let half = "0." + String(repeating: "0", count: places) + "5"
    return Rational(decimal: half).flatMap { (value + $0).terminatingDecimal }
  }

  /// The expression with a numeral replaced wherever it stands.
  func replacingNumeral(_ digits: String, with other: String, depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    if case .number(digits) = kind { return Syntax(.number(other), range) }
    return mappingParts { $0.replacingNumeral(digits, with: other, depth: depth + 1) }
  }
}
