import NablaExpressions
import NablaVerification

/// Values of one expression of one variable, computed by its tape.
struct CurveSampler {
  typealias Point = SampledPlot.Point

  /// A place where a curve is not smooth, and what it comes from and goes to.
  struct Break {
    let x: Double
    var left: Double
    var right: Double
  }

  private let tape: Tape
  private var inputs: [Double]
  private let slots: [Int]
  private var scratch = TapePoint()
  let range: ClosedRange<Double>
  private var remaining: Int

  /// The places of the variable among the inputs are filled with x.
  init(_ tape: Tape, inputs: [Double], slots: [Int], range: ClosedRange<Double>) {
    self.tape = tape
    self.inputs = inputs
    self.slots = slots
    self.range = range
    remaining = max(400, min(20_000, 100_000_000 / max(1, tape.count)))
  }

  var length: Double { range.upperBound - range.lowerBound }

  /// NaN where there is no finite value.
  mutating func value(at x: Double) -> Double { values(at: x)[0] }

  /// The values of all roots.
  mutating func values(at x: Double) -> [Double] {
    for slot in slots { inputs[slot] = x }
    let found = tape.values(at: inputs)
    remaining -= 1
    return found.isEmpty ? [.nan] : found.map { $0.isFinite ? $0 : .nan }
  }

  /// Evenly spaced places, a few of them where the tape is long.
  var grid: [Double] {
    let count = min(256, max(32, remaining / 8))
    var places: [Double] = []
    for place in 0...count {
      places.append(range.lowerBound + length * Double(place) / Double(count))
    }
    return places
  }

  // MARK: Roots

  /// Where the roots of the tape change their sign or are 0.
  mutating func signChanges(limit: Int) -> [Double] {
    let grid = self.grid
    var found: [Double] = []
    var last = values(at: grid[0])
    for (place, x) in zip(grid.indices, grid).dropFirst() {
      let next = values(at: x)
      for root in next.indices where found.count < limit {
        let (one, two) = (last[root], next[root])
        if one == 0, place == 1 { found.append(grid[0]) }
        if two == 0 { found.append(x) }
        if one * two < 0 { found.append(bisected(root, grid[place - 1], x, one)) }
      }
      last = next
    }
    found.sort()
    var distinct: [Double] = []
    for x in found where distinct.last.map({ x - $0 > 1e-9 * length }) ?? true {
      distinct.append(x)
    }
    return distinct
  }

