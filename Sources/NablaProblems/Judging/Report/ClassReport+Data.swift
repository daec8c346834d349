import NablaRendering

extension ClassReport {
  /// `{"version", "submissions": […], "failedSteps": […]}`.
  package var json: JSONValue {
    .object([
      ("version", .integer(1)), ("submissions", .array(entries.map { $0.json })),
      ("failedSteps", .array(failedSteps.map { $0.json })),
    ])
  }

  /// A line of names and one for each submission, after RFC 4180.
  package var csv: String {
    var text = CSVText.line([
      "submission", "verdict", "right", "wrong", "open", "unrelated", "first wrong heading",
      "first wrong line", "first wrong class", "final result", "points", "points possible",
    ])
    for entry in entries {
      text += CSVText.line([
        entry.name, entry.verdict.rawValue, "\(entry.tally.right)", "\(entry.tally.wrong)",
        "\(entry.tally.open)", "\(entry.tally.unrelated)", entry.firstError?.heading ?? "",
        entry.firstError.map { "\($0.line)" } ?? "", entry.firstError?.mistake?.rawValue ?? "",
        entry.finalResult?.rawValue ?? "", entry.earnedHalves.map { PointsText.decimal($0) } ?? "",
        entry.possibleHalves.map { PointsText.decimal($0) } ?? "",
      ])
    }
    return text
  }
}

extension ClassReport.Entry {
  fileprivate var json: JSONValue {
    .object([
      ("submission", .string(name)), ("verdict", .string(verdict.rawValue)),
      ("right", .integer(tally.right)), ("wrong", .integer(tally.wrong)),
      ("open", .integer(tally.open)), ("unrelated", .integer(tally.unrelated)),
      (
        "firstError",
        firstError.map { error in
          .object([
            ("heading", .string(error.heading)), ("line", .integer(error.line)),
            ("class", error.mistake.map { .string($0.rawValue) }),
          ])
        }
      ),
      ("finalResult", finalResult.map { .string($0.rawValue) } ?? .null),
      ("points", earnedHalves.map { .number(PointsText.decimal($0)) }),
      ("possible", possibleHalves.map { .number(PointsText.decimal($0)) }),
    ])
  }
}

extension ClassReport.FailedStep {
  fileprivate var json: JSONValue {
    .object([
      ("submissions", .integer(submissions)), ("count", .integer(count)),
      ("section", .string(kind.section)), ("left", kind.left.map { .formula($0) } ?? .null),
      ("class", kind.mistake.map { .string($0.rawValue) }),
    ])
  }
}

/// Cells of a table as comma-separated values.
enum CSVText {
  static func line(_ cells: [String]) -> String {
    var line = ""
    for (position, cell) in cells.enumerated() {
      if position > 0 { line += "," }
      line += self.cell(cell)
    }
    return line + "\r\n"
  }

  /// A cell in quotation marks where it needs them; what a spreadsheet would take for a formula
  /// begins with an apostrophe, and controls are shown by a stand-in.
  static func cell(_ text: String) -> String {
    var body = String.UnicodeScalarView()
    var needsQuotes = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"":
        body.append("\"")
        needsQuotes = true
      case ",", "\n", "\r": needsQuotes = true
      default: break
      }
      switch scalar.value {
      case 9, 10, 13: body.append(" ")
      case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069:
        body.append("\u{FFFD}")
      default: body.append(scalar)
      }
    }
    var cell = String(body)
    switch text.unicodeScalars.first {
    case "=", "+", "-", "@", "\t", "\r", "\n": cell = "'" + cell
    default: break
    }
    return needsQuotes ? "\"" + cell + "\"" : cell
  }
}
