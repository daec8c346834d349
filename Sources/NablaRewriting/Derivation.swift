import NablaExpressions

/// How much of a derivation is shown.
public enum Detail: Int, Comparable, Sendable, CaseIterable {
  /// Chain rule, substitution, result.
  case brief
  /// What a good teaching assistant writes.
  case standard
  /// Every rule.
  case full

  public static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
}

/// Why a step holds, as pieces of text and formulas.
package struct Reason: Sendable {
  package enum Piece: Sendable {
    case text(String)
    case formula(Handle)
    /// A result derived before, by its goal.
    case result(Handle)
  }

  package var pieces: [Piece]

  package init(_ pieces: [Piece] = []) { self.pieces = pieces }
  package init(_ text: String) { pieces = text.isEmpty ? [] : [.text(text)] }

  package static func definition(of name: Handle) -> Reason {
    Reason([.text("definition of "), .formula(name)])
  }
}

/// One line of a derivation: two written forms of equal value, the rule that leads from one to
/// the other, and why.
package struct Step: Sendable {
  /// A name from the rule tables.
  package var rule: String
  package var before: Handle
  package var after: Handle
  package var reason: Reason
  /// The least detail at which the step is shown.
  package var detail: Detail
  /// Whether the step is about a part: `before` is then that part, not the line above.
  package var isLocal: Bool

  package init(
    _ rule: String, _ before: Handle, _ after: Handle, _ reason: Reason,
    detail: Detail = .standard, isLocal: Bool = false
  ) {
    self.rule = rule
    self.before = before
    self.after = after
    self.reason = reason
    self.detail = detail
    self.isLocal = isLocal
  }
}

/// A point where a function that occurs has no derivative.
package struct Kink: Hashable, Sendable {
  package enum Cause: Hashable, Sendable {
    case function(Function)
    case extremum
    case cases
  }

  package let cause: Cause
  /// What must not be 0, or the cases whose seams are left out.
  package let place: Handle

  package init(_ cause: Cause, _ place: Handle) {
    self.cause = cause
    self.place = place
  }
}

/// A derivation as data: writers replay it and compute nothing.
package struct Derivation: Sendable {
  package var goal: Handle
  package var steps: [Step]
  /// The result in the form in which it is shown.
  package var result: Handle
  /// Results about parts, told once before the derivation that needs them.
  package var lemmas: [Derivation] = []
  /// The goal under conditions on its indices, in the order in which they are told.
  package var cases: [DerivationCase] = []
  /// The ways from the goal's quantity down to the variable, through named quantities.
  package var paths: [[Handle]] = []
  package var kinks: [Kink] = []
  /// Places of the assumptions used, among those the deriver was given.
  package var assumptions: [Int] = []
  /// Whether the result takes no more than reading off.
  package var isImmediate = false

  package init(goal: Handle, steps: [Step] = [], result: Handle) {
    self.goal = goal
    self.steps = steps
    self.result = result
  }

  /// The steps shown at a level of detail.
  package func steps(at detail: Detail) -> [Step] { steps.filter { $0.detail <= detail } }
}

/// A derivation under a condition on indices.
package struct DerivationCase: Sendable {
  package let condition: Handle
  package let derivation: Derivation

  package init(condition: Handle, derivation: Derivation) {
    self.condition = condition
    self.derivation = derivation
  }
}
