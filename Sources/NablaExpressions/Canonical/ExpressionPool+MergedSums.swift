extension ExpressionPool {
  /// What a computation gives when sums inside summed products are merged with the outer sums in
  /// every canonical form.
  ///
  /// Sums stay nested otherwise, so that the inner ones can be recognised as defined names.
  package mutating func mergingNestedSums<Value>(
    _ compute: (inout ExpressionPool) -> Value
  ) -> Value {
    var remembered = HandleMap()
    swap(&remembered, &canonicalForms)
    mergesNestedSums = true
    let result = compute(&self)
    mergesNestedSums = false
    swap(&remembered, &canonicalForms)
    return result
  }
}
