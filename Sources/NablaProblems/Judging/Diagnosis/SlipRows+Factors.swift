import NablaNotation

extension SlipRows {
  static let factors: [SlipRow] = [
    SlipRow(name: "factor too many", mistake: .factorDoubled, cost: 14) { place, changes in
      guard place.isValue, case .product(let factors) = place.node.kind else { return }
      for (number, entry) in factors.enumerated() {
        var copy = factors
        copy.remove(at: number)
        // What was divided by the first factor that is left is divided by it still.
        if number == 0, let first = copy.first, first.operation != .times {
          if first.operation != .over { copy[0].operation = .times }
        }
        let isDivision = entry.operation == .over || entry.operation == .elementwiseOver
        changes.propose(
          .product(copy, at: place.node.range),
          size: entry.factor.tokenCount > 4 ? entry.factor.tokenCount : 1,
          as: mistake(ofExtra: entry.factor),
          [
            .text(isDivision ? "the division by " : "the factor "), .math(entry.factor),
            .text(" is one too many"),
          ])
      }
    },
    SlipRow(name: "two factors too many", mistake: .factorDoubled, cost: 16) { place, changes in
      guard place.isValue, case .product(let factors) = place.node.kind, factors.count > 2,
        factors.count < 9
      else { return }
      for number in factors.indices.dropLast() {
        let pair = factors[number...(number + 1)]
        if pair.contains(where: { $0.factor.isNumber }) { continue }
        var copy = factors
        copy.removeSubrange(number...(number + 1))
        changes.propose(
          .product(copy, at: place.node.range), size: 2,
          [
            .text("the factors "), .math(.product(Array(pair), at: place.node.range)),
            .text(" are too many"),
          ])
      }
    },
    SlipRow(name: "inner derivative forgotten", mistake: .innerDerivative, cost: 13) {
      place, changes in
      if place.isInFunction { return }
      for factor in place.step.vocabulary.innerDerivatives {
        attach(factor, place, &changes, isInner: true) { _ in
          (.innerDerivative, [.text("the inner derivative "), .math(factor), .text(" is missing")])
        }
      }
    },
    SlipRow(name: "factor lost", mistake: .factorLost, cost: 15) { place, changes in
      for factor in place.step.vocabulary.factors {
        attach(factor, place, &changes) { isDivision in
          (
            mistake(ofLost: factor),
            [
              .text(isDivision ? "the division by " : "the factor "), .math(factor),
              .text(" is missing"),
            ]
          )
        }
      }
    },
    SlipRow(name: "constant factor", mistake: .constantFactor, cost: 14) { place, changes in
      let two = Syntax.number(2, at: place.node.range)
      for factor in [two] + place.step.vocabulary.sizes.map({ Syntax(.name($0), place.node.range) })
      {
        attach(factor, place, &changes) { isDivision in
          (
            .constantFactor,
            [
              .text(isDivision ? "the division by " : "the factor "), .math(factor),
              .text(" is missing"),
            ]
          )
        }
      }
    },
    SlipRow(name: "multiplied for divided", mistake: .reciprocal, cost: 12) { place, changes in
      guard place.isValue, case .product(let factors) = place.node.kind else { return }
      for (number, entry) in factors.enumerated() {
        var copy = factors
        switch entry.operation {
        case .times: copy[number].operation = .over
        case .over: copy[number].operation = .times
        case .elementwiseTimes: copy[number].operation = .elementwiseOver
        case .elementwiseOver: copy[number].operation = .elementwiseTimes
        }
        if number == 0 {
          // Behind the next factor, so that a quotient stands.
          guard copy.count > 1, copy[1].operation == .times else { continue }
          copy.swapAt(0, 1)
        }
        let isDivision = entry.operation == .over || entry.operation == .elementwiseOver
        changes.propose(
          .product(copy, at: place.node.range),
          [
            .math(entry.factor),
            .text(isDivision ? " is a factor, not a divisor" : " is a divisor, not a factor"),
          ])
      }
      if factors.count == 2, factors[1].operation == .over {
        var copy = [factors[1], factors[0]]
        copy[0].operation = .times
        copy[1].operation = .over
        changes.propose(
          .product(copy, at: place.node.range), size: 2,
          [.text("the fraction "), .math(place.node), .text(" is upside down")])
      }
    },
    SlipRow(name: "Kronecker delta", mistake: .kroneckerDelta, cost: 15) { place, changes in
      guard place.isValue else { return }
      let names = place.inside.indices
      for (number, one) in names.enumerated() {
        for other in names.dropFirst(number + 1)
        where place.step.vocabulary.kinds[one] == place.step.vocabulary.kinds[other] {
          let range = place.node.range
          let delta = Syntax.call(
            "delta", [Syntax(.name(one), range), Syntax(.name(other), range)], at: range)
          attach(delta, place, &changes) { _ in
            (.kroneckerDelta, [.text("the factor "), .math(delta), .text(" is missing")])
          }
          if case .number("1") = place.node.kind {
            changes.propose(delta, [.math(delta), .text(" stands in place of 1")])
          }
        }
      }
      if place.isRoot || place.node.isSum { lostKroneckerTerms(place, &changes) }
      if case .call(let call) = place.node.kind, call.function.text == "delta" {
        changes.propose(
          .number(1, at: place.node.range), [.math(place.node), .text(" should be 1")])
      }
    },
  ]

