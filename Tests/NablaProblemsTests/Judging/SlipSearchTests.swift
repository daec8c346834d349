import NablaExpressions
import NablaNotation
import NablaTestSupport
import NablaVerification
import Testing

@testable import NablaProblems

/// One step with a slip: what is declared, both sides, and what the search has to find.
struct SlipRowCase: Sendable, CustomTestStringConvertible {
  let line: Int
  let given: [String]
  let right: String
  let wrong: String
  let mistake: String
  /// The repaired side in plain notation; `*` where several repairs are as good.
  let repaired: String

  var testDescription: String { "\(line): \(right) = \(wrong)" }

  static let all: [SlipRowCase] = recordedRows("../Data/slips.tsv").compactMap { row in
    guard row.fields.count == 5, row.fields[0].first != "#" else { return nil }
    return SlipRowCase(
      line: row.line,
      given: row.fields[0].split(separator: ";").map { part in
        var part = part
        while part.first == " " { part.removeFirst() }
        return String(part)
      }, right: row.fields[1], wrong: row.fields[2], mistake: row.fields[3],
      repaired: row.fields[4])
  }
}

/// A step read in a scope of its own.
struct ReadStep: ~Copyable {
  var pool: ExpressionPool
  let scope: Scope
  let right: Syntax
  let wrong: Syntax

  init(_ step: SlipRowCase) throws {
    var pool = ExpressionPool()
    var reader = CommandLineReader()
    func statements(_ head: String) -> [String] {
      step.given.filter { $0.hasPrefix(head) }.map { String($0.dropFirst(head.utf8.count)) }
    }
    try reader.read(
      given: step.given.filter { !$0.hasPrefix("assume ") && !$0.hasPrefix("at ") },
      assume: statements("assume "), at: statements("at "),
      in: &pool)
    let known = reader.scope.knownNames(in: pool)
    let right = try parseExpression(SourceText(name: "right", step.right), known: known)
    let wrong = try parseExpression(SourceText(name: "wrong", step.wrong), known: known)
    // Names nobody declared become scalars when they are read.
    var lowering = Lowering(reader.scope)
    lowering.allowsUndefined = true
    let relation = RelationSyntax(left: wrong, operation: .equal, right: right)
    _ = try? lowering.relationForms(relation, in: &pool)
    self.pool = pool
    self.scope = lowering.scope
    self.right = right
    self.wrong = wrong
  }

  mutating func search(budget: SlipSearch.Budget = .init()) -> FoundSlip? {
    let context = ProofContext(scope, seed: 11, in: &pool)
    var search = SlipSearch(scope: scope, context: context, budget: budget)
    return search.search(repairing: wrong, against: right, in: &pool)
  }
}

/// What the search says of one row.
struct SlipOutcome: Sendable {
  let mistake: String
  let repaired: String
  let isSaid: Bool

  /// Every row is searched once.
  static let all: [Int: Result<SlipOutcome, any Error>] = Dictionary(
    uniqueKeysWithValues: SlipRowCase.all.map { row in (row.line, Result { try of(row) }) })

  private static func of(_ row: SlipRowCase) throws -> SlipOutcome {
    var step = try ReadStep(row)
    let found = step.search()
    return SlipOutcome(
      mistake: found?.mistake.rawValue ?? "nil",
      repaired: found.map { SlipSearch.text(of: $0.repaired, step.scope) } ?? "-",
      isSaid: found?.sentence.isEmpty == false)
  }
}

@Suite struct SlipSearchTests {
  @Test func `the table has rows`() {
    #expect(SlipRowCase.all.count > 180)
  }

  @Test(arguments: SlipRowCase.all)
  func `a slip is found by its class`(_ row: SlipRowCase) throws {
    let found = try #require(SlipOutcome.all[row.line]).get()
    #expect(found.mistake == row.mistake)
  }

  @Test(arguments: SlipRowCase.all.filter { $0.repaired != "*" })
  func `the repaired side is what was meant`(_ row: SlipRowCase) throws {
    let found = try #require(SlipOutcome.all[row.line]).get()
    #expect(found.repaired == row.repaired)
  }

  @Test(arguments: SlipRowCase.all.filter { $0.mistake != "nil" })
  func `a found slip is said in words`(_ row: SlipRowCase) throws {
    #expect(try #require(SlipOutcome.all[row.line]).get().isSaid)
  }

  @Test func `without a budget nothing is found`() throws {
    let row = SlipRowCase(
      line: 0, given: [], right: "(a - b)^2", wrong: "a^2 + 2*a*b + b^2", mistake: "", repaired: "")
    var step = try ReadStep(row)
    var budget = SlipSearch.Budget()
    budget.proofs = 0
    #expect(step.search(budget: budget) == nil)
  }

  @Test(arguments: [
    ("(a - b)^2", "a^2 + 2*a*b + b^2", "2*a*b"), ("a*x + b*y", "a*x + b*x", "x"),
    ("diff(sin(w*x), x)", "cos(w*x)", "cos(w*x)"), ("1/(1 + exp(-x))", "1/(1 + exp(x))", "x"),
    ("(x + 2)^2", "x^2 + 4*x + 2", "2"),
  ])
  func `the place of the change is the part that is wrong`(
    right: String, wrong: String, part: String
  ) throws {
    let row = SlipRowCase(
      line: 0, given: [], right: right, wrong: wrong, mistake: "", repaired: "")
    var step = try ReadStep(row)
    let found = step.search()
    let range = try #require(found).change.range
    let bytes = Array(wrong.utf8)
    try #require(range.lower >= 0 && range.upper <= bytes.count && range.lower < range.upper)
    #expect(String(decoding: bytes[range.lower..<range.upper], as: UTF8.self) == part)
  }
}
