import NablaNotation
import NablaRendering

extension ClassReport {
  private static var mostFailedSteps: Int { 20 }

  /// One line for each submission, and the steps that failed most often.
  package var document: Document { Document(title: [.text("Overview")], blocks: blocks) }

  /// The same as a part of a longer document.
  package var section: Document {
    Document(blocks: [.heading(level: 1, [.text("Overview")])] + blocks)
  }

  private var blocks: [Block] {
    var blocks: [Block] = [.table(table)]
    let steps = failedSteps
    if steps.isEmpty { return blocks }
    var rows: [[[Inline]]] = []
    for step in steps.prefix(Self.mostFailedSteps) {
      var times = "\(step.submissions)"
      if step.count > step.submissions { times += " (\(step.count) times)" }
      rows.append([
        [.text(times)], [.text(DisplayText.escaped(step.kind.section, limit: 40))],
        step.kind.left.map { [.formula($0)] } ?? [],
        [.text(step.kind.mistake?.rawValue ?? "")],
      ])
    }
    blocks.append(.heading(level: 2, [.text("Steps that failed most often")]))
    blocks.append(
      .table(Table(header: [["Submissions"], ["Task"], ["Of"], ["Class"]], rows: rows)))
    if steps.count > Self.mostFailedSteps {
      blocks.append(.note([.text("And \(steps.count - Self.mostFailedSteps) others.")]))
    }
    return blocks
  }

  private var table: Table {
    let hasPoints = entries.contains { $0.possibleHalves != nil }
    var header: [[Inline]] = [
      ["Submission"], ["Verdict"], ["Right"], ["Wrong"], ["Open"], ["First wrong step"],
      ["Final result"],
    ]
    if hasPoints { header.append(["Points"]) }
    var rows: [[[Inline]]] = []
    for (entry, name) in zip(entries, shortNames) {
      var row: [[Inline]] = [
        [.text(DisplayText.escaped(name, limit: 60))], [.text(entry.verdict.rawValue)],
        [.text("\(entry.tally.right)")], [.text("\(entry.tally.wrong)")],
        [.text("\(entry.tally.open)")], entry.firstError.map { [.text($0.words)] } ?? [],
        [.text(entry.finalResult?.word ?? "")],
      ]
      if hasPoints {
        if let earned = entry.earnedHalves, let possible = entry.possibleHalves {
          row.append([.text("\(PointsText.shown(earned)) of \(PointsText.shown(possible))")])
        } else {
          row.append([])
        }
      }
      rows.append(row)
    }
    return Table(header: header, rows: rows)
  }
}

extension ClassReport.Entry.FirstError {
  /// "T1, line 29: sign".
  var words: String {
    var text = heading.isEmpty ? "" : DisplayText.escaped(heading, limit: 30) + ", "
    text += "line \(line)"
    if let mistake { text += ": " + mistake.rawValue }
    return text
  }
}
