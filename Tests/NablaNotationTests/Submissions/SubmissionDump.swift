import NablaNotation

/// One line an item: `#2 3 Solution`, `formula 4 condition inline i = j`, `prose 5 [oneHot] text`.
func submissionDump(_ text: String, as format: SubmissionFormat) -> String {
  submissionDump(Array(text.utf8), as: format)
}

func submissionDump(_ bytes: [UInt8], as format: SubmissionFormat) -> String {
  let submission = readSubmission(SourceText(name: "test", bytes: bytes), as: format)
  func line(_ text: TracedText) -> Int {
    submission.source.position(at: text.origin(of: SourceRange(0, 1)).lower).line
  }
  func flat(_ text: TracedText) -> String {
    text.text.split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" })
      .joined(separator: " ")
  }
  var lines: [String] = []
  for item in submission.items {
    switch item {
    case .heading(let level, let text): lines.append("#\(level) \(line(text)) \(flat(text))")
    case .formula(let formula):
      let after = formula.isAfterthought ? " after" : ""
      lines.append(
        "formula \(line(formula.text)) \(formula.role)\(after) \(formula.place) \(flat(formula.text))"
      )
    case .prose(let text, let facts):
      let list = facts.isEmpty ? "" : " [\(facts.map { "\($0.kind)" }.joined(separator: " "))]"
      lines.append("prose \(line(text))\(list) \(flat(text))")
    }
  }
  lines += submission.diagnostics.map { diagnostic in
    "! \(submission.source.position(at: diagnostic.range.lower).line) \(diagnostic.identifier)"
  }
  return lines.joined(separator: "\n")
}

/// The formulas alone, as `role: text`.
func formulaRoles(_ text: String, as format: SubmissionFormat = .text) -> String {
  readSubmission(SourceText(name: "test", text), as: format).items.compactMap { item in
    guard case .formula(let formula) = item else { return nil }
    return "\(formula.role)\(formula.isAfterthought ? " after" : ""): \(formula.text.text)"
  }.joined(separator: "; ")
}

/// The first formula and the kinds of what was repaired in it.
func repairedFormula(_ text: String) -> (text: String, repairs: [Repair.Kind]) {
  let submission = readSubmission(SourceText(name: "test", text), as: .text)
  for item in submission.items {
    if case .formula(let formula) = item {
      return (formula.text.text, submission.repairs.map { $0.kind })
    }
  }
  return ("", submission.repairs.map { $0.kind })
}
