/// Letters beyond ASCII that names may hold, and how they are spelt.
enum LetterSpelling {
  /// The spelling of a Greek letter or another letter-like symbol.
  static func greek(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x391...0x3A1: capitals[Int(scalar - 0x391)]
    case 0x3A3...0x3A9: capitals[Int(scalar - 0x392)]
    case 0x3B1...0x3C1: smalls[Int(scalar - 0x3B1)]
    case 0x3C2: "sigma"
    case 0x3C3...0x3C9: smalls[Int(scalar - 0x3B2)]
    case 0x3D1: "theta"
    case 0x3D5: "phi"
    case 0x3D6: "pi"
    case 0x3F0: "kappa"
    case 0x3F1: "rho"
    case 0x3F5: "epsilon"
    case 0xB5: "mu"
    case 0x2113: "ell"
    case 0x2207: "nabla"
    case 0x221E: "infinity"
    default: nil
    }
  }

  /// The digit of a subscript digit such as `₁`.
  static func subscriptDigit(_ scalar: UInt32) -> UInt8? {
    (0x2080...0x2089).contains(scalar) ? UInt8(0x30 + (scalar - 0x2080)) : nil
  }

  /// The ending that a combining accent adds to a name.
  static func combiningAccent(_ scalar: UInt32) -> String? {
    switch scalar {
    case 0x302: "hat"
    case 0x303: "tilde"
    case 0x304, 0x305: "bar"
    default: nil
    }
  }

  /// The letter and the accent of a precomposed character such as `ŷ`.
  static func accented(_ scalar: UInt32) -> (letter: UInt8, accent: String)? {
    for row in accentedLetters {
      for (index, candidate) in row.scalars.enumerated() where candidate == scalar {
        return (row.letters[index], row.accent)
      }
    }
    return nil
  }

  private static let smalls = [
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi",
    "psi", "omega",
  ]

  private static let capitals = [
    "Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa",
    "Lambda", "Mu", "Nu", "Xi", "Omicron", "Pi", "Rho", "Sigma", "Tau", "Upsilon", "Phi", "Chi",
    "Psi", "Omega",
  ]

  private struct AccentRow: Sendable {
    let accent: String
    let letters: [UInt8]
    let scalars: [UInt32]

    init(_ accent: String, _ letters: String, _ accented: String) {
      self.accent = accent
      self.letters = Array(letters.utf8)
      scalars = accented.unicodeScalars.map { $0.value }
    }
  }

  private static let accentedLetters = [
    AccentRow(
      "hat", "aceghijosuwyzACEGHIJOSUWYZ", "âĉêĝĥîĵôŝûŵŷẑÂĈÊĜĤÎĴÔŜÛŴŶẐ"),
    AccentRow("tilde", "aeinouvyAEINOUVY", "ãẽĩñõũṽỹÃẼĨÑÕŨṼỸ"),
    AccentRow("bar", "aegiouyAEGIOUY", "āēḡīōūȳĀĒḠĪŌŪȲ"),
  ]
}
