import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting
import NablaVerification

extension Solver {
  private static var mostBreaks: Int { 64 }

  /// Samples the curves of a task and finds their kinks.
  func plot(
    _ task: Task.Curves, _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    let scope = solved.task.scope
    let values = GivenValues(scope, in: &pool)
    var samplers: [CurveSampler] = []
    for curve in task.curves {
      if let missing = values.firstMissing(in: curve, free: [task.variable], &pool) {
        solved.obstacle =
          "“\(pool.declaration(of: missing).name)” has no value; give it one with “at”"
        solved.verdict = .failed
        return
      }
      guard let sampler = sampler([curve], task, values, scope, &pool) else {
        solved.obstacle = "the curves need more operations than are computed for a picture"
        solved.verdict = .undecided
        return
      }
      samplers.append(sampler)
    }
    guard let vertical = task.vertical ?? Self.vertical(&samplers) else {
      solved.obstacle = "no curve has a value in this range"
      solved.verdict = .undecided
      return
    }
    var plot = SampledPlot(variable: task.variable, range: task.range, vertical: vertical)
    for (place, curve) in task.curves.enumerated() {
      let seams = seams(of: curve, task, values, scope, &pool)
      plot.curves.append(Self.curve(curve, &samplers[place], seams, vertical))
    }
    solved.plot = plot
  }

  private func sampler(
    _ expressions: [Handle], _ task: Task.Curves, _ values: GivenValues, _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> CurveSampler? {
    var context = TapeContext(definitions: scope.definitions, values: values.integers)
    context.instructionLimit = 1_000_000
    guard let tape = try? Tape(expressions, context, &pool) else { return nil }
    var inputs: [Double] = []
    var slots: [Int] = []
    for (place, slot) in tape.slots.enumerated() {
      if slot.symbol == task.variable, !slot.isShift {
        slots.append(place)
        inputs.append(0)
      } else {
        guard let value = values.doubleInput(slot, context, &pool) else { return nil }
        inputs.append(value)
      }
    }
    return CurveSampler(tape, inputs: inputs, slots: slots, range: task.range)
  }

  /// The heights to be shown: all of them, but poles are cut off.
  private static func vertical(_ samplers: inout [CurveSampler]) -> ClosedRange<Double>? {
    var points: [(height: Double, x: Double, curve: Int)] = []
    for curve in samplers.indices {
      for x in samplers[curve].grid {
        let height = samplers[curve].value(at: x)
        if height.isFinite { points.append((height, x, curve)) }
      }
    }
    points.sort { $0.height < $1.height }
    guard let lowest = points.first, let highest = points.last else { return nil }
    var (low, high) = (lowest.height, highest.height)
    let heights = points.map { $0.height }
    let (lower, upper) = (
      heights[heights.count / 20], heights[heights.count - 1 - heights.count / 20]
    )
    let spread = upper - lower
    if spread > 0 {
      if high > upper + 3 * spread,
        samplers[highest.curve].escapes(near: highest.x, isUpward: true)
      {
        high = upper + 0.5 * spread
      }
      if low < lower - 3 * spread,
        samplers[lowest.curve].escapes(near: lowest.x, isUpward: false)
      {
        low = lower - 0.5 * spread
      }
    }
    let size = high - low
    if !(size > 1e-12 * max(1, abs(low), abs(high))) {
      let room = max(1, abs(low) / 2)
      return (low - room)...(high + room)
    }
    guard size.isFinite else { return nil }
    return (low - 0.04 * size)...(high + 0.04 * size)
  }

  // MARK: Kinks

  /// Where the kinks of an expression lie in the range.
  private func seams(
    of curve: Handle, _ task: Task.Curves, _ values: GivenValues, _ scope: Scope,
    _ pool: inout ExpressionPool
  ) -> [Double] {
    var margins: [Handle] = []
    let context = differentiationContext(scope, &pool)
    for kink in pool.kinks(in: curve, by: [pool.symbol(task.variable)], context) {
      switch kink.cause {
      case .function: margins.append(kink.place)
      case .extremum:
        switch pool[kink.place] {
        case .maximum(let list), .minimum(let list):
          let parts = Array(pool.operands(list).prefix(6))
          for (place, one) in parts.enumerated() {
            for other in parts[(place + 1)...] {
              margins.append(pool.writtenSum([one, pool.negation(other)]))
            }
          }
        default: break
        }
      case .cases:
        for node in pool.nodesBelow([kink.place]) {
          guard case .relation(_, let list) = pool[node], pool.count(list) == 2 else { continue }
          let (left, right) = (pool.operand(list, 0), pool.operand(list, 1))
          margins.append(pool.writtenSum([left, pool.negation(right)]))
        }
      }
      if margins.count > Self.mostBreaks { break }
    }
    if margins.isEmpty { return [] }
    guard var sampler = sampler(margins, task, values, scope, &pool) else { return [] }
    return sampler.signChanges(limit: Self.mostBreaks)
  }

  private static func curve(
    _ expression: Handle, _ sampler: inout CurveSampler, _ seams: [Double],
    _ vertical: ClosedRange<Double>
  ) -> SampledPlot.Curve {
    var curve = SampledPlot.Curve(expression: expression)
    let height = vertical.upperBound - vertical.lowerBound
    let range = sampler.range
    var start: (x: Double, y: Double?) = (range.lowerBound, nil)
    for x in seams where x > range.lowerBound && x < range.upperBound {
      let (around, slopes) = sampler.behaviour(at: x)
      let here = sampler.value(at: x)
      guard around.left.isFinite, around.right.isFinite else { continue }
      let isJump = abs(around.right - around.left) > 1e-4 * height
      let steepest = max(abs(slopes.0), abs(slopes.1), height / sampler.length)
      let isKink = abs(slopes.1 - slopes.0) > 1e-3 * steepest
      if !isJump, !isKink, !here.isNaN { continue }
      let joint = here.isNaN || isJump ? (around.left + around.right) / 2 : here
      if isJump {
        curve.pieces += sampler.pieces(from: start, to: (x, around.left), vertical: vertical)
        start = (x, around.right)
        for limit in [around.left, around.right] where !(abs(limit - here) <= 1e-4 * height) {
          curve.marks.append((.limit, .init(x: x, y: limit)))
        }
        if !here.isNaN { curve.marks.append((.value, .init(x: x, y: here))) }
      } else {
        curve.pieces += sampler.pieces(from: start, to: (x, joint), vertical: vertical)
        start = (x, joint)
        curve.marks.append((here.isNaN ? .limit : .kink, .init(x: x, y: joint)))
      }
    }
    curve.pieces += sampler.pieces(from: start, to: (range.upperBound, nil), vertical: vertical)
    return curve
  }
}
