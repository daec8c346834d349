import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

extension SolutionJSON {
  /// At most so many points of a curve are told.
  private static var mostPoints: Int { 60 }

  /// `{"nodes": […], "edges": […]}`, or the number of quantities where there are too many.
  mutating func members(
    of picture: GraphPicture, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    if let excess = picture.excess {
      return [("subject", name(picture.subject, &pool)), ("quantities", .integer(excess))]
    }
    var nodes: [JSONValue] = []
    for node in picture.nodes {
      let sizes = node.sizes.map { size in
        JSONValue.string(builder.formula(of: size, in: &pool).plain)
      }
      nodes.append(
        .object([
          ("name", name(node.symbol, &pool)), ("kind", .string(node.role.name)),
          ("shape", sizes.isEmpty ? nil : .array(sizes)),
          ("value", node.value.map { .string($0.text(in: pool)) }),
          ("derivative", node.adjoint.map { .string($0.text(in: pool)) }),
        ]))
    }
    var edges: [JSONValue] = []
    for edge in picture.edges {
      let form = edge.form.map { JSONValue.formula(builder.formula(of: $0, in: &pool)) }
      edges.append(
        .object([
          ("from", name(picture.nodes[edge.from].symbol, &pool)),
          ("to", name(picture.nodes[edge.to].symbol, &pool)),
          ("derivative", form ?? edge.slope.map { formula($0, &pool) }),
          ("value", edge.number.map { .string($0.text(in: pool)) }),
        ]))
    }
    return [
      ("subject", name(picture.subject, &pool)), ("nodes", .array(nodes)),
      ("edges", .array(edges)),
    ]
  }

  /// `{"variable", "curves": [{"expression", "points": [[x, y], …], "kinks": […]}, …]}`.
  mutating func members(
    of plot: SampledPlot, _ pool: inout ExpressionPool
  ) -> [(String, JSONValue?)] {
    var curves: [JSONValue] = []
    for curve in plot.curves {
      let count = curve.pieces.reduce(0) { $0 + $1.count }
      let step = max(1, count / Self.mostPoints)
      var points: [JSONValue] = []
      for piece in curve.pieces {
        var place = 0
        while place < piece.count {
          points.append(Self.pair(piece[place]))
          if place == piece.count - 1 { break }
          place = min(place + step, piece.count - 1)
        }
      }
      var kinks: [JSONValue] = []
      for mark in curve.marks where mark.kind != .value { kinks.append(Self.pair(mark.point)) }
      curves.append(
        .object([
          ("expression", formula(curve.expression, &pool)), ("points", .array(points)),
          ("kinks", kinks.isEmpty ? nil : .array(kinks)),
        ]))
    }
    return [("variable", name(plot.variable, &pool)), ("curves", .array(curves))]
  }

  private mutating func name(_ symbol: SymbolID, _ pool: inout ExpressionPool) -> JSONValue {
    formula(pool.symbol(symbol), &pool)
  }

  private static func pair(_ point: SampledPlot.Point) -> JSONValue {
    .array([number(point.x), number(point.y)])
  }

  private static func number(_ value: Double) -> JSONValue {
    if value == 0 { return .number("0") }
    guard let exact = Rational(exactly: value) else { return .null }
    return .number(exact.decimal(significantDigits: 6))
  }
}

extension GraphPicture.Role {
  fileprivate var name: String {
    switch self {
    case .input: "input"
    case .variable: "variable"
    case .intermediate: "intermediate"
    case .subject: "subject"
    }
  }
}
