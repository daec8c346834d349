extension ExpressionPool {
  /// The canonical form in which sums over deltas are still to be carried out.
  package mutating func canonicalKeepingDeltas(_ handle: Handle) -> Handle {
    keepsDeltas = true
    let result = canonicalKeepingInverses(handle)
    keepsDeltas = false
    return result
  }

  /// The canonical form in which products of a matrix and its inverse still stand.
  package mutating func canonicalKeepingInverses(_ handle: Handle) -> Handle {
    var remembered = HandleMap()
    swap(&remembered, &canonicalForms)
    keepsInverses = true
    let result = canonical(handle)
    keepsInverses = false
    swap(&remembered, &canonicalForms)
    return result
  }
}
