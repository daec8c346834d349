extension StatementSyntax {
  /// Calls a function with each expression of a statement, sizes and ranges left out.
  func forEachExpression(_ visit: (Syntax) -> Void) {
    switch self {
    case .dimension(let list): for item in list { item.value.map(visit) }
    case .definition(let definition): visit(definition.value)
    case .assume(let condition): visit(condition)
    case .convention(let relation): relation.forEachSide(visit)
    case .at(let list):
      for assignment in list {
        assignment.indices.forEach(visit)
        visit(assignment.value)
      }
    case .forward(let forward): forward.targets.forEach(visit)
    case .derive(let derive):
      derive.goal.forEachExpression(visit)
      derive.variables.forEach(visit)
      derive.condition.map(visit)
    case .gradient(let gradient):
      visit(gradient.subject)
      gradient.variables.forEach(visit)
    case .jacobian(let task), .hessian(let task):
      visit(task.subject)
      task.variables.forEach(visit)
    case .prove(let prove):
      prove.relation.forEachSide(visit)
      prove.condition.map(visit)
    case .expect(let expect):
      expect.relation.forEachSide(visit)
      expect.condition.map(visit)
    case .points(let points):
      points.goal.forEachExpression(visit)
      points.condition.map(visit)
    case .cite(let cite):
      cite.goal.forEachExpression(visit)
      cite.condition.map(visit)
    case .table(let table):
      table.targets.forEach(visit)
      table.values.forEach(visit)
    case .train(let training):
      visit(training.loss)
      visit(training.rate)
    case .plot(let plot):
      plot.curves.forEach(visit)
      for bounds in [plot.range, plot.vertical].compactMap({ $0 }) {
        visit(bounds.lower)
        visit(bounds.upper)
      }
    case .graph(let graph):
      visit(graph.subject)
      graph.variables.forEach(visit)
    case .index, .fixedIndex, .declaration, .write, .use, .layout, .notation, .shapes, .parameters,
      .answer:
      break
    }
  }
}

extension RelationSyntax {
  func forEachSide(_ visit: (Syntax) -> Void) {
    visit(left)
    visit(right)
  }
}

extension GoalSyntax {
  package func forEachExpression(_ visit: (Syntax) -> Void) {
    switch self {
    case .expression(let expression): visit(expression)
    case .relation(let relation): relation.forEachSide(visit)
    }
  }
}
