import NablaExpressions
import NablaNotation
import NablaVerification

/// A program as plain Swift: numbers, arrays of numbers and loops.
struct SwiftWriter {
  var remarks: [String] = []
  private var functions = CodeNames(.swift)
  private var helpers: Set<CodeHelper> = []
  private var hasTraining = false

  init() {}

  /// One file that checks itself when it is run.
  mutating func file(_ program: GradientProgram, _ pool: inout ExpressionPool) -> String {
    var blocks: [String] = []
    var checks: [String] = []
    remarks = program.remarks
    for unit in program.units {
      guard let (text, check) = functions(of: unit, &pool) else { continue }
      blocks.append(text)
      checks.append(check)
    }
    let title = CodeText.remark(program.title, .swift, limit: 200)
    var text = comment(title.isEmpty ? "Derivatives." : title + ": the derivatives as functions.")
    if blocks.isEmpty {
      text += "\n\n// There is no derivative to write as a function.\n"
      for remark in remarks { text += comment("Not written: " + remark) + "\n" }
      return text
    }
    text +=
      "\n//\n// Compile and run the file to compare every derivative with central differences.\n"
    text += Self.tools
    for helper in helpers.sorted() {
      let source = helper.source(.swift)
      if !source.isEmpty { text += "\n" + source + "\n" }
    }
    if hasTraining { text += Self.trainingTools }
    for remark in remarks { text += "\n" + comment("Not written: " + remark) + "\n" }
    for block in blocks { text += "\n" + block }
    text += "\n// MARK: - The check\n\n"
    let calls = "let passed: [Bool] = [" + joined(checks.map { $0 + "()" }) + "]"
    text += CodeText.folded(text: calls, .swift) + "\n"
    text += "exit(passed.contains(false) ? 1 : 0)\n"
    return text
  }

  func comment(_ text: String, _ mark: String = "//") -> String {
    var result = ""
    for line in CodeText.wrapped(CodeText.remark(text, .swift, limit: 500), width: 94) {
      result += (result.isEmpty ? "" : "\n") + mark + " " + line
    }
    return result
  }

  private static let tools = #"""

    #if canImport(Foundation)
      import Foundation
    #elseif canImport(Glibc)
      import Glibc
    #endif

    /// Stops with a message if an array has another shape.
    func requireShape(_ name: String, _ value: [Double], _ count: Int) {
      if value.count != count {
        fatalError("\(name) has \(value.count) entries, which should be \(count)")
      }
    }

    /// Stops with a message if a matrix has another shape, or rows of different lengths.
    func requireShape(_ name: String, _ value: [[Double]], _ rows: Int, _ columns: Int) {
      if value.count != rows {
        fatalError("\(name) has \(value.count) rows, which should be \(rows)")
      }
      for row in value { requireShape("a row of \(name)", row, columns) }
    }

    func bump(_ value: Double, _ step: Double) -> Double { value + step }

    /// The vector with a step added at one place.
    func bump(_ value: [Double], _ i: Int, _ step: Double) -> [Double] {
      var value = value
      value[i] += step
      return value
    }

    /// The matrix with a step added at one place; to both entries of a symmetric one.
    func bump(
      _ value: [[Double]], _ i: Int, _ j: Int, _ step: Double, isSymmetric: Bool = false
    ) -> [[Double]] {
      var value = value
      value[i][j] += step
      if isSymmetric, i != j { value[j][i] += step }
      return value
    }

    /// The derivative of a function of one number at 0, by central differences.
    func central(_ step: Double, _ function: (Double) -> Double) -> Double {
      let near = function(step) - function(-step)
      let far = function(2 * step) - function(-2 * step)
      return (8 * near - far) / (12 * step)
    }

    /// The larger of an error and that of a value against its difference.
    func worse(_ error: Double, _ value: Double, _ difference: Double) -> Double {
      let own = abs(value - difference) / max(1, abs(value), abs(difference))
      return own <= error || error.isNaN ? error : own
    }

    /// Tells whether a derivative agrees with something else.
    func report(
      _ name: String, _ error: Double, _ tolerance: Double, _ other: String = "central differences"
    ) -> Bool {
      let passed = error <= tolerance
      print("\(name): error \(error) against \(other)" + (passed ? "" : "  DISAGREES"))
      return passed
    }

