import NablaNotation

extension SlipRows {
  static let parentheses: [SlipRow] = [
    SlipRow(name: "minus before several terms", mistake: .parentheses, cost: 11) { place, changes in
      guard place.isValue, case .sum(let terms) = place.node.kind, terms.count > 2 else { return }
      // The other side shows a minus sign before parentheses.
      let extra = place.step.vocabulary.hasNegatedSum ? -2 : 0
      for (first, entry) in terms.enumerated() where entry.isNegative {
        for last in terms.indices where last > first {
          var copy = terms
          for number in (first + 1)...last { copy[number].isNegative.toggle() }
          changes.propose(
            Syntax(.sum(copy), place.node.range), size: 1, extraCost: extra,
            [
              .text("parentheses are lost: the minus sign stands before all of "),
              .math(group(terms, first...last)),
            ])
        }
      }
    },
    SlipRow(name: "factor before several terms", mistake: .parentheses, cost: 12) {
      place, changes in
      guard place.isValue, case .sum(let terms) = place.node.kind, terms.count > 1 else { return }
      let range = place.node.range
      func propose(_ first: Int, _ last: Int, _ whole: Syntax, _ inner: Syntax) {
        var copy = Array(terms[..<first])
        copy.append(SignedTermSyntax(isNegative: terms[first].isNegative, term: whole))
        copy += terms[(last + 1)...]
        changes.propose(
          .sum(copy, at: range), size: 1,
          [.text("parentheses are lost around "), .math(inner)])
      }
      for first in terms.indices {
        for last in terms.indices where last > first {
          // The last part of the first term takes in the terms behind it.
          let rest = Array(terms[(first + 1)...last])
          for (whole, inner) in absorbing(rest, in: terms[first].term) {
            propose(first, last, whole, inner)
          }
          // Both at once: `a*b + c*d` for `a*(b + c)*d`.
          if last == first + 1, let (whole, inner) = bridged(terms[first], terms[last]) {
            propose(first, last, whole, inner)
          }
          // The first factor of the last term takes in the terms before it.
          if case .product(let factors) = terms[last].term.kind, factors[0].operation == .times {
            // So may more factors that lead it.
            for count in 1..<factors.count {
              var group = Array(terms[first...last])
              group[group.count - 1].term = .product(Array(factors[..<count]), at: range)
              let turned = group[0].isNegative
              if turned { for place in group.indices { group[place].isNegative.toggle() } }
              let inner = Syntax.sum(group, at: range)
              let whole = [FactorSyntax(operation: .times, factor: inner)] + factors[count...]
              propose(first, last, Syntax(.product(whole), range), inner)
            }
          }
        }
      }
    },
    SlipRow(name: "factors behind a sum or quotient", mistake: .parentheses, cost: 12) {
      place, changes in
      guard place.isValue, case .product(let factors) = place.node.kind, factors.count > 1 else {
        return
      }
      let range = place.node.range
      for (number, entry) in factors.enumerated() {
        let rest = Array(factors[(number + 1)...])
        if rest.isEmpty { continue }
        var copy = Array(factors[...number])
        switch entry.factor.kind {
        case .binder(var binder):
          binder.body = .product(
            [FactorSyntax(operation: .times, factor: binder.body)] + rest, at: range)
          copy[number].factor = Syntax(.binder(binder), range)
          changes.propose(
            .product(copy, at: range), size: 1,
            [.text("parentheses are lost: all of "), .math(binder.body), .text(" is summed")])
        case .call(var call) where call.arguments.count == 1 && call.function.text != "delta":
          let inner = Syntax.product(
            [FactorSyntax(operation: .times, factor: call.arguments[0])] + rest, at: range)
          call.arguments[0] = inner
          copy[number].factor = Syntax(.call(call), range)
          changes.propose(
            .product(copy, at: range), size: 1,
            [.text("parentheses are lost around "), .math(inner)])
        case .power(let base, let exponent):
          let inner = Syntax.product(
            [FactorSyntax(operation: .times, factor: exponent)] + rest, at: range)
          copy[number].factor = Syntax(.power(base, inner), range)
          changes.propose(
            .product(copy, at: range), size: 1,
            [.text("parentheses are lost around the exponent "), .math(inner)])
        default: break
        }
        if entry.operation == .over {
          let inner = Syntax.product(
            [FactorSyntax(operation: .times, factor: entry.factor)] + rest, at: range)
          copy = Array(factors[...number])
          copy[number].factor = inner
          changes.propose(
            .product(copy, at: range), size: 1, extraCost: -1,
            [.text("parentheses are lost around the divisor "), .math(inner)])
        }
      }
      // The power of the last factor was meant for the product.
      for (number, entry) in factors.enumerated() where number > 0 {
        guard case .power(let base, let exponent) = entry.factor.kind else { continue }
        for first in 0..<number {
          var group = Array(factors[first..<number])
          group.append(FactorSyntax(operation: entry.operation, factor: base))
          let own = group[0].operation
          group[0].operation = .times
          let inner = Syntax.product(group, at: range)
          var copy = Array(factors[..<first])
          copy.append(FactorSyntax(operation: own, factor: Syntax(.power(inner, exponent), range)))
          copy += factors[(number + 1)...]
          changes.propose(
            .product(copy, at: range), size: 1,
            [.text("parentheses are lost around "), .math(inner), .text(" under the exponent")])
        }
      }
    },
    SlipRow(name: "minus under an exponent", mistake: .parentheses, cost: 11) { place, changes in
      guard place.isValue, case .negation(let inner) = place.node.kind,
        case .power(let base, let exponent) = inner.kind
      else { return }
      let negated = Syntax(.negation(base), base.range)
      changes.propose(
        Syntax(.power(negated, exponent), place.node.range), size: 1,
        extraCost: place.step.vocabulary.hasNegatedBase ? -2 : 2,
        [.text("parentheses are lost around "), .math(negated), .text(" under the exponent")])
    },
  ]

