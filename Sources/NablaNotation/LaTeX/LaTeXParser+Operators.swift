extension LaTeXParser {
  /// How far a run of factors goes.
  enum Reach {
    case product
    /// The argument of `\log x y`: what stands beside it without a sign between.
    case argument
    /// What `\frac{\partial}{\partial x}` stands before.
    case operand
  }

  // MARK: Sums

  mutating func sum() throws(Diagnostic) -> Syntax {
    let start = place
    var terms: [SignedTermSyntax] = []
    var dots: Int?
    repeat {
      var isNegative = false
      if current == .minus || current == .plus {
        isNegative = current == .minus
        place += 1
      }
      if current == .dots, dots == nil, !isNegative, !terms.isEmpty, token(place + 1) == .plus {
        place += 1
        dots = terms.count
        continue
      }
      let term = try self.term(.product)
      terms.append(SignedTermSyntax(isNegative: isNegative, term: term))
    } while current == .plus || current == .minus
    if let dots { try takeSeries(&terms, dots, from: start) }
    repairScripts(&terms)
    if terms.count == 1 {
      return terms[0].isNegative
        ? Syntax(.negation(terms[0].term), range(from: start)) : terms[0].term
    }
    return Syntax(.sum(terms), range(from: start))
  }

  /// A product with any further signs before it.
  mutating func term(_ reach: Reach) throws(Diagnostic) -> Syntax {
    if current == .plus {
      place += 1
      return try deeper { (parser) throws(Diagnostic) in try parser.term(reach) }
    }
    guard current == .minus else { return try product(reach) }
    let start = place
    place += 1
    let inner = try deeper { (parser) throws(Diagnostic) in try parser.term(reach) }
    return Syntax(.negation(inner), range(from: start))
  }

  /// `x + 0` where x is no name but x₀ is: a subscript that was lost.
  private mutating func repairScripts(_ terms: inout [SignedTermSyntax]) {
    var index = 0
    while index + 1 < terms.count {
      if !terms[index + 1].isNegative, case .name(let name) = terms[index].term.kind,
        case .number(let digits) = terms[index + 1].term.kind, !names.isKnown(name),
        digits.utf8.count == 1, names.isKnownValue(name + digits)
      {
        let range = terms[index].term.range.union(terms[index + 1].term.range)
        repairs.append(
          Repair(.script, range, found: "\(name) + \(digits)", repaired: "\(name)_\(digits)"))
        terms[index].term = Syntax(.name(name + digits), range)
        terms.remove(at: index + 1)
      }
      index += 1
    }
  }

  // MARK: Products

  mutating func product(_ reach: Reach) throws(Diagnostic) -> Syntax {
    let start = place
    let startsWithFraction = current == .fraction
    var factors = [FactorSyntax(operation: .times, factor: try factor())]
    if startsWithFraction, case .product(let parts) = factors[0].factor.kind { factors = parts }
    while place < end {
      let before = place
      if current == .times || current == .over {
        if reach == .argument || (reach == .operand && endsOperand(place + 1)) { break }
        try takeFactor(&factors)
      } else if startsFactor() {
        if reach == .argument, !continuesArgument(from: start) { break }
        if reach == .operand, endsOperand(place) { break }
        if current == .number, token(before - 1) == .number {
          throw unreadable("two numbers stand side by side", place)
        }
        if reach == .argument {
          met.insert(.reachOfFunction)
          if flags.contains(.reachOfFunction) { break }
        }
        factors.append(FactorSyntax(operation: .times, factor: try factor()))
      } else {
        break
      }
    }
    if factors.count == 1 { return factors[0].factor }
    return Syntax(.product(grouped(factors)), range(from: start))
  }

  /// An operator and the factor behind it.
  private mutating func takeFactor(_ factors: inout [FactorSyntax]) throws(Diagnostic) {
    let isOver = current == .over
    let sign = LaTeXProduct(rawValue: tokens[place].code) ?? .star
    place += 1
    let start = place
    let factor =
      current == .minus || current == .plus
      ? try signedFactor() : try self.factor()
    if !isOver, sign == .outer {
      let left = factors.removeLast()
      let name = NameSyntax("outer", tokens[start - 1].range)
      let call = CallSyntax(function: name, primes: 0, arguments: [left.factor, factor])
      let syntax = Syntax(.call(call), left.factor.range.union(factor.range))
      factors.append(FactorSyntax(operation: left.operation, factor: syntax))
      return
    }
    if isOver, startsFactor(), tokens[place].isJoined, current != .open {
      met.insert(.reachOfDivision)
      if flags.contains(.reachOfDivision) {
        var below = [FactorSyntax(operation: .times, factor: factor)]
        while startsFactor(), tokens[place].isJoined {
          below.append(FactorSyntax(operation: .times, factor: try self.factor()))
        }
        let divisor = Syntax(.product(below), range(from: start))
        factors.append(FactorSyntax(operation: .over, factor: divisor))
        return
      }
    }
    let operation: FactorOperator
    switch sign {
    case _ where isOver: operation = .over
    case .elementwise, .ring: operation = .elementwiseTimes
    case .elementwiseOver: operation = .elementwiseOver
    default: operation = .times
    }
    if operation == .times, let left = factors.last, isVector(left.factor), isVector(factor) {
      met.insert(.product)
      if flags.contains(.product) {
        factors.append(FactorSyntax(operation: .elementwiseTimes, factor: factor))
        return
      }
      if sign == .dot, left.operation == .times {
        let name = NameSyntax("dot", tokens[start - 1].range)
        let call = CallSyntax(function: name, primes: 0, arguments: [left.factor, factor])
        factors[factors.count - 1].factor = Syntax(
          .call(call), left.factor.range.union(factor.range))
        return
      }
    }
    factors.append(FactorSyntax(operation: operation, factor: factor))
  }

  /// A whole vector by its name.
  private func isVector(_ syntax: Syntax) -> Bool {
    guard case .name(let name) = syntax.kind, !bound.contains(name) else { return false }
    return names.slots(name) == 1
  }

  /// Entrywise products bind more loosely than the others: `a \odot W x` is a ⊙ (W x).
  private func grouped(_ factors: [FactorSyntax]) -> [FactorSyntax] {
    func isElementwise(_ factor: FactorSyntax) -> Bool {
      factor.operation == .elementwiseTimes || factor.operation == .elementwiseOver
    }
    guard let first = factors.firstIndex(where: isElementwise), first + 1 < factors.count else {
      return factors
    }
    var result = Array(factors[..<first])
    var place = first
    while place < factors.count {
      var end = place + 1
      while end < factors.count, !isElementwise(factors[end]) { end += 1 }
      var group = Array(factors[place..<end])
      if group.count > 1 {
        group[0].operation = .times
        let range = group[0].factor.range.union(group[group.count - 1].factor.range)
        let product = Syntax(.product(group), range)
        result.append(FactorSyntax(operation: factors[place].operation, factor: product))
      } else {
        result.append(factors[place])
      }
      place = end
    }
    return result
  }

  private mutating func signedFactor() throws(Diagnostic) -> Syntax {
    let start = place
    let isNegative = current == .minus
    place += 1
    let inner = try deeper { (parser) throws(Diagnostic) in
      parser.current == .minus || parser.current == .plus
        ? try parser.signedFactor() : try parser.factor()
    }
    return isNegative ? Syntax(.negation(inner), range(from: start)) : inner
  }

  /// Whether a factor begins here, be it readable or not.
  func startsFactor() -> Bool {
    switch current {
    case .letter, .number, .function, .groupOpen, .begin, .open, .fraction, .root, .partial,
      .nabla, .bigOperator, .accent, .blackboard, .one, .normal, .unsupported, .unknown, .dots:
      true
    case .word: isNameWord(place)
    case .bar: openBars == 0
    default: false
    }
  }

  /// Whether words stand for a name here.
  func isNameWord(_ place: Int) -> Bool {
    tokens[place].code == LaTeXWord.name.rawValue || tokens[place].code == LaTeXWord.text.rawValue
  }

  /// Whether the argument of a function goes on without a sign.
  private func continuesArgument(from start: Int) -> Bool {
    switch current {
    case .letter, .word, .accent:
      !(token(skipName(place)) == .open && appliesLikely(place))
    case .number, .groupOpen, .root: true
    case .fraction: !isDerivative(place)
    default: false
    }
  }

  /// Whether a complete derivative stands here: the next factor of a chain rule.
  private func endsOperand(_ place: Int) -> Bool {
    token(place) == .fraction && isDerivative(place)
  }

  private func appliesLikely(_ place: Int) -> Bool {
    guard token(place) == .letter else { return true }
    let kind = names.kind(tokens[place].text)
    return kind == .function || (kind == nil && !bound.contains(tokens[place].text))
  }
}
