import NablaNotation

extension SlipRows {
  static let matrices: [SlipRow] = [
    SlipRow(name: "transpose", mistake: .transpose, cost: 12) { place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue else { return }
      switch place.node.kind {
      case .transpose(let inner):
        changes.propose(
          inner, [.text("the transpose of "), .math(inner), .text(" is one too many")])
      case .name(let name) where place.step.vocabulary.isArray(name): turn(place.node, &changes)
      case .product, .call, .sum: turn(place.node, &changes)
      default: break
      }
    },
    SlipRow(name: "two transposes", mistake: .transpose, cost: 16) { place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue,
        case .product(let factors) = place.node.kind, factors.count <= 6
      else { return }
      for first in factors.indices {
        for second in factors.indices where second > first {
          var copy = factors
          copy[first].factor = factors[first].factor.turned
          copy[second].factor = factors[second].factor.turned
          let new = Syntax(.product(copy), place.node.range)
          changes.propose(
            new, size: 2,
            [.text("transposes: "), .math(place.node), .text(" should be "), .math(new)])
        }
      }
    },
    SlipRow(name: "factor lost inside a matrix product", mistake: .factorLost, cost: 15) {
      place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue,
        case .product(let factors) = place.node.kind
      else { return }
      for number in factors.indices.dropFirst() where factors[number].operation == .times {
        for lost in place.step.vocabulary.factors
        where lost.tokenCount <= 4 && place.step.vocabulary.isArray(lost) {
          for factor in [lost, lost.turned] {
            var copy = factors
            copy.insert(FactorSyntax(operation: .times, factor: factor), at: number)
            changes.propose(
              Syntax(.product(copy), place.node.range), size: factor.tokenCount,
              as: mistake(ofLost: factor),
              [.text("the factor "), .math(factor), .text(" is missing")])
          }
        }
        // Entry by entry, in front of all that is still multiplied.
        let rest = Syntax.product(Array(factors[number...]), at: place.node.range)
        let arrays = place.step.vocabulary.factors.filter {
          $0.tokenCount <= 8 && !$0.isQuantity && place.step.vocabulary.isArray($0)
        }
        for lost in arrays.prefix(8) + place.step.vocabulary.kinkFactors {
          var copy = Array(factors[..<number])
          copy.append(
            FactorSyntax(
              operation: .times, factor: .product(rest, lost, .elementwiseTimes)))
          changes.propose(
            Syntax(.product(copy), place.node.range), size: lost.isCondition ? 1 : lost.tokenCount,
            as: mistake(ofLost: lost), [.text("the factor "), .math(lost), .text(" is missing")])
        }
      }
    },
    SlipRow(name: "factor lost inside an elementwise product", mistake: .factorLost, cost: 15) {
      place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue,
        case .product(let factors) = place.node.kind
      else { return }
      for (number, entry) in factors.enumerated() where !entry.factor.isNumber {
        for lost in place.step.vocabulary.factors
        where lost.tokenCount <= 8 && place.step.vocabulary.isArray(lost)
          && !lost.isWritten(like: entry.factor)
        {
          var copy = factors
          copy[number].factor = .product(entry.factor, lost, .elementwiseTimes)
          changes.propose(
            Syntax(.product(copy), place.node.range), size: lost.tokenCount,
            as: mistake(ofLost: lost), [.text("the factor "), .math(lost), .text(" is missing")])
        }
      }
    },
    SlipRow(name: "elementwise square lost", mistake: .exponent, cost: 14) { place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue else { return }
      let range = place.node.range
      switch place.node.kind {
      case .name(let name) where place.step.vocabulary.isArray(name): break
      case .call: break
      case .elementwisePower(let base, _):
        changes.propose(base, [.text("the exponent of "), .math(base), .text(" is 1")])
        return
      default: return
      }
      changes.propose(
        Syntax(.elementwisePower(place.node, .number(2, at: range)), range),
        [.text("the square of "), .math(place.node), .text(" is missing")])
    },
    SlipRow(name: "order of a matrix product", mistake: .order, cost: 13) { place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue,
        case .product(let factors) = place.node.kind
      else { return }
      for number in factors.indices.dropFirst()
      where factors[number].operation == .times && factors[number - 1].operation == .times {
        var copy = factors
        copy.swapAt(number - 1, number)
        let new = Syntax(.product(copy), place.node.range)
        changes.propose(
          new, size: 2, [.text("the order of the product should be "), .math(new)])
        // Transposes exchanged along with the order.
        let pair = Syntax.product(copy[number - 1].factor.turned, copy[number].factor.turned)
        var turned = copy
        turned[number - 1].factor = copy[number - 1].factor.turned
        turned[number].factor = copy[number].factor.turned
        changes.propose(
          Syntax(.product(turned), place.node.range), size: 3, as: .transpose, extraCost: 2,
          [.text("the product should be "), .math(pair)])
      }
    },
    SlipRow(name: "elementwise against matrix product", mistake: .product, cost: 13) {
      place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue,
        case .product(let factors) = place.node.kind
      else { return }
      for number in factors.indices.dropFirst() {
        let (left, right) = (factors[number - 1].factor, factors[number].factor)
        switch factors[number].operation {
        case .times:
          var copy = factors
          copy[number].operation = .elementwiseTimes
          changes.propose(
            Syntax(.product(copy), place.node.range),
            [
              .text("the product of "), .math(left), .text(" and "), .math(right),
              .text(" is taken entry by entry"),
            ])
        case .elementwiseTimes:
          for (one, other, extra) in [
            (left, right, 0), (left.turned, right, 1), (left, right.turned, 1),
            (right, left, 1), (right, left.turned, 2), (right.turned, left, 2),
          ] {
            var copy = factors
            copy[number - 1].factor = one
            copy[number].factor = other
            copy[number].operation = .times
            changes.propose(
              Syntax(.product(copy), place.node.range), size: 1 + extra, extraCost: extra,
              [
                .text("the product of "), .math(left), .text(" and "), .math(right),
                .text(" is the matrix product "), .math(.product(one, other)),
              ])
          }
        case .over, .elementwiseOver: break
        }
      }
    },
    SlipRow(name: "norm against its square", mistake: .normSquared, cost: 12) { place, changes in
      guard place.isValue else { return }
      switch place.node.kind {
      case .power(let base, let exponent):
        guard case .call(let call) = base.kind, call.function.text == "norm",
          case .number("2") = exponent.kind
        else { return }
        changes.propose(
          base, [.text("the norm "), .math(base), .text(" is not squared")])
      case .call(let call) where call.function.text == "norm":
        let square = Syntax(
          .power(place.node, .number(2, at: place.node.range)), place.node.range)
        changes.propose(square, [.text("the norm is squared: "), .math(square)])
      default:
        guard place.node.isSquareOfNorm else { return }
        let root = Syntax.call("sqrt", [place.node], at: place.node.range)
        changes.propose(
          root, extraCost: 1, [.math(place.node), .text(" is the square of the norm")])
      }
    },
    SlipRow(name: "several norms against their squares", mistake: .normSquared, cost: 12) {
      place, changes in
      guard place.isRoot else { return }
      var (plain, squared) = (0, 0)
      place.node.forEachNode { node in
        if node.isNorm { plain += 1 }
        if case .power(let base, let exponent) = node.kind, base.isNorm,
          case .number("2") = exponent.kind
        {
          squared += 1
        }
      }
      if plain - squared > 1 {
        changes.propose(
          place.node.withNorms(squared: true), size: plain, [.text("the norms are squared")])
      }
      if squared > 1 {
        changes.propose(
          place.node.withNorms(squared: false), size: squared,
          [.text("the norms are not squared")])
      }
    },
    SlipRow(name: "a number among matrices", mistake: .factorLost, cost: 13) { place, changes in
      guard place.step.vocabulary.usesMatrices, place.isValue,
        case .sum(let terms) = place.node.kind
      else { return }
      let range = place.node.range
      for (number, entry) in terms.enumerated()
      where !place.step.vocabulary.isArray(entry.term) && !entry.term.isMatrixCall {
        for size in place.step.vocabulary.sizes.prefix(4) {
          for name in ["eye", "ones"] {
            let factor = Syntax.call(name, [Syntax(.name(size), range)], at: range)
            var copy = terms
            copy[number].term = .product(entry.term, factor)
            changes.propose(
              Syntax(.sum(copy), range),
              [
                .text("the factor "), .math(factor), .text(" is missing: "), .math(entry.term),
                .text(" alone would be added to every entry"),
              ])
          }
        }
      }
    },
  ]

