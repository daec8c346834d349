extension ExpressionPool {
  /// The canonical form in which sums over deltas are still to be carried out.
  package mutating func canonicalKeepingDeltas(_ handle: Handle) -> Handle {
    var remembered = HandleMap()
    swap(&remembered, &canonicalForms)
    keepsDeltas = true
    let result = canonical(handle)
    keepsDeltas = false
    swap(&remembered, &canonicalForms)
    return result
  }
}
