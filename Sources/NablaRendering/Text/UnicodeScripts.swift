/// Letters that Unicode has as sub- or superscripts.
enum UnicodeScripts {
  /// `text` as subscript characters, if every one exists; what is lowered already stays.
  static func lowered(_ text: String) -> String? {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if (0x2080...0x2089).contains(scalar.value) {
        result.append(scalar)
      } else {
        guard let small = lowered(scalar) else { return nil }
        result.append(small)
      }
    }
    return result.isEmpty ? nil : String(result)
  }

  /// `text` as superscript characters, if every one exists.
  static func raised(_ text: String) -> String? {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      guard let small = raised(scalar) else { return nil }
      result.append(small)
    }
    return result.isEmpty ? nil : String(result)
  }

  /// The letter that a subscript character lowers.
  static func letter(lowered character: String) -> String? {
    for candidate in "0123456789+−=()aehijklmnoprstuvxβγρφχ".unicodeScalars {
      if let small = lowered(candidate), String(small) == character { return String(candidate) }
    }
    return nil
  }

  // swift-format-ignore
  private static func lowered(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "0"..."9": Unicode.Scalar(0x2080 + scalar.value - 48)
    case "+": "₊"; case "−": "₋"; case "=": "₌"; case "(": "₍"; case ")": "₎"
    case "a": "ₐ"; case "e": "ₑ"; case "h": "ₕ"; case "i": "ᵢ"; case "j": "ⱼ"; case "k": "ₖ"
    case "l": "ₗ"; case "m": "ₘ"; case "n": "ₙ"; case "o": "ₒ"; case "p": "ₚ"; case "r": "ᵣ"
    case "s": "ₛ"; case "t": "ₜ"; case "u": "ᵤ"; case "v": "ᵥ"; case "x": "ₓ"; case "β": "ᵦ"
    case "γ": "ᵧ"; case "ρ": "ᵨ"; case "φ": "ᵩ"; case "χ": "ᵪ"
    default: nil
    }
  }

  // swift-format-ignore
  private static func raised(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "1": "¹"; case "2": "²"; case "3": "³"
    case "0", "4"..."9": Unicode.Scalar(0x2070 + scalar.value - 48)
    case "+": "⁺"; case "−": "⁻"; case "=": "⁼"; case "(": "⁽"; case ")": "⁾"
    case "a": "ᵃ"; case "b": "ᵇ"; case "c": "ᶜ"; case "d": "ᵈ"; case "e": "ᵉ"; case "f": "ᶠ"
    case "g": "ᵍ"; case "h": "ʰ"; case "i": "ⁱ"; case "j": "ʲ"; case "k": "ᵏ"; case "l": "ˡ"
    case "m": "ᵐ"; case "n": "ⁿ"; case "o": "ᵒ"; case "p": "ᵖ"; case "r": "ʳ"; case "s": "ˢ"
    case "t": "ᵗ"; case "u": "ᵘ"; case "v": "ᵛ"; case "w": "ʷ"; case "x": "ˣ"; case "y": "ʸ"
    case "z": "ᶻ"; case "⊤": "ᵀ"; case "′": "′"; case "×": "ˣ"; case "A": "ᴬ"; case "B": "ᴮ"
    case "D": "ᴰ"; case "E": "ᴱ"; case "G": "ᴳ"; case "H": "ᴴ"; case "I": "ᴵ"; case "J": "ᴶ"
    case "K": "ᴷ"; case "L": "ᴸ"; case "M": "ᴹ"; case "N": "ᴺ"; case "O": "ᴼ"; case "P": "ᴾ"
    case "R": "ᴿ"; case "U": "ᵁ"; case "W": "ᵂ"
    default: nil
    }
  }
}
