extension LaTeXParser {
  /// A name whose scripts are told apart: part of the name, indices, powers.
  struct Atom {
    var name: String
    /// The letter without its scripts.
    var base: String
    var indices: [Syntax] = []
    var marks: [Mark] = []
    var primes = 0
    /// Whether it is spelled by a word in upright letters.
    var isWord = false
    var range: SourceRange

    var syntax: Syntax {
      let base = Syntax(.name(name), range)
      return indices.isEmpty ? base : Syntax(.indexed(base, indices), range)
    }
  }

  /// Tells the scripts of a name apart.
  mutating func resolve(
    _ base: String, _ scripts: Scripts, from start: Int
  ) throws(Diagnostic) -> Atom {
    var (base, scripts) = (base, scripts)
    if let below = scripts.below.first, below.count == 3 || below.count == 5,
      let accent = scriptText(below), ["hat", "bar", "tilde"].contains(accent)
    {
      // `y_hat`, as it is typed without LaTeX.
      base += accent
      scripts.below.removeFirst()
    }
    var atom = Atom(name: base, base: base, range: range(from: start))
    atom.primes = scripts.primes
    var marks: [Mark] = []
    for above in scripts.above { marks += try self.marks(above) }
    let word = takeWord(above: &marks, of: base)
    if let word, scripts.below.isEmpty, marks.isEmpty {
      atom.name = known(base + "_" + word) ?? base + "_" + word
      return atom
    }
    let powers = marks.filter {
      if case .power = $0 { return true }
      return false
    }
    guard powers.count < 2 else { throw Self.doublePower(atom.range) }
    if scripts.below.isEmpty, marks.isEmpty {
      atom.name = names.name(base, below: nil, above: nil) ?? base
      return atom
    }
    var below = scripts.below
    let sub = below.first.flatMap { scriptText($0) }
    // A layer number: in brackets, or a bare number where only that makes a known name.
    var layerPlace: Int?
    var layer: String?
    for (place, mark) in marks.enumerated() where layer == nil {
      switch mark {
      case .layer(let range):
        layerPlace = place
        layer = scriptText(range)
      case .power(let range) where range.count == 1:
        guard let text = scriptText(range), !leadsToEntry(base, below),
          isLayer(text, base, sub)
        else { continue }
        layerPlace = place
        layer = text
      default: break
      }
    }
    let isIndexed = sub.map { isIndexText($0, below[0], base) } ?? true
    let isWord = below.first.map { isWordText($0, base) } ?? false
    if names.isKnown(base), layer == nil, leadsToEntry(base, below), !fits(base, below[0]),
      let cut = try leadingDigits(base, below)
    {
      atom.name = cut.name
      atom.indices = cut.indices
    } else if let found = knownName(base, sub: sub, layer: layer), !isWord || found.takesSub {
      atom.name = found.name
      if found.takesLayer, let layerPlace { marks.remove(at: layerPlace) }
      if found.takesSub { below.removeFirst() }
      layer = found.takesLayer ? nil : layer
      try takeRest(&atom, &marks, &below, layer != nil ? layerPlace : nil)
    } else if let cut = try leadingDigits(base, below) {
      atom.name = cut.name
      atom.indices = cut.indices
      below.removeFirst()
      try takeRest(&atom, &marks, &below, layer != nil ? layerPlace : nil)
    } else {
      try spellUnknown(&atom, base, sub, isIndexed, &marks, &below, layerPlace)
    }
    atom.marks = marks
    if let word { atom.name += "_" + word }
    return atom
  }

