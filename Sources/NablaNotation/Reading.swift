/// Reads one expression of plain mathematics, conditions included.
///
/// - Throws: the first thing that could not be read.
package func parseExpression(
  _ source: SourceText, known: KnownNames
) throws(Diagnostic) -> Syntax {
  var parser = try expressionParser(source, known)
  let result = try parser.expression()
  try parser.finish()
  return result
}

/// Reads `A = B` or another comparison, or a single expression.
package func parseGoal(_ source: SourceText, known: KnownNames) throws(Diagnostic) -> GoalSyntax {
  var parser = try expressionParser(source, known)
  let left = try parser.quantity()
  guard let operation = parser.takeComparison() else {
    try parser.finish()
    return .expression(left)
  }
  let right = try parser.quantity()
  try parser.finish()
  return .relation(RelationSyntax(left: left, operation: operation, right: right))
}

/// Reads one statement of a problem file.
///
/// The names it introduces itself are known in it.
package func parseStatement(
  _ source: SourceText, known: KnownNames = KnownNames()
) throws(Diagnostic) -> Statement {
  if let diagnostic = source.unreadable() { throw diagnostic }
  let whole = SourceRange(0, source.bytes.count)
  let splitter = StatementSplitter(source, in: whole)
  if let diagnostic = splitter.diagnostics.first { throw diagnostic }
  guard let slice = splitter.slices.first else {
    throw Diagnostic("unexpected-end", "unexpected end", at: whole, expected: "a statement")
  }
  if splitter.slices.count > 1 {
    throw Diagnostic(
      "second-statement", "only one statement can stand here", at: splitter.slices[1].range)
  }
  var names = known
  if case .tokens(let range) = slice.content {
    StatementHead.collectNames(splitter.tokens, range, into: &names)
  }
  return try ProblemFileOutline.statement(source, splitter.tokens, slice, known: names)
}

extension KnownNames {
  /// Adds the names that the statements of a text introduce, whatever else is wrong with it.
  package mutating func collect(from source: SourceText) {
    guard source.unreadable() == nil else { return }
    let splitter = StatementSplitter(source, in: SourceRange(0, source.bytes.count))
    for slice in splitter.slices {
      guard case .tokens(let range) = slice.content else { continue }
      StatementHead.collectNames(splitter.tokens, range, into: &self)
    }
  }
}

private func expressionParser(
  _ source: SourceText, _ known: KnownNames
) throws(Diagnostic) -> ExpressionParser {
  if let diagnostic = source.unreadable() { throw diagnostic }
  var lexer = Lexer(source.bytes, in: SourceRange(0, source.bytes.count))
  lexer.readAll()
  if let diagnostic = lexer.diagnostics.first { throw diagnostic }
  return ExpressionParser(source, lexer.tokens, 0..<lexer.tokens.count, known: known)
}

/// Reads an expression, or a chain of comparisons such as `A = B = C`.
package func parseChain(
  _ source: SourceText, known: KnownNames
) throws(Diagnostic) -> RelationChain {
  let whole = SourceRange(0, source.bytes.count)
  let mistake: Diagnostic
  do throws(Diagnostic) {
    var parser = try expressionParser(source, known)
    let first = try parser.quantity()
    var chain = RelationChain(
      members: [.init(.expression(first), first.range)], links: [], range: whole)
    while let operation = parser.takeComparison() {
      let next = try parser.quantity()
      chain.links.append(.init(.init(operation), SourceRange(first.range.upper, next.range.lower)))
      chain.members.append(.init(.expression(next), next.range))
    }
    try parser.finish()
    return chain
  } catch {
    mistake = error
  }
  do throws(Diagnostic) {
    // Conditions joined by "and" and "or" are one expression.
    let condition = try parseExpression(source, known: known)
    return RelationChain(
      members: [.init(.expression(condition), condition.range)], links: [], range: whole)
  } catch {
    throw error.range.lower < mistake.range.lower ? mistake : error
  }
}

extension RelationChain.Relation {
  package init(_ operation: ComparisonOperator) {
    switch operation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}
