import NablaExpressions

/// Equations that were decided before, so that each is decided once.
///
/// A verdict counts under more definitions as long as the names that were defined since do not
/// occur in the equation.
package struct ProofMemo: Sendable {
  /// What equations were decided under.
  private struct Setting {
    let definitions: [Definition]
    let assumptions: [Handle]
    let integers: [SymbolID: Int]
    let conventions: [Function: Handle]

    init(_ context: ProofContext) {
      definitions = context.definitions.all
      assumptions = context.assumptions
      integers = context.integers
      conventions = context.conventions
    }

    func isContained(in other: Setting) -> Bool {
      guard assumptions == other.assumptions, integers == other.integers,
        conventions == other.conventions, definitions.count <= other.definitions.count
      else { return false }
      for (own, theirs) in zip(definitions, other.definitions)
      where own.symbol != theirs.symbol || own.parameters != theirs.parameters
        || own.body != theirs.body
      {
        return false
      }
      return true
    }
  }

  private struct Question: Hashable {
    let setting: Int
    let left: Handle
    let right: Handle
    let conditions: [Handle]
    let findsExceptions: Bool
  }

  private var settings: [Setting] = []
  private var verdicts: [Question: ProofVerdict] = [:]
  /// How many proofs have run out of their budget; each halves what the next ones may spend.
  private var exhausted = 0

  package init() {}

  /// The verdict on an equation under conditions on its indices.
  package mutating func decide(
    _ left: Handle, _ right: Handle, when conditions: [Handle] = [], _ context: ProofContext,
    budget: ProofBudget, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    let wanted = Setting(context)
    var own: Int?
    for (place, setting) in settings.enumerated() where setting.isContained(in: wanted) {
      let added = wanted.definitions.dropFirst(setting.definitions.count)
      if added.isEmpty { own = place }
      let question = Question(
        setting: place, left: left, right: right, conditions: conditions,
        findsExceptions: budget.findsExceptions)
      guard let known = verdicts[question] else { continue }
      let roots = [left, right] + conditions + setting.assumptions
      if added.allSatisfy({ definition in
        roots.allSatisfy { pool.excludes($0, definition.symbol) }
          && setting.definitions.allSatisfy { pool.excludes($0.body, definition.symbol) }
      }) {
        return known
      }
    }
    let setting = own ?? settings.count
    if own == nil { settings.append(wanted) }
    var context = context
    context.conditions += conditions
    var budget = budget
    budget.work >>= min(exhausted / 8, 4)
    let verdict = Prover(context, budget: budget).decide(left, right, in: &pool)
    if case .exhausted = verdict { exhausted += 1 }
    let question = Question(
      setting: setting, left: left, right: right, conditions: conditions,
      findsExceptions: budget.findsExceptions)
    verdicts[question] = verdict
    return verdict
  }
}
