/// Translates layouts to LaTeX mathematics.
struct LaTeXLayoutWriter {
  /// Running text has fractions with a slash.
  var isInline = false
  /// Inside a fraction.
  var isNested = false
  /// Whether `\pd` stands for a partial derivative.
  var usesMacros = true
  /// Whether a reader of Markdown sees the mathematics before TeX does: signs that mean something
  /// to both are spelt out, and only commands are used that GitHub, MathJax and KaTeX all know.
  var isInMarkdown = false
  var out = TextBuffer()
  /// Where rows have been written that may come again.
  private var written = SharedArrays<Layout, Bool, Range<Int>>()
  private var heights = LaTeXMetrics.Heights()
  private var nesting = 0

  init(isInline: Bool = false, usesMacros: Bool = true) {
    self.isInline = isInline
    self.usesMacros = usesMacros
  }

  static func latex(_ layout: Layout, isInline: Bool = false) -> String {
    var writer = LaTeXLayoutWriter(isInline: isInline)
    writer.write(layout)
    return writer.out.text
  }

  mutating func write(_ layout: Layout) {
    switch layout {
    case .row(let children): writeRow(children)
    case .symbol(let text, let style): writeSymbol(text, style)
    case .number(let digits): writeNumber(digits)
    case .text(let text): writeText(text)
    case .function(let name): writeFunction(name)
    case .operation(let sign): write(sign)
    case .fence(let bracket, let inner): writeFence(bracket, inner)
    case .fraction(let top, let bottom, let isDerivative):
      if isInline, !Self.isNumeric(top, bottom) {
        writeSlash(top, bottom, isDerivative)
      } else if usesMacros, isDerivative, let (head, tail) = Self.partial(top, bottom) {
        out.write("\\pd{")
        write(head)
        out.write("}{")
        write(tail)
        out.write("}")
      } else {
        out.write(isNested && Self.isCompound(top, bottom) ? "\\dfrac{" : "\\frac{")
        let outer = isNested
        isNested = true
        write(top)
        out.write("}{")
        write(bottom)
        out.write("}")
        isNested = outer
      }
    case .scripts(let stem, let lower, let upper): writeScripts(stem, lower, upper)
    case .exponential(let exponent):
      out.write("e^{")
      writeScript(exponent)
      out.write("}")
    case .root(let radicand, let degree):
      out.write("\\sqrt")
      if let degree {
        out.write("[{")
        write(degree)
        out.write("}]")
      }
      out.write("{")
      write(radicand)
      out.write("}")
    case .bigOperator(let kind, let lower, let upper):
      out.write(kind == .sum ? "\\sum" : "\\prod")
      if let lower { writeGroup("_", lower) }
      if let upper { writeGroup("^", upper) }
      out.write(" ")
    case .cases(let rows): writeCases(rows)
    case .matrix(let rows): writeMatrix(rows)
    case .evaluated(let operand, let place):
      out.write("\\left.")
      write(operand)
      out.write(isInMarkdown ? "\\right\\vert " : "\\right|")
      writeGroup("_", place)
    case .accent(let stem, let accent):
      switch accent {
      case .hat: out.write("\\hat{")
      case .tilde: out.write("\\tilde{")
      case .bar: out.write("\\bar{")
      case .arrow: out.write("\\vec{")
      }
      write(stem)
      out.write("}")
    case .labelled(let inner, let label):
      out.write("\\underbrace{")
      write(inner)
      out.write("}")
      writeGroup("_", label)
    case .highlighted(let inner, let highlight):
      // MathJax colours what its command has as second argument, TeX what is left of the group.
      switch highlight {
      case .emphasis: out.write(isInMarkdown ? "{\\color{blue}{" : "{\\color{blue!60!black}")
      case .good: out.write(isInMarkdown ? "{\\color{green}{" : "{\\color{green!45!black}")
      case .bad: out.write(isInMarkdown ? "{\\color{red}{" : "{\\color{red!75!black}")
      }
      write(inner)
      out.write(isInMarkdown ? "}}" : "}")
    }
  }

  /// The number of the `\big` command for brackets around a layout.
  mutating func bracketSize(around inner: Layout) -> Int {
    LaTeXMetrics.bracketSize(inner, isNested ? .text : .display, &heights)
  }

  /// Shorter rows are written again sooner than they are found.
  private static let longRow = 48

