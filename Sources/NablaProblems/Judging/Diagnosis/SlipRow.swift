import NablaNotation
import NablaRendering

/// One kind of slip: how it is undone at a place of an expression.
struct SlipRow: Sendable {
  let name: String
  let mistake: Mistake
  /// How unlikely the slip is; cheaper ones are tried first.
  let cost: Int
  let undo: @Sendable (_ place: SlipPlace, _ changes: inout SlipChanges) -> Void
}

/// A part of a sentence about a slip.
enum SlipWord: Sendable {
  case text(String)
  case math(Syntax)
}

/// A node of the expression to be repaired, with what holds there.
struct SlipPlace: Sendable {
  enum Role: Sendable {
    case value
    /// In brackets behind an array.
    case index
    case exponent
    /// What is differentiated by, a bound of a sum, or a condition.
    case other
  }

  let node: Syntax
  let role: Role
  let isRoot: Bool
  /// Whether the node stands in an argument, a power or a condition.
  let isInFunction: Bool
  /// The indices that sums around the node bind, the innermost last.
  let bound: [String]
  let step: SlipStep
  /// The indices that may stand here: those bound around it, the innermost first, and free ones.
  let indices: [String]

  init(
    node: Syntax, role: Role, isRoot: Bool, isInFunction: Bool, bound: [String],
    step: SlipStep
  ) {
    self.isInFunction = isInFunction
    self.node = node
    self.role = role
    self.isRoot = isRoot
    self.bound = bound
    self.step = step
    var found: [String] = []
    for name in bound.reversed() where !found.contains(name) { found.append(name) }
    for name in step.vocabulary.freeIndices where !found.contains(name) { found.append(name) }
    indices = found
  }

  /// Whether all indices of an expression may stand here.
  func allows(_ syntax: Syntax) -> Bool { allows(syntax, bound: []) }

  private func allows(_ syntax: Syntax, bound: [String]) -> Bool {
    switch syntax.kind {
    case .number: return true
    case .name(let name):
      return indices.contains(name) || bound.contains(name)
        || !step.vocabulary.indexNames.contains(name)
    case .binder(let binder):
      let inner = bound + binder.indices.map { $0.name.text }
      return syntax.parts.allSatisfy { allows($0, bound: inner) }
    default:
      var isAllowed = true
      syntax.forEachPart { isAllowed = isAllowed && allows($0, bound: bound) }
      return isAllowed
    }
  }
}

/// A changed expression that may be what was meant.
struct SlipCandidate: Sendable {
  let row: Int
  let cost: Int
  /// How many tokens the change puts in or replaces.
  let size: Int
  let mistake: Mistake
  let whole: Syntax
  let before: Syntax
  let after: Syntax
  let words: [SlipWord]
  /// The tokens of the whole side, where they are known.
  var length: Int? = nil
  /// Whether the side that was taken to stand is changed.
  var isOfOther = false

  /// The change together with a sign or a factor of the whole side.
  func multiplied(by factor: WholeFactor) -> SlipCandidate {
    let range = whole.range
    let two = Syntax.number(2, at: range)
    let (new, more): (Syntax, [SlipWord])
    switch factor {
    case .sign:
      if case .negation(let inner) = whole.kind {
        new = inner
      } else {
        new = Syntax(.negation(whole), range)
      }
      more = [.text(", and the sign of the whole side")]
    case .double:
      new = .product(two, whole)
      more = [.text(", and the factor "), .math(two), .text(" is missing")]
    case .half:
      new = .product(whole, two, .over)
      more = [.text(", and the factor "), .math(two), .text(" is one too many")]
    }
    return SlipCandidate(
      row: row, cost: cost, size: size + 1, mistake: mistake, whole: new, before: before,
      after: after, words: words + more)
  }
}

/// What may be wrong with a whole side besides a slip in it.
enum WholeFactor: CaseIterable {
  case sign, double, half

  /// By what the side has to be multiplied.
  var value: Double {
    switch self {
    case .sign: -1
    case .double: 2
    case .half: 0.5
    }
  }
}

/// Collects what the rows propose at one place.
struct SlipChanges {
  struct Proposal {
    let node: Syntax
    let size: Int
    let mistake: Mistake?
    let extraCost: Int
    let words: [SlipWord]
  }

  private(set) var proposals: [Proposal] = []

  /// Proposes a node in place of the one at hand; `size` counts the tokens put in or replaced.
  mutating func propose(
    _ node: Syntax, size: Int = 1, as mistake: Mistake? = nil, extraCost: Int = 0,
    _ words: [SlipWord]
  ) {
    proposals.append(
      Proposal(node: node, size: size, mistake: mistake, extraCost: extraCost, words: words))
  }
}
