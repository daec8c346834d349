import NablaExpressions
import NablaNumbers

extension Lowering {
  /// An index in a slot of an array: a name with the slot's range, or something within it.
  mutating func index(
    _ syntax: Syntax, in slot: IndexRange, of array: String, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let handle = try integer(syntax, in: &pool)
    if case .name(let name) = syntax.kind, case .symbol(let symbol) = pool[handle],
      let own = range(of: symbol, in: pool)
    {
      let isFree = !isExplicit(name, symbol)
      if isFree ? matches(own, slot, in: pool) : lies(own, within: slot, in: pool) { return handle }
      throw Diagnostic(
        "index-range",
        "the index \(DisplayText.quoted(name)) runs over \(Self.text(own, in: pool)), but here "
          + "\(DisplayText.quoted(array)) runs over \(Self.text(slot, in: pool))",
        at: syntax.range, suggestion: indexName(for: slot, in: pool))
    }
    try check(handle, within: slot, of: array, at: syntax.range, in: pool)
    return handle
  }

  /// Whether a name was bound with a range of its own, so that it may run over a part of a slot.
  private func isExplicit(_ name: String, _ symbol: SymbolID) -> Bool {
    scope.names[name] != symbol
  }

  /// A declared index that runs over a range.
  private mutating func indexName(
    for slot: IndexRange, in pool: borrowing ExpressionPool
  ) -> String? {
    guard suggestionsLeft > 0 else { return nil }
    suggestionsLeft -= 1
    for index in scope.indices {
      let name = pool.symbols[Int(index.index)].name
      if scope.names[name] == index, let range = range(of: index, in: pool),
        matches(range, slot, in: pool)
      {
        return name
      }
    }
    return nil
  }

  /// A whole number made of indices, dimensions and numerals.
  mutating func integer(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    if case .name(let name) = syntax.kind, symbol(named: name) == nil,
      !BuiltInNames.constants.contains(name), BuiltInNames.function(named: name) == nil
    {
      throw unknownName(
        name, at: syntax.range, expected: scope.undeclaredAreScalars ? "a declared index" : nil)
    }
    let handle = try expression(syntax, in: &pool)
    guard let form = pool.affineForm(handle, values: { _ in nil }) else {
      throw Self.notAnInteger(syntax.range)
    }
    for term in form.terms {
      switch pool.kind(of: term.symbol) {
      case .index, .label, .dimension: break
      default:
        let name = pool.symbols[Int(term.symbol.index)].name
        throw Diagnostic(
          "not-an-index",
          "\(DisplayText.quoted(name)) is \(Self.noun(pool.kind(of: term.symbol))), not an index",
          at: syntax.range)
      }
    }
    guard form.hasIntegerCoefficients else { throw Self.notAnInteger(syntax.range) }
    return handle
  }

  private static func notAnInteger(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "not-an-integer", "an index must be a whole number", at: range,
      expected: "an index name, a whole number, or a sum of these")
  }

  /// The range of an index or label.
  package func range(of symbol: SymbolID, in pool: borrowing ExpressionPool) -> IndexRange? {
    switch pool.kind(of: symbol) {
    case .index, .label: pool.symbols[Int(symbol.index)].ranges.first
    default: nil
    }
  }

  // MARK: Comparing ranges

  /// Whether two ranges have the same ends, as far as the sizes are known.
  package func matches(
    _ left: IndexRange, _ right: IndexRange, in pool: borrowing ExpressionPool
  ) -> Bool {
    isSame(left.lower, right.lower, in: pool) && isSame(left.upper, right.upper, in: pool)
  }

  private func isSame(
    _ left: Handle, _ right: Handle, in pool: borrowing ExpressionPool
  ) -> Bool {
    if left == right { return true }
    guard let left = form(left, in: pool), let right = form(right, in: pool) else { return false }
    return left == right
  }

  /// The affine form of a whole number, known sizes put in.
  func form(_ handle: Handle, in pool: borrowing ExpressionPool) -> AffineForm? {
    pool.affineForm(handle) { symbol in
      pool.kind(of: symbol) == .dimension ? scope.number(symbol, in: pool) : nil
    }
  }

  /// Whether one range certainly is a part of another.
  private func lies(
    _ inner: IndexRange, within outer: IndexRange, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard let least = extreme(inner.lower, isGreatest: false, in: pool),
      let greatest = extreme(inner.upper, isGreatest: true, in: pool),
      let lower = form(outer.lower, in: pool), let upper = form(outer.upper, in: pool)
    else { return false }
    return least.minus(lower).isNeverNegative && upper.minus(greatest).isNeverNegative
  }

  private func check(
    _ handle: Handle, within slot: IndexRange, of array: String, at range: SourceRange,
    in pool: borrowing ExpressionPool
  ) throws(Diagnostic) {
    guard let least = extreme(handle, isGreatest: false, in: pool),
      let greatest = extreme(handle, isGreatest: true, in: pool),
      let lower = form(slot.lower, in: pool), let upper = form(slot.upper, in: pool)
    else {
      throw Self.notAnInteger(range)
    }
    let isOutside =
      least.minus(lower).isAlwaysNegative || upper.minus(greatest).isAlwaysNegative
    let isInside = least.minus(lower).isNeverNegative && upper.minus(greatest).isNeverNegative
    let isFixed = least == greatest
    if isInside || (isFixed && !isOutside) { return }
    throw Diagnostic(
      "index-out-of-range",
      (isFixed ? "the index is" : isOutside ? "the index goes" : "the index may go")
        + " outside \(Self.text(slot, in: pool)), over which \(DisplayText.quoted(array)) runs here",
      at: range)
  }

  /// The greatest or least value of a whole number, indices replaced by the ends of their ranges.
  private func extreme(
    _ handle: Handle, isGreatest: Bool, in pool: borrowing ExpressionPool
  ) -> AffineForm? {
    guard var form = form(handle, in: pool) else { return nil }
    for _ in 0..<Self.mostReplacements {
      var replaced = false
      for term in form.terms {
        guard let range = range(of: term.symbol, in: pool) else { continue }
        let end = term.coefficient.isNegative == isGreatest ? range.lower : range.upper
        guard let bound = self.form(end, in: pool) else { return nil }
        form.add(term.symbol, -term.coefficient)
        form.add(bound, times: term.coefficient)
        replaced = true
        break
      }
      if !replaced { return form }
    }
    return nil
  }

  private static var mostReplacements: Int { 64 }
}
