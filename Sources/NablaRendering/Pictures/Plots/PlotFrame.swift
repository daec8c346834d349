/// A plot in the unit square: x to the right and y upwards, both from 0 to 1.
struct PlotFrame {
  let horizontal: PlotScale
  let vertical: PlotScale
  private let plot: Plot

  /// `labelWidth` is what a label takes of the width of the frame, with a space after it; there are
  /// fewer ticks where their labels would meet.
  init(
    _ plot: Plot, horizontalTicks: Int = 6, verticalTicks: Int = 5,
    labelWidth: (PlotScale.Tick) -> Double = { _ in 0 }
  ) {
    self.plot = plot
    var horizontal = PlotScale(plot.x, isCounted: plot.isCounted, wanted: horizontalTicks)
    var wanted = horizontalTicks
    while wanted > 1, !horizontal.hasRoom(labelWidth) {
      wanted -= 1
      horizontal = PlotScale(plot.x, isCounted: plot.isCounted, wanted: wanted)
    }
    self.horizontal = horizontal
    vertical = PlotScale(
      plot.y, isLogarithmic: plot.isLogarithmic, wanted: verticalTicks)
  }

  func place(_ point: Plot.Point) -> Plot.Point {
    Plot.Point(horizontal.place(of: point.x), vertical.place(of: point.y))
  }

  private func isInside(_ point: Plot.Point) -> Bool {
    point.y >= -1e-9 && point.y <= 1 + 1e-9 && point.x >= -1e-9 && point.x <= 1 + 1e-9
  }

  /// The marks of all curves that stand in the frame; those to be drawn over others come last.
  var marks: [Plot.Mark] {
    let marks = plot.curves.flatMap { self.marks(of: $0) }
    return marks.filter { $0.kind == .limit } + marks.filter { $0.kind != .limit }
  }

  /// The marks of a curve that stand in the frame.
  func marks(of curve: Plot.Curve) -> [Plot.Mark] {
    var marks: [Plot.Mark] = []
    for mark in curve.marks {
      let point = place(mark.point)
      if isInside(point) { marks.append(Plot.Mark(mark.kind, at: point)) }
    }
    return marks
  }

  /// The pieces of a curve inside the frame, without points that a line through their neighbours
  /// passes within `tolerance` of the frame's size.
  func pieces(of curve: Plot.Curve, tolerance: Double) -> [[Plot.Point]] {
    var result: [[Plot.Point]] = []
    for piece in curve.pieces {
      var current: [Plot.Point] = []
      var previous: Plot.Point?
      for original in piece {
        let point = place(original)
        guard point.x.isFinite, point.y.isFinite else {
          if !current.isEmpty { result.append(current) }
          current = []
          previous = nil
          continue
        }
        if let last = previous {
          let (enter, leave) = Self.clip(last, point)
          if let enter, let leave {
            if current.last != enter {
              if !current.isEmpty { result.append(current) }
              current = [enter]
            }
            current.append(leave)
          } else if !current.isEmpty {
            result.append(current)
            current = []
          }
        } else if isInside(point) {
          current = [point]
        }
        previous = point
      }
      if !current.isEmpty { result.append(current) }
    }
    return result.map { Self.simplified($0, tolerance) }
  }

  /// The part of a segment whose y lies between 0 and 1.
  private static func clip(
    _ one: Plot.Point, _ two: Plot.Point
  ) -> (Plot.Point?, Plot.Point?) {
    if min(one.y, two.y) > 1 || max(one.y, two.y) < 0 { return (nil, nil) }
    var (start, end) = (0.0, 1.0)
    let rise = two.y - one.y
    if rise == 0 { return (one, two) }
    let (low, high) = (-one.y / rise, (1 - one.y) / rise)
    start = max(start, min(low, high))
    end = min(end, max(low, high))
    if start > end { return (nil, nil) }
    func point(_ part: Double) -> Plot.Point {
      if part == 0 { return one }
      if part == 1 { return two }
      let y = one.y + part * rise
      return Plot.Point(one.x + part * (two.x - one.x), min(1, max(0, y)))
    }
    return (point(start), point(end))
  }

  /// The method of Ramer, Douglas and Peucker, without recursion.
  static func simplified(_ points: [Plot.Point], _ tolerance: Double) -> [Plot.Point] {
    if points.count < 3 { return points }
    var keeps = [Bool](repeating: false, count: points.count)
    keeps[0] = true
    keeps[points.count - 1] = true
    var pending = [(0, points.count - 1)]
    while let (first, last) = pending.popLast() {
      var farthest = 0.0
      var place = first
      for middle in (first + 1)..<max(first + 1, last) {
        let away = distance(points[middle], points[first], points[last])
        if away > farthest { (farthest, place) = (away, middle) }
      }
      guard farthest > tolerance else { continue }
      keeps[place] = true
      pending.append((first, place))
      pending.append((place, last))
    }
    return points.indices.filter { keeps[$0] }.map { points[$0] }
  }

  private static func distance(
    _ point: Plot.Point, _ one: Plot.Point, _ two: Plot.Point
  ) -> Double {
    let (x, y) = (two.x - one.x, two.y - one.y)
    let length = (x * x + y * y).squareRoot()
    let (dx, dy) = (point.x - one.x, point.y - one.y)
    if length == 0 { return (dx * dx + dy * dy).squareRoot() }
    return abs(x * dy - y * dx) / length
  }

  /// Where the lines through 0 stand, if they lie strictly inside.
  var zeroRow: Double? { inner(vertical.isLogarithmic ? nil : vertical.place(of: 0)) }
  var zeroColumn: Double? { inner(horizontal.place(of: 0)) }

  private func inner(_ place: Double?) -> Double? {
    guard let place, place > 0.004, place < 0.996 else { return nil }
    return place
  }
}
