extension ExpressionPool {
  /// The name of a symbol, without copying its declaration.
  package func name(of id: SymbolID) -> String { symbols[Int(id.index)].name }

  /// Whether the engine made the symbol when it opened a sum.
  package func isFresh(_ id: SymbolID) -> Bool { symbols[Int(id.index)].isFresh }

  /// The name the author used in the place of a fresh index.
  package func preferredName(of id: SymbolID) -> String? {
    symbols[Int(id.index)].preferredName
  }

  /// The range of an index, or of the first slot of an array.
  package func firstRange(of id: SymbolID) -> IndexRange? {
    symbols[Int(id.index)].ranges.first
  }

  /// The function a symbol is a partial derivative of, and the orders.
  package func functionDerivative(of id: SymbolID) -> FunctionDerivative? {
    symbols[Int(id.index)].derivative
  }
}
