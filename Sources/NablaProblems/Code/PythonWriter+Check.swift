import NablaExpressions
import NablaNotation
import NablaVerification

/// Comparisons with central differences.
extension PythonWriter {
  mutating func check(
    _ writer: inout UnitWriter,
    _ trainings: [(name: String, training: GradientProgram.Training)],
    _ pool: inout ExpressionPool
  ) -> String {
    var text = "def \(writer.check)():\n"
    guard let example = writer.unit.example else {
      remarks.append(
        "\(writer.gradient): no point was found at which its values can be compared")
      text += "    print(\"\(writer.gradient): not checked, no example was found\")\n"
      return text + "    return True\n"
    }
    text += docstring(["Compares with central differences at \(writer.unit.exampleWords)."])
    for line in exampleLines(writer, example, &pool) { text += "    \(line)\n" }
    let forwardNames = arguments(writer, pool, withSlopes: false)
    if !writer.unit.freed.isEmpty {
      text += "    values = \(writer.forward)(\(joined(forwardNames)))\n"
    }
    let gradientNames = arguments(writer, pool, withSlopes: true)
    text += "    result = \(writer.gradient)(\(joined(gradientNames)))\n    passed = []\n"
    for derivative in writer.written {
      if let lines = try? comparison(derivative, writer, forwardNames, &pool) {
        for line in lines { text += "    \(line)\n" }
      }
    }
    for (name, training) in trainings {
      for line in trainingCheck(training, writer, name, &pool) { text += "    \(line)\n" }
    }
    return text + "    return all(passed)\n"
  }

  private func exampleLines(
    _ writer: UnitWriter, _ example: ExamplePoint, _ pool: inout ExpressionPool
  ) -> [String] {
    var lines: [String] = []
    for dimension in writer.sizes.sources.keys.sorted() {
      guard let value = example.integers[dimension] else { continue }
      lines.append("\(writer.names.known(dimension, pool)) = \(value)")
    }
    for symbol in writer.unit.parameters {
      let name = writer.names.known(symbol, pool)
      switch pool.kind(of: symbol) {
      case .array:
        let rows = writer.exampleRows(of: symbol)
        let isMatrix = pool.declaration(of: symbol).ranges.count > 1
        let texts = rows.map { "[" + joined($0.map { CodeNumber.text($0) }) + "]" }
        lines.append(
          "\(name) = np.array(" + (isMatrix ? "[" + joined(texts) + "]" : texts.first ?? "[]") + ")"
        )
      case .label:
        let base = writer.base(ofLabel: symbol, pool)
        lines.append("\(name) = \((example.integers[symbol] ?? base) - base)")
      case .dimension: lines.append("\(name) = \(example.integers[symbol] ?? 1)")
      default:
        lines.append(
          "\(name) = \(CodeNumber.text(writer.exampleRows(of: symbol).first?.first ?? 0))")
      }
    }
    for symbol in writer.unit.functions + writer.unit.slopes {
      lines.append(
        "\(writer.names.known(symbol, pool)) = " + StandInText.python(symbol, pool))
    }
    return lines
  }

  private func comparison(
    _ derivative: GradientProgram.Derivative, _ writer: UnitWriter, _ forwardNames: [String],
    _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [String] {
    let unit = writer.unit
    var scalars = ScalarWriter(.python, writer.names, definitions: unit.scope.definitions)
    let name = writer.names.known(derivative.symbol, pool)
    var heads: [String] = []
    var places: [String] = []
    for axis in derivative.axes {
      guard let index = axis.symbol, let range = pool.firstRange(of: index) else {
        places.append("0")
        continue
      }
      heads.append(try scalars.openLoop(over: index, range, &pool))
      places.append(
        (try scalars.integer(pool.symbol(index), pool) - scalars.integer(range.lower, pool)).piece
          .text)
    }
    let shifts = derivative.variables.map { _ in scalars.names.unique("t") }
    var bumped: [String: String] = [:]
    for (number, variable) in derivative.variables.enumerated() {
      guard let symbol = pool.headSymbol(of: variable) else { throw CodeObstacle("no name") }
      let own = writer.names.known(symbol, pool)
      let start = unit.freed.contains(symbol) ? "values[\"\(own)\"]" : own
      let place = try writer.places(of: variable, scalars, &pool)
      let text = place.isEmpty ? "None" : "(" + joined(place) + (place.count == 1 ? ",)" : ")")
      let isSymmetric = pool.declaration(of: symbol).domain.isSymmetric && place.count == 2
      bumped[own] =
        "bump(\(bumped[own] ?? start), \(text), \(shifts[number])"
        + (isSymmetric ? ", symmetric=True)" : ")")
    }
    var arguments = forwardNames.map { bumped[$0] ?? $0 }
    for symbol in unit.freed {
      let own = writer.names.known(symbol, pool)
      if let value = bumped[own] { arguments.append("\(own)=\(value)") }
    }
    let subject = writer.names.known(unit.subject, pool)
    var value = "\(writer.forward)(\(joined(arguments)))[\"\(subject)\"]"
    var inner: [String] = []
    if let expression = unit.expression {
      for axis in expression.axes {
        guard let index = axis.symbol, let range = pool.firstRange(of: index) else { continue }
        inner.append(
          (try scalars.integer(pool.symbol(index), pool) - scalars.integer(range.lower, pool))
            .piece.text)
      }
    } else {
      inner = try writer.places(of: derivative.subject, scalars, &pool)
    }
    value = scalars.element(value, inner)
    let order = derivative.variables.count
    let (step, tolerance) = UnitWriter.step(order: order)
    for shift in shifts.reversed() { value = "central(lambda \(shift): \(value), \(step))" }
    let result = scalars.element("result[\"\(name)\"]", places)
    var lines = ["error = 0.0"]
    var margin = ""
    for head in heads {
      lines.append(margin + "for \(head):")
      margin += "    "
    }
    lines.append(margin + "numeric = " + value)
    lines.append(margin + "error = worse(error, \(result), numeric)")
    lines.append("passed.append(report(\"\(name)\", error, \(tolerance)))")
    if !derivative.expected.isEmpty {
      let rows = derivative.expected.map { "[" + joined($0.map { CodeNumber.text($0) }) + "]" }
      let value =
        derivative.axes.isEmpty
        ? CodeNumber.text(derivative.expected[0][0])
        : derivative.axes.count == 1 ? rows[0] : "[" + joined(rows) + "]"
      lines.append("expected = np.array(\(value))")
      lines.append(
        "error = np.abs(result[\"\(name)\"] - expected) / np.maximum(1.0, np.abs(expected))")
      lines.append("error = float(np.max(error))")
      lines.append(
        "passed.append(report(\"\(name)\", error, 1e-8, \"the numbers of the write-up\"))")
    }
    return lines
  }
}
