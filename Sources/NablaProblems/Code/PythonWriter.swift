import NablaExpressions
import NablaNotation
import NablaVerification

/// A program as Python with NumPy.
struct PythonWriter {
  var remarks: [String] = []
  private var functions = CodeNames(.python)
  private var helpers: Set<CodeHelper> = []
  /// The functions written so far, which a later cell of a notebook can call.
  private var told: [String: String] = [:]

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
    var text = "\"\"\"" + header(program.title)
    if blocks.isEmpty {
      text += "\"\"\"\n\n# There is no derivative to write as a function.\n"
      for remark in remarks { text += comment("Not written: " + remark) + "\n" }
      return text
    }
    text += "\n\nRun the file to compare every derivative "
    text += "with central differences.\n\"\"\"\n\n"
    text += preamble(isNotebook: false)
    for remark in remarks { text += "\n" + comment("Not written: " + remark) }
    if !remarks.isEmpty { text += "\n" }
    for block in blocks { text += "\n\n" + block }
    text += "\n\nif __name__ == \"__main__\":\n"
    let calls = "    passed = [" + joined(checks.map { $0 + "()" }) + "]"
    text += CodeText.folded(text: calls, .python) + "\n"
    text += "    sys.exit(0 if all(passed) else 1)\n"
    return text
  }

  /// The cells of a notebook: what is needed first, and the functions of each unit.
  mutating func cells(
    _ program: GradientProgram, _ pool: inout ExpressionPool
  ) -> (first: String, units: [(section: Int, text: String)]) {
    var units: [(section: Int, text: String)] = []
    remarks = program.remarks
    for unit in program.units {
      guard let (text, check) = functions(of: unit, &pool) else { continue }
      units.append((unit.section, text + "\n\nassert \(check)()"))
    }
    return (preamble(isNotebook: true), units)
  }

  private func header(_ title: String) -> String {
    let title = CodeText.remark(title, .python, limit: 200)
    return title.isEmpty ? "Derivatives." : title + ": the derivatives as functions."
  }

  func comment(_ text: String) -> String {
    var result = ""
    for line in CodeText.wrapped(CodeText.remark(text, .python, limit: 500), width: 88) {
      result += (result.isEmpty ? "" : "\n") + "# " + line
    }
    return result
  }

  private func preamble(isNotebook: Bool) -> String {
    var text = ""
    if helpers.contains(.erf) { text += "import math\n" }
    if !isNotebook { text += "import sys\n" }
    text += text.isEmpty ? "import numpy as np\n" : "\nimport numpy as np\n"
    text += Self.tools
    for helper in helpers.sorted() {
      let source = helper.source(.python)
      if !source.isEmpty { text += "\n\n" + source + "\n" }
    }
    return text
  }

  private static let tools = #"""


    def array(name, value, *shape):
        """The value as an array of floats of this shape; None stands for any size."""
        value = np.asarray(value, dtype=float)
        fits = value.ndim == len(shape) and all(
            size in (None, own) for size, own in zip(shape, value.shape))
        if not fits:
            wanted = ", ".join("any" if size is None else str(size) for size in shape)
            raise ValueError(f"{name} has the shape {value.shape}, which should be ({wanted})")
        return value


    def bump(value, place, step, symmetric=False):
        """The value with a step added at one place; to both entries of a symmetric matrix."""
        if place is None:
            return value + step
        value = np.array(value, dtype=float)
        value[place] += step
        if symmetric and place[0] != place[1]:
            value[place[::-1]] += step
        return value


    def central(function, step):
        """The derivative of a function of one number at 0, by central differences."""
        near = function(step) - function(-step)
        far = function(2 * step) - function(-2 * step)
        return (8 * near - far) / (12 * step)


    def worse(error, value, difference):
        """The larger of an error and that of a value against its difference."""
        own = abs(value - difference) / max(1.0, abs(value), abs(difference))
        return error if own <= error or error != error else own


    def report(name, error, tolerance, other="central differences"):
        """Tells whether a derivative agrees with something else."""
        passed = bool(error <= tolerance)
        print(f"{name}: error {error:.1e} against {other}" + ("" if passed else "  DISAGREES"))
        return passed

    """#

  // MARK: Functions

  /// The functions of a unit and the name of its check; nil if nothing could be written.
  private mutating func functions(
    of unit: GradientProgram.Unit, _ pool: inout ExpressionPool
  ) -> (text: String, check: String)? {
    var writer = UnitWriter(.python, unit, &functions, &pool)
    let isWritten = writer.writeValues(&pool)
    remarks += writer.remarks
    guard isWritten else { return nil }
    helpers.formUnion(writer.helpers)
    var text = ""
    for heading in unit.headings { text += comment(heading) + "\n" }
    if !text.isEmpty { text += "\n\n" }
    let forward = forward(&writer, &pool)
    if let name = known(forward, as: writer.forward) {
      writer.forward = name
    } else {
      text += forward + "\n\n"
    }
    let gradient = gradient(&writer, &pool)
    if let name = known(gradient, as: writer.gradient) {
      writer.gradient = name
    } else {
      text += gradient + "\n\n"
    }
    var trainings: [(name: String, training: GradientProgram.Training)] = []
    for training in unit.trainings where canWrite(training, writer) {
      let name = functions.unique("train_" + writer.gradient.dropFirst("gradient_".count))
      text += self.training(training, writer, name, &pool) + "\n\n"
      trainings.append((name, training))
    }
    text += check(&writer, trainings, &pool)
    return (CodeText.folded(text: text, .python), writer.check)
  }

  /// The name of the same function if one stands in an earlier cell; this one is known from now on.
  private mutating func known(_ function: String, as name: String) -> String? {
    let text = String(function.dropFirst("def ".count + name.count))
    if let known = told[text] { return known }
    told[text] = name
    return nil
  }

  /// Whether all gradients of a training could be written.
  private func canWrite(
    _ training: GradientProgram.Training, _ writer: UnitWriter
  ) -> Bool {
    let known = Set(writer.written.map { $0.symbol })
    return training.derivatives.allSatisfy { known.contains($0) }
  }

  func arguments(
    _ writer: UnitWriter, _ pool: borrowing ExpressionPool, withSlopes: Bool
  ) -> [String] {
    var symbols = writer.unit.parameters + writer.unit.functions
    if withSlopes { symbols += writer.unit.slopes }
    return symbols.map { writer.names.known($0, pool) }
  }

  /// What the inputs have to be, as documentation.
  private func documentation(
    _ writer: UnitWriter, withSlopes: Bool, _ pool: inout ExpressionPool
  ) -> [String] {
    var lines: [String] = []
    let unit = writer.unit
    for symbol in unit.parameters {
      let name = writer.names.known(symbol, pool)
      var text = name + ": "
      switch pool.kind(of: symbol) {
      case .array: text += "array of shape " + tuple(writer.shape(of: symbol, &pool))
      case .label:
        let base = writer.base(ofLabel: symbol, pool)
        text += "integer from 0" + (base == 0 ? "" : " (the problem counts from \(base))")
      case .dimension: text += "integer, a size"
      default: text += "float"
      }
      lines.append(text + writer.remarks(on: symbol, pool))
    }
    for symbol in unit.functions + (withSlopes ? unit.slopes : []) {
      let name = writer.names.known(symbol, pool)
      let count = pool.declaration(of: symbol).arity ?? 1
      var text =
        name + ": function of " + (count == 1 ? "a number or an array" : "\(count) numbers")
      if let derivative = pool.functionDerivative(of: symbol) {
        text += ", a derivative of " + CodeNames.identifier(pool.name(of: derivative.function))
      }
      lines.append(text)
    }
    return lines
  }

  private func tuple(_ sizes: [String]) -> String {
    sizes.count == 1 ? "(\(sizes[0]),)" : "(" + joined(sizes) + ")"
  }

  func joined(_ texts: [String]) -> String {
    var result = ""
    for text in texts { result += result.isEmpty ? text : ", " + text }
    return result
  }

  func docstring(_ lines: [String]) -> String {
    var text = "    \"\"\""
    for (number, line) in lines.enumerated() {
      let safe = CodeText.remark(line, .python, limit: 400)
      if number > 0 { text += safe.isEmpty ? "\n" : "\n    " }
      text += safe
    }
    return text + (lines.count == 1 ? "" : "\n    ") + "\"\"\"\n"
  }

  /// Statements that make sure of the shapes and name the sizes.
  private func sizes(
    _ writer: UnitWriter, _ pool: inout ExpressionPool
  ) -> [(text: String, named: [String])] {
    var lines: [(text: String, named: [String])] = []
    var sizes = CodeSizes()
    let scalars = ScalarWriter(.python, writer.names, definitions: writer.unit.scope.definitions)
    var known = Set(writer.unit.parameters)
    var open: [SymbolID] = []
    for symbol in writer.unit.parameters {
      let name = writer.names.known(symbol, pool)
      switch pool.kind(of: symbol) {
      case .array:
        var shape: [String] = []
        var isOpen = false
        for range in pool.declaration(of: symbol).ranges {
          let needed = pool.symbolsOccurring(in: [range.lower, range.upper])
            .filter { pool.kind(of: $0) == .dimension }
          if needed.allSatisfy({ known.contains($0) }) {
            shape.append((try? scalars.size(of: range, &pool).piece.text) ?? "None")
          } else {
            shape.append("None")
            if CodeSizes.affine(range, &pool) == nil { isOpen = true }
          }
        }
        let learnt = sizes.learn(from: symbol, &pool)
        lines.append(("\(name) = array(\"\(name)\", \(name), \(joined(shape)))", []))
        for (axis, dimension, shift) in learnt {
          known.insert(dimension)
          let size = writer.names.known(dimension, pool)
          let tail = shift == 0 ? "" : shift > 0 ? " + \(shift)" : " - \(-shift)"
          lines.append(("\(size) = \(name).shape[\(axis)]\(tail)", [size]))
        }
        let ranges = pool.declaration(of: symbol).ranges
        if learnt.count == ranges.count, learnt.allSatisfy({ $0.shift == 0 }), ranges.count > 1 {
          lines.removeLast(learnt.count)
          let sizes = learnt.map { writer.names.known($0.dimension, pool) }
          lines.append((joined(sizes) + " = \(name).shape", sizes))
        }
        // A size that stands twice, as in N × N, is known only now.
        for (axis, range) in ranges.enumerated() {
          guard let dimension = CodeSizes.affine(range, &pool)?.dimension else { continue }
          if learnt.contains(where: { $0.dimension == dimension && $0.axis != axis }) {
            isOpen = true
          }
        }
        if isOpen { open.append(symbol) }
      case .label:
        if let range = pool.firstRange(of: symbol),
          let (lower, upper) = try? scalars.bounds(of: range, &pool)
        {
          let text =
            "if not \(lower.piece.text) <= \(name) < \(upper.piece.text):\n"
            + "        raise ValueError(f\"{\(name)=} is not in its range\")"
          lines.append((text, []))
        }
      default: break
      }
    }
    for symbol in open {
      let name = writer.names.known(symbol, pool)
      let shape = writer.shape(of: symbol, &pool)
      if !shape.contains("?") {
        lines.append(("\(name) = array(\"\(name)\", \(name), \(joined(shape)))", []))
      }
    }
    return lines
  }

  /// The statements about sizes, without names that nothing after them uses.
  private func needed(
    _ sizes: [(text: String, named: [String])], before body: String
  ) -> String {
    var used = CodeText.identifiers(in: body)
    var lines: [String] = []
    for (text, named) in sizes.reversed() {
      if !named.isEmpty, !named.contains(where: { used.contains($0) }) { continue }
      used.formUnion(CodeText.identifiers(in: text))
      lines.append("    \(text)\n")
    }
    var text = ""
    for line in lines.reversed() { text += line }
    return text
  }

  private func forward(_ writer: inout UnitWriter, _ pool: inout ExpressionPool) -> String {
    let unit = writer.unit
    var arguments = self.arguments(writer, pool, withSlopes: false)
    let freed = unit.freed.map { writer.names.known($0, pool) }
    if !freed.isEmpty { arguments += ["*"] + freed.map { $0 + "=None" } }
    var text = "def \(writer.forward)(" + joined(arguments) + "):\n"
    var lines = ["\(writer.names.known(unit.subject, pool)) and what it is computed from.", ""]
    lines += documentation(writer, withSlopes: false, &pool)
    if !freed.isEmpty {
      lines.append(joined(freed) + ": taken as given, if not None, instead of being computed")
    }
    lines += ["", "Returns a dictionary:"]
    for quantity in unit.quantities {
      let shape =
        quantity.axes.isEmpty ? "float" : "shape " + tuple(writer.shape(quantity.axes, &pool))
      lines.append("  " + writer.equation(quantity, &pool) + "  (" + shape + ")")
    }
    text += docstring(lines)
    var body = ""
    for quantity in unit.quantities {
      let isFreed = unit.freed.contains(quantity.symbol)
      if isFreed { body += "    if \(writer.names.known(quantity.symbol, pool)) is None:\n" }
      for line in writer.quantityLines[quantity.symbol] ?? [] {
        body += (isFreed ? "        " : "    ") + line + "\n"
      }
    }
    text += needed(sizes(writer, &pool), before: body) + body
    text += "    return {" + members(unit.quantities.map { $0.symbol }, writer, pool) + "}\n"
    return text
  }

  private func members(
    _ symbols: [SymbolID], _ writer: UnitWriter, _ pool: borrowing ExpressionPool
  ) -> String {
    joined(
      symbols.map {
        let name = writer.names.known($0, pool)
        return "\"\(name)\": \(name)"
      })
  }

  private func gradient(_ writer: inout UnitWriter, _ pool: inout ExpressionPool) -> String {
    let unit = writer.unit
    let arguments = self.arguments(writer, pool, withSlopes: true)
    var text = "def \(writer.gradient)(" + joined(arguments) + "):\n"
    var lines = ["Derivatives of \(writer.names.known(unit.subject, pool)).", ""]
    lines += documentation(writer, withSlopes: true, &pool)
    lines += ["", "Returns a dictionary:"]
    for derivative in writer.written {
      var shape = "float"
      if !derivative.axes.isEmpty {
        shape =
          "shape " + tuple(writer.shape(derivative.axes, &pool)) + ", places "
          + writer.letters(derivative.axes, pool)
      }
      let name = writer.names.known(derivative.symbol, pool)
      lines.append("  \(name): \(shape)")
      lines.append("    " + writer.equation(derivative, &pool))
    }
    text += docstring(lines)
    var body = ""
    let used = writer.quantitiesUsed(&pool)
    if !used.isEmpty {
      let handed = joined(self.arguments(writer, pool, withSlopes: false))
      body += "    values = \(writer.forward)(\(handed))\n"
      for quantity in used {
        let name = writer.names.known(quantity.symbol, pool)
        body += "    \(name) = values[\"\(name)\"]\n"
      }
    }
    for line in writer.derivativeLines { body += "    \(line)\n" }
    text += needed(sizes(writer, &pool), before: body) + body
    text += "    return {" + members(writer.written.map { $0.symbol }, writer, pool) + "}\n"
    return text
  }
}
