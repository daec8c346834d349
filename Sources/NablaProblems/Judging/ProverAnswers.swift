import NablaExpressions
import NablaVerification

/// What the prover said of the equations of a submission, so that each is put to it once however
/// often its step is met: in rehearsals, in other readings, behind other lines.
package final class ProverAnswers {
  /// What equations were put to the prover under.
  private struct Setting {
    let definitions: Definitions
    let assumptions: [Handle]
    let integers: [SymbolID: Int]
    let conventions: [Function: Handle]

    init(_ context: ProofContext) {
      definitions = context.definitions
      assumptions = context.assumptions
      integers = context.integers
      conventions = context.conventions
    }

    func isSame(as other: Setting) -> Bool {
      assumptions == other.assumptions && definitions.isSame(as: other.definitions)
        && integers == other.integers && conventions == other.conventions
    }
  }

  private struct Question: Hashable {
    let setting: Int
    let left: Handle
    let right: Handle
    let conditions: [Handle]
  }

  private var settings: [Setting] = []
  private var verdicts: [Question: ProofVerdict] = [:]
  /// The conditions found for refuted equations; nil where none was found.
  private var repairs: [Question: Handle?] = [:]

  package init() {}

  /// The verdict of a prover, whose budget is the same for all questions.
  func verdict(
    _ left: Handle, _ right: Handle, _ prover: Prover, _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    let question = question(left, right, prover.context)
    if let known = verdicts[question] { return known }
    let verdict = prover.decide(left, right, in: &pool)
    if !prover.budget.isOver(), !pool.isInterrupted { verdicts[question] = verdict }
    return verdict
  }

  /// The condition under which a refuted equation holds.
  func condition(
    repairing left: Handle, _ right: Handle, _ found: ExactCounterexample, _ prover: Prover,
    _ pool: inout ExpressionPool
  ) -> Handle? {
    let question = question(left, right, prover.context)
    if let known = repairs[question] { return known }
    let condition = prover.condition(repairing: left, right, found, in: &pool)
    if !prover.budget.isOver(), !pool.isInterrupted {
      repairs.updateValue(condition, forKey: question)
    }
    return condition
  }

  private func question(_ left: Handle, _ right: Handle, _ context: ProofContext) -> Question {
    let wanted = Setting(context)
    var place = settings.lastIndex { $0.isSame(as: wanted) }
    if place == nil {
      place = settings.count
      settings.append(wanted)
    }
    return Question(
      setting: place ?? 0, left: left, right: right, conditions: context.conditions)
  }
}