  private static func turn(_ node: Syntax, _ changes: inout SlipChanges) {
    let turned = Syntax(.transpose(node), node.range)
    changes.propose(turned, [.text("the transpose of "), .math(node), .text(" is missing")])
  }
}

extension Syntax {
  fileprivate var isNorm: Bool {
    if case .call(let call) = kind { return call.function.text == "norm" }
    return false
  }

  fileprivate var isMatrixCall: Bool {
    if case .call(let call) = kind { return ["eye", "ones"].contains(call.function.text) }
    return false
  }

  /// `u'u`, `dot(u, u)` or a sum of squares.
  fileprivate var isSquareOfNorm: Bool {
    switch kind {
    case .product(let factors):
      guard factors.count == 2, factors[1].operation == .times,
        case .transpose(let inner) = factors[0].factor.kind
      else { return false }
      return inner.isWritten(like: factors[1].factor)
    case .call(let call):
      return call.function.text == "dot" && call.arguments.count == 2
        && call.arguments[0].isWritten(like: call.arguments[1])
    case .binder(let binder):
      guard binder.operation == .sum, case .power(_, let exponent) = binder.body.kind,
        case .number("2") = exponent.kind
      else { return false }
      return true
    default: return false
    }
  }

  /// The expression with all norms squared, or none.
  fileprivate func withNorms(squared: Bool) -> Syntax {
    if case .power(let base, let exponent) = kind, base.isNorm, case .number("2") = exponent.kind {
      return squared ? self : base
    }
    if isNorm { return squared ? Syntax(.power(self, .number(2, at: range)), range) : self }
    return withParts(parts.map { $0.withNorms(squared: squared) })
  }

  /// The transpose, written without two transposes in a row.
  var turned: Syntax {
    if case .transpose(let inner) = kind { return inner }
    return Syntax(.transpose(self), range)
  }
}
