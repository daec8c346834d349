import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRendering

/// Gathers what a repair may be made of.
struct SlipReader {
  private let scope: Scope
  private let known: KnownNames
  private let differentiation: DifferentiationContext
  private var builder = FormulaBuilder()

  init(_ scope: Scope, in pool: inout ExpressionPool) {
    self.scope = scope
    known = scope.knownNames(in: pool)
    differentiation = DifferentiationContext(scope, in: &pool)
    builder.indexNames = scope.indices
    builder.reservedNames = scope.quantityNames(in: pool)
    builder.sizeLimit = 400
  }

  /// The names of a step, and what can be seen of it at once.
  func names(
    repairing wrong: Syntax, against other: Syntax, hints: [Syntax],
    in pool: borrowing ExpressionPool
  ) -> SlipVocabulary {
    var vocabulary = SlipVocabulary(other: other)
    let lowering = Lowering(scope)
    collectNames(wrong, other, into: &vocabulary, pool)
    vocabulary.usesMatrices =
      lowering.usesMatrixNotation(wrong, in: pool) || lowering.usesMatrixNotation(other, in: pool)
    vocabulary.sources += hints
    vocabulary.writesDerivatives = wrong.hasDerivative
    for source in [other, wrong] + hints {
      source.forEachNode { vocabulary.look(at: $0) }
    }
    return vocabulary
  }

  /// Adds what takes work to find out: definitions, derivatives carried out, inner derivatives.
  mutating func complete(
    _ vocabulary: inout SlipVocabulary, repairing wrong: Syntax, in pool: inout ExpressionPool
  ) {
    let other = vocabulary.other
    vocabulary.sources += derived(other, &pool)
    for source in vocabulary.sources {
      vocabulary.collect(from: source)
      vocabulary.addLogarithms(of: source)
    }
    vocabulary.collect(from: wrong)
    let definitions = definitionBodies(
      wrong, other, usesMatrices: vocabulary.usesMatrices,
      indices: vocabulary.freeIndices + wrong.boundNames, &pool)
    for source in [wrong, other] + definitions + vocabulary.sources {
      source.forEachNode { vocabulary.addFunctionParts($0) }
    }
    for body in definitions {
      vocabulary.collect(from: body)
      vocabulary.addLogarithms(of: body)
    }
    for body in kinkedBodies(wrong, other, vocabulary, &pool) {
      body.forEachNode { vocabulary.addFunctionParts($0) }
    }
    vocabulary.addComplements()
    if vocabulary.usesMatrices { vocabulary.addTurnedTerms(of: wrong) }
    collectInnerDerivatives([wrong] + vocabulary.sources + definitions, into: &vocabulary, &pool)
    collectEntries(wrong, into: &vocabulary)
  }

  // MARK: Names

  private func collectNames(
    _ wrong: Syntax, _ other: Syntax, into vocabulary: inout SlipVocabulary,
    _ pool: borrowing ExpressionPool
  ) {
    var order: [String] = []
    for name in wrong.names + other.names where !order.contains(name.text) {
      order.append(name.text)
    }
    let declared = scope.names.sorted { one, other in
      one.value != other.value
        ? one.value < other.value : one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
    }
    for (name, _) in declared where !order.contains(name) { order.append(name) }
    let free = wrong.freeNames.union(other.freeNames)
    vocabulary.otherFree = other.freeNames
    for name in order {
      guard let symbol = scope.names[name] else { continue }
      let declaration = pool.declaration(of: symbol)
      let ranges = declaration.ranges.map { "\($0.lower.index)..\($0.upper.index)" }
      let kind: String
      switch declaration.kind {
      case .index, .label:
        kind = "index " + (ranges.first ?? "")
        vocabulary.indices.append(name)
        if free.contains(name) { vocabulary.freeIndices.append(name) }
      case .scalar: kind = "scalar"
      case .array:
        kind = "array " + ranges.joined(separator: " ")
        if wrong.names.contains(where: { $0.text == name })
          || other.names.contains(where: { $0.text == name })
        {
          vocabulary.arrays.append((name, ranges.map { "index " + $0 }))
        }
      case .dimension:
        kind = "dimension"
        vocabulary.sizes.append(name)
      case .function: kind = "function"
      }
      vocabulary.kinds[name] = kind
      vocabulary.namesByKind[kind, default: []].append(name)
    }
    // Indices bound by sums with bounds of their own need no declaration.
    for name in wrong.boundNames + other.boundNames
    where vocabulary.kinds[name] == nil {
      vocabulary.kinds[name] = "index"
      vocabulary.indices.append(name)
    }
  }

