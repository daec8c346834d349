import NablaExpressions
import NablaNotation

/// A problem file as it was read: what is shown and what is asked, in the author's order.
///
/// Handles and symbols mean something only together with the pool it was read into.
package struct Problem: Sendable {
  /// The text of the first heading, or nothing.
  package var title = ""
  package var elements: [Element] = []
  /// The headings with what is seen below each; first what stands before any heading, if anything.
  package var sections: [Section] = []

  package struct Section: Sendable {
    /// 1 to 6, or 0 before any heading.
    package var level: Int
    package var heading: String
    package var scope: Scope
  }

  package enum Element: Sendable {
    case heading(level: Int, text: String)
    /// Markdown.
    case prose(String)
    /// A fenced block of another language, its fences included.
    case code(String)
    /// Declarations, definitions and facts that stand together.
    case statements([StatedFact], SourceRange)
    case task(Task)
    /// What a result is worth to a grader.
    case graded(GradedGoal)
    /// A written answer, Markdown.
    case answer(String)
  }

  /// The tasks in order.
  package var tasks: [Task] {
    var found: [Task] = []
    for case .task(let task) in elements { found.append(task) }
    return found
  }

  /// The results that have points or may be cited, in order.
  package var gradedGoals: [GradedGoal] {
    var found: [GradedGoal] = []
    for case .graded(let goal) in elements { found.append(goal) }
    return found
  }
}

/// Something a problem asks for.
package struct Task: Sendable {
  package var kind: Kind
  /// What the task sees, with the values in force where it stands.
  package var scope: Scope
  /// The condition after `when`.
  package var condition: Handle?
  /// The text of the nearest heading above, or nothing.
  package var heading: String
  /// As the author wrote it.
  package var text: String
  package var range: SourceRange
  /// Both sides of an equation in matrix notation; the kind holds an entry of each.
  package var forms: RelationForms?

  package enum Kind: Sendable {
    case forward([Target], decimals: Int?)
    /// `written` is the derivative as it stands, unevaluated; the variables name each order.
    case derive(subject: Handle, by: [Variable], written: Handle)
    case gradient(subject: Handle, by: [Variable], forms: [GradientSyntax.Form])
    case jacobian(of: Variable, by: [Variable])
    /// Rows and columns hold the same variables under different index names.
    case hessian(subject: Handle, rows: [Variable], columns: [Variable])
    case prove(left: Handle, right: Handle)
    /// That an inequality holds wherever both sides are defined.
    case compare(left: Handle, Relation, right: Handle)
    case expect(Expectation)
    /// The sizes of these quantities.
    case shapes([SymbolID])
    /// The number of entries of these learnable quantities.
    case parameters([SymbolID])
    case train(Training)
    /// Quantities for several values of a name.
    case table([Target], variable: SymbolID, values: [Handle])
    case expectTrained(TrainedExpectation)
    case plot(Curves)
    /// The picture of the computation of the first; the others are what it is followed from.
    case graph(of: Handle, by: [Handle])
  }

  /// Curves over a range of one variable.
  package struct Curves: Sendable {
    package var curves: [Handle]
    package var variable: SymbolID
    package var range: ClosedRange<Double>
    /// The part of the vertical axis that is shown, where the author chose it.
    package var vertical: ClosedRange<Double>?
  }

  /// What `forward` asks for: a scalar or component, or a whole vector or matrix.
  package enum Target: Sendable {
    case value(Handle)
    case array(SymbolID)
    /// An expression for a vector or matrix, by its entry at index names.
    case entries(Handle, indices: [SymbolID])
  }

  /// A quantity differentiated or differentiated by.
  package struct Variable: Sendable {
    /// A scalar or a component.
    package var handle: Handle
    /// The vector or matrix that was written without indices.
    package var array: SymbolID?
    /// The index names that stand for its slots, or for the axes of an expression.
    package var indices: [SymbolID] = []
  }

  /// What the author says comes out.
  package struct Expectation: Sendable {
    package var left: Handle
    package var right: Handle
    package var isExact: Bool
    /// The decimal on the right as written, sign included, if one stands there alone.
    package var decimal: String?
    /// The decimals in a list in brackets on the right as written, by rows.
    package var decimals: [[String?]] = []
  }

  /// Gradient descent on samples.
  package struct Training: Sendable {
    package var steps: Int
    package var parameters: [SymbolID]
    /// The loss of one sample, or of all data where there are no samples.
    package var loss: Handle
    package var rate: Handle
    /// Each row of the second replaces the first.
    package var samples: [(input: SymbolID, rows: SymbolID)]
    package var mode: TrainSyntax.Mode
  }

  /// What the author says a quantity is before or after a step of the training above.
  package struct TrainedExpectation: Sendable {
    package var quantity: Handle
    /// The vector or matrix that was written without indices.
    package var array: SymbolID?
    package var moment: TrainingMomentSyntax
    /// The values by rows, each with its decimal as written, if one stands there alone.
    package var rows: [[(value: Handle, decimal: String?)]]
    package var isExact: Bool
  }
}
