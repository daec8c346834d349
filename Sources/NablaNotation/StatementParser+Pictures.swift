extension StatementParser {
  /// `f(x), g(x) for x in -6..6, y in 0..1`.
  mutating func plot() throws(Diagnostic) -> PlotSyntax {
    let curves = try quantities()
    try expectWord("for")
    let variable = try name()
    try expectWord("in")
    var result = PlotSyntax(curves: curves, variable: variable, range: try expressions.bounds())
    if expressions.take(.comma) {
      try expectWord("y")
      try expectWord("in")
      result.vertical = try expressions.bounds()
    }
    return result
  }

  /// `L`, or `L by w1, b1`.
  mutating func graph() throws(Diagnostic) -> GraphSyntax {
    let subject = try expressions.quantity()
    return GraphSyntax(
      subject: subject, variables: expressions.takeWord("by") ? try quantities() : [])
  }
}
