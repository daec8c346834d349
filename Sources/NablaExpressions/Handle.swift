/// The name of a node in an `ExpressionPool`; equal terms of one pool share one handle.
///
/// A handle means nothing outside its pool.
/// Children are always interned before their parents, so handles are a topological order.
@frozen
public struct Handle: Hashable, Comparable, BitwiseCopyable, Sendable {
  public let index: UInt32

  @inlinable public init(index: UInt32) { self.index = index }

  @inlinable public static func < (left: Handle, right: Handle) -> Bool {
    left.index < right.index
  }
}

/// The name of an operand list in an `ExpressionPool`.
@frozen
public struct ListID: Hashable, BitwiseCopyable, Sendable {
  /// Where the list's length stands in the pool's side array; its members follow.
  public let start: UInt32

  @inlinable public init(start: UInt32) { self.start = start }
}

/// The name of a symbol in a pool's symbol table.
@frozen
public struct SymbolID: Hashable, Comparable, BitwiseCopyable, Sendable {
  public let index: UInt32

  @inlinable public init(index: UInt32) { self.index = index }

  @inlinable public static func < (left: SymbolID, right: SymbolID) -> Bool {
    left.index < right.index
  }
}
