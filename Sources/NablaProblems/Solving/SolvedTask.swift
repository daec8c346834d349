import NablaExpressions
import NablaNotation
import NablaRewriting
import NablaVerification

/// What came out of a task.
package struct SolvedTask: Sendable {
  package var task: Task
  package var derivations: [SolvedDerivation] = []
  package var forward: [ForwardLine] = []
  package var backward: BackwardPass?
  package var shapes: [ShapeLine] = []
  package var parameters: [ParameterLine] = []
  package var training: TrainingRun?
  package var table: ValueTable?
  package var comparison: InequalityProof?
  /// The picture of the computation, where one belongs to the task.
  package var graph: GraphPicture?
  package var plot: SampledPlot?
  package var expectation: ExpectationOutcome?
  package var proof: ProofOutcome?
  /// Why the task could not be done, in words for the reader.
  package var obstacle: String?
  package var verdict: TaskVerdict = .passed

  package init(_ task: Task) { self.task = task }
}

/// How a task ended.
package enum TaskVerdict: Sendable {
  case passed, failed, undecided
}

/// A derivation with its values and its check.
package struct SolvedDerivation: Sendable {
  package var derivation: Derivation
  package var subject: Handle
  package var variables: [Handle]
  /// The vector or matrix that a whole gradient belongs to.
  package var array: SymbolID?
  /// The result as a whole, where it has a matrix form.
  package var form: MatrixForm?
  /// What is differentiated as a whole, where it is not a name.
  package var wholeSubject: MatrixForm?
  package var numbers: [NumericLine] = []
  /// The numbers by rows, where the result is a whole vector or matrix.
  package var values: [[NumericValue]] = []
  package var check: CheckSummary?
  package var assumptionCount = 0
}

/// A result at given values: for one choice of the free indices, or for none.
package struct NumericLine: Sendable {
  /// The derivative at these indices.
  package var goal: Handle
  /// The result with the values put in, where that says more than the value.
  package var substituted: Handle?
  package var value: NumericValue
}

/// An exact value where there is one, or a double.
package enum NumericValue: Sendable {
  case exact(Handle)
  case approximate(Double)
  /// At a kink, where there is no derivative.
  case undefined
}

/// A quantity of a forward pass.
package struct ForwardLine: Sendable {
  package var name: Handle
  package var expression: Handle
  package var substituted: Handle?
  package var reduced: Handle?
  package var value: NumericValue
  /// Whether numbers in `substituted` or `numbers` are rounded.
  package var isRounded = false
  /// The expression, and the same with numbers, in matrix notation.
  package var form: MatrixForm?
  package var numbers: MatrixForm?
  /// The values by rows of a whole vector or matrix.
  package var values: [[NumericValue]] = []
}

/// The checks of a derivation: its result, and each of its steps.
package struct CheckSummary: Sendable {
  package var result: CheckReport
  package var stepCount = 0
  /// The first step that failed, if one did.
  package var failedStep: (step: Step, report: CheckReport)?
  /// What the prover made of the same equations.
  package var proof = EquationRecord()
  /// Whether the result was also found by the engine's independent differentiation.
  package var agreesWithEngine = false

  package var isFailed: Bool {
    if failedStep != nil || proof.refuted != nil { return true }
    if case .failed = result.verdict { return true }
    return false
  }

  package var isOpen: Bool {
    if case .notChecked = result.verdict { return true }
    return false
  }
}

/// What became of an author's own check.
package struct ExpectationOutcome: Sendable {
  package var holds: Bool?
  package var isProved = false
  /// Whether expressions were compared rather than values.
  package var isSymbolic = false
  /// What the prover made of it.
  package var proof = EquationRecord()
  /// What came out instead, or why nothing can be said.
  package var detail: String = ""
}

/// What became of a claim to be proved.
package struct ProofOutcome: Sendable {
  /// Whether a chain of steps leads from one side to the other.
  package var hasSteps = false
  package var holds: Bool?
  package var isProved = false
  package var detail: String = ""
  /// What the proof rests on, where no steps were found.
  package var ground: String?
}
