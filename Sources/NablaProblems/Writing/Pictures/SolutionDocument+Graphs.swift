import NablaExpressions
import NablaNumbers
import NablaRendering

extension SolutionDocument {
  /// Derivatives that take more characters are named and not written out on an arrow.
  private static var longestLabel: Int { 12 }

  mutating func write(_ picture: GraphPicture, _ pool: inout ExpressionPool) {
    let subject = formula(pool.symbol(picture.subject), &pool)
    if let excess = picture.excess {
      document.blocks.append(
        .note(
          sentence(
            "The graph of %1 has %2 quantities, which are too many for a picture.",
            .formula(subject), .text("\(excess)"))))
      return
    }
    document.blocks.append(
      .paragraph(sentence("The computation of %1 as a graph:", .formula(subject))))
    document.blocks.append(.graph(graph(picture, &pool)))
  }

  mutating func graph(
    _ picture: GraphPicture, _ pool: inout ExpressionPool
  ) -> ComputationGraph {
    let subject = formula(pool.symbol(picture.subject), &pool)
    var graph = ComputationGraph(subject: subject)
    for node in picture.nodes {
      var drawn = ComputationGraph.Node(
        formula(pool.symbol(node.symbol), &pool), Self.kind(of: node.role))
      if let value = node.value {
        drawn.value = .number(pictureText(of: value, pool))
      } else if !node.entries.isEmpty {
        drawn.value = vector(node.entries, pool)
      } else if !node.sizes.isEmpty {
        drawn.value = .realSpace(formulas(node.sizes, &pool))
      }
      if let adjoint = node.adjoint { drawn.adjoint = .number(pictureText(of: adjoint, pool)) }
      if !node.entryAdjoints.isEmpty { drawn.adjoint = vector(node.entryAdjoints, pool) }
      graph.nodes.append(drawn)
    }
    for edge in picture.edges {
      var drawn = ComputationGraph.Edge(edge.from, edge.to, isOnPath: edge.isOnPath)
      if edge.isOnPath {
        if let number = edge.number { drawn.number = .number(pictureText(of: number, pool)) }
        drawn.derivative = label(
          edge, graph.nodes[edge.to].name, graph.nodes[edge.from].name, &pool)
      }
      graph.edges.append(drawn)
    }
    return graph
  }

  /// Entries side by side, in fewer digits than a number alone.
  private func vector(_ entries: [NumericValue], _ pool: borrowing ExpressionPool) -> Formula {
    .held(
      .list(entries.map { .number(pictureText(of: $0, digits: entries.count < 3 ? 3 : 2, pool)) }))
  }

  private static func kind(of role: GraphPicture.Role) -> ComputationGraph.Node.Kind {
    switch role {
    case .input: .input
    case .variable: .parameter
    case .intermediate: .intermediate
    case .subject: .result
    }
  }

  /// The local derivative where it is short; otherwise its name, unless its number says enough.
  private mutating func label(
    _ edge: GraphPicture.Edge, _ upper: Formula, _ lower: Formula, _ pool: inout ExpressionPool
  ) -> Formula? {
    var told: Formula?
    if let form = edge.form {
      told = builder.formula(of: form, in: &pool)
    } else if let slope = edge.slope {
      told = formula(slope, &pool)
    }
    if let told {
      let text = told.compactText
      if text.unicodeScalars.count <= Self.longestLabel { return told }
    }
    return edge.number == nil ? .derivative(upper, by: lower) : nil
  }

  /// A number in few digits, for pictures.
  func pictureText(
    of value: NumericValue, digits: Int = 4, _ pool: borrowing ExpressionPool
  ) -> String {
    let rational: Rational?
    switch value {
    case .exact(let handle): rational = pool.rational(handle)
    case .approximate(let double): rational = Rational(exactly: double)
    case .undefined: return "–"
    }
    guard let rational else { return "–" }
    if let decimal = rational.terminatingDecimal, decimal.utf8.count <= digits + 3 {
      return decimal
    }
    return rational.decimal(significantDigits: digits)
  }
}
