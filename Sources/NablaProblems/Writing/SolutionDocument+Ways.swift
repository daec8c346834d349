import NablaExpressions
import NablaRendering
import NablaRewriting

extension SolutionDocument {
  /// One sentence that says why the chain rule adds something up, over the components of a
  /// quantity or over several quantities, or why of many components it needs one alone.
  mutating func writeWays(_ derivation: Derivation, _ pool: inout ExpressionPool) {
    if detail > .brief, let line = ways(of: derivation, &pool) {
      document.blocks.append(.paragraph(line))
    }
  }

  /// The sentence; nil where there is nothing to explain.
  mutating func ways(of derivation: Derivation, _ pool: inout ExpressionPool) -> [Inline]? {
    guard case .derivative(let goal) = formula(derivation.goal, &pool),
      let subject = goal.numerator, goal.variables.count == 1,
      let chain = derivation.steps.first(where: { $0.rule == "chain" && $0.detail == .brief })
    else { return nil }
    let variable = goal.variables[0].formula
    var ways: [ChainRuleWay] = []
    var terms = [formula(chain.after, &pool)]
    if case .sum(let summands) = terms[0] { terms = summands.map { $0.formula } }
    for term in terms {
      guard let way = ChainRuleWay(term, to: variable) else { return nil }
      ways.append(way)
    }
    if ways.count == 1, ways[0].indices.isEmpty {
      guard let middle = ways[0].middle, case .indexed = middle else { return nil }
      return sentence(
        "%1 reaches %2 through %3 alone.", .formula(variable), .formula(subject), .formula(middle))
    }
    var line = sentence("%1 reaches %2", .formula(variable), .formula(subject))
    for (place, way) in ways.enumerated() {
      line.append(place == 0 ? .text(" ") : separator(before: place, of: ways.count))
      if let middle = way.middle {
        line.append(words(way.indices.isEmpty ? "through " : "through every "))
        line.append(.formula(middle))
      } else {
        line.append(words("directly"))
      }
    }
    if ways.count == 1 {
      line.append(words(", so the chain rule sums over "))
      for (place, index) in ways[0].indices.enumerated() {
        if place > 0 { line.append(separator(before: place, of: ways[0].indices.count)) }
        line.append(.formula(index))
      }
    } else {
      line.append(words(", and the chain rule adds up all the ways"))
    }
    return line + [.text(".")]
  }
}

/// One term of the chain rule as it is shown: Σ_j ∂L/∂P_j · ∂P_j/∂h_i.
private struct ChainRuleWay {
  /// The quantity that the way leads through; nil for a direct one.
  var middle: Formula?
  var indices: [Formula] = []

  /// Nil for a term of another form.
  init?(_ term: Formula, to variable: Formula) {
    var body = term
    while case .bigOperator(.sum, let binder, let inner) = body {
      indices += binder.indices
      body = inner
    }
    switch body {
    case .derivative: return
    case .product(let factors):
      guard case .derivative(let last)? = factors.last, let name = last.numerator,
        last.variables.map({ $0.formula }) == [variable]
      else { return nil }
      middle = name
    default: return nil
    }
  }
}
