import NablaNotation

/// The graph of a computation: named quantities, and what enters into what.
public struct ComputationGraph: Hashable, Sendable {
  /// Larger graphs are told in a sentence; no page shows them readably.
  public static let mostNodes = 60

  public var nodes: [Node]
  public var edges: [Edge]
  /// What the adjoints are derivatives of.
  public var subject: Formula?
  /// Whether a quantity may have several boxes, one for each use.
  var isRepeating = false

  public init(nodes: [Node] = [], edges: [Edge] = [], subject: Formula? = nil) {
    self.nodes = nodes
    self.edges = edges
    self.subject = subject
  }

  /// A quantity, its forward value, and the derivative of the subject by it.
  public struct Node: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// Given and not asked about.
      case input
      /// What the subject is differentiated by.
      case parameter
      case intermediate
      case result
    }

    public var name: Formula
    public var kind: Kind
    /// A value, or the shape of a vector or matrix.
    public var value: Formula?
    public var adjoint: Formula?

    public init(
      _ name: Formula, _ kind: Kind, value: Formula? = nil, adjoint: Formula? = nil
    ) {
      self.name = name
      self.kind = kind
      self.value = value
      self.adjoint = adjoint
    }
  }

  /// The first quantity enters into the second.
  public struct Edge: Hashable, Sendable {
    /// Places among the nodes.
    public var from: Int
    public var to: Int
    /// The derivative of the second by the first, where it is short.
    public var derivative: Formula?
    /// The same as a number.
    public var number: Formula?
    /// Whether derivatives flow along it.
    public var isOnPath: Bool

    public init(
      _ from: Int, _ to: Int, derivative: Formula? = nil, number: Formula? = nil,
      isOnPath: Bool = true
    ) {
      self.from = from
      self.to = to
      self.derivative = derivative
      self.number = number
      self.isOnPath = isOnPath
    }
  }
}

extension ComputationGraph {
  /// How much stands on an arrow: the derivative and its number, or the number where there is one.
  enum Labelling: CaseIterable { case whole, short }

  func label(of edge: Edge, _ labelling: Labelling) -> Formula? {
    guard let derivative = edge.derivative else { return edge.number }
    guard let number = edge.number, number != derivative else { return derivative }
    return labelling == .short ? number : .relation(derivative, .equal, number)
  }

  /// Whether the labels depend on how much may stand on an arrow.
  var hasTwoLabellings: Bool {
    edges.contains { label(of: $0, .whole) != label(of: $0, .short) }
  }

  /// What the parts of the picture mean, in a sentence or two.
  ///
  /// `mark` says how adjoints are told from values.
  func legend(
    markingAdjoints mark: String, isContinued: Bool = false, in language: Language
  ) -> [Inline] {
    let hasValues = nodes.contains { $0.value != nil }
    let hasShapes = nodes.contains { node in
      if case .realSpace? = node.value { true } else { false }
    }
    let hasNumbers = nodes.contains { node in
      if case .realSpace? = node.value { false } else { node.value != nil }
    }
    let told = language.say(
      !hasShapes
        ? "its forward value" : hasNumbers ? "its forward value or its shape" : "its shape")
    let hasAdjoints = nodes.contains { $0.adjoint != nil }
    var line: [Inline] = []
    if hasAdjoints, let subject {
      line += [
        .text(
          language.say(
            "Each box holds a quantity, %1 and, %2, the derivative of ", told, language.say(mark))),
        .formula(subject), .text(language.say(" by it. ")),
      ]
    } else if hasValues {
      line.append(.text(language.say("Each box holds a quantity and %1. ", told)))
    }
    if edges.contains(where: { $0.derivative != nil || $0.number != nil }) {
      line.append(
        .text(
          language.say(
            "An arrow carries the derivative of the quantity it points to by the one it comes "
              + "from: along a path these are multiplied, and over all paths the products are "
              + "added.")))
    }
    if isRepeating {
      line.append(
        .text(
          language.say(
            " A quantity that enters in several places is drawn at each of them and is the same "
              + "everywhere.")))
    }
    if isContinued {
      line.append(
        .text(
          language.say(
            " Lines that end at the right go on in the next part, beside the names of the "
              + "quantities they come from.")))
    }
    return line
  }

