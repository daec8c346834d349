import NablaNotation
import NablaRendering

extension MarkedSubmission {
  /// What stands below the lines: final result, first wrong step, counts, repairs and points.
  var summary: [Block] {
    var blocks: [Block] = []
    if let finalResult {
      blocks.append(
        .check(
          finalResult.verdict.status ?? .undecided,
          [
            .text("Final result "), .formula(finalResult.formula),
            .text(": \(finalResult.verdict.word)."),
          ]))
    }
    if let place = firstErrorWords {
      blocks.append(.check(.failed, [.text("First wrong step: \(place).")]))
    }
    blocks.append(.note([.text(tally.words)]))
    if !repairs.isEmpty { blocks.append(.note(repairWords)) }
    if let table = pointsTable { blocks.append(.table(table)) }
    return blocks
  }

  /// "T1, line 29 (arithmetic)".
  private var firstErrorWords: String? {
    guard let firstError, let (part, claim) = part(ofClaim: firstError) else { return nil }
    let heading = heading(of: part)
    var text = heading.isEmpty ? "" : DisplayText.escaped(heading, limit: 80) + ", "
    text += "line \(line(of: claim))"
    if let mistake = claim.mistake { text += " (\(mistake.rawValue))" }
    return text
  }

  /// Repairs of one kind are told once, with their number.
  package var repairKinds: [(repair: Repair, count: Int)] {
    var places: [RepairKind: Int] = [:]
    var kinds: [(repair: Repair, count: Int)] = []
    for repair in repairs {
      let kind = RepairKind(found: repair.found, repaired: repair.repaired)
      if let place = places[kind] {
        kinds[place].count += 1
      } else {
        places[kind] = kinds.count
        kinds.append((repair, 1))
      }
    }
    return kinds
  }

  private struct RepairKind: Hashable {
    var found: String
    var repaired: String
  }

  private var repairWords: [Inline] {
    let most = 8
    let kinds = repairKinds
    var words: [Inline] = [.text("Repaired in reading, not charged: ")]
    for (position, kind) in kinds.prefix(most).enumerated() {
      if position > 0 { words.append(.text(", ")) }
      words += [
        .code(Self.shown(kind.repair.found)), .text(" → "),
        .code(Self.shown(kind.repair.repaired)), .text(" (\(kind.count))"),
      ]
    }
    if kinds.count > most { words.append(.text(", and \(kinds.count - most) other kinds")) }
    return words + [.text(".")]
  }

  private static func shown(_ text: String) -> String {
    if text.isEmpty { return "nothing" }
    var visible = ""
    for scalar in text.unicodeScalars {
      visible.unicodeScalars.append(scalar == "\n" || scalar == "\r" ? "↵" : scalar)
    }
    return DisplayText.escaped(visible, limit: 30)
  }

  private var pointsTable: Table? {
    guard let total = totalHalves else { return nil }
    var rows: [[[Inline]]] = []
    for task in points {
      rows.append([
        [.formula(task.task)]
          + (task.condition.map { [.text(" if "), .formula($0)] } ?? []),
        [
          .text(
            "\(PointsText.shown(task.earnedHalves)) of \(PointsText.shown(task.possibleHalves))")
        ],
        [.text(task.because)],
      ])
    }
    if points.count > 1 {
      rows.append([
        [.text("in all")],
        [.text("\(PointsText.shown(total.earned)) of \(PointsText.shown(total.possible))")], [],
      ])
    }
    return Table(header: [["Task"], ["Points"], [""]], rows: rows)
  }
}

/// Points in halves as text.
package enum PointsText {
  /// "2½", for people.
  package static func shown(_ halves: Int) -> String {
    if halves % 2 == 0 { return "\(halves / 2)" }
    return halves == 1 ? "½" : "\(halves / 2)½"
  }

  /// "2.5", for machines.
  package static func decimal(_ halves: Int) -> String {
    halves % 2 == 0 ? "\(halves / 2)" : "\(halves / 2).5"
  }
}
