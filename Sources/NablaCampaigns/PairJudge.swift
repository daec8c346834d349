import NablaExpressions
import NablaNotation
import NablaProblems
import NablaVerification

/// What the prover says about a pair.
package enum PairVerdict: String, Sendable, CaseIterable {
  case proved, refuted, conditional, undecided, nowhere, exhausted, unreadable

  var isDecision: Bool {
    switch self {
    case .proved, .refuted, .conditional: true
    default: false
    }
  }

  /// Whether the verdict is wrong for a pair of this truth.
  package func isMisjudgement(of truth: Pair.Truth) -> Bool {
    switch self {
    case .proved: truth == .different
    case .refuted, .conditional: truth == .equal
    case .unreadable: truth == .equal || truth == .different
    default: false
    }
  }
}

/// Puts pairs to the prover, each in a pool of its own.
package struct PairJudge {
  /// Whether a condition is looked for under which a refuted pair is equal.
  package var findsConditions = false

  package init() {}

  package func verdict(on pair: Pair) -> PairVerdict {
    verdict(pair.left.plain, pair.right.plain, given: Vocabulary.of(pair.kind).given)
  }

  package func verdict(_ left: String, _ right: String, given: [String]) -> PairVerdict {
    var pool = ExpressionPool()
    var reader = CommandLineReader()
    let forms: RelationForms
    do throws(CommandLineReader.Failure) {
      try reader.read(given: given, assume: [], in: &pool)
      forms = try reader.equation(
        SourceText(name: "left", left), SourceText(name: "right", right), in: &pool)
    } catch {
      return .unreadable
    }
    let context = ProofContext(definitions: reader.scope.definitions, seed: 1)
    var prover = Prover(context)
    prover.findsConditions = findsConditions
    switch prover.decide(forms.leftEntry, forms.rightEntry, in: &pool) {
    case .proved: return .proved
    case .refuted: return .refuted
    case .conditional: return .conditional
    case .undecided(.nowhereBothDefined): return .nowhere
    case .undecided: return .undecided
    case .exhausted: return .exhausted
    }
  }
}

extension Vocabulary {
  package static func of(_ kind: PairKind) -> Vocabulary {
    kind == .scalar ? .scalar : .indexed
  }
}
