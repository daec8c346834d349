/// Translates layouts to MathML Core.
struct MathMLLayoutWriter {
  /// Running text has fractions with a slash.
  var isInline = false
  /// Inside a fraction.
  var isNested = false
  var out = TextBuffer()

  init(isInline: Bool = false) { self.isInline = isInline }

  /// The elements of a layout, without `math` around them.
  static func elements(_ layout: Layout, isInline: Bool = false) -> String {
    var writer = MathMLLayoutWriter(isInline: isInline)
    writer.write(layout)
    return writer.out.text
  }

  mutating func write(_ layout: Layout) {
    switch layout {
    case .row: writeItems(layout.items)
    case .symbol(let text, let style): writeSymbol(text, style)
    case .number(let digits): writeToken("mn", digits)
    case .text(let text): writeText(text)
    case .function(let name): writeName(name)
    case .operation(let sign): write(sign, isFirst: false)
    case .fence(let bracket, let inner): writeFence(bracket, inner)
    case .fraction(let top, let bottom, let isDerivative):
      writeFraction(top, bottom, isDerivative)
    case .scripts(let stem, let lower, let upper): writeScripts(stem, lower, upper)
    case .exponential(let exponent): writeScripts(.symbol("e", .italic), nil, exponent)
    case .root(let radicand, let degree): writeRoot(radicand, degree)
    case .bigOperator(let kind, let lower, let upper): writeBigOperator(kind, lower, upper)
    case .cases(let rows): writeCases(rows)
    case .matrix(let rows): writeMatrix(rows)
    case .evaluated(let operand, let place): writeEvaluated(operand, place)
    case .accent(let stem, let accent): writeAccent(stem, accent)
    case .highlighted(let inner, let highlight):
      open("mrow class=\"\(Self.name(highlight))\"")
      write(inner)
      close("mrow")
    case .labelled(let inner, let label): writeLabelled(inner, label)
    }
  }

  /// Exactly one element, as scripts, fractions and roots need for their parts.
  mutating func writeOne(_ layout: Layout) {
    let items = layout.items
    if items.count == 1, items[0] != .operation(.separation) { return write(items[0]) }
    open("mrow")
    writeItems(items)
    close("mrow")
  }

  /// Items side by side; a function takes a sign that says it is applied to what follows.
  mutating func writeItems(_ items: [Layout], isContinued: Bool = false) {
    for (position, item) in items.enumerated() {
      let next = position + 1 < items.count ? items[position + 1] : nil
      switch item {
      case .operation(.juxtaposition):
        if case .bigOperator? = next { continue }
        write(.juxtaposition, isFirst: position == 0)
      case .operation(let sign): write(sign, isFirst: position == 0 && !isContinued)
      default: write(item)
      }
      guard let next, Self.isFunction(item) else { continue }
      switch next {
      case .fence: out.write("<mo>&#x2061;</mo>")
      case .operation, .scripts(.row([]), _, _): break
      default: out.write("<mo>&#x2061;</mo><mspace width=\"0.167em\"/>")
      }
    }
  }

  private static func isFunction(_ layout: Layout) -> Bool {
    switch layout {
    case .function: true
    case .scripts(.function, _, _): true
    default: false
    }
  }

  static func name(_ highlight: Formula.Highlight) -> String {
    switch highlight {
    case .emphasis: "emphasis"
    case .good: "good"
    case .bad: "bad"
    }
  }

  // MARK: Tokens

  mutating func open(_ tag: String) {
    out.write("<")
    out.write(tag)
    out.write(">")
  }

  mutating func close(_ tag: String) {
    out.write("</")
    out.write(tag)
    out.write(">")
  }

  mutating func writeToken(_ tag: String, _ text: String, attributes: String = "") {
    open(attributes.isEmpty ? tag : tag + " " + attributes)
    HTMLEscaping.write(text, to: &out)
    close(tag)
  }

  /// Browsers drop spaces at the ends of tokens, so that they are made unbreakable.
  mutating func writeText(_ text: String) {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars { shown.append(scalar == " " ? "\u{A0}" : scalar) }
    writeToken("mtext", String(shown))
  }

  private mutating func writeName(_ name: String) {
    let isLetter = name.unicodeScalars.count == 1
    writeToken("mi", name, attributes: isLetter ? "mathvariant=\"normal\"" : "")
  }

  private mutating func writeSymbol(_ text: String, _ style: SymbolStyle) {
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch style {
      case .vector, .matrix: shown.append(MathAlphabet.boldItalic(scalar))
      case .bold: shown.append(MathAlphabet.bold(scalar))
      case .calligraphic: shown.append(MathAlphabet.script(scalar))
      case .italic, .upright: shown.append(scalar)
      }
    }
    guard shown.count == 1, let scalar = shown.first else {
      return writeToken("mi", String(shown))
    }
    switch scalar {
    case "′": writeToken("mo", "′")
    case "(", ")", "[", "]", "{", "}":
      writeToken("mo", String(scalar), attributes: "stretchy=\"false\"")
    case "|", "‖", ".", "!", "?", "/", "^", "∘":
      writeToken(
        "mo", String(scalar), attributes: "stretchy=\"false\" lspace=\"0\" rspace=\"0\"")
    case ":", ";": writeToken("mo", String(scalar))
    default:
      let isUpright = style == .upright || Self.isUpright(scalar)
      writeToken(
        "mi", String(scalar), attributes: isUpright ? "mathvariant=\"normal\"" : "")
    }
  }

  /// Capital Greek letters and differentials stand upright, as LaTeX sets them.
  private static func isUpright(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x391...0x3A9, 0x2202, 0x2207: true
    default: false
    }
  }

  // MARK: Signs

  mutating func write(_ sign: MathOperator, isFirst: Bool) {
    switch sign {
    case .juxtaposition: out.write("<mo lspace=\"0\" rspace=\"0.167em\">&#x2062;</mo>")
    case .attachment: out.write("<mo>&#x2062;</mo>")
    case .negative: out.write("<mo form=\"prefix\">−</mo>")
    case .dot: out.write("<mo form=\"infix\">⋅</mo>")
    case .slash: out.write("<mo lspace=\"0\" rspace=\"0\">/</mo>")
    case .comma: out.write("<mo>,</mo>")
    case .separation:
      out.write(
        isInline
          ? "<mo>,</mo><mspace width=\"0.5em\"/>" : "<mo>,</mo><mspace width=\"2em\"/>")
    case .hadamard, .elementwiseQuotient:
      writeToken("mo", sign.character, attributes: "lspace=\"0.222em\" rspace=\"0.222em\"")
    case .semicolon: out.write("<mo>;</mo>")
    case .wideSemicolon:
      out.write(
        isInline
          ? "<mo>;</mo><mspace width=\"0.5em\"/>" : "<mo>;</mo><mspace width=\"2em\"/>")
    case .word(let word): writeText(" \(word) ")
    case .prefixWord(let word): writeText("\(word) ")
    case .plus, .minus, .cross, .relation, .authorRelation, .authorBinary:
      writeToken(
        "mo", sign.character, attributes: isFirst ? "form=\"prefix\"" : "form=\"infix\"")
    }
  }
}
