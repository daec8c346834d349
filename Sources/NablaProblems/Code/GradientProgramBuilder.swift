import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRewriting
import NablaVerification

/// Gathers the derivatives of solved tasks by their subjects.
struct GradientProgramBuilder {
  private(set) var program = GradientProgram()
  /// Whether each heading has functions of its own.
  let separatesSections: Bool
  let seed: UInt64
  /// What has to agree between tasks that share functions.
  private var keys: [UnitKey] = []
  private var goals: [Set<Handle>] = []

  private struct UnitKey: Hashable {
    var subject: Handle
    var section: Int
    var definitions: [Handle]
    var facts: [Handle]

    func isRelative(to other: UnitKey) -> Bool {
      subject == other.subject && definitions == other.definitions
    }
  }

  init(title: String, separatesSections: Bool, seed: UInt64) {
    program.title = title
    self.separatesSections = separatesSections
    self.seed = seed
  }

  // MARK: Gathering

  /// Adds the derivatives of a task that stands below some headings.
  mutating func add(_ solved: SolvedTask, section: Int, in pool: inout ExpressionPool) {
    let task = solved.task
    if case .train(let training) = task.kind {
      guard let run = solved.training, add(training, run, task, section, &pool) else {
        remark("\(Self.brief(task.text)): the training is not written")
        return
      }
    }
    // What leads from one side of an equation to the other is no derivative.
    for derivation in solved.derivations where !derivation.variables.isEmpty {
      let scope = task.scope
      guard let unit = unit(for: derivation.subject, task, section, &pool) else {
        remark("\(Self.brief(task.text)): the subject is too long for a function")
        continue
      }
      let isRicher = scope.values.count > program.units[unit].scope.values.count
      if isRicher {
        program.units[unit].scope = scope
        for place in program.units[unit].derivatives.indices {
          program.units[unit].derivatives[place].expected = []
        }
      }
      let isKnown = !goals[unit].insert(derivation.derivation.goal).inserted
      if isKnown {
        let goal = derivation.derivation.goal
        if isRicher || scope.values == program.units[unit].scope.values,
          let place = program.units[unit].derivatives.firstIndex(where: { $0.goal == goal })
        {
          let axes = program.units[unit].derivatives[place].axes
          program.units[unit].derivatives[place].expected = expected(
            derivation, axes, scope, &pool)
        }
        continue
      }
      if !task.heading.isEmpty, !program.units[unit].headings.contains(task.heading) {
        program.units[unit].headings.append(task.heading)
      }
      guard
        var derivative = derivative(
          derivation, task, subject: program.units[unit].subject, scope, &pool)
      else {
        remark("\(Self.brief(task.text)): more than four axes, or a place that is no index")
        continue
      }
      if scope.values == program.units[unit].scope.values {
        derivative.expected = expected(derivation, derivative.axes, scope, &pool)
      }
      program.units[unit].derivatives.append(derivative)
    }
  }

  /// Adds a training with the gradients it needs; false if one of them cannot be had.
  private mutating func add(
    _ training: Task.Training, _ run: TrainingRun, _ task: Task, _ section: Int,
    _ pool: inout ExpressionPool
  ) -> Bool {
    guard let unit = unit(for: training.loss, task, section, &pool) else { return false }
    var derivatives: [SymbolID] = []
    for (gradient, parameter) in zip(run.pass.gradients, training.parameters) {
      let known = program.units[unit].derivatives.first { derivative in
        derivative.variables.count == 1 && derivative.subject == training.loss
          && pool.headSymbol(of: derivative.variables[0]) == parameter
          && derivative.axes.count == pool.declaration(of: parameter).ranges.count
      }
      if let known {
        derivatives.append(known.symbol)
        continue
      }
      guard let derivative = derivative(of: training.loss, gradient, run.pass, &pool) else {
        return false
      }
      goals[unit].insert(derivative.goal)
      program.units[unit].derivatives.append(derivative)
      derivatives.append(derivative.symbol)
    }
    if !task.heading.isEmpty, !program.units[unit].headings.contains(task.heading) {
      program.units[unit].headings.append(task.heading)
    }
    guard let training = self.training(task, run, derivatives, &pool) else { return false }
    program.units[unit].trainings.append(training)
    return true
  }

