extension LayoutBuilder {
  /// A number; `1e-16` is written with a power of ten, and a quotient of digits as a fraction.
  static func number(_ digits: String) -> (Layout, Precedence) {
    var body = digits[...]
    var sign: [Layout] = []
    if let first = body.first, first == "-" || first == "−" {
      body = body.dropFirst()
      sign = [.operation(.negative)]
    }
    var layout = Layout.number(String(body))
    var precedence = Precedence.atom
    if let slash = body.firstIndex(of: "/") {
      let ends = (body[..<slash], body[body.index(after: slash)...])
      if isDigits(ends.0), isDigits(ends.1) {
        layout = .fraction(
          .number(String(ends.0)), .number(String(ends.1)), isDerivative: false)
        precedence = .quotient
      }
    } else if let mark = body.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      var exponent = body[body.index(after: mark)...]
      var raised: [Layout] = []
      if exponent.first == "-" { raised = [.operation(.negative)] }
      if let first = exponent.first, first == "-" || first == "+" {
        exponent = exponent.dropFirst()
      }
      while exponent.count > 1, exponent.first == "0" { exponent = exponent.dropFirst() }
      if isDigits(body[..<mark]), isDigits(exponent) {
        raised.append(.number(String(exponent)))
        let ten = Layout.scripts(.number("10"), lower: nil, upper: .row(raised))
        let mantissa = String(body[..<mark])
        layout = mantissa == "1" ? ten : .row([.number(mantissa), .operation(.dot), ten])
        precedence = mantissa == "1" ? .power : .product
      }
    }
    if sign.isEmpty { return (layout, precedence) }
    return (.row(sign + [layout]), .negative)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCIIDigit || $0 == "." || $0 == "," }
  }

  /// A name; one that carries a superscript needs brackets below an exponent.
  static func name(_ identifier: Identifier) -> (Layout, Precedence) {
    if let latex = identifier.latex, let written = AuthorMath.layout(of: latex) {
      return named(marked(written, identifier.mark))
    }
    let isWord = identifier.base.unicodeScalars.count > 1
    var layout = marked(
      .symbol(identifier.base, isWord ? .upright : .italic), identifier.mark)
    if let accent = identifier.accent { layout = .accent(layout, accent) }
    let lower = identifier.subscriptText.map(scriptText)
    var upper = identifier.superscriptText.map(scriptText)
    if identifier.primes > 0 {
      upper = .row(Array(repeating: .symbol("′", .upright), count: min(identifier.primes, 4)))
    }
    if lower == nil, upper == nil { return (layout, .atom) }
    return (.scripts(layout, lower: lower, upper: upper), upper == nil ? .atom : .power)
  }

  /// The stem of a name set as a vector or matrix; what an author set otherwise stays.
  private static func marked(_ layout: Layout, _ mark: Identifier.Mark?) -> Layout {
    guard let mark else { return layout }
    switch layout {
    case .symbol(let text, .italic), .symbol(let text, .upright):
      switch mark {
      case .boldVector: return .symbol(text, .vector)
      case .boldMatrix: return .symbol(text, .matrix)
      case .arrow: return .accent(layout, .arrow)
      }
    case .scripts(let stem, let lower, let upper):
      return .scripts(marked(stem, mark), lower: lower, upper: upper)
    case .accent(let stem, let accent) where mark != .arrow:
      return .accent(marked(stem, mark), accent)
    case .row(let parts) where parts.count == 1: return marked(parts[0], mark)
    default: return layout
    }
  }

  /// How tightly an author's own form of a name holds.
  private static func named(_ layout: Layout) -> (Layout, Precedence) {
    let items = layout.items
    guard items.count == 1 else { return (layout, items.isEmpty ? .atom : .power) }
    switch items[0] {
    case .scripts(_, _, upper: nil), .symbol, .number, .accent, .text: return (items[0], .atom)
    default: return (items[0], .power)
    }
  }

  /// Script text: short ones are symbols, words are upright.
  private static func scriptText(_ text: String) -> Layout {
    var parts: [Layout] = []
    for piece in text.split(separator: ",") {
      if !parts.isEmpty { parts.append(.operation(.comma)) }
      let word = String(piece)
      if word.allSatisfy({ $0.isASCIIDigit }) {
        parts.append(.number(word))
      } else if word.unicodeScalars.count <= 2 {
        for character in word {
          let letter = String(character)
          parts.append(character.isASCIIDigit ? .number(letter) : .symbol(letter, .italic))
        }
      } else if word.first == "[", word.last == "]" {
        parts.append(.fence(.square, .number(String(word.dropFirst().dropLast()))))
      } else if word.first == "(" {
        parts.append(.symbol(word, .upright))
      } else {
        parts.append(.text(word))
      }
    }
    return .row(parts)
  }

  /// An entry: indices join a subscript the name already has.
  mutating func indexed(_ base: Formula, _ indices: [Formula]) -> Layout {
    let stem: Layout
    switch base {
    case .name, .indexed: stem = build(base, .power)
    // An entry of an inverse or a transpose is not the inverse of an entry.
    default: stem = build(base, .atom)
    }
    let lower = indexList(indices)
    if case .scripts(let inner, let own, let upper) = stem {
      guard let own else { return .scripts(inner, lower: lower, upper: upper) }
      return .scripts(inner, lower: .row([own, .operation(.comma), lower]), upper: upper)
    }
    return .scripts(stem, lower: lower, upper: nil)
  }

  /// Indices side by side where every one is a single letter, with commas otherwise.
  mutating func indexList(_ indices: [Formula]) -> Layout {
    var areLetters = true
    for index in indices {
      guard case .name(let name) = index, name.latex == nil, name.subscriptText == nil,
        name.base.unicodeScalars.count == 1
      else {
        areLetters = false
        break
      }
    }
    var parts: [Layout] = []
    for index in indices {
      if !areLetters, !parts.isEmpty { parts.append(.operation(.comma)) }
      parts.append(build(index, .sum))
    }
    return .row(parts)
  }
}
