/// Text made harmless and visible in a LaTeX document set by pdflatex.
enum LaTeXEscaping {
  /// Words longer than this get places where they may be broken.
  private static let longWord = 24
  /// Beyond so many letters a word may be broken after an underscore or a slash.
  private static let breakableStart = 3

  /// Text in the font of the page or, for code, in that of a typewriter, which has its own signs
  /// for backslashes and braces.
  static func write(_ text: String, isCode: Bool = false, to out: inout TextBuffer) {
    if isPlain(text) { return out.write(text) }
    var wordLength = 0
    var opensQuote = true
    for character in text {
      wordLength = character == " " || character == "\n" ? 0 : wordLength + 1
      if wordLength > longWord {
        out.write("\\allowbreak{}")
        wordLength = 1
      }
      if character == "\"" {
        out.write(opensQuote ? "``" : "''")
        opensQuote = false
        continue
      }
      if isCode, let sign = typewriterSign(character) {
        out.write(sign)
      } else {
        writeCharacter(character, to: &out)
      }
      if wordLength > breakableStart, character == "_" || character == "/" {
        out.write("\\allowbreak{}")
      }
      opensQuote = character == " " || character == "(" || character == "\n"
    }
  }

  /// The sign by its place in the font, since the usual commands take it from another one.
  private static func typewriterSign(_ character: Character) -> String? {
    switch character {
    case "\\": "\\char92{}"
    case "{": "\\char123{}"
    case "}": "\\char125{}"
    default: nil
    }
  }

  /// Whether TeX sets the text as it stands: short words of letters, digits and points.
  private static func isPlain(_ text: String) -> Bool {
    var wordLength = 0
    for byte in text.utf8 {
      switch byte {
      case 32: wordLength = 0
      case 48...58, 65...90, 97...122, 40, 41, 44, 46, 61: wordLength += 1
      default: return false
      }
      if wordLength > longWord { return false }
    }
    return true
  }

  static func escaped(_ text: String) -> String {
    var out = TextBuffer()
    write(text, to: &out)
    return out.text
  }

