import NablaExpressions
import NablaRewriting

/// The derivative rows in the form in which the engine uses them.
package struct DerivativeTable: Sendable {
  /// The row of each function, by its raw value.
  private static let rules: [Rule?] = {
    var rules = [Rule?](repeating: nil, count: Function.allCases.count)
    for rule in RuleFamily.functionDerivatives.rules {
      if let function = function(of: rule) { rules[Int(function.rawValue)] = rule }
    }
    return rules
  }()

  /// What each row says the derivative is; read once for all tasks.
  private static let patterns: [Pattern?] = rules.map { rule in
    rule.flatMap { Pattern(reading: $0.replacement) }
  }

  private static let programs: [BuildingProgram?] = patterns.map { pattern in
    pattern.flatMap { BuildingProgram($0, letter: argument) }
  }

  package static let argument: Pattern.Letter = 0x75  // u

  package init() {}

  /// The row of a function; every built-in function has one.
  package func rule(for function: Function) -> Rule? {
    DerivativeTable.rules[Int(function.rawValue)]
  }

  /// A row by its name.
  package func rule(named name: String) -> Rule? {
    for family in [RuleFamily.structuralDerivatives, RuleFamily.functionDerivatives] {
      for rule in family.rules where rule.name == name { return rule }
    }
    return nil
  }

  /// What the row of a function says d(f(u)) is, with `d(u)` still to be filled in.
  package func pattern(for function: Function) -> Pattern? {
    DerivativeTable.patterns[Int(function.rawValue)]
  }

  /// What the row of a function says d(f(u)) is, for u and d(u), in built form.
  package static func slope(
    of function: Function, at argument: Handle, _ change: Handle, in pool: inout ExpressionPool
  ) -> Handle? {
    programs[Int(function.rawValue)]?
      .build(argument, differential: change, in: &pool)
  }

  private static func function(of rule: Rule) -> Function? {
    // The pattern reads d(name(u)).
    let inner = rule.pattern.utf8.dropFirst(2)
    guard let end = inner.firstIndex(of: 0x28) else { return nil }
    return Function(named: String(decoding: inner[..<end], as: UTF8.self))
  }
}
