extension MathMLLayoutWriter {
  // MARK: Brackets

  mutating func writeFence(_ bracket: Bracket, _ inner: Layout) {
    let size = isInline ? 0 : LaTeXMetrics.bracketSize(inner, isNested ? .text : .display)
    open("mrow")
    writeBracket(bracket, size: size, isOpening: true)
    write(inner)
    writeBracket(bracket, size: size, isOpening: false)
    close("mrow")
  }

  /// A bracket as tall as the `\big` command of that number makes it; 5 grows with its content.
  mutating func writeBracket(_ bracket: Bracket, size: Int, isOpening: Bool) {
    let form = isOpening ? "form=\"prefix\"" : "form=\"postfix\""
    let height =
      switch size {
      case 0: " stretchy=\"false\""
      case 1: " minsize=\"1.2em\" maxsize=\"1.2em\""
      case 2: " minsize=\"1.8em\" maxsize=\"1.8em\""
      case 3: " minsize=\"2.4em\" maxsize=\"2.4em\""
      case 4: " minsize=\"3em\" maxsize=\"3em\""
      default: " stretchy=\"true\""
      }
    let character =
      switch bracket {
      case .round: isOpening ? "(" : ")"
      case .square: isOpening ? "[" : "]"
      case .curly: isOpening ? "{" : "}"
      case .bars: "|"
      case .doubleBars: "‖"
      }
    writeToken("mo", character, attributes: form + height)
  }

  // MARK: Fractions and roots

  mutating func writeFraction(_ top: Layout, _ bottom: Layout, _ isDerivative: Bool) {
    if isInline, !LaTeXLayoutWriter.isNumeric(top, bottom) {
      let isFirst = out.bytes.isEmpty
      open("mrow")
      write(
        LaTeXLayoutWriter.operand(
          top, isDerivative: isDerivative, isLower: false, isFirst: isFirst))
      write(.slash, isFirst: false)
      write(LaTeXLayoutWriter.operand(bottom, isDerivative: isDerivative, isLower: true))
      close("mrow")
      return
    }
    let isLarge = isNested && LaTeXLayoutWriter.isCompound(top, bottom)
    open(isLarge ? "mfrac displaystyle=\"true\"" : "mfrac")
    let outer = isNested
    isNested = true
    writeOne(top)
    writeOne(bottom)
    isNested = outer
    close("mfrac")
  }

  mutating func writeRoot(_ radicand: Layout, _ degree: Layout?) {
    guard let degree else {
      open("msqrt")
      write(radicand)
      return close("msqrt")
    }
    open("mroot")
    writeOne(radicand)
    writeSmall(degree)
    close("mroot")
  }

  // MARK: Scripts

  mutating func writeScripts(_ stem: Layout, _ lower: Layout?, _ upper: Layout?) {
    guard lower != nil || upper != nil else { return writeOne(stem) }
    let tag = lower == nil ? "msup" : upper == nil ? "msub" : "msubsup"
    open(tag)
    writeOne(stem)
    if let lower { writeSmall(lower) }
    if let upper { writeSmall(upper) }
    close(tag)
  }

  /// Small type has no room for fractions with a bar.
  private mutating func writeSmall(_ layout: Layout) {
    let outer = isInline
    isInline = true
    writeOne(layout)
    isInline = outer
  }

  mutating func writeBigOperator(
    _ kind: Formula.BigOperator, _ lower: Layout?, _ upper: Layout?
  ) {
    let sign =
      kind == .sum ? "<mo movablelimits=\"true\">∑</mo>" : "<mo movablelimits=\"true\">∏</mo>"
    guard lower != nil || upper != nil else { return out.write(sign) }
    let tag = lower == nil ? "mover" : upper == nil ? "munder" : "munderover"
    open(tag)
    out.write(sign)
    if let lower { writeSmall(lower) }
    if let upper { writeSmall(upper) }
    close(tag)
  }

  mutating func writeEvaluated(_ operand: Layout, _ place: Layout) {
    open("msub")
    open("mrow")
    write(operand)
    out.write("<mo form=\"postfix\" stretchy=\"true\" lspace=\"0\" rspace=\"0\">|</mo>")
    close("mrow")
    writeSmall(place)
    close("msub")
  }

  mutating func writeAccent(_ stem: Layout, _ accent: Identifier.Accent) {
    open("mover accent=\"true\"")
    writeOne(stem)
    let character =
      switch accent {
      case .hat: "^"
      case .tilde: "~"
      case .bar: "¯"
      case .arrow: "→"
      }
    writeToken("mo", character, attributes: "stretchy=\"false\"")
    close("mover")
  }

  mutating func writeLabelled(_ inner: Layout, _ label: Layout) {
    open("munder")
    open("munder")
    writeOne(inner)
    out.write("<mo stretchy=\"true\">⏟</mo>")
    close("munder")
    writeSmall(label)
    close("munder")
  }

  // MARK: Tables

  mutating func writeCases(_ rows: [CaseRow]) {
    open("mrow")
    out.write("<mo form=\"prefix\" stretchy=\"true\">{</mo>")
    open("mtable class=\"cases\" columnalign=\"left left\"")
    for row in rows { writeCells([row.value, row.condition]) }
    close("mtable")
    close("mrow")
  }

  mutating func writeMatrix(_ rows: [[Layout]]) {
    open("mrow")
    out.write("<mo form=\"prefix\" stretchy=\"true\">[</mo>")
    open(isInline ? "mtable scriptlevel=\"+1\"" : "mtable")
    for row in rows { writeCells(row) }
    close("mtable")
    out.write("<mo form=\"postfix\" stretchy=\"true\">]</mo>")
    close("mrow")
  }

  private mutating func writeCells(_ cells: [Layout]) {
    open("mtr")
    for cell in cells {
      open("mtd")
      write(cell)
      close("mtd")
    }
    close("mtr")
  }
}
