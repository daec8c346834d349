import NablaRendering
import NablaTestSupport
import Testing

@Suite struct DocumentGoldenTests {
  @Test(arguments: ["softmax", "residual", "gallery"])
  func `the terminal shows a sample as its golden file says`(name: String) throws {
    let document = try #require(SampleDocuments.all.first { $0.name == name }).document
    try expectGolden(document.terminal(width: 80), name + ".80.txt")
    try expectGolden(document.terminal(width: 120), name + ".120.txt")
  }

  @Test(arguments: ["softmax", "residual", "gallery"])
  func `LaTeX of a sample is its golden file`(name: String) throws {
    let document = try #require(SampleDocuments.all.first { $0.name == name }).document
    try expectGolden(document.latex(), name + ".tex")
  }

  @Test(arguments: ["softmax", "residual", "gallery"])
  func `plain text of a sample is its golden file`(name: String) throws {
    let document = try #require(SampleDocuments.all.first { $0.name == name }).document
    try expectGolden(document.plain(), name + ".plain.txt")
  }

  @Test(arguments: ["softmax", "residual", "gallery"])
  func `Markdown of a sample is its golden file`(name: String) throws {
    let document = try #require(SampleDocuments.all.first { $0.name == name }).document
    try expectGolden(document.markdown(), name + ".md")
  }

  @Test(arguments: ["softmax", "residual", "gallery"])
  func `the page of a sample is its golden file`(name: String) throws {
    let document = try #require(SampleDocuments.all.first { $0.name == name }).document
    try expectGolden(document.html(isFragment: true), name + ".html")
  }
}
