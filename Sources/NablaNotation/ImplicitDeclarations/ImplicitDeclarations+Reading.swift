extension ImplicitDeclarations {
  /// An index of an enclosing sum, with the class of its range.
  struct BoundLetter {
    let letter: String
    let place: Int
  }

  // MARK: Which letters are indices

  /// Collects the letters that are indices, the names of sizes, and the names that are called.
  mutating func survey(_ syntax: Syntax, _ depth: Int) {
    if depth > Syntax.deepestNesting { return }
    switch syntax.kind {
    case .indexed(_, let indices):
      for index in indices { for name in index.names { indexLetters.insert(name.text) } }
    case .binder(let binder):
      for index in binder.indices {
        indexLetters.insert(index.name.text)
        boundLetters.insert(index.name.text)
        for excluded in index.excluded {
          for name in excluded.names { indexLetters.insert(name.text) }
        }
        for bound in [index.bounds?.lower, index.bounds?.upper] {
          for name in bound?.names ?? [] { sizeNames.insert(name.text) }
        }
      }
    case .call(let call):
      calledNames.insert(call.function.text)
      if call.function.text == "delta", call.arguments.count == 2 {
        for case .name(let letter) in call.arguments.map({ $0.kind }) {
          indexLetters.insert(letter)
        }
      }
    default: break
    }
    var parts: [Syntax] = []
    syntax.forEachPart { parts.append($0) }
    for part in parts { survey(part, depth + 1) }
  }

  // MARK: What runs over the same range

  mutating func read(_ syntax: Syntax, _ bound: [BoundLetter], _ depth: Int) {
    if depth > Syntax.deepestNesting { return }
    switch syntax.kind {
    case .indexed(let base, let indices):
      readEntry(base, indices, bound, depth)
      return
    case .binder(let binder):
      read(binder, bound, depth)
      return
    case .call(let call) where call.function.text == "delta" && call.arguments.count == 2:
      compare(call.arguments[0], call.arguments[1], bound)
    case .comparison(let left, _, let right): compare(left, right, bound)
    default: break
    }
    var parts: [Syntax] = []
    syntax.forEachPart { parts.append($0) }
    for part in parts { read(part, bound, depth + 1) }
  }

  private mutating func readEntry(
    _ base: Syntax, _ indices: [Syntax], _ bound: [BoundLetter], _ depth: Int
  ) {
    if let name = array(of: base), let own = slots(of: name, count: indices.count) {
      for (index, slot) in zip(indices, own) { join(index, slot, bound) }
    }
    if case .name = base.kind {} else { read(base, bound, depth + 1) }
    for index in indices {
      for name in index.names where place(of: name.text, bound) == nil {
        _ = freePlace(of: name.text)
      }
      read(index, bound, depth + 1)
    }
  }

  /// The array whose slots the indices behind an expression stand for, as far as that is plain:
  /// a name, or a function that acts on a vector.
  private func array(of base: Syntax) -> String? {
    switch base.kind {
    case .name(let name): return name
    case .call(let call) where call.arguments.count == 1:
      let function = call.function.text
      guard function == "softmax" || BuiltInNames.elementwise.contains(function) else {
        return nil
      }
      return array(of: call.arguments[0])
    default: return nil
    }
  }

  /// The classes of the slots of an array; those of one that is met for the first time are new.
  private mutating func slots(of name: String, count: Int) -> [Int]? {
    if let own = slots[name] { return own }
    if known.contains(name) || calledNames.contains(name) || count == 0 { return nil }
    var own: [Int] = []
    for _ in 0..<count { own.append(classes.add(nil)) }
    slots[name] = own
    if !defined.contains(name) { newArrays.append(name) }
    return own
  }

  private mutating func join(_ index: Syntax, _ slot: Int, _ bound: [BoundLetter]) {
    if case .name(let letter) = index.kind {
      if let place = place(of: letter, bound) ?? freePlace(of: letter) {
        classes.unite(place, slot)
      } else if sizeNames.contains(letter), classes.range(of: slot) == nil {
        classes.setRange(
          of: slot,
          BoundsSyntax(lower: Syntax(.number("1"), index.range), upper: index))
      }
      return
    }
    for name in index.names {
      if let place = place(of: name.text, bound) ?? freePlace(of: name.text) {
        classes.unite(place, slot)
      }
    }
  }

  private func place(of letter: String, _ bound: [BoundLetter]) -> Int? {
    for entry in bound.reversed() where entry.letter == letter { return entry.place }
    return nil
  }

  /// The class of a letter that no sum binds; nil for a name that is no index.
  private mutating func freePlace(of letter: String) -> Int? {
    if let own = freeLetters[letter] { return own }
    if sizeNames.contains(letter) || known.others.contains(letter) || slots[letter] != nil {
      return nil
    }
    if !known.contains(letter), BuiltInNames.function(named: letter) != nil { return nil }
    let place = classes.add(known.indices[letter])
    freeLetters[letter] = place
    note(letter, place, isFree: true)
    return place
  }

  private mutating func note(_ letter: String, _ place: Int, isFree: Bool) {
    if letters[letter] == nil { letterOrder.append(letter) }
    if isFree {
      letters[letter, default: []].insert(place, at: 0)
    } else {
      letters[letter, default: []].append(place)
    }
  }

  private mutating func compare(_ left: Syntax, _ right: Syntax, _ bound: [BoundLetter]) {
    guard case .name(let one) = left.kind, case .name(let other) = right.kind,
      isIndex(one, bound) || isIndex(other, bound),
      let first = place(of: one, bound) ?? freePlace(of: one),
      let second = place(of: other, bound) ?? freePlace(of: other)
    else { return }
    classes.unite(first, second)
  }

  private func isIndex(_ name: String, _ bound: [BoundLetter]) -> Bool {
    place(of: name, bound) != nil || known.indices[name] != nil || indexLetters.contains(name)
  }

  private mutating func read(_ binder: BinderSyntax, _ outer: [BoundLetter], _ depth: Int) {
    var bound = outer
    for index in binder.indices {
      let letter = index.name.text
      let isTaken = strictness == .strict && index.bounds == nil
      let place = classes.add(isTaken ? known.indices[letter] : nil)
      if let bounds = index.bounds {
        limit(place, bounds, bound)
      } else {
        note(letter, place, isFree: false)
      }
      boundClasses.append(place)
      for excluded in index.excluded {
        for name in excluded.names {
          if let other = self.place(of: name.text, bound) ?? freePlace(of: name.text) {
            classes.unite(place, other)
          }
        }
      }
      bound.append(BoundLetter(letter: letter, place: place))
    }
    read(binder.body, bound, depth + 1)
  }

  /// What the limits of a sum say about the slots in which its index stands.
  private mutating func limit(_ place: Int, _ bounds: BoundsSyntax, _ bound: [BoundLetter]) {
    guard case .number(let first) = bounds.lower.kind else { return }
    // In the sum of the first i terms there are as many terms as i has values.
    if case .name(let letter) = bounds.upper.kind, isIndex(letter, bound),
      let other = self.place(of: letter, bound) ?? freePlace(of: letter)
    {
      classes.unite(place, other)
      return
    }
    for name in bounds.upper.names where isIndex(name.text, bound) { return }
    let lower = first == "0" ? bounds.lower : Syntax(.number("1"), bounds.lower.range)
    limits.append((place, BoundsSyntax(lower: lower, upper: bounds.upper)))
  }
}