  /// Writes a row; one that stands in several places is set once.
  private mutating func writeRow(_ children: [Layout]) {
    // What stands in running text may depend on what stands before it.
    if isInline || isInMarkdown { return writeItems(children) }
    if let range = written[children, isNested] { return out.repeat(range) }
    let start = out.bytes.count
    nesting += 1
    writeItems(children)
    nesting -= 1
    if nesting == 0 {
      written.removeAll()
      heights.removeAll()
    } else if out.bytes.count - start >= Self.longRow {
      written[children, isNested] = start..<out.bytes.count
    }
  }

  private mutating func writeItems(_ children: [Layout]) {
    for (position, child) in children.enumerated() {
      if case .operation(.juxtaposition) = child, position + 1 < children.count,
        Self.bringsSpace(children[position + 1])
      {
        continue
      }
      write(child)
    }
  }

  /// Whether TeX leaves space before this anyway, so that factors need none of their own.
  private static func bringsSpace(_ layout: Layout) -> Bool {
    switch layout {
    case .function, .bigOperator: true
    case .scripts(let stem, _, _): bringsSpace(stem)
    case .row(let children): children.first.map(bringsSpace) ?? false
    default: false
    }
  }

  private mutating func writeGroup(_ mark: String, _ inner: Layout) {
    writeMark(mark)
    out.write("{")
    writeScript(inner)
    out.write("}")
  }

  /// Markdown takes an underscore after a space for one, and never for emphasis.
  mutating func writeMark(_ mark: String) {
    if isInMarkdown, mark == "_", out.bytes.last != 32 { out.write(" ") }
    out.write(mark)
  }

  mutating func writeText(_ text: String) {
    out.write("\\text{")
    if isInMarkdown {
      MarkdownEscaping.writeMathText(text, to: &out)
    } else {
      LaTeXEscaping.write(text, to: &out)
    }
    out.write("}")
  }

  /// Scripts are small: their fractions take a slash.
  private mutating func writeScript(_ inner: Layout) {
    let outer = isInline
    isInline = true
    write(inner)
    isInline = outer
  }

  mutating func writeSymbol(_ text: String, _ style: SymbolStyle) {
    if style == .vector || style == .matrix {
      out.write(!usesMacros ? "\\boldsymbol{" : style == .vector ? "\\vect{" : "\\matr{")
      writeSymbol(text, text.unicodeScalars.count > 1 ? .upright : .italic)
      out.write("}")
      return
    }
    if style == .italic || style == .upright, text.isLettersAndDigits {
      let isSet = text.utf8.count > 1 || (style == .upright && text.utf8.allSatisfy { $0 > 57 })
      if isSet { out.write("\\mathrm{") }
      out.write(text)
      if isSet { out.write("}") }
      return
    }
    if text == "1", style == .bold {
      out.write("\\mathbf{1}")
      return
    }
    let isWord = text.unicodeScalars.count > 1
    if isWord, text.unicodeScalars.allSatisfy({ $0.isASCII }) {
      out.write(style == .bold ? "\\mathbf{" : "\\mathrm{")
      for scalar in text.unicodeScalars { writeWordScalar(scalar) }
      out.write("}")
      return
    }
    if style == .upright || style == .bold || style == .calligraphic,
      text.unicodeScalars.allSatisfy({ $0.isLetter })
    {
      out.write(
        style == .upright ? "\\mathrm{" : style == .bold ? "\\mathbf{" : "\\mathcal{")
      out.write(text)
      out.write("}")
      return
    }
    if style == .bold { out.write("\\boldsymbol{") }
    for scalar in text.unicodeScalars { writeMathScalar(scalar) }
    if style == .bold { out.write("}") }
  }

  private mutating func writeWordScalar(_ scalar: Unicode.Scalar) {
    if isInMarkdown, scalar == "*" {
      out.write("\\ast ")
    } else if scalar.isLetter || (scalar.value >= 48 && scalar.value <= 57)
      || "()*+,.:;!?/=".unicodeScalars.contains(scalar)
    {
      out.write(String(scalar))
    } else {
      writeText(String(scalar))
    }
  }

  private mutating func writeMathScalar(_ scalar: Unicode.Scalar) {
    if scalar.isLetter || (scalar.value >= 48 && scalar.value <= 57) {
      out.write(String(scalar))
      return
    }
    let character = String(scalar)
    if !isInMarkdown, scalar == "<" || scalar == ">" { return out.write(character) }
    if let entry = LaTeXSymbols.entry(character: character) {
      writeCommand(entry.command)
      return
    }
    if isInMarkdown, let command = Self.spelt(scalar) { return writeCommand(command) }
    switch character {
    case "(", ")", ".", ":", ";", "!", "?", "/", "|", "*", "+", "=", ",", ">":
      out.write(character)
    default:
      writeText(character)
    }
  }

