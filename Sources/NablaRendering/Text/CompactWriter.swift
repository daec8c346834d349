/// Formulas on one line of Unicode text: `∂L/∂hᵢ = Pᵢ − yᵢ`.
struct CompactWriter {
  var out = ""

  static func text(_ layout: Layout, isOpenEnded: Bool = true) -> String {
    var writer = CompactWriter()
    writer.write(layout, isOpenEnded: isOpenEnded)
    return writer.out
  }

  /// `isOpenEnded` says that nothing follows on the line, so that a sum below a slash ends it.
  mutating func write(_ layout: Layout, isOpenEnded: Bool = false) {
    switch layout {
    case .row(let children):
      for (position, child) in children.enumerated() {
        write(child, isOpenEnded: isOpenEnded && position == children.count - 1)
        if case .function = child, position + 1 < children.count,
          Self.needsSpace(children[position + 1])
        {
          out += " "
        }
      }
    case .symbol(let text, .vector), .symbol(let text, .matrix):
      for scalar in DisplayWidth.harmless(text).unicodeScalars {
        out += String(MathAlphabet.bold(scalar))
      }
    case .symbol(let text, _), .number(let text), .text(let text):
      out += DisplayWidth.harmless(text)
    case .function(let name):
      separate()
      out += DisplayWidth.harmless(name)
    case .operation(let sign): out += Self.spelled(sign)
    case .fence(let bracket, let inner):
      out += Self.bracket(bracket, isOpening: true)
      write(inner, isOpenEnded: true)
      out += Self.bracket(bracket, isOpening: false)
    case .fraction(let top, let bottom, let isDerivative):
      if let small = Self.commonFraction(top, bottom) {
        out += small
        break
      }
      writeOperand(top, isDerivative: isDerivative, isLower: false)
      out += "/"
      if isOpenEnded, Self.isSum(bottom) {
        write(bottom, isOpenEnded: true)
      } else {
        writeOperand(bottom, isDerivative: isDerivative, isLower: true)
      }
    case .scripts(let stem, let lower, let upper):
      if case .function = stem { separate() }
      writeStem(stem)
      if let lower { out += Self.lowered(lower) }
      if let upper { out += Self.raised(upper) }
    case .exponential(let exponent):
      let text = Self.text(exponent)
      if text.unicodeScalars.count <= 2, let raised = UnicodeScripts.raised(text) {
        out += "e" + raised
      } else {
        out += "exp(" + text + ")"
      }
    case .root(let radicand, let degree):
      let text = Self.text(radicand)
      out += degree.flatMap { UnicodeScripts.raised(Self.text($0)) } ?? ""
      out += "√"
      out += Self.isSingle(radicand) ? text : "(" + text + ")"
    case .bigOperator(let kind, let lower, let upper):
      separate()
      out += kind == .sum ? "Σ" : "Π"
      if let lower { out += Self.lowered(lower) }
      if let upper { out += Self.raised(upper) }
      out += " "
    case .cases(let rows): writeCases(rows)
    case .matrix(let rows): writeMatrix(rows)
    case .evaluated(let operand, let place):
      write(operand)
      out += " |_{"
      write(place, isOpenEnded: true)
      out += "}"
    case .accent(let stem, let accent):
      out += Accents.composed(Self.text(stem) + Accents.mark(accent))
    case .highlighted(let inner, _), .labelled(let inner, _): write(inner)
    }
  }

  /// Half, thirds and quarters have characters of their own.
  static func commonFraction(_ top: Layout, _ bottom: Layout) -> String? {
    guard case .number(let above) = top, case .number(let below) = bottom else { return nil }
    switch (above, below) {
    case ("1", "2"): return "½"
    case ("1", "3"): return "⅓"
    case ("2", "3"): return "⅔"
    case ("1", "4"): return "¼"
    case ("3", "4"): return "¾"
    default: return nil
    }
  }

  /// A sum or product over an index with a single factor after it.
  private static func isSum(_ layout: Layout) -> Bool {
    let items = layout.items
    guard items.count > 1, case .bigOperator = items[0] else { return false }
    for item in items {
      if case .operation = item { return false }
      if case .fraction = item { return false }
    }
    return true
  }

  /// A word after a letter or digit needs a space; after a dot or bracket it does not.
  private mutating func separate() {
    guard let last = out.unicodeScalars.last else { return }
    if last.isLetter || (last.value >= 48 && last.value <= 57)
      || last.value > 0x2080 && last != "−"
        && last != "√" && last != "∂"
    {
      out += " "
    }
  }

  /// log and its argument stand apart unless a bracket or script follows.
  private static func needsSpace(_ next: Layout) -> Bool {
    switch next {
    case .fence, .operation, .text, .matrix: return false
    case .symbol(let letter, _): return letter != "(" && letter != ")" && letter != "["
    case .scripts(let stem, _, _): return stem != .empty && needsSpace(stem)
    case .row(let parts): return parts.first.map(needsSpace) ?? false
    default: return true
    }
  }

  private mutating func writeStem(_ stem: Layout) {
    switch stem {
    case .symbol, .number, .function, .fence, .accent, .text, .bigOperator: write(stem)
    case .row(let parts) where parts.isEmpty: break
    case .row(let parts) where parts.count == 2 && Self.isCall(parts[0], parts[1]): write(stem)
    default:
      out += "("
      write(stem)
      out += ")"
    }
  }

