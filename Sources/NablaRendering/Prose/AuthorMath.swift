/// Reads the LaTeX an author put between dollar signs into a layout.
///
/// Only what is known comes through, and writers make their LaTeX anew from the layout, so that no
/// command of the author ever reaches TeX. What cannot be read gives `nil` and is shown as it stands.
struct AuthorMath {
  private static let depthLimit = 24
  private static let lengthLimit = 10_000

  private let scalars: [Unicode.Scalar]
  private var position = 0
  private var depth = 0

  static func layout(of latex: String) -> Layout? {
    guard latex.utf8.count <= lengthLimit else { return nil }
    var reader = AuthorMath(scalars: Array(latex.unicodeScalars))
    guard let row = reader.row(), reader.position == reader.scalars.count, !row.isEmpty else {
      return nil
    }
    return .row(row)
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  private mutating func skipSpaces() {
    while let scalar = current, scalar == " " || scalar == "\n" || scalar == "\t" || scalar == "~" {
      position += 1
    }
  }

  private func startsWith(_ text: String) -> Bool {
    var at = position
    for scalar in text.unicodeScalars {
      guard at < scalars.count, scalars[at] == scalar else { return false }
      at += 1
    }
    return true
  }

  /// Items up to a closing brace, an alignment mark, `\right`, `\end`, a bracket at `stop`, or the end.
  private mutating func row(stop: Unicode.Scalar? = nil) -> [Layout]? {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { return nil }
    var items: [Layout] = []
    while true {
      skipSpaces()
      guard let scalar = current, scalar != "}", scalar != "&", scalar != stop else {
        return items
      }
      if startsWith("\\right") && !startsWith("\\rightarrow") { return items }
      if startsWith("\\end") || startsWith("\\\\") { return items }
      if scalar == "^" || scalar == "_" || scalar == "'" {
        guard attachScript(to: &items) else { return nil }
        continue
      }
      guard let item = item(after: items.last) else { return nil }
      if item != .empty { items.append(item) }
    }
  }

  private mutating func attachScript(to items: inout [Layout]) -> Bool {
    let mark = current
    position += 1
    var stem = items.popLast() ?? .empty
    if case .operation = stem {
      items.append(stem)
      stem = .empty
    }
    var lower: Layout?
    var upper: Layout?
    if case .scripts(let inner, let low, let high) = stem {
      (stem, lower, upper) = (inner, low, high)
    }
    if case .bigOperator(let kind, let low, let high) = stem {
      guard mark != "'", let script = argument() else { return false }
      guard mark == "_" ? low == nil : high == nil else { return false }
      items.append(
        mark == "_"
          ? .bigOperator(kind, lower: script, upper: high)
          : .bigOperator(kind, lower: low, upper: script))
      return true
    }
    if mark == "'" {
      var primes: [Layout] = [.symbol("′", .upright)]
      while current == "'" {
        position += 1
        primes.append(.symbol("′", .upright))
      }
      guard upper == nil else { return false }
      upper = .row(primes)
    } else {
      guard let script = argument() else { return false }
      guard mark == "_" ? lower == nil : upper == nil else { return false }
      if mark == "_" { lower = script } else { upper = script }
    }
    items.append(.scripts(stem, lower: lower, upper: upper))
    return true
  }

  /// A group in braces, or the next single item.
  private mutating func argument() -> Layout? {
    skipSpaces()
    guard let scalar = current else { return nil }
    if scalar == "{" { return group() }
    if scalar.value >= 48, scalar.value <= 57 {
      position += 1
      return .number(String(scalar))
    }
    return item(after: nil)
  }

  private mutating func group() -> Layout? {
    guard current == "{" else { return nil }
    position += 1
    guard let items = row(), current == "}" else { return nil }
    position += 1
    return .row(items)
  }

  /// The characters of a group, for names and text.
  private mutating func words() -> String? {
    skipSpaces()
    guard current == "{" else { return nil }
    position += 1
    var text = ""
    while let scalar = current, scalar != "}" {
      if scalar == "{" || scalar == "\\" || scalar == "$" { return nil }
      text.unicodeScalars.append(scalar)
      position += 1
    }
    guard current == "}" else { return nil }
    position += 1
    return text
  }

  private mutating func item(after last: Layout?) -> Layout? {
    guard let scalar = current else { return nil }
    if scalar == "{" { return group() }
    if scalar == "\\" { return command() }
    position += 1
    if scalar.isLetter { return .symbol(String(scalar), .italic) }
    if scalar.value >= 48, scalar.value <= 57 {
      var digits = String(scalar)
      while let next = current,
        (next.value >= 48 && next.value <= 57) || next == "." && followsDigit()
      {
        digits.unicodeScalars.append(next)
        position += 1
      }
      return .number(digits)
    }
    switch scalar {
    case "+": return .operation(.plus)
    case "-", "−":
      var isOperand = false
      if let last {
        if case .operation = last { isOperand = false } else { isOperand = true }
      }
      return .operation(isOperand ? .minus : .negative)
    case "*": return .operation(.authorBinary("∗"))
    case "/": return .operation(.slash)
    case ",": return .operation(.comma)
    case "=", "<", ">": return .operation(.authorRelation(String(scalar)))
    case "(", ")", "[", "]", "|", ".", ":", ";", "!", "?", "…":
      return .symbol(String(scalar), .upright)
    default:
      guard !scalar.isASCII, let entry = LaTeXSymbols.entry(character: String(scalar)) else {
        return nil
      }
      return Self.layout(of: entry)
    }
  }

  private func followsDigit() -> Bool {
    guard position + 1 < scalars.count else { return false }
    let next = scalars[position + 1].value
    return next >= 48 && next <= 57
  }

  private static func layout(of entry: LaTeXSymbols.Entry) -> Layout {
    switch entry.kind {
    case .letter: .symbol(entry.character, .italic)
    case .punctuation: .symbol(entry.character, .upright)
    case .relation: .operation(.authorRelation(entry.character))
    case .binary: .operation(.authorBinary(entry.character))
    }
  }

  private mutating func command() -> Layout? {
    position += 1
    guard let first = current else { return nil }
    guard first.isLetter else {
      position += 1
      switch first {
      case ",", ";", ":", " ": return .text(" ")
      case "!": return .empty
      case "{", "}", "%", "#", "_", "&", "$": return .symbol(String(first), .upright)
      case "|": return .symbol("‖", .upright)
      default: return nil
      }
    }
    var name = ""
    while let scalar = current, scalar.isLetter {
      name.unicodeScalars.append(scalar)
      position += 1
    }
    switch name {
    case "frac", "dfrac", "tfrac":
      guard let top = argument(), let bottom = argument() else { return nil }
      return .fraction(top, bottom, isDerivative: Self.isDifferential(bottom))
    case "sqrt": return root()
    case "sum": return .bigOperator(.sum, lower: nil, upper: nil)
    case "prod": return .bigOperator(.product, lower: nil, upper: nil)
    case "left": return delimited()
    case "big", "bigl", "bigr", "Big", "Bigl", "Bigr", "limits", "nolimits", "displaystyle",
      "textstyle":
      return .empty
    case "quad", "qquad": return .text("  ")
    case "mathbb":
      return words().flatMap { LaTeXSymbols.entry(command: "mathbb{\($0)}"[...]) }
        .map(Self.layout(of:))
    case "mathbf", "boldsymbol", "bm", "mathcal": return styled(name)
    case "mathrm", "text", "textrm", "textit", "mathit", "textbf": return words().map { .text($0) }
    case "operatorname": return words().map { .function($0) }
    case "hat", "widehat", "tilde", "widetilde", "bar", "overline":
      guard let stem = argument() else { return nil }
      let accent: Identifier.Accent =
        name == "hat" || name == "widehat"
        ? .hat : name == "bar" || name == "overline" ? .bar : .tilde
      return .accent(stem, accent)
    case "begin": return environment()
    case "lvert", "rvert", "vert": return .symbol("|", .upright)
    case "lVert", "rVert", "Vert": return .symbol("‖", .upright)
    case "lbrace": return .symbol("{", .upright)
    case "rbrace": return .symbol("}", .upright)
    case "log", "ln", "exp", "sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh",
      "coth", "arcsin", "arccos", "arctan", "min", "max", "det", "arg", "lim", "sup", "inf":
      return .function(name)
    default: return LaTeXSymbols.entry(command: name[...]).map(Self.layout(of:))
    }
  }

  private static func isDifferential(_ layout: Layout) -> Bool {
    guard let first = layout.items.first else { return false }
    return first == .symbol("∂", .italic) || first == .symbol("d", .italic)
  }

  private mutating func styled(_ name: String) -> Layout? {
    guard let inner = argument() else { return nil }
    let items = inner.items
    guard items.count == 1, case .symbol(let letter, _) = items[0] else { return inner }
    return .symbol(letter, name == "mathcal" ? .calligraphic : .bold)
  }

  private mutating func root() -> Layout? {
    skipSpaces()
    var degree: Layout?
    if current == "[" {
      position += 1
      guard let items = row(stop: "]"), current == "]" else { return nil }
      position += 1
      degree = .row(items)
    }
    return argument().map { .root($0, degree: degree) }
  }

  private mutating func delimiter() -> String? {
    skipSpaces()
    guard let scalar = current else { return nil }
    position += 1
    if scalar != "\\" { return String(scalar) }
    guard let next = current else { return nil }
    if !next.isLetter {
      position += 1
      return next == "|" ? "‖" : String(next)
    }
    var name = ""
    while let letter = current, letter.isLetter {
      name.unicodeScalars.append(letter)
      position += 1
    }
    switch name {
    case "lvert", "rvert", "vert": return "|"
    case "lVert", "rVert", "Vert": return "‖"
    case "lbrace": return "{"
    case "rbrace": return "}"
    case "lceil", "rceil", "lfloor", "rfloor", "langle", "rangle":
      return LaTeXSymbols.entry(command: name[...])?.character
    default: return nil
    }
  }

  private mutating func delimited() -> Layout? {
    guard let opening = delimiter(), let inner = row(), startsWith("\\right") else { return nil }
    position += 6
    guard let closing = delimiter() else { return nil }
    switch (opening, closing) {
    case ("(", ")"): return .fence(.round, .row(inner))
    case ("[", "]"): return .fence(.square, .row(inner))
    case ("{", "}"): return .fence(.curly, .row(inner))
    case ("|", "|"): return .fence(.bars, .row(inner))
    case ("‖", "‖"): return .fence(.doubleBars, .row(inner))
    default:
      var items = inner
      if opening != "." { items.insert(.symbol(opening, .upright), at: 0) }
      if closing != "." { items.append(.symbol(closing, .upright)) }
      return .row(items)
    }
  }

  /// Cases and matrices; other environments are shown as they stand.
  private mutating func environment() -> Layout? {
    guard let name = words() else { return nil }
    var rows: [[Layout]] = [[]]
    while true {
      guard let items = row(), let scalar = current else { return nil }
      rows[rows.count - 1].append(.row(items))
      if scalar == "&" {
        position += 1
      } else if startsWith("\\\\") {
        position += 2
        rows.append([])
      } else if startsWith("\\end") {
        position += 4
        break
      } else {
        return nil
      }
    }
    guard words() == name else { return nil }
    if let last = rows.last, last.count == 1, last[0] == .empty, rows.count > 1 {
      rows.removeLast()
    }
    switch name {
    case "cases":
      return .cases(
        rows.map { CaseRow(value: $0[0], condition: .row(Array($0.dropFirst()))) })
    case "matrix", "bmatrix", "pmatrix", "smallmatrix":
      guard rows.allSatisfy({ $0.count <= 30 }) else { return nil }
      return .matrix(rows)
    default: return nil
    }
  }
}
