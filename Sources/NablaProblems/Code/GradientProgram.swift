import NablaExpressions
import NablaNotation
import NablaVerification

/// The languages in which derivatives are written as functions.
package enum CodeLanguage: Sendable {
  case python, swift
}

/// The derivatives of a problem as functions, before any language is chosen.
///
/// Handles and symbols mean something only together with the pool they were made in.
package struct GradientProgram: Sendable {
  package var title = ""
  package var units: [Unit] = []
  /// What cannot be expressed, each with its reason.
  package var remarks: [String] = []

  /// A subject with its intermediates and the derivatives asked for.
  package struct Unit: Sendable {
    /// How many headings stand before the first task.
    package var section: Int
    /// The headings above the derivatives.
    package var headings: [String] = []
    package var scope: Scope
    /// What is differentiated, by the name of its quantity.
    package var subject: SymbolID
    /// The expression and the axes of a subject that is no name.
    package var expression: Quantity?
    /// Inputs in order of declaration: arrays and scalars, labels, then sizes no shape tells.
    package var parameters: [SymbolID] = []
    /// Unknown functions in the definitions, and those with their derivatives in the results.
    package var functions: [SymbolID] = []
    package var slopes: [SymbolID] = []
    /// The named intermediates, operands first, the subject last.
    package var quantities: [Quantity] = []
    /// Intermediates that derivatives are taken by, and that may be given therefore.
    package var freed: [SymbolID] = []
    package var derivatives: [Derivative] = []
    package var trainings: [Training] = []
    package var example: ExamplePoint?
    /// Whether numbers of the example are the problem's own, and whether all are.
    package var isExampleGiven = false
    package var isExampleComplete = false

    /// Where the numbers of the example come from.
    package var exampleWords: String {
      !isExampleGiven
        ? "numbers drawn at random"
        : isExampleComplete
          ? "the numbers of the problem" : "the numbers of the problem, others drawn at random"
    }
  }

  /// Gradient descent by the derivatives of a unit.
  package struct Training: Sendable {
    package var parameters: [SymbolID]
    /// The gradient by each parameter.
    package var derivatives: [SymbolID]
    /// Each row of the second replaces the first.
    package var samples: [(input: SymbolID, rows: SymbolID)]
    package var mode: TrainSyntax.Mode
    package var steps: Int
    package var scope: Scope
    package var rate = 0.0
    /// The loss before each step, as the write-up has it.
    package var losses: [Double] = []
  }

  /// A named quantity with its value at every place.
  package struct Quantity: Sendable {
    package var symbol: SymbolID
    package var axes: [Axis]
    package var body: Handle
    package var form: MatrixForm?
  }

  /// One of the derivatives asked for; its array has an axis for each free index.
  package struct Derivative: Sendable {
    package var symbol: SymbolID
    package var goal: Handle
    package var subject: Handle
    package var variables: [Handle]
    package var axes: [Axis]
    package var result: Handle
    package var form: MatrixForm?
    /// What the write-up says the numbers are at the problem's own values, by rows; or nothing.
    package var expected: [[Double]] = []
  }

  /// An axis of an array.
  package enum Axis: Hashable, Sendable {
    case index(SymbolID)
    /// Of size 1, without an index.
    case unit

    package var symbol: SymbolID? {
      if case .index(let id) = self { return id }
      return nil
    }
  }
}

/// Why something cannot be written as code, in words for the reader.
struct CodeObstacle: Error, Hashable {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
