import NablaCalculus
import NablaNotation
import NablaRendering
import NablaRewriting

extension Tool {
  func rules(_ options: Options) throws(UsageError) -> Int32 {
    let families = try selected(options.arguments)
    let text: String
    switch options.format {
    case .json: text = Self.json(families)
    case .plain: text = Self.plain(families)
    default: text = terminal(families, options)
    }
    return deliver(text, options)
  }

  /// The families with the rules of these names; all of them without names.
  private func selected(_ names: [String]) throws(UsageError) -> [RuleFamily] {
    if names.isEmpty { return RuleFamily.all }
    for name in names {
      let known =
        RuleFamily.all.map { $0.name } + RuleFamily.all.flatMap { $0.rules.map { $0.name } }
      if !known.contains(name) {
        if nearestSpelling(to: name, among: known) != nil {
          throw .unknown("rule", name, among: known, listedAs: "")
        }
        throw .unknown(
          "rule", name, among: RuleFamily.all.map { $0.name }, listedAs: "families")
      }
    }
    var found: [RuleFamily] = []
    for family in RuleFamily.all {
      let rules =
        names.contains(family.name)
        ? family.rules : family.rules.filter { names.contains($0.name) }
      if !rules.isEmpty { found.append(RuleFamily(family.name, family.summary, rules)) }
    }
    return found
  }

  // MARK: Terminal

  private func terminal(_ families: [RuleFamily], _ options: Options) -> String {
    let width = min(width(options), 100)
    let usesColour = usesColour(options)
    func painted(_ text: String, _ code: String) -> String {
      usesColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
    var text = ""
    for family in families {
      if !text.isEmpty { text += "\n" }
      text += painted("\(family.summary) (\(family.name))", "1") + "\n"
      for rule in family.rules {
        text += "\n  " + painted(rule.name, "1") + "\n"
        var law = "\(rule.pattern) → \(rule.replacement)"
        if !rule.condition.isEmpty { law += "   where \(rule.condition)" }
        for line in Self.wrapped(law, width - 4) { text += "    \(line)\n" }
        let reason = "\(rule.justification) Example: \(rule.example)"
        for line in Self.wrapped(reason, width - 4) {
          text += painted("    \(line)", "2") + "\n"
        }
      }
    }
    return text
  }

  /// Lines of whole words; a word longer than the width has a line of its own.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var length = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let size = word.count
      if !line.isEmpty, length + 1 + size > width {
        lines.append(line)
        line = ""
        length = 0
      }
      if !line.isEmpty || (length > 0 && size == 0) {
        line += " "
        length += 1
      }
      line += word
      length += size
    }
    if !line.isEmpty { lines.append(line) }
    return lines
  }

  // MARK: Plain and JSON

  private static func plain(_ families: [RuleFamily]) -> String {
    var text = ""
    for family in families {
      text += "# \(family.name): \(family.summary)\n"
      for rule in family.rules {
        text += "\(rule.name): \(rule.pattern) -> \(rule.replacement)"
        if !rule.condition.isEmpty { text += " where \(rule.condition)" }
        text += "\t# \(rule.justification) Example: \(rule.example)\n"
      }
    }
    return text
  }

  private static func json(_ families: [RuleFamily]) -> String {
    var rules: [JSONValue] = []
    for family in families {
      for rule in family.rules {
        rules.append(
          .object([
            ("name", .string(rule.name)), ("family", .string(family.name)),
            ("pattern", .string(rule.pattern)), ("replacement", .string(rule.replacement)),
            ("condition", rule.condition.isEmpty ? nil : .string(rule.condition)),
            ("example", .string(rule.example)), ("because", .string(rule.justification)),
          ]))
      }
    }
    return JSONValue.object([("version", .integer(1)), ("rules", .array(rules))]).text() + "\n"
  }
}
