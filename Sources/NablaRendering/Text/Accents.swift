/// Letters with accents in Unicode text.
enum Accents {
  static func mark(_ accent: Identifier.Accent) -> String {
    switch accent {
    case .hat: "\u{302}"
    case .tilde: "\u{303}"
    case .bar: "\u{304}"
    case .arrow: "\u{20D7}"
    }
  }

  /// The text with its last letter and mark as one character, where Unicode has it.
  static func composed(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count >= 2, let mark = scalars.last, let letter = scalars.dropLast().last else {
      return text
    }
    let letters: String
    let results: String
    switch mark.value {
    case 0x302:
      letters = "acegijosuwyzACEGHIJOSUWYZhp"
      results = "âĉêĝîĵôŝûŵŷẑÂĈÊĜĤÎĴÔŜÛŴŶẐĥ"
    case 0x303:
      letters = "anoieuyvANO"
      results = "ãñõĩẽũỹṽÃÑÕ"
    case 0x304:
      letters = "aeiouyAEIOU"
      results = "āēīōūȳĀĒĪŌŪ"
    default: return text
    }
    for (plain, accented) in zip(letters.unicodeScalars, results.unicodeScalars)
    where plain == letter {
      var head = String.UnicodeScalarView(scalars.dropLast(2))
      head.append(accented)
      return String(head)
    }
    return text
  }
}
