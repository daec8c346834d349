import NablaExpressions
import NablaNumbers

extension Lowering {
  static func functionAlone(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "function-without-arguments", "the function \(DisplayText.quoted(name)) has no arguments",
      at: range, expected: DisplayText.quoted("\(name)(…)"))
  }

  static func tooDeep(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "nesting-too-deep", "nesting is deeper than the limit of \(deepestExpression) levels",
      at: range)
  }

  static func noun(_ kind: SymbolKind) -> String {
    switch kind {
    case .scalar: "a scalar"
    case .array: "a vector or matrix"
    case .index: "an index"
    case .label: "a class"
    case .dimension: "a dimension"
    case .function: "a function"
    }
  }

  static func counted(_ count: Int, _ singular: String, _ plural: String) -> String {
    "\(count) \(count == 1 ? singular : plural)"
  }

  /// A range as text, such as `1..N`.
  static func text(_ range: IndexRange, in pool: borrowing ExpressionPool) -> String {
    text(range.lower, in: pool) + ".." + text(range.upper, in: pool)
  }

  /// A bound of a range as text.
  static func text(_ bound: Handle, in pool: borrowing ExpressionPool) -> String {
    if let form = pool.affineForm(bound, values: { _ in nil }) { return text(form, in: pool) }
    return "…"
  }

  private static func text(_ form: AffineForm, in pool: borrowing ExpressionPool) -> String {
    var text = ""
    for (symbol, coefficient) in form.terms {
      let name = DisplayText.escaped(pool.symbols[Int(symbol.index)].name)
      if coefficient.isNegative { text += "-" } else if !text.isEmpty { text += "+" }
      let size = coefficient.absoluteValue
      text += size.isOne ? name : "\(size.description)*\(name)"
    }
    if form.terms.isEmpty { return form.constant.description }
    if !form.constant.isZero {
      text += (form.constant.isNegative ? "" : "+") + form.constant.description
    }
    return text
  }
}
