import NablaExpressions

/// Claims that have passed, with what they were checked under.
///
/// What passed under fewer assumptions or definitions counts under more of them, as long as the
/// names that were defined since do not occur in it.
package struct CheckCache: Sendable {
  /// What claims were checked under.
  private struct Setting {
    let definitions: [Definition]
    let assumptions: [Handle]
    let leaves: Set<SymbolID>
    let values: [SymbolID: Int]
    let fixed: [Slot: Double]

    init(_ context: CheckContext) {
      definitions = context.definitions.all
      assumptions = context.assumptions
      leaves = context.leaves
      values = context.values
      fixed = context.fixed
    }

    /// Whether claims checked under this count under another one, new names apart.
    func isContained(in other: Setting) -> Bool {
      guard leaves == other.leaves, values == other.values, fixed == other.fixed,
        assumptions.isEmpty || assumptions == other.assumptions,
        definitions.count <= other.definitions.count
      else { return false }
      for (own, theirs) in zip(definitions, other.definitions) {
        if own.symbol != theirs.symbol || own.parameters != theirs.parameters
          || own.body != theirs.body
        {
          return false
        }
      }
      return true
    }
  }

  private struct Entry: Hashable {
    let setting: Int
    let claim: Claim
  }

  private struct Goal: Hashable {
    let setting: Int
    let subject: Handle
    let variables: [Handle]
  }

  /// A setting whose claims count, with the names that were defined since.
  struct Usable {
    fileprivate let setting: Int
    fileprivate let added: [SymbolID]
  }

  private var known: [Setting] = []
  private var passed: [Entry: CheckReport] = [:]
  private var results: [Goal: (result: Handle, report: CheckReport)] = [:]

  package init() {}

  /// The settings whose claims count in a context.
  func settings(
    for context: CheckContext, _ pool: inout ExpressionPool
  ) -> [Usable] {
    if known.isEmpty { return [] }
    let wanted = Setting(context)
    var found: [Usable] = []
    for (place, setting) in known.enumerated() where setting.isContained(in: wanted) {
      let added = wanted.definitions.dropFirst(setting.definitions.count).map { $0.symbol }
      let bodies = setting.definitions.map { $0.body }
      if excludes(bodies, added, &pool) { found.append(Usable(setting: place, added: added)) }
    }
    return found
  }

  /// The report of a claim that has passed before.
  func report(
    of claim: Claim, _ settings: [Usable], _ pool: inout ExpressionPool
  ) -> CheckReport? {
    for usable in settings {
      guard let report = passed[Entry(setting: usable.setting, claim: claim)] else { continue }
      let own = [claim.left, claim.right] + claim.variables + claim.conditions
      if excludes(own, usable.added, &pool) { return report }
    }
    return nil
  }

  /// The result of a derivative that has passed before, with its report.
  func result(
    of goal: Handle, _ settings: [Usable], _ pool: inout ExpressionPool
  ) -> (result: Handle, report: CheckReport)? {
    guard !results.isEmpty, case .derivative(let subject, let list) = pool[goal] else { return nil }
    let variables = pool.operands(list)
    for usable in settings {
      let key = Goal(setting: usable.setting, subject: subject, variables: variables)
      guard let known = results[key] else { continue }
      if excludes([goal, known.result], usable.added, &pool) { return known }
    }
    return nil
  }

  /// Keeps what has passed in a context.
  mutating func remember(
    _ reports: [Claim: CheckReport], _ context: CheckContext, _ pool: borrowing ExpressionPool
  ) {
    let own = Setting(context)
    let setting: Int
    if let place = known.firstIndex(where: {
      $0.isContained(in: own) && own.isContained(in: $0)
    }) {
      setting = place
    } else {
      setting = known.count
      known.append(own)
    }
    for (claim, report) in reports {
      guard case .passed = report.verdict else { continue }
      passed[Entry(setting: setting, claim: claim)] = report
      if claim.variables.isEmpty || !claim.conditions.isEmpty { continue }
      if claim.variables.contains(where: { isDefined($0, context, pool) }) { continue }
      results[Goal(setting: setting, subject: claim.left, variables: claim.variables)] =
        (claim.right, report)
    }
  }

  /// Whether a variable is a defined name, which a derivative treats in its own way.
  private func isDefined(
    _ variable: Handle, _ context: CheckContext, _ pool: borrowing ExpressionPool
  ) -> Bool {
    switch pool[variable] {
    case .symbol(let id), .entry(let id, _): context.definitions[id] != nil
    default: true
    }
  }

  private func excludes(
    _ handles: [Handle], _ symbols: [SymbolID], _ pool: inout ExpressionPool
  ) -> Bool {
    for symbol in symbols {
      for handle in handles where !pool.excludes(handle, symbol) { return false }
    }
    return true
  }
}
