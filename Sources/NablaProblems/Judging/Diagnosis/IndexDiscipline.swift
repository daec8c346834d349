import NablaExpressions
import NablaNotation
import NablaRendering

/// The check of indices that needs no algebra: what stands free on one side of an equation only,
/// and what is free and summed at once.
package struct IndexDiscipline {
  /// What was found, in words without a full stop.
  package struct Finding: Sendable {
    package var mistake: Mistake
    /// The index by its name.
    package var index: String
    package var sentence: [Inline]
    /// Whether the equation can hold only where the index makes no difference.
    package var isCertain: Bool
  }

  private let scope: Scope
  /// Indices that the setting of the step fixes, as by "if i = j".
  private let fixed: Set<String>
  private let formula: SyntaxFormulas

  package init(_ scope: Scope, fixed: Set<String> = []) {
    self.scope = scope
    self.fixed = fixed
    formula = SyntaxFormulas(scope)
  }

  /// The first index that is used against the rules; nil if all is well.
  package func check(
    _ left: Syntax, _ right: Syntax, in pool: borrowing ExpressionPool
  ) -> Finding? {
    let (one, other) = (Use(left), Use(right))
    let names = one.order + other.order
    if let finding = exchanged(one, other, left, right, in: pool) { return finding }
    for name in names where isIndex(name, pool) && !fixed.contains(name) {
      let (isLeft, isRight) = (one.free.contains(name), other.free.contains(name))
      if isLeft != isRight {
        let own = isLeft ? left : right
        // An index that is only counted, or summed on its own side, is another matter.
        guard !isConstant(own, in: name) else { continue }
        let isSummed = (isLeft ? other : one).bound.contains(name)
        let side = isLeft ? "left" : "right"
        let opposite = isLeft ? "right" : "left"
        var sentence: [Inline] = [.formula(.name(name))]
        sentence.append(
          .text(
            isSummed
              ? " is free on the \(side) and summed on the \(opposite)"
              : " is free on the \(side), but does not stand on the \(opposite)"))
        if isSummed, let term = (isLeft ? other : one).terms[name] {
          sentence += [
            .text(": only one term depends on it, "), .formula(formula(term)),
          ]
        }
        return Finding(
          mistake: isSummed
            ? .indexDiscipline
            : isLeft
              ? (other.bound.isEmpty && right.hasEntries ? .wrongIndex : .sumLeftIn) : .sumDropped,
          index: name,
          sentence: sentence, isCertain: true)
      }
    }
    for (use, side) in [(other, "right"), (one, "left")] {
      for name in use.order
      where use.free.contains(name) && use.bound.contains(name) && isIndex(name, pool) {
        return Finding(
          mistake: .indexDiscipline, index: name,
          sentence: [
            .formula(.name(name)), .text(" is both free and summed on the \(side)"),
          ], isCertain: false)
      }
    }
    return nil
  }

  /// An index that stands free on the right only, where the left has another one of the same range.
  private func exchanged(
    _ one: Use, _ other: Use, _ left: Syntax, _ right: Syntax,
    in pool: borrowing ExpressionPool
  ) -> Finding? {
    func only(_ use: Use, _ rest: Use, _ side: Syntax) -> [String] {
      use.order.filter {
        use.free.contains($0) && !rest.free.contains($0) && !rest.bound.contains($0)
          && isIndex($0, pool) && !fixed.contains($0) && !isConstant(side, in: $0)
      }
    }
    let strangers = only(other, one, right)
    guard strangers.count == 1, let stranger = strangers.first,
      let wanted = only(one, other, left).first(where: { range($0, pool) == range(stranger, pool) })
    else { return nil }
    return Finding(
      mistake: .wrongIndex, index: stranger,
      sentence: [
        .formula(.name(wanted)), .text(" is free on the left, and "), .formula(.name(stranger)),
        .text(" stands in its place on the right"),
      ], isCertain: true)
  }

  private func range(_ name: String, _ pool: borrowing ExpressionPool) -> IndexRange? {
    scope.names[name].flatMap { pool.declaration(of: $0).ranges.first }
  }

  private func isIndex(_ name: String, _ pool: borrowing ExpressionPool) -> Bool {
    guard let symbol = scope.names[name] else { return false }
    return pool.kind(of: symbol) == .index
  }

  /// Whether a side visibly does not depend on an index: it stands in what is multiplied by 0 only.
  private func isConstant(_ side: Syntax, in name: String) -> Bool {
    switch side.kind {
    case .product(let factors):
      if factors.contains(where: { $0.operation == .times && $0.factor.isZero }) { return true }
      return factors.allSatisfy { isConstant($0.factor, in: name) }
    case .sum(let terms): return terms.allSatisfy { isConstant($0.term, in: name) }
    case .negation(let inner): return isConstant(inner, in: name)
    default: return !side.freeNames.contains(name)
    }
  }

  /// How the names of one side are used.
  private struct Use {
    let free: Set<String>
    let bound: [String]
    /// All names in the order in which they stand.
    var order: [String] = []
    /// What is summed over each bound index.
    var terms: [String: Syntax] = [:]

    init(_ side: Syntax) {
      free = side.freeNames
      bound = side.boundNames
      side.forEachNode { node in
        switch node.kind {
        case .name(let name): if !order.contains(name) { order.append(name) }
        case .binder(let binder):
          for index in binder.indices {
            terms[index.name.text] = terms[index.name.text] ?? binder.body
          }
        default: break
        }
      }
    }
  }
}

extension Syntax {
  fileprivate var hasEntries: Bool {
    var found = false
    forEachNode { if case .indexed = $0.kind { found = true } }
    return found
  }

  fileprivate var isZero: Bool {
    if case .number("0") = kind { return true }
    return false
  }
}

/// What a diagnostic of reading says of a step.
extension Mistake {
  /// The mistake that a diagnostic means; nil where it only says that something cannot be read.
  package init?(_ diagnostic: Diagnostic) {
    switch diagnostic.identifier {
    case "shape-mismatch", "array-as-scalar", "division-by-array", "array-as-exponent",
      "power-of-array":
      self = .shape
    case "division-by-zero": self = .divisionByZero
    case "index-bound-twice", "index-bound-and-free", "free-index": self = .indexDiscipline
    case "index-range", "index-out-of-range": self = .wrongIndex
    default: return nil
    }
  }
}
