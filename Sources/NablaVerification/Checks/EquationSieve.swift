import NablaExpressions

/// The values of both sides of many equations at a few common points, by doubles.
///
/// It tells which of many equations may hold, so that only these are put to the prover.
package struct EquationSieve {
  /// The values of the two sides of one equation at one point.
  package struct Sides: Sendable {
    package let left: Double
    package let right: Double

    /// Whether the sides agree as far as rounding lets one see.
    package var agree: Bool {
      let size = max(abs(left), abs(right))
      return left.isFinite && right.isFinite && abs(left - right) <= 1e-8 * size + 1e-13
    }

    /// The left side multiplied by a number.
    package func scaled(by factor: Double) -> Sides { Sides(left: factor * left, right: right) }
  }

  private let context: CheckContext
  /// Relations on the free indices under which the equations are meant.
  private let conditions: [Handle]

  package init(_ context: ProofContext) {
    var own = CheckContext(definitions: context.definitions)
    own.assumptions = context.assumptions
    own.values = context.integers
    own.seed = context.seed ^ 0x9E37_79B9
    self.context = own
    conditions = context.conditions
  }

  private static let attempts = 48
  /// All equations together get no longer than this on their tape.
  private static let mostInstructions = 400_000
  private static let mostInstances = 512

  /// The sides at each point, by equation; empty for an equation that has no values.
  ///
  /// The free indices have values that differ as far as their ranges and the conditions let them.
  /// Points are such that the right side of the first equation has a value.
  package func values(
    of equations: [(left: Handle, right: Handle)], points: Int, in pool: inout ExpressionPool
  ) -> [[Sides]] {
    var found = [[Sides]](repeating: [], count: equations.count)
    var surveyor = NameSurveyor(context.definitions)
    var random = RandomNumbers(seed: context.seed)
    let roots = equations.flatMap { [$0.left, $0.right] }
    let survey = surveyor(roots + context.assumptions + conditions, pool)
    let open = surveyor(roots, pool)
    let sizes = SizeChooser(
      dimensions: survey.dimensions, given: context.values, conditions: context.assumptions
    ).choices(&random, &pool)
    guard let sizes = sizes.first else { return found }
    var chooser = IndexChooser(values: sizes)
    let ofIndices = (context.assumptions + conditions).filter {
      !surveyor([$0], pool).hasValues
    }
    let choices = chooser.choices(open, conditions: ofIndices, .step, &random, pool)
    guard let choice = choices.max(by: { $0.variety < $1.variety }) else { return found }
    var tapeContext = TapeContext(
      definitions: context.definitions, values: sizes, seed: context.seed)
    tapeContext.instructionLimit = Self.mostInstructions
    var compiler = TapeCompiler(tapeContext)
    let scope = compiler.scope(of: choice)
    var cases: [(place: Int, left: UInt32, right: UInt32)] = []
    for (place, equation) in equations.enumerated() {
      do throws(EvaluationError) {
        let right = try compiler.compile(equation.right, scope: scope, &pool)
        let left = try compiler.compile(equation.left, scope: scope, &pool)
        cases.append((place, left, right))
      } catch {
        if case .tooLarge = error { break }
      }
    }
    var equalities: [PointSource.Equality] = []
    var facts: [UInt32] = []
    do throws(EvaluationError) {
      try compiler.compileAssumptions(
        context, sizes, &surveyor, limit: Self.mostInstances, &equalities, &facts, &pool)
      for condition in conditions where surveyor([condition], pool).hasValues {
        try compiler.compileFact(condition, scope, &equalities, &facts, &pool)
      }
    } catch { return found }
    var source = PointSource(
      compiler.finish([]), equalities: equalities, conditions: facts, guess: Tape(), guessed: [],
      values: sizes, fixed: [:], seed: context.seed, pool)
    var count = 0
    for attempt in 0..<max(Self.attempts, 2 * points) where count < points {
      guard source.draw(attempt: attempt) else { continue }
      let values = source.point.values
      if let first = cases.first, !values[Int(first.right)].isFinite { continue }
      count += 1
      for entry in cases {
        found[entry.place].append(
          Sides(left: values[Int(entry.left)], right: values[Int(entry.right)]))
      }
    }
    return found
  }
}

extension IndexChoice {
  /// How many different values the indices have.
  fileprivate var variety: Int { Set(values).count }
}