  /// Proposes terms a·δ for the quantities a of the step.
  private static func lostKroneckerTerms(_ place: SlipPlace, _ changes: inout SlipChanges) {
    let names = place.indices
    let range = place.node.range
    for (number, one) in names.enumerated() {
      for other in names.dropFirst(number + 1)
      where place.step.vocabulary.kinds[one] == place.step.vocabulary.kinds[other] {
        let delta = Syntax.call(
          "delta", [Syntax(.name(one), range), Syntax(.name(other), range)], at: range)
        for factor in place.step.vocabulary.factors
        where factor.isQuantity && place.allows(factor) {
          for isNegative in [false, true] {
            let term = SignedTermSyntax(isNegative: isNegative, term: .product(factor, delta))
            changes.propose(
              .sum(place.node.terms + [term], at: range), size: 3, extraCost: 2,
              [.text("the term "), .math(.sum([term], at: range)), .text(" is missing")])
          }
        }
      }
    }
  }

  /// Proposes a factor and a divisor at every slot of a place.
  static func attach(
    _ factor: Syntax, _ place: SlipPlace, _ changes: inout SlipChanges, isInner: Bool = false,
    _ says: (_ isDivision: Bool) -> (Mistake, [SlipWord])
  ) {
    guard place.hasSlots, place.inside.allows(factor) else { return }
    let size = factor.isCondition ? 1 : factor.tokenCount
    let isArray = place.step.vocabulary.usesMatrices && place.step.vocabulary.isArray(factor)
    let own = place.ownIndices
    let usesOwn = own.contains { factor.freeNames.contains($0) }
    place.forEachSlot { part, whole in
      let isWhole = place.isRoot && part.range == place.node.range
      if part.isWritten(like: factor) { return }
      // An inner derivative stands beside its function, not inside.
      if isInner, place.node.isFunction, !isWhole { return }
      if case .number("1") = part.kind, factor.isCondition { return }
      // What does not depend on a bound index can stand outside as well.
      if !own.isEmpty, !usesOwn, !isWhole { return }
      let (mistake, words) = says(false)
      if isArray {
        for (left, right) in [(part, factor), (factor, part)] {
          changes.propose(whole(.product(left, right)), size: size, as: mistake, words)
        }
        changes.propose(
          whole(.product(part, factor, .elementwiseTimes)), size: size, as: mistake, words)
        guard factor.isQuantity else { return }
        for (left, right) in [(part, factor.turned), (factor.turned, part)] {
          changes.propose(
            whole(.product(left, right)), size: size, as: mistake, extraCost: 1, words)
        }
        return
      }
      changes.propose(whole(.product(part, factor)), size: size, as: mistake, words)
      guard !isInner, !factor.isCondition else { return }
      let (other, otherWords) = says(true)
      changes.propose(
        whole(.product(part, factor, .over)), size: size, as: other, extraCost: 1, otherWords)
    }
  }

  static func mistake(ofLost factor: Syntax) -> Mistake {
    switch factor.kind {
    case .number: return .constantFactor
    case .indicator, .piecewise: return .kink
    case .call(let call):
      switch call.function.text {
      case "delta": return .kroneckerDelta
      case "step", "sign": return .kink
      default: return .factorLost
      }
    default: return factor.isClosed ? .constantFactor : .factorLost
    }
  }

  static func mistake(ofExtra factor: Syntax) -> Mistake {
    let lost = mistake(ofLost: factor)
    return lost == .factorLost ? .factorDoubled : lost
  }
}
