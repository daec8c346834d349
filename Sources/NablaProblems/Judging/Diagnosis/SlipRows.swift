import NablaNotation

/// The slips that are looked for, as a table.
enum SlipRows {
  static let all: [SlipRow] =
    signs + sums + indices + exponents + factors + parentheses + terms + names + functions
    + matrices + kinks + differentials
}

extension SlipPlace {
  /// Whether values may be changed here, not only names and indices.
  var isValue: Bool { role == .value || role == .exponent }

  /// Whether the node at hand has parts that are values.
  var hasSlots: Bool {
    if case .comparison = node.kind { return true }
    return isValue
  }

  /// The nodes at hand to which a factor or a function may be attached, each with the way back.
  ///
  /// A factor of a product is left out, since the product as a whole stands for it.
  func forEachSlot(_ visit: (Syntax, (Syntax) -> Syntax) -> Void) {
    guard hasSlots else { return }
    if isRoot { visit(node) { $0 } }
    switch node.kind {
    case .sum(let terms):
      for (number, entry) in terms.enumerated() {
        visit(entry.term) { new in
          var copy = terms
          copy[number].term = new
          return Syntax(.sum(copy), node.range)
        }
      }
    case .call(let call) where call.function.text != "delta":
      for (number, argument) in call.arguments.enumerated() {
        visit(argument) { new in
          var copy = call
          copy.arguments[number] = new
          return Syntax(.call(copy), node.range)
        }
      }
    case .binder(let binder):
      visit(binder.body) { new in
        var copy = binder
        copy.body = new
        return Syntax(.binder(copy), node.range)
      }
    case .power(let base, let exponent):
      visit(base) { Syntax(.power($0, exponent), node.range) }
      visit(exponent) { Syntax(.power(base, $0), node.range) }
    case .comparison(let left, let operation, let right):
      visit(left) { Syntax(.comparison($0, operation, right), node.range) }
      visit(right) { Syntax(.comparison(left, operation, $0), node.range) }
    default: break
    }
  }

  /// The indices bound in a slot of the node at hand in addition to those around it.
  var ownIndices: [String] {
    if case .binder(let binder) = node.kind { return binder.indices.map { $0.name.text } }
    return []
  }

  /// The place of a part in which further indices are bound.
  var inside: SlipPlace {
    let own = ownIndices
    if own.isEmpty { return self }
    return SlipPlace(
      node: node, role: role, isRoot: false, isInFunction: isInFunction,
      bound: bound + own, step: step)
  }
}
