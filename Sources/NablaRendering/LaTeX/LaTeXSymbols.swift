/// LaTeX commands and the characters they stand for, read in both directions.
enum LaTeXSymbols {
  enum Kind: Sendable {
    case letter, relation, binary, punctuation
  }

  struct Entry: Sendable {
    let command: String
    let character: String
    let kind: Kind
    /// Width in em at text size.
    let width: Double

    init(_ command: String, _ character: String, _ kind: Kind, _ width: Double = 0.65) {
      self.command = command
      self.character = character
      self.kind = kind
      self.width = width
    }
  }

  static func entry(command: Substring) -> Entry? { byCommand[String(command)].map { table[$0] } }

  static func entry(character: String) -> Entry? { byCharacter[character].map { table[$0] } }

  private static let byCommand = places { $0.command }
  private static let byCharacter = places { $0.character }

  /// The first rows of the table by one of their texts.
  private static func places(_ key: (Entry) -> String) -> [String: Int] {
    var places: [String: Int] = [:]
    for (place, entry) in table.enumerated() where places[key(entry)] == nil {
      places[key(entry)] = place
    }
    return places
  }

  static let table: [Entry] = [
    Entry("alpha", "α", .letter), Entry("beta", "β", .letter), Entry("gamma", "γ", .letter),
    Entry("delta", "δ", .letter), Entry("varepsilon", "ε", .letter),
    Entry("epsilon", "ϵ", .letter), Entry("zeta", "ζ", .letter), Entry("eta", "η", .letter),
    Entry("theta", "θ", .letter), Entry("vartheta", "ϑ", .letter), Entry("iota", "ι", .letter),
    Entry("kappa", "κ", .letter), Entry("lambda", "λ", .letter), Entry("mu", "μ", .letter),
    Entry("nu", "ν", .letter), Entry("xi", "ξ", .letter), Entry("pi", "π", .letter),
    Entry("rho", "ρ", .letter), Entry("varrho", "ϱ", .letter), Entry("sigma", "σ", .letter),
    Entry("varsigma", "ς", .letter), Entry("tau", "τ", .letter),
    Entry("upsilon", "υ", .letter), Entry("varphi", "φ", .letter), Entry("phi", "ϕ", .letter),
    Entry("chi", "χ", .letter), Entry("psi", "ψ", .letter, 0.72),
    Entry("omega", "ω", .letter), Entry("Gamma", "Γ", .letter), Entry("Delta", "Δ", .letter, 0.84),
    Entry("Theta", "Θ", .letter, 0.8), Entry("Lambda", "Λ", .letter, 0.7),
    Entry("Xi", "Ξ", .letter, 0.7), Entry("Pi", "Π", .letter, 0.76),
    Entry("Sigma", "Σ", .letter, 0.74), Entry("Upsilon", "Υ", .letter, 0.8),
    Entry("Phi", "Φ", .letter, 0.74), Entry("Psi", "Ψ", .letter, 0.8),
    Entry("Omega", "Ω", .letter, 0.74),
    Entry("partial", "∂", .letter), Entry("nabla", "∇", .letter, 0.84),
    Entry("infty", "∞", .letter, 1), Entry("ell", "ℓ", .letter, 0.45),
    Entry("top", "⊤", .letter, 0.8), Entry("bot", "⊥", .letter, 0.8),
    Entry("prime", "′", .letter, 0.3), Entry("emptyset", "∅", .letter, 0.55),
    Entry("forall", "∀", .letter), Entry("exists", "∃", .letter), Entry("neg", "¬", .letter),
    Entry("checkmark", "✓", .letter, 0.85), Entry("dagger", "†", .letter, 0.5),
    Entry("angle", "∠", .letter, 0.75), Entry("hbar", "ℏ", .letter), Entry("Re", "ℜ", .letter),
    Entry("Im", "ℑ", .letter), Entry("star", "⋆", .binary, 0.95),
    Entry("Vert", "‖", .letter, 0.5), Entry("lceil", "⌈", .punctuation, 0.45),
    Entry("rceil", "⌉", .punctuation, 0.45), Entry("lfloor", "⌊", .punctuation, 0.45),
    Entry("rfloor", "⌋", .punctuation, 0.45), Entry("langle", "⟨", .punctuation, 0.4),
    Entry("rangle", "⟩", .punctuation, 0.4),
    Entry("mathbb{R}", "ℝ", .letter, 0.75), Entry("mathbb{N}", "ℕ", .letter, 0.75),
    Entry("mathbb{Z}", "ℤ", .letter, 0.7), Entry("mathbb{Q}", "ℚ", .letter, 0.8),
    Entry("mathbb{C}", "ℂ", .letter, 0.75), Entry("mathbb{E}", "𝔼", .letter, 0.7),
    Entry("mathbb{P}", "ℙ", .letter, 0.65), Entry("mathbb{1}", "𝟙", .letter, 0.65),
    Entry("ldots", "…", .letter, 1.2), Entry("dots", "…", .letter, 1.2),
    Entry("cdots", "⋯", .letter, 1.2), Entry("vdots", "⋮", .letter, 0.3),
    Entry("ddots", "⋱", .letter, 1.3),
    Entry("neq", "≠", .relation, 1.35), Entry("ne", "≠", .relation, 1.35),
    Entry("leq", "≤", .relation, 1.35), Entry("le", "≤", .relation, 1.35),
    Entry("geq", "≥", .relation, 1.35), Entry("ge", "≥", .relation, 1.35),
    Entry("lt", "<", .relation, 1.35), Entry("gt", ">", .relation, 1.35),
    Entry("approx", "≈", .relation, 1.35), Entry("equiv", "≡", .relation, 1.35),
    Entry("sim", "∼", .relation, 1.35), Entry("simeq", "≃", .relation, 1.35),
    Entry("cong", "≅", .relation, 1.35), Entry("propto", "∝", .relation, 1.35),
    Entry("coloneqq", "≔", .relation, 1.6), Entry("in", "∈", .relation, 1.25),
    Entry("notin", "∉", .relation, 1.25), Entry("subset", "⊂", .relation, 1.35),
    Entry("subseteq", "⊆", .relation, 1.35), Entry("ll", "≪", .relation, 1.6),
    Entry("gg", "≫", .relation, 1.6), Entry("mid", "∣", .relation, 0.85),
    Entry("implies", "⟹", .relation, 2.8), Entry("Rightarrow", "⇒", .relation, 1.6),
    Entry("Leftarrow", "⇐", .relation, 1.6), Entry("Leftrightarrow", "⇔", .relation, 1.6),
    Entry("iff", "⟺", .relation, 2.8), Entry("to", "→", .relation, 1.6),
    Entry("rightarrow", "→", .relation, 1.6), Entry("leftarrow", "←", .relation, 1.6),
    Entry("mapsto", "↦", .relation, 1.6), Entry("leftrightarrow", "↔", .relation, 1.6),
    Entry("cdot", "·", .binary, 0.75), Entry("times", "×", .binary, 1.25),
    Entry("pm", "±", .binary, 1.25), Entry("mp", "∓", .binary, 1.25),
    Entry("odot", "⊙", .binary, 1.25), Entry("oslash", "⊘", .binary, 1.25),
    Entry("otimes", "⊗", .binary, 1.25), Entry("oplus", "⊕", .binary, 1.25),
    Entry("circ", "∘", .binary, 0.5), Entry("ast", "∗", .binary, 0.95),
    Entry("cap", "∩", .binary, 1.15), Entry("cup", "∪", .binary, 1.15),
    Entry("setminus", "∖", .binary, 0.95), Entry("land", "∧", .binary, 1.15),
    Entry("wedge", "∧", .binary, 1.15), Entry("lor", "∨", .binary, 1.15),
    Entry("vee", "∨", .binary, 1.15), Entry("div", "÷", .binary, 1.25),
    Entry("bullet", "•", .binary, 0.95),
  ]
}