  private static func brief(_ text: String) -> String {
    text.utf8.count > 80 ? String(text.prefix(80)) + "…" : text
  }

  private mutating func remark(_ text: String) {
    if !program.remarks.contains(text) { program.remarks.append(text) }
  }

  /// The place of the unit of a subject.
  private mutating func unit(
    for subject: Handle, _ task: Task, _ section: Int, _ pool: inout ExpressionPool
  ) -> Int? {
    let subject = carriedOut(subject, task.scope, &pool)
    if pool.treeSize(subject) > ScalarWriter.mostNodes { return nil }
    let scope = task.scope
    let head = pool.headSymbol(of: subject)
    let cone = quantities(below: [subject], scope, &pool)
    var facts = scope.assumptions.map { $0.relation }
    for convention in scope.conventions { facts.append(pool.number(convention.value)) }
    let key = UnitKey(
      subject: head.map { pool.symbol($0) } ?? subject, section: separatesSections ? section : 0,
      definitions: cone.map { $0.body }, facts: facts)
    if let known = keys.firstIndex(of: key) { return known }
    var unit = GradientProgram.Unit(
      section: section, scope: scope, subject: head ?? SymbolID(index: 0))
    if head == nil {
      let free = pool.freeIndices(of: [subject])
      let ranges = free.compactMap { pool.firstRange(of: $0) }
      let kind = free.isEmpty ? SymbolKind.scalar : .array
      unit.subject = pool.declare(Symbol("value", kind, ranges: ranges))
      let form = free.count <= 2 ? lift(subject, free, &pool) : nil
      unit.expression = GradientProgram.Quantity(
        symbol: unit.subject, axes: free.map { .index($0) }, body: subject, form: form)
    }
    keys.append(key)
    goals.append([])
    program.units.append(unit)
    return program.units.count - 1
  }

  private func lift(
    _ handle: Handle, _ indices: [SymbolID], _ pool: inout ExpressionPool
  ) -> MatrixForm? {
    pool.lift(handle, row: indices.first, column: indices.count > 1 ? indices[1] : nil)
  }