  private mutating func bisected(
    _ root: Int, _ lower: Double, _ upper: Double, _ sign: Double
  ) -> Double {
    var (low, high) = (lower, upper)
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      if middle <= low || middle >= high { break }
      let value = values(at: middle)[root]
      if value == 0 { return middle }
      if value * sign > 0 { low = middle } else { high = middle }
    }
    return Self.rounded(low + (high - low) / 2, to: 1e-10 * max(1, abs(lower)))
  }

  /// A fraction with a small denominator, where one is as near as the tolerance.
  private static func rounded(_ x: Double, to tolerance: Double) -> Double {
    var denominator = 1.0
    while denominator <= 64 {
      let near = (x * denominator).rounded() / denominator
      if abs(near - x) <= tolerance { return near }
      denominator += 1
    }
    return x
  }

  // MARK: Limits

  /// What the curve comes from and goes to at a place, and its slopes there.
  mutating func behaviour(at x: Double) -> (around: Break, slopes: (Double, Double)) {
    let step = 1e-6 * length
    let before = (value(at: x - step), value(at: x - 2 * step))
    let after = (value(at: x + step), value(at: x + 2 * step))
    let around = Break(
      x: x, left: 2 * before.0 - before.1, right: 2 * after.0 - after.1)
    return (around, ((before.0 - before.1) / step, (after.1 - after.0) / step))
  }

  // MARK: Extremes

  /// Whether values near a place of the grid go far beyond the value there, as they do at a pole.
  mutating func escapes(near place: Double, isUpward: Bool) -> Bool {
    let sign = isUpward ? 1.0 : -1.0
    let start = sign * value(at: place)
    var (best, centre) = (start, place)
    var step = length / Double(grid.count)
    for _ in 0..<40 where step > 1e-15 * max(1, abs(centre)) {
      step /= 2
      for x in [centre - step, centre + step] where range.contains(x) {
        let height = sign * value(at: x)
        if height > best { (best, centre) = (height, x) }
      }
    }
    return best > 30 * abs(start)
  }

  // MARK: Pieces

  /// The points between two places, ends included; ends that are known are not computed.
  ///
  /// `vertical` is what is shown across the curve.
  mutating func pieces(
    from start: (x: Double, y: Double?), to end: (x: Double, y: Double?),
    vertical: ClosedRange<Double>
  ) -> [[Point]] {
    let height = vertical.upperBound - vertical.lowerBound
    let count = max(2, Int((Double(grid.count) * (end.x - start.x) / length).rounded(.up)))
    // What may still be computed is spread over the whole curve.
    var depth = 0
    while depth < 7, count << (depth + 1) <= remaining { depth += 1 }
    var points = [Point(x: start.x, y: start.y ?? value(at: start.x))]
    for place in 1...count {
      let isLast = place == count
      let x = isLast ? end.x : start.x + (end.x - start.x) * Double(place) / Double(count)
      let next = Point(x: x, y: isLast ? end.y ?? value(at: x) : value(at: x))
      let previous = points[points.count - 1]
      refine(previous, next, height, isFirst: true, depth, into: &points)
      points.append(next)
    }
    return split(points, vertical)
  }

  /// Adds points between two where the curve is far from the line through them.
  private mutating func refine(
    _ one: Point, _ two: Point, _ height: Double, isFirst: Bool = false, _ depth: Int,
    into points: inout [Point]
  ) {
    if depth == 0 || remaining <= 0 { return }
    let x = one.x + (two.x - one.x) / 2
    let middle = Point(x: x, y: value(at: x))
    let isFlat = abs(middle.y - (one.y + two.y) / 2) <= 0.001 * height
    let isMissing = middle.y.isNaN && one.y.isNaN && two.y.isNaN
    if isFlat && !isFirst || isMissing { return }
    refine(one, middle, height, depth - 1, into: &points)
    points.append(middle)
    refine(middle, two, height, depth - 1, into: &points)
  }

  /// Cuts where there is no value and where the curve jumps.
  private mutating func split(
    _ points: [Point], _ vertical: ClosedRange<Double>
  ) -> [[Point]] {
    let height = vertical.upperBound - vertical.lowerBound
    // How far beyond the picture a curve goes is the same.
    func shown(_ y: Double) -> Double {
      min(max(y, vertical.lowerBound - height), vertical.upperBound + height)
    }
    var pieces: [[Point]] = []
    var current: [Point] = []
    func close(_ pieces: inout [[Point]], _ current: inout [Point]) {
      if !current.isEmpty { pieces.append(current) }
      current = []
    }
    for (place, point) in points.enumerated() {
      if point.y.isNaN {
        if let last = current.last, remaining > 0 { current.append(edge(last, point)) }
        close(&pieces, &current)
        continue
      }
      if current.isEmpty, place > 0, remaining > 0 {
        current.append(edge(point, points[place - 1]))
      }
      if let last = current.last, abs(shown(point.y) - shown(last.y)) > 0.2 * height,
        let (one, two) = gap(last, point)
      {
        current.append(one)
        close(&pieces, &current)
        current.append(two)
      }
      current.append(point)
    }
    close(&pieces, &current)
    return pieces
  }

  /// The last point with a value on the way to one without.
  private mutating func edge(_ defined: Point, _ undefined: Point) -> Point {
    var (good, bad) = (defined, undefined.x)
    for _ in 0..<45 {
      let x = good.x + (bad - good.x) / 2
      if x == good.x || x == bad { break }
      let y = value(at: x)
      if y.isNaN { bad = x } else { good = Point(x: x, y: y) }
    }
    return good
  }

  /// The points on both sides of a jump or pole between two; nil where the curve is continuous.
  private mutating func gap(_ one: Point, _ two: Point) -> (Point, Point)? {
    var (left, right) = (one, two)
    let start = abs(two.y - one.y)
    for _ in 0..<45 {
      let x = left.x + (right.x - left.x) / 2
      if x <= left.x || x >= right.x { break }
      let middle = Point(x: x, y: value(at: x))
      if middle.y.isNaN { return (left, right) }
      if abs(middle.y - left.y) >= abs(right.y - middle.y) { right = middle } else { left = middle }
      if remaining <= 0 { return nil }
      if abs(right.y - left.y) < 0.25 * start { return nil }
    }
    return (left, right)
  }
}
