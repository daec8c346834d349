import NablaExpressions

/// Curves as points.
package struct SampledPlot: Sendable {
  package struct Point: Sendable {
    package let x: Double
    package let y: Double
  }

  package enum MarkKind: Sendable { case value, kink, limit }

  package struct Curve: Sendable {
    package let expression: Handle
    /// Points in the order of x; a curve is interrupted where it has no value or jumps.
    package var pieces: [[Point]] = []
    package var marks: [(kind: MarkKind, point: Point)] = []
  }

  package let variable: SymbolID
  package let range: ClosedRange<Double>
  package var vertical: ClosedRange<Double>
  package var curves: [Curve] = []
}