  private static func writeCharacter(_ character: Character, to out: inout TextBuffer) {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return }
    var marks = scalars.dropFirst()
    if first.isASCII {
      writeASCII(first, accented: marks.first, to: &out)
      if accentCommand(marks.first) != nil { marks = marks.dropFirst() }
    } else {
      writeScalar(first, to: &out)
    }
    for mark in marks { writeScalar(mark, to: &out) }
  }

  private static func writeASCII(
    _ scalar: Unicode.Scalar, accented mark: Unicode.Scalar?, to out: inout TextBuffer
  ) {
    let letter = String(scalar)
    if let command = accentCommand(mark) {
      out.write("\\")
      out.write(command)
      out.write("{")
      if scalar.isLetter { out.write(letter) }
      out.write("}")
      if scalar.isLetter { return }
    }
    switch letter {
    case "\\": out.write("\\textbackslash{}")
    case "{": out.write("\\{")
    case "}": out.write("\\}")
    case "$": out.write("\\$")
    case "&": out.write("\\&")
    case "#": out.write("\\#")
    case "%": out.write("\\%")
    case "_": out.write("\\_")
    case "^": out.write("\\textasciicircum{}")
    case "~": out.write("\\textasciitilde{}")
    case "<": out.write("\\textless{}")
    case ">": out.write("\\textgreater{}")
    case "|": out.write("\\textbar{}")
    case "'": out.write("{'}")
    case "`": out.write("\\textasciigrave{}")
    case "-": out.write("{-}")
    case "[", "]": out.write("{\(letter)}")
    case "\n", "\t", "\r": out.write(" ")
    default:
      if scalar.value < 32 || scalar.value == 127 {
        writeCode(scalar, to: &out)
      } else {
        out.write(letter)
      }
    }
  }

  private static func writeScalar(_ scalar: Unicode.Scalar, to out: inout TextBuffer) {
    let letter = String(scalar)
    switch scalar.value {
    case 0x00A0, 0x202F: out.write("~")
    case 0x2009, 0x200A: out.write("\\,")
    case 0x00AD, 0x200B: out.write("\\allowbreak{}")
    case 0x2013: out.write("--")
    case 0x2014: out.write("---")
    case 0x2018: out.write("`")
    case 0x2019: out.write("'")
    case 0x201C: out.write("``")
    case 0x201D: out.write("''")
    case 0x201E: out.write(",,")
    case 0x2032: out.write("\\ensuremath{'}")
    case 0x2212: out.write("\\ensuremath{-}")
    case 0x00B2: out.write("\\ensuremath{^2}")
    case 0x00B3: out.write("\\ensuremath{^3}")
    case 0x00B9: out.write("\\ensuremath{^1}")
    case 0x00BC: out.write("\\ensuremath{\\tfrac14}")
    case 0x00BD: out.write("\\ensuremath{\\tfrac12}")
    case 0x00BE: out.write("\\ensuremath{\\tfrac34}")
    case 0x00B0: out.write("\\ensuremath{^\\circ}")
    case 0x00A7: out.write("\\S{}")
    case 0x00B5: out.write("\\ensuremath{\\mu}")
    case 0x2717: out.write("\\ensuremath{\\times}")
    case 0x221A: out.write("\\ensuremath{\\surd}")
    case 0x2211: out.write("\\ensuremath{\\sum}")
    case 0x220F: out.write("\\ensuremath{\\prod}")
    case 0x207B: out.write("\\ensuremath{^-}")
    case 0x208B: out.write("\\ensuremath{_-}")
    case 0x2080...0x2089: out.write("\\ensuremath{_\(scalar.value - 0x2080)}")
    case 0x2070, 0x2074...0x2079: out.write("\\ensuremath{^\(scalar.value - 0x2070)}")
    default:
      if isLatin(scalar) {
        out.write(letter)
      } else if let subscripted = UnicodeScripts.letter(lowered: letter) {
        out.write("\\ensuremath{_{\(subscripted)}}")
      } else if let entry = LaTeXSymbols.entry(character: letter) {
        out.write("\\ensuremath{\\\(entry.command)}")
      } else {
        writeCode(scalar, to: &out)
      }
    }
  }

  /// What cannot be set is named by its code point.
  private static func writeCode(_ scalar: Unicode.Scalar, to out: inout TextBuffer) {
    var digits = String(scalar.value, radix: 16, uppercase: true)
    while digits.utf8.count < 4 { digits = "0" + digits }
    out.write("{[}U+\(digits){]}\\allowbreak{}")
  }

  /// Letters that the default encoding of pdflatex builds without further fonts.
  private static func isLatin(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xC0...0xFF:
      return ![0xD0, 0xD7, 0xDE, 0xF0, 0xF7, 0xFE].contains(scalar.value)
    case 0x100...0x17E:
      return ![
        0x104, 0x105, 0x110, 0x111, 0x118, 0x119, 0x126, 0x127, 0x12E, 0x12F, 0x138, 0x13F, 0x140,
        0x149, 0x14A, 0x14B, 0x166, 0x167, 0x172, 0x173,
      ].contains(scalar.value)
    default: return false
    }
  }

  private static func accentCommand(_ mark: Unicode.Scalar?) -> String? {
    switch mark?.value {
    case 0x300: "`"
    case 0x301: "'"
    case 0x302: "^"
    case 0x303: "~"
    case 0x304: "="
    case 0x306: "u"
    case 0x307: "."
    case 0x308: "\""
    case 0x30A: "r"
    case 0x30C: "v"
    case 0x327: "c"
    default: nil
    }
  }
}

extension Unicode.Scalar {
  var isLetter: Bool {
    (value >= 65 && value <= 90) || (value >= 97 && value <= 122)
  }
}
