/// The declarations that expressions need where names with indices were not declared.
///
/// A name with indices becomes an array, a letter between brackets an index. Slots and letters form
/// classes: a letter joins the slots in which it stands, and letters that are compared join each
/// other. A sum with limits gives its class a range; each class that is left without one gets a size
/// of its own. A letter means one range everywhere unless its slots forbid it.
package struct ImplicitDeclarations: Sendable {
  package private(set) var statements: [StatementSyntax] = []
  /// The expressions, with limits at the sums whose letter runs over something else elsewhere.
  package private(set) var expressions: [Syntax]
  /// Names of sizes that were read as others, such as n where the vector is declared with N.
  package private(set) var renamedSizes: [(from: String, to: String)] = []

  /// The arrays that nobody declared, with the number of their indices.
  package var arrays: [(name: String, slots: Int)] {
    newArrays.map { ($0, slots[$0]?.count ?? 0) }
  }

  /// How strictly declared index letters are taken.
  package enum Strictness: Sendable {
    /// A declared index runs over its own range, and sizes are what they are called.
    case strict
    /// People use letters anew, and call a size n that was declared as N.
    case lenient
  }

  let known: KnownRanges
  let strictness: Strictness
  var classes = IndexClasses()
  /// The classes of the slots of each array, and which arrays nobody declared, in order.
  var slots: [String: [Int]] = [:]
  var newArrays: [String] = []
  /// Arrays that are defined in the text itself.
  let defined: Set<String>
  /// The classes of each letter: where it stands free, and one for each sum over it.
  var letters: [String: [Int]] = [:]
  var letterOrder: [String] = []
  var freeLetters: [String: Int] = [:]
  /// The class of each index bound by a sum or product, in the order of the text.
  var boundClasses: [Int] = []
  /// Letters that stand in a slot, are bound, or are compared with such letters.
  var indexLetters: Set<String> = []
  /// Letters that a sum or product binds somewhere.
  var boundLetters: Set<String> = []
  /// Names in the limits of sums that are no index letters.
  var sizeNames: Set<String> = []
  var calledNames: Set<String> = []
  /// The ranges that the limits of sums give, by the class of the sum.
  var limits: [(place: Int, range: BoundsSyntax)] = []
  private var usedLetters: Set<String> = []
  private var lastLetter = 0

  package init(
    of expressions: [Syntax], defining defined: Set<String> = [], knowing known: KnownRanges,
    _ strictness: Strictness
  ) {
    self.expressions = expressions
    self.known = known
    self.strictness = strictness
    self.defined = defined
    for expression in expressions { survey(expression, 0) }
    sizeNames.subtract(boundLetters)
    sizeNames.subtract(indexLetters.intersection(Self.usualLetters))
    indexLetters.subtract(sizeNames)
    for (name, ranges) in known.arrays { slots[name] = ranges.map { classes.add($0) } }
    for expression in expressions { read(expression, [], 0) }
    for (place, range) in limits where classes.range(of: place) == nil {
      classes.setRange(of: place, range)
    }
    uniteLetters()
    renameSizes()
    nameSizes()
    declare()
    var place = 0
    for index in self.expressions.indices {
      self.expressions[index] = bound(self.expressions[index], [], &place, 0)
    }
  }

  /// Letters that stand in several places run over one range wherever that is possible.
  private mutating func uniteLetters() {
    for letter in letterOrder {
      guard let own = letters[letter], let first = own.first else { continue }
      let preferred = known.indices[letter].map { classes.add($0) } ?? first
      for other in own { classes.unite(preferred, other) }
    }
  }

  /// A size that only a sum's limits name is that of the slots in which its letter stands.
  private mutating func renameSizes() {
    guard strictness == .lenient else { return }
    var names: [String: String] = [:]
    for (place, limit) in limits {
      guard case .name(let size) = limit.upper.kind, names[size] == nil, !known.contains(size),
        let range = classes.range(of: place), case .name(let own) = range.upper.kind, own != size,
        known.contains(own), limit.lower.isWritten(like: range.lower)
      else { continue }
      names[size] = own
      renamedSizes.append((size, own))
    }
    if names.isEmpty { return }
    for place in expressions.indices { expressions[place] = expressions[place].renaming(names) }
  }

  /// Gives each class that has no range a size of its own.
  private mutating func nameSizes() {
    var taken = Set(known.names).union(sizeNames).union(calledNames)
    for expression in expressions { for name in expression.names { taken.insert(name.text) } }
    taken.formUnion(letters.keys)
    var count = 0
    for place in 0..<classes.count where classes.root(place) == place {
      if classes.range(of: place) != nil || isOpaque(place) { continue }
      let nowhere = SourceRange(0, 0)
      var name = ""
      repeat {
        name =
          count < Self.usualSizes.count
          ? Self.usualSizes[count] : "N\(count - Self.usualSizes.count + 1)"
        count += 1
      } while !taken.insert(name).inserted
      classes.setRange(
        of: place,
        BoundsSyntax(
          lower: Syntax(.number("1"), nowhere), upper: Syntax(.name(name), nowhere)))
    }
  }

  /// Letters that are an index even where they limit a sum, as in the sum of the first i terms.
  private static let usualLetters: Set<String> = ["i", "j", "k", "l"]
  private static let usualSizes = ["N", "K", "M", "D", "H", "L", "P", "Q", "R", "S"]

  /// Whether a class belongs to a declared array whose range cannot be written down.
  private func isOpaque(_ place: Int) -> Bool {
    for (name, ranges) in known.arrays {
      for (slot, range) in zip(slots[name] ?? [], ranges)
      where range == nil && classes.root(slot) == place {
        return true
      }
    }
    return false
  }

  private mutating func declare() {
    var vectors: [DeclaredNameSyntax] = []
    var matrices: [DeclaredNameSyntax] = []
    for name in newArrays {
      let axes = (slots[name] ?? []).compactMap { classes.range(of: $0) }.map { range in
        switch range.lower.kind {
        case .number("1"): AxisSyntax(lower: nil, upper: range.upper)
        default: AxisSyntax(lower: range.lower, upper: range.upper)
        }
      }
      let declared = DeclaredNameSyntax(
        name: NameSyntax(name, SourceRange(0, 0)), axes: axes, parameters: [], attributes: [])
      if axes.count == 1 { vectors.append(declared) } else { matrices.append(declared) }
    }
    if !vectors.isEmpty {
      statements.append(.declaration(DeclarationSyntax(kind: .vector, names: vectors)))
    }
    if !matrices.isEmpty {
      statements.append(.declaration(DeclarationSyntax(kind: .matrix, names: matrices)))
    }
    var groups: [IndexSyntax] = []
    var places: [String: Int] = [:]
    for letter in letterOrder where !known.contains(letter) {
      guard let place = letters[letter]?.first, let range = classes.range(of: place) else {
        continue
      }
      let name = NameSyntax(letter, SourceRange(0, 0))
      let key = range.lower.dump + ".." + range.upper.dump
      if let own = places[key] {
        groups[own].names.append(name)
      } else {
        places[key] = groups.count
        groups.append(IndexSyntax(names: [name], bounds: range))
      }
    }
    if !groups.isEmpty { statements.append(.index(groups)) }
  }

  // MARK: Limits

  /// The expression with limits at each sum whose letter is declared over another range, or not as
  /// an index.
  private mutating func bound(
    _ syntax: Syntax, _ outer: [String], _ place: inout Int, _ depth: Int
  ) -> Syntax {
    guard depth < Syntax.deepestNesting, case .binder(var binder) = syntax.kind else {
      return syntax.mappingParts { bound($0, outer, &place, depth + 1) }
    }
    var names = outer
    for index in binder.indices.indices {
      let letter = binder.indices[index].name.text
      let own = place < boundClasses.count ? boundClasses[place] : 0
      place += 1
      var isDeclaredHere = false
      if let range = classes.range(of: own) {
        if let declared = known.indices[letter] {
          isDeclaredHere = declared.isWritten(like: range)
        } else if let first = letters[letter]?.first {
          isDeclaredHere = classes.root(first) == classes.root(own)
        }
        if !isDeclaredHere, binder.indices[index].bounds == nil {
          binder.indices[index].bounds = range
        }
      }
      let isTaken =
        names.contains(letter) || (known.contains(letter) && known.indices[letter] == nil)
      if strictness == .lenient, isTaken {
        let other = unusedLetter()
        if binder.indices[index].bounds == nil {
          binder.indices[index].bounds = classes.range(of: own)
        }
        binder.indices[index].name.text = other
        binder.body = binder.body.renaming([letter: other])
      }
      names.append(binder.indices[index].name.text)
    }
    // The body alone: limits and what is left out hold no sums of their own worth a range.
    binder.body = bound(binder.body, names, &place, depth + 1)
    return Syntax(.binder(binder), syntax.range)
  }

  /// A letter that stands nowhere yet, neither in the text nor among those handed out.
  private mutating func unusedLetter() -> String {
    if usedLetters.isEmpty {
      usedLetters = Set(known.names).union(letters.keys).union(sizeNames).union(boundLetters)
      for expression in expressions {
        for name in expression.names { usedLetters.insert(name.text) }
      }
    }
    for letter in ["k", "l", "m", "n", "p", "q", "r", "s"]
    where usedLetters.insert(letter).inserted {
      return letter
    }
    repeat { lastLetter += 1 } while !usedLetters.insert("k\(lastLetter)").inserted
    return "k\(lastLetter)"
  }
}
