import NablaExpressions
import NablaNumbers

extension Lowering {
  static func matrixNotation(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "matrix-notation", "matrix notation (\(what)) is not supported here", at: range,
      expected: "the same element by element, such as h[i]")
  }

  /// A vector or matrix stands where a scalar is needed.
  static func wholeArray(
    _ name: String, _ symbol: SymbolID, at range: SourceRange, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    let order = pool.symbols[Int(symbol.index)].ranges.count
    let example = order == 1 ? "\(name)[i]" : "\(name)[i, j]"
    return Diagnostic(
      "matrix-notation",
      "\(DisplayText.quoted(name)) is a \(order == 1 ? "vector" : "matrix"), and matrix notation "
        + "is not supported here",
      at: range, expected: "the same element by element, such as \(DisplayText.escaped(example))")
  }

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
