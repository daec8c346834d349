import NablaNotation
import NablaProblems

/// A row of the table of expected verdicts: one claim of a submission, or all of it.
struct ExpectedClaim: Sendable {
  let file: String
  /// Problem files, several where the submission answers several.
  let problems: [String]
  /// Nil for the row about the whole submission.
  let line: Int?
  /// Part of the line, where several claims stand on it.
  let snippet: String
  let verdicts: [String]
  /// Words for the same slip, any of which is right; none where the class is open.
  let mistakes: [String]
  let note: String

  init?(_ row: String) {
    let cells = row.split(separator: "\t", omittingEmptySubsequences: false).map { String($0) }
    guard cells.count >= 7 else { return nil }
    file = cells[0]
    problems = cells[1].split(separator: "+").map { String($0) }
    line = Int(cells[2])
    snippet = cells[3]
    verdicts = cells[4].split(separator: "|").map { String($0) }
    mistakes = cells[5].split(separator: "|").map { String($0) }
    note = cells[6]
  }

  /// Known not to be met; such a row demands nothing.
  var isOpen: Bool { note.contains("[open]") }
  /// Only the class is known not to be met.
  var hasOpenClass: Bool { note.contains("[open class]") }

  /// Whether a claim has the verdict that is expected of it, or one that is as good.
  func accepts(_ claim: MarkedClaim) -> Bool {
    let verdict = claim.verdict.rawValue
    if note.contains("carried") {
      return claim.verdict == .refuted || claim.carried || claim.truth == .refuted
    }
    if verdicts.contains(verdict) { return true }
    if note.contains("undoes"), claim.truth == .proved { return true }
    if note.contains("debatable") { return true }
    if note.contains("reading kind") { return claim.verdict != .refuted }
    let unanswered: [ClaimVerdict] = [.unrelated, .notDetermined, .unreadable]
    let wanted = unanswered.contains { verdicts.contains($0.rawValue) }
    return wanted && unanswered.contains(claim.verdict)
  }

  /// Whether the slip is named with a word that is right for it.
  func acceptsMistake(of claim: MarkedClaim) -> Bool {
    if claim.verdict != .refuted || mistakes.isEmpty { return true }
    if note.contains("carried") || note.contains("undoes") { return true }
    guard let mistake = claim.mistake else { return false }
    return mistakes.contains(mistake.rawValue)
  }
}
