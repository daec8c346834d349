extension GraphDrawing {
  /// A part of a drawing that is cut across the flow, with coordinates of its own.
  struct Band {
    /// The boxes in it, by their nodes.
    var boxes: [(node: Int, box: Box)] = []
    var arrows: [Arrow] = []
    var width = 0.0
    var height = 0.0
  }

  /// The drawing in parts that are at most so wide; nil where that is not possible.
  ///
  /// It is cut where all arrows run along the flow, so that lines end and go on at equal heights.
  func bands(width limit: Double) -> [Band]? {
    if width <= limit { return [band(from: 0, to: width)] }
    var bands: [Band] = []
    var start = 0.0
    while width - start > limit {
      guard let cut = cuts.last(where: { $0 <= start + limit }), cut > start else { return nil }
      bands.append(band(from: start, to: cut))
      start = cut
    }
    bands.append(band(from: start, to: width))
    return bands
  }

  private func band(from start: Double, to end: Double) -> Band {
    let isWhole = start == 0 && end == width
    var band = Band()
    for (node, box) in boxes.enumerated()
    where isWhole || (box.centre.x > start && box.centre.x < end) {
      band.boxes.append((node, box))
    }
    for arrow in arrows {
      let part = isWhole ? arrow : arrow.part(from: start, to: end, isLast: end == width)
      if !part.segments.isEmpty || part.label != nil { band.arrows.append(part) }
    }
    band.width = end - start
    band.height = height
    if !isWhole { band.shift(left: start) }
    return band
  }
}

extension GraphDrawing.Band {
  /// Moves the part to the origin.
  fileprivate mutating func shift(left: Double) {
    var (top, bottom) = (Double.infinity, -Double.infinity)
    for (_, box) in boxes {
      top = min(top, box.centre.y - box.height / 2)
      bottom = max(bottom, box.centre.y + box.height / 2)
    }
    for arrow in arrows {
      for segment in arrow.segments {
        top = min(top, segment.end.y)
        bottom = max(bottom, segment.end.y)
      }
      if let label = arrow.label {
        top = min(top, label.centre.y - label.height / 2)
        bottom = max(bottom, label.centre.y + label.height / 2)
      }
    }
    guard top <= bottom else { return }
    func moved(_ point: GraphDrawing.Point) -> GraphDrawing.Point {
      GraphDrawing.Point(x: point.x - left, y: point.y - top)
    }
    for place in boxes.indices { boxes[place].box.centre = moved(boxes[place].box.centre) }
    for place in arrows.indices {
      arrows[place].segments = arrows[place].segments.map { $0.mapped(moved) }
      if let label = arrows[place].label { arrows[place].label?.centre = moved(label.centre) }
    }
    height = bottom - top
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
