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

  /// The sides at each point, by equation; empty for an equation that has no values.
  ///
  /// The free indices have values that differ as far as their ranges and the conditions let them.
  /// Points are such that the first equation has values.
  package func values(
    of equations: [(left: Handle, right: Handle)], points: Int, in pool: inout ExpressionPool
  ) -> [[Sides]] {
    var found = [[Sides]](repeating: [], count: equations.count)
    var surveyor = NameSurveyor(context.definitions)
    var random = RandomNumbers(seed: context.seed)
    let claims = equations.map { Claim.equality($0.left, $0.right) }
    let roots = equations.flatMap { [$0.left, $0.right] }
    let survey = surveyor(roots + context.assumptions + conditions, pool)
    let open = surveyor(roots, pool)
    let sizes = SizeChooser(
      dimensions: survey.dimensions, given: context.values, conditions: context.assumptions
    ).choices(&random, &pool)
    guard let sizes = sizes.first else { return found }
    var chooser = IndexChooser(values: sizes)
    let facts = (context.assumptions + conditions).filter { !surveyor([$0], pool).hasValues }
    let choices = chooser.choices(open, conditions: facts, .step, &random, pool)
    guard let choice = choices.max(by: { $0.variety < $1.variety }) else { return found }
    var failures: [Int: EvaluationError] = [:]
    let members = claims.indices.map { CompiledClaims.Member(number: $0, choices: [choice]) }
    do throws(EvaluationError) {
      var compiled = try CompiledClaims(
        members, claims, sizes: sizes, context, shifted: [], seed: context.seed, &surveyor,
        failures: &failures, &pool)
      var count = 0
      for attempt in 0..<max(Self.attempts, 2 * points) where count < points {
        guard compiled.draw(attempt: attempt) else { continue }
        let values = compiled.source.point.values
        if let first = compiled.cases.first, first.claim == 0,
          !values[Int(first.right)].isFinite
        {
          continue
        }
        count += 1
        for entry in compiled.cases {
          found[entry.claim].append(
            Sides(left: values[Int(entry.left)], right: values[Int(entry.right)]))
        }
      }
    } catch { return found }
    return found
  }
}

extension IndexChoice {
  /// How many different values the indices have.
  fileprivate var variety: Int { Set(values).count }
}
