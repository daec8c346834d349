/// Letters in the styles that Unicode has for mathematics.
enum MathAlphabet {
  /// The bold upright form of a letter or digit; anything else stays.
  static func bold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x30...0x39: shifted(scalar, from: 0x30, to: 0x1D7CE)
    case 0x41...0x5A: shifted(scalar, from: 0x41, to: 0x1D400)
    case 0x61...0x7A: shifted(scalar, from: 0x61, to: 0x1D41A)
    case 0x391...0x3A9 where scalar.value != 0x3A2: shifted(scalar, from: 0x391, to: 0x1D6A8)
    case 0x3B1...0x3C9: shifted(scalar, from: 0x3B1, to: 0x1D6C2)
    case 0x2207: shifted(scalar, from: 0x2207, to: 0x1D6C1)
    default: scalar
    }
  }

  /// The bold italic form of a letter; digits are bold, anything else stays.
  static func boldItalic(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x41...0x5A: shifted(scalar, from: 0x41, to: 0x1D468)
    case 0x61...0x7A: shifted(scalar, from: 0x61, to: 0x1D482)
    case 0x391...0x3A9 where scalar.value != 0x3A2: shifted(scalar, from: 0x391, to: 0x1D71C)
    case 0x3B1...0x3C9: shifted(scalar, from: 0x3B1, to: 0x1D736)
    default: bold(scalar)
    }
  }

  /// The script form of a letter; a few capitals stand outside the row of the others.
  static func script(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "B": "ℬ"
    case "E": "ℰ"
    case "F": "ℱ"
    case "H": "ℋ"
    case "I": "ℐ"
    case "L": "ℒ"
    case "M": "ℳ"
    case "R": "ℛ"
    case "e": "ℯ"
    case "g": "ℊ"
    case "o": "ℴ"
    case "A"..."Z": shifted(scalar, from: 0x41, to: 0x1D49C)
    case "a"..."z": shifted(scalar, from: 0x61, to: 0x1D4B6)
    default: scalar
    }
  }

  private static func shifted(
    _ scalar: Unicode.Scalar, from first: UInt32, to target: UInt32
  ) -> Unicode.Scalar {
    Unicode.Scalar(scalar.value - first + target) ?? scalar
  }
}
