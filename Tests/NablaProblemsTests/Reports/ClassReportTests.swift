import NablaProblems
import NablaRendering
import NablaTestSupport
import Testing

@Suite struct ClassReportTests {
  static let report = ClassReport(
    [SampleSubmissions.homework] + SampleSubmissions.all.map { $0.submission })

  @Test func `a class in the terminal is its golden file`() throws {
    try expectGolden(Self.report.document.terminal(width: 120), "class.terminal.txt")
  }

  @Test func `a class as LaTeX is its golden file`() throws {
    try expectGolden(Self.report.document.latex(), "class.latex.tex")
  }

  @Test func `a class as Markdown is its golden file`() throws {
    try expectGolden(Self.report.document.markdown(), "class.markdown.md")
  }

  @Test func `a class as a page is its golden file`() throws {
    try expectGolden(Self.report.document.html(), "class.html.html")
  }

  @Test func `a class as JSON is its golden file`() throws {
    try expectGolden(Self.report.json.text(isIndented: true), "class.json.json")
  }

  @Test func `a class as a spreadsheet is its golden file`() throws {
    try expectGolden(Self.report.csv, "class.csv")
  }
}
