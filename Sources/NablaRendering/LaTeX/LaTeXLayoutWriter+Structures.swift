extension LaTeXLayoutWriter {
  /// ∂u/∂x with one plain variable, which `\pd{u}{x}` abbreviates.
  static func partial(_ top: Layout, _ bottom: Layout) -> (Layout, Layout)? {
    let sign = Layout.symbol("∂", .upright)
    guard case .row(let above) = top, above.count == 2, above[0] == sign,
      case .row(let below) = bottom, below.count == 2, below[0] == sign
    else { return nil }
    return (above[1], below[1])
  }

  /// 1/2 stays a small fraction in running text.
  static func isNumeric(_ top: Layout, _ bottom: Layout) -> Bool {
    guard case .number(let above) = top, case .number(let below) = bottom else { return false }
    return above.utf8.count + below.utf8.count <= 4
  }

  /// Whether a fraction contains another one, so that smaller type would be too small to read.
  static func isCompound(_ top: Layout, _ bottom: Layout) -> Bool {
    var budget = 200
    return hasFraction(top, &budget) || hasFraction(bottom, &budget)
  }

  private static func hasFraction(_ layout: Layout, _ budget: inout Int) -> Bool {
    budget -= 1
    if budget < 0 { return false }
    switch layout {
    case .fraction: return true
    case .row(let children):
      for child in children where hasFraction(child, &budget) { return true }
      return false
    case .fence(_, let inner), .highlighted(let inner, _), .root(let inner, _):
      return hasFraction(inner, &budget)
    default: return false
    }
  }

  mutating func writeSlash(_ top: Layout, _ bottom: Layout, _ isDerivative: Bool) {
    let isFirst = out.bytes.isEmpty
    write(Self.operand(top, isDerivative: isDerivative, isLower: false, isFirst: isFirst))
    out.write("/")
    write(Self.operand(bottom, isDerivative: isDerivative, isLower: true))
  }

  /// The operand of a quotient on one line, in brackets where it would be misread.
  static func operand(_ layout: Layout, isDerivative: Bool, isLower: Bool, isFirst: Bool = false)
    -> Layout
  {
    if isDerivative { return layout }
    let items = layout.items
    var needsBrackets = false
    for (position, item) in items.enumerated() {
      switch item {
      case .operation(let sign):
        if sign.isAdditive || (isLower && sign != .attachment) { needsBrackets = true }
        if sign == .negative, isLower || position > 0 || !isFirst { needsBrackets = true }
        if sign == .attachment, isLower { needsBrackets = true }
      case .bigOperator, .cases: needsBrackets = true
      case .fraction(_, _, let isDerivative):
        needsBrackets = needsBrackets || isLower || !isDerivative
      case .function: if isLower, items.count == 2, position == 0 { needsBrackets = false }
      default: break
      }
    }
    return needsBrackets ? .fence(.round, layout) : layout
  }

  mutating func writeFence(_ bracket: Bracket, _ inner: Layout) {
    let size = isInline ? 0 : bracketSize(around: inner)
    writeBracket(bracket, size: size, isOpening: true)
    write(inner)
    writeBracket(bracket, size: size, isOpening: false)
  }

  mutating func writeBracket(_ bracket: Bracket, size: Int, isOpening: Bool) {
    let side = isOpening ? "l" : "r"
    switch size {
    case 0: break
    case 1: out.write("\\big" + side)
    case 2: out.write("\\Big" + side)
    case 3: out.write("\\bigg" + side)
    case 4: out.write("\\Bigg" + side)
    default: out.write(isOpening ? "\\left" : "\\right")
    }
    switch bracket {
    case .round: out.write(isOpening ? "(" : ")")
    case .square where isInMarkdown: out.write(isOpening ? "\\lbrack " : "\\rbrack ")
    case .curly where isInMarkdown: out.write(isOpening ? "\\lbrace " : "\\rbrace ")
    case .square: out.write(isOpening ? "[" : "]")
    case .curly: out.write(isOpening ? "\\{" : "\\}")
    case .bars: out.write(isOpening ? "\\lvert " : "\\rvert ")
    case .doubleBars: out.write(isOpening ? "\\lVert " : "\\rVert ")
    }
  }

  mutating func writeScripts(_ stem: Layout, _ lower: Layout?, _ upper: Layout?) {
    switch stem {
    case .symbol, .number, .fence, .accent, .bigOperator: write(stem)
    case .function(let name) where name != "": write(stem)
    default:
      out.write("{")
      write(stem)
      out.write("}")
    }
    let outer = isInline
    isInline = true
    if let lower { writeScript("_", lower) }
    if let upper {
      if let count = Self.primes(upper) {
        for _ in 0..<count { out.write("'") }
      } else {
        writeScript("^", upper)
      }
    }
    isInline = outer
  }

  private mutating func writeScript(_ mark: String, _ script: Layout) {
    writeMark(mark)
    if case .row(let parts) = script, parts.count == 1 { return writeScriptBody(parts[0]) }
    writeScriptBody(script)
  }

  private mutating func writeScriptBody(_ script: Layout) {
    switch script {
    case .number(let digits) where digits.utf8.count == 1: write(script)
    case .symbol(let letter, .italic) where letter.utf8.count == 1: write(script)
    default:
      out.write("{")
      write(script)
      out.write("}")
    }
  }

  private static func primes(_ layout: Layout) -> Int? {
    switch layout {
    case .symbol, .row: break
    default: return nil
    }
    let items = layout.items
    for item in items {
      guard case .symbol("′", .upright) = item else { return nil }
    }
    return items.isEmpty ? nil : items.count
  }

  mutating func writeCases(_ rows: [CaseRow]) {
    out.write("\\begin{cases}")
    for (position, row) in rows.enumerated() {
      if position > 0 { out.write(lineEnd) }
      out.write(" ")
      write(row.value)
      out.write(" & ")
      write(row.condition)
      out.write(" ")
    }
    out.write("\\end{cases}")
  }

  /// Markdown takes a backslash before another one away.
  private var lineEnd: String { isInMarkdown ? "\\cr" : "\\\\" }

  private var openBracket: String { isInMarkdown ? "\\lbrack " : "[" }
  private var closeBracket: String { isInMarkdown ? "\\rbrack " : "]" }

  /// More than ten columns need the counter of amsmath, which the preamble raises.
  mutating func writeMatrix(_ rows: [[Layout]]) {
    out.write(isInline ? "\\bigl\(openBracket)\\begin{smallmatrix}" : "\\begin{bmatrix}")
    for (position, row) in rows.enumerated() {
      if position > 0 { out.write(lineEnd) }
      for (column, cell) in row.enumerated() {
        out.write(column > 0 ? " & " : " ")
        // A leading bracket would be read as the optional argument of the line end.
        if position > 0, column == 0, case .fence(.square, _)? = cell.items.first {
          out.write("{}")
        }
        write(cell)
      }
      out.write(" ")
    }
    out.write(isInline ? "\\end{smallmatrix}\\bigr\(closeBracket)" : "\\end{bmatrix}")
  }
}
