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
