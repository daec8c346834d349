/// The pieces of a line of prose, as far as telling mathematics from words needs them.
struct PlainLexeme {
  enum Kind {
    case word, identifier, number, sign, relation, opening, closing, comma, stop, other
  }

  var kind: Kind
  var range: SourceRange
  /// What a relation in words means.
  var meaning: String?

  /// Functions that students write without a backslash.
  private static let functions: Set<String> = [
    "exp", "log", "ln", "sin", "cos", "tan", "tanh", "sinh", "cosh", "max", "min", "sum", "sigma",
    "relu", "softmax", "sigmoid", "sqrt", "diag", "argmax", "argmin", "partial", "alpha", "beta",
    "gamma", "delta", "eta", "theta", "lambda", "mu", "nabla", "prod", "sgn", "sign", "abs", "det",
    "tr", "trace", "sen", "senh", "tg", "ctg", "cotg", "arctg", "arcsen", "tgh",
    "pi", "rho", "tau", "phi", "psi", "omega", "kappa", "epsilon", "xi", "zeta", "grad",
  ]

  /// Cuts a line into lexemes.
  static func lexemes(_ bytes: [UInt8], in range: SourceRange) -> [PlainLexeme] {
    var lexemes: [PlainLexeme] = []
    var index = range.lower
    while index < range.upper {
      if Bytes.isWhitespace(bytes[index]) {
        index += 1
        continue
      }
      let lexeme = lexeme(bytes, at: index, to: range.upper)
      lexemes.append(lexeme)
      index = max(lexeme.range.upper, index + 1)
    }
    return PlainDifferentials.joining(joinWords(lexemes, bytes), bytes)
  }

  private static func lexeme(_ bytes: [UInt8], at index: Int, to limit: Int) -> PlainLexeme {
    let byte = bytes[index]
    func one(_ kind: Kind, _ length: Int = 1) -> PlainLexeme {
      PlainLexeme(kind: kind, range: SourceRange(index, min(index + length, limit)))
    }
    let next = index + 1 < limit ? bytes[index + 1] : 0
    switch byte {
    case 0x28, 0x5B, 0x7B: return one(.opening)
    case 0x29, 0x5D, 0x7D:
      return PlainLexeme(
        kind: .closing, range: raised(bytes, SourceRange(index, index + 1), limit))
    case 0x2C: return one(.comma)
    case 0x3B, 0x3F: return one(.stop)
    case 0x2E where next == 0x2A || next == 0x2F || next == 0x5E: return one(.sign, 2)
    case 0x40, 0x25: return one(.sign)
    case 0x7E where next != 0x7E && (index == 0 || bytes[index - 1] != 0x7E): return one(.relation)
    case 0x2E where next == 0x2E:
      return one(.sign, index + 2 < limit && bytes[index + 2] == 0x2E ? 3 : 2)
    case 0x2E:
      if next == 0x2E, joinsTerms(bytes, index) || isRange(bytes, index, limit) {
        return one(.sign, index + 2 < limit && bytes[index + 2] == 0x2E ? 3 : 2)
      }
      return Bytes.isDigit(next) ? number(bytes, index, limit) : one(.stop)
    case 0x3A: return next == 0x3D ? one(.relation, 2) : one(.stop)
    case 0x2B, 0x2D, 0x2A, 0x2F, 0x5E, 0x7C, 0x27:
      if byte == 0x2D, next == 0x3E { return one(.other, 2) }
      if next == 0x3D { return one(.other, 2) }
      if byte == next, byte == 0x2F || byte == 0x2D, standsApart(bytes, index, limit) {
        return one(.other, 2)
      }
      if byte == 0x7C, next == 0x5F {
        // `||A||_F^2`
        return PlainLexeme(
          kind: .sign, range: scripts(bytes, SourceRange(index, index + 1), limit))
      }
      return one(.sign)
    case 0x21: return next == 0x3D ? one(.relation, 2) : one(.sign)
    case 0x3D:
      if next == 0x3D {
        let third = index + 2 < limit ? bytes[index + 2] : 0
        if third != 0x3D, third != 0x3E {
          return PlainLexeme(
            kind: .relation, range: SourceRange(index, min(index + 2, limit)), meaning: " = ")
        }
        return one(.other, third == 0x3E ? 3 : 2)
      }
      return next == 0x3E ? one(.relation, 2) : one(.relation)
    case 0x3C: return less(bytes, index, limit)
    case 0x3E: return next == 0x3D ? one(.relation, 2) : one(.relation)
    case Bytes.backslash: return command(bytes, index, limit)
    default: break
    }
    if Bytes.isDigit(byte) { return number(bytes, index, limit) }
    if Bytes.isLetter(byte) { return letters(bytes, index, limit) }
    if byte >= 0x80, let (scalar, length) = UTF8Scalars.decode(bytes, at: index) {
      return symbol(bytes, index, limit, scalar, length)
    }
    return one(.other)
  }

