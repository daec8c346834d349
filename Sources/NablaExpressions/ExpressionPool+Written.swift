/// Constructors that keep what was written: nothing is folded, ordered or flattened.
extension ExpressionPool {
  public mutating func symbol(_ id: SymbolID) -> Handle { intern(.symbol(id)) }
  public mutating func constant(_ constant: Constant) -> Handle { intern(.constant(constant)) }

  /// A component of an array, such as `W[i,j]`.
  public mutating func entry(_ array: SymbolID, _ indices: [Handle]) -> Handle {
    intern(.entry(array, ListID(start: 0)), indices)
  }

  /// An unknown or defined function at its arguments.
  public mutating func apply(_ function: SymbolID, _ arguments: [Handle]) -> Handle {
    intern(.apply(function, ListID(start: 0)), arguments)
  }

  package mutating func writtenSum(_ terms: [Handle]) -> Handle {
    intern(.sum(ListID(start: 0)), terms)
  }

  package mutating func writtenProduct(_ factors: [Handle]) -> Handle {
    intern(.product(ListID(start: 0)), factors)
  }

  package mutating func writtenPower(_ base: Handle, _ exponent: Handle) -> Handle {
    intern(.power(base, exponent))
  }

  package mutating func writtenFunction(_ function: Function, _ argument: Handle) -> Handle {
    intern(.function(function, argument))
  }

  package mutating func quotient(_ above: Handle, _ below: Handle) -> Handle {
    intern(.quotient(above, below))
  }

  package mutating func negation(_ operand: Handle) -> Handle { intern(.negation(operand)) }

  package mutating func root(_ radicand: Handle, degree: UInt32) -> Handle {
    intern(.root(radicand, degree: degree))
  }

  package mutating func heldSum(_ terms: [Handle]) -> Handle {
    intern(.heldSum(ListID(start: 0)), terms)
  }

  package mutating func heldProduct(_ factors: [Handle]) -> Handle {
    intern(.heldProduct(ListID(start: 0)), factors)
  }

  package mutating func writtenDelta(_ left: Handle, _ right: Handle) -> Handle {
    intern(.delta(left, right))
  }

  package mutating func indicator(of condition: Handle) -> Handle { intern(.indicator(condition)) }

  package mutating func relation(_ relation: Relation, _ left: Handle, _ right: Handle) -> Handle {
    intern(.relation(relation, ListID(start: 0)), left, right)
  }

  package mutating func conjunction(_ conditions: [Handle]) -> Handle {
    intern(.conjunction(ListID(start: 0)), conditions)
  }

  package mutating func disjunction(_ conditions: [Handle]) -> Handle {
    intern(.disjunction(ListID(start: 0)), conditions)
  }

  package mutating func complement(_ condition: Handle) -> Handle {
    intern(.complement(condition))
  }

  /// Conditions and values in turn; an odd last one is the value for all other cases.
  package mutating func writtenPiecewise(_ branches: [Handle]) -> Handle {
    intern(.piecewise(ListID(start: 0)), branches)
  }

  package mutating func writtenExtremum(_ operands: [Handle], isMaximum: Bool) -> Handle {
    intern(isMaximum ? .maximum(ListID(start: 0)) : .minimum(ListID(start: 0)), operands)
  }

  /// An unevaluated derivative with respect to each of the variables in turn.
  package mutating func derivative(_ body: Handle, by variables: [Handle]) -> Handle {
    intern(.derivative(body, ListID(start: 0)), variables)
  }

  /// The condition that always holds.
  package mutating func truth() -> Handle { conjunction([]) }

  /// The condition that never holds.
  package mutating func falsity() -> Handle { disjunction([]) }
}
