import NablaExpressions

/// Numbers for every input at which an expression can be looked at.
package struct ExamplePoint: Sendable {
  /// The values of dimensions and labels.
  package var integers: [SymbolID: Int]
  package var values: [Slot: Double]

  package init(integers: [SymbolID: Int], values: [Slot: Double]) {
    self.integers = integers
    self.values = values
  }
}

/// What a point is needed for.
package struct ExampleQuestion: Sendable {
  /// The inputs of which every component needs a value: scalars and arrays.
  package var inputs: [SymbolID] = []
  /// What has to be defined at the point, free indices included.
  package var expressions: [Handle] = []
  /// The least distance to a kink.
  package var clearance = 0.02

  package init() {}
}

extension CrossCheck {
  /// More inputs than this are not drawn.
  private static let mostInputs = 2000

  /// A point within domains and assumptions at which the expressions are defined and smooth.
  ///
  /// Given values are kept; others are drawn, with two decimals where no equation binds them. Sizes
  /// that are open become small and different. Nil if no point is found.
  package static func examplePoint(
    for question: ExampleQuestion, _ context: CheckContext, labels: [SymbolID],
    _ pool: inout ExpressionPool
  ) -> ExamplePoint? {
    var surveyor = NameSurveyor(context.definitions)
    var roots = question.expressions + context.assumptions
    for input in question.inputs {
      for range in pool.declaration(of: input).ranges { roots += [range.lower, range.upper] }
      roots.append(pool.symbol(input))
    }
    for label in labels {
      for range in pool.declaration(of: label).ranges { roots += [range.lower, range.upper] }
    }
    var dimensions = surveyor(roots, pool).dimensions
    for symbol in pool.symbolsOccurring(in: roots)
    where pool.kind(of: symbol) == .dimension && !dimensions.contains(symbol) {
      dimensions.append(symbol)
    }
    var random = RandomNumbers(seed: context.seed)
    let facts = context.assumptions.filter { !surveyor([$0], pool).hasValues }
    let sizes = SizeChooser(dimensions: dimensions, given: context.values, conditions: facts)
      .choices(&random, &pool)
    for choice in sizes {
      let point = try? examplePoint(
        for: question, context, labels, choice, facts, &surveyor, &random, &pool)
      if let point { return point }
    }
    return nil
  }

  private static func examplePoint(
    for question: ExampleQuestion, _ context: CheckContext, _ labels: [SymbolID],
    _ sizes: [SymbolID: Int], _ facts: [Handle], _ surveyor: inout NameSurveyor,
    _ random: inout RandomNumbers, _ pool: inout ExpressionPool
  ) throws(EvaluationError) -> ExamplePoint? {
    var integers = sizes
    let chooser = IndexChooser(values: sizes)
    for attempt in 0..<16 {
      for label in labels where context.values[label] == nil {
        guard let range = chooser.range(of: label, pool) else { return nil }
        integers[label] =
          attempt == 0
          ? range.lowerBound + (range.count - 1) / 2 : range.lowerBound + random.below(range.count)
      }
      let compiler = TapeCompiler(TapeContext(values: integers))
      if facts.allSatisfy({ compiler.decided($0, 0, pool) != false }) { break }
      if attempt == 15 { return nil }
    }
    var tapeContext = TapeContext(
      definitions: context.definitions, values: integers, seed: context.seed)
    tapeContext.instructionLimit = 400_000
    var compiler = TapeCompiler(tapeContext)
    var slots: [Slot] = []
    var roots: [UInt32] = []
    for input in question.inputs {
      for tuple in Tuples(try ranges(of: input, chooser, &pool)) {
        if slots.count >= mostInputs { throw .tooLarge(limit: mostInputs) }
        let indices = tuple.map { pool.integer($0) }
        let name = indices.isEmpty ? pool.symbol(input) : pool.entry(input, indices)
        _ = try compiler.compile(name, &pool)
        slots.append(Slot(input, tuple))
      }
    }
    for expression in question.expressions {
      let survey = surveyor([expression], pool)
      let indices = survey.indices.filter { integers[$0] == nil }
      var ranges: [ClosedRange<Int>] = []
      for index in indices {
        guard let range = chooser.range(of: index, pool) else { return nil }
        ranges.append(range)
      }
      for tuple in Tuples(ranges) {
        let choice = IndexChoice(indices: indices, labels: [], values: tuple)
        roots.append(
          try compiler.compile(expression, scope: compiler.scope(of: choice), &pool))
      }
    }
    var equalities: [PointSource.Equality] = []
    var conditions: [UInt32] = []
    var own = context
    own.values = integers
    try compiler.compileAssumptions(
      own, integers, &surveyor, limit: 4096, &equalities, &conditions, &pool)
    let tape = compiler.finish(roots)
    let isBound = !equalities.isEmpty
    var source = PointSource(
      tape, equalities: equalities, conditions: conditions, guess: Tape(), guessed: [],
      values: integers, fixed: context.fixed, seed: context.seed, pool)
    let places = tape.slots
    for attempt in 0..<attemptLimit {
      guard source.draw(attempt: attempt) else { continue }
      var values = source.inputs
      if !isBound { values = source.rounded(values) }
      var point = TapePoint()
      tape.run(values, into: &point)
      if conditions.contains(where: { point.values[Int($0)] != 1 }) { continue }
      if point.clearance < question.clearance { continue }
      let hits = tape.kinks(at: point)
      if !hits.isEmpty {
        // What is 0 at other values as well, such as |x − x|, is no kink.
        var other = TapePoint()
        tape.run(values.map { $0 + random.between(0.01, 0.02) }, into: &other)
        if !hits.isSubset(of: tape.kinks(at: other)) { continue }
      }
      if roots.contains(where: { !(abs(point.values[Int($0)]) < 1e6) }) { continue }
      var found = ExamplePoint(integers: integers, values: [:])
      for (slot, value) in zip(places, values) { found.values[slot] = value }
      for slot in slots where found.values[slot] == nil {
        // The entries of a symmetric matrix share a slot.
        found.values[slot] = found.values[Slot(slot.symbol, slot.indices.sorted())]
      }
      return found
    }
    return nil
  }

  private static func ranges(
    of input: SymbolID, _ chooser: borrowing IndexChooser, _ pool: inout ExpressionPool
  ) throws(EvaluationError) -> [ClosedRange<Int>] {
    var found: [ClosedRange<Int>] = []
    let compiler = TapeCompiler(TapeContext(values: chooser.values))
    for range in pool.declaration(of: input).ranges {
      guard let lower = compiler.integer(range.lower, 0, pool),
        let upper = compiler.integer(range.upper, 0, pool), lower <= upper
      else { throw .freeName(input) }
      found.append(lower...upper)
    }
    return found
  }
}

extension PointSource {
  /// The values with two decimals wherever that keeps them within their domains.
  func rounded(_ values: [Double]) -> [Double] {
    var rounded = values
    for place in values.indices where sampler.allows(values[place], place) {
      let short = (values[place] * 100).rounded() / 100
      if short != 0, sampler.allows(short, place) { rounded[place] = short }
    }
    return rounded
  }
}

extension Tape {
  /// The operations that stand exactly at a kink or jump.
  fileprivate func kinks(at point: TapePoint) -> Set<Int> {
    point.values.withUnsafeBufferPointer { values in
      var found: Set<Int> = []
      for (place, instruction) in instructions.enumerated()
      where kinkMargin(of: instruction, values) == 0 {
        found.insert(place)
      }
      return found
    }
  }
}
