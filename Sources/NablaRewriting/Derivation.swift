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
  package enum Piece: Hashable, Sendable {
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

  /// The single reasons, where this is a list of them.
  package var parts: [Reason] {
    var parts = [Reason()]
    for piece in pieces {
      if piece == Reason.separator {
        parts.append(Reason())
      } else {
        parts[parts.count - 1].pieces.append(piece)
      }
    }
    return parts
  }

  /// Both reasons, for a line that two steps lead to; what is said in one is not said again.
  package func followed(by next: Reason) -> Reason {
    let own = parts
    let added = next.parts.filter { part in
      !part.pieces.isEmpty && !own.contains { $0.pieces == part.pieces }
    }
    if added.isEmpty { return self }
    if pieces.isEmpty { return next }
    return Reason(pieces + added.flatMap { [Reason.separator] + $0.pieces })
  }

  private static let separator = Piece.text("; ")
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
  ///
  /// In standard detail a line takes over the reasons of the finer steps that it leaves out; a
  /// brief one leaves out whole stretches, and says what its own step does.
  package func steps(at detail: Detail) -> [Step] {
    var shown: [Step] = []
    var hidden = Reason()
    for step in steps {
      if step.detail <= detail {
        shown.append(step)
        if step.isLocal { continue }
        shown[shown.count - 1].reason = hidden.followed(by: step.reason)
        hidden = Reason()
      } else if !step.isLocal, detail == .standard {
        hidden = hidden.followed(by: step.reason)
      }
    }
    return shown
  }
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
