import NablaExpressions

/// Differences turned round, by which a product takes up its sign: −A(b − c) = A(c − b).
extension ExpressionPool {
  /// Turns differences among the factors of a matrix product round, an odd or even number of them.
  ///
  /// Those that begin with a minus before a number are turned first: −(a − y)(a² − 1) becomes
  /// (a − y)(1 − a²). False, and nothing is changed, if that cannot be done.
  func turnDifferences(in chain: inout [MatrixForm], isOdd: Bool) -> Bool {
    var gains: [Int] = []
    for factor in chain { collectGains(factor, &gains) }
    var chosen = gains.indices.filter { gains[$0] > 1 }
    if chosen.count % 2 != (isOdd ? 1 : 0) {
      let others = gains.indices.filter { !chosen.contains($0) }
      if let place = others.max(by: { gains[$0] < gains[$1] }), isOdd || gains[place] > -2 {
        chosen.append(place)
      } else if !chosen.isEmpty {
        chosen.removeLast()
      } else {
        return false
      }
    }
    // Two more may always be turned.
    let others = gains.indices.filter { gains[$0] == 1 && !chosen.contains($0) }
    chosen += others.prefix(others.count / 2 * 2)
    if chosen.isEmpty { return true }
    var number = 0
    for place in chain.indices { chain[place] = turning(chosen, in: chain[place], &number) }
    return true
  }

  /// What turning each difference in a product is worth, from the left to the right.
  private func collectGains(_ form: MatrixForm, _ gains: inout [Int]) {
    if let gain = gainOfTurning(form) { return gains.append(gain) }
    for part in factors(of: form) { collectGains(part, &gains) }
  }

  /// A product with the differences of some numbers turned round.
  private func turning(_ chosen: [Int], in form: MatrixForm, _ number: inout Int) -> MatrixForm {
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

  /// c − b for b − c, and its transpose; nil for what is not a difference.
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
    default: return nil
    }
  }
}
