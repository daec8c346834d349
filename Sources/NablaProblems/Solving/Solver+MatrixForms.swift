import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting

extension Solver {
  /// The matrix form of a result with one or two free indices, if there is one.
  ///
  /// The first index counts rows, the second columns.
  func lifted(
    _ result: Handle, _ indices: [SymbolID], _ pool: inout ExpressionPool
  ) -> MatrixForm? {
    nil
  }
}
