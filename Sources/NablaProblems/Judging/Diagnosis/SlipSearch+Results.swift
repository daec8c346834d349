import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

extension SlipSearch {
  /// What a number is the value of, in place of the other side: the side with the other sign, one
  /// term of the sum it is, or a part of what it is made of.
  func meaning(
    of written: Rational, _ wrong: Syntax, _ value: Rational, _ right: Syntax, repaired: Syntax,
    _ pool: inout ExpressionPool
  ) -> (mistake: Mistake, sentence: [Inline])? {
    guard !right.isClosed, !written.isZero else { return nil }
    if written == -value {
      return (
        .sign,
        [.text("the sign: "), .formula(formula(right)), .text(" is "), .formula(formula(repaired))]
      )
    }
    var reader = SlipReader(scope, in: &pool)
    let sources = reader.derivedForms(of: right, in: &pool)
    for source in sources {
      for (term, index, number) in source.termsOfSums {
        guard let value = self.value(of: term, &pool)?.number, value == written else { continue }
        return (
          .termForSum,
          [
            .formula(formula(wrong)), .text(" is one term of the sum over "),
            .formula(formula(index)), .text(", as for "),
            .formula(formula(Syntax(.comparison(index, .equal, number), wrong.range))),
          ]
        )
      }
    }
    guard let number = Self.numbers(of: wrong).first, number.significant > 1 else { return nil }
    let shown = number.almost
    for isDivision in [true, false] {
      // Twice the value, or half of it.
      let (one, other) = isDivision ? (value + value, written) : (value, written + written)
      let isSame = isDivision ? shown(one.absoluteValue) : one == other
      guard isSame, value.isNegative == written.isNegative else { continue }
      return (
        .constantFactor,
        [
          .text(isDivision ? "the division by " : "the factor "), .formula(.number("2")),
          .text(" is missing"),
        ]
      )
    }
    for part in reader.parts(behind: right, in: &pool) {
      guard let own = self.value(of: part, &pool)?.number,
        shown(own.absoluteValue), own.isNegative == written.isNegative
      else { continue }
      return (
        .value,
        [
          .formula(formula(wrong)), .text(" is the value of "), .formula(formula(part)),
          .text(", not of "), .formula(formula(right)),
        ]
      )
    }
    return nil
  }
}

extension SlipReader {
  private static let mostParts = 24

  /// The side with its derivatives carried out, or what it is defined as.
  mutating func derivedForms(of side: Syntax, in pool: inout ExpressionPool) -> [Syntax] {
    side.hasDerivative
      ? derived(side, &pool) : definitionBodies(side, side, usesMatrices: false, indices: [], &pool)
  }

  /// The parts of what a side leads to, with numbers in the place of indices that are summed over.
  mutating func parts(behind side: Syntax, in pool: inout ExpressionPool) -> [Syntax] {
    var found: [Syntax] = []
    func add(_ node: Syntax) {
      switch node.kind {
      case .number: return
      case .binder(let binder):
        guard binder.indices.count == 1 else { return }
        for place in 1...4 {
          let number = Syntax.number(place, at: node.range)
          add(binder.body.substituting(binder.indices[0].name.text, by: number))
        }
        return
      default: break
      }
      if found.count < Self.mostParts, !found.contains(where: { $0.isWritten(like: node) }) {
        found.append(node)
      }
      if node.isQuantity { return }
      node.forEachPart { add($0) }
    }
    for body in definitionBodies(side, side, usesMatrices: false, indices: [], &pool) { add(body) }
    return found
  }
}

extension Syntax {
  /// The expression with one term in the place of each sum over one index.
  fileprivate var termsOfSums: [(term: Syntax, index: Syntax, number: Syntax)] {
    var found: [(term: Syntax, index: Syntax, number: Syntax)] = []
    func visit(_ node: Syntax, _ whole: (Syntax) -> Syntax) {
      if case .binder(let binder) = node.kind, binder.operation == .sum, binder.indices.count == 1 {
        let name = binder.indices[0].name.text
        for place in 1...4 {
          let number = Syntax.number(place, at: node.range)
          found.append(
            (
              whole(binder.body.substituting(name, by: number)),
              Syntax(.name(name), node.range), number
            ))
        }
        return
      }
      for (number, operand) in node.operands.enumerated() {
        visit(operand) { whole(node.replacingOperand(number, with: $0)) }
      }
    }
    visit(self) { $0 }
    return found
  }
}
