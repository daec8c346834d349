import NablaExpressions
import NablaNotation
import NablaVerification

/// Comparisons with central differences.
extension SwiftWriter {
  mutating func check(
    _ writer: inout UnitWriter,
    _ trainings: [(name: String, training: GradientProgram.Training)],
    _ pool: inout ExpressionPool
  ) -> String {
    guard let example = writer.unit.example else {
      remarks.append(
        "\(writer.gradient): no point was found at which its values can be compared")
      return "func \(writer.check)() -> Bool {\n"
        + "  print(\"\(writer.gradient): not checked, no example was found\")\n  return true\n}\n"
    }
    var text = "/// Compares with central differences at \(writer.unit.exampleWords).\n"
    text += "func \(writer.check)() -> Bool {\n"
    for line in exampleLines(writer, example, &pool) { text += "  \(line)\n" }
    if !writer.unit.freed.isEmpty {
      text += "  let values = \(writer.forward)(\(call(writer, withSlopes: false, [:], pool)))\n"
    }
    text += "  let result = \(writer.gradient)(\(call(writer, withSlopes: true, [:], pool)))\n"
    text += "  var passed = true\n  var error = 0.0\n"
    for derivative in writer.written {
      if let lines = try? comparison(derivative, writer, &pool) {
        for line in lines { text += "  \(line)\n" }
      }
    }
    for (name, training) in trainings {
      for line in trainingCheck(training, writer, name, &pool) { text += "  \(line)\n" }
    }
    return text + "  return passed\n}\n"
  }

  private func exampleLines(
    _ writer: UnitWriter, _ example: ExamplePoint, _ pool: inout ExpressionPool
  ) -> [String] {
    var lines: [String] = []
    var needed: Set<SymbolID> = []
    for derivative in writer.written {
      for axis in derivative.axes {
        guard let range = axis.symbol.flatMap({ pool.firstRange(of: $0) }) else { continue }
        needed.formUnion(pool.symbolsOccurring(in: [range.lower, range.upper]))
      }
      for variable in [derivative.subject] + derivative.variables {
        guard case .entry(let id, _) = pool[variable] else { continue }
        for range in pool.declaration(of: id).ranges {
          needed.formUnion(pool.symbolsOccurring(in: [range.lower]))
        }
      }
    }
    for dimension in writer.sizes.sources.keys.sorted() where needed.contains(dimension) {
      guard let value = example.integers[dimension] else { continue }
      lines.append("let \(writer.names.known(dimension, pool)) = \(value)")
    }
    for symbol in writer.unit.parameters {
      let name = writer.names.known(symbol, pool)
      switch pool.kind(of: symbol) {
      case .array:
        let rows = writer.exampleRows(of: symbol)
        let isMatrix = pool.declaration(of: symbol).ranges.count > 1
        let texts = rows.map { "[" + joined($0.map { CodeNumber.text($0) }) + "]" }
        let type = ScalarWriter.type(rank: rank(symbol, pool))
        lines.append(
          "let \(name): \(type) = " + (isMatrix ? "[" + joined(texts) + "]" : texts.first ?? "[]"))
      case .label:
        let base = writer.base(ofLabel: symbol, pool)
        lines.append("let \(name) = \((example.integers[symbol] ?? base) - base)")
      case .dimension: lines.append("let \(name) = \(example.integers[symbol] ?? 1)")
      default:
        lines.append(
          "let \(name): Double = \(CodeNumber.text(writer.exampleRows(of: symbol).first?.first ?? 0))"
        )
      }
    }
    for symbol in writer.unit.functions + writer.unit.slopes {
      lines.append(
        "let \(writer.names.known(symbol, pool)): \(type(symbol, pool)) = "
          + StandInText.swift(symbol, pool))
    }
    return lines
  }

  private func comparison(
    _ derivative: GradientProgram.Derivative, _ writer: UnitWriter, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [String] {
    let unit = writer.unit
    var scalars = ScalarWriter(.swift, writer.names, definitions: unit.scope.definitions)
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
      let start = bumped[own] ?? (unit.freed.contains(symbol) ? "values.\(own)" : own)
      let place = try writer.places(of: variable, scalars, &pool)
      let isSymmetric = pool.declaration(of: symbol).domain.isSymmetric && place.count == 2
      bumped[own] =
        "bump(" + joined([start] + place + [shifts[number]])
        + (isSymmetric ? ", isSymmetric: true)" : ")")
    }
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
    let subject = writer.names.known(unit.subject, pool)
    let value = scalars.element(
      "\(writer.forward)(\(call(writer, withSlopes: false, bumped, pool))).\(subject)", inner)
    let order = derivative.variables.count
    let (step, tolerance) = UnitWriter.step(order: order)
    var lines = ["error = 0"]
    var margin = ""
    if heads.isEmpty { heads = [""] }
    for head in heads {
      lines.append(margin + (head.isEmpty ? "do {" : "for \(head) {"))
      margin += "  "
    }
    // One closure a line: nested ones are slow to compile.
    var opening = "let numeric: Double = "
    for shift in shifts {
      lines.append(margin + opening + "central(\(step)) { (\(shift): Double) -> Double in")
      margin += "  "
      opening = "return "
    }
    lines.append(margin + "return " + value)
    for _ in shifts {
      margin.removeLast(2)
      lines.append(margin + "}")
    }
    lines.append(
      margin + "error = worse(error, " + scalars.element("result.\(name)", places) + ", numeric)")
    for _ in heads {
      margin.removeLast(2)
      lines.append(margin + "}")
    }
    lines.append("passed = report(\"\(name)\", error, \(tolerance)) && passed")
    if !derivative.expected.isEmpty {
      lines.append("error = 0")
      for (row, numbers) in derivative.expected.enumerated() {
        for (column, number) in numbers.enumerated() {
          let place =
            derivative.axes.isEmpty
            ? "" : derivative.axes.count == 1 ? "[\(column)]" : "[\(row)][\(column)]"
          lines.append("error = worse(error, result.\(name)\(place), \(CodeNumber.text(number)))")
        }
      }
      lines.append(
        "passed = report(\"\(name)\", error, 1e-8, \"the numbers of the write-up\") && passed")
    }
    return lines
  }
}
