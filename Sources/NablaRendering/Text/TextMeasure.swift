/// Rough sizes of layouts, with an early end so that a huge formula costs no more than the limit.
enum TextMeasure {
  /// Whether a layout has at most `budget` symbols and stands on one line.
  static func compactCost(_ layout: Layout, _ budget: inout Int) -> Bool {
    if budget <= 0 { return false }
    switch layout {
    case .row(let children):
      for child in children where !compactCost(child, &budget) { return false }
      return true
    case .symbol(let text, _), .number(let text), .text(let text), .function(let text):
      budget -= max(1, text.utf8.count / 2)
      return budget >= 0
    case .operation:
      budget -= 1
      return budget >= 0
    case .fence(_, let inner), .accent(let inner, _), .highlighted(let inner, _),
      .exponential(let inner):
      budget -= 1
      return compactCost(inner, &budget)
    case .scripts(let stem, let lower, let upper):
      if !compactCost(stem, &budget) { return false }
      if let lower, !compactCost(lower, &budget) { return false }
      if let upper, !compactCost(upper, &budget) { return false }
      return true
    case .root(let inner, degree: nil): return compactCost(inner, &budget)
    case .fraction, .root, .bigOperator, .cases, .matrix, .evaluated, .labelled: return false
    }
  }
}
