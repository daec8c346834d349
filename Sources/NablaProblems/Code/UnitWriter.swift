import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// What the writers of both languages need to know of a unit.
struct UnitWriter {
  let language: CodeLanguage
  let unit: GradientProgram.Unit
  /// The names of the functions.
  var forward: String
  var gradient: String
  let check: String
  /// The types of what the functions give.
  let values: String
  let slopes: String
  /// What intermediates are called where they are handed over.
  var given: [SymbolID: String] = [:]
  /// Identifiers of inputs, quantities and derivatives, the same in every function.
  var names: CodeNames
  var helpers: Set<CodeHelper> = []
  /// The sizes that shapes tell.
  var sizes = CodeSizes()
  /// What could not be written, with the reason.
  var remarks: [String] = []
  /// The derivatives that could be written.
  var written: [GradientProgram.Derivative] = []
  /// Lines that compute the quantities, and those that compute the derivatives.
  var quantityLines: [SymbolID: [String]] = [:]
  var derivativeLines: [String] = []
  var formulas: FormulaBuilder

  init(
    _ language: CodeLanguage, _ unit: GradientProgram.Unit, _ functions: inout CodeNames,
    _ pool: inout ExpressionPool
  ) {
    self.language = language
    self.unit = unit
    let subject = CodeNames.identifier(pool.name(of: unit.subject))
    gradient = functions.unique("gradient_" + subject)
    let suffix = gradient.dropFirst("gradient_".count)
    forward = functions.unique("forward_" + suffix)
    check = functions.unique("check_" + suffix)
    values = functions.unique("Values_" + suffix)
    slopes = functions.unique("Gradient_" + suffix)
    names = functions
    formulas = FormulaBuilder()
    formulas.spellings = [:]
    formulas.indexNames = unit.scope.indices
    formulas.reservedNames = unit.scope.quantityNames(in: pool)
    for parameter in unit.parameters {
      _ = names.name(of: parameter, pool)
      sizes.learn(from: parameter, &pool)
    }
    for dimension in sizes.sources.keys.sorted() { _ = names.name(of: dimension, pool) }
    for function in unit.functions + unit.slopes { _ = names.name(of: function, pool) }
    for quantity in unit.quantities { _ = names.name(of: quantity.symbol, pool) }
    for derivative in unit.derivatives { _ = names.name(of: derivative.symbol, pool) }
    for sample in unit.trainings.flatMap({ $0.samples }) { _ = names.name(of: sample.rows, pool) }
    for symbol in unit.freed { given[symbol] = names.unique("given_" + names.known(symbol, pool)) }
  }

  /// Writes all values; false if the subject itself cannot be written.
  mutating func writeValues(_ pool: inout ExpressionPool) -> Bool {
    let base = names
    for quantity in unit.quantities {
      // What is computed on the way to one quantity may stand inside a condition.
      var writer = ScalarWriter(language, names, definitions: unit.scope.definitions)
      do throws(CodeObstacle) {
        quantityLines[quantity.symbol] = try lines(
          quantity.symbol, quantity.axes, quantity.body, quantity.form, isResult: false, &writer,
          &pool)
      } catch {
        remarks.append(
          "\(gradient): the quantity \(pool.name(of: quantity.symbol)) is not written: "
            + error.reason)
        return false
      }
      names = writer.names
      helpers.formUnion(writer.helpers)
    }
    var writer = ScalarWriter(language, base, definitions: unit.scope.definitions)
    writer.share(unit.derivatives.compactMap { $0.form?.economical })
    for derivative in unit.derivatives {
      let before = writer
      do throws(CodeObstacle) {
        derivativeLines += try lines(
          derivative.symbol, derivative.axes, derivative.result, derivative.form, isResult: true,
          &writer, &pool)
        written.append(derivative)
      } catch {
        writer = before
        remarks.append(
          "\(gradient): \(plain(derivative.goal, &pool)) is not written: " + error.reason)
      }
    }
    helpers.formUnion(writer.helpers)
    return !written.isEmpty
  }