  /// The picture in words, for those who cannot see it.
  func summary(in language: Language) -> String {
    var text = language.say("%1 quantities and %2 arrows.", "\(nodes.count)", "\(edges.count)")
    for place in nodes.indices.prefix(Self.mostNodes) {
      let sources = edges.filter { $0.to == place && nodes.indices.contains($0.from) }
      if sources.isEmpty { continue }
      text += " " + nodes[place].name.compactText + language.say(" depends on ")
      for (number, edge) in sources.enumerated() {
        if number > 0 { text += number + 1 == sources.count ? language.say(" and ") : ", " }
        text += nodes[edge.from].name.compactText
      }
      text += "."
    }
    return text
  }
}

extension ComputationGraph {
  /// The same graph with a box for each layer in which something that nothing enters into is used,
  /// so that no arrows run past other layers from it; nil where that changes nothing.
  var repeatingSources: ComputationGraph? {
    let pairs = edges.map { (from: $0.from, to: $0.to) }
    guard let layered = LayeredGraph(nodeCount: nodes.count, edges: pairs) else { return nil }
    var isSource = [Bool](repeating: true, count: nodes.count)
    for edge in edges where nodes.indices.contains(edge.to) { isSource[edge.to] = false }
    var result = self
    var copies: [[Int]: Int] = [:]
    var hasFirst = [Bool](repeating: false, count: nodes.count)
    for (place, edge) in edges.enumerated() where !layered.routes[place].isEmpty {
      guard isSource[edge.from] else { continue }
      let use = [edge.from, layered.slots[layered.nodeSlots[edge.to]].layer]
      if let known = copies[use] {
        result.edges[place].from = known
      } else if hasFirst[edge.from] {
        copies[use] = result.nodes.count
        result.edges[place].from = result.nodes.count
        result.nodes.append(nodes[edge.from])
      } else {
        hasFirst[edge.from] = true
        copies[use] = edge.from
      }
    }
    if result.nodes.count == nodes.count { return nil }
    result.isRepeating = true
    return result
  }

  /// Whether most arrows stand among many, as between layers that are fully connected; what would
  /// stand on them takes the room of the whole picture.
  var isDense: Bool { edges.count > 2 * nodes.count }

  /// The same graph with nothing on its arrows.
  var withoutLabels: ComputationGraph {
    var result = self
    for place in result.edges.indices {
      result.edges[place].derivative = nil
      result.edges[place].number = nil
    }
    return result
  }

  /// A line for each quantity that others enter into: z ← y₁ (∂z/∂y₁ = 1), x₀.
  var rows: [[Inline]] {
    var rows: [[Inline]] = []
    var entering = [[Edge]](repeating: [], count: nodes.count)
    for edge in edges where nodes.indices.contains(edge.to) && nodes.indices.contains(edge.from) {
      entering[edge.to].append(edge)
    }
    for (place, node) in nodes.enumerated() where !entering[place].isEmpty {
      if rows.count == Self.mostNodes {
        rows.append([.text("…")])
        break
      }
      var line: [Inline] = [.formula(statement(node)), .text(" ← ")]
      for (number, edge) in entering[place].enumerated() {
        if number > 0 { line.append(.text(", ")) }
        if number == Self.mostNodes {
          line.append(.text("…"))
          break
        }
        line.append(.formula(statement(nodes[edge.from])))
        guard let told = told(edge) else { continue }
        line += [.text(" ("), .formula(told), .text(")")]
      }
      if let adjoint = node.adjoint, node.kind != .result, let subject {
        line += [
          .text("; "),
          .formula(.relation(.derivative(subject, by: node.name), .equal, adjoint)),
        ]
      }
      rows.append(line)
    }
    return rows
  }

  private func statement(_ node: Node) -> Formula {
    guard let value = node.value else { return node.name }
    if case .realSpace = value { return node.name }
    return .relation(node.name, .equal, value)
  }

  /// ∂z/∂y = w = 2.
  private func told(_ edge: Edge) -> Formula? {
    guard let label = label(of: edge, .whole) else { return nil }
    let slope = Formula.derivative(nodes[edge.to].name, by: nodes[edge.from].name)
    if case .relation(let first, let links) = label {
      return first == slope
        ? label : .relation(slope, [Formula.RelationLink(.equal, first)] + links)
    }
    return label == slope ? nil : .relation(slope, .equal, label)
  }
}
