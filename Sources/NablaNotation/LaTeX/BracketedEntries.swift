/// Entries as plain text writes them, `h[i]` and `W[i, j]`.
struct BracketedEntries {
  private let names: LaTeXNames

  init(_ names: LaTeXNames) { self.names = names }

  /// The tokens with the brackets right behind a known array made a subscript, where they hold as
  /// many indices as it takes.
  func lower(_ tokens: [LaTeXToken]) -> [LaTeXToken] {
    guard tokens.contains(where: { isBracket($0) && $0.isJoined }) else { return tokens }
    var result: [LaTeXToken] = []
    result.reserveCapacity(tokens.count + 8)
    var closings: [Int] = []
    for (place, token) in tokens.enumerated() {
      if let close = entry(tokens, place) {
        result.append(LaTeXToken(.lowered, token.range))
        result.append(LaTeXToken(.groupOpen, token.range))
        closings.append(close)
      } else if closings.last == place {
        closings.removeLast()
        result.append(LaTeXToken(.groupClose, token.range))
      } else {
        result.append(token)
      }
    }
    return result
  }

  private func isBracket(_ token: LaTeXToken) -> Bool {
    token.kind == .open && token.code == LaTeXDelimiter.bracket.rawValue
  }

  /// Where the brackets close that open at a place and hold the indices of the name before.
  private func entry(_ tokens: [LaTeXToken], _ place: Int) -> Int? {
    guard place > 0, isBracket(tokens[place]), tokens[place].isJoined,
      tokens[place - 1].kind == .letter, let slots = names.slots(tokens[place - 1].text), slots > 0
    else { return nil }
    var depth = 1
    var indices = 1
    var areLetters = true
    var end = place + 1
    while end < tokens.count, end < place + 40 {
      switch tokens[end].kind {
      case .open, .groupOpen: depth += 1
      case .close, .groupClose: depth -= 1
      case .comma where depth == 1: indices += 1
      case .letter: areLetters = areLetters && names.isIndexLetter(tokens[end].text)
      case .number, .plus, .minus: break
      default: return nil
      }
      if depth == 0 { break }
      end += 1
    }
    guard depth == 0, end > place + 1, tokens[end].code == LaTeXDelimiter.bracket.rawValue,
      indices == slots, names.vocabulary.isPlainText || areLetters && end == place + 2 * slots
    else { return nil }
    return end
  }
}