  /// A command; the space keeps a following letter from joining its name.
  mutating func writeCommand(_ command: String) {
    out.write("\\")
    out.write(command)
    if command.utf8.last.map({ $0 >= 65 && $0 != 125 }) ?? false { out.write(" ") }
  }

  private mutating func writeNumber(_ digits: String) {
    if digits.isLettersAndDigits, digits.utf8.allSatisfy({ $0 <= 57 }) { return out.write(digits) }
    var isPlain = true
    for scalar in digits.unicodeScalars
    where !(scalar.value >= 48 && scalar.value <= 57) && scalar != "." && scalar != ","
      && scalar != "…"
    {
      isPlain = false
    }
    if isPlain {
      for scalar in digits.unicodeScalars {
        // In braces a comma is no punctuation, and no space follows it.
        out.write(scalar == "…" ? "\\ldots " : scalar == "," ? "{,}" : String(scalar))
      }
    } else {
      writeText(digits)
    }
  }

  private mutating func writeFunction(_ name: String) {
    switch name {
    case "log", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth",
      "arcsin", "arccos", "arctan", "min", "max", "det", "ln", "arg", "lim", "sup", "inf":
      writeCommand(name)
    default:
      out.write(isInMarkdown ? "\\mathop{\\mathrm{" : "\\operatorname{")
      for scalar in name.unicodeScalars {
        if scalar.isLetter || (scalar.value >= 48 && scalar.value <= 57) {
          out.write(String(scalar))
        } else {
          writeText(String(scalar))
        }
      }
      out.write(isInMarkdown ? "}}" : "}")
    }
  }

  /// Commands for characters that mean something else in Markdown.
  private static func spelt(_ scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "<": "lt"
    case "|": "vert"
    case "*": "ast"
    case "[": "lbrack"
    case "]": "rbrack"
    case "{": "lbrace"
    case "}": "rbrace"
    default: nil
    }
  }

  private var thinSpace: String { isInMarkdown ? "\\thinspace " : "\\," }

  mutating func write(_ sign: MathOperator) {
    switch sign {
    case .plus: out.write(" + ")
    case .minus: out.write(" - ")
    case .negative: out.write("-")
    case .dot: out.write(" \\cdot ")
    case .juxtaposition: out.write(thinSpace)
    case .attachment: break
    case .hadamard: out.write(" \\odot ")
    case .elementwiseQuotient: out.write(" \\oslash ")
    case .cross: out.write("\\times ")
    case .slash: out.write("/")
    case .comma: out.write("," + thinSpace)
    case .separation:
      out.write(!isInline ? ",\\qquad " : isInMarkdown ? ",\\enspace " : ",\\; ")
    case .semicolon: out.write(";" + thinSpace)
    case .wideSemicolon:
      out.write(!isInline ? ";\\qquad " : isInMarkdown ? ";\\enspace " : ";\\; ")
    case .word(let word): out.write("\\text{ \(word) }")
    case .prefixWord(let word): out.write("\\text{\(word) }")
    case .relation(let relation):
      out.write(" ")
      out.write(isInMarkdown ? relation.markdownLatex : relation.latex)
      out.write(" ")
    case .authorRelation(let character), .authorBinary(let character):
      out.write(" ")
      for scalar in character.unicodeScalars {
        if scalar == "-" || scalar == ">" || (scalar == "<" && !isInMarkdown) {
          out.write(String(scalar))
        } else {
          writeMathScalar(scalar)
        }
      }
      out.write(" ")
    }
  }
}

extension Formula.Relation {
  /// LaTeX that means nothing else in Markdown.
  var markdownLatex: String {
    switch self {
    case .less: "\\lt"
    case .definedAs: ":="
    default: latex
    }
  }

  var latex: String {
    switch self {
    case .equal: "="
    case .notEqual: "\\neq"
    case .less: "<"
    case .lessOrEqual: "\\leq"
    case .greater: ">"
    case .greaterOrEqual: "\\geq"
    case .approximatelyEqual: "\\approx"
    case .proportional: "\\propto"
    case .identical: "\\equiv"
    case .definedAs: "\\coloneqq"
    case .elementOf: "\\in"
    case .implies: "\\implies"
    case .equivalent: "\\iff"
    case .mapsTo: "\\mapsto"
    case .assigned: "\\leftarrow"
    case .arrow: "\\to"
    }
  }
}

extension String {
  /// Whether it is of letters and digits of ASCII, and not empty.
  fileprivate var isLettersAndDigits: Bool {
    if isEmpty { return false }
    for byte in utf8 {
      switch byte {
      case 48...57, 65...90, 97...122: continue
      default: return false
      }
    }
    return true
  }
}
