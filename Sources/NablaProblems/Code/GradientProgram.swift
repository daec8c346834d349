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
    package var example: ExamplePoint?
    /// Whether the example consists of the problem's own numbers.
    package var isExampleGiven = false
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