  private static let mostEntries = 48

  /// Components of the arrays of the step at all indices in force.
  private func collectEntries(_ wrong: Syntax, into vocabulary: inout SlipVocabulary) {
    var seen = Set(vocabulary.factors.map { $0.dump })
    // In matrix notation only a sum that is written out has entries.
    let names = (vocabulary.usesMatrices ? [] : vocabulary.freeIndices) + wrong.boundNames
    var count = 0
    for (array, slots) in vocabulary.arrays {
      var choices: [[String]] = [[]]
      for slot in slots {
        choices = choices.flatMap { choice in
          names.filter { vocabulary.kinds[$0] == slot }.map { choice + [$0] }
        }
        if choices.count > Self.mostEntries { choices = [] }
      }
      for choice in choices where count < Self.mostEntries {
        count += 1
        let entry = Syntax(
          .indexed(
            Syntax(.name(array), wrong.range), choice.map { Syntax(.name($0), wrong.range) }),
          wrong.range)
        vocabulary.add(entry, &seen)
      }
    }
  }

  // MARK: Expressions of the engine as syntax

  /// A written form as if it had been typed.
  mutating func syntax(of handle: Handle, in pool: inout ExpressionPool) -> Syntax? {
    guard pool.treeSize(handle) <= 300 else { return nil }
    let text = builder.formula(of: handle, in: &pool).plain
    return try? parseExpression(SourceText(name: "", text), known: known)
  }

  private mutating func syntax(
    of form: MatrixForm, in pool: inout ExpressionPool
  ) -> Syntax? {
    let text = builder.formula(of: form, in: &pool).plain
    guard text.utf8.count <= 600 else { return nil }
    return try? parseExpression(SourceText(name: "", text), known: known)
  }

  private mutating func lowered(_ syntax: Syntax, _ pool: inout ExpressionPool) -> Handle? {
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    return try? lowering.expression(syntax, in: &pool)
  }

  private mutating func simplified(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
    pool.presentable(pool.canonical(pool.differentiated(handle, differentiation)))
  }

  /// The side with its derivatives carried out, if it has any.
  mutating func derived(
    _ side: Syntax, _ pool: inout ExpressionPool
  ) -> [Syntax] {
    guard side.hasDerivative || side.hasPrimes, let handle = lowered(side, &pool) else { return [] }
    let opened = pool.opened(pool.differentiated(handle, differentiation), scope.definitions)
    var found: [Syntax] = []
    let definitions = pool.foldable(scope.definitions)
    var used: [Int] = []
    let canonical = pool.canonical(pool.differentiated(opened, differentiation))
    let folded = pool.folded(canonical, definitions, used: &used)
    for form in [pool.presentable(folded), simplified(handle, &pool), pool.presentable(canonical)] {
      if let syntax = syntax(of: form, in: &pool) { found.append(syntax) }
    }
    return found
  }

  private static let mostDefinitions = 6

  /// What the names of a step are defined as, and the names in these definitions.
  mutating func definitionBodies(
    _ wrong: Syntax, _ other: Syntax, usesMatrices: Bool, indices: [String],
    _ pool: inout ExpressionPool
  ) -> [Syntax] {
    var found: [Syntax] = []
    var names = (wrong.names + other.names).map { $0.text }
    var seen: Set<String> = []
    var place = 0
    while place < names.count, found.count < Self.mostDefinitions {
      let name = names[place]
      place += 1
      guard seen.insert(name).inserted, let symbol = scope.names[name],
        let definition = scope.definitions[symbol]
      else { continue }
      let bodies: [Syntax]
      if usesMatrices, let form = definition.form {
        bodies = syntax(of: form, in: &pool).map { [$0] } ?? []
      } else {
        bodies = variants(of: definition, indices, &pool)
      }
      found += bodies
      for inner in bodies.first?.names ?? [] { names.append(inner.text) }
    }
    return found
  }