  /// The statements that give a quantity its value.
  private mutating func lines(
    _ symbol: SymbolID, _ axes: [GradientProgram.Axis], _ body: Handle, _ form: MatrixForm?,
    isResult: Bool, _ writer: inout ScalarWriter, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [String] {
    if pool.treeSize(body) > ScalarWriter.mostNodes || pool.depth(body) > 400 {
      throw CodeObstacle("it is too long")
    }
    let name = names.known(symbol, pool)
    if language == .python, let form = form?.economical, !form.isElementary || axes.isEmpty {
      let before = writer
      if !isResult { writer.share([form]) }
      if let lines = try? writer.statement(name, axes, form, &pool) { return lines }
      writer = before
    }
    if axes.isEmpty {
      let value = try writer.value(body, &pool)
      let isDeclared = language == .swift && isResult
      writer.line((isDeclared ? "let \(name): Double" : name) + " = " + value.text)
    } else {
      var places: [(index: SymbolID?, range: IndexRange?)] = []
      for axis in axes {
        places.append((axis.symbol, axis.symbol.flatMap { pool.firstRange(of: $0) }))
      }
      if isResult || language == .python {
        try writer.fill(name, axes: places, body, &pool)
      } else {
        try writer.assign(name, axes: places, body, &pool)
      }
    }
    return writer.takeLines()
  }

  // MARK: Words

  mutating func plain(_ handle: Handle, _ pool: inout ExpressionPool) -> String {
    formulas.formula(of: handle, in: &pool).plain
  }

  /// The sizes of the axes in the words of the code.
  func shape(
    _ axes: [GradientProgram.Axis], _ pool: inout ExpressionPool
  ) -> [String] {
    let writer = ScalarWriter(language, names, definitions: unit.scope.definitions)
    return axes.map { axis in
      guard let range = axis.symbol.flatMap({ pool.firstRange(of: $0) }) else { return "1" }
      return (try? writer.size(of: range, &pool).piece.text) ?? "?"
    }
  }

  /// The sizes of an input.
  func shape(of symbol: SymbolID, _ pool: inout ExpressionPool) -> [String] {
    let writer = ScalarWriter(language, names, definitions: unit.scope.definitions)
    return pool.declaration(of: symbol).ranges.map { range in
      (try? writer.size(of: range, &pool).piece.text) ?? "?"
    }
  }

  /// The axes of a derivative by the letters of the problem: `j, i`.
  func letters(_ axes: [GradientProgram.Axis], _ pool: borrowing ExpressionPool) -> String {
    var text = ""
    for axis in axes {
      if !text.isEmpty { text += ", " }
      guard let id = axis.symbol else {
        text += "1"
        continue
      }
      text += pool.isFresh(id) ? pool.preferredName(of: id) ?? "·" : pool.name(of: id)
    }
    return text
  }

  /// The equation that a derivative was found by, as long as it fits.
  mutating func equation(
    _ derivative: GradientProgram.Derivative, _ pool: inout ExpressionPool
  ) -> String {
    let goal = plain(derivative.goal, &pool)
    let result = plain(derivative.result, &pool)
    return result.utf8.count > 160 ? goal : goal + " = " + result
  }

  /// The equation that defines a quantity, as long as it fits.
  mutating func equation(
    _ quantity: GradientProgram.Quantity, _ pool: inout ExpressionPool
  ) -> String {
    let body = plain(quantity.body, &pool)
    var name = names.known(quantity.symbol, pool)
    if !quantity.axes.isEmpty { name += "[" + letters(quantity.axes, pool) + "]" }
    return body.utf8.count > 160 ? name : name + " = " + body
  }

  /// What is declared of an input, in words; nothing for most.
  func remarks(on symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    let domain = pool.declaration(of: symbol).domain
    var text = ""
    if domain.isSymmetric {
      text += ", symmetric: entries on either side of the diagonal are one unknown"
    }
    if domain.isOneHot { text += ", one-hot" }
    if domain.isProbability { text += ", probabilities" }
    if let lower = domain.lower {
      text += ", \(lower.isIncluded ? ">=" : ">") \(lower.value.description)"
    }
    if let upper = domain.upper {
      text += ", \(upper.isIncluded ? "<=" : "<") \(upper.value.description)"
    }
    return text
  }

  /// The number that a label of the problem is less in code.
  func base(ofLabel symbol: SymbolID, _ pool: borrowing ExpressionPool) -> Int {
    ScalarWriter.base(of: pool.firstRange(of: symbol), pool)
  }

  /// The defined names that an expression uses, in the order of computation.
  func quantitiesUsed(_ pool: inout ExpressionPool) -> [GradientProgram.Quantity] {
    var used: Set<SymbolID> = []
    for derivative in written {
      used.formUnion(pool.symbolsMentioned(in: derivative.result, unit.scope.definitions))
    }
    return unit.quantities.filter { used.contains($0.symbol) }
  }

  // MARK: Checks

  /// Steps and tolerances of central differences by the order of the derivative.
  static func step(order: Int) -> (step: String, tolerance: String) {
    switch order {
    case 1: ("1e-4", "1e-6")
    case 2: ("1e-3", "1e-5")
    case 3: ("1e-2", "1e-4")
    default: ("3e-2", "1e-3")
    }
  }

  /// The places of a component of a subject or variable, from 0.
  func places(
    of handle: Handle, _ writer: ScalarWriter, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [String] {
    guard case .entry(let id, let list) = pool[handle] else { return [] }
    var places: [String] = []
    for (index, range) in zip(pool.operands(list), pool.declaration(of: id).ranges) {
      places.append(
        (try writer.integer(index, pool) - writer.integer(range.lower, pool)).piece.text)
    }
    return places
  }

  /// The numbers of an input in the example, by rows.
  func exampleRows(of symbol: SymbolID) -> [[Double]] {
    guard let example = unit.example else { return [] }
    var slots = example.values.filter { $0.key.symbol == symbol }.map { ($0.key.indices, $0.value) }
    slots.sort { left, right in left.0.lexicographicallyPrecedes(right.0) }
    var rows: [[Double]] = []
    var last: Int?
    for (indices, value) in slots {
      let isMatrix = indices.count > 1
      if rows.isEmpty || isMatrix && indices[0] != last { rows.append([]) }
      last = indices.first
      rows[rows.count - 1].append(value)
    }
    return rows
  }
}

extension ScalarWriter {
  /// The statements that give a quantity the value of a matrix form.
  mutating func statement(
    _ name: String, _ axes: [GradientProgram.Axis], _ form: MatrixForm,
    _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> [String] {
    let indexed = axes.filter { $0.symbol != nil }.count
    guard form.shape.ranges.count == indexed else {
      throw CodeObstacle("a form of another shape")
    }
    var value = try array(form, &pool)
    if indexed < axes.count {
      var sizes: [String] = []
      for axis in axes {
        guard let range = axis.symbol.flatMap({ pool.firstRange(of: $0) }) else {
          sizes.append("1")
          continue
        }
        sizes.append(try size(of: range, &pool).piece.text)
      }
      value = .call("np.reshape", [value, CodePiece("(\(joined(sizes)))")])
    }
    line("\(name) = \(value.text)")
    return takeLines()
  }
}
