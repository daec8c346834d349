import NablaNotation

extension StatementSyntax {
  /// A statement as one line that names every part.
  var dump: String {
    switch self {
    case .dimension(let list):
      list.map { "dimension \($0.name.text)" + ($0.value.map { "=\($0.dump)" } ?? "") }.joined("; ")
    case .index(let list): list.map { "index \(text($0))" }.joined("; ")
    case .fixedIndex(let list): list.map { "class \(text($0))" }.joined("; ")
    case .declaration(let declaration):
      declaration.names.map { "\(declaration.kind) \(text($0))" }.joined("; ")
    case .definition(let definition): "define \(text(definition)) := \(definition.value.dump)"
    case .write(let write): "write \(write.name.text) as <\(write.spelling.text)>"
    case .assume(let condition): "assume \(condition.dump)"
    case .convention(let relation): "convention \(text(relation))"
    case .at(let list):
      list.map { entry in
        let indices = entry.indices.isEmpty ? "" : "[" + commaList(entry.indices) + "]"
        return "at \(entry.name.text)\(indices)=\(entry.value.dump)"
      }.joined("; ")
    case .forward(let forward):
      "forward \(commaList(forward.targets))" + (forward.decimals.map { " to \($0)" } ?? "")
    case .derive(let derive):
      "derive \(text(derive.goal))"
        + (derive.variables.isEmpty ? "" : " by \(commaList(derive.variables))")
        + text(derive.condition)
    case .gradient(let gradient):
      "gradient \(gradient.subject.dump) by \(commaList(gradient.variables)) as "
        + gradient.forms.map { "\($0)" }.joined(",")
    case .jacobian(let task): "jacobian \(task.subject.dump) by \(commaList(task.variables))"
    case .hessian(let task): "hessian \(task.subject.dump) by \(commaList(task.variables))"
    case .prove(let prove): "prove \(text(prove.relation))\(text(prove.condition))"
    case .expect(let expect):
      "expect \(expect.moment.map { "\($0.isBefore ? "before" : "after") \($0.step): " } ?? "")"
        + "\(text(expect.relation))\(expect.isExact ? " exactly" : "")\(text(expect.condition))"
    case .use(let file): "use <\(file.text)>"
    case .points(let points):
      "points \(points.points.text) for \(text(points.goal))"
        + (points.steps.map { " steps \($0.text)" } ?? "") + text(points.condition)
    case .cite(let cite): "cite \(text(cite.goal))" + text(cite.condition)
    case .layout(let layout): "layout \(layout)"
    case .notation(let options): "notation \(options.map(\.usualSpelling).joined(separator: "; "))"
    case .shapes(let names): "shapes \(text(names))"
    case .parameters(let names): "parameters \(text(names))"
    case .train(let training):
      "train \(training.steps) of \(text(training.parameters)) on \(training.loss.dump)"
        + " with \(training.rate.dump) over "
        + training.samples.map { "\($0.name.text)=\($0.rows.text)" }.joined(separator: ",")
        + " \(training.mode)"
    case .plot(let plot):
      "plot \(commaList(plot.curves)) for \(plot.variable.text)=\(text(plot.range))"
        + (plot.vertical.map { " y=\(text($0))" } ?? "")
    case .graph(let graph):
      "graph \(graph.subject.dump)"
        + (graph.variables.isEmpty ? "" : " by \(commaList(graph.variables))")
    case .table(let table):
      "table \(commaList(table.targets)) for \(table.variable.text)=\(commaList(table.values))"
    case .answer(let prose): "answer <\(prose.text)>"
    }
  }

  private func text(_ bounds: BoundsSyntax) -> String {
    "\(bounds.lower.dump)..\(bounds.upper.dump)"
  }

  private func text(_ names: [NameSyntax]) -> String { names.map(\.text).joined(separator: ",") }

  private func text(_ index: IndexSyntax) -> String {
    index.names.map(\.text).joined(",") + "=\(index.bounds.lower.dump)..\(index.bounds.upper.dump)"
  }

  private func text(_ declared: DeclaredNameSyntax) -> String {
    var result = declared.name.text
    if !declared.axes.isEmpty {
      let axes = declared.axes.map { ($0.lower.map { "\($0.dump).." } ?? "") + $0.upper.dump }
      result += "[" + axes.joined(",") + "]"
    }
    if !declared.parameters.isEmpty {
      result += "(" + declared.parameters.map(\.text).joined(",") + ")"
    }
    for attribute in declared.attributes {
      if case .interval(let interval) = attribute.kind {
        result += interval.includesLower ? " in [" : " in ("
        result += (interval.lower?.dump ?? "-oo") + "," + (interval.upper?.dump ?? "oo")
        result += interval.includesUpper ? "]" : ")"
      } else {
        result += " \(attribute.kind)"
      }
    }
    return result
  }

  private func text(_ definition: DefinitionSyntax) -> String {
    switch definition.parameters {
    case .none: definition.name.text
    case .indices(let names): "\(definition.name.text)[\(names.map(\.text).joined(","))]"
    case .arguments(let names): "\(definition.name.text)(\(names.map(\.text).joined(",")))"
    }
  }

  private func text(_ relation: RelationSyntax) -> String {
    "\(relation.left.dump) \(relation.operation.symbol) \(relation.right.dump)"
  }

  private func text(_ goal: GoalSyntax) -> String {
    switch goal {
    case .expression(let expression): expression.dump
    case .relation(let relation): text(relation)
    }
  }

  private func text(_ condition: Syntax?) -> String { condition.map { " when \($0.dump)" } ?? "" }

  private func commaList(_ list: [Syntax]) -> String { list.map(\.dump).joined(",") }
}

extension [String] {
  fileprivate func joined(_ separator: String) -> String { joined(separator: separator) }
}
