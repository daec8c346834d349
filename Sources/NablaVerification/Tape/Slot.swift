import NablaExpressions

/// An input of a tape: a scalar, or one component of an array.
package struct Slot: Hashable, Sendable {
  package let symbol: SymbolID
  /// The place of the component; empty for a scalar.
  package let indices: [Int]
  /// Whether the input is what is added to a defined quantity rather than the quantity itself.
  package let isShift: Bool

  package init(_ symbol: SymbolID, _ indices: [Int] = [], isShift: Bool = false) {
    self.symbol = symbol
    self.indices = indices
    self.isShift = isShift
  }
}

extension ExpressionPool {
  /// A slot in plain notation, such as `W[2,3]`.
  package func text(of slot: Slot) -> String {
    var text = declaration(of: slot.symbol).name
    if slot.indices.isEmpty { return text }
    for (place, index) in slot.indices.enumerated() {
      text += place == 0 ? "[" : ","
      text += String(index)
    }
    return text + "]"
  }
}
