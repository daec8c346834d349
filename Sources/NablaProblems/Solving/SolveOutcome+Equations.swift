import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

/// The way between two lines, with the verdict on their being equal.
struct JudgedRoad {
  let verdict: ProofVerdict
  let solved: SolvedTask
  /// The verdict as it is shown, where it is more than the road itself.
  var document: Document?
  /// The members of an answer to `equal`.
  let members: [(String, JSONValue?)]
}

extension Solver {
  /// Decides whether both sides of an equation are equal, and looks for a way between them: under
  /// the condition that it takes, where it takes one.
  mutating func road(
    _ task: Task, _ left: Handle, _ right: Handle, _ forms: RelationForms,
    in pool: inout ExpressionPool
  ) -> JudgedRoad {
    let context = ProofContext(task.scope, seed: options.seed, in: &pool)
    var prover = Prover(context, budget: ProofBudget())
    prover.findsConditions = true
    let verdict = prover.decide(left, right, in: &pool)
    let read = ReadEquality(forms: forms, scope: task.scope, notes: ReadingNotes())
    var writer = EqualityWriter(read)
    let because = verdict.because(in: pool)
    var solved: SolvedTask
    var document: Document?
    searchesRoads = true
    switch verdict {
    case .refuted:
      solved = SolvedTask(task)
      solved.verdict = .failed
      solved.proof = ProofOutcome(holds: false, detail: because)
      document = writer.document(verdict, in: &pool)
    case .conditional(let condition, _):
      var narrowed = task
      if pool.isAboutIndices(condition) {
        narrowed.condition = condition
      } else {
        narrowed.scope.assumptions.append(
          Assumption(relation: condition, range: task.range, text: ""))
      }
      solved = solve(narrowed, in: &pool)
      if solved.proof?.hasSteps != true { solved.derivations = [] }
      solved.verdict = .failed
      document = writer.document(verdict, in: &pool)
    case .proved:
      solved = solve(task, in: &pool)
      if solved.proof?.hasSteps != true {
        solved.proof?.isProved = true
        solved.proof?.ground = because
        solved.verdict = .passed
      }
    case .undecided, .exhausted: solved = solve(task, in: &pool)
    }
    return JudgedRoad(
      verdict: verdict, solved: solved, document: document,
      members: writer.members(verdict, in: &pool))
  }
}

extension SolveOutcome {
  /// Takes over the way between two lines, or the verdict where there is none.
  mutating func settle(
    _ road: JudgedRoad, _ options: SolveOptions, _ pool: inout ExpressionPool
  ) {
    let solved = road.solved
    settle([solved])
    switch options.output {
    case .document:
      document = road.document ?? Document()
      document.notation = NotationStyle(solved.task.scope.notation + options.notation)
      if road.document == nil || !solved.derivations.isEmpty {
        var writer = SolutionDocument(options)
        document.append(writer.write([solved], in: &pool))
      }
    case .json:
      var writer = SolutionJSON()
      var members: [(String, JSONValue?)] = [("version", .integer(1))]
      if case .array(let tasks)? = writer.write("", [solved], in: &pool)["tasks"],
        case .object(let own)? = tasks.first
      {
        members += own.map { ($0.key, $0.value) }
      }
      members.append(("reached", .bool(solved.proof?.hasSteps == true)))
      members.append(("equation", .object(road.members)))
      json = .object(members)
    case .code, .notebook:
      remarks.append("steps between two lines are not code; 'derive EXPRESSION --by x' is")
    }
  }
}

extension ExpressionPool {
  /// Whether a condition compares indices.
  fileprivate func isAboutIndices(_ condition: Handle) -> Bool {
    guard case .relation(_, let list) = self[condition] else { return true }
    for operand in operands(list) {
      guard case .symbol(let symbol) = self[operand] else { continue }
      if kind(of: symbol) == .index || kind(of: symbol) == .label { return true }
    }
    return false
  }
}
