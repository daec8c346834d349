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

  func range(of member: Int) -> BoundsSyntax? { bounds[root(member)] }

  mutating func setRange(of member: Int, _ range: BoundsSyntax) { bounds[root(member)] = range }

  /// Makes two classes one, unless they run over different ranges.
  ///
  /// The representative is the class that was added first.
  @discardableResult
  mutating func unite(_ one: Int, _ other: Int) -> Bool {
    let first = min(root(one), root(other))
    let second = max(root(one), root(other))
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
