import NablaNotation
import NablaProblems
import NablaRendering
import NablaRewriting
import Testing

@Suite struct StatedValuesTests {
  /// Sections under common definitions, and the values that the write-up shows, in order.
  // swift-format-ignore
  private static let sheets: [(String, [String])] = [
    ("## A\n```nabla\nat w = 0\nforward p\n```\n## B\n```nabla\nat w = 2\nforward p\n```\n",
      ["w = 0", "w = 2"]),
    ("## A\n```nabla\nat w = 0\nforward p\nat w = 2\nforward p\n```\n",
      ["w = 0", "w = 2"]),
    ("```nabla\nat w = 1\n```\n## A\n```nabla\nforward p\n```\n## B\n```nabla\nat w = 3\nforward p\n```\n",
      ["w = 1", "w = 3"]),
    ("## A\n```nabla\nat v = [1, 2]\nforward q\n```\n## B\n```nabla\nat v = [3, 4]\nforward q\n```\n",
      ["v = (1, 2)", "v = (3, 4)"]),
  ]

  @Test(arguments: sheets)
  func `given values are shown as they are where they stand`(sections: String, told: [String]) {
    let start = "# T\n\n```nabla\nscalar w\nvector v[2]\np = w + 1\nq = v[1] + v[2]\n```\n"
    let outcome = solveProblem(SourceText(name: "t.md", start + sections))
    var values: [String] = []
    for case .values(let list) in outcome.document.blocks {
      values += list.map { $0.compactText }
    }
    #expect(values == told)
  }

  // swift-format-ignore
  private static let runs: [(steps: Int, detail: Detail, leads: Int, rows: Int)] = [
    (2, .standard, 2, 0), (10, .standard, 10, 0), (11, .standard, 3, 8), (300, .standard, 3, 24),
    (30, .full, 30, 0),
  ]

  @Test(arguments: runs)
  func `a long training is told by its first steps and a table`(
    steps: Int, detail: Detail, leads: Int, rows: Int
  ) {
    var options = SolveOptions()
    options.detail = detail
    let text = """
      # T

      ```nabla
      scalar w
      L = (w - 1)^2
      at w = 0
      train \(steps) steps of w on L with rate 0.1
      ```
      """
    let document = solveProblem(SourceText(name: "t.md", text), options: options).document
    var told = 0
    var overview: [String] = []
    for block in document.blocks {
      switch block {
      case .lead(let words): if words.plainText.hasPrefix("Step ") { told += 1 }
      case .table(let table):
        if table.header.first?.plainText == "Step" {
          overview = table.rows.map { $0[0].plainText }
        }
      default: continue
      }
    }
    #expect(told == leads)
    #expect((rows == 0) == overview.isEmpty)
    #expect(overview.count <= rows + 1)
    if rows > 0 { #expect(overview.last == "\(steps)") }
  }
}
