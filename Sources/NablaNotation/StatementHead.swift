/// What the first tokens of a statement say about it.
struct StatementHead {
  /// Words that begin a statement.
  static let keywords = [
    "answer", "assume", "at", "cite", "class", "convention", "derive", "dimension", "expect",
    "forward", "function", "gradient", "graph", "hessian", "index", "jacobian", "layout", "matrix",
    "notation", "parameters", "plot", "points", "prove", "scalar", "shapes", "table", "train",
    "use", "vector", "write",
  ]

  /// Whether the tokens define a name: `z =`, `P[j] =`, `f(x) =`.
  ///
  /// `prove (a) = b` is no definition: a blank follows the keyword.
  static func isDefinition(_ tokens: [Token], _ range: Range<Int>) -> Bool {
    guard range.count >= 2, tokens[range.lowerBound].kind == .name else { return false }
    let second = range.lowerBound + 1
    switch tokens[second].kind {
    case .equal:
      return true
    case .leftBracket, .leftParenthesis:
      let name = tokens[range.lowerBound]
      if keywords.contains(name.text), name.range.upper < tokens[second].range.lower {
        return false
      }
      let after = afterBracket(tokens, second..<range.upperBound)
      return after < range.upperBound && tokens[after].kind == .equal
    default:
      return false
    }
  }

  /// The place after the bracket that opens at the lower bound.
  static func afterBracket(_ tokens: [Token], _ range: Range<Int>) -> Int {
    var depth = 0
    for place in range {
      switch tokens[place].kind {
      case .leftParenthesis, .leftBracket, .leftBrace: depth += 1
      case .rightParenthesis, .rightBracket, .rightBrace: depth -= 1
      default: break
      }
      if depth <= 0 { return place + 1 }
    }
    return range.upperBound
  }

  /// Adds the names that a statement declares, defines or gives.
  static func collectNames(_ tokens: [Token], _ range: Range<Int>, into names: inout KnownNames) {
    guard let first = range.first, tokens[first].kind == .name else { return }
    if isDefinition(tokens, range) {
      let isFunction = tokens[first + 1].kind == .leftParenthesis
      names.insert(tokens[first].text, isFunction ? .function : .quantity)
      return
    }
    let rest = range.dropFirst()
    switch tokens[first].text {
    case "dimension": collectItems(tokens, rest, .dimension, into: &names)
    case "index": collectItems(tokens, rest, .index, into: &names)
    case "class": collectItems(tokens, rest, .fixedIndex, into: &names)
    case "scalar": collectItems(tokens, rest, .scalar, into: &names)
    case "vector": collectItems(tokens, rest, .vector, into: &names)
    case "matrix": collectItems(tokens, rest, .matrix, into: &names)
    case "function": collectItems(tokens, rest, .function, into: &names)
    case "at": collectItems(tokens, rest, .quantity, into: &names)
    default: break
    }
  }

  /// The first name of each entry of a list, and the dimensions in its brackets and ranges.
  private static func collectItems(
    _ tokens: [Token], _ range: Range<Int>, _ kind: KnownNames.Kind, into names: inout KnownNames
  ) {
    var place = range.lowerBound
    var startsItem = true
    while place < range.upperBound {
      let token = tokens[place]
      switch token.kind {
      case .name:
        if startsItem { names.insert(token.text, kind) }
        let isUpperBound = kind == .index || kind == .fixedIndex
        if isUpperBound, tokens[place - 1].kind == .dotDot { names.insert(token.text, .dimension) }
        startsItem = false
        place += 1
      case .comma:
        startsItem = true
        place += 1
      case .leftBracket where kind == .vector || kind == .matrix:
        let after = afterBracket(tokens, place..<range.upperBound)
        if tokens[place - 1].kind == .name, tokens[place - 1].text != "in" {
          for inner in place..<after where tokens[inner].kind == .name {
            names.insert(tokens[inner].text, .dimension)
          }
        }
        place = after
      case .leftParenthesis, .leftBracket, .leftBrace:
        place = afterBracket(tokens, place..<range.upperBound)
      default:
        startsItem = false
        place += 1
      }
    }
  }
}
