import NablaExpressions
import NablaRewriting

/// The derivative rows in the form in which the engine uses them; read once for each task.
package struct DerivativeTable: Sendable {
  private var outer: [Pattern?]
  private var rules: [Rule?]
  private let structural: [Rule]

  package static let argument: Pattern.Letter = 0x75  // u

  package init() {
    outer = [Pattern?](repeating: nil, count: Function.allCases.count)
    rules = [Rule?](repeating: nil, count: Function.allCases.count)
    structural = RuleFamily.structuralDerivatives.rules
    for rule in RuleFamily.functionDerivatives.rules {
      guard let function = DerivativeTable.function(of: rule) else { continue }
      rules[Int(function.rawValue)] = rule
    }
  }

  /// The row of a function; every built-in function has one.
  package func rule(for function: Function) -> Rule? { rules[Int(function.rawValue)] }

  /// A structural row by its name.
  package func rule(named name: String) -> Rule? { structural.first { $0.name == name } }

  /// What the row of a function says d(f(u)) is, with `d(u)` still to be filled in.
  package mutating func pattern(for function: Function) -> Pattern? {
    let place = Int(function.rawValue)
    if let known = outer[place] { return known }
    guard let rule = rules[place] else { return nil }
    outer[place] = Pattern(reading: rule.replacement)
    return outer[place]
  }

  private static func function(of rule: Rule) -> Function? {
    // The pattern reads d(name(u)).
    let inner = rule.pattern.utf8.dropFirst(2)
    guard let end = inner.firstIndex(of: 0x28) else { return nil }
    return Function(named: String(decoding: inner[..<end], as: UTF8.self))
  }
}
