import NablaExpressions
import NablaVerification

/// What the prover made of an equation.
package enum EquationVerdict: Sendable {
  case proved
  case refuted(ExactCounterexample)
  /// Neither shown nor disproved; what numbers say stands as evidence.
  case open(OpenReason)

  package enum OpenReason: Sendable {
    case neitherShown, nowhereDefined, exhausted
  }

  package var isProved: Bool {
    if case .proved = self { true } else { false }
  }
}

extension EquationVerdict {
  /// The word for it in machine-readable output.
  var name: String {
    switch self {
    case .proved: "proved"
    case .refuted: "refuted"
    case .open: "undecided"
    }
  }
}

/// An equation that a write-up asserts, with its verdict.
package struct JudgedEquation: Sendable {
  package enum Role: Sendable {
    /// The goal is the result.
    case result
    /// One line follows from the one before.
    case step
    /// A form in matrix notation has the entries of the result.
    case matrixForm
  }

  package let role: Role
  package let left: Handle
  package let right: Handle
  /// Conditions on indices under which it is meant.
  package let conditions: [Handle]
  package let verdict: EquationVerdict
}

/// What the prover made of the equations of a derivation.
package struct EquationRecord: Sendable {
  package var equations: [JudgedEquation] = []
  /// The assumptions without which the proofs do not go through.
  package var uses: [Handle] = []
  /// Where the goal is not meant, as conditions such as x ≠ 0.
  package var exceptions: [Handle] = []

  package var steps: [JudgedEquation] { equations.filter { $0.role == .step } }

  /// Whether a step could not be decided.
  var hasOpenStep: Bool {
    equations.contains { equation in
      guard equation.role == .step, case .open = equation.verdict else { return false }
      return true
    }
  }

  /// Whether every equation with a role is proved, and there is one.
  package func isProved(_ role: JudgedEquation.Role) -> Bool {
    let own = equations.filter { $0.role == role }
    return !own.isEmpty && own.allSatisfy { $0.verdict.isProved }
  }

  /// How many equations are proved.
  package var provedCount: Int {
    equations.reduce(0) { $0 + ($1.verdict.isProved ? 1 : 0) }
  }

  /// The first equation that is false, with a point at which it fails.
  package var refuted: (equation: JudgedEquation, ExactCounterexample)? {
    for equation in equations {
      if case .refuted(let found) = equation.verdict { return (equation, found) }
    }
    return nil
  }

  /// The verdict on one step.
  package func verdict(of left: Handle, _ right: Handle) -> EquationVerdict? {
    equations.first { $0.role == .step && $0.left == left && $0.right == right }?.verdict
  }
}

extension SolvedTask {
  /// Every equation that was put to the prover.
  package var equations: [JudgedEquation] {
    derivations.flatMap { $0.check?.proof.equations ?? [] } + (backward?.proof.equations ?? [])
      + (expectation?.proof.equations ?? [])
  }
}
