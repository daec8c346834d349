extension [Inline] {
  /// The words on one line, formulas as Unicode text.
  public var plainText: String { Inline.plainText(of: self, depth: 0) }
}

extension Inline {
  fileprivate static func plainText(of inlines: [Inline], depth: Int) -> String {
    var result = ""
    for inline in inlines {
      switch inline {
      case .text(let text), .code(let text), .latex(let text): result += text
      case .emphasis(let inner), .strong(let inner):
        if depth < 16 { result += plainText(of: inner, depth: depth + 1) }
      case .formula(let formula): result += formula.compactText
      case .reference(let label): result += label
      }
    }
    return result
  }
}
