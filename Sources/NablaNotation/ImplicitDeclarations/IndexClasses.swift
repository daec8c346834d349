/// Slots and index letters that run over the same range, found by unification.
struct IndexClasses: Sendable {
  private var parents: [Int] = []
  private var bounds: [BoundsSyntax?] = []

  /// A class of its own.
  mutating func add(_ range: BoundsSyntax?) -> Int {
    parents.append(parents.count)
    bounds.append(range)
    return parents.count - 1
  }

  var count: Int { parents.count }

  func root(_ member: Int) -> Int {
    var place = member
    while parents[place] != place { place = parents[place] }
    return place
  }

  /// The same, with the way there cut short for the next time.
  private mutating func compressedRoot(_ member: Int) -> Int {
    let root = root(member)
    var place = member
    while parents[place] != place {
      let next = parents[place]
      parents[place] = root
      place = next
    }
    return root
  }

  func range(of member: Int) -> BoundsSyntax? { bounds[root(member)] }

  mutating func setRange(of member: Int, _ range: BoundsSyntax) { bounds[root(member)] = range }

  /// Makes two classes one, unless they run over different ranges.
  ///
  /// The representative is the class that was added first.
  @discardableResult
  mutating func unite(_ one: Int, _ other: Int) -> Bool {
    let (left, right) = (compressedRoot(one), compressedRoot(other))
    let first = min(left, right)
    let second = max(left, right)
    if first == second { return true }
    if let known = bounds[first], let new = bounds[second], !known.isWritten(like: new) {
      return false
    }
    bounds[first] = bounds[first] ?? bounds[second]
    parents[second] = first
    return true
  }
}

extension BoundsSyntax {
  func isWritten(like other: BoundsSyntax) -> Bool {
    lower.isWritten(like: other.lower) && upper.isWritten(like: other.upper)
  }
}
