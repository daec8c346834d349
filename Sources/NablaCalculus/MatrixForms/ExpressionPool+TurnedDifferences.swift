import NablaExpressions

/// Differences turned round, by which a product takes up its sign: −A(b − c) = A(c − b).
extension ExpressionPool {
  /// Which differences among the factors of a product to turn round, and what that gains.
  struct Turning {
    var places: Set<Int> = []
    var gain = 0
  }

  /// The best way to turn an odd or an even number of the differences among some factors round;
  /// nil if there is none to turn.
  ///
  /// Those that begin with a minus before a number are turned first: −(a − y)(a² − 1) becomes
  /// (a − y)(1 − a²). Of two that are alike, as in uuᵀ, neither is turned alone.
  func bestTurning(of factors: [MatrixForm], isOdd: Bool) -> Turning? {
    var differences: [Difference] = []
    for factor in factors { collectDifferences(factor, &differences) }
    let gains = differences.map { $0.gain }
    var turning = Turning()
    for place in gains.indices where gains[place] > 0 {
      turning.places.insert(place)
      turning.gain += gains[place]
    }
    if turning.places.count.isMultiple(of: 2) != isOdd { return turning }
    var least: Int?
    for place in gains.indices where least.map({ abs(gains[place]) <= abs(gains[$0]) }) ?? true {
      let own = differences[place].upright
      let opposite = turned(own)
      if differences.filter({ $0.upright == own || $0.upright == opposite }).count == 1 {
        least = place
      }
    }
    guard let least else { return nil }
    turning.gain -= abs(gains[least])
    if turning.places.remove(least) == nil { turning.places.insert(least) }
    return turning
  }

  /// Some factors with differences among them turned round.
  func turned(_ factors: [MatrixForm], _ turning: Turning) -> [MatrixForm] {
    if turning.places.isEmpty { return factors }
    var number = 0
    return factors.map { self.turning(turning.places, in: $0, &number) }
  }

  /// A difference in a product.
  private struct Difference {
    /// What turning it round is worth.
    let gain: Int
    /// Itself, or what it is the transpose of.
    let upright: MatrixForm
  }

  /// The differences in a product from the left to the right.
  private func collectDifferences(_ form: MatrixForm, _ differences: inout [Difference]) {
    if let gain = gainOfTurning(form) {
      var upright = form
      if case .transpose(let inner) = form.kind { upright = inner }
      return differences.append(Difference(gain: gain, upright: upright))
    }
    for part in factors(of: form) { collectDifferences(part, &differences) }
  }

  /// A product with the differences of some numbers turned round.
  private func turning(_ chosen: Set<Int>, in form: MatrixForm, _ number: inout Int) -> MatrixForm {
    if gainOfTurning(form) != nil {
      number += 1
      return chosen.contains(number - 1) ? turned(form) ?? form : form
    }
    var parts = factors(of: form)
    for place in parts.indices { parts[place] = turning(chosen, in: parts[place], &number) }
    switch form.kind {
    case .hadamard: return MatrixForm(.hadamard(parts), form.shape)
    case .product: return MatrixForm(.product(parts), form.shape)
    case .transpose: return MatrixForm(.transpose(parts[0]), form.shape)
    case .diagonal: return MatrixForm(.diagonal(parts[0]), form.shape)
    case .elementwiseQuotient:
      return MatrixForm(.elementwiseQuotient(parts[0], parts[1]), form.shape)
    default: return form
    }
  }

  /// The parts of a form whose signs are that of the whole.
  private func factors(of form: MatrixForm) -> [MatrixForm] {
    switch form.kind {
    case .hadamard(let factors), .product(let factors): factors
    case .transpose(let inner), .diagonal(let inner): [inner]
    case .elementwiseQuotient(let above, let below): [above, below]
    default: []
    }
  }

  /// What turning a difference round gains: 2 if it starts with a minus before a number, 1 if the
  /// name declared first is subtracted, and the opposite if it is so afterwards; nil for no
  /// difference.
  private func gainOfTurning(_ form: MatrixForm) -> Int? {
    var inner = form
    if case .transpose(let upright) = form.kind { inner = upright }
    if case .function(_, let argument) = inner.kind {
      return turned(inner) == nil ? nil : gainOfTurning(argument)
    }
    guard case .sum(let terms) = inner.kind, let turned = turned(inner) else { return nil }
    for term in terms {
      if case .negation(let part) = term.kind {
        if isNumber(part) { return 2 }
      } else if isNumber(term) {
        return -2
      }
    }
    return leads(turned, before: inner) ? 1 : leads(inner, before: turned) ? -1 : 0
  }

  private func isNumber(_ form: MatrixForm) -> Bool {
    if case .scalar(let value) = form.kind { return isNumber(value) }
    return false
  }

  /// c − b for b − c, also in a transpose or an odd function; nil for what is not a difference.
  func turned(_ form: MatrixForm) -> MatrixForm? {
    switch form.kind {
    case .sum(let terms):
      var positive: [MatrixForm] = []
      var negative: [MatrixForm] = []
      for term in terms {
        if case .negation(let inner) = term.kind {
          positive.append(inner)
        } else {
          negative.append(negated(term))
        }
      }
      if positive.isEmpty || negative.isEmpty { return nil }
      return MatrixForm(.sum(positive + negative), form.shape)
    case .transpose(let inner):
      return turned(inner).map { MatrixForm(.transpose($0), form.shape) }
    case .function(let function, let argument) where function.isOdd:
      return turned(argument).map { MatrixForm(.function(function, $0), form.shape) }
    default: return nil
    }
  }
}
