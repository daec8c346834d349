import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// Writes a verdict about an equation as a document or as JSON.
struct EqualityWriter {
  private let read: ReadEquality
  private var builder = FormulaBuilder()
  private var isPrepared = false

  init(_ read: ReadEquality) { self.read = read }

  private mutating func prepare(_ pool: borrowing ExpressionPool) {
    if isPrepared { return }
    builder.spellings = read.scope.spellings
    builder.indexNames = read.scope.indices
    builder.reservedNames = read.scope.quantityNames(in: pool)
    isPrepared = true
  }

  private mutating func formula(_ handle: Handle, _ pool: inout ExpressionPool) -> Formula {
    prepare(pool)
    return builder.formula(of: handle, in: &pool)
  }

  // MARK: JSON

  mutating func members(
    _ verdict: ProofVerdict, in pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    let name = EqualityOutcome.Verdict(verdict).rawValue
    var members: [(String, JSONValue?)] = [
      ("verdict", .string(name)), ("because", .string(verdict.because(in: pool))),
    ]
    switch verdict {
    case .proved(let notes):
      if !notes.uses.isEmpty {
        members.append(("uses", .array(notes.uses.map { .formula(formula($0, &pool)) })))
      }
      if let domain = joined(notes.exceptions, &pool) {
        members.append(("domain", .formula(domain)))
      }
    case .conditional(let condition, let found):
      members.append(("condition", .formula(formula(condition, &pool))))
      members += self.members(found, &pool)
    case .refuted(let found): members += self.members(found, &pool)
    case .undecided(.neitherShown(let digits, let sizes)):
      if let digits { members.append(("digits", .integer(digits))) }
      if let sizes {
        let names = sizes.symbols.map { JSONValue.string(formula(pool.symbol($0), &pool).plain) }
        members.append(
          ("sizes", .object([("names", .array(names)), ("largest", .integer(sizes.largest))])))
      }
    case .undecided, .exhausted: break
    }
    return members
  }

  private mutating func members(
    _ found: ExactCounterexample, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    var coordinates: [(String, JSONValue?)] = []
    for place in found.coordinates(with: &builder, in: &pool) {
      coordinates.append((place.name.plain, .string(place.exact ?? place.value.plain)))
    }
    let (left, right) = found.values
    return [
      ("counterexample", .object(coordinates)), ("left", .string(left)),
      ("right", .string(right)),
    ]
  }

  // MARK: Documents

  mutating func document(_ verdict: ProofVerdict, in pool: inout ExpressionPool) -> Document {
    var document = Document()
    document.notation = NotationStyle(formulasBy: read.scope.notation)
    prepare(pool)
    let left = builder.formula(of: read.forms.left, in: &pool)
    let right = builder.formula(of: read.forms.right, in: &pool)
    document.blocks.append(.display(.relation(left, .equal, right)))
    var line: [Inline] = []
    var status = CheckStatus.undecided
    switch verdict {
    case .proved(let notes):
      status = .passed
      line = [.text("Proved: \(verdict.because(in: pool)).")]
      append(notes.uses, " It uses ", to: &line, &pool)
      append(notes.exceptions, " It is meant where ", to: &line, &pool)
    case .conditional(let condition, let found):
      line = [.text("Holds under "), .formula(formula(condition, &pool)), .text(", not always")]
      line += [.text(": ")] + sentence(found, &pool)
    case .refuted(let found):
      status = .failed
      line = [.text("Refuted: ")] + sentence(found, &pool)
    case .undecided: line = [.text("Undecided: \(verdict.because(in: pool)).")]
    case .exhausted: line = [.text("Not settled: \(verdict.because(in: pool)).")]
    }
    document.blocks.append(.check(status, line))
    return document
  }

  private mutating func append(
    _ facts: [Handle], _ words: String, to line: inout [Inline], _ pool: inout ExpressionPool
  ) {
    let shown = distinct(facts, &pool)
    for (place, fact) in shown.enumerated() {
      line.append(.text(place == 0 ? words : place + 1 < shown.count ? ", " : " and "))
      line.append(.formula(fact))
    }
    if !shown.isEmpty { line.append(.text(".")) }
  }

  /// `at x = −1/2 the left side is 1/2, the right side −1/2.`
  private mutating func sentence(
    _ found: ExactCounterexample, _ pool: inout ExpressionPool
  ) -> [Inline] {
    var line: [Inline] = []
    for (place, coordinate) in found.coordinates(with: &builder, in: &pool).enumerated() {
      line.append(.text(place == 0 ? "at " : ", "))
      line.append(.formula(.relation(coordinate.name, .equal, coordinate.value)))
    }
    let (left, right) = found.values
    line.append(.text(line.isEmpty ? "the left side is " : " the left side is "))
    line.append(.formula(.number(left)))
    line.append(.text(", the right side "))
    line.append(.formula(.number(right)))
    line.append(.text("."))
    return line
  }

  // MARK: Parts

  /// The conditions as they are written, each once: those under two sums may read alike.
  private mutating func distinct(
    _ conditions: [Handle], _ pool: inout ExpressionPool
  ) -> [Formula] {
    var shown: [Formula] = []
    for condition in conditions {
      let own = formula(pool.presentableRelation(condition), &pool)
      if !shown.contains(own) { shown.append(own) }
    }
    return shown
  }

  private mutating func joined(
    _ conditions: [Handle], _ pool: inout ExpressionPool
  ) -> Formula? {
    let parts = distinct(conditions, &pool)
    return parts.count > 1 ? .conjunction(parts) : parts.first
  }
}

extension ExpressionPool {
  /// A relation with both sides in the form a person would choose.
  fileprivate mutating func presentableRelation(_ handle: Handle) -> Handle {
    guard case .relation(let relation, let list) = self[handle], count(list) == 2 else {
      return handle
    }
    let (left, right) = (presentable(operand(list, 0)), presentable(operand(list, 1)))
    return self.relation(relation, left, right)
  }
}
