extension LaTeXParser {
  /// Whether a token is a ∂ or a d that can begin a differential.
  func isDifferential(_ place: Int, in range: Range<Int>) -> Bool {
    guard place < range.upperBound else { return false }
    switch tokens[place].kind {
    case .partial: return true
    case .letter:
      guard tokens[place].text == "d", names.mayDifferentiate else { return false }
      return place + 1 >= range.upperBound || tokens[place + 1].kind != .lowered
    default: return false
    }
  }

  /// The arguments of the fraction at a place.
  private func fractionArguments(_ place: Int) -> (above: Range<Int>, below: Range<Int>)? {
    guard let above = argumentRange(place + 1) else { return nil }
    let next = token(place + 1) == .groupOpen ? above.upperBound + 1 : above.upperBound
    guard let below = argumentRange(next) else { return nil }
    return (above, below)
  }

  private func argumentRange(_ place: Int) -> Range<Int>? {
    guard place < end else { return nil }
    guard tokens[place].kind == .groupOpen else { return place..<place + 1 }
    guard let partner = partner(place), partner < end else { return nil }
    return place + 1..<partner
  }

  /// Whether the fraction at a place is a derivative with what it differentiates above.
  func isDerivative(_ place: Int) -> Bool {
    guard let (above, below) = fractionArguments(place) else { return false }
    var first = above.lowerBound
    if first < above.upperBound, tokens[first].kind == .minus { first += 1 }
    return isDifferential(below.lowerBound, in: below) && isDifferential(first, in: above)
      && differentialHead(first, in: above).next < above.upperBound
  }

  // MARK: Fractions

  mutating func fraction() throws(Diagnostic) -> Syntax {
    let start = place
    place += 1
    let above = try argument()
    let below = try argument()
    return try fraction(above, below, from: start)
  }

  mutating func fraction(
    _ above: Range<Int>, _ below: Range<Int>, from start: Int
  ) throws(Diagnostic) -> Syntax {
    var first = above.lowerBound
    var isNegative = false
    while first < above.upperBound, tokens[first].kind == .minus || tokens[first].kind == .plus,
      isDifferential(first + 1, in: above)
    {
      isNegative = isNegative != (tokens[first].kind == .minus)
      first += 1
    }
    if isDelta(above), isDelta(below) {
      let variable = try expression(below.lowerBound + 1..<below.upperBound)
      let subject = try expression(above.lowerBound + 1..<above.upperBound)
      repairs.append(
        Repair(.differential, range(from: start), found: "δ", repaired: "∂"))
      return try scripted(
        derivative(subject, [DerivativeSyntax.Variable(variable: variable, order: 1)], start))
    }
    let isAbove = isDifferential(first, in: above)
    let isBelow = isDifferential(below.lowerBound, in: below)
    if isAbove, isBelow {
      let derivative = try derivative(first..<above.upperBound, below, from: start)
      return isNegative ? Syntax(.negation(derivative), derivative.range) : derivative
    }
    if isBelow && (tokens[below.lowerBound].kind == .partial || below.count > 1)
      || (isAbove && tokens[first].kind == .partial)
    {
      return try damagedDerivative(above, below, isAbove: isAbove, from: start)
    }
    let numerator = try expression(above)
    let denominator = try expression(below)
    let whole = range(from: start)
    let quotient = Syntax(
      .product([
        FactorSyntax(operation: .times, factor: numerator),
        FactorSyntax(operation: .over, factor: denominator),
      ]), whole)
    return try scripted(quotient)
  }

  /// δ before a name, where δ is no name of its own.
  private func isDelta(_ range: Range<Int>) -> Bool {
    guard range.count > 1, tokens[range.lowerBound].text == "delta", !names.isKnown("delta"),
      tokens[range.lowerBound].kind == .letter
    else { return false }
    return skipName(range.lowerBound + 1) == range.upperBound
  }

