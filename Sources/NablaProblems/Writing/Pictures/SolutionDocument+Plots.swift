import NablaExpressions
import NablaRendering

extension SolutionDocument {
  mutating func write(_ plot: SampledPlot, _ pool: inout ExpressionPool) {
    var curves: [Plot.Curve] = []
    for curve in plot.curves {
      let marks = curve.marks.map { mark in
        Plot.Mark(Self.kind(of: mark.kind), at: Plot.Point(mark.point.x, mark.point.y))
      }
      curves.append(
        Plot.Curve(
          formula(curve.expression, &pool),
          pieces: curve.pieces.map { $0.map { Plot.Point($0.x, $0.y) } }, marks: marks))
    }
    document.blocks.append(
      .plot(
        Plot(
          curves, x: plot.range, y: plot.vertical,
          horizontal: formula(pool.symbol(plot.variable), &pool))))
  }

  private static func kind(of kind: SampledPlot.MarkKind) -> Plot.Mark.Kind {
    switch kind {
    case .value: .value
    case .kink: .kink
    case .limit: .limit
    }
  }

  /// The loss before each step, and after the last one where it is known.
  mutating func writeLosses(
    _ run: TrainingRun, _ loss: Formula, _ pool: inout ExpressionPool
  ) {
    var points: [Plot.Point] = []
    for (step, iteration) in run.iterations.enumerated() {
      let value = iteration.loss.double(in: pool)
      if value.isFinite { points.append(Plot.Point(Double(step + 1), value)) }
    }
    guard points.count >= 3, let first = points.first, let last = points.last else { return }
    let heights = points.map { $0.y }
    guard let low = heights.min(), let high = heights.max() else { return }
    // Only where most of the curve would lie flat on the axis.
    let isLogarithmic =
      low > 0 && high > 200 * low
      && heights.filter { $0 < low + 0.05 * (high - low) }.count * 2 > heights.count
    let size = high - low
    let range: ClosedRange<Double>
    if isLogarithmic {
      range = (low / 1.3)...(high * 1.3)
    } else if size > 1e-12 * max(abs(high), abs(low)) {
      let floor = low >= 0 && low < size ? 0 : low - 0.06 * size
      range = floor...(high + 0.06 * size)
    } else {
      range = (low - 1)...(high + 1)
    }
    let marks =
      points.count <= 40 ? points.map { Plot.Mark(.value, at: $0) } : []
    document.blocks.append(
      .lead([.strong([words("The loss over the steps.")]), words(" Each before its step:")]))
    document.blocks.append(
      .plot(
        Plot(
          [Plot.Curve(loss, pieces: [points], marks: marks)], x: first.x...last.x, y: range,
          horizontal: .text(say("steps")), vertical: loss, isLogarithmic: isLogarithmic,
          isCounted: true)))
  }
}