  /// Whether dots stand between the terms of a sum.
  private static func joinsTerms(_ bytes: [UInt8], _ index: Int) -> Bool {
    var before = index
    while before > 0, Bytes.isSpace(bytes[before - 1]) { before -= 1 }
    return before > 0 && bytes[before - 1] == 0x2B
  }

  /// Whether two dots stand between the ends of a range, as in `1..N`.
  private static func isRange(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> Bool {
    index > 0 && index + 2 < limit && Bytes.isDigit(bytes[index - 1])
      && (Bytes.isDigit(bytes[index + 2]) || Bytes.isLetter(bytes[index + 2]))
  }

  /// Whether two signs that begin a remark, as in `// chain rule`, stand between blanks.
  private static func standsApart(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> Bool {
    index > 0 && Bytes.isSpace(bytes[index - 1]) && index + 2 < limit
      && (Bytes.isSpace(bytes[index + 2])
        || Bytes.isLetter(bytes[index + 2])
          && bytes[index] == 0x2F)
  }

  private static func number(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> PlainLexeme {
    var end = index
    while end < limit, Bytes.isDigit(bytes[end]) { end += 1 }
    while end + 1 < limit, bytes[end] == 0x2E || bytes[end] == 0x2C, Bytes.isDigit(bytes[end + 1]) {
      end += 1
      while end < limit, Bytes.isDigit(bytes[end]) { end += 1 }
    }
    return PlainLexeme(kind: .number, range: raised(bytes, SourceRange(index, end), limit))
  }

  /// The range with the characters after it that are scripts by themselves, such as `²` and `ᵀ`.
  private static func raised(_ bytes: [UInt8], _ range: SourceRange, _ limit: Int) -> SourceRange {
    var end = range.upper
    while end < limit, bytes[end] >= 0x80,
      let (scalar, length) = UTF8Scalars.decode(bytes, at: end), isScript(scalar)
    {
      end += length
    }
    return SourceRange(range.lower, min(end, limit))
  }

  /// `<`, `<=`, or a mark of HTML.
  private static func less(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> PlainLexeme {
    let next = index + 1 < limit ? bytes[index + 1] : 0
    if next == 0x3D {
      return PlainLexeme(kind: .relation, range: SourceRange(index, index + 2))
    }
    if next == 0x2D, pointsBack(bytes, index + 2, limit) {
      return PlainLexeme(kind: .other, range: SourceRange(index, index + 2))
    }
    if Bytes.isLetter(next) || next == 0x2F {
      var end = index + 2
      while end < min(limit, index + 60), bytes[end] != 0x3E, bytes[end] != 0x3C { end += 1 }
      if end < limit, bytes[end] == 0x3E {
        return PlainLexeme(kind: .other, range: SourceRange(index, end + 1))
      }
    }
    return PlainLexeme(kind: .relation, range: SourceRange(index, index + 1))
  }

  /// Whether words follow the arrow `<-`, which then begins a remark.
  private static func pointsBack(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> Bool {
    var start = index
    while start < limit, bytes[start] == 0x2D || Bytes.isSpace(bytes[start]) { start += 1 }
    let end = Bytes.lettersEnd(bytes, from: start, to: limit)
    return end >= start + 2 && (end == limit || Bytes.isSpace(bytes[end]) || bytes[end] == 0x2C)
  }

  private static func command(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> PlainLexeme {
    let end = Bytes.lettersEnd(bytes, from: index + 1, to: limit)
    let name = Bytes.text(bytes, SourceRange(index + 1, min(end, index + 12)))
    let kind: Kind
    switch name {
    case "": kind = .other
    case "neq", "ne", "leq", "le", "geq", "ge", "approx", "in", "notin", "lt", "gt", "propto",
      "equiv", "sim":
      kind = .relation
    case "text", "textbf", "textit", "emph", "noindent", "therefore", "because", "item":
      kind = .other
    default: kind = .identifier
    }
    let range = SourceRange(index, max(end, min(index + 2, limit)))
    return PlainLexeme(
      kind: kind, range: kind == .identifier ? scripts(bytes, range, limit) : range)
  }

  private static func letters(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> PlainLexeme {
    var end = Bytes.lettersEnd(bytes, from: index, to: limit)
    if end < limit, bytes[end] == 0x27, end + 1 < limit, Bytes.isLetter(bytes[end + 1]) {
      // "don't", "let's".
      end = Bytes.lettersEnd(bytes, from: end + 1, to: limit)
      return PlainLexeme(kind: .word, range: SourceRange(index, end))
    }
    if let end = abbreviationEnd(bytes, index, limit) ?? foreignEnd(bytes, end, limit) {
      return PlainLexeme(kind: .word, range: SourceRange(index, end))
    }
    let name = SourceRange(index, end)
    let range = scripts(bytes, name, limit)
    if range.upper > end || end == index + 1 {
      return PlainLexeme(kind: .identifier, range: range)
    }
    let isDifferential = end == index + 2 && bytes[index] == 0x64
    let isCall = end < limit && bytes[end] == 0x28
    if isDifferential && bytes[index + 1] != 0x6F || isCall
      || end - index <= 8 && functions.contains(Bytes.lowercasedText(bytes, name))
    {
      return PlainLexeme(kind: .identifier, range: range)
    }
    return PlainLexeme(kind: .word, range: range)
  }

  /// The end of "i.e." or "q.e.d": single letters with full stops.
  private static func abbreviationEnd(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> Int? {
    var place = index
    var count = 0
    while place < limit, Bytes.isLetter(bytes[place]) {
      count += 1
      place += 1
      guard place < limit, bytes[place] == 0x2E else {
        return count > 2 && !isName(place) ? place : nil
      }
      place += 1
    }
    // `X.T` is a transpose.
    guard count > 1, bytes[index + 2] != 0x54 else { return nil }
    return place < limit && isName(place) ? nil : place

    func isName(_ place: Int) -> Bool {
      place < limit && (Bytes.isDigit(bytes[place]) || bytes[place] == 0x28 || bytes[place] == 0x5F)
    }
  }

  /// The end of a word that goes on with letters such as ü or é.
  private static func foreignEnd(_ bytes: [UInt8], _ start: Int, _ limit: Int) -> Int? {
    var end = start
    while end < limit {
      if Bytes.isLetter(bytes[end]) {
        end += 1
      } else if bytes[end] >= 0x80, let (scalar, length) = UTF8Scalars.decode(bytes, at: end),
        (0xC0...0x17F).contains(scalar), scalar != 0xD7, scalar != 0xF7, scalar != 0x177,
        !(0x130...0x131).contains(scalar)
      {
        end += length
      } else {
        break
      }
    }
    return end > start ? min(end, limit) : nil
  }

  /// The range with the digits, primes, subscripts and superscripts after it.
  private static func scripts(_ bytes: [UInt8], _ range: SourceRange, _ limit: Int) -> SourceRange {
    var end = range.upper
    while end < limit {
      let byte = bytes[end]
      if Bytes.isDigit(byte) {
        end += 1
      } else if byte == 0x5F || byte == 0x5E {
        guard end + 1 < limit else { break }
        if bytes[end + 1] == Bytes.openingBrace || bytes[end + 1] == 0x28 {
          guard let close = bracketEnd(bytes, end + 1, limit) else { break }
          end = close
        } else if Bytes.isLetter(bytes[end + 1]) || Bytes.isDigit(bytes[end + 1])
          || bytes[end + 1] == 0x2A
        {
          end += 2
          while end < limit, Bytes.isLetter(bytes[end]) || Bytes.isDigit(bytes[end]) { end += 1 }
        } else {
          break
        }
      } else if let (scalar, length) = UTF8Scalars.decode(bytes, at: end), isScript(scalar) {
        end += length
      } else {
        break
      }
    }
    return SourceRange(range.lower, min(end, limit))
  }

  private static func bracketEnd(_ bytes: [UInt8], _ index: Int, _ limit: Int) -> Int? {
    let close: UInt8 = bytes[index] == 0x28 ? 0x29 : Bytes.closingBrace
    var end = index
    var depth = 0
    while end < min(limit, index + 200) {
      if bytes[end] == bytes[index] { depth += 1 }
      if bytes[end] == close { depth -= 1 }
      end += 1
      if depth == 0 { return end }
    }
    return nil
  }

  private static func isScript(_ scalar: UInt32) -> Bool {
    (0x2080...0x209C).contains(scalar) || (0x2070...0x207F).contains(scalar)
      || (0xB2...0xB3).contains(scalar) || scalar == 0xB9 || scalar == 0x2032
      || (0x1D2C...0x1D6A).contains(scalar) || (0x300...0x36F).contains(scalar)
      || (0x2B0...0x2B8).contains(scalar) || (0x2C7C...0x2C7D).contains(scalar)
  }

  private static func symbol(
    _ bytes: [UInt8], _ index: Int, _ limit: Int, _ scalar: UInt32, _ length: Int
  ) -> PlainLexeme {
    let range = SourceRange(index, min(index + length, limit))
    switch scalar {
    case 0x2260, 0x2264, 0x2265, 0x2248, 0x221D, 0x2208, 0x2209, 0x2261, 0x2254, 0x21D2, 0x21D4:
      return PlainLexeme(kind: .relation, range: range)
    case 0x2202:
      // What stands behind ∂ is a name, whatever word it looks like.
      let end = Bytes.lettersEnd(bytes, from: range.upper, to: limit)
      let name = SourceRange(range.lower, max(end, range.upper))
      return PlainLexeme(kind: .identifier, range: scripts(bytes, name, limit))
    case 0x370...0x3FF, 0x2207, 0x1D400...0x1D7FF, 0x2113, 0x211D, 0x221E, 0x2211, 0x220F,
      0x222B, 0x221A, 0x177, 0x1EF9, 0x130...0x131:
      return PlainLexeme(kind: .identifier, range: scripts(bytes, range, limit))
    case 0xB7, 0xD7, 0xF7, 0x2212, 0x2219, 0x22C5, 0x2218, 0x2299, 0x2297, 0x2016, 0x2032, 0xB1,
      0x2013:
      return PlainLexeme(kind: .sign, range: range)
    case 0x2026 where joinsTerms(bytes, index), 0x22EF where joinsTerms(bytes, index):
      return PlainLexeme(kind: .sign, range: range)
    case 0x2022, 0x201C, 0x201D, 0x2018, 0x2019, 0x2192, 0x2026, 0xFFFD:
      return PlainLexeme(kind: .other, range: range)
    default:
      // Letters of other scripts run on as a word.
      var end = range.upper
      while end < limit, bytes[end] >= 0x80 || Bytes.isLetter(bytes[end]) {
        if bytes[end] >= 0x80, let (next, count) = UTF8Scalars.decode(bytes, at: end) {
          if (0x2000...0x2BFF).contains(next) || (0x370...0x3FF).contains(next) || next < 0xC0 {
            break
          }
          end += count
        } else {
          end += 1
        }
      }
      return PlainLexeme(kind: .word, range: SourceRange(index, min(end, limit)))
    }
  }

  /// Relations in words, the longest first.
  private static let wordedRelations: [([String], String)] = [
    (["is", "not", "equal", "to"], " \\neq "), (["does", "not", "equal"], " \\neq "),
    (["is", "different", "from"], " \\neq "), (["not", "equal", "to"], " \\neq "),
    (["is", "not", "equal"], " \\neq "), (["not", "equals"], " \\neq "),
    (["is", "equal", "to"], " = "), (["equal", "to"], " = "), (["equals"], " = "),
    (["is", "greater", "than"], " > "), (["is", "less", "than"], " < "),
    (["ungleich"], " \\neq "), (["gleich"], " = "), (["différent", "de"], " \\neq "),
    (["distinto", "de"], " \\neq "),
  ]

  /// Signs in words, where they stand between two operands.
  private static let wordedSigns: [String: String] = [
    "times": " \\cdot ", "mal": " \\cdot ", "fois": " \\cdot ", "por": " \\cdot ",
    "plus": " + ", "más": " + ", "minus": " - ", "moins": " - ", "menos": " - ",
  ]

  private static func isOperand(_ kind: Kind, _ bracket: Kind) -> Bool {
    kind == .number || kind == .identifier || kind == bracket
  }

  private static func joinWords(_ lexemes: [PlainLexeme], _ bytes: [UInt8]) -> [PlainLexeme] {
    var joined: [PlainLexeme] = []
    joined.reserveCapacity(lexemes.count)
    var index = 0
    while index < lexemes.count {
      if lexemes[index].kind == .word,
        let (count, meaning) = wordedRelation(lexemes, index, bytes)
      {
        let range = lexemes[index].range.union(lexemes[index + count - 1].range)
        joined.append(PlainLexeme(kind: .relation, range: range, meaning: meaning))
        index += count
      } else if lexemes[index].kind == .word, let last = joined.last,
        isOperand(last.kind, .closing),
        index + 1 < lexemes.count, isOperand(lexemes[index + 1].kind, .opening),
        let sign = wordedSigns[Bytes.text(bytes, lexemes[index].range)]
      {
        joined.append(PlainLexeme(kind: .sign, range: lexemes[index].range, meaning: sign))
        index += 1
      } else if let (count, meaning) = spelledSign(lexemes, index, bytes) {
        let range = lexemes[index].range.union(lexemes[index + count - 1].range)
        let kind: Kind = count > 1 ? .identifier : .sign
        joined.append(PlainLexeme(kind: kind, range: range, meaning: meaning))
        index += count
      } else {
        joined.append(lexemes[index])
        index += 1
      }
    }
    return joined
  }

  /// The sign x between two numbers; `del L` above or below a stroke with another `del`.
  private static func spelledSign(
    _ lexemes: [PlainLexeme], _ index: Int, _ bytes: [UInt8]
  ) -> (Int, String)? {
    let range = lexemes[index].range
    if lexemes[index].kind == .identifier, range.upper == range.lower + 1,
      bytes[range.lower] | 0x20 == 0x78
    {
      guard index > 0, index + 1 < lexemes.count, lexemes[index - 1].kind == .number,
        lexemes[index + 1].kind == .number, lexemes[index - 1].range.upper < range.lower,
        range.upper < lexemes[index + 1].range.lower
      else { return nil }
      return (1, " \\times ")
    }
    guard isDel(lexemes[index], bytes), index + 1 < lexemes.count,
      lexemes[index + 1].kind == .identifier
    else { return nil }
    let isAbove =
      index + 3 < lexemes.count && isStroke(lexemes[index + 2], bytes)
      && isDel(lexemes[index + 3], bytes)
    let isBelow =
      index > 2 && isStroke(lexemes[index - 1], bytes) && isDel(lexemes[index - 3], bytes)
    guard isAbove || isBelow else { return nil }
    return (2, "\\partial " + Bytes.text(bytes, lexemes[index + 1].range))
  }

  private static func isDel(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> Bool {
    lexeme.kind == .word && Bytes.text(bytes, lexeme.range) == "del"
  }

  private static func isStroke(_ lexeme: PlainLexeme, _ bytes: [UInt8]) -> Bool {
    lexeme.kind == .sign && bytes[lexeme.range.lower] == 0x2F
  }

  private static func wordedRelation(
    _ lexemes: [PlainLexeme], _ index: Int, _ bytes: [UInt8]
  ) -> (Int, String)? {
    let first = bytes[lexemes[index].range.lower]
    // The first letters of the rows above.
    guard [0x69, 0x64, 0x6E, 0x65, 0x75, 0x67].contains(first) else { return nil }
    for (words, meaning) in wordedRelations where index + words.count <= lexemes.count {
      var matches = true
      for (offset, word) in words.enumerated()
      where Bytes.text(bytes, lexemes[index + offset].range) != word {
        matches = false
        break
      }
      if matches { return (words.count, meaning) }
    }
    return nil
  }
}
