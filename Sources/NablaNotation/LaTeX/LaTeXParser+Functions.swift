extension LaTeXParser {
  /// A built-in function with its argument.
  mutating func function() throws(Diagnostic) -> Syntax {
    let start = place
    let name = NameSyntax(tokens[start].text, tokens[start].range)
    place += 1
    let scripts = try takeScripts()
    let (before, after) = try functionMarks(scripts, name.text)
    var head = Head(name: name, primes: scripts.primes, divisor: nil, entry: nil)
    if before == .inverse { head.name.text = try inverse(of: name.text, at: start) }
    if let below = scripts.below.first { try readBelow(below, &head) }
    var syntax = try argument(of: head, from: start)
    let whole = range(from: start)
    for mark in after { syntax = try apply(mark, to: syntax, whole) }
    return syntax
  }

  /// A function before its argument is read.
  struct Head {
    var name: NameSyntax
    var primes: Int
    /// log of the base.
    var divisor: Syntax?
    /// `softmax_i(h)`.
    var entry: [Syntax]?
  }

  enum FunctionMark { case none, inverse }

  private mutating func functionMarks(
    _ scripts: Scripts, _ name: String
  ) throws(Diagnostic) -> (FunctionMark, [Mark]) {
    var marks: [Mark] = []
    for above in scripts.above { marks += try self.marks(above) }
    if marks.count == 1, case .power(let range) = marks[0], range.count == 2,
      tokens[range.lowerBound].kind == .minus, tokens[range.lowerBound + 1].text == "1"
    {
      return (.inverse, [])
    }
    return (.none, marks)
  }

  /// `\sin^{-1}` is the arc sine.
  private func inverse(of name: String, at place: Int) throws(Diagnostic) -> String {
    let inverse = "a" + name
    guard BuiltInNames.elementwise.contains(inverse) else {
      throw unreadable("the power −1 of a function may be its inverse or its reciprocal", place)
    }
    return inverse
  }

  private mutating func readBelow(_ below: Range<Int>, _ head: inout Head) throws(Diagnostic) {
    switch head.name.text {
    case "log":
      let base = try expression(below)
      if case .name("e") = base.kind, !names.isKnown("e") { return }
      let name = NameSyntax("log", head.name.range)
      head.divisor = Syntax(
        .call(CallSyntax(function: name, primes: 0, arguments: [base])), base.range)
    case "max", "min", "det", "trace", "diag", "norm", "dot", "outer":
      throw unreadable("a subscript of \(head.name.text) is not read", below.lowerBound)
    default: head.entry = try indices(below, slots: nil)
    }
  }

  private mutating func argument(
    of head: Head, from start: Int
  ) throws(Diagnostic) -> Syntax {
    if current == .open, opensArguments(place) {
      let arguments = try self.arguments(try bracketRange())
      return try scripted(build(head, arguments, from: start))
    }
    if current == .groupOpen {
      let argument = try self.factor()
      return build(head, [argument], from: start)
    }
    if let bareArgument, !startsFactor() {
      return build(head, [Syntax(.name(bareArgument), head.name.range)], from: start)
    }
    guard startsFactor() || current == .minus || current == .plus else {
      throw Diagnostic(
        "function-alone", "the function \(DisplayText.quoted(head.name.text)) has no argument",
        at: range(start..<start + 1))
    }
    let argument = try deeper { (parser) throws(Diagnostic) in try parser.term(.argument) }
    return build(head, [argument], from: start)
  }

  private func opensArguments(_ place: Int) -> Bool {
    switch LaTeXDelimiter(rawValue: tokens[place].code) {
    case .parenthesis, .bracket, .brace: true
    default: false
    }
  }

  private func build(_ head: Head, _ arguments: [Syntax], from start: Int) -> Syntax {
    let whole = range(from: start)
    var syntax = Syntax(
      .call(CallSyntax(function: head.name, primes: head.primes, arguments: arguments)), whole)
    if let entry = head.entry { syntax = Syntax(.indexed(syntax, entry), whole) }
    if let divisor = head.divisor {
      syntax = Syntax(
        .product([
          FactorSyntax(operation: .times, factor: syntax),
          FactorSyntax(operation: .over, factor: divisor),
        ]), whole)
    }
    return syntax
  }
}
