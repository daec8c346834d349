public import NablaNotation

extension Formula {
  /// The formula in a style of notation, ready for every writer but the plain one.
  public func styled(_ style: NotationStyle) -> Formula {
    if style.isDefault { return self }
    var pass = StylePass(style)
    return pass.restyle(self)
  }
}

/// Rewrites formulas as a style prints them.
struct StylePass {
  let style: NotationStyle
  private var depth = 0

  init(_ style: NotationStyle) { self.style = style }

  mutating func restyle(_ formula: Formula) -> Formula {
    // Deeper parts are not shown.
    if depth > LayoutBuilder.depthLimit { return formula }
    depth += 1
    defer { depth -= 1 }
    switch formula {
    case .number(let digits): return .number(style.decimal(digits))
    case .name(let identifier): return .name(styled(identifier, isEntry: false))
    case .indexed(let base, let indices):
      if case .name(let identifier) = base {
        return .indexed(.name(styled(identifier, isEntry: true)), restyle(indices))
      }
      return .indexed(restyle(base), restyle(indices))
    case .call(let function, let primes, let arguments):
      return call(function, primes, arguments)
    case .sum(let terms):
      return .sum(terms.map { Term($0.sign, restyle($0.formula)) })
    case .product(let factors): return .product(restyle(factors))
    case .fraction(let above, let below): return .fraction(restyle(above), restyle(below))
    case .negation(let operand): return .negation(restyle(operand))
    case .power(let base, let exponent): return .power(restyle(base), restyle(exponent))
    case .root(let radicand, let degree):
      return .root(restyle(radicand), degree: degree.map { restyle($0) })
    case .bigOperator(let kind, let binder, let body):
      return .bigOperator(
        kind, Formula.Binder(restyle(binder.indices), restyle(binder.restriction)), restyle(body))
    case .derivative(let notation): return derivative(notation)
    case .gradient(let operand, let variable):
      return .gradient(of: restyle(operand), by: variable.map { restyle($0) })
    case .kroneckerDelta(let left, let right):
      return .kroneckerDelta(restyle(left), restyle(right))
    case .indicator(let condition): return .indicator(restyle(condition))
    case .piecewise(let branches):
      return worded(
        .piecewise(
          branches.map { Formula.Branch(restyle($0.value), when: $0.condition.map { restyle($0) }) }
        ))
    case .relation(let first, let links):
      return .relation(
        restyle(first), links.map { Formula.RelationLink($0.relation, restyle($0.right)) })
    case .conjunction(let operands): return worded(.conjunction(restyle(operands)))
    case .disjunction(let operands): return worded(.disjunction(restyle(operands)))
    case .not(let operand): return worded(.not(restyle(operand)))
    case .absoluteValue(let operand): return .absoluteValue(restyle(operand))
    case .norm(let operand, let index):
      return .norm(restyle(operand), index: index.map { restyle($0) })
    case .transpose(let operand): return .transpose(restyle(operand))
    case .hadamard(let factors): return .hadamard(restyle(factors))
    case .elementwise(let sign, let left, let right):
      return .elementwise(sign, restyle(left), restyle(right))
    case .matrix(let rows):
      var cells: [[Formula]] = []
      for row in rows { cells.append(restyle(row)) }
      return .matrix(cells)
    case .evaluated(let operand, let place):
      return .evaluated(restyle(operand), at: restyle(place))
    case .list(let elements):
      let shown = restyle(elements)
      return style.decimalMark == .comma && elements.contains(where: Self.endsInNumber)
        ? .semicolons(shown) : .list(shown)
    case .semicolons(let elements): return .semicolons(restyle(elements))
    case .range(let first, let last): return .range(restyle(first), restyle(last))
    case .realSpace(let sizes): return .realSpace(restyle(sizes))
    case .held(let operand): return .held(restyle(operand))
    case .highlighted(let operand, let highlight):
      return .highlighted(restyle(operand), highlight)
    case .labelled(let operand, let label):
      return .labelled(restyle(operand), below: restyle(label))
    case .worded(let inner, let language): return .worded(restyle(inner), language)
    case .text, .ellipsis: return formula
    }
  }

  private typealias Term = Formula.Term

  private mutating func restyle(_ formulas: [Formula]) -> [Formula] {
    var result: [Formula] = []
    result.reserveCapacity(formulas.count)
    for formula in formulas { result.append(restyle(formula)) }
    return result
  }