  private func derivative(
    _ solved: SolvedDerivation, _ task: Task, subject: SymbolID, _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> GradientProgram.Derivative? {
    var axes: [GradientProgram.Axis] = []
    func take(_ handle: Handle, isWhole: Bool, _ pool: borrowing ExpressionPool) -> Bool {
      guard case .entry(_, let list) = pool[handle] else { return true }
      for index in pool.operands(list) {
        switch pool[index] {
        case .symbol(let id) where pool.kind(of: id) == .index:
          if !axes.contains(.index(id)) { axes.append(.index(id)) }
        case .symbol: break
        case .integer, .number: if isWhole { axes.append(.unit) }
        default: return false
        }
      }
      return true
    }
    if pool.headSymbol(of: solved.subject) == nil {
      for id in pool.freeIndices(of: [solved.subject]) { axes.append(.index(id)) }
    } else if !take(solved.subject, isWhole: false, pool) {
      return nil
    }
    for variable in solved.variables {
      if !take(variable, isWhole: solved.array != nil, pool) { return nil }
    }
    if axes.count > 4 { return nil }
    let ofScalar = pool.freeIndices(of: [solved.subject]).isEmpty
    let isTurned =
      solved.variables.count == 1 && axes.count == 2
      && scope.layout == (ofScalar ? .numerator : .denominator)
    if isTurned { axes.swapAt(0, 1) }
    let indices = axes.compactMap { $0.symbol }
    var form: MatrixForm?
    if !indices.isEmpty, indices.count <= 2,
      Set(pool.freeIndices(of: [solved.derivation.result])).isSubset(of: Set(indices))
    {
      form = lift(solved.derivation.result, indices, &pool)
    }
    let ranges = indices.compactMap { pool.firstRange(of: $0) }
    let name = self.name(of: solved, subject: subject, &pool)
    let kind = axes.isEmpty ? SymbolKind.scalar : .array
    return GradientProgram.Derivative(
      symbol: pool.declare(Symbol(name, kind, ranges: ranges)), goal: solved.derivation.goal,
      subject: solved.subject, variables: solved.variables, axes: axes,
      result: solved.derivation.result, form: form)
  }

  /// `dL_dW1`, `dP_dh`, `d2L_dx_dy`; fixed places are told: `dL_dh_1`.
  private func name(
    of solved: SolvedDerivation, subject: SymbolID, _ pool: inout ExpressionPool
  ) -> String {
    func spelling(_ handle: Handle, _ pool: borrowing ExpressionPool) -> String {
      guard let id = pool.headSymbol(of: handle) else { return pool.name(of: subject) }
      var text = CodeNames.identifier(pool.name(of: id))
      if case .entry(_, let list) = pool[handle], solved.array != id {
        for index in pool.operands(list) {
          if let number = pool.rational(index)?.asInt { text += "_\(number)" }
        }
      }
      return text
    }
    let order = solved.variables.count
    var text = order == 1 ? "d" : "d\(order)"
    text += spelling(solved.subject, pool)
    for variable in solved.variables { text += "_d" + spelling(variable, pool) }
    return text
  }

  // MARK: Finishing

  /// The program, each unit with its inputs, quantities and example.
  mutating func finish(in pool: inout ExpressionPool) -> GradientProgram {
    for place in program.units.indices {
      var unit = program.units[place]
      // Below another heading the same quantities are computed by the same function.
      var relatives: [GradientProgram.Derivative] = []
      for other in program.units.indices where keys[other].isRelative(to: keys[place]) {
        relatives += program.units[other].derivatives
      }
      complete(&unit, relatives, &pool)
      program.units[place] = unit
    }
    program.units.removeAll { $0.derivatives.isEmpty }
    return program
  }

  private mutating func complete(
    _ unit: inout GradientProgram.Unit, _ relatives: [GradientProgram.Derivative],
    _ pool: inout ExpressionPool
  ) {
    let scope = unit.scope
    var roots = relatives.flatMap { [$0.subject, $0.result] + $0.variables }
    if let expression = unit.expression { roots.append(expression.body) }
    unit.quantities = quantities(below: roots, scope, &pool)
    if let expression = unit.expression {
      unit.quantities.append(expression)
    } else if let place = unit.quantities.firstIndex(where: { $0.symbol == unit.subject }),
      isLast(place, unit.quantities, scope, &pool)
    {
      unit.quantities.append(unit.quantities.remove(at: place))
    }
    let defined = Set(unit.quantities.map { $0.symbol })
    for derivative in relatives {
      for variable in derivative.variables {
        guard let head = pool.headSymbol(of: variable), defined.contains(head),
          !unit.freed.contains(head)
        else { continue }
        unit.freed.append(head)
      }
    }
    var symbols: [SymbolID] = []
    func collect(_ handles: [Handle], _ pool: inout ExpressionPool) -> [SymbolID] {
      var found: Set<SymbolID> = []
      for handle in handles {
        found.formUnion(pool.symbolsMentioned(in: handle, scope.definitions))
      }
      return found.sorted()
    }
    let bodies = unit.quantities.map { $0.body }
    let variables = relatives.flatMap { $0.variables }
    symbols = collect(bodies + variables + relatives.map { $0.subject }, &pool)
    let later = collect(relatives.map { $0.result }, &pool)
    unit.functions = functions(among: symbols, scope, pool)
    unit.slopes = functions(among: later, scope, pool).filter { !unit.functions.contains($0) }
    var inputs: [SymbolID] = []
    var labels: [SymbolID] = []
    for symbol in Set(symbols + later).sorted() where !defined.contains(symbol) {
      switch pool.kind(of: symbol) {
      case .scalar, .array:
        if pool.functionDerivative(of: symbol) == nil { inputs.append(symbol) }
      case .label: labels.append(symbol)
      case .index, .dimension, .function: break
      }
    }
    unit.parameters = inputs + labels
    unit.parameters += openDimensions(of: unit, Set(symbols + later), &pool)
    makeExample(&unit, inputs, labels, &pool)
  }

  /// Whether no other quantity needs the one at a place.
  private func isLast(
    _ place: Int, _ quantities: [GradientProgram.Quantity], _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> Bool {
    for quantity in quantities[(place + 1)...]
    where pool.symbolsMentioned(in: quantity.body, scope.definitions)
      .contains(quantities[place].symbol)
    {
      return false
    }
    return true
  }

  /// Functions that nothing defines, and their derivatives.
  private func functions(
    among symbols: [SymbolID], _ scope: Scope, _ pool: borrowing ExpressionPool
  ) -> [SymbolID] {
    symbols.filter { symbol in
      let base = pool.functionDerivative(of: symbol)?.function ?? symbol
      return pool.kind(of: base) == .function && scope.definitions[base] == nil
    }
  }

  /// Sizes that occur but that no array's shape tells.
  private func openDimensions(
    of unit: GradientProgram.Unit, _ symbols: Set<SymbolID>, _ pool: inout ExpressionPool
  ) -> [SymbolID] {
    var handles: [Handle] = []
    var all = symbols
    for quantity in unit.quantities {
      all.insert(quantity.symbol)
      all.formUnion(quantity.axes.compactMap { $0.symbol })
      handles.append(quantity.body)
    }
    for derivative in unit.derivatives {
      all.formUnion(derivative.axes.compactMap { $0.symbol })
      handles.append(derivative.result)
    }
    for symbol in all where pool.kind(of: symbol) != .function {
      for range in pool.declaration(of: symbol).ranges { handles += [range.lower, range.upper] }
    }
    let used = pool.symbolsOccurring(in: handles).filter { pool.kind(of: $0) == .dimension }
    var sizes = CodeSizes()
    for parameter in unit.parameters { sizes.learn(from: parameter, &pool) }
    return used.filter { sizes.sources[$0] == nil }
  }

  /// The expression with the derivatives in it carried out.
  private func carriedOut(
    _ handle: Handle, _ scope: Scope, _ pool: inout ExpressionPool
  ) -> Handle {
    if !pool.traits(handle).contains(.derivative) { return handle }
    let context = DifferentiationContext(scope, in: &pool)
    return pool.presentable(pool.differentiated(handle, context))
  }

  /// The definitions that some expressions rest on, operands first.
  private func quantities(
    below roots: [Handle], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [GradientProgram.Quantity] {
    var order: [SymbolID] = []
    var bodies: [SymbolID: Handle] = [:]
    // A stack of its own keeps long chains of definitions from going deep.
    var open: [(symbol: SymbolID, isDone: Bool)] = []
    for root in roots {
      for symbol in pool.symbolsMentioned(in: root, scope.definitions).reversed() {
        open.append((symbol, false))
      }
    }
    while let (symbol, isDone) = open.popLast() {
      if isDone {
        order.append(symbol)
        continue
      }
      guard let definition = scope.definitions[symbol], pool.kind(of: symbol) != .function,
        bodies[symbol] == nil
      else { continue }
      let body = carriedOut(definition.body, scope, &pool)
      bodies[symbol] = body
      open.append((symbol, true))
      for inner in pool.symbolsMentioned(in: body, scope.definitions).reversed()
      where bodies[inner] == nil {
        open.append((inner, false))
      }
    }
    var found: [GradientProgram.Quantity] = []
    for symbol in order {
      guard let definition = scope.definitions[symbol], let body = bodies[symbol] else { continue }
      var axes: [GradientProgram.Axis] = []
      for (parameter, range) in zip(definition.parameters, pool.declaration(of: symbol).ranges) {
        axes.append(range.isUnit ? .unit : .index(parameter))
      }
      var form = body == definition.body ? definition.form : nil
      if form == nil, !axes.contains(.unit), !axes.isEmpty, axes.count <= 2 {
        form = lift(body, definition.parameters, &pool)
      }
      found.append(
        GradientProgram.Quantity(symbol: symbol, axes: axes, body: body, form: form))
    }
    return found
  }
}
