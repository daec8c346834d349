extension LayoutBuilder {
  /// Terms with their signs; a sum added to a sum needs no brackets, one taken away does.
  mutating func sum(_ terms: [Formula.Term]) -> (Layout, Precedence) {
    if terms.isEmpty { return (.number("0"), .atom) }
    var parts: [Layout] = []
    appendTerms(terms, to: &parts, nesting: 0)
    return (.row(parts), terms.count == 1 && terms[0].sign == .plus ? .product : .sum)
  }

  private mutating func appendTerms(
    _ terms: [Formula.Term], to parts: inout [Layout], nesting: Int
  ) {
    for term in terms {
      if term.sign == .plus, case .sum(let inner) = term.formula, !inner.isEmpty,
        parts.isEmpty || inner[0].sign == .plus, nesting < Self.depthLimit
      {
        appendTerms(inner, to: &parts, nesting: nesting + 1)
        continue
      }
      if parts.isEmpty {
        if term.sign == .minus { parts.append(.operation(.negative)) }
        parts.append(build(term.formula, term.sign == .minus ? .product : .negative))
      } else {
        parts.append(.operation(term.sign == .minus ? .minus : .plus))
        parts.append(build(term.formula, .product))
      }
    }
  }

  /// Factors with the sign between them that keeps them apart; products inside products are flat.
  mutating func product(_ factors: [Formula]) -> (Layout, Precedence) {
    var flat: [Formula] = []
    Self.flatten(factors, into: &flat, nesting: 0)
    if flat.isEmpty { return (.number("1"), .atom) }
    if flat.count == 1 { return open(flat[0], .product) }
    var parts: [Layout] = []
    var precedence = Precedence.product
    for (position, factor) in flat.enumerated() {
      let isLast = position == flat.count - 1
      let required: Precedence =
        position == 0 ? .negative : isLast ? .prefix : .quotient
      var (layout, own) = open(factor, isLast ? .prefix : .quotient)
      if position == 0, own == .negative { precedence = .negative }
      let spillsOver = own == .prefix && !isLast
      if own < required || spillsOver || own == .sum || Self.isElementwise(factor) {
        layout = .fence(.round, layout)
      }
      if position > 0 {
        let previous = parts[parts.count - 1]
        parts.append(
          .operation(Self.sign(between: flat[position - 1], previous, factor, layout)))
      }
      parts.append(layout)
    }
    return (.row(parts), precedence)
  }

  /// Products and quotients of corresponding entries stand in brackets among other factors.
  private static func isElementwise(_ formula: Formula) -> Bool {
    switch formula {
    case .hadamard, .elementwise(.quotient, _, _): true
    default: false
    }
  }

  private static func flatten(
    _ factors: [Formula], into flat: inout [Formula], nesting: Int
  ) {
    for factor in factors {
      if case .product(let inner) = factor, nesting < depthLimit {
        flatten(inner, into: &flat, nesting: nesting + 1)
      } else {
        flat.append(factor)
      }
    }
  }

  /// The sign of multiplication between two neighbours.
  private static func sign(
    between left: Formula, _ leftShown: Layout, _ right: Formula, _ shown: Layout
  ) -> MathOperator {
    if standsApart(left) || standsApart(right) || startsWithDigit(right) { return .dot }
    let isBracketed: Bool
    if case .fence(.round, _) = shown { isBracketed = true } else { isBracketed = false }
    switch left {
    case .number(let digits):
      if case .fence = leftShown { return .juxtaposition }
      if digits.contains("/") || digits.contains("e") { return .dot }
      if case .number = right { return .dot }
      if case .fraction = right { return .juxtaposition }
      if case .derivative = right { return .juxtaposition }
      return .attachment
    case .name: return isBracketed ? .dot : .juxtaposition
    case .fraction:
      if case .fraction = right { return .dot }
      return .juxtaposition
    default: return .juxtaposition
    }
  }

  /// Kept brackets and indicators have a dot on either side.
  private static func standsApart(_ formula: Formula) -> Bool {
    switch formula {
    case .held, .indicator: true
    case .highlighted(let operand, _), .labelled(let operand, _): standsApart(operand)
    default: false
    }
  }

  private static func startsWithDigit(_ formula: Formula) -> Bool {
    switch formula {
    case .number: true
    case .fraction(let numerator, _): startsWithDigit(numerator)
    case .power(let base, _): startsWithDigit(base)
    case .highlighted(let operand, _), .labelled(let operand, _): startsWithDigit(operand)
    case .negation: true
    default: false
    }
  }

  /// A power; sin²x carries its exponent on the name.
  mutating func power(_ base: Formula, _ exponent: Formula) -> (Layout, Precedence) {
    if case .call(.builtIn(let name), 0, let arguments) = base, arguments.count == 1,
      Functions.carriesExponent(name), case .number(let digits) = exponent,
      !digits.isEmpty, digits.allSatisfy({ $0.isASCIIDigit })
    {
      let head = Layout.scripts(
        .function(Functions.display(name)), lower: nil, upper: .number(digits))
      return (.row([head, .fence(.round, build(arguments[0], .list))]), .atom)
    }
    if case .call(.builtIn("exp"), 0, let arguments) = base, arguments.count == 1 {
      let (layout, _) = call(.builtIn("exp"), 0, arguments, .atom)
      let stem: Layout
      if case .exponential = layout { stem = .fence(.round, layout) } else { stem = layout }
      return (.scripts(stem, lower: nil, upper: build(exponent, .list)), .power)
    }
    return (raised(base, build(exponent, .list)), .power)
  }

  /// `base` with a superscript, beside the subscript it may have.
  mutating func raised(_ base: Formula, _ upper: Layout) -> Layout {
    let stem = build(base, .atom)
    if case .scripts(let inner, let lower, nil) = stem {
      return .scripts(inner, lower: lower, upper: upper)
    }
    return .scripts(stem, lower: nil, upper: upper)
  }

  /// Operands with one sign between them.
  mutating func join(
    _ operands: [Formula], _ sign: MathOperator, _ required: Precedence
  ) -> Layout {
    var parts: [Layout] = []
    for operand in operands {
      if !parts.isEmpty { parts.append(.operation(sign)) }
      parts.append(build(operand, required))
    }
    return .row(parts)
  }
}
