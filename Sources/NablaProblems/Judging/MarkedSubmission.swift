import NablaNotation
import NablaRendering

/// A submission with its marks: every claim in order, each with a verdict.
///
/// Formulas are values of their own, so that this outlives the pool it was judged in.
package struct MarkedSubmission: Sendable {
  package var source: SourceText
  /// The titles of the problems it was judged against.
  package var problems: [String]
  /// How the first of these problems prints its formulas.
  package var notation = NotationStyle()
  package var parts: [Part] = []
  package var repairs: [Repair] = []
  /// The author's letters that are not the problem's.
  package var matches: [NameMatch] = []
  package var finalResult: FinalResult?
  /// What could not be read at all.
  package var diagnostics: [Diagnostic] = []
  /// Marks by task, where the problem gives points.
  package var points: [TaskPoints] = []

  package init(_ source: SourceText, problems: [String] = []) {
    self.source = source
    self.problems = problems
  }

  /// What stands below one heading of the submission.
  package struct Part: Sendable {
    package var heading: String
    /// The title of the problem it belongs to, and of the section.
    package var problem: String?
    package var section: String?
    package var claims: [MarkedClaim] = []

    package init(heading: String) { self.heading = heading }
  }

  package struct NameMatch: Hashable, Sendable {
    package enum Ground: String, Sendable {
      /// Given by the user.
      case given
      /// The author's own definition is the problem's.
      case definition
      /// The claims hold when read so.
      case claims
      /// The spelling differs in case, accent or script only.
      case spelling
    }

    package var written: Formula
    package var meant: Formula
    package var ground: Ground

    package init(written: Formula, meant: Formula, ground: Ground) {
      self.written = written
      self.meant = meant
      self.ground = ground
    }
  }

  package struct FinalResult: Sendable {
    package var formula: Formula
    package var verdict: ClaimVerdict
    /// The claim in which it stands, counted over all parts.
    package var claim: Int

    package init(formula: Formula, verdict: ClaimVerdict, claim: Int) {
      self.formula = formula
      self.verdict = verdict
      self.claim = claim
    }
  }

  package struct TaskPoints: Sendable {
    package var task: Formula
    /// Under which the task is meant.
    package var condition: Formula?
    /// In halves, so that half marks are exact.
    package var earnedHalves: Int
    package var possibleHalves: Int
    /// Why marks are missing.
    package var because: String

    package init(task: Formula, earnedHalves: Int, possibleHalves: Int, because: String) {
      self.task = task
      self.earnedHalves = earnedHalves
      self.possibleHalves = possibleHalves
      self.because = because
    }
  }

  package enum Verdict: String, Sendable {
    case correct, incorrect, undecided, unreadable
  }

  /// Every claim in order.
  package var claims: [MarkedClaim] { parts.flatMap { $0.claims } }

  /// The place among all claims of the first that is wrong.
  package var firstError: Int? {
    claims.firstIndex { $0.verdict == .refuted && !$0.carried }
  }

  package var verdict: Verdict {
    let claims = self.claims
    if claims.contains(where: { $0.verdict == .refuted }) { return .incorrect }
    let judged = claims.filter { $0.verdict != .unrelated }
    if judged.allSatisfy({ $0.verdict == .unreadable }) { return .unreadable }
    let isOpen = judged.contains {
      switch $0.verdict {
      // Nobody said that the condition holds.
      case .conditional: true
      case .undecided, .exhausted, .unreadable, .notDetermined: true
      case .proved, .refuted, .unrelated: false
      }
    }
    return isOpen ? .undecided : .correct
  }
}

/// What is said of one claim.
package enum ClaimVerdict: String, Sendable {
  case proved, conditional, refuted, undecided, unreadable, exhausted, unrelated
  case notDetermined = "not determined"
}