  /// `new` in `w^{new}` and `w^{\text{new}}`, which is no power.
  private func takeWord(above marks: inout [Mark], of base: String) -> String? {
    for (place, mark) in marks.enumerated() {
      var range: Range<Int>
      switch mark {
      case .power(let places), .layer(let places): range = places
      default: continue
      }
      if range.count > 2, tokens[range.lowerBound].kind == .open,
        partner(range.lowerBound) == range.upperBound - 1
      {
        range = range.lowerBound + 1..<range.upperBound - 1
      }
      guard let text = scriptText(range) else { continue }
      let isWord = range.count == 1 && tokens[range.lowerBound].kind == .word
      let isRun =
        range.count > 2
        && range.allSatisfy { tokens[$0].kind == .letter && !names.isKnown(tokens[$0].text) }
        && range.dropFirst().allSatisfy { tokens[$0].isJoined }
      let isName =
        range.count > 1 && tokens[range.lowerBound].kind == .letter
        && (names.isLayerWord(text) || names.isKnown(base + "_" + text))
      if isWord || isRun || isName {
        marks.remove(at: place)
        return text
      }
    }
    return nil
  }

  // MARK: Known names

  private func knownName(
    _ base: String, sub: String?, layer: String?
  ) -> (name: String, takesSub: Bool, takesLayer: Bool)? {
    if let layer {
      if let sub, let name = spelled(base, sub, layer) { return (name, true, true) }
      if let name = spelled(base, nil, layer) { return (name, false, true) }
    }
    if let sub, let name = spelled(base, sub, nil) { return (name, true, false) }
    // A sub that can be an index stands below the name itself.
    if let name = spelled(base, nil, nil) {
      guard let sub else { return layer == nil || !isDigits(layer) ? (name, false, false) : nil }
      if layer != nil, isDigits(layer) { return nil }
      let slots = names.slots(name)
      if isDigits(sub), slots == 0 || (slots == nil && !names.isKnown(name)) { return nil }
      if slots == 0 { return nil }
      return (name, false, false)
    }
    return nil
  }

  private func isDigits(_ text: String?) -> Bool {
    guard let text, !text.isEmpty else { return false }
    return text.utf8.allSatisfy { LaTeXLexer.isDigit($0) }
  }

  /// The name that a base spells with a script below and a layer above.
  private func spelled(_ base: String, _ sub: String?, _ layer: String?) -> String? {
    if let name = names.name(base, below: sub, above: layer) { return name }
    switch (sub, layer) {
    case (let sub?, let layer?):
      return known(base + layer + "_" + sub) ?? known(base + "_" + sub + layer)
        ?? known(base + sub + "_" + layer)
    case (let script?, nil), (nil, let script?):
      return isDigits(script)
        ? known(base + script) ?? known(base + "_" + script)
        : known(base + "_" + script) ?? known(base + script)
    case (nil, nil): return known(base)
    }
  }

  private func known(_ name: String) -> String? { names.isKnown(name) ? name : nil }

  /// Whether a bare number above a name is a layer.
  private mutating func isLayer(_ text: String, _ base: String, _ sub: String?) -> Bool {
    guard isDigits(text) else {
      // `W^z_{ij}` for Wz.
      return text.utf8.count == 1 && !names.isKnown(base) && spelled(base, nil, text) != nil
    }
    let isSpelled =
      names.name(base, below: sub, above: text) != nil
      || names.name(base, below: nil, above: text) != nil
    if isSpelled { return true }
    guard spelled(base, nil, text) != nil else { return false }
    if let sub, spelled(base, sub, nil) != nil { return false }
    guard names.isKnown(base) else { return true }
    met.insert(.raised)
    return flags.contains(.raised)
  }

  /// Whether what stands below is the number of a name and the indices of an entry of it, so that
  /// a number above is an exponent: `W_{1,ij}^2`.
  private mutating func leadsToEntry(_ base: String, _ below: [Range<Int>]) -> Bool {
    let (place, end) = (place, end)
    defer { (self.place, self.end) = (place, end) }
    guard below.count == 1, let cut = try? leadingDigits(base, below) else { return false }
    return names.slots(cut.name) == cut.indices.count
  }

  /// Whether a name takes as many indices as stand below it.
  private func fits(_ name: String, _ below: Range<Int>) -> Bool {
    let parts = list(below)
    let slots = names.slots(name)
    return slots == parts.count && parts.allSatisfy { $0.count == 1 }
      || parts.count == 1 && slots == below.count
  }

