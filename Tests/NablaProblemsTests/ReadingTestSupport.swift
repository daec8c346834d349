import NablaExpressions
import NablaNotation
import NablaProblems
import NablaTestSupport

/// A problem file read into a pool of its own.
struct ReadProblem: ~Copyable {
  var pool = ExpressionPool()
  let source: SourceText
  let reading: ProblemReading

  init(_ text: String, files: [String: String] = [:]) {
    source = SourceText(name: "problem.md", text)
    reading = ProblemReading(source, into: &pool) { path in
      guard let text = files[path] else { return .failure(LoadFailure("no such file")) }
      return .success(Array(text.utf8))
    }
  }

  /// Every mistake as `file line:column identifier: summary`.
  var report: [String] {
    reading.diagnostics.map { diagnostic in
      let place = reading.usedSources.first { $0.name == diagnostic.file } ?? source
      let (line, column) = place.position(at: diagnostic.range.lower)
      let file = diagnostic.file.map { $0 + " " } ?? ""
      return "\(file)\(line):\(column) \(diagnostic.identifier): \(diagnostic.summary)"
    }
  }

  /// Every task on a line of its own.
  var tasks: [String] { reading.problem.tasks.map { describe($0) } }

  func describe(_ task: Task) -> String {
    var text: String
    switch task.kind {
    case .forward(let targets, let decimals):
      text = "forward " + targets.map { describe($0) }.joined(separator: ", ")
      if let decimals { text += " to \(decimals)" }
    case .derive(let subject, let variables, let written):
      text = "derive \(pool.dump(subject)) by \(describe(variables)): \(pool.dump(written))"
    case .gradient(let subject, let variables, let forms):
      text = "gradient \(pool.dump(subject)) by \(describe(variables))"
      if !forms.isEmpty { text += " as " + forms.map { name($0) }.joined(separator: ", ") }
    case .jacobian(let subject, let variables):
      text = "jacobian \(describe([subject])) by \(describe(variables))"
    case .hessian(let subject, let rows, let columns):
      text = "hessian \(pool.dump(subject)) by \(describe(rows)) and \(describe(columns))"
    case .prove(let left, let right): text = "prove \(pool.dump(left)) = \(pool.dump(right))"
    case .compare(let left, let relation, let right):
      text = "prove \(pool.dump(left)) \(relation) \(pool.dump(right))"
    case .table(let targets, let variable, let values):
      text = "table of \(targets.count) for \(names([variable]))"
      text += " at " + values.map { pool.dump($0) }.joined(separator: ", ")
    case .expect(let expectation):
      text = "expect \(pool.dump(expectation.left)) = \(pool.dump(expectation.right))"
      if expectation.isExact { text += " exactly" }
      if let decimal = expectation.decimal { text += " as \(decimal)" }
    case .shapes(let symbols): text = "shapes \(names(symbols))"
    case .parameters(let symbols): text = "parameters \(names(symbols))"
    case .train(let training):
      text = "train \(training.steps) of \(names(training.parameters))"
      text += " on \(pool.dump(training.loss)) with \(pool.dump(training.rate))"
      for sample in training.samples {
        text += ", \(names([sample.input])) from \(names([sample.rows]))"
      }
      text += " \(training.mode)"
    case .expectTrained(let expectation):
      let moment = expectation.moment
      text = "expect \(pool.dump(expectation.quantity))"
      text += " \(moment.isBefore ? "before" : "after") \(moment.step)"
    case .plot(let plot):
      let curves = plot.curves.map { pool.dump($0) }.joined(separator: ", ")
      text = "plot \(curves) for \(names([plot.variable])) in \(plot.range)"
      if let vertical = plot.vertical { text += ", y in \(vertical)" }
    case .graph(let subject, let variables):
      text = "graph \(pool.dump(subject)) by "
      text += variables.map { pool.dump($0) }.joined(separator: ", ")
    }
    if let condition = task.condition { text += " when \(pool.dump(condition))" }
    return text
  }

  private func names(_ symbols: [SymbolID]) -> String {
    symbols.map { pool.declaration(of: $0).name }.joined(separator: ", ")
  }

  private func describe(_ target: Task.Target) -> String {
    switch target {
    case .value(let handle): pool.dump(handle)
    case .array(let symbol): pool.declaration(of: symbol).name + "[…]"
    case .entries(let entry, let indices):
      pool.dump(entry) + " for "
        + indices.map { pool.declaration(of: $0).name }.joined(separator: ", ")
    }
  }

  private func describe(_ variables: [Task.Variable]) -> String {
    variables.map { variable in
      let whole = variable.array.map { "(" + pool.declaration(of: $0).name + ")" } ?? ""
      return pool.dump(variable.handle) + whole
    }.joined(separator: ", ")
  }

  private func name(_ form: GradientSyntax.Form) -> String {
    switch form {
    case .elementwise: "elementwise"
    case .matrix: "matrix"
    case .backward: "backward"
    }
  }
}

/// The text with each `nabla:` line and the lines below it, up to an empty one, as a fenced block.
func page(_ text: String) -> String {
  var result = ""
  var isOpen = false
  for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
    if line == "nabla:" {
      result += "```nabla\n"
      isOpen = true
      continue
    }
    if isOpen && line.isEmpty {
      result += "```\n"
      isOpen = false
    }
    result += line + "\n"
  }
  return isOpen ? result + "```\n" : result
}
