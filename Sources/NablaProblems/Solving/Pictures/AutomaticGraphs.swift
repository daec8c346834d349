import NablaExpressions
import NablaNotation
import NablaRewriting

/// The pictures that come by themselves: one for each computation whose derivatives are asked for.
struct AutomaticGraphs {
  private let tasks: [Task]
  /// The subjects whose pictures the author put in places of their own.
  private var placed: Set<SymbolID> = []
  /// Headings and subjects that have been looked at.
  private var seen: Set<Place> = []
  private var drawn: Set<[Int]> = []
  /// What has a picture.
  private var subjects: Set<SymbolID> = []

  private struct Place: Hashable {
    let heading: String
    let subject: SymbolID
  }

  init(_ tasks: [Task], in pool: borrowing ExpressionPool) {
    self.tasks = tasks
    for task in tasks {
      if case .graph(let subject, _) = task.kind, let symbol = pool.headSymbol(of: subject) {
        placed.insert(symbol)
      }
    }
  }

  /// The picture for a task, of what the tasks under its heading ask for; nil where it is too
  /// small or was shown before.
  mutating func graph(
    for task: Task, _ solver: borrowing Solver, in pool: inout ExpressionPool
  ) -> GraphPicture? {
    guard solver.options.detail != .brief, case .document = solver.options.output,
      let goal = Self.goal(of: task, pool), !placed.contains(goal.subject),
      seen.insert(Place(heading: task.heading, subject: goal.subject)).inserted
    else { return nil }
    var variables: [Handle] = []
    for other in tasks where other.heading == task.heading {
      guard let own = Self.goal(of: other, pool), own.subject == goal.subject else { continue }
      variables += own.variables
    }
    let subject = pool.symbol(goal.subject)
    guard let picture = solver.graph(of: subject, by: variables, task.scope, &pool),
      picture.depth >= 1 || picture.excess != nil, drawn.insert(picture.content).inserted
    else { return nil }
    // A short chain is shown once, a longer one again where it has other values.
    let isNew = subjects.insert(goal.subject).inserted
    return isNew || picture.depth >= 2 ? picture : nil
  }

  /// What a task differentiates, and the names by which it does.
  private static func goal(
    of task: Task, _ pool: borrowing ExpressionPool
  ) -> (subject: SymbolID, variables: [Handle])? {
    let subject: Handle
    var variables: [Handle] = []
    switch task.kind {
    case .derive(let handle, let list, _), .gradient(let handle, let list, _):
      subject = handle
      for variable in list where pool.headSymbol(of: variable.handle) != nil {
        variables.append(variable.handle)
      }
    default: return nil
    }
    guard !variables.isEmpty, let symbol = pool.headSymbol(of: subject) else { return nil }
    return (symbol, variables)
  }
}
