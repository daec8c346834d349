import NablaExpressions
import NablaNumbers

extension ScopeReader {
  /// Reads what is assumed, agreed and said of spelling and layout.
  mutating func readFacts(in pool: inout ExpressionPool) {
    for (place, entry) in statements.enumerated() {
      do throws(Diagnostic) {
        switch entry.statement.syntax {
        case .assume(let condition): try assume(condition, place, in: &pool)
        case .convention(let relation): try agree(relation, place, in: &pool)
        case .write(let write):
          guard let symbol = lowering.scope.names[write.name.text] else {
            throw lowering.unknownName(write.name.text, at: write.name.range)
          }
          lowering.scope.spellings[symbol] = write.spelling.text
          facts[place] = .spelt(symbol)
        case .layout(let layout):
          lowering.scope.layout = layout
          facts[place] = .laidOut(layout)
        case .notation(let options):
          // Without those it replaces, so that a long file does not make a long list.
          lowering.scope.notation.removeAll { options.contains($0) }
          lowering.scope.notation += options
          facts[place] = .noted(options)
        default: break
        }
      } catch {
        report(error, place)
      }
    }
  }

  private mutating func assume(
    _ condition: Syntax, _ place: Int, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    var parts = [condition]
    if case .and(let conditions) = condition.kind { parts = conditions }
    var assumptions: [Assumption] = []
    for part in parts {
      let relation = try fact(part, in: &pool)
      assumptions.append(
        Assumption(
          relation: relation, range: part.range,
          text: statements[place].source.text(in: part.range)))
    }
    lowering.scope.assumptions += assumptions
    facts[place] = .assumed(assumptions)
  }

  /// A condition; of vectors or matrices it holds for every entry.
  private mutating func fact(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    guard case .comparison(let left, let operation, let right) = syntax.kind else {
      return try lowering.condition(syntax, in: &pool)
    }
    let sides = RelationSyntax(left: left, operation: operation, right: right)
    let read = try lowering.relationForms(sides, in: &pool)
    return pool.relation(Relation(operation), read.leftEntry, read.rightEntry)
  }

  /// `ReLU'(0) = 0`.
  private mutating func agree(
    _ relation: RelationSyntax, _ place: Int, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    guard case .equal = relation.operation, case .call(let call) = relation.left.kind,
      call.primes > 0, call.arguments.count == 1
    else {
      throw Diagnostic(
        "not-a-convention", "a convention gives a derivative at a kink a value",
        at: relation.range, expected: "a line such as: convention ReLU'(0) = 0")
    }
    let name = call.function.text
    let subject: Convention.Subject
    if let symbol = lowering.scope.names[name] {
      guard pool.kind(of: symbol) == .function else {
        throw Diagnostic(
          "not-a-function",
          "\(DisplayText.quoted(name)) is \(Lowering.noun(pool.kind(of: symbol))), not a function",
          at: call.function.range)
      }
      subject = .symbol(symbol)
    } else {
      if BuiltInNames.function(named: name) == nil {
        throw lowering.unknownFunction(name, at: call.function.range, in: pool)
      }
      guard let builtIn = BuiltInNames.function(named: name),
        let function = Function(named: builtIn.name), function.hasKink
      else {
        throw Diagnostic(
          "no-kink", "\(DisplayText.quoted(name)) has no kink and needs no convention",
          at: call.function.range)
      }
      subject = .builtIn(function)
    }
    let point = try lowering.expression(call.arguments[0], in: &pool)
    let value = try lowering.expression(relation.right, in: &pool)
    guard let point = pool.exactValue(point), let value = pool.exactValue(value) else {
      throw Diagnostic(
        "not-a-number", "a convention names a point and a value, both numbers",
        at: relation.range, expected: "a line such as: convention ReLU'(0) = 0")
    }
    if case .builtIn(let function) = subject, !point.isZero {
      throw Diagnostic(
        "no-kink", "\(DisplayText.quoted(function.name)) has no kink at \(point.description)",
        at: call.arguments[0].range)
    }
    let convention = Convention(
      subject: subject, order: call.primes, point: point, value: value, range: relation.range)
    lowering.scope.conventions.append(convention)
    facts[place] = .agreed(convention)
  }
}
