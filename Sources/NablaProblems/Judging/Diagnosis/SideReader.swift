import NablaExpressions
import NablaNotation

/// Lowers candidates beside the other side of the step, which is lowered once.
struct SideReader {
  private var lowering: Lowering
  private let other: Syntax
  private let isElementary: Bool
  private var otherHandle: Handle?
  /// The other side in matrix notation, by its entry at index names that no side uses.
  private var otherQuantity: WrittenQuantity?
  /// Index names that the sides use.
  private let taken: IndexNames

  init(
    _ scope: Scope, against other: Syntax, beside wrong: Syntax, _ pool: inout ExpressionPool
  ) {
    lowering = Lowering(scope)
    lowering.allowsUndefined = true
    lowering.suggestionsLeft = 0
    lowering.isSilent = true
    self.other = other
    isElementary =
      !lowering.usesMatrixNotation(other, in: pool) && !lowering.usesMatrixNotation(wrong, in: pool)
    var names = IndexNames()
    for name in other.names + wrong.names { names.reserve(name.text) }
    taken = names
    if isElementary {
      otherHandle = try? lowering.expression(other, in: &pool)
    } else {
      otherQuantity = try? lowering.quantity(other, naming: &names, in: &pool)
    }
  }

  /// Both sides, entry by entry; nil if the side cannot be read or is of another shape.
  mutating func read(
    _ side: Syntax, _ pool: inout ExpressionPool
  ) -> (left: Handle, right: Handle)? {
    if isElementary {
      lowering.isMatrixNotation = false
      defer { lowering.isMatrixNotation = nil }
      guard let otherHandle, let left = try? lowering.expression(side, in: &pool) else {
        return nil
      }
      return (left, otherHandle)
    }
    guard let otherQuantity else { return read(side, against: other, &pool) }
    var names = taken
    guard let own = try? lowering.quantity(side, naming: &names, in: &pool) else { return nil }
    // A side whose shape is not the other's may be 0, or take its size from the other.
    guard own.row == otherQuantity.row, own.column == otherQuantity.column else {
      return own.indices.count == otherQuantity.indices.count || own.indices.isEmpty
        ? read(side, against: other, &pool) : nil
    }
    return (own.entry, otherQuantity.entry)
  }

  mutating func read(
    _ side: Syntax, against other: Syntax, _ pool: inout ExpressionPool
  ) -> (left: Handle, right: Handle)? {
    let relation = RelationSyntax(left: side, operation: .equal, right: other)
    guard let forms = try? lowering.relationForms(relation, in: &pool) else { return nil }
    return (forms.leftEntry, forms.rightEntry)
  }
}