  /// A derivative that lost one ∂.
  private mutating func damagedDerivative(
    _ above: Range<Int>, _ below: Range<Int>, isAbove: Bool, from start: Int
  ) throws(Diagnostic) -> Syntax {
    met.insert(.missingDifferential)
    guard flags.contains(.missingDifferential) else {
      throw Diagnostic(
        "missing-differential",
        isAbove ? "there is a ∂ above, but none below" : "there is a ∂ below, but none above",
        at: range(from: start), expected: "a quotient such as ∂L/∂x")
    }
    if isAbove {
      let head = differentialHead(above.lowerBound, in: above)
      let subject = try expression(head.next..<above.upperBound)
      let variable = try expression(below)
      return try scripted(
        derivative(subject, [DerivativeSyntax.Variable(variable: variable, order: 1)], start))
    }
    let subject = try expression(above)
    let variables = try variables(below, order: 1)
    return try scripted(derivative(subject, variables, start))
  }

  // MARK: Derivatives

  /// The order behind a ∂ and the place after it.
  func differentialHead(_ place: Int, in range: Range<Int>) -> (order: Int, next: Int) {
    var next = place + 1
    guard next + 1 < range.upperBound || next + 1 == range.upperBound,
      next < range.upperBound, tokens[next].kind == .raised
    else { return (1, next) }
    let outerNext = self.next(after: min(next + 1, range.upperBound - 1), in: range)
    var order: Int?
    for inner in next + 1..<min(outerNext, range.upperBound) where tokens[inner].kind == .number {
      order = ExpressionParser.order(tokens[inner].text)
    }
    next = outerNext
    return (order ?? 0, next)
  }

  private mutating func derivative(
    _ above: Range<Int>, _ below: Range<Int>, from start: Int
  ) throws(Diagnostic) -> Syntax {
    let head = differentialHead(above.lowerBound, in: above)
    guard head.order >= 1 else {
      throw unreadable("the order of this derivative is not read", above.lowerBound)
    }
    let variables = try variables(below, order: head.order)
    var total = 0
    for variable in variables { total += variable.order }
    guard total == head.order else {
      throw Diagnostic(
        "derivative-order", "the order above does not match the order \(total) below",
        at: range(from: start))
    }
    guard head.next < above.upperBound else {
      return try derivativeOfWhatFollows(variables, from: start)
    }
    var subject = try expression(head.next..<above.upperBound)
    if head.next + 1 == above.upperBound, case .call(let call) = subject.kind {
      subject.kind = .name(call.function.text)
    }
    if let applied = try derivativeApplied(subject, variables, from: start) { return applied }
    return try scripted(derivative(subject, variables, start))
  }

  /// `\frac{df}{dx}(a)` is f'(a).
  private mutating func derivativeApplied(
    _ subject: Syntax, _ variables: [DerivativeSyntax.Variable], from start: Int
  ) throws(Diagnostic) -> Syntax? {
    guard case .name(let name) = subject.kind, variables.count == 1, current == .open,
      names.kind(name) == .function
        || (names.kind(name) == nil && Self.functionLetters.contains(name)),
      let partner = partner(place), partner < end, list(place + 1..<partner).count == 1
    else { return nil }
    let arguments = try self.arguments(try bracketRange())
    let call = CallSyntax(
      function: NameSyntax(name, subject.range), primes: variables[0].order, arguments: arguments)
    return try scripted(Syntax(.call(call), range(from: start)))
  }

  mutating func derivativeOfWhatFollows(
    _ variables: [DerivativeSyntax.Variable], from start: Int
  ) throws(Diagnostic) -> Syntax {
    guard startsFactor() || current == .minus else {
      throw unreadable("nothing follows for this derivative to be taken of", start)
    }
    var takesBracket = false
    if current == .open, let partner = partner(place), partner < end {
      let (isTransposed, isFollowed) = bracketEnd(partner)
      takesBracket = !isTransposed
      if isFollowed {
        met.insert(.reachOfFunction)
        if flags.contains(.reachOfFunction) { takesBracket.toggle() }
      }
    }
    let subject =
      takesBracket
      ? try deeper { (parser) throws(Diagnostic) in try parser.factor() }
      : try deeper { (parser) throws(Diagnostic) in try parser.term(.operand) }
    return derivative(subject, variables, start)
  }

