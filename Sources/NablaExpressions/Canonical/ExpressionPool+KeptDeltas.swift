extension ExpressionPool {
  /// The canonical form in which sums over deltas are still to be carried out.
  package mutating func canonicalKeepingDeltas(_ handle: Handle) -> Handle {
    let remembered = canonicalForms
    canonicalForms = [:]
    keepsDeltas = true
    let result = canonical(handle)
    keepsDeltas = false
    canonicalForms = remembered
    return result
  }
}
