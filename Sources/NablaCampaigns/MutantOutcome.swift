import NablaProblems

/// What a judge makes of a mutant.
package struct MutantOutcome: Sendable {
  package enum Fate: String, CaseIterable, Sendable {
    case refuted
    /// Left alone, and equal after all.
    case equal
    /// Left alone, and equal in a loose reading that the judge names.
    case equalReadKindly = "equal read kindly"
    /// Left alone under a condition that the judge names.
    case conditional
    /// Not decided, and equal after all.
    case openEqual = "open, equal"
    /// Refuted only in the line behind.
    case late = "refuted a line late"
    /// Not decided although it is wrong.
    case open = "open, wrong"
    /// Said to hold although it is wrong, or although no other judge could tell.
    case missed

    /// Whether the judge did not do what it should.
    package var isFailure: Bool {
      switch self {
      case .refuted, .equal, .equalReadKindly, .conditional, .openEqual: false
      case .late, .open, .missed: true
      }
    }
  }

  package internal(set) var fate = Fate.missed
  /// Nil if the claim is no more.
  package let verdict: ClaimVerdict?
  package internal(set) var reading: String?
  /// What the judge says of the claim.
  package internal(set) var reason = ""
  package internal(set) var line = ""
  /// Lines that were refuted although the change does not touch them.
  package internal(set) var accused: [String] = []

  /// Later lines that were refuted because the change is in a definition.
  package internal(set) var downstream: [String] = []

  package init(verdict: ClaimVerdict?) { self.verdict = verdict }

  /// The fate from the verdict and what the other judge says of the equations that were posed.
  mutating func settle(
    _ claim: MarkedClaim, isAccusedNext: Bool, proved: NumericJudge.Answer?,
    posed: NumericJudge.Answer?, last: NumericJudge.Answer?
  ) {
    switch claim.verdict {
    case .refuted: fate = .refuted
    case .proved where claim.carried: fate = .refuted
    case .proved:
      let answer = proved ?? last
      if answer == .equal {
        fate = claim.reading == nil ? .equal : .equalReadKindly
      } else {
        fate = isAccusedNext ? .late : .missed
      }
    case .conditional: fate = last == .different ? .missed : .conditional
    case .undecided, .exhausted, .unreadable, .unrelated, .notDetermined:
      fate = isAccusedNext ? .late : posed == .equal ? .openEqual : .open
    }
  }
}
