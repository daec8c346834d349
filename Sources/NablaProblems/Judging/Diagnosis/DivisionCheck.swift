import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

/// The check for divisions by zero, as they stand or under the given values.
package struct DivisionCheck {
  package struct Finding: Sendable {
    package var divisor: Formula
    package var range: SourceRange
    /// In words, without a full stop.
    package var sentence: [Inline]
  }

  private let scope: Scope
  private let formula: SyntaxFormulas

  package init(_ scope: Scope) {
    self.scope = scope
    formula = SyntaxFormulas(scope)
  }

  /// The first divisor whose value is 0.
  package func check(_ side: Syntax, in pool: inout ExpressionPool) -> Finding? {
    var divisors: [Syntax] = []
    side.forEachNode { node in
      guard case .product(let factors) = node.kind else { return }
      for entry in factors {
        switch entry.operation {
        case .over, .elementwiseOver: divisors.append(entry.factor)
        case .times, .elementwiseTimes: break
        }
      }
    }
    for divisor in divisors where isZero(divisor, &pool) {
      let own = formula(divisor)
      return Finding(
        divisor: own, range: divisor.range,
        sentence: [.text("division by zero: "), .formula(own), .text(" is 0")])
    }
    return nil
  }

  private func isZero(_ divisor: Syntax, _ pool: inout ExpressionPool) -> Bool {
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    guard let handle = try? lowering.expression(divisor, in: &pool) else { return false }
    if pool.canonical(handle) == pool.zero { return true }
    var evaluator = ExactEvaluator(lowering.scope)
    return (try? evaluator.value(of: handle, in: &pool))?.isZero == true
  }
}
