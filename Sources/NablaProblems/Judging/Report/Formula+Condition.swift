import NablaNotation
import NablaRendering

extension Formula {
  /// A condition as its author wrote it, such as `i = j`; nil where there is no short text for it.
  init?(condition: Syntax) {
    switch condition.kind {
    case .comparison(let left, let operation, let right):
      guard let left = Formula(side: left), let right = Formula(side: right) else { return nil }
      self = .relation(left, operation.shown, right)
    case .not(let inner):
      guard let inner = Formula(condition: inner) else { return nil }
      self = .not(inner)
    case .and(let parts):
      let shown = parts.compactMap { Formula(condition: $0) }
      if shown.count < parts.count { return nil }
      self = .conjunction(shown)
    default: return nil
    }
  }

  private init?(side: Syntax) {
    switch side.kind {
    case .name(let name): self = .name(Identifier(name))
    case .number(let digits): self = .number(digits)
    default:
      guard let text = side.plainText else { return nil }
      self = .text(text)
    }
  }
}

extension ComparisonOperator {
  fileprivate var shown: Formula.Relation {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}
