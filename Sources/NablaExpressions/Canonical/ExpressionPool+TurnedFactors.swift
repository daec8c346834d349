extension ExpressionPool {
  /// What a computation gives when every canonical form chooses between x − y and y − x below a
  /// sum once the indices have got their numbers, so that the choice is the same whatever the
  /// indices were called.
  ///
  /// The sign that comes of it goes in front of the sum, where a reader need not want it.
  package mutating func turningBoundFactors<Value>(
    _ compute: (inout ExpressionPool) -> Value
  ) -> Value {
    if turnsBoundFactors { return compute(&self) }
    swap(&canonicalForms, &turnedForms)
    turnsBoundFactors = true
    let result = compute(&self)
    turnsBoundFactors = false
    swap(&canonicalForms, &turnedForms)
    return result
  }
}
