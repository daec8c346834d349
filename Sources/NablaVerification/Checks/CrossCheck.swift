import NablaExpressions

/// Claims held against random points, for two sizes of each symbolic dimension.
///
/// A derivative is compared with dual numbers and with central differences of its subject,
/// an equality with itself: both sides are evaluated.
/// Points respect domains and assumptions and stay clear of kinks; unknown functions have smooth
/// stand-ins. Agreement is evidence, never a proof; a difference beyond rounding is a failure.
package enum CrossCheck {
  /// How many points are drawn before a claim is given up, for one set of sizes.
  package static let attemptLimit = 200
  /// How many points a claim needs for each of two sets of sizes, or for a single one.
  package static let pointsPerSize = (two: 3, one: 5)

  /// Checks claims under common assumptions; one report for each, in their order.
  ///
  /// Claims without conditions share their points and whatever they have in common.
  package static func run(
    _ claims: [Claim], _ context: CheckContext, _ pool: inout ExpressionPool
  ) -> [CheckReport] {
    var claims = claims
    for place in claims.indices {
      claims[place] = settingApart(claims[place], context, &pool)
    }
    var reports: [CheckReport?] = claims.map { _ in nil }
    let shared = claims.indices.filter { claims[$0].conditions.isEmpty }
    check(shared, claims, context, &reports, &pool)
    for place in claims.indices where reports[place] == nil || isOpen(reports[place]) {
      if reports[place] != nil, shared.count == 1, claims[place].conditions.isEmpty { continue }
      check([place], claims, context, &reports, &pool)
    }
    return reports.map { $0 ?? CheckReport(verdict: .notChecked(.noPoint)) }
  }

  /// Checks one claim.
  package static func run(
    _ claim: Claim, _ context: CheckContext, _ pool: inout ExpressionPool
  ) -> CheckReport {
    run([claim], context, &pool).first ?? CheckReport(verdict: .notChecked(.noPoint))
  }

  /// A derivative by several names, one of them defined, as an equality.
  ///
  /// All of them are nodes of their own there, which an input added to the defined one is not.
  private static func settingApart(
    _ claim: Claim, _ context: CheckContext, _ pool: inout ExpressionPool
  ) -> Claim {
    var heads: Set<SymbolID> = []
    for variable in claim.variables {
      switch pool[variable] {
      case .symbol(let id), .entry(let id, _): heads.insert(id)
      default: break
      }
    }
    guard heads.count > 1, heads.contains(where: { context.definitions[$0] != nil }) else {
      return claim
    }
    return Claim(
      left: pool.derivative(claim.left, by: claim.variables), right: claim.right, variables: [],
      conditions: claim.conditions)
  }

  /// Whether another attempt with points of its own may settle a claim.
  private static func isOpen(_ report: CheckReport?) -> Bool {
    switch report?.verdict {
    case .notChecked(.noPoint), .notChecked(.illConditioned): true
    default: false
    }
  }

  private static func check(
    _ numbers: [Int], _ claims: [Claim], _ context: CheckContext,
    _ reports: inout [CheckReport?], _ pool: inout ExpressionPool
  ) {
    if numbers.isEmpty { return }
    var random = RandomNumbers(seed: context.seed)
    var surveys: [Int: NameSurvey] = [:]
    var roots = context.assumptions
    for number in numbers {
      let claim = claims[number]
      let own = [claim.left, claim.right] + claim.variables + claim.conditions
      roots += own
      surveys[number] = NameSurvey(own, context.definitions, leaves: context.leaves, pool)
    }
    let whole = NameSurvey(roots, context.definitions, leaves: context.leaves, pool)
    let open = whole.dimensions.filter { context.values[$0] == nil }
    let sizes = SizeChooser(
      dimensions: whole.dimensions, given: context.values, conditions: context.assumptions
    ).choices(&random, &pool)
    var states: [Int: ClaimState] = [:]
    for number in numbers { states[number] = ClaimState() }
    var rounds: [(sizes: [SymbolID: Int], group: [CompiledClaims.Member])] = []
    for choice in sizes {
      let chooser = IndexChooser(values: choice)
      var group: [CompiledClaims.Member] = []
      for number in numbers {
        guard let survey = surveys[number] else { continue }
        let choices = chooser.choices(
          survey.indices, survey.labels,
          conditions: context.assumptions + claims[number].conditions, &random, &pool)
        if choices.isEmpty { continue }
        states[number]?.rounds += 1
        group.append(CompiledClaims.Member(number: number, choices: choices))
      }
      rounds.append((choice, group))
    }
    let isShort = numbers.contains { (states[$0]?.rounds ?? 0) < 2 }
    let needed = isShort ? pointsPerSize.one : pointsPerSize.two
    for (round, (choice, group)) in rounds.enumerated() {
      let group = group.filter { states[$0.number]?.verdict == nil }
      if group.isEmpty { continue }
      let seed = context.seed &* 31 &+ UInt64(round) &+ 7
      var failures: [Int: EvaluationError] = [:]
      do throws(EvaluationError) {
        var compiled = try CompiledClaims(
          group, claims, sizes: choice, context, shifted: shifted(claims, context, pool),
          seed: seed, failures: &failures, &pool)
        let points = compiled.hasKinks ? 2 * needed : needed
        compiled.settle(&states, claims, context, points: points, &pool)
      } catch {
        for number in numbers { states[number]?.verdict = .notChecked(.evaluation(error)) }
      }
      for (number, error) in failures {
        states[number]?.verdict = .notChecked(.evaluation(error))
      }
    }
    for number in numbers {
      guard let state = states[number] else { continue }
      var report = state.report(isDerivative: !claims[number].variables.isEmpty)
      for dimension in open where surveys[number]?.dimensions.contains(dimension) == true {
        let name = pool.declaration(of: dimension).name
        report.sizes.append((name, sizes.compactMap { $0[dimension] }))
      }
      reports[number] = report
    }
  }

  /// Defined names that a derivative is taken by although they are no leaves.
  private static func shifted(
    _ claims: [Claim], _ context: CheckContext, _ pool: borrowing ExpressionPool
  ) -> Set<SymbolID> {
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
