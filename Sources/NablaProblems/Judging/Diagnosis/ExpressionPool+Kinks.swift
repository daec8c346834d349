import NablaExpressions

extension ExpressionPool {
  /// Whether a function with a kink, or a case distinction, occurs in an expression.
  mutating func hasKink(_ root: Handle) -> Bool {
    for node in deepNodes(root) + [root] {
      switch self[node] {
      case .function(.relu, _), .function(.abs, _), .function(.step, _), .function(.sign, _),
        .maximum, .minimum, .piecewise:
        return true
      default: continue
      }
    }
    return false
  }
}
