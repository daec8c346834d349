/// Which dimension an index runs over: told by its name, so that a term needs no table beside it.
enum IndexDimensions {
  private static let second: Set<String> = ["a", "b", "r", "s", "t", "u", "v"]

  static func dimension(of index: String) -> String {
    if index.hasPrefix("#") { return index.hasPrefix("#M") ? "M" : "N" }
    return second.contains(index) ? "M" : "N"
  }
}

extension Term {
  /// The term with names from a vocabulary for its bound indices; a name is bound again only
  /// outside of where it is bound already.
  func withReadableIndices(
    _ vocabulary: Vocabulary, below outer: Set<String> = [], _ pick: (Int) -> Int
  ) -> Term? {
    var result = self
    var taken = outer
    if let binder {
      let dimension = IndexDimensions.dimension(of: binder.index)
      let names = vocabulary.bound.filter { $0.dimension == dimension && !taken.contains($0.name) }
      guard !names.isEmpty else { return nil }
      let name = names[pick(min(names.count, 3))].name
      taken.insert(name)
      result.parts = parts.map { $0.renamed([binder.index: name]) }
      switch head {
      case .sum: result.head = .sum(name, except: binder.except)
      default: result.head = .product(name, except: binder.except)
      }
    }
    for slot in result.parts.indices {
      guard let part = result.parts[slot].withReadableIndices(vocabulary, below: taken, pick)
      else { return nil }
      result.parts[slot] = part
    }
    return result
  }

  /// Whether two terms differ in nothing but the names of bound indices.
  func isSame(as other: Term, _ names: [String: String] = [:]) -> Bool {
    if let binder, let theirs = other.binder {
      var mapped = names
      mapped[binder.index] = theirs.index
      guard (binder.except.map { names[$0] ?? $0 }) == theirs.except,
        IndexDimensions.dimension(of: binder.index) == IndexDimensions.dimension(of: theirs.index)
      else { return false }
      switch (head, other.head) {
      case (.sum, .sum), (.product, .product): break
      default: return false
      }
      return zip(parts, other.parts).allSatisfy { $0.isSame(as: $1, mapped) }
    }
    guard parts.count == other.parts.count else { return false }
    guard Term(head).renamed(names).head == other.head else { return false }
    return zip(parts, other.parts).allSatisfy { $0.isSame(as: $1, names) }
  }
}
