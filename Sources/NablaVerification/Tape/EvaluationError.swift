import NablaExpressions

/// Why an expression has no tape, or a tape no value.
package enum EvaluationError: Error, Hashable, Sendable {
  /// More instructions or unrolled terms than allowed.
  case tooLarge(limit: Int)
  /// A name without a value.
  case freeName(SymbolID)
  /// Where an index or a bound has to stand, but no integer is known.
  case notAnInteger(Handle)
  /// A derivative by something that is neither a scalar nor a component.
  case notAVariable(Handle)
  /// A definition that needs its own value.
  case circular(SymbolID)
  /// A derivative of higher order than is computed.
  case orderTooHigh(limit: Int)
}

extension ExpressionPool {
  /// The reason in words.
  package func text(of error: EvaluationError) -> String {
    switch error {
    case .tooLarge(let limit): "more than \(limit) operations"
    case .freeName(let id): "'\(declaration(of: id).name)' has no value"
    case .notAnInteger: "an index without an integer value"
    case .notAVariable: "a derivative by something other than a scalar or a component"
    case .circular(let id): "'\(declaration(of: id).name)' is defined by itself"
    case .orderTooHigh(let limit): "a derivative of an order above \(limit)"
    }
  }
}
