extension GraphDrawing {
  /// A part of a drawing that is cut across the flow, with coordinates of its own.
  struct Band {
    /// The boxes in it, by their nodes.
    var boxes: [(node: Int, box: Box)] = []
    var arrows: [Arrow] = []
    /// Where arrows come in from the part before, with the nodes they come from.
    var entries: [(node: Int, place: Point)] = []
    var width = 0.0
    var height = 0.0
  }

  /// The drawing in parts that are at most so wide; nil where that is not possible.
  ///
  /// It is cut where all arrows run along the flow, so that lines end and go on in the same order.
  /// Parts after the first leave `entryWidth` for the names of what comes in.
  func bands(width limit: Double, entryWidth: Double = 0) -> [Band]? {
    if width <= limit { return [band(from: 0, to: width, entryWidth: 0)] }
    var bands: [Band] = []
    var start = 0.0
    while true {
      let margin = start > 0 ? entryWidth : 0
      let end = start + limit - margin
      if width <= end {
        bands.append(band(from: start, to: width, entryWidth: margin))
        return bands
      }
      guard let cut = cuts.last(where: { $0 <= end }), cut > start else { return nil }
      bands.append(band(from: start, to: cut, entryWidth: margin))
      start = cut
    }
  }

  private func band(from start: Double, to end: Double, entryWidth: Double) -> Band {
    let isWhole = start == 0 && end == width
    var band = Band()
    for (node, box) in boxes.enumerated()
    where isWhole || (box.centre.x > start && box.centre.x < end) {
      band.boxes.append((node, box))
    }
    for arrow in arrows {
      let part = isWhole ? arrow : arrow.part(from: start, to: end, isLast: end == width)
      if part.segments.isEmpty, part.label == nil { continue }
      band.arrows.append(part)
      if start > 0, case .move(let place)? = part.segments.first, place.x <= start + 1e-9 {
        band.entries.append((arrow.source, place))
      }
    }
    band.width = end - start + entryWidth
    band.height = height
    if !isWhole { band.settle(left: start - entryWidth) }
    return band
  }
}

extension GraphDrawing.Band {
  /// Empty strips along the flow are not higher than this.
  private static var emptyHeight: Double { 0.8 }
  /// What the name of an entry takes.
  private static var entryHeight: Double { 1.1 }

  /// Moves the part to the origin and takes out what is empty all along the flow.
  fileprivate mutating func settle(left: Double) {
    var taken: [(low: Double, high: Double)] = []
    func take(_ centre: Double, _ height: Double) {
      taken.append((centre - height / 2, centre + height / 2))
    }
    for (_, box) in boxes { take(box.centre.y, box.height) }
    for entry in entries { take(entry.place.y, Self.entryHeight) }
    for arrow in arrows {
      for segment in arrow.segments { take(segment.end.y, 0) }
      if let label = arrow.label { take(label.centre.y, label.height) }
    }
    taken.sort { $0.low < $1.low }
    guard let first = taken.first else { return }
    // The ends of empty strips, and by how much all that follows moves up.
    var moves = [(from: -Double.infinity, by: first.low)]
    var end = first.high
    for strip in taken {
      if strip.low > end + Self.emptyHeight {
        moves.append((strip.low, moves[moves.count - 1].by + strip.low - end - Self.emptyHeight))
      }
      end = max(end, strip.high)
    }
    height = end - moves[moves.count - 1].by
    func moved(_ point: GraphDrawing.Point) -> GraphDrawing.Point {
      let by = moves.last { $0.from <= point.y }?.by ?? 0
      return GraphDrawing.Point(x: point.x - left, y: point.y - by)
    }
    for place in entries.indices { entries[place].place = moved(entries[place].place) }
    for place in boxes.indices { boxes[place].box.centre = moved(boxes[place].box.centre) }
    for place in arrows.indices {
      arrows[place].segments = arrows[place].segments.map { $0.mapped(moved) }
      if let label = arrows[place].label { arrows[place].label?.centre = moved(label.centre) }
    }
  }
}

extension GraphDrawing.Segment {
  var end: GraphDrawing.Point {
    switch self {
    case .move(let point), .line(let point), .curve(_, _, let point): point
    }
  }

  fileprivate func mapped(
    _ change: (GraphDrawing.Point) -> GraphDrawing.Point
  ) -> GraphDrawing.Segment {
    switch self {
    case .move(let point): .move(change(point))
    case .line(let point): .line(change(point))
    case .curve(let one, let two, let end): .curve(change(one), change(two), change(end))
    }
  }
}

extension GraphDrawing.Arrow {
  /// What lies between two places along the flow; only lines run across them.
  fileprivate func part(from start: Double, to end: Double, isLast: Bool) -> Self {
    var part = self
    part.segments = []
    part.label = nil
    if let label, label.centre.x > start, label.centre.x < end { part.label = label }
    var current = GraphDrawing.Point(x: 0, y: 0)
    var isOpen = false
    for segment in segments {
      let next = segment.end
      defer { current = next }
      if case .move = segment {
        isOpen = false
        continue
      }
      let (low, high) = (max(current.x, start), min(next.x, end))
      guard high > low else {
        isOpen = false
        continue
      }
      if !isOpen { part.segments.append(.move(.init(x: low, y: current.y))) }
      if case .curve = segment {
        part.segments.append(segment)
      } else {
        part.segments.append(.line(.init(x: high, y: next.y)))
      }
      isOpen = true
    }
    let last = segments.last?.end.x ?? 0
    part.hasTip = last > start && last <= end
    return part
  }
}
