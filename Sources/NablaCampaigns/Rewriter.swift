import NablaVerification

/// Applies laws to random parts of a term.
struct Rewriter {
  let laws: [Law]
  var generator: TermGenerator
  /// Which laws were applied, as places in the list.
  private(set) var applied: [Int] = []

  static let largest = 60

  init(_ laws: [Law], _ generator: TermGenerator) {
    self.laws = laws
    self.generator = generator
  }

  /// The term after a number of steps, none of which makes its domain larger.
  mutating func rewritten(_ term: Term, steps: Int) -> Term {
    var result = term
    for _ in 0..<steps {
      for _ in 0..<30 {
        if let next = step(result) {
          result = next
          break
        }
      }
    }
    return result
  }

  private mutating func step(_ term: Term) -> Term? {
    let place = generator.pick(laws.count)
    let law = laws[place]
    let isReversed = law.domain == .same && generator.pick(2) == 0
    let pattern = isReversed ? law.right : law.left
    var isLetter = false
    if case .name = pattern.head { isLetter = true }
    // Laws that fit everywhere would otherwise crowd out the others.
    if isLetter, generator.pick(5) > 0 { return nil }
    let size = term.size
    let start = generator.pick(size)
    for offset in 0..<size {
      let position = (start + offset) % size
      let part = term[position]
      if isLetter, part.size > 12 { continue }
      let outer = generator.available
      generator.available = outer + term.indicesBound(above: position)
      defer { generator.available = outer }
      guard let new = rewritten(part, law, isReversed), new != part else { continue }
      var result = term
      result[position] = new
      guard result.size <= Self.largest else { return nil }
      applied.append(place)
      return result.renamedApart(&generator.nextIndex)
    }
    return nil
  }

  private mutating func rewritten(_ part: Term, _ law: Law, _ isReversed: Bool) -> Term? {
    let filling = generator.term(generator.pick(2))
    var inner = generator
    let result = law.rewritten(part, isReversed: isReversed) {
      filling
    } index: { like, isBound in
      let dimension = like.map { IndexDimensions.dimension(of: $0) } ?? "N"
      if isBound { return inner.freshIndex(dimension) }
      let fitting = inner.available.filter { IndexDimensions.dimension(of: $0) == dimension }
      return fitting.isEmpty ? nil : inner.pick(from: fitting)
    }
    if result != nil { generator = inner }
    return result
  }
}