  private mutating func restyle(_ restriction: Formula.Restriction) -> Formula.Restriction {
    switch restriction {
    case .none: .none
    case .excluding(let excluded): .excluding(restyle(excluded))
    case .range(let first, let last): .range(restyle(first), restyle(last))
    case .condition(let condition): .condition(restyle(condition))
    }
  }

  /// A formula with words of its own, in the language of the style.
  private func worded(_ formula: Formula) -> Formula {
    style.language == .english ? formula : .worded(formula, style.language)
  }

  // MARK: Names

  private func styled(_ identifier: Identifier, isEntry: Bool) -> Identifier {
    var result = identifier
    if !isEntry {
      switch (style.vectors, identifier.role) {
      case (.bold, .vector): result.mark = .boldVector
      case (.bold, .matrix): result.mark = .boldMatrix
      case (.arrow, .vector): result.mark = .arrow
      default: break
      }
    }
    if style.layers != .subscript { raiseLayer(of: &result) }
    return result
  }

  /// The number at the end of a name becomes a superscript in brackets.
  private func raiseLayer(of name: inout Identifier) {
    guard name.role.hasLayers, name.latex == nil, name.primes == 0, name.superscriptText == nil,
      let scripts = name.subscriptText
    else { return }
    var rest = scripts[...]
    while let last = rest.utf8.last, last >= 0x30, last <= 0x39 { rest = rest.dropLast() }
    let layer = scripts[rest.endIndex...]
    if layer.isEmpty { return }
    if rest.isEmpty {
      name.subscriptText = nil
    } else {
      guard rest.utf8.last == 0x2C else { return }
      name.subscriptText = String(rest.dropLast())
    }
    name.superscriptText = style.layers == .bracket ? "[\(layer)]" : "(\(layer))"
  }

  // MARK: Functions and derivatives

  private mutating func call(
    _ function: FunctionName, _ primes: Int, _ arguments: [Formula]
  ) -> Formula {
    var shown = restyle(arguments)
    if style.decimalMark == .comma, shown.count > 1, arguments.contains(where: Self.endsInNumber) {
      shown = [.semicolons(shown)]
    }
    if style.logarithm == .ln, function == .builtIn("log") {
      return .call(.builtIn("ln"), primes: primes, shown)
    }
    return .call(function, primes: primes, shown)
  }

  private mutating func derivative(_ notation: Formula.DerivativeNotation) -> Formula {
    if style.derivatives == .nabla, notation.variables.count == 1,
      notation.variables[0].order == 1, let numerator = notation.numerator,
      case .name(let variable) = notation.variables[0].formula, variable.role.isArray,
      Self.isScalar(numerator, depth: 0)
    {
      return .gradient(of: restyle(numerator), by: .name(styled(variable, isEntry: false)))
    }
    return .derivative(
      Formula.DerivativeNotation(
        of: notation.numerator.map { restyle($0) },
        by: notation.variables.map { .init(restyle($0.formula), order: $0.order) },
        isOrdinary: notation.isOrdinary))
  }

  /// Whether a formula is known to stand for one number.
  private static func isScalar(_ formula: Formula, depth: Int) -> Bool {
    if depth > 20 { return false }
    func all(_ parts: [Formula]) -> Bool {
      parts.allSatisfy { isScalar($0, depth: depth + 1) }
    }
    switch formula {
    case .number, .norm, .kroneckerDelta, .indicator: return true
    case .name(let identifier): return identifier.role == .scalar
    case .indexed(.name, _): return true
    case .call(_, _, let arguments): return all(arguments)
    case .sum(let terms): return terms.allSatisfy { isScalar($0.formula, depth: depth + 1) }
    case .product(let factors): return all(factors)
    case .fraction(let left, let right), .power(let left, let right): return all([left, right])
    case .negation(let inner), .held(let inner), .absoluteValue(let inner),
      .root(let inner, _), .bigOperator(_, _, let inner):
      return isScalar(inner, depth: depth + 1)
    default: return false
    }
  }

  /// Whether a number stands at the end, so that a comma behind it might be taken for its own.
  private static func endsInNumber(_ formula: Formula) -> Bool {
    var rest = formula
    for _ in 0..<8 {
      switch rest {
      case .number: return true
      case .negation(let inner): rest = inner
      case .relation(_, let links):
        guard let last = links.last else { return false }
        rest = last.right
      case .sum(let terms):
        guard let last = terms.last else { return false }
        rest = last.formula
      case .product(let factors):
        guard let last = factors.last else { return false }
        rest = last
      case .held(.list(let elements)):
        return elements.contains { if case .number = $0 { true } else { false } }
      default: return false
      }
    }
    return false
  }
}
