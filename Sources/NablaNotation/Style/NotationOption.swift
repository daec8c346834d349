/// One choice of notation, as `notation` in a problem file or on the command line makes it.
package enum NotationOption: Hashable, Sendable {
  case derivatives(NotationStyle.Derivatives)
  case logarithm(NotationStyle.Logarithm)
  case decimalMark(NotationStyle.DecimalMark)
  case vectors(NotationStyle.Vectors)
  case layers(NotationStyle.Layers)
  case language(Language)
}

extension NotationStyle {
  package init(_ options: [NotationOption]) {
    self.init()
    for option in options { apply(option) }
  }

  /// How formulas are printed where the sentences around them are in English.
  package init(formulasBy options: [NotationOption]) {
    self.init(options)
    language = .english
  }

  package mutating func apply(_ option: NotationOption) {
    switch option {
    case .derivatives(let value): derivatives = value
    case .logarithm(let value): logarithm = value
    case .decimalMark(let value): decimalMark = value
    case .vectors(let value): vectors = value
    case .layers(let value): layers = value
    case .language(let value): language = value
    }
  }
}

extension NotationOption {
  /// Every spelling with its meaning; of several spellings of one option the first is the usual.
  static let rows: [(spelling: String, option: NotationOption)] = {
    var rows: [(spelling: String, option: NotationOption)] = [
      ("partial", .derivatives(.partial)),
      ("nabla", .derivatives(.nabla)),
      ("log", .logarithm(.log)),
      ("ln", .logarithm(.ln)),
      ("decimal point", .decimalMark(.point)),
      ("decimal comma", .decimalMark(.comma)),
      ("plain vectors", .vectors(.plain)),
      ("bold vectors", .vectors(.bold)),
      ("arrow vectors", .vectors(.arrow)),
      ("layers subscript", .layers(.subscript)),
      ("layers superscript", .layers(.superscript)),
      ("layers bracket", .layers(.bracket)),
      ("bold", .vectors(.bold)),
      ("arrows", .vectors(.arrow)),
      ("vectors plain", .vectors(.plain)),
      ("vectors bold", .vectors(.bold)),
      ("vectors arrow", .vectors(.arrow)),
      ("layer subscripts", .layers(.subscript)),
      ("layer superscripts", .layers(.superscript)),
      ("layer brackets", .layers(.bracket)),
    ]
    for language in Language.allCases {
      rows.append(("language \(language.name)", .language(language)))
    }
    for language in Language.allCases {
      rows.append(("language \(language.code)", .language(language)))
    }
    return rows
  }()

  /// The spellings that messages name.
  package static var usualSpellings: [String] {
    var options: [NotationOption] = []
    var spellings: [String] = []
    for row in rows where !options.contains(row.option) {
      options.append(row.option)
      spellings.append(row.spelling)
    }
    return spellings
  }

  /// The spelling of the option in messages.
  package var usualSpelling: String {
    for row in Self.rows where row.option == self { return row.spelling }
    return ""
  }

  /// The option that is spelt by words; nil for unknown ones.
  package static func spelt(_ words: String) -> NotationOption? {
    for row in rows where row.spelling == words { return row.option }
    return nil
  }

  /// The known spelling nearest to unknown words.
  package static func nearest(to words: String) -> String? {
    nearestSpelling(to: words, among: rows.map { $0.spelling })
  }

  /// Options between commas, as the command line takes them.
  package static func reading(_ text: String) throws(Diagnostic) -> [NotationOption] {
    var options: [NotationOption] = []
    for part in text.utf8.split(separator: 0x2C, omittingEmptySubsequences: false) {
      var words = ""
      for word in Substring(part).utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 }) {
        words += (words.isEmpty ? "" : " ") + String(Substring(word))
      }
      guard let option = spelt(words) else { throw unknown(words, at: SourceRange(0, 0)) }
      options.append(option)
    }
    return options
  }

  static func unknown(_ words: String, at range: SourceRange) -> Diagnostic {
    let nearest = nearest(to: words)
    return Diagnostic(
      "unknown-notation",
      words.isEmpty
        ? "an option of notation is missing" : "unknown notation \(DisplayText.quoted(words))",
      at: range, expected: nearest == nil ? usualSpellings.joined(separator: ", ") : nil,
      suggestion: nearest)
  }
}
