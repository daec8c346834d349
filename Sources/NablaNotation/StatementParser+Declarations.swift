extension StatementParser {
  mutating func definition() throws(Diagnostic) -> DefinitionSyntax {
    let name = try name()
    let parameters: DefinitionSyntax.Parameters
    switch expressions.current.kind {
    case .leftBracket: parameters = .indices(try parameterNames(closedBy: .rightBracket))
    case .leftParenthesis: parameters = .arguments(try parameterNames(closedBy: .rightParenthesis))
    default: parameters = .none
    }
    try takeEqual()
    return DefinitionSyntax(
      name: name, parameters: parameters, value: try expressions.quantity())
  }

  mutating func dimensions() throws(Diagnostic) -> [DimensionSyntax] {
    var list: [DimensionSyntax] = []
    repeat {
      let name = try name()
      let value = expressions.take(.equal) ? try expressions.quantity() : nil
      list.append(DimensionSyntax(name: name, value: value))
    } while expressions.take(.comma)
    return list
  }

  mutating func indices() throws(Diagnostic) -> [IndexSyntax] {
    var list: [IndexSyntax] = []
    repeat {
      var names = [try name()]
      while expressions.take(.comma) { names.append(try name()) }
      guard expressions.take(.equal) else {
        throw expressions.unexpected(expecting: "'=' and a range such as 1..N")
      }
      list.append(IndexSyntax(names: names, bounds: try expressions.bounds()))
    } while expressions.take(.comma)
    return list
  }

  /// Names with shapes; attributes hold for every name since the last ones.
  mutating func declaration(
    _ kind: DeclarationSyntax.Kind
  ) throws(Diagnostic) -> DeclarationSyntax {
    var names: [DeclaredNameSyntax] = []
    var firstWithout = 0
    repeat {
      if firstWithout == names.count, !names.isEmpty, startsAttribute {
        let more = try attributes()
        names[names.count - 1].attributes += more
        continue
      }
      names.append(try declaredName(kind))
      let attributes = try attributes()
      if !attributes.isEmpty {
        for place in firstWithout..<names.count { names[place].attributes = attributes }
        firstWithout = names.count
      }
    } while expressions.take(.comma)
    return DeclarationSyntax(kind: kind, names: names)
  }

  private mutating func declaredName(
    _ kind: DeclarationSyntax.Kind
  ) throws(Diagnostic) -> DeclaredNameSyntax {
    var declared = DeclaredNameSyntax(
      name: try name(), axes: [], parameters: [], attributes: [])
    if kind == .function, expressions.current.kind == .leftParenthesis {
      declared.parameters = try parameterNames(closedBy: .rightParenthesis)
    }
    if expressions.current.kind == .leftBracket {
      let opening = expressions.open()
      repeat { declared.axes.append(try axis()) } while expressions.take(.comma)
      try expressions.close(.rightBracket, opening)
    }
    let wanted: Int
    switch kind {
    case .scalar, .function: wanted = 0
    case .vector: wanted = 1
    case .matrix: wanted = 2
    }
    if declared.axes.count != wanted {
      throw Diagnostic(
        "wrong-shape",
        "\(noun(kind)) has \(axisCount(wanted)), "
          + "'\(declared.name.text)' is declared with \(axisCount(declared.axes.count))",
        at: SourceRange(declared.name.range.lower, expressions.lastUpper))
    }
    return declared
  }

  private func noun(_ kind: DeclarationSyntax.Kind) -> String {
    switch kind {
    case .scalar: "a scalar"
    case .vector: "a vector"
    case .matrix: "a matrix"
    case .function: "a function"
    }
  }

  private func axisCount(_ count: Int) -> String {
    switch count {
    case 0: "no sizes"
    case 1: "one size"
    case 2: "two sizes"
    default: "\(count) sizes"
    }
  }

  private mutating func axis() throws(Diagnostic) -> AxisSyntax {
    let first = try expressions.nested(ExpressionParser.Precedence.additive)
    guard expressions.take(.dotDot) else { return AxisSyntax(lower: nil, upper: first) }
    let upper = try expressions.nested(ExpressionParser.Precedence.additive)
    return AxisSyntax(lower: first, upper: upper)
  }

  // MARK: Attributes

  static let attributeNames = [
    "positive", "nonnegative", "negative", "in", "one-hot", "probability", "symmetric",
  ]

  private var startsAttribute: Bool {
    let text = expressions.current.text
    return expressions.current.kind == .name
      && (Self.attributeNames.contains(text) || text == "onehot" || isHyphenated("one", "hot"))
  }

  private func isHyphenated(_ first: String, _ second: String) -> Bool {
    expressions.current.text == first && expressions.peek(1).kind == .minus
      && expressions.peek(2).text == second
  }

  private mutating func attributes() throws(Diagnostic) -> [AttributeSyntax] {
    var list: [AttributeSyntax] = []
    while expressions.current.kind == .name {
      if !list.isEmpty { _ = expressions.takeWord("and") }
      list.append(try attribute())
    }
    return list
  }

  private mutating func attribute() throws(Diagnostic) -> AttributeSyntax {
    let token = expressions.current
    var kind: AttributeSyntax.Kind
    if isHyphenated("one", "hot") || isHyphenated("non", "negative") {
      kind = token.text == "one" ? .oneHot : .nonnegative
      expressions.advance()
      expressions.advance()
    } else {
      switch token.text {
      case "positive": kind = .positive
      case "nonnegative": kind = .nonnegative
      case "negative": kind = .negative
      case "onehot": kind = .oneHot
      case "probability": kind = .probability
      case "symmetric": kind = .symmetric
      case "in": kind = .positive
      default:
        throw Diagnostic(
          "unknown-attribute", "unknown attribute \(DisplayText.quoted(token.text))",
          at: token.range,
          suggestion: nearestSpelling(to: token.text, among: Self.attributeNames))
      }
    }
    expressions.advance()
    if token.text == "in" { kind = .interval(try interval()) }
    return AttributeSyntax(
      kind: kind, range: SourceRange(token.range.lower, expressions.lastUpper))
  }

  /// `(0, 1]`, `[0, infinity)`.
  private mutating func interval() throws(Diagnostic) -> IntervalSyntax {
    let first = expressions.current.kind
    guard first == .leftParenthesis || first == .leftBracket else {
      throw expressions.unexpected(expecting: "an interval such as (0, 1)")
    }
    let opening = expressions.open()
    let lower = try expressions.nested(ExpressionParser.Precedence.additive)
    guard expressions.take(.comma) else {
      throw expressions.unexpected(expecting: "',' and the upper end of the interval")
    }
    let upper = try expressions.nested(ExpressionParser.Precedence.additive)
    let last = expressions.current.kind
    let closesOtherwise = last == .rightParenthesis || last == .rightBracket
    try expressions.close(closesOtherwise ? last : .rightParenthesis, opening)
    return IntervalSyntax(
      lower: finite(lower), includesLower: first == .leftBracket,
      upper: finite(upper), includesUpper: last == .rightBracket)
  }

  private func finite(_ bound: Syntax) -> Syntax? {
    var inner = bound
    if case .negation(let operand) = bound.kind { inner = operand }
    if case .name(let text) = inner.kind, text == "infinity" || text == "inf" { return nil }
    return bound
  }
}