  /// Whether a bracket that closes at a place is transposed, and whether a factor follows.
  private func bracketEnd(_ partner: Int) -> (isTransposed: Bool, isFollowed: Bool) {
    var next = partner + 1
    var isTransposed = false
    while token(next) == .raised || token(next) == .lowered || token(next) == .transposeMark {
      let upper =
        token(next) == .transposeMark ? next + 1 : self.next(after: next + 1, in: 0..<end)
      for inner in next..<min(upper, end) {
        isTransposed =
          isTransposed || tokens[inner].kind == .transposeMark
          || (tokens[inner].kind == .letter
            && (tokens[inner].text == "T" || tokens[inner].text == "t"))
      }
      next = upper
      guard next < end else { break }
    }
    switch token(next) {
    case .letter, .number, .function, .groupOpen, .begin, .open, .fraction, .root, .bigOperator,
      .accent, .one, .times:
      return (isTransposed, true)
    default: return (isTransposed, false)
    }
  }

  func derivative(
    _ subject: Syntax, _ variables: [DerivativeSyntax.Variable], _ start: Int
  ) -> Syntax {
    let isSimple =
      Self.isEntry(subject) && variables.allSatisfy { Self.isEntry($0.variable) }
    return Syntax(
      .derivative(
        DerivativeSyntax(
          subject: subject, variables: variables, spelling: isSimple ? .quotient : .call)),
      range(from: start))
  }

  /// A name, or a name with indices.
  private static func isEntry(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .name: return true
    case .indexed(let base, _):
      if case .name = base.kind { return true }
      return false
    default: return false
    }
  }

  /// `\partial x \partial y^2`.
  private mutating func variables(
    _ below: Range<Int>, order: Int
  ) throws(Diagnostic) -> [DerivativeSyntax.Variable] {
    var variables: [DerivativeSyntax.Variable] = []
    var start = below.lowerBound
    while start < below.upperBound {
      guard isDifferential(start, in: below), variables.count < 16 else {
        throw unreadable("\(spelling(start)) is not expected below a derivative", start)
      }
      var upper = start + 1
      while upper < below.upperBound,
        !(isDifferential(upper, in: below) && upper > start + 1)
      {
        // What stands below or above a name is no differential.
        let isScript = tokens[upper].kind == .lowered || tokens[upper].kind == .raised
        upper = next(after: isScript ? min(upper + 1, below.upperBound - 1) : upper, in: below)
      }
      guard start + 1 < upper else {
        throw Diagnostic(
          "expected-variable", "the derivative has no variable", at: range(start..<start + 1))
      }
      variables.append(try variable(start + 1..<upper, order: order))
      start = upper
    }
    return variables
  }

  mutating func variable(
    _ range: Range<Int>, order: Int
  ) throws(Diagnostic) -> DerivativeSyntax.Variable {
    var range = range
    var own = 1
    // In `\partial x^2` of a second derivative the number is the order.
    let isOrder = order > 1 && tokens[range.upperBound - 1].kind != .close
    if isOrder, let script = orderScript(range) {
      own = script.order
      range = range.lowerBound..<script.start
    }
    var syntax = try expression(range)
    if order > 1, case .transpose(let inner) = syntax.kind { syntax = inner }
    if case .product(let factors) = syntax.kind, factors.count == 2,
      factors[1].operation == .times, case .name(let name) = factors[0].factor.kind,
      case .name(let index) = factors[1].factor.kind, names.slots(name) == 1,
      names.isIndexLetter(index)
    {
      repairs.append(
        Repair(.script, syntax.range, found: name + index, repaired: "\(name)_\(index)"))
      syntax.kind = .indexed(factors[0].factor, [factors[1].factor])
    }
    return DerivativeSyntax.Variable(variable: syntax, order: own)
  }

  /// The whole number above the end of a variable.
  private func orderScript(_ range: Range<Int>) -> (order: Int, start: Int)? {
    var start = range.lowerBound
    var found: (order: Int, start: Int)?
    while start < range.upperBound {
      if tokens[start].kind == .raised, start + 1 < range.upperBound {
        let after = next(after: start + 1, in: range)
        let digits = after == start + 2 ? start + 1 : start + 2
        if after == range.upperBound, after <= start + 4, tokens[digits].kind == .number,
          let order = ExpressionParser.order(tokens[digits].text)
        {
          found = (order, start)
        }
        start = after
      } else {
        start = next(after: start, in: range)
      }
    }
    return found
  }
}
