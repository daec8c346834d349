/// A law of calculus or algebra, stated once and read by everyone: the engine, the steps of a
/// write-up, `nabla rules`, the documentation and the soundness test.
public struct Rule: Sendable {
  /// Kebab-case, says what happens, and never changes once released.
  public let name: String
  /// The left side in plain notation; see `Pattern` for what its letters mean.
  public let pattern: String
  /// The right side in plain notation.
  public let replacement: String
  /// Where the law holds, in plain notation; empty if everywhere both sides are defined.
  public let condition: String
  /// An expression to which the rule applies.
  public let example: String
  /// One sentence on why it is true.
  public let justification: String
  /// What a reader is told in the margin beside a step by this rule.
  public let remark: String
  /// The line of the row in its file, for messages about malformed rows.
  public let line: UInt
  /// Whether a pattern states the law; if not, a procedure of the same name carries it out.
  public let isProcedure: Bool

  package init(
    _ name: String, _ pattern: String, _ replacement: String, when condition: String = "",
    example: String, because justification: String, remark: String = "", line: UInt = #line
  ) {
    self.name = name
    self.pattern = pattern
    self.replacement = replacement
    self.condition = condition
    self.example = example
    self.justification = justification
    self.remark = remark
    self.line = line
    isProcedure = false
  }

  /// A law that no pattern can state, such as collecting like terms.
  package init(
    procedure name: String, _ pattern: String, _ replacement: String, when condition: String = "",
    example: String, because justification: String, remark: String = "", line: UInt = #line
  ) {
    self.name = name
    self.pattern = pattern
    self.replacement = replacement
    self.condition = condition
    self.example = example
    self.justification = justification
    self.remark = remark
    self.line = line
    isProcedure = true
  }
}

/// A named group of rules whose order does not matter.
public struct RuleFamily: Sendable {
  public let name: String
  public let summary: String
  public let rules: [Rule]

  package init(_ name: String, _ summary: String, _ rules: [Rule]) {
    self.name = name
    self.summary = summary
    self.rules = rules
  }
}
