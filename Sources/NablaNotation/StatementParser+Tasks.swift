extension StatementParser {
  /// One condition or several, separated by commas.
  mutating func assumption() throws(Diagnostic) -> Syntax {
    var conditions = [try expressions.expression()]
    while expressions.take(.comma) { conditions.append(try expressions.expression()) }
    if conditions.count == 1 { return conditions[0] }
    let range = conditions[0].range.union(conditions[conditions.count - 1].range)
    return Syntax(.and(conditions), range)
  }

  mutating func assignments() throws(Diagnostic) -> [AssignmentSyntax] {
    var list: [AssignmentSyntax] = []
    repeat {
      let name = try name()
      let indices = expressions.current.kind == .leftBracket ? try expressions.indexList() : []
      try takeEqual()
      list.append(
        AssignmentSyntax(name: name, indices: indices, value: try expressions.quantity()))
    } while expressions.take(.comma)
    return list
  }

  mutating func forward() throws(Diagnostic) -> ForwardSyntax {
    var result = ForwardSyntax(targets: try quantities(), decimals: nil)
    if expressions.takeWord("to") {
      result.decimals = try count(upTo: 1000)
      if !expressions.takeWord("decimals") && !expressions.takeWord("decimal") {
        try expectWord("decimals")
      }
    }
    return result
  }

  mutating func derive() throws(Diagnostic) -> DeriveSyntax {
    let goal = try goal()
    let variables = expressions.takeWord("by") ? try quantities() : []
    return DeriveSyntax(goal: goal, variables: variables, condition: try condition())
  }

  mutating func gradient() throws(Diagnostic) -> GradientSyntax {
    let subject = try expressions.quantity()
    try expectWord("by")
    var result = GradientSyntax(subject: subject, variables: try quantities(), forms: [])
    if expressions.takeWord("as") {
      repeat {
        result.forms.append(try form())
      } while expressions.take(.comma)
        || expressions.takeWord("and")
    }
    return result
  }

  private mutating func form() throws(Diagnostic) -> GradientSyntax.Form {
    let word = try name()
    switch word.text {
    case "elementwise": return .elementwise
    case "matrix": return .matrix
    case "backward": return .backward
    default:
      throw unknownWord("form", word, among: ["elementwise", "matrix", "backward"])
    }
  }

  mutating func matrixDerivative() throws(Diagnostic) -> MatrixDerivativeSyntax {
    let subject = try expressions.quantity()
    try expectWord("by")
    return MatrixDerivativeSyntax(subject: subject, variables: try quantities())
  }

  mutating func prove() throws(Diagnostic) -> ProveSyntax {
    ProveSyntax(relation: try relation(), condition: try condition())
  }

  mutating func expect() throws(Diagnostic) -> ExpectSyntax {
    let left = try expressions.quantity()
    let moment = try trainingMoment()
    guard let operation = expressions.takeComparison() else {
      throw expressions.unexpected(expecting: "'=' and a right side")
    }
    let relation = RelationSyntax(
      left: left, operation: operation, right: try expressions.quantity())
    var result = ExpectSyntax(
      relation: relation, isExact: false, condition: nil, moment: moment)
    result.isExact = expressions.takeWord("exactly")
    result.condition = try condition()
    if !result.isExact { result.isExact = expressions.takeWord("exactly") }
    return result
  }

  mutating func points() throws(Diagnostic) -> PointsSyntax {
    let points = try pointCount()
    try expectWord("for")
    var result = PointsSyntax(points: points, goal: try goal())
    if expressions.takeWord("steps") { result.steps = try pointCount() }
    result.condition = try condition()
    if result.steps == nil, expressions.takeWord("steps") { result.steps = try pointCount() }
    return result
  }

  private mutating func pointCount() throws(Diagnostic) -> NameSyntax {
    let token = expressions.current
    guard token.kind == .number else {
      throw Diagnostic("expected-count", found(), at: token.range, expected: "a number of points")
    }
    expressions.advance()
    return NameSyntax(token.text, token.range)
  }

  mutating func cite() throws(Diagnostic) -> CiteSyntax {
    CiteSyntax(goal: try goal(), condition: try condition())
  }

  mutating func layout() throws(Diagnostic) -> LayoutSyntax {
    let word = try name()
    switch word.text {
    case "gradient": return .gradient
    case "numerator": return .numerator
    case "denominator": return .denominator
    default:
      throw unknownWord("layout", word, among: ["gradient", "numerator", "denominator"])
    }
  }

  /// Options of notation between commas, each of one or two words.
  mutating func notation() throws(Diagnostic) -> [NotationOption] {
    var options: [NotationOption] = []
    repeat {
      let first = try name()
      var words = first.text
      var upper = first.range.upper
      while expressions.current.kind == .name, !expressions.isAtEnd {
        words += " " + expressions.current.text
        upper = expressions.current.range.upper
        expressions.advance()
      }
      guard let option = NotationOption.spelt(words) else {
        throw NotationOption.unknown(words, at: SourceRange(first.range.lower, upper))
      }
      options.append(option)
    } while expressions.take(.comma)
    return options
  }

  func unknownWord(
    _ kind: String, _ word: NameSyntax, among words: [String]
  ) -> Diagnostic {
    let nearest = nearestSpelling(to: word.text, among: words)
    return Diagnostic(
      "unknown-\(kind)", "unknown \(kind) \(DisplayText.quoted(word.text))", at: word.range,
      expected: nearest == nil ? words.joined(separator: ", ") : nil, suggestion: nearest)
  }
}
