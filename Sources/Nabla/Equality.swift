import NablaNotation
import NablaProblems
public import NablaRendering

/// What can be said of the equality of two expressions.
public struct EqualityJudgement: Sendable {
  public enum Verdict: String, Sendable {
    /// The two sides agree on their common domain, which has an interior.
    case proved
    /// False in general, true under a condition that the document names.
    case conditional
    /// There is a point at which both sides are defined and differ.
    case refuted
    /// Neither could be shown.
    case undecided
    /// The budget ran out.
    case exhausted
    /// A side could not be read; `messages` say why.
    case unreadable
  }

  public let verdict: Verdict
  /// The equation with its verdict, ready for any format.
  public let document: Document
  /// What could not be read, each with its place and the nearest valid spelling.
  public let messages: [String]
}

/// Proves or refutes that two expressions are equal.
///
/// A proof rests on identities of real functions; floating-point numbers decide nothing. Expressions
/// are undefined where a part of them is, so that x/x and 1 are equal where x is not 0.
///
/// ```swift
/// areEqual("sigmoid(x) + sigmoid(-x)", "1").verdict  // .proved
/// ```
///
/// - Parameters:
///   - given: Statements of a problem file, such as `vector x[N]`.
///   - assume: Facts that a proof may use.
///   - seed: Draws primes and points; without one they cannot be foreseen.
public func areEqual(
  _ left: String, _ right: String, given: [String] = [], assume: [String] = [],
  seed: UInt64? = nil
) -> EqualityJudgement {
  let question = EqualityQuestion(left, right, given: given, assume: assume)
  let outcome = judgeEquality(
    question, options: EqualityOptions(seed: seed ?? UInt64.random(in: .min ... .max)))
  return EqualityJudgement(
    verdict: .init(outcome.verdict), document: outcome.document,
    messages: outcome.diagnostics.map { $0.diagnostic.formatted(in: $0.source) })
}

extension EqualityJudgement.Verdict {
  init(_ verdict: EqualityOutcome.Verdict) {
    self =
      switch verdict {
      case .proved: .proved
      case .conditional: .conditional
      case .refuted: .refuted
      case .undecided: .undecided
      case .exhausted: .exhausted
      case .unreadable: .unreadable
      }
  }
}
