/// An identity of the textbook, as a row: two sides with u, v, w, t for any terms.
///
/// The rows are the campaign's own and know nothing of the rules by which anything is proved.
package struct Law: Sendable {
  package enum Domain: Sendable {
    /// Both sides are defined at the same points.
    case same
    /// The left side is defined wherever the right one is; only left may become right.
    case narrowing
  }

  package let leftText: String
  package let rightText: String
  package let domain: Domain
  package let left: Term
  package let right: Term
  /// For each letter, the indices of the row that its term may contain.
  private let allowed: [String: Set<String>]

  package var name: String { leftText + " = " + rightText }

  static let letters: Set<String> = ["u", "v", "w", "t"]

  package init(_ left: String, _ domain: Domain, _ right: String) throws(TermReader.Unreadable) {
    leftText = left
    rightText = right
    self.domain = domain
    self.left = try TermReader.term(left)
    self.right = try TermReader.term(right)
    var allowed: [String: Set<String>] = [:]
    for side in [self.left, self.right] { Self.collect(side, [], &allowed) }
    self.allowed = allowed
  }

  private static func collect(
    _ term: Term, _ bound: Set<String>, _ allowed: inout [String: Set<String>]
  ) {
    if case .name(let name) = term.head, letters.contains(name) {
      allowed[name] = allowed[name]?.intersection(bound) ?? bound
    }
    var inner = bound
    if let binder = term.binder { inner.insert(binder.index) }
    if case .at(let index, _) = term.head { inner.insert(index) }
    for part in term.parts { collect(part, inner, &allowed) }
  }

  /// Whether a letter may stand for a term with these free indices.
  func mayContain(_ indices: Set<String>, _ letter: String) -> Bool {
    guard let allowed = allowed[letter] else { return true }
    return left.boundIndices.union(right.boundIndices).intersection(indices).isSubset(of: allowed)
  }

  /// What a row's letters and indices stand for.
  struct Match {
    var terms: [String: Term] = [:]
    var indices: [String: String] = [:]
  }

  /// The other side for a term that one side matches.
  ///
  /// `fill` gives a term for a letter that the matched side lacks, `index` an index name.
  func rewritten(
    _ term: Term, isReversed: Bool, fill: () -> Term,
    index: (_ like: String?, _ isBound: Bool) -> String?
  ) -> Term? {
    let (from, to) = isReversed ? (right, left) : (left, right)
    var match = Match()
    guard matches(from, term, &match) else { return nil }
    for (letter, value) in match.terms {
      let free = value.freeIndices
      for (own, actual) in match.indices
      where allowed[letter]?.contains(own) != true && from.boundIndices.contains(own) {
        if free.contains(actual) { return nil }
      }
    }
    for letter in Self.letters.sorted()
    where match.terms[letter] == nil && to.contains(where: { $0.head == .name(letter) }) {
      match.terms[letter] = fill()
    }
    let bound = to.boundIndices
    for own in to.freeIndices.union(bound).sorted() where match.indices[own] == nil {
      guard
        let name = index(match.indices.sorted { $0.key < $1.key }.first?.value, bound.contains(own))
      else { return nil }
      match.indices[own] = name
    }
    return instance(to, match)
  }

  private func matches(_ pattern: Term, _ term: Term, _ match: inout Match) -> Bool {
    if case .name(let letter) = pattern.head, Self.letters.contains(letter) {
      if let known = match.terms[letter] { return known.isSame(as: term) }
      match.terms[letter] = term
      return true
    }
    switch (pattern.head, term.head) {
    case (.sum(let own, let except), .sum(let actual, let theirs)),
      (.product(let own, let except), .product(let actual, let theirs)):
      guard (except == nil) == (theirs == nil) else { return false }
      if let except, let theirs, !bind(except, theirs, &match) { return false }
      if let known = match.indices[own] {
        guard IndexDimensions.dimension(of: known) == IndexDimensions.dimension(of: actual) else {
          return false
        }
        return matches(pattern.parts[0], term.parts[0].renamed([actual: known]), &match)
      }
      match.indices[own] = actual
    case (.delta(let a, let b), .delta(let c, let d)):
      return bind(a, c, &match) && bind(b, d, &match)
    case (.at(let one, let other), _):
      guard case .name(let letter) = pattern.parts[0].head, let body = match.terms[letter],
        let from = match.indices[one]
      else { return false }
      guard let to = match.indices[other] else { return false }
      return body.renamed([from: to]).isSame(as: term)
    default:
      guard pattern.head == term.head, pattern.parts.count == term.parts.count else {
        return false
      }
    }
    for (own, part) in zip(pattern.parts, term.parts) where !matches(own, part, &match) {
      return false
    }
    return true
  }

  private func bind(_ own: String, _ actual: String, _ match: inout Match) -> Bool {
    if let known = match.indices[own] { return known == actual }
    match.indices[own] = actual
    return true
  }

  private func instance(_ pattern: Term, _ match: Match) -> Term {
    if case .name(let letter) = pattern.head, let value = match.terms[letter] { return value }
    if case .name("size") = pattern.head {
      let like = match.indices.sorted { $0.key < $1.key }.first?.value
      return .name(like.map { IndexDimensions.dimension(of: $0) } ?? "N")
    }
    if case .at(let one, let other) = pattern.head {
      let body = instance(pattern.parts[0], match)
      guard let from = match.indices[one], let to = match.indices[other] else { return body }
      return body.renamed([from: to])
    }
    var result = Term(pattern.head).renamed(match.indices)
    result.parts = pattern.parts.map { instance($0, match) }
    return result
  }
}
