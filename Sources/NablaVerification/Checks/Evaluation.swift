import NablaExpressions

extension ExpressionPool {
  /// The values of expressions at given values of the scalars and components they depend on.
  ///
  /// NaN where there is no real value; `freeName` for the first input without a value.
  package mutating func evaluate(
    _ expressions: [Handle], at inputs: [Slot: Double], _ context: TapeContext
  ) throws(EvaluationError) -> [Double] {
    let tape = try Tape(expressions, context, &self)
    var values: [Double] = []
    for slot in tape.slots {
      guard let value = inputs[slot] else { throw .freeName(slot.symbol) }
      values.append(value)
    }
    return tape.values(at: values)
  }
}

extension Tape {
  /// The value of the first root and a first-order bound of its error.
  package func valueWithError(
    at inputs: [Double], errors: [Double]
  ) -> (value: Double, error: Double) {
    guard let root = roots.first else { return (.nan, .infinity) }
    var point = TapePoint()
    run(inputs, into: &point)
    return (point.values[Int(root)], roundingErrors(point.values, ofInputs: errors)[Int(root)])
  }
}
