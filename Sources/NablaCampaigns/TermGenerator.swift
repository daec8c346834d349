import NablaVerification

/// Random terms over a vocabulary.
struct TermGenerator {
  let vocabulary: Vocabulary
  var random: RandomNumbers
  /// Indices that a term may use here: free ones and those bound above.
  var available: [String] = []
  /// The number of the index named last; names are never given twice.
  var nextIndex = 0

  init(_ vocabulary: Vocabulary, _ random: RandomNumbers) {
    self.vocabulary = vocabulary
    self.random = random
  }

  var isIndexed: Bool { !vocabulary.dimensions.isEmpty }

  mutating func pick(_ count: Int) -> Int { random.below(count) }

  mutating func pick<Element>(from list: [Element]) -> Element { list[random.below(list.count)] }

  mutating func freshIndex(_ dimension: String) -> String {
    nextIndex += 1
    return "#\(dimension)\(nextIndex)"
  }

  // MARK: Leaves

  mutating func leaf() -> Term {
    if isIndexed, pick(3) > 0, let entry = entry() { return entry }
    switch pick(8) {
    case 0: return .number(1 + pick(4))
    case 1: return .number(1 + pick(3)) / .number(2 + pick(3))
    case 2: return isIndexed ? .name(pick(from: vocabulary.dimensions)) : .number(2)
    default: return .name(pick(from: vocabulary.scalars).name)
    }
  }

  private mutating func entry() -> Term? {
    for _ in 0..<4 {
      let array = pick(from: vocabulary.arrays)
      var slots: [String] = []
      for dimension in array.dimensions {
        let fitting = available.filter { IndexDimensions.dimension(of: $0) == dimension }
        // The innermost index is the one that a sum needs.
        if let last = fitting.last { slots.append(pick(2) == 0 ? last : pick(from: fitting)) }
      }
      if slots.count == array.dimensions.count { return Term(.entry(array.name, slots)) }
    }
    return nil
  }

  // MARK: Terms

  mutating func term(_ depth: Int) -> Term {
    if depth <= 0 { return leaf() }
    if isIndexed, pick(3) == 0 { return indexed(depth) }
    switch pick(20) {
    case 0...3: return term(depth - 1) + smaller(depth)
    case 4, 5: return term(depth - 1) - smaller(depth)
    case 6...9: return term(depth - 1) * smaller(depth)
    case 10, 11: return term(depth - 1) / smaller(depth)
    case 12: return -term(depth - 1)
    case 13, 14: return power(depth)
    case 15: return cases(depth)
    case 16:
      let function = pick(from: vocabulary.functions)
      return Term(.call(function, primes: pick(3) == 0 ? 1 : 0), [term(depth - 1)])
    default: return function(depth)
    }
  }

  private mutating func smaller(_ depth: Int) -> Term { term(pick(depth)) }

  private mutating func power(_ depth: Int) -> Term {
    let base = term(depth - 1)
    switch pick(10) {
    case 0...3: return base.power(2)
    case 4: return base.power(3)
    case 5: return base.power(-1)
    case 6: return positive(base).power(.number(1) / .number(2 + pick(2)))
    case 7: return positive(base).power(.number(3) / .number(2))
    case 8: return positive(base).power(-.number(1) / .number(2))
    default: return positive(base).power(leaf())
    }
  }

  static let everywhere = [
    "exp", "exp", "sin", "cos", "tanh", "sinh", "cosh", "sech", "atan", "asinh", "sigmoid",
    "sigmoid", "softplus", "erf", "abs", "ReLU", "sign", "step",
  ]
  static let poles = ["tan", "cot", "sec", "csc", "coth", "csch", "acot", "acsch"]
  static let positives = ["log", "log", "sqrt", "sqrt"]
  static let units = ["asin", "acos", "atanh", "asech"]
  static let outside = ["acosh", "acoth", "asec", "acsc"]

  private mutating func function(_ depth: Int) -> Term {
    let inner = term(depth - 1)
    switch pick(10) {
    case 0...4: return .call(pick(from: Self.everywhere), inner)
    case 5...7: return .call(pick(from: Self.positives), positive(inner))
    case 8:
      return pick(2) == 0
        ? .call(pick(from: Self.poles), inner)
        : .call(pick(from: Self.units), inside(inner))
    default: return .call(pick(from: Self.outside), .number(1) + positive(inner))
    }
  }

  /// Often something that is positive where it is defined.
  private mutating func positive(_ inner: Term) -> Term {
    switch pick(6) {
    case 0: inner.power(2) + .number(1)
    case 1: .call("exp", inner)
    case 2: .call("abs", inner)
    default: inner
    }
  }

  private mutating func inside(_ inner: Term) -> Term {
    switch pick(4) {
    case 0: .call("sigmoid", inner)
    case 1: inner / .number(4)
    default: inner
    }
  }

  private mutating func cases(_ depth: Int) -> Term {
    switch pick(6) {
    case 0, 1: return .call("max", term(depth - 1), smaller(depth))
    case 2: return .call("min", term(depth - 1), smaller(depth))
    case 3: return Term(.indicator(relation()), [term(depth - 1), leaf()])
    default:
      return Term(.piecewise(relation()), [leaf(), leaf(), term(depth - 1), smaller(depth)])
    }
  }

  private mutating func relation() -> Term.Relation {
    pick(from: [.greater, .greater, .greaterOrEqual, .less, .lessOrEqual])
  }

  // MARK: Indices

  private mutating func indexed(_ depth: Int) -> Term {
    switch pick(12) {
    case 0: return delta()
    case 1: return exponentials(depth)
    case 2:
      if let except = available.last, pick(2) == 0 {
        let index = freshIndex(IndexDimensions.dimension(of: except))
        return Term(.sum(index, except: except), [within(index, depth)])
      }
      let index = freshIndex(pick(from: vocabulary.dimensions))
      let body = pick(2) == 0 ? within(index, depth) : .call("exp", within(index, depth))
      return Term(.product(index, except: nil), [body])
    case 3...6: return contraction(depth)
    default:
      let index = freshIndex(pick(from: ["N", "N", "M"]))
      return Term(.sum(index, except: nil), [within(index, depth)])
    }
  }

  private mutating func within(_ index: String, _ depth: Int) -> Term {
    available.append(index)
    defer { available.removeLast() }
    return term(depth - 1)
  }

  private mutating func delta() -> Term {
    guard let one = available.last else { return leaf() }
    let dimension = IndexDimensions.dimension(of: one)
    let others = available.filter { $0 != one && IndexDimensions.dimension(of: $0) == dimension }
    if others.isEmpty { return leaf() }
    return Term(.delta(pick(from: others), one)) * leaf()
  }

  /// exp(u)/Σ exp(u), or the logarithm of such a sum.
  private mutating func exponentials(_ depth: Int) -> Term {
    let index = freshIndex("N")
    let body = within(index, min(depth, 2))
    let sum = Term(.sum(index, except: nil), [.call("exp", body)])
    let own = available.filter { IndexDimensions.dimension(of: $0) == "N" }
    guard let last = own.last, pick(3) > 0 else { return .call("log", sum) }
    return .call("exp", body.renamed([index: last])) / sum
  }

  /// A matrix entry times something of the index that is summed over.
  private mutating func contraction(_ depth: Int) -> Term {
    let dimension = pick(from: vocabulary.dimensions)
    let index = freshIndex(dimension)
    available.append(index)
    defer { available.removeLast() }
    guard let one = entry() else { return Term(.sum(index, except: nil), [leaf()]) }
    return Term(.sum(index, except: nil), [one * term(min(depth - 1, 1))])
  }
}
