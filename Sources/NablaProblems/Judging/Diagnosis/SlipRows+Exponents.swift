import NablaNotation

extension SlipRows {
  static let exponents: [SlipRow] = [
    SlipRow(name: "exponent", mistake: .exponent, cost: 14) { place, changes in
      guard place.isValue, case .power(let base, let exponent) = place.node.kind else { return }
      let range = place.node.range
      changes.propose(base, size: 1, [.text("the exponent of "), .math(base), .text(" is 1")])
      var others: [Syntax] = []
      if case .number(let digits) = exponent.kind, let value = Int(digits), abs(value) < 1000 {
        for other in [value + 1, value - 1, 2 * value] where other > 1 && other != value {
          others.append(.number(other, at: range))
        }
      } else {
        let one = Syntax.number(1, at: range)
        for isNegative in [true, false] {
          let step = SignedTermSyntax(isNegative: isNegative, term: one)
          others.append(.sum(exponent.terms + [step], at: range))
        }
      }
      for other in others {
        changes.propose(
          Syntax(.power(base, other), range), size: 1,
          [.text("the exponent of "), .math(base), .text(" is "), .math(other)])
      }
    },
    SlipRow(name: "square lost", mistake: .exponent, cost: 15) { place, changes in
      guard place.isValue else { return }
      switch place.node.kind {
      case .name, .indexed, .call: break
      case .sum: break
      default: return
      }
      let range = place.node.range
      let two = Syntax.number(2, at: range)
      changes.propose(
        Syntax(.power(place.node, two), range), size: 1,
        [.text("the square of "), .math(place.node), .text(" is missing")])
      let half = Syntax.call("sqrt", [place.node], at: range)
      changes.propose(
        half, size: 1, extraCost: 3,
        [.text("the root of "), .math(place.node), .text(" is missing")])
    },
    SlipRow(name: "exponent inside or outside", mistake: .parentheses, cost: 13) { place, changes in
      guard place.isValue else { return }
      let range = place.node.range
      func propose(_ new: Syntax, _ base: Syntax) {
        changes.propose(
          new, size: 1, [.text("the exponent belongs to all of "), .math(base)])
      }
      switch place.node.kind {
      case .power(let base, let exponent):
        switch base.kind {
        case .call(var call) where call.arguments.count == 1 && call.function.text != "norm":
          let inner = call.arguments[0]
          call.arguments = [Syntax(.power(inner, exponent), range)]
          let new = Syntax(.call(call), range)
          changes.propose(
            new, size: 1, [.text("the exponent belongs to "), .math(inner), .text(" alone")])
        case .binder(var binder):
          let inner = binder.body
          binder.body = Syntax(.power(inner, exponent), range)
          changes.propose(
            Syntax(.binder(binder), range), size: 1,
            [.text("the exponent belongs to "), .math(inner), .text(" alone")])
        case .product(let factors) where factors.count <= 6:
          for number in factors.indices {
            var copy = factors
            copy[number].factor = Syntax(.power(factors[number].factor, exponent), range)
            changes.propose(
              Syntax(.product(copy), range), size: 1, extraCost: 1,
              [
                .text("the exponent belongs to "), .math(factors[number].factor), .text(" alone"),
              ])
          }
        default: break
        }
      case .call(var call) where call.arguments.count == 1:
        guard case .power(let inner, let exponent) = call.arguments[0].kind else { return }
        call.arguments = [inner]
        let base = Syntax(.call(call), range)
        propose(Syntax(.power(base, exponent), range), base)
      case .binder(var binder):
        guard case .power(let inner, let exponent) = binder.body.kind else { return }
        binder.body = inner
        let base = Syntax(.binder(binder), range)
        propose(Syntax(.power(base, exponent), range), base)
      default: break
      }
    },
    SlipRow(name: "function of a sum or sum of functions", mistake: .parentheses, cost: 13) {
      place, changes in
      guard place.isValue else { return }
      let range = place.node.range
      switch place.node.kind {
      case .call(var call) where call.arguments.count == 1 && call.function.text != "norm":
        guard case .binder(var binder) = call.arguments[0].kind else { return }
        for body in binder.body.applied(call) {
          binder.body = body
          let new = Syntax(.binder(binder), range)
          changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
        }
      case .binder(var binder):
        let factors = binder.body.factors
        for (number, entry) in factors.enumerated() {
          guard case .call(var call) = entry.factor.kind, call.arguments.count == 1,
            !["norm", "delta"].contains(call.function.text)
          else { continue }
          var copy = factors
          copy[number].factor = call.arguments[0]
          binder.body = .product(copy, at: range)
          call.arguments[0] = Syntax(.binder(binder), range)
          let new = Syntax(.call(call), range)
          changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
        }
      case .sum(let terms):
        for (number, entry) in terms.enumerated() {
          guard case .call(var call) = entry.term.kind, call.arguments.count == 1,
            !["norm", "delta"].contains(call.function.text)
          else { continue }
          var copy = terms
          copy[number].term = call.arguments[0]
          call.arguments[0] = Syntax(.sum(copy), range)
          let new = Syntax(.call(call), range)
          changes.propose(
            new, extraCost: 1, [.math(place.node), .text(" should be "), .math(new)])
        }
      default: break
      }
    },
    SlipRow(name: "root lost or put in", mistake: .exponent, cost: 15) { place, changes in
      guard place.isValue, case .call(let call) = place.node.kind,
        call.function.text == "sqrt", call.arguments.count == 1
      else { return }
      changes.propose(
        call.arguments[0], size: 1,
        [.text("the root of "), .math(call.arguments[0]), .text(" is one too many")])
    },
  ]
}

extension Syntax {
  /// A function applied to the whole, and to each factor alone.
  fileprivate func applied(_ call: CallSyntax) -> [Syntax] {
    var call = call
    call.arguments = [self]
    var found = [Syntax(.call(call), range)]
    guard case .product(let factors) = kind else { return found }
    for (number, entry) in factors.enumerated() where !entry.factor.isNumber {
      var copy = factors
      call.arguments = [entry.factor]
      copy[number].factor = Syntax(.call(call), range)
      found.append(Syntax(.product(copy), range))
    }
    return found
  }
}
