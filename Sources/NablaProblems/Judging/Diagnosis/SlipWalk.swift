import NablaNotation

/// Applies every row at every node of an expression.
struct SlipWalk {
  private let rows: [SlipRow]
  private let step: SlipStep
  private let limit: Int
  private var length = 0
  private(set) var candidates: [SlipCandidate] = []

  init(_ rows: [SlipRow], _ step: SlipStep, limit: Int) {
    self.rows = rows
    self.step = step
    self.limit = limit
  }

  mutating func run(_ root: Syntax) {
    length = root.tokenCount
    visit(root, .value, bound: [], isRoot: true, isInFunction: false) { $0 }
  }

  private mutating func visit(
    _ node: Syntax, _ role: SlipPlace.Role, bound: [String], isRoot: Bool,
    isInFunction: Bool, _ whole: (Syntax) -> Syntax
  ) {
    guard candidates.count < limit else { return }
    let tokens = node.tokenCount
    let place = SlipPlace(
      node: node, role: role, isRoot: isRoot, isInFunction: isInFunction, bound: bound,
      step: step)
    for (number, row) in rows.enumerated() {
      var changes = SlipChanges()
      row.undo(place, &changes)
      for change in changes.proposals where candidates.count < limit {
        candidates.append(
          SlipCandidate(
            row: number, cost: row.cost + change.extraCost, size: change.size,
            mistake: change.mistake ?? row.mistake, whole: whole(change.node), before: node,
            after: change.node, words: change.words,
            length: length - tokens + change.node.tokenCount))
      }
    }
    let parts = node.parts
    let inFunction = isInFunction || node.isFunction
    for (number, part) in parts.enumerated() {
      let (role, names) = Self.role(of: number, count: parts.count, in: node, role)
      visit(part, role, bound: bound + names, isRoot: false, isInFunction: inFunction) { new in
        var copy = parts
        copy[number] = new
        return whole(node.withParts(copy))
      }
    }
  }

  /// The role of a part, and the indices bound there in addition.
  private static func role(
    of number: Int, count: Int, in node: Syntax, _ role: SlipPlace.Role
  ) -> (SlipPlace.Role, [String]) {
    switch node.kind {
    case .indexed: return (number == 0 ? role : .index, [])
    case .power, .elementwisePower: return (number == 0 ? role : .exponent, [])
    case .binder(let binder):
      let names = binder.indices.map { $0.name.text }
      return (number == count - 1 ? role : .other, names)
    case .piecewise(let branches, _):
      return (number < 2 * branches.count && number % 2 == 0 ? .other : role, [])
    case .indicator: return (.other, [])
    case .comparison: return (.value, [])
    case .derivative: return (number == 0 ? role : .other, [])
    case .call(let call):
      return (call.function.text == "delta" ? .index : role, [])
    default: return (role, [])
    }
  }
}

extension Syntax {
  /// Whether a factor inside is no factor of the whole.
  var isFunction: Bool {
    switch kind {
    case .call, .power, .elementwisePower, .comparison: true
    default: false
    }
  }
}