  /// `b_{2i}` where b2 is a name and b is not.
  private mutating func leadingDigits(
    _ base: String, _ below: [Range<Int>]
  ) throws(Diagnostic) -> (name: String, indices: [Syntax])? {
    guard let first = below.first, first.count > 1,
      tokens[first.lowerBound].kind == .number
    else { return nil }
    let digits = tokens[first.lowerBound].text
    guard let name = known(base + digits) else { return nil }
    var start = first.lowerBound + 1
    if tokens[start].kind == .comma { start += 1 }
    guard start < first.upperBound else { return nil }
    return (name, try indices(start..<first.upperBound, slots: names.slots(name)))
  }

  /// What is left of the scripts of a known name: indices.
  private mutating func takeRest(
    _ atom: inout Atom, _ marks: inout [Mark], _ below: inout [Range<Int>], _ layerPlace: Int?
  ) throws(Diagnostic) {
    let slots = names.slots(atom.name)
    if let layerPlace, case .layer(let range) = marks[layerPlace] {
      marks.remove(at: layerPlace)
      if isFunctionLike(atom.name), isDigits(scriptText(range)) {
        atom.primes += min(Int(scriptText(range) ?? "") ?? 0, 64)
      } else {
        atom.indices.append(try expression(range))
      }
    }
    for range in below {
      let left = slots.flatMap { $0 > 0 ? $0 - atom.indices.count : nil }
      atom.indices += try indices(range, slots: left)
    }
  }

  // MARK: Unknown names

  /// Whether letters below a name are a word rather than indices of it.
  private func isWordText(_ range: Range<Int>, _ base: String) -> Bool {
    guard range.count > 1, names.slots(base) != range.count,
      range.allSatisfy({ tokens[$0].kind == .letter && tokens[$0].text.utf8.count == 1 }),
      range.dropFirst().allSatisfy({ tokens[$0].isJoined })
    else { return false }
    return !areIndices(range) || names.isLayerWord(scriptText(range) ?? "")
  }

  /// Whether a subscript is an index rather than a part of the name.
  private func isIndexText(_ text: String, _ range: Range<Int>, _ base: String) -> Bool {
    if isDigits(text) { return false }
    if range.count > 1, names.isLayerWord(text), names.slots(base) != range.count { return false }
    if base == "delta", range.count == 2, !names.isKnown(base) {
      // δ of two letters compares them.
      return range.allSatisfy {
        tokens[$0].kind == .letter
          && (tokens[$0].text.utf8.count == 1 || names.isIndexLetter(tokens[$0].text))
          && (tokens[$0].text.utf8.first ?? 0) >= 0x61
          && (names.isIndex(tokens[$0].text) || !names.isKnown(tokens[$0].text))
      }
    }
    if range.count == 1 {
      if bound.contains(text) || names.isIndex(text) { return true }
      return names.isIndexLetter(text)
    }
    return areIndices(range)
  }

  /// The most natural plain spelling of a name that is not known.
  private mutating func spellUnknown(
    _ atom: inout Atom, _ base: String, _ sub: String?, _ isIndexed: Bool, _ marks: inout [Mark],
    _ below: inout [Range<Int>], _ layerPlace: Int?
  ) throws(Diagnostic) {
    atom.name = base
    var hasLayer = false
    if let layerPlace, case .layer(let range) = marks[layerPlace] {
      let text = scriptText(range)
      if isDigits(text), let text, !isFunctionLike(base) || names.kind(base) == nil {
        marks.remove(at: layerPlace)
        atom.name += text
        hasLayer = names.vocabulary.unknownsTakeIndices
      }
    }
    // Below a layer stands an entry.
    if hasLayer, isDigits(sub), let digits = sub?.utf8.count, digits <= 2 {
      atom.indices = try indices(below.removeFirst(), slots: digits)
    } else if let sub, !isIndexed || !names.vocabulary.unknownsTakeIndices,
      names.slots(base) ?? 0 == 0 || isWordText(below[0], base)
    {
      below.removeFirst()
      atom.name += isDigits(sub) && atom.name == base ? sub : "_" + sub
    }
    let place = marks.firstIndex {
      if case .layer = $0 { return true }
      return false
    }
    try takeRest(&atom, &marks, &below, place)
  }
}
