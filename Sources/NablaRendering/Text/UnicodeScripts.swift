/// Letters that Unicode has as sub- or superscripts.
enum UnicodeScripts {
  private static let lowered: [(String, String)] = [
    ("0", "₀"), ("1", "₁"), ("2", "₂"), ("3", "₃"), ("4", "₄"), ("5", "₅"), ("6", "₆"),
    ("7", "₇"), ("8", "₈"), ("9", "₉"), ("+", "₊"), ("−", "₋"), ("=", "₌"), ("(", "₍"),
    (")", "₎"), ("a", "ₐ"), ("e", "ₑ"), ("h", "ₕ"), ("i", "ᵢ"), ("j", "ⱼ"), ("k", "ₖ"),
    ("l", "ₗ"), ("m", "ₘ"), ("n", "ₙ"), ("o", "ₒ"), ("p", "ₚ"), ("r", "ᵣ"), ("s", "ₛ"),
    ("t", "ₜ"), ("u", "ᵤ"), ("v", "ᵥ"), ("x", "ₓ"), ("β", "ᵦ"), ("γ", "ᵧ"), ("ρ", "ᵨ"),
    ("φ", "ᵩ"), ("χ", "ᵪ"),
  ]

  private static let raised: [(String, String)] = [
    ("0", "⁰"), ("1", "¹"), ("2", "²"), ("3", "³"), ("4", "⁴"), ("5", "⁵"), ("6", "⁶"),
    ("7", "⁷"), ("8", "⁸"), ("9", "⁹"), ("+", "⁺"), ("−", "⁻"), ("=", "⁼"), ("(", "⁽"),
    (")", "⁾"), ("a", "ᵃ"), ("b", "ᵇ"), ("c", "ᶜ"), ("d", "ᵈ"), ("e", "ᵉ"), ("f", "ᶠ"),
    ("g", "ᵍ"), ("h", "ʰ"), ("i", "ⁱ"), ("j", "ʲ"), ("k", "ᵏ"), ("l", "ˡ"), ("m", "ᵐ"),
    ("n", "ⁿ"), ("o", "ᵒ"), ("p", "ᵖ"), ("r", "ʳ"), ("s", "ˢ"), ("t", "ᵗ"), ("u", "ᵘ"),
    ("v", "ᵛ"), ("w", "ʷ"), ("x", "ˣ"), ("y", "ʸ"), ("z", "ᶻ"), ("⊤", "ᵀ"), ("′", "′"),
    ("×", "ˣ"), ("A", "ᴬ"), ("B", "ᴮ"), ("D", "ᴰ"), ("E", "ᴱ"), ("G", "ᴳ"), ("H", "ᴴ"),
    ("I", "ᴵ"), ("J", "ᴶ"), ("K", "ᴷ"), ("L", "ᴸ"), ("M", "ᴹ"), ("N", "ᴺ"), ("O", "ᴼ"),
    ("P", "ᴾ"), ("R", "ᴿ"), ("U", "ᵁ"), ("W", "ᵂ"),
  ]

  /// `text` as subscript characters, if every one exists.
  static func lowered(_ text: String) -> String? { convert(text, lowered) }

  /// `text` as superscript characters, if every one exists.
  static func raised(_ text: String) -> String? { convert(text, raised) }

  /// The letter that a subscript character lowers.
  static func letter(lowered character: String) -> String? {
    for (letter, small) in lowered where small == character { return letter }
    return nil
  }

  private static func convert(_ text: String, _ table: [(String, String)]) -> String? {
    var result = ""
    outer: for scalar in text.unicodeScalars {
      let letter = String(scalar)
      for (plain, small) in table where plain == letter {
        result += small
        continue outer
      }
      return nil
    }
    return result.isEmpty ? nil : result
  }
}
