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
  /// Claims without conditions on values share their points and whatever they have in common.
  package static func run(
    _ claims: [Claim], _ context: CheckContext, _ pool: inout ExpressionPool
  ) -> [CheckReport] {
    var cache = CheckCache()
    return run(claims, context, &cache, &pool)
  }

  /// The same for claims some of which may have been checked before.
  ///
  /// An equality whose left side is a derivative that has been checked is looked at with the
  /// result in its place first; only if that does not pass, the derivative is taken again.
  package static func run(
    _ claims: [Claim], _ context: CheckContext, _ cache: inout CheckCache,
    _ pool: inout ExpressionPool
  ) -> [CheckReport] {
    var claims = claims
    for place in claims.indices {
      claims[place] = settingApart(claims[place], context, &pool)
    }
    let settings = cache.settings(for: context, &pool)
    var reports: [Claim: CheckReport] = [:]
    var open: [Claim] = []
    var seen: Set<Claim> = []
    var shorter: [(claim: Claim, original: Claim)] = []
    for claim in claims where seen.insert(claim).inserted {
      if let known = cache.report(of: claim, settings, &pool) {
        reports[claim] = known
      } else if claim.isStep, claim.left == claim.right {
        reports[claim] = CheckReport(verdict: .passed)
      } else if claim.variables.isEmpty,
        let known = cache.result(of: claim.left, settings, &pool)
      {
        if known.result == claim.right {
          reports[claim] = known.report
        } else {
          shorter.append((claim.replacingLeft(by: known.result), claim))
        }
      } else {
        open.append(claim)
      }
    }
    if !shorter.isEmpty {
      let found = CheckBatch(shorter.map { $0.claim }, context, pool).run(&pool)
      for ((_, original), report) in zip(shorter, found) {
        if case .passed = report.verdict {
          reports[original] = report
        } else {
          open.append(original)
        }
      }
    }
    if !open.isEmpty {
      let found = CheckBatch(open, context, pool).run(&pool)
      for (claim, report) in zip(open, found) { reports[claim] = report }
    }
    cache.remember(reports, context, pool)
    return claims.map { reports[$0] ?? CheckReport(verdict: .notChecked(.noPoint)) }
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
    return .equality(
      pool.derivative(claim.left, by: claim.variables), claim.right, when: claim.conditions)
  }
}