  /// A letter with its arguments, as f(x).
  private static func isCall(_ head: Layout, _ arguments: Layout) -> Bool {
    guard case .fence(.round, _) = arguments else { return false }
    switch head {
    case .symbol, .scripts: return true
    default: return false
    }
  }

  /// Whether a minus written now could not be taken for a second sign.
  private var beginsOperand: Bool {
    for scalar in out.unicodeScalars.reversed() where scalar != " " {
      return scalar == "(" || scalar == "[" || scalar == "{" || scalar == "=" || scalar == ","
    }
    return true
  }

  private mutating func writeOperand(_ layout: Layout, isDerivative: Bool, isLower: Bool) {
    write(
      LaTeXLayoutWriter.operand(
        layout, isDerivative: isDerivative, isLower: isLower, isFirst: beginsOperand))
  }

  private mutating func writeCases(_ rows: [CaseRow]) {
    out += "{"
    for (position, row) in rows.enumerated() {
      if position > 0 { out += "; " }
      write(row.value)
      out += " "
      write(row.condition)
    }
    out += "}"
  }

  private static func hasDecimalComma(_ layout: Layout) -> Bool {
    switch layout {
    case .number(let digits): digits.utf8.contains(0x2C)
    case .row(let parts): parts.prefix(8).contains(where: hasDecimalComma)
    default: false
    }
  }

  private mutating func writeMatrix(_ rows: [[Layout]]) {
    // Where commas are decimal marks, they do not separate entries.
    let gap = rows.contains { $0.contains(where: Self.hasDecimalComma) } ? "  " : ", "
    out += "["
    for (position, row) in rows.enumerated() {
      if position > 0 { out += "; " }
      for (column, cell) in row.enumerated() {
        if column > 0 { out += gap }
        write(cell)
      }
    }
    out += "]"
  }

  static func spelled(_ sign: MathOperator) -> String {
    switch sign {
    case .negative: "−"
    case .dot, .juxtaposition: "·"
    case .attachment: ""
    case .slash: "/"
    case .comma, .separation: ", "
    case .cross: "×"
    case .semicolon, .wideSemicolon: "; "
    case .prefixWord(let word): word + " "
    case .authorBinary(let sign) where sign == "·" || sign == "∘": sign
    case .authorBinary(let sign) where sign == "∗" || sign == "⋆": sign
    default: " " + sign.character + " "
    }
  }

  static func bracket(_ bracket: Bracket, isOpening: Bool) -> String {
    switch bracket {
    case .round: isOpening ? "(" : ")"
    case .square: isOpening ? "[" : "]"
    case .curly: isOpening ? "{" : "}"
    case .bars: "|"
    case .doubleBars: "‖"
    }
  }

  /// A subscript in Unicode where every character exists; otherwise `_out`, or `_{i≠y}` with braces.
  static func lowered(_ layout: Layout) -> String {
    let text = tight(layout)
    if !isWord(layout), let lowered = UnicodeScripts.lowered(text) { return lowered }
    if text.unicodeScalars.count == 1 { return "_" + text }
    for scalar in text.unicodeScalars where !isPlain(scalar) { return "_{" + text + "}" }
    return "_" + text
  }

  /// Letters and digits, which end where the subscript ends.
  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xD7, 0xF7: false
    case 48...57, 65...90, 97...122, 0xC0...0x24F, 0x370...0x3FF: true
    default: false
    }
  }

  /// Words are not made of subscript letters, which few could read.
  private static func isWord(_ layout: Layout) -> Bool {
    switch layout {
    case .text: true
    case .row(let parts): parts.contains(where: isWord)
    default: false
    }
  }

  /// A superscript in Unicode where it is short and every character exists.
  static func raised(_ layout: Layout) -> String {
    if case .fraction(let top, let bottom, _)? = layout.items.first, layout.items.count == 1,
      commonFraction(top, bottom) != nil
    {
      return "^(" + text(top) + "/" + text(bottom) + ")"
    }
    let spaced = Self.text(layout)
    let text = withoutSpaces(spaced)
    if text.unicodeScalars.count <= 5, let raised = UnicodeScripts.raised(text) { return raised }
    if text.unicodeScalars.first == "∘" {
      let order = String(text.unicodeScalars.dropFirst())
      return UnicodeScripts.raised(order).map { "∘" + $0 } ?? "^{" + text + "}"
    }
    let isSimple = text.unicodeScalars.count == 1 || text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
    if case .fence? = layout.items.first, layout.items.count == 1 { return "^" + text }
    return "^" + (isSimple ? text : "(" + spaced + ")")
  }

  /// Scripts are written without spaces.
  static func tight(_ layout: Layout) -> String { withoutSpaces(text(layout)) }

  private static func withoutSpaces(_ text: String) -> String {
    if !text.utf8.contains(32) { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where scalar != " " { result.append(scalar) }
    return String(result)
  }

  /// Whether a layout is one symbol that needs no brackets after √ or ^.
  static func isSingle(_ layout: Layout) -> Bool {
    let items = layout.items
    guard items.count == 1 else { return false }
    switch items[0] {
    case .symbol, .number, .accent, .fence: return true
    case .scripts(_, _, upper: nil): return true
    default: return false
    }
  }
}