  /// `(a + b)` as it was meant behind a sign.
  private static func group(_ terms: [SignedTermSyntax], _ range: ClosedRange<Int>) -> Syntax {
    var copy = Array(terms[range])
    copy[0].isNegative = false
    return .sum(copy, at: copy[0].term.range)
  }

  /// `a*(b + c)*d` from `a*b + c*d`.
  private static func bridged(
    _ first: SignedTermSyntax, _ last: SignedTermSyntax
  ) -> (whole: Syntax, inner: Syntax)? {
    guard case .product(let left) = first.term.kind, case .product(let right) = last.term.kind,
      let end = left.last, right[0].operation == .times
    else { return nil }
    let range = first.term.range
    let inner = Syntax.sum(
      [
        SignedTermSyntax(isNegative: false, term: end.factor),
        SignedTermSyntax(
          isNegative: first.isNegative != last.isNegative, term: right[0].factor),
      ], at: range)
    var factors = left
    factors[factors.count - 1].factor = inner
    return (.product(factors + right.dropFirst(), at: range), inner)
  }

  /// A term whose last part takes in the terms behind it.
  private static func absorbing(
    _ rest: [SignedTermSyntax], in term: Syntax
  ) -> [(whole: Syntax, inner: Syntax)] {
    let range = term.range
    func joined(_ part: Syntax) -> Syntax {
      .sum([SignedTermSyntax(isNegative: false, term: part)] + rest, at: range)
    }
    switch term.kind {
    case .product(let factors):
      guard let last = factors.last else { return [] }
      var found: [(whole: Syntax, inner: Syntax)] = []
      func put(_ whole: Syntax, _ inner: Syntax) {
        var copy = factors
        copy[copy.count - 1].factor = whole
        found.append((Syntax(.product(copy), range), inner))
      }
      let inner = joined(last.factor)
      put(inner, inner)
      // More factors than the last may belong to the group.
      for first in factors.indices.dropFirst().dropLast() where factors[first].operation == .times {
        let inner = joined(.product(Array(factors[first...]), at: range))
        var copy = Array(factors[...first])
        copy[first].factor = inner
        found.append((Syntax(.product(copy), range), inner))
      }
      for (whole, inner) in absorbing(rest, in: last.factor) { put(whole, inner) }
      return found
    case .binder(var binder):
      let inner = joined(binder.body)
      binder.body = inner
      return [(Syntax(.binder(binder), range), inner)]
    case .call(var call) where call.arguments.count == 1:
      let inner = joined(call.arguments[0])
      call.arguments[0] = inner
      return [(Syntax(.call(call), range), inner)]
    case .power(let base, let exponent):
      let inner = joined(exponent)
      return [(Syntax(.power(base, inner), range), inner)]
    default: return []
    }
  }
}
