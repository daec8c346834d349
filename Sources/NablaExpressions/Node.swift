/// One node of an expression: its kind and the handles of its operands.
///
/// Nodes are never changed once interned.
/// Everything is a scalar that may carry free indices; vectors and matrices are notation only.
@frozen
public enum Node: BitwiseCopyable, Sendable {
  // Leaves
  /// An integer of at most 31 bits.
  case integer(Int32)
  /// Any other rational, by its place in the pool's table of numbers.
  case number(UInt32)
  case constant(Constant)
  /// A scalar, an index, a class or a dimension.
  case symbol(SymbolID)
  /// An index bound by the enclosing binder `level` binders up (0 the nearest).
  case bound(level: UInt32, slot: UInt32)
  /// A component such as `W[i,j]`; the list holds the indices.
  case entry(SymbolID, ListID)

  // Arithmetic
  case sum(ListID)
  case product(ListID)
  case power(Handle, Handle)
  case function(Function, Handle)
  case maximum(ListID)
  case minimum(ListID)
  /// An unknown or defined function, or one of its derivatives, at its arguments.
  case apply(SymbolID, ListID)

  // Binders: the list holds the lower and upper bound of each bound index in turn.
  case indexedSum(ListID, Handle)
  case indexedProduct(ListID, Handle)
  /// The determinant of the square matrix with this body as its entry; the list holds the bounds of
  /// the row index, slot 0, and of the column index, slot 1.
  case determinant(ListID, Handle)
  /// An entry of the inverse of such a matrix; after the bounds the list holds the entry's row,
  /// which runs over the matrix' columns, and its column.
  case inverse(ListID, Handle)

  // Conditions
  case delta(Handle, Handle)
  /// 1 where the condition holds and 0 elsewhere; a product is lazy in what an indicator hides.
  case indicator(Handle)
  /// Condition and value in turn, then possibly the value for all other cases.
  case piecewise(ListID)
  case relation(Relation, ListID)
  case conjunction(ListID)
  case disjunction(ListID)
  case complement(Handle)

  /// An unevaluated derivative; the list holds the variables, one for each order.
  case derivative(Handle, ListID)

  // Written forms, which the canonical form does not contain
  case quotient(Handle, Handle)
  case negation(Handle)
  case root(Handle, degree: UInt32)
  case heldSum(ListID)
  case heldProduct(ListID)
}

/// A named real constant.
public enum Constant: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case e, pi

  public var name: String {
    switch self {
    case .e: "e"
    case .pi: "pi"
    }
  }
}

/// A relation between two expressions.
public enum Relation: UInt8, BitwiseCopyable, Sendable, CaseIterable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual

  /// The relation that holds exactly where this one does not.
  public var complement: Relation {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    }
  }

  /// The same relation read from right to left.
  public var mirrored: Relation {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether the relation holds between numbers whose difference has this sign.
  public func holds(sign: Int) -> Bool {
    switch self {
    case .equal: sign == 0
    case .notEqual: sign != 0
    case .less: sign < 0
    case .lessOrEqual: sign <= 0
    case .greater: sign > 0
    case .greaterOrEqual: sign >= 0
    }
  }
}
