extension LaTeXParser {
  // MARK: In a line

  /// `∂L/∂w`, `\partial_x L`.
  mutating func differential() throws(Diagnostic) -> Syntax {
    let start = place
    if token(start + 1) == .lowered {
      place += 2
      let below = try argument()
      let order = try gradientOrder()
      let variables = try expression(below).factorsOfNames.map {
        DerivativeSyntax.Variable(variable: $0, order: order)
      }
      return try gradient(by: variables, from: start)
    }
    let head = differentialHead(start, in: start..<end)
    place = head.next
    if isOperator() { return try linearOperator(head.order, from: start) }
    let subject = try linearOperand()
    guard current == .over, token(place + 1) == .partial else {
      throw Diagnostic(
        "incomplete-derivative", "'∂' begins a derivative", at: range(start..<start + 1),
        expected: "a quotient such as ∂L/∂x")
    }
    place += 1
    return try linear(subject, head.order, from: start)
  }

  /// What stands behind a ∂ in a line, its scripts included.
  private mutating func linearOperand() throws(Diagnostic) -> Syntax {
    let upper = skipEntry(place)
    if upper > place {
      let range = place..<upper
      place = upper
      return try expression(range)
    }
    return try deeper { (parser) throws(Diagnostic) in try parser.factor() }
  }

  /// The place after a name, with `(y = j)` behind it.
  private func skipEntry(_ start: Int) -> Int {
    let upper = skipName(start)
    guard upper > start, token(upper) == .open, let partner = partner(upper), partner < end,
      holdsRelation(upper + 1..<partner)
    else { return upper }
    return partner + 1
  }

  private mutating func linear(
    _ subject: Syntax, _ order: Int, from start: Int
  ) throws(Diagnostic) -> Syntax {
    derivative(subject, try linearVariables(order, from: start), start)
  }

  /// Whether `/∂x` stands here: a derivative of what follows.
  private func isOperator() -> Bool {
    current == .over && isDifferential(place + 1, in: 0..<end) && skipName(place + 2) > place + 2
  }

  /// `d/dx f`, `∂²/∂x² (…)`.
  private mutating func linearOperator(
    _ order: Int, from start: Int
  ) throws(Diagnostic) -> Syntax {
    place += 1
    return try derivativeOfWhatFollows(try linearVariables(order, from: start), from: start)
  }

  private mutating func linearVariables(
    _ order: Int, from start: Int
  ) throws(Diagnostic) -> [DerivativeSyntax.Variable] {
    var variables: [DerivativeSyntax.Variable] = []
    var total = 0
    while isDifferential(place, in: 0..<end), total < order {
      place += 1
      let upper = skipEntry(place)
      guard upper > place else {
        throw Diagnostic(
          "expected-variable", "the derivative has no variable", at: range(place - 1..<place))
      }
      let variable = try variable(place..<upper, order: order)
      variables.append(variable)
      total += variable.order
      place = upper
    }
    guard total == order, order >= 1 else {
      throw Diagnostic(
        "derivative-order", "the order above does not match the order \(total) below",
        at: range(from: start))
    }
    return variables
  }

  /// `dL/dw`, where d is no name of its own.
  mutating func differentialQuotient(
    _ base: String, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard base == "d", scripts.below.isEmpty, scripts.primes == 0, names.mayDifferentiate,
      scripts.above.count <= 1
    else { return nil }
    let order: Int
    if let above = scripts.above.first {
      guard let text = scriptText(above), let value = ExpressionParser.order(text) else {
        return nil
      }
      order = value
    } else {
      order = 1
    }
    if isOperator() { return try linearOperator(order, from: start) }
    let upper = skipEntry(place)
    guard upper > place, token(upper) == .over, isDifferential(upper + 1, in: 0..<end),
      skipName(upper + 2) > upper + 2
    else { return nil }
    let subject = try linearOperand()
    place += 1
    return try linear(subject, order, from: start)
  }

  // MARK: Gradients

  /// `\nabla_x L`, `\nabla_{W} \frac12 \|…\|^2`.
  mutating func gradient() throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
    var order = try gradientOrder()
    guard current == .lowered else { return try gradientByUsualVariable(order, from: start) }
    place += 1
    let below = try argument()
    var variables: [DerivativeSyntax.Variable] = []
    for part in list(below) {
      variables.append(DerivativeSyntax.Variable(variable: try expression(part), order: 1))
    }
    guard variables.count == 1 else {
      throw unreadable("a gradient by several variables at once is not read", start)
    }
    if order == 1 { order = try gradientOrder() }
    variables[0].order = order
    return try gradient(by: variables, from: start)
  }

  /// The 2 of `\nabla^2`.
  private mutating func gradientOrder() throws(Diagnostic) -> Int {
    guard current == .raised else { return 1 }
    let start = place
    place += 1
    guard scriptText(try argument()) == "2" else {
      throw unreadable("only first and second derivatives are written with ∇", start)
    }
    return 2
  }

  /// `\nabla f`: by what the problem differentiates f by.
  private mutating func gradientByUsualVariable(
    _ order: Int, from start: Int
  ) throws(Diagnostic) -> Syntax {
    let subject = tokens[min(place, tokens.count - 1)].text
    if let columns = names.vocabulary.gradientColumns[subject] {
      return try gradient(byEach: columns, order, from: start)
    }
    guard let name = names.vocabulary.gradientVariables[subject] else {
      throw Diagnostic(
        "expected-variable", "the gradient does not say by what", at: range(start..<start + 1),
        expected: "a variable as in \\nabla_x L")
    }
    let variable = Syntax(.name(name), range(start..<start + 1))
    return try gradient(
      by: [DerivativeSyntax.Variable(variable: variable, order: order)], from: start)
  }

  /// The derivatives by several scalars as a column, the second ones as a matrix.
  private mutating func gradient(
    byEach names: [String], _ order: Int, from start: Int
  ) throws(Diagnostic) -> Syntax {
    let subject = try differentiated(from: start)
    let whole = range(from: start)
    let variables = names.map { name in
      DerivativeSyntax.Variable(variable: Syntax(.name(name), whole), order: 1)
    }
    if order == 1 {
      return Syntax(.matrix([variables.map { derivative(subject, [$0], start) }]), whole)
    }
    let rows = variables.map { row in
      variables.map { column in derivative(subject, [row, column], start) }
    }
    return Syntax(.matrix(rows), whole)
  }

  private mutating func gradient(
    by variables: [DerivativeSyntax.Variable], from start: Int
  ) throws(Diagnostic) -> Syntax {
    let subject = try differentiated(from: start)
    return derivative(subject, variables, start)
  }

  /// What a gradient is taken of.
  private mutating func differentiated(from start: Int) throws(Diagnostic) -> Syntax {
    guard startsFactor() else {
      throw unreadable("nothing follows for this derivative to be taken of", start)
    }
    let isSingle = skipName(place) > place || current == .open || current == .bar
    return isSingle
      ? try deeper { (parser) throws(Diagnostic) in try parser.factor() }
      : try deeper { (parser) throws(Diagnostic) in try parser.product(.argument) }
  }
}

extension Syntax {
  /// The variables that `∂_{xy}` names: the factors of a product of names, or else the whole.
  fileprivate var factorsOfNames: [Syntax] {
    guard case .product(let factors) = kind,
      factors.allSatisfy({ $0.operation == .times && $0.factor.isSingleName })
    else { return [self] }
    return factors.map { $0.factor }
  }

  private var isSingleName: Bool { if case .name = kind { true } else { false } }
}
