import NablaNotation
import NablaRendering

extension MarkedSubmission {
  /// The submission as a person would mark it: the author's own lines with marks and reasons.
  package var document: Document { SubmissionReport(self).document }
}

/// Turns a marked submission into a document: it arranges, and judges nothing.
struct SubmissionReport {
  let submission: MarkedSubmission
  private(set) var document = Document()

  init(_ submission: MarkedSubmission) {
    self.submission = submission
    document.notation = submission.notation
    writeTitle()
    writeDiagnostics()
    writeNames()
    for part in submission.parts { write(part) }
    document.blocks += submission.summary
  }

  private mutating func writeTitle() {
    var title: [Inline] = []
    for problem in submission.problems where !problem.isEmpty {
      title.append(.text((title.isEmpty ? "" : ", ") + problem))
    }
    title.append(.text((title.isEmpty ? "" : " · ") + submission.fileName))
    document.title = title
  }

  private mutating func writeDiagnostics() {
    for diagnostic in submission.diagnostics.prefix(20) {
      let line = submission.source.lineIndex(at: diagnostic.range.lower) + 1
      let text = "line \(line): " + DisplayText.escaped(diagnostic.summary, limit: 300)
      document.blocks.append(.check(.undecided, [.text(text)]))
    }
  }

  /// The author's letters that are not the problem's.
  private mutating func writeNames() {
    if submission.matches.isEmpty { return }
    var words: [Inline] = [.text("Names: ")]
    for (position, match) in submission.matches.enumerated() {
      if position > 0 { words.append(.text(", ")) }
      words += [
        .formula(match.written), .text(" read as "), .formula(match.meant),
        .text(" (\(match.ground.words))"),
      ]
    }
    document.blocks.append(.note(words + [.text(".")]))
  }

  // MARK: Parts

  private mutating func write(_ part: MarkedSubmission.Part) {
    if part.claims.isEmpty { return }
    let heading = submission.heading(of: part)
    if !heading.isEmpty { document.blocks.append(.heading(level: 2, [.text(heading)])) }
    if part.claims.allSatisfy({ $0.verdict == .unrelated }) {
      let count = part.claims.count
      document.blocks.append(
        .note([
          .text(
            (count == 1 ? "1 formula" : "\(count) formulas") + " about something else, not judged.")
        ]))
      return
    }
    document.blocks.append(.marking(rows(of: part)))
  }

  private func rows(of part: MarkedSubmission.Part) -> [MarkedLine] {
    var rows: [Row] = []
    var setting: Formula?
    for (position, claim) in part.claims.enumerated() {
      let isCarriedOn = Self.isCarriedOn(position, part.claims)
      let row = Row(
        line: row(claim, after: setting, isCarriedOn: isCarriedOn), isQuiet: claim.isQuiet)
      setting = claim.setting
      if claim.goesOn, let last = rows.last, let joined = last.joined(with: row) {
        rows[rows.count - 1] = joined
      } else {
        rows.append(row)
      }
    }
    return Self.withoutRepetition(rows)
  }

  /// The lines; a reason that is the same for one right step after the other is given once.
  private static func withoutRepetition(_ rows: [Row]) -> [MarkedLine] {
    var lines: [MarkedLine] = []
    var last: [[Inline]] = []
    for row in rows {
      var line = row.line
      if row.isQuiet {
        if line.comments == last { line.comments = [] }
        if !line.comments.isEmpty { last = line.comments }
      }
      lines.append(line)
    }
    return lines
  }

  private func row(
    _ claim: MarkedClaim, after setting: Formula?, isCarriedOn: Bool?
  ) -> MarkedLine {
    var row = MarkedLine(
      number: submission.line(of: claim), status: claim.verdict.status,
      comments: claim.comments(isCarriedOn: isCarriedOn))
    let left = claim.goesOn ? nil : claim.left
    if let right = claim.right, left != nil || claim.goesOn {
      row.equation = DerivationRow(left, claim.relation.shown, right)
    } else {
      if let left { row.content = [.formula(left), .text(" ")] }
      let text = submission.text(of: claim)
      if !text.isEmpty { row.content.append(.code(text)) }
    }
    if let own = claim.setting, own != setting, own != .text("") {
      if !row.content.isEmpty { row.content.append(.text("   ")) }
      row.content += [.text("if "), .formula(own)]
    }
    return row
  }

  /// Whether lines that follow rest on a wrong one; nil where none follow or it is not wrong.
  private static func isCarriedOn(_ position: Int, _ claims: [MarkedClaim]) -> Bool? {
    let claim = claims[position]
    guard claim.verdict == .refuted, !claim.carried, claim.mistake == .arithmetic,
      position + 1 < claims.count
    else { return nil }
    for later in claims[(position + 1)...] {
      if later.carried { return true }
      if later.verdict == .refuted { return false }
    }
    return false
  }
}

extension MarkedSubmission {
  /// The name of the source without the folders it is in.
  var fileName: String {
    let bytes = source.name.utf8
    guard let slash = bytes.lastIndex(of: 0x2F), slash != bytes.indices.last else {
      return source.name
    }
    return String(source.name[bytes.index(after: slash)...])
  }

  /// What a part is called: its own heading, else the section or problem it belongs to.
  package func heading(of part: Part) -> String {
    if !part.heading.isEmpty {
      guard problems.count > 1, let problem = part.problem else { return part.heading }
      return "\(part.heading) (\(problem))"
    }
    return part.section ?? (problems.count > 1 ? part.problem : nil) ?? ""
  }

  /// The source of a claim on one line, cut where it is long.
  package func text(of claim: MarkedClaim) -> String {
    let limit = 400
    let upper = min(
      claim.range.upper, claim.range.lower.addingReportingOverflow(limit).partialValue)
    var text = ""
    var isSpace = true
    for scalar in source.text(in: SourceRange(claim.range.lower, max(upper, claim.range.lower)))
      .unicodeScalars
    {
      let isBlank = scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "\r"
      if isBlank, isSpace { continue }
      text.unicodeScalars.append(isBlank ? " " : scalar)
      isSpace = isBlank
    }
    if text.utf8.last == 0x20 { text.removeLast() }
    return upper < claim.range.upper ? text + "…" : text
  }
}