    """#

  func joined(_ texts: [String]) -> String {
    var result = ""
    for text in texts { result += result.isEmpty ? text : ", " + text }
    return result
  }

  // MARK: Functions

  /// The functions of a unit and the name of its check; nil if nothing could be written.
  private mutating func functions(
    of unit: GradientProgram.Unit, _ pool: inout ExpressionPool
  ) -> (text: String, check: String)? {
    var writer = UnitWriter(.swift, unit, &functions, &pool)
    let isWritten = writer.writeValues(&pool)
    remarks += writer.remarks
    guard isWritten else { return nil }
    helpers.formUnion(writer.helpers)
    var text = ""
    for heading in unit.headings { text += comment("MARK: - " + heading) + "\n" }
    if !text.isEmpty { text += "\n" }
    text += forward(&writer, &pool) + "\n" + gradient(&writer, &pool) + "\n"
    var trainings: [(name: String, training: GradientProgram.Training)] = []
    for training in unit.trainings where canWrite(training, writer) {
      let name = functions.unique("train_" + writer.gradient.dropFirst("gradient_".count))
      text += self.training(training, writer, name, &pool) + "\n"
      trainings.append((name, training))
      hasTraining = true
    }
    text += check(&writer, trainings, &pool)
    return (CodeText.folded(text: text, .swift), writer.check)
  }

  /// Whether all gradients of a training could be written.
  private func canWrite(
    _ training: GradientProgram.Training, _ writer: UnitWriter
  ) -> Bool {
    let known = Set(writer.written.map { $0.symbol })
    return training.derivatives.allSatisfy { known.contains($0) }
  }

  func rank(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> Int {
    pool.kind(of: symbol) == .array ? pool.declaration(of: symbol).ranges.count : 0
  }

  func type(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    switch pool.kind(of: symbol) {
    case .label, .dimension: return "Int"
    case .function:
      let count = StandInText.count(symbol, pool)
      return "(" + joined(Array(repeating: "Double", count: count)) + ") -> Double"
    default: return ScalarWriter.type(rank: rank(symbol, pool))
    }
  }

  func inputs(
    _ writer: UnitWriter, withSlopes: Bool
  ) -> [SymbolID] {
    writer.unit.parameters + writer.unit.functions + (withSlopes ? writer.unit.slopes : [])
  }

  func call(
    _ writer: UnitWriter, withSlopes: Bool, _ bumped: [String: String],
    _ pool: borrowing ExpressionPool
  ) -> String {
    let arguments = inputs(writer, withSlopes: withSlopes).map {
      let name = writer.names.known($0, pool)
      return "\(name): \(bumped[name] ?? name)"
    }
    var texts = arguments
    for symbol in writer.unit.freed {
      let name = writer.names.known(symbol, pool)
      if let value = bumped[name] { texts.append("\(name): \(value)") }
    }
    return joined(texts)
  }

  private func by(_ sizes: [String]) -> String {
    var text = ""
    for size in sizes { text += text.isEmpty ? size : " × " + size }
    return text
  }

  private func documentation(
    _ writer: UnitWriter, withSlopes: Bool, _ pool: inout ExpressionPool
  ) -> String {
    var text = ""
    let isOne = inputs(writer, withSlopes: withSlopes).count == 1
    if !isOne { text += "/// - Parameters:\n" }
    for symbol in inputs(writer, withSlopes: withSlopes) {
      let name = writer.names.known(symbol, pool)
      var words: String
      switch pool.kind(of: symbol) {
      case .array: words = "shape " + by(writer.shape(of: symbol, &pool))
      case .label:
        let base = writer.base(ofLabel: symbol, pool)
        words = "counted from 0" + (base == 0 ? "" : "; the problem counts from \(base)")
      case .dimension: words = "a size"
      case .function:
        words = "a function"
        if let derivative = pool.functionDerivative(of: symbol) {
          words = "a derivative of " + CodeNames.identifier(pool.name(of: derivative.function))
        }
      default: words = "a number"
      }
      words += writer.remarks(on: symbol, pool)
      text += isOne ? "/// - Parameter \(name): \(words)\n" : "///   - \(name): \(words)\n"
    }
    return text
  }

  func signature(
    _ name: String, _ parameters: [String], _ result: String
  ) -> String {
    let line = "func \(name)(" + joined(parameters) + ") -> \(result) {\n"
    if line.utf8.count <= 100 { return line }
    var text = "func \(name)(\n"
    for (place, parameter) in parameters.enumerated() {
      text += "  " + parameter + (place + 1 < parameters.count ? ",\n" : "\n")
    }
    return text + ") -> \(result) {\n"
  }

  /// Statements that name the sizes and make sure of the shapes.
  private func sizes(_ writer: UnitWriter, _ pool: inout ExpressionPool) -> [String] {
    var lines: [String] = []
    var checks: [String] = []
    var sizes = CodeSizes()
    let scalars = ScalarWriter(.swift, writer.names, definitions: writer.unit.scope.definitions)
    for symbol in writer.unit.parameters {
      let name = writer.names.known(symbol, pool)
      switch pool.kind(of: symbol) {
      case .array:
        for (axis, dimension, shift) in sizes.learn(from: symbol, &pool) {
          let size = writer.names.known(dimension, pool)
          let tail = shift == 0 ? "" : shift > 0 ? " + \(shift)" : " - \(-shift)"
          let length = axis == 0 ? "\(name).count" : "(\(name).first ?? []).count"
          lines.append("let \(size) = \(length)\(tail)")
        }
        let shape = writer.shape(of: symbol, &pool)
        if shape.count <= 2, !shape.contains("?") {
          checks.append("requireShape(\"\(name)\", \(name), " + joined(shape) + ")")
        }
      case .label:
        if let range = pool.firstRange(of: symbol),
          let (lower, upper) = try? scalars.bounds(of: range, &pool)
        {
          checks.append(
            "if \(name) < \(lower.piece.text) || \(name) >= \(upper.piece.text) { "
              + "fatalError(\"\(name) is not in its range\") }")
        }
      default: break
      }
    }
    return lines + checks
  }

  private func structure(
    _ name: String, _ fields: [(name: String, type: String, words: [String])]
  ) -> String {
    var text = "struct \(name) {\n"
    for field in fields {
      for words in field.words {
        for line in CodeText.wrapped(CodeText.remark(words, .swift, limit: 400), width: 92) {
          text += "  /// \(line)\n"
        }
      }
      text += "  var \(field.name): \(field.type)\n"
    }
    return text + "}\n"
  }

  private func forward(
    _ writer: inout UnitWriter, _ pool: inout ExpressionPool
  ) -> String {
    let unit = writer.unit
    let result = writer.values
    var fields: [(name: String, type: String, words: [String])] = []
    for quantity in unit.quantities {
      var words = writer.equation(quantity, &pool)
      if !quantity.axes.isEmpty { words += ", shape " + by(writer.shape(quantity.axes, &pool)) }
      fields.append(
        (
          writer.names.known(quantity.symbol, pool),
          ScalarWriter.type(rank: quantity.axes.count), [words]
        ))
    }
    let subject = writer.names.known(unit.subject, pool)
    var text = "/// What `\(writer.forward)` computes.\n" + structure(result, fields) + "\n"
    text += "/// \(subject) and what it is computed from.\n///\n"
    if !unit.freed.isEmpty {
      text +=
        "/// \(joined(unit.freed.map { writer.names.known($0, pool) })): taken as given, if not"
      text += " nil, instead of being computed.\n///\n"
    }
    text += documentation(writer, withSlopes: false, &pool)
    var parameters = inputs(writer, withSlopes: false).map {
      "\(writer.names.known($0, pool)): \(type($0, pool))"
    }
    for symbol in unit.freed {
      let name = writer.names.known(symbol, pool)
      parameters.append(
        "\(name) \(writer.given[symbol] ?? name): "
          + "\(ScalarWriter.type(rank: rank(symbol, pool)))? = nil")
    }
    text += signature(writer.forward, parameters, result)
    for line in sizes(writer, &pool) { text += "  \(line)\n" }
    let scalars = ScalarWriter(.swift, writer.names, definitions: unit.scope.definitions)
    for quantity in unit.quantities {
      let name = writer.names.known(quantity.symbol, pool)
      let lines = writer.quantityLines[quantity.symbol] ?? []
      let isFreed = unit.freed.contains(quantity.symbol)
      let isScalar = quantity.axes.isEmpty
      if isScalar {
        text += "  \(isFreed ? "var" : "let") \(name): Double" + (isFreed ? " = 0.0\n" : "\n")
      } else {
        text += "  var \(name) = " + scalars.zeros(writer.shape(quantity.axes, &pool)) + "\n"
      }
      if isFreed {
        let given = writer.given[quantity.symbol] ?? name
        text += "  if let \(given) {\n    \(name) = \(given)\n  } else {\n"
        for line in lines { text += "    \(line)\n" }
        text += "  }\n"
      } else {
        for line in lines { text += "  \(line)\n" }
      }
    }
    text += "  return \(result)(" + joined(fields.map { "\($0.name): \($0.name)" }) + ")\n}\n"
    return text
  }

  private func gradient(
    _ writer: inout UnitWriter, _ pool: inout ExpressionPool
  ) -> String {
    let unit = writer.unit
    let result = writer.slopes
    var fields: [(name: String, type: String, words: [String])] = []
    for derivative in writer.written {
      var words = [writer.equation(derivative, &pool)]
      if !derivative.axes.isEmpty {
        words.append(
          "Shape " + by(writer.shape(derivative.axes, &pool)) + ", places "
            + writer.letters(derivative.axes, pool))
      }
      fields.append(
        (
          writer.names.known(derivative.symbol, pool),
          ScalarWriter.type(rank: derivative.axes.count), words
        ))
    }
    let subject = writer.names.known(unit.subject, pool)
    var text = "/// What `\(writer.gradient)` computes.\n" + structure(result, fields) + "\n"
    text += "/// Derivatives of \(subject).\n///\n"
    text += documentation(writer, withSlopes: true, &pool)
    let parameters = inputs(writer, withSlopes: true).map {
      "\(writer.names.known($0, pool)): \(type($0, pool))"
    }
    text += signature(writer.gradient, parameters, result)
    for line in sizes(writer, &pool) { text += "  \(line)\n" }
    let used = writer.quantitiesUsed(&pool)
    if !used.isEmpty {
      text += "  let values = \(writer.forward)(\(call(writer, withSlopes: false, [:], pool)))\n"
      for quantity in used {
        let name = writer.names.known(quantity.symbol, pool)
        text += "  let \(name) = values.\(name)\n"
      }
    }
    for line in writer.derivativeLines { text += "  \(line)\n" }
    text += "  return \(result)(" + joined(fields.map { "\($0.name): \($0.name)" }) + ")\n}\n"
    return text
  }
}