  /// What has a kink among all that the names of a step lead to, at the indices of the step.
  private mutating func kinkedBodies(
    _ wrong: Syntax, _ other: Syntax, _ vocabulary: SlipVocabulary,
    _ pool: inout ExpressionPool
  ) -> [Syntax] {
    let indices = vocabulary.freeIndices + wrong.boundNames
    var found: [Syntax] = []
    var open = (wrong.names + other.names).compactMap { scope.names[$0.text] }
    var seen: Set<SymbolID> = []
    while let symbol = open.popLast(), found.count < Self.mostDefinitions {
      guard seen.insert(symbol).inserted, let definition = scope.definitions[symbol] else {
        continue
      }
      open += pool.symbolsOccurring(in: [definition.body])
      guard pool.hasKink(definition.body) else { continue }
      // The entries of a whole array have their conditions at the indices that are in force.
      let isWhole = vocabulary.usesMatrices && definition.form != nil
      let body = isWhole ? definition.form.flatMap { syntax(of: $0, in: &pool) } : nil
      found += body.map { [$0] } ?? variants(of: definition, indices, &pool)
    }
    return found
  }

  private static let mostVariants = 3

  /// The body of a definition, and at the indices of the step if it has indices.
  private mutating func variants(
    of definition: Definition, _ indices: [String], _ pool: inout ExpressionPool
  ) -> [Syntax] {
    var choices: [Substitution] = [Substitution()]
    for parameter in definition.parameters {
      let declaration = pool.declaration(of: parameter)
      guard declaration.kind == .index else { continue }
      var next: [Substitution] = []
      for name in indices {
        guard let symbol = scope.names[name], pool.kind(of: symbol) == .index,
          pool.declaration(of: symbol).ranges == declaration.ranges
        else { continue }
        for choice in choices where next.count < Self.mostVariants {
          var copy = choice
          copy.symbols[parameter] = pool.symbol(symbol)
          next.append(copy)
        }
      }
      if next.isEmpty { return syntax(of: definition.body, in: &pool).map { [$0] } ?? [] }
      choices = next
    }
    return choices.compactMap { choice in
      let body =
        choice.symbols.isEmpty
        ? definition.body : pool.substitute(choice, in: definition.body)
      return syntax(of: body, in: &pool)
    }
  }

  /// The derivative of what a quantity is defined as, where nothing else in it depends on the
  /// variable.
  mutating func explicitDerivative(
    of quantity: Syntax, by variable: Syntax, in pool: inout ExpressionPool
  ) -> Syntax? {
    guard let handle = lowered(quantity, &pool),
      let body = pool.instantiate(handle, from: scope.definitions),
      let by = lowered(variable, &pool)
    else { return nil }
    var own = scope
    own.definitions = Definitions()
    let context = DifferentiationContext(own, in: &pool)
    let derivative = pool.derivative(body, by: [by])
    let value = pool.presentable(pool.canonical(pool.differentiated(derivative, context)))
    if value == pool.zero || pool.traits(value).contains(.derivative) { return nil }
    return syntax(of: value, in: &pool)
  }

  private static let mostInnerDerivatives = 10

  private mutating func collectInnerDerivatives(
    _ sources: [Syntax], into vocabulary: inout SlipVocabulary, _ pool: inout ExpressionPool
  ) {
    var inner: [Syntax] = []
    for source in sources {
      source.forEachNode { node in
        switch node.kind {
        case .call(let call) where call.arguments.count == 1 && call.function.text != "norm":
          inner.append(call.arguments[0])
        case .power(let base, _): inner.append(base)
        default: break
        }
      }
    }
    var seen: Set<String> = []
    var known: Set<String> = []
    for argument in inner where vocabulary.innerDerivatives.count < Self.mostInnerDerivatives {
      if argument.isQuantity || argument.tokenCount > 20 { continue }
      guard seen.insert(argument.dump).inserted else { continue }
      for variable in variables(of: argument, vocabulary) {
        let derivative = Syntax(
          .derivative(
            DerivativeSyntax(
              subject: argument, variables: [.init(variable: variable, order: 1)],
              spelling: .call)), argument.range)
        guard let handle = lowered(derivative, &pool) else { continue }
        let value = simplified(handle, &pool)
        if pool.traits(value).contains(.derivative) || value == pool.one || value == pool.zero {
          continue
        }
        guard let syntax = syntax(of: value, in: &pool), known.insert(syntax.dump).inserted
        else { continue }
        vocabulary.innerDerivatives.append(syntax)
      }
    }
  }

  /// What an inner function may be differentiated by.
  private func variables(of argument: Syntax, _ vocabulary: SlipVocabulary) -> [Syntax] {
    if !vocabulary.variables.isEmpty { return vocabulary.variables }
    var found: [Syntax] = []
    argument.forEachNode { node in
      switch node.kind {
      case .name(let name) where vocabulary.kinds[name] == "scalar": found.append(node)
      default: break
      }
    }
    return Array(found.prefix(4))
  }
}
