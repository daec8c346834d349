import NablaNotation

extension SlipRows {
  private static func mistake(ofLostTerm term: Syntax) -> Mistake {
    if term.isClosed { return .constantDropped }
    let isDelta = term.factors.contains { mistake(ofLost: $0.factor) == .kroneckerDelta }
    return isDelta ? .kroneckerDelta : .termLost
  }

  static let terms: [SlipRow] = [
    SlipRow(name: "sum for product", mistake: .operation, cost: 14) { place, changes in
      guard place.isValue else { return }
      let range = place.node.range
      switch place.node.kind {
      case .sum(let terms):
        for number in terms.indices.dropFirst() {
          let (left, right) = (terms[number - 1], terms[number])
          if left.term.isNumber || right.term.isNumber { continue }
          let product = Syntax.product(
            left.term, right.term, right.isNegative ? .over : .times)
          var copy = terms
          copy.remove(at: number)
          copy[number - 1].term = product
          changes.propose(
            .sum(copy, at: range), [.text("it is "), .math(product), .text(", not a sum")])
        }
      case .product(let factors) where factors.count == 2:
        let terms = factors.map {
          SignedTermSyntax(
            isNegative: $0.operation == .over || $0.operation == .elementwiseOver,
            term: $0.factor)
        }
        let sum = Syntax.sum(terms, at: range)
        changes.propose(sum, [.text("it is "), .math(sum), .text(", not a product")])
      default: break
      }
    },
    SlipRow(name: "term lost", mistake: .termLost, cost: 16) { place, changes in
      guard place.isValue else { return }
      if !place.isRoot {
        guard case .sum = place.node.kind else { return }
      }
      for entry in place.step.vocabulary.terms
      where place.allows(entry.term) {
        for isNegative in [entry.isNegative, !entry.isNegative] {
          let term = SignedTermSyntax(isNegative: isNegative, term: entry.term)
          let isNumber = entry.term.isClosed
          changes.propose(
            .sum(place.node.terms + [term], at: place.node.range), size: entry.term.tokenCount,
            as: mistake(ofLostTerm: entry.term),
            extraCost: isNegative == entry.isNegative ? 0 : 1,
            [
              .text(isNumber ? "the constant " : "the term "),
              .math(.sum([term], at: entry.term.range)), .text(" is missing"),
            ])
        }
      }
    },
    SlipRow(name: "constant dropped", mistake: .constantDropped, cost: 15) { place, changes in
      let range = place.node.range
      let one = Syntax.number(1, at: range)
      let half = Syntax.product(
        [
          FactorSyntax(operation: .times, factor: one),
          FactorSyntax(operation: .over, factor: .number(2, at: range)),
        ], at: range)
      func put(_ part: Syntax, _ whole: (Syntax) -> Syntax) {
        if part.isNumber { return }
        for (number, constant) in [one, half].enumerated() {
          for isNegative in [false, true] {
            let term = SignedTermSyntax(isNegative: isNegative, term: constant)
            changes.propose(
              whole(.sum(part.terms + [term], at: range)), size: 1, extraCost: 3 * number,
              [
                .text("the constant "), .math(.sum([term], at: range)), .text(" is missing"),
              ])
          }
        }
        // What was to be taken away from 1.
        if case .sum = part.kind { return }
        let rest = Syntax.sum(
          [
            SignedTermSyntax(isNegative: false, term: one),
            SignedTermSyntax(isNegative: true, term: part),
          ], at: range)
        changes.propose(
          whole(rest), size: 1, extraCost: 1,
          [.math(rest), .text(" stands in place of "), .math(part)])
      }
      if case .sum = place.node.kind, !place.isRoot, place.isValue { put(place.node) { $0 } }
      place.forEachSlot(put)
      if place.isValue, case .product(let factors) = place.node.kind {
        for (number, entry) in factors.enumerated() {
          put(entry.factor) { new in
            var copy = factors
            copy[number].factor = new
            return Syntax(.product(copy), place.node.range)
          }
        }
      }
    },
    SlipRow(name: "term too many", mistake: .termExtra, cost: 16) { place, changes in
      guard place.isValue, case .sum(let terms) = place.node.kind else { return }
      for (number, entry) in terms.enumerated() {
        var copy = terms
        copy.remove(at: number)
        changes.propose(
          .sum(copy, at: place.node.range), size: entry.term.tokenCount,
          [
            .text("the term "), .math(.sum([entry], at: entry.term.range)),
            .text(" is one too many"),
          ])
      }
    },
  ]
}
