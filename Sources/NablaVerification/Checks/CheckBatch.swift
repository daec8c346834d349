import NablaExpressions

/// Claims that are checked together, on common tapes where they may share their points.
struct CheckBatch {
  private let claims: [Claim]
  private let context: CheckContext
  private var surveyor: NameSurveyor
  /// Assumptions on indices alone.
  private var indexFacts: [Handle] = []
  private var reports: [CheckReport?]

  init(_ claims: [Claim], _ context: CheckContext, _ pool: borrowing ExpressionPool) {
    self.claims = claims
    self.context = context
    surveyor = NameSurveyor(context.definitions)
    reports = [CheckReport?](repeating: nil, count: claims.count)
    indexFacts = context.assumptions.filter { !surveyor([$0], pool).hasValues }
  }

  /// One report for each claim.
  ///
  /// Claims without conditions on values share their points and whatever they have in common;
  /// one that stays open is looked at once more on its own.
  consuming func run(_ pool: inout ExpressionPool) -> [CheckReport] {
    var shared: [Int] = []
    for (number, claim) in claims.enumerated() {
      let conditions = claim.conditions
      if conditions.isEmpty || !surveyor(conditions, pool).hasValues { shared.append(number) }
    }
    check(shared, &pool)
    for number in claims.indices where isOpen(reports[number]) {
      if reports[number] != nil, shared.count == 1 { continue }
      check([number], &pool)
    }
    return reports.map { $0 ?? CheckReport(verdict: .notChecked(.noPoint)) }
  }

  /// Whether another attempt with points of its own may settle a claim.
  private func isOpen(_ report: CheckReport?) -> Bool {
    switch report?.verdict {
    case .notChecked(.noPoint), .notChecked(.illConditioned), nil: true
    default: false
    }
  }

  /// What claims with the same names and conditions have in common.
  private struct Kind: Hashable {
    let survey: Int
    let conditions: [Handle]
    let isStep: Bool
  }

  private mutating func check(_ numbers: [Int], _ pool: inout ExpressionPool) {
    if numbers.isEmpty { return }
    var random = RandomNumbers(seed: context.seed)
    var roots = context.assumptions
    var kinds: [Kind] = []
    for number in numbers {
      let claim = claims[number]
      let own = [claim.left, claim.right] + claim.variables + claim.conditions
      roots += own
      kinds.append(
        Kind(
          survey: surveyor.survey(of: own, pool), conditions: claim.conditions,
          isStep: claim.isStep))
    }
    let dimensions = surveyor(roots, pool).dimensions
    let open = dimensions.filter { context.values[$0] == nil }
    let sizes = SizeChooser(
      dimensions: dimensions, given: context.values, conditions: context.assumptions
    ).choices(&random, &pool)
    var states: [Int: ClaimState] = [:]
    for number in numbers { states[number] = ClaimState() }
    var rounds: [[CompiledClaims.Member]] = []
    for choice in sizes {
      let group = members(numbers, kinds, sizes: choice, &random, pool)
      for member in group { states[member.number]?.rounds += 1 }
      rounds.append(group)
    }
    let isShort = numbers.contains { (states[$0]?.rounds ?? 0) < 2 }
    let needed = isShort ? CrossCheck.pointsPerSize.one : CrossCheck.pointsPerSize.two
    for (round, group) in rounds.enumerated() {
      let group = group.filter { states[$0.number]?.verdict == nil }
      if group.isEmpty { continue }
      settle(group, round, sizes[round], points: needed, &states, &pool)
    }
    for (number, kind) in zip(numbers, kinds) {
      guard let state = states[number] else { continue }
      var report = state.report(isDerivative: !claims[number].variables.isEmpty)
      let own = surveyor.surveys[kind.survey].dimensions
      for dimension in open where own.contains(dimension) {
        let name = pool.declaration(of: dimension).name
        report.sizes.append((name, sizes.compactMap { $0[dimension] }))
      }
      reports[number] = report
    }
  }

  /// The claims for which there are choices of indices, with the choices.
  private func members(
    _ numbers: [Int], _ kinds: [Kind], sizes: [SymbolID: Int], _ random: inout RandomNumbers,
    _ pool: borrowing ExpressionPool
  ) -> [CompiledClaims.Member] {
    var chooser = IndexChooser(values: sizes)
    var known: [Kind: [IndexChoice]] = [:]
    var group: [CompiledClaims.Member] = []
    for (number, kind) in zip(numbers, kinds) {
      let choices =
        known[kind]
        ?? chooser.choices(
          surveyor.surveys[kind.survey], conditions: indexFacts + kind.conditions,
          kind.isStep ? .step : .result, &random, pool)
      known[kind] = choices
      if !choices.isEmpty {
        group.append(CompiledClaims.Member(number: number, choices: choices))
      }
    }
    return group
  }

  /// Compiles some claims for one set of sizes and looks at them at random points.
  private mutating func settle(
    _ group: [CompiledClaims.Member], _ round: Int, _ sizes: [SymbolID: Int], points: Int,
    _ states: inout [Int: ClaimState], _ pool: inout ExpressionPool
  ) {
    let seed = context.seed &* 31 &+ UInt64(round) &+ 7
    var failures: [Int: EvaluationError] = [:]
    do throws(EvaluationError) {
      var compiled = try CompiledClaims(
        group, claims, sizes: sizes, context, shifted: shifted(pool), seed: seed, &surveyor,
        failures: &failures, &pool)
      let points = compiled.hasKinks ? 2 * points : points
      compiled.settle(&states, claims, context, points: points, &pool)
    } catch {
      for member in group { states[member.number]?.verdict = .notChecked(.evaluation(error)) }
    }
    for (number, error) in failures {
      states[number]?.verdict = .notChecked(.evaluation(error))
    }
  }

  /// Defined names that a derivative is taken by although they are no leaves.
  private func shifted(_ pool: borrowing ExpressionPool) -> Set<SymbolID> {
    var found: Set<SymbolID> = []
    for claim in claims {
      for variable in claim.variables {
        switch pool[variable] {
        case .symbol(let id), .entry(let id, _):
          if context.definitions[id] != nil, !context.leaves.contains(id) { found.insert(id) }
        default: break
        }
      }
    }
    return found
  }
}
