/// Signs that stand between or before operands.
enum MathOperator: Hashable, Sendable {
  case plus, minus
  /// The minus that belongs to one operand.
  case negative
  /// A dot that mathematics needs: between numbers, or before a bracket.
  case dot
  /// A product that typeset mathematics shows by standing side by side, and text by a dot.
  case juxtaposition
  /// A coefficient and its symbol: nothing is shown.
  case attachment
  case hadamard, elementwiseQuotient, cross
  case slash
  case comma
  /// Between whole statements.
  case separation
  case relation(Formula.Relation)
  /// Between numbers, where commas are decimal marks.
  case semicolon, wideSemicolon
  /// A word between operands or before one: and, or, not.
  case word(String)
  case prefixWord(String)
  /// A relation or binary sign of an author's own formula, by its character.
  case authorRelation(String)
  case authorBinary(String)
}

extension MathOperator {
  /// How bad a line break before this operator is; `nil` forbids it.
  var breakPenalty: Double? {
    switch self {
    case .relation, .authorRelation, .word: 0
    case .plus, .minus, .authorBinary: 0.3
    case .hadamard, .elementwiseQuotient, .cross: 1.5
    case .dot, .juxtaposition: 2
    case .slash: 4
    case .negative, .attachment, .comma, .separation, .semicolon, .wideSemicolon, .prefixWord: nil
    }
  }

  var isRelation: Bool {
    switch self {
    case .relation, .authorRelation: true
    default: false
    }
  }

  /// Whether a quotient written on one line needs brackets around an operand with this sign.
  var isAdditive: Bool {
    switch self {
    case .plus, .minus, .relation, .authorRelation, .authorBinary, .word, .comma, .separation,
      .semicolon, .wideSemicolon, .prefixWord:
      true
    default: false
    }
  }

  /// The character in Unicode text.
  var character: String {
    switch self {
    case .plus: "+"
    case .minus, .negative: "−"
    case .dot, .juxtaposition: "·"
    case .attachment: ""
    case .hadamard: "⊙"
    case .elementwiseQuotient: "⊘"
    case .cross: "×"
    case .slash: "/"
    case .comma, .separation: ","
    case .relation(let relation): relation.character
    case .semicolon, .wideSemicolon: ";"
    case .word(let word), .prefixWord(let word): word
    case .authorRelation(let character), .authorBinary(let character): character
    }
  }
}

extension Formula.Relation {
  /// The character in Unicode text.
  var character: String {
    switch self {
    case .equal: "="
    case .notEqual: "≠"
    case .less: "<"
    case .lessOrEqual: "≤"
    case .greater: ">"
    case .greaterOrEqual: "≥"
    case .approximatelyEqual: "≈"
    case .proportional: "∝"
    case .identical: "≡"
    case .definedAs: "≔"
    case .elementOf: "∈"
    case .implies: "⇒"
    case .equivalent: "⇔"
    case .mapsTo: "↦"
    case .assigned: "←"
    case .arrow: "→"
    }
  }

  /// The spelling in plain notation.
  var plain: String {
    switch self {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .approximatelyEqual: "~"
    case .proportional: "∝"
    case .identical: "=="
    case .definedAs: ":="
    case .elementOf: "in"
    case .implies: "=>"
    case .equivalent: "<=>"
    case .mapsTo: "|->"
    case .assigned: "<-"
    case .arrow: "->"
    }
  }
}
