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

  private mutating func compare(
    _ left: Syntax, _ right: Syntax, in scope: Scope, _ pool: inout ExpressionPool
  ) -> NumericOutcome? {
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
    for side in [sides.0, sides.1] {
      if let missing = values.firstMissing(in: side, free: free, &pool) {
        return .missing(pool.declaration(of: missing).name)
      }
    }
    let places = values.places(of: free.sorted(), &pool)
    if places.isEmpty { return nil }
    let decimals = right.decimals
    for (number, place) in places.enumerated() {
      let decimal = decimals.count == places.count ? decimals[number] : decimals.first ?? nil
      guard
        let found = values.value(of: pool.substitute(place, in: sides.0), &pool),
        let wanted = values.value(of: pool.substitute(place, in: sides.1), &pool)
      else { return nil }
      if found.agrees(with: wanted, decimal, isExact: false, pool) == true { continue }
      let slack = decimal == nil ? right.slack + left.slack : 0
      if slack > 0, abs(found.double(in: pool) - wanted.double(in: pool)) <= slack { continue }
      return .fails(found.text(in: pool))
    }
    return .holds
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

  /// By how much a value may be off if the decimals in an expression were rounded, roughly.
  ///
  /// Only decimals of three digits or more are taken to be rounded.
  var slack: Double {
    var total = 0.0
    for text in digits {
      guard let point = text.firstIndex(of: ".") else { continue }
      let places = text.distance(from: point, to: text.endIndex) - 1
      let significant = text.filter { $0 != "." }.drop { $0 == "0" }.count
      if significant >= 3, places >= 3, places < 18 {
        var unit = 1.0
        for _ in 0..<places { unit /= 10 }
        total += unit
      }
    }
    return total
  }
}
