import NablaCalculus
import NablaRendering
import NablaRewriting
import Testing

@testable import NablaTool

@Suite struct RulesTests {
  @Test func `every rule is listed in every format`() throws {
    let rules = RuleFamily.all.flatMap { $0.rules }
    let terminal = CommandRun(["rules"]).output
    let plain = CommandRun(["rules", "--format", "plain"]).output
    for rule in rules {
      #expect(terminal.contains("\n  \(rule.name)\n"))
      #expect(plain.contains("\(rule.name): \(rule.pattern) -> \(rule.replacement)"))
    }
    let json = try JSONValue(parsing: CommandRun(["rules", "--format", "json"]).output)
    guard case .array(let listed)? = json["rules"] else {
      Issue.record("no rules")
      return
    }
    #expect(listed.map { $0["name"] } == rules.map { .string($0.name) })
  }

  @Test func `names choose rules and families`() {
    #expect(
      CommandRun(["rules", "quotient", "--format", "plain"]).output
        .hasPrefix("# structure: Differentiation of composed expressions\nquotient: d(u/v) -> "))
    let family = CommandRun(["rules", "functions", "--format", "plain"]).output
    #expect(
      family.split(separator: "\n").count == RuleFamily.functionDerivatives.rules.count + 1)
  }

  @Test(arguments: [40, 80, 160])
  func `lines keep to the width`(_ width: Int) {
    let output = CommandRun(["rules", "--width", "\(width)"]).output
    for line in output.split(separator: "\n") where line.hasPrefix("    ") {
      #expect(line.count <= width || !line.dropFirst(4).contains(" "))
    }
  }
}
