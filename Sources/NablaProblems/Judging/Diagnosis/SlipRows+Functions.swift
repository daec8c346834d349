import NablaNotation

extension SlipRows {
  /// Functions that are taken for one another.
  private static let relatives: [[String]] = [
    ["exp", "log"], ["sin", "cos", "tan"], ["tanh", "sigmoid"], ["sinh", "cosh", "tanh"],
    ["ReLU", "step", "abs", "sign"], ["max", "min"], ["softplus", "sigmoid", "log"],
    ["asin", "acos", "atan"], ["log", "sqrt"],
  ]

  static let functions: [SlipRow] = [
    SlipRow(name: "one function for another", mistake: .functionLost, cost: 15) { place, changes in
      guard place.isValue, case .call(let call) = place.node.kind else { return }
      let range = place.node.range
      let name = BuiltInNames.function(named: call.function.text)?.name ?? call.function.text
      var others: [String] = []
      for group in relatives where group.contains(name) { others += group }
      for other in place.step.vocabulary.functions + others
      where other != name && other != call.function.text {
        var copy = call
        copy.function = NameSyntax(other, call.function.range)
        let new = Syntax(.call(copy), range)
        changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
        let negated = Syntax(.negation(new), range)
        changes.propose(
          negated, size: 2, extraCost: 2, [.math(place.node), .text(" should be "), .math(negated)])
      }
      if call.arguments.count == 1, !["delta", "norm"].contains(name) {
        changes.propose(
          call.arguments[0], extraCost: 1,
          [
            .text("the function in "), .math(place.node), .text(" is one too many"),
          ])
      }
    },
    SlipRow(name: "prime lost or put in", mistake: .functionLost, cost: 14) { place, changes in
      guard place.isValue, case .call(let call) = place.node.kind, call.arguments.count == 1,
        place.step.vocabulary.kinds[call.function.text] == "function"
          || BuiltInNames.elementwise.contains(call.function.text)
      else { return }
      for primes in [call.primes - 1, call.primes + 1] where primes >= 0 && primes < 4 {
        var copy = call
        copy.primes = primes
        let new = Syntax(.call(copy), place.node.range)
        changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
      }
    },
    SlipRow(name: "function lost", mistake: .functionLost, cost: 15) { place, changes in
      guard place.isValue else { return }
      func put(_ part: Syntax, _ whole: (Syntax) -> Syntax) {
        if part.isNumber { return }
        for name in place.step.vocabulary.functions {
          let new = Syntax.call(name, [part], at: part.range)
          changes.propose(
            whole(new), [.math(part), .text(" should be "), .math(new)])
        }
      }
      if case .product(let factors) = place.node.kind {
        for (number, entry) in factors.enumerated() {
          put(entry.factor) { new in
            var copy = factors
            copy[number].factor = new
            return Syntax(.product(copy), place.node.range)
          }
        }
      }
      place.forEachSlot(put)
    },
  ]

  static let kinks: [SlipRow] = [
    SlipRow(name: "condition lost at a kink", mistake: .kink, cost: 13) { place, changes in
      for condition in place.step.vocabulary.kinkFactors {
        attach(condition, place, &changes) { _ in
          (.kink, [.text("the condition "), .math(condition), .text(" is missing")])
        }
        if place.isValue, case .number("1") = place.node.kind {
          changes.propose(condition, [.math(condition), .text(" stands in place of 1")])
        }
        guard place.isValue, case .product(let factors) = place.node.kind else { continue }
        for (number, entry) in factors.enumerated() where entry.factor.isQuantity {
          if condition.freeNames.isDisjoint(with: place.indices), entry.factor.isEntry { continue }
          var copy = factors
          copy[number].factor = condition
          changes.propose(
            Syntax(.product(copy), place.node.range), extraCost: 1,
            [.math(condition), .text(" belongs in the place of "), .math(entry.factor)])
        }
      }
    },
    SlipRow(name: "condition the wrong way round", mistake: .kink, cost: 13) { place, changes in
      guard case .comparison(let left, let operation, let right) = place.node.kind else { return }
      let turned: ComparisonOperator
      switch operation {
      case .less: turned = .greater
      case .lessOrEqual: turned = .greaterOrEqual
      case .greater: turned = .less
      case .greaterOrEqual: turned = .lessOrEqual
      case .equal: turned = .notEqual
      case .notEqual: turned = .equal
      }
      let new = Syntax(.comparison(left, turned, right), place.node.range)
      changes.propose(new, [.text("the condition is "), .math(new)])
    },
  ]

  static let differentials: [SlipRow] = [
    SlipRow(name: "quotient for a derivative", mistake: .differentialMissing, cost: 14) {
      place, changes in
      guard place.isValue, case .product(let factors) = place.node.kind else { return }
      for number in factors.indices.dropFirst() where factors[number].operation == .over {
        let (above, below) = (factors[number - 1].factor, factors[number].factor)
        guard above.isQuantity, below.isQuantity else { continue }
        let new = Syntax.derivative(of: above, by: below)
        var copy = factors
        copy.remove(at: number)
        copy[number - 1].factor = new
        changes.propose(
          .product(copy, at: place.node.range), size: 2,
          [.math(new), .text(" is meant, not a quotient")])
      }
    },
    SlipRow(
      name: "name for its derivative among derivatives", mistake: .differentialMissing, cost: 14
    ) { place, changes in
      if place.step.vocabulary.writesDerivatives { differentiate(place, &changes) }
    },
    SlipRow(name: "name for its derivative", mistake: .differentialMissing, cost: 17) {
      place, changes in
      if !place.step.vocabulary.writesDerivatives { differentiate(place, &changes) }
    },
    SlipRow(name: "variable of a derivative", mistake: .wrongVariable, cost: 15) { place, changes in
      guard case .derivative(let derivative) = place.node.kind else { return }
      for (number, entry) in derivative.variables.enumerated() {
        for other in place.step.vocabulary.quantities(like: entry.variable, at: place) {
          var copy = derivative
          copy.variables[number].variable = other
          let new = Syntax(.derivative(copy), place.node.range)
          changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
        }
      }
    },
  ]

  /// Proposes the derivative of each factor that is a quantity.
  private static func differentiate(_ place: SlipPlace, _ changes: inout SlipChanges) {
    guard place.isValue, case .product(let factors) = place.node.kind else { return }
    for (number, entry) in factors.enumerated() where entry.factor.isQuantity {
      for variable in place.step.vocabulary.variables {
        let new = Syntax.derivative(of: entry.factor, by: variable)
        var copy = factors
        copy[number].factor = new
        changes.propose(
          .product(copy, at: place.node.range), size: 2,
          [.math(new), .text(" stands in place of "), .math(entry.factor)])
      }
    }
  }
}

extension Syntax {
  var isSum: Bool {
    if case .sum = kind { return true }
    return false
  }

  /// A factor that is 1 or 0.
  var isCondition: Bool {
    switch kind {
    case .indicator: return true
    case .call(let call): return call.function.text == "delta"
    default: return false
    }
  }

  var isEntry: Bool {
    if case .indexed = kind { return true }
    return false
  }

  /// A name or a component.
  var isQuantity: Bool {
    switch kind {
    case .name, .indexed: true
    default: false
    }
  }
}
