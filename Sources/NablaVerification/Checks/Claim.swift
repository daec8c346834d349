import NablaExpressions

/// A statement to be checked by numbers.
package struct Claim: Hashable, Sendable {
  /// The left-hand side, or what is differentiated.
  package let left: Handle
  /// The right-hand side, or the derivative that was found.
  package let right: Handle
  /// The variables of a derivative, one for each order; empty for an equality.
  package let variables: [Handle]
  /// What has to hold at the free indices for the claim to be meant.
  package let conditions: [Handle]
  /// Whether the claim leads to a result that is checked on its own.
  ///
  /// A step is looked at for fewer choices of indices.
  package let isStep: Bool

  private init(
    _ left: Handle, _ right: Handle, by variables: [Handle] = [], when conditions: [Handle],
    isStep: Bool = false
  ) {
    self.left = left
    self.right = right
    self.variables = variables
    self.conditions = conditions
    self.isStep = isStep
  }

  /// The claim that two expressions are equal wherever both are defined.
  package static func equality(
    _ left: Handle, _ right: Handle, when conditions: [Handle] = []
  ) -> Claim {
    Claim(left, right, when: conditions)
  }

  /// The claim that a step of a derivation changes no value.
  package static func step(
    _ before: Handle, _ after: Handle, when conditions: [Handle] = []
  ) -> Claim {
    Claim(before, after, when: conditions, isStep: true)
  }

  /// The claim that a result is the derivative of a subject.
  ///
  /// Variables are scalars or components whose indices are free indices, labels or integers.
  package static func derivative(
    of subject: Handle, by variables: [Handle], is result: Handle, when conditions: [Handle] = []
  ) -> Claim {
    Claim(subject, result, by: variables, when: conditions)
  }

  /// The equality with another left side.
  func replacingLeft(by left: Handle) -> Claim {
    Claim(left, right, when: conditions, isStep: isStep)
  }
}

/// What claims are checked under.
package struct CheckContext: Sendable {
  package var definitions = Definitions()
  /// Names that stay inputs although they have a definition.
  package var leaves: Set<SymbolID> = []
  /// Relations that hold for all values of their free indices; those on indices alone restrict
  /// which indices are looked at.
  package var assumptions: [Handle] = []
  /// Sizes and labels that are given.
  package var values: [SymbolID: Int] = [:]
  /// Inputs that are given.
  package var fixed: [Slot: Double] = [:]
  package var seed: UInt64 = 1

  package init(definitions: Definitions = Definitions()) { self.definitions = definitions }
}
