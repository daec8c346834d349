import NablaExpressions

extension Syntax {
  /// Whether an expression may have to do with vectors or matrices as wholes.
  ///
  /// - Parameters:
  ///   - isArray: whether a name stands for a vector or matrix.
  ///   - isKnown: whether a name has a meaning that hides a built-in function.
  func usesMatrixNotation(
    isArray: (String) -> Bool, isKnown: (String) -> Bool
  ) -> Bool {
    switch kind {
    case .name(let name): return isArray(name)
    case .transpose, .matrix: return true
    case .indexed(let base, let indices):
      guard case .name = base.kind else { return true }
      return indices.contains { $0.usesMatrixNotation(isArray: isArray, isKnown: isKnown) }
    case .call(let call) where BuiltInNames.isOfArrays(call.function.text):
      if !isKnown(call.function.text) { return true }
    default: break
    }
    var found = false
    forEachPart { part in
      found = found || part.usesMatrixNotation(isArray: isArray, isKnown: isKnown)
    }
    return found
  }
}

extension BuiltInNames {
  /// Whether a function takes or makes vectors and matrices as wholes.
  static func isOfArrays(_ name: String) -> Bool {
    switch name {
    case "inv", "det", "trace", "tr", "diag", "dot", "outer", "eye", "ones", "norm", "softmax",
      "onehot", "sum", "mean", "rows", "columns", "size":
      true
    default: false
    }
  }
}

extension Lowering {
  package func usesMatrixNotation(_ syntax: Syntax, in pool: borrowing ExpressionPool) -> Bool {
    // What the closures hold is copied for each of them, and the whole is large.
    let (locals, names) = (locals, scope.names)
    func symbol(_ name: String) -> SymbolID? {
      for local in locals.reversed() where local.name == name { return local.symbol }
      return names[name]
    }
    return syntax.usesMatrixNotation(
      isArray: { symbol($0).map { pool.kind(of: $0) == .array } ?? false },
      isKnown: { symbol($0) != nil })
  }
}
