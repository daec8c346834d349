import Foundation
import NablaProblems
import NablaRendering
import NablaRewriting
import NablaTestSupport
import Testing

@Suite struct WriteUpGoldenTests {
  /// The page around every write-up, with the style sheet they share.
  private static let frame = "frame.html"

  @Test(arguments: RecordedWriteUp.all)
  func `a write-up is its golden file`(row: RecordedWriteUp) throws {
    try expectGolden(try row.text(), row.golden)
  }

  @Test func `the page around a write-up is its golden file`() throws {
    try expectGolden(Document(title: [.text("Title")]).html(), Self.frame)
  }

  @Test func `every golden file is that of a write-up`() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Goldens")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let expected = Set(RecordedWriteUp.all.map { $0.golden } + [Self.frame])
    #expect(Set(files).subtracting(expected) == [])
  }

  @Test(arguments: ProblemFiles.names, Detail.allCases)
  func `no line of a write-up is wider than the terminal`(name: String, detail: Detail) throws {
    var options = SolveOptions()
    options.detail = detail
    let document = solveProblem(try ProblemFiles.source(name), options: options).document
    for width in [80, 120] {
      for line in document.terminal(width: width).split(separator: "\n") {
        let columns = line.unicodeScalars.reduce(0) {
          $0 + ((0x300...0x36F).contains($1.value) ? 0 : 1)
        }
        #expect(columns <= width, "\(width): \(line)")
      }
    }
  }
}
