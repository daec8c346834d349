/// Index letters with a prime, such as `i'` beside `i`: names of their own.
struct PrimedIndices {
  private let names: LaTeXNames

  init(_ names: LaTeXNames) { self.names = names }

  /// The tokens with each index letter and its prime made one, if they stand below something.
  func join(_ tokens: [LaTeXToken]) -> [LaTeXToken] {
    guard tokens.contains(where: { $0.kind == .prime }) else { return tokens }
    var found = comparedLetters(tokens)
    var depths: [Int] = []
    var depth = 0
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case .groupOpen:
        depth += 1
        if place > 0, tokens[place - 1].kind == .lowered { depths.append(depth) }
      case .groupClose:
        if depths.last == depth { depths.removeLast() }
        depth -= 1
      default: break
      }
      if !depths.isEmpty, let letter = letter(tokens, place) { found.insert(letter) }
    }
    if found.isEmpty { return tokens }
    var joined: [LaTeXToken] = []
    joined.reserveCapacity(tokens.count)
    var place = 0
    while place < tokens.count {
      var token = tokens[place]
      place += 1
      if let letter = letter(tokens, place - 1), found.contains(letter) {
        token.text = letter + "prime"
        token.range = token.range.union(tokens[place].range)
        place += 1
      }
      joined.append(token)
    }
    return joined
  }

  /// The letters with a prime in `i' \neq i`, where nothing but index letters is compared.
  private func comparedLetters(_ tokens: [LaTeXToken]) -> Set<String> {
    guard tokens.count <= 8 else { return [] }
    var found: Set<String> = []
    var isComparison = false
    for (place, token) in tokens.enumerated() {
      switch token.kind {
      case .letter:
        guard names.isIndexLetter(token.text) else { return [] }
        if let letter = letter(tokens, place) { found.insert(letter) }
      case .relation: isComparison = true
      case .prime, .comma: break
      default: return []
      }
    }
    return isComparison ? found : []
  }

  /// The index letter at a place that a single prime follows and nothing that it applies to.
  private func letter(_ tokens: [LaTeXToken], _ place: Int) -> String? {
    guard place + 1 < tokens.count, tokens[place].kind == .letter,
      tokens[place].text.utf8.count == 1, tokens[place + 1].kind == .prime,
      tokens[place + 1].code == 1, names.isIndexLetter(tokens[place].text),
      place + 2 == tokens.count || tokens[place + 2].kind != .open
    else { return nil }
    return tokens[place].text
  }
}
