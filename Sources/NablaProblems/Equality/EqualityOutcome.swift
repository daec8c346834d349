import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

/// What is said of an equation.
package struct EqualityOutcome: Sendable {
  package enum Verdict: String, Sendable {
    case proved, conditional, refuted, undecided, exhausted, unreadable
  }

  package var verdict: Verdict
  package var document = Document()
  /// The members of the answer behind its version and id.
  package var json: [(String, JSONValue?)] = []
  /// What could not be read, each with the text it is about.
  package var diagnostics: [(source: SourceText, diagnostic: Diagnostic)] = []
  package var notes = ReadingNotes()

  init(_ verdict: Verdict) { self.verdict = verdict }

  /// What is said of a question whose budget ran out before it was read.
  package static var exhausted: EqualityOutcome {
    var outcome = EqualityOutcome(.exhausted)
    outcome.document.blocks = [.check(.undecided, [.text("Not settled: the budget ran out.")])]
    outcome.json = [
      ("verdict", .string(Verdict.exhausted.rawValue)), ("because", .string("the budget ran out")),
    ]
    return outcome
  }
}

/// Judges whether two expressions are equal.
///
/// Definitions are opened and derivatives carried out. Arrays are judged entry by entry, for all
/// sizes at once.
package func judgeEquality(
  _ question: EqualityQuestion, options: EqualityOptions
) -> EqualityOutcome {
  var pool = ExpressionPool()
  _ = pool.watch(isOver: options.budget.isOver)
  let read: ReadEquality
  do throws(CommandLineReader.Failure) {
    read = try question.read(in: &pool)
  } catch {
    var outcome = EqualityOutcome(.unreadable)
    outcome.diagnostics = error.diagnostics
    return outcome
  }
  let context = ProofContext(read.scope, seed: options.seed, in: &pool)
  var prover = Prover(context, budget: options.budget)
  prover.findsConditions = true
  let verdict = prover.decide(read.forms.leftEntry, read.forms.rightEntry, in: &pool)
  pool.endWatch()
  var outcome = EqualityOutcome(.init(verdict))
  outcome.notes = read.notes
  var writer = EqualityWriter(read)
  switch options.output {
  case .document, .code, .notebook:
    outcome.document = writer.document(verdict, in: &pool)
  case .json: outcome.json = writer.members(verdict, in: &pool) + read.notes.members
  }
  return outcome
}

extension EqualityOutcome.Verdict {
  init(_ verdict: ProofVerdict) {
    self =
      switch verdict {
      case .proved: .proved
      case .refuted: .refuted
      case .conditional: .conditional
      case .undecided: .undecided
      case .exhausted: .exhausted
      }
  }
}
