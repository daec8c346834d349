import NablaExpressions

extension ExpressionPool {
  /// The operands of a maximum or minimum, each once: against itself none would ever be greater.
  mutating func withoutRepetitions(_ operands: [Handle]) -> [Handle] {
    var seen: Set<Handle> = []
    return operands.filter { operand in
      // The canonical form of a large built expression would cost more than it is worth.
      let key = treeSize(operand) <= 400 ? canonical(operand) : operand
      return seen.insert(key).inserted
    }
  }

  /// The indicators that one operand of a maximum (`greater`) or minimum (`less`) is the one.
  ///
  /// Operands may agree on a whole region, as in max(x, ReLU(x)); of several that change, the first
  /// then counts. Where one of two does not change, a region of agreement has no slope.
  mutating func winning(
    _ place: Int, of operands: [Handle], _ relation: Relation, isChanging: [Bool]
  ) -> [Handle] {
    var factors: [Handle] = []
    for other in operands.indices where other != place {
      var own = relation
      if other > place, isChanging[other] {
        own = relation == .greater ? .greaterOrEqual : .lessOrEqual
      }
      factors.append(indicator(of: self.relation(own, operands[place], operands[other])))
    }
    return factors
  }
}
