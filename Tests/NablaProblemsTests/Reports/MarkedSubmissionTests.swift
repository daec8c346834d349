import NablaNotation
import NablaProblems
import NablaRendering
import NablaTestSupport
import Testing

@Suite struct MarkedSubmissionTests {
  static let names = SampleSubmissions.all.map { $0.name }

  private static func submission(_ name: String) throws -> MarkedSubmission {
    try #require(SampleSubmissions.all.first { $0.name == name }).submission
  }

  @Test(arguments: Self.names, [60, 80, 120, 160])
  func `the terminal shows a marked submission as its golden file says`(name: String, width: Int)
    throws
  {
    let text = try Self.submission(name).document.terminal(width: width)
    try expectGolden(text, "\(name).\(width).terminal.txt")
  }

  @Test(arguments: Self.names)
  func `LaTeX of a marked submission is its golden file`(name: String) throws {
    try expectGolden(try Self.submission(name).document.latex(), name + ".latex.tex")
  }

  @Test(arguments: Self.names)
  func `Markdown of a marked submission is its golden file`(name: String) throws {
    try expectGolden(try Self.submission(name).document.markdown(), name + ".markdown.md")
  }

  @Test(arguments: Self.names)
  func `the page of a marked submission is its golden file`(name: String) throws {
    try expectGolden(try Self.submission(name).document.html(), name + ".html.html")
  }

  @Test(arguments: Self.names)
  func `plain text of a marked submission is its golden file`(name: String) throws {
    try expectGolden(try Self.submission(name).document.plain(), name + ".plain.txt")
  }

  @Test(arguments: Self.names)
  func `JSON of a marked submission is its golden file`(name: String) throws {
    try expectGolden(try Self.submission(name).json.text(isIndented: true), name + ".json.json")
  }
}
