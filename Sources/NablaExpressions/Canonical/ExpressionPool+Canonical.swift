import NablaNumbers

/// The canonical form: flattened, ordered by content, like terms collected, quotients as negative
/// powers, sums over deltas carried out.
///
/// Equal canonical handles mean equal values wherever both written forms are defined;
/// the converse does not hold.
/// Cancelling extends the domain: x/x becomes 1.
extension ExpressionPool {
  /// The canonical form of an expression; remembered for each node.
  package mutating func canonical(_ handle: Handle) -> Handle {
    if let known = canonicalForms[handle] { return known }
    if isInterrupted { return handle }
    for node in deepNodes(handle) where node != handle && canonicalForms[node] == nil {
      if isInterrupted { return handle }
      let form = computeCanonical(node)
      canonicalForms[node] = form
      canonicalForms[form] = form
    }
    let result = computeCanonical(handle)
    if isInterrupted { return handle }
    canonicalForms[handle] = result
    canonicalForms[result] = result
    return result
  }

  /// The canonical form of a node whose children are canonical already.
  package mutating func collected(_ handle: Handle) -> Handle {
    if let known = canonicalForms[handle] { return known }
    let result: Handle
    switch self[handle] {
    case .sum(let list): result = canonicalSum(operands(list))
    case .product(let list): result = canonicalProduct(operands(list))
    case .power(let base, let exponent): result = canonicalPower(base, exponent)
    case .function(let function, let argument): result = canonicalFunction(function, argument)
    default: return canonical(handle)
    }
    canonicalForms[handle] = result
    canonicalForms[result] = result
    return result
  }

  private mutating func canonical(all list: ListID) -> [Handle] {
    var forms = operands(list)
    for place in forms.indices { forms[place] = canonical(forms[place]) }
    return forms
  }

  private mutating func computeCanonical(_ handle: Handle) -> Handle {
    switch self[handle] {
    case .integer, .number, .constant, .symbol, .bound: return handle
    case .entry(let id, let list): return canonicalEntry(id, canonical(all: list))
    case .sum(let list), .heldSum(let list): return canonicalSum(canonical(all: list))
    case .product(let list), .heldProduct(let list): return canonicalProduct(canonical(all: list))
    case .power(let base, let exponent):
      let base = canonical(base)
      return canonicalPower(base, canonical(exponent))
    case .quotient(let above, let below):
      let above = canonical(above)
      let below = canonical(below)
      return canonicalProduct([above, canonicalPower(below, minusOne)])
    case .negation(let operand): return canonicalProduct([minusOne, canonical(operand)])
    case .root(let radicand, let degree):
      let radicand = canonical(radicand)
      guard let exponent = Rational(1, over: Integer(Int(degree))) else { return handle }
      return canonicalPower(radicand, number(exponent))
    case .function(let function, let argument):
      return canonicalFunction(function, canonical(argument))
    case .maximum(let list): return canonicalExtremum(canonical(all: list), isMaximum: true)
    case .minimum(let list): return canonicalExtremum(canonical(all: list), isMaximum: false)
    case .apply(let id, let list): return apply(id, canonical(all: list))
    case .indexedSum, .indexedProduct, .determinant, .inverse: return canonicalBinder(handle)
    case .delta(let left, let right): return canonicalDelta(canonical(left), canonical(right))
    case .indicator(let condition): return canonicalIndicator(canonical(condition))
    case .piecewise(let list): return canonicalPiecewise(canonical(all: list))
    case .relation(let relation, let list):
      let left = canonical(operand(list, 0))
      return canonicalRelation(relation, left, canonical(operand(list, 1)))
    case .conjunction(let list): return canonicalLogic(canonical(all: list), isConjunction: true)
    case .disjunction(let list): return canonicalLogic(canonical(all: list), isConjunction: false)
    case .complement(let condition): return canonicalComplement(canonical(condition))
    case .derivative(let body, let list):
      let variables = operands(list)
      return derivative(canonical(body), by: variables)
    }
  }

  /// The canonical form of a sum or product over indices.
  private mutating func canonicalBinder(_ handle: Handle) -> Handle {
    guard let opened = open(handle) else { return handle }
    let ranges = opened.ranges.map {
      IndexRange(lower: $0.lower, upper: $0.upper)
    }
    var canonicalRanges: [IndexRange] = []
    for range in ranges {
      let lower = canonical(range.lower)
      canonicalRanges.append(IndexRange(lower: lower, upper: canonical(range.upper)))
    }
    var place: [Handle] = []
    for index in opened.place { place.append(canonical(index)) }
    return canonicalBinder(
      canonical(opened.body), like: handle, over: opened.indices, ranges: canonicalRanges,
      place: place)
  }

  /// The canonical binder of the same kind as another around a canonical body.
  package mutating func canonicalBinder(
    _ body: Handle, like binder: Handle, over indices: [SymbolID], ranges: [IndexRange],
    place: [Handle]
  ) -> Handle {
    switch self[binder] {
    case .indexedProduct: canonicalIndexedProduct(body, over: indices, ranges: ranges)
    case .determinant, .inverse:
      canonicalSquare(body, like: binder, over: indices, ranges: ranges, place: place)
    default: canonicalIndexedSum(body, over: indices, ranges: ranges)
    }
  }

  /// An opened binder with another canonical body.
  package mutating func canonicalBinder(
    _ body: Handle, like binder: Handle, _ opened: OpenedBinder
  ) -> Handle {
    canonicalBinder(
      body, like: binder, over: opened.indices, ranges: opened.ranges, place: opened.place)
  }

  /// Whether the first operand comes before the second in canonical order.
  package mutating func precedes(_ left: Handle, _ right: Handle) -> Bool {
    if left == right { return false }
    let a = fingerprint(left)
    let b = fingerprint(right)
    return a == b ? left < right : a < b
  }

  package mutating func canonicallyOrdered(_ operands: [Handle]) -> [Handle] {
    var ordered = operands
    putInCanonicalOrder(&ordered)
    return ordered
  }

  mutating func putInCanonicalOrder(_ operands: inout [Handle]) {
    if operands.count < 2 { return }
    if operands.count > 16 {
      sortByFingerprint(&operands)
      return
    }
    // A few operands, mostly in order already, are put in place one by one.
    for place in 1..<operands.count {
      let operand = operands[place]
      var slot = place
      while slot > 0, precedes(operand, operands[slot - 1]) {
        operands[slot] = operands[slot - 1]
        slot -= 1
      }
      operands[slot] = operand
    }
  }

  private mutating func sortByFingerprint(_ operands: inout [Handle]) {
    var keyed = operands.map { (key: UInt64(0), handle: $0) }
    for place in keyed.indices { keyed[place].key = fingerprint(keyed[place].handle) }
    keyed.sort { $0.key == $1.key ? $0.handle < $1.handle : $0.key < $1.key }
    for place in keyed.indices { operands[place] = keyed[place].handle }
  }
}
