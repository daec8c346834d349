import NablaNotation
import NablaProblems
import NablaRendering
import Testing

/// What an author writes must not steer what shows it.
@Suite struct HostileReportTests {
  private static let submission = SampleSubmissions.hostile
  private static let report = ClassReport([SampleSubmissions.hostile])

  private static let pages: [(format: String, text: String)] =
    [
      submission.document, report.document,
    ].flatMap { document in
      [
        ("terminal", document.terminal(width: 80, usesColour: false)), ("plain", document.plain()),
        ("latex", document.latex()), ("markdown", document.markdown()), ("html", document.html()),
      ]
    } + [
      ("json", submission.json.text(isIndented: true)),
      ("json", report.json.text(isIndented: true)),
    ]

  /// Controls, and the marks that turn the direction of text around.
  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 10: false
    case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  @Test func `no page holds characters that steer a terminal`() {
    for (format, text) in Self.pages {
      // Plain tables have tabs between their cells.
      let found = text.unicodeScalars.filter {
        Self.steers($0) && (format != "plain" || $0 != "\t")
      }
      #expect(found.isEmpty, "\(format): \(found.map { $0.value })")
    }
  }

  @Test func `LaTeX holds no command of the author`() {
    for (format, text) in Self.pages where format == "latex" {
      for command in ["\\input", "\\write18", "\\catcode", "\\immediate"] {
        #expect(!text.contains(command), "\(command)")
      }
    }
  }

  @Test func `a page holds no element of the author`() {
    for (format, text) in Self.pages where format == "html" {
      for element in ["<script", "</td></table>", "<!--"] {
        #expect(!text.contains(element), "\(element)")
      }
    }
  }

  @Test func `Markdown holds an element of the author as code only`() {
    for (format, text) in Self.pages where format == "markdown" {
      for line in text.split(separator: "\n") {
        // A fence of two backticks opens a code span, since the text holds one.
        var isCode = false
        for piece in line.split(separator: "<script", omittingEmptySubsequences: false).dropLast() {
          if piece.ranges(of: "``").count % 2 == 1 { isCode.toggle() }
          #expect(isCode, "\(line)")
        }
      }
    }
  }

  @Test func `JSON gives back what was written`() throws {
    let read = try JSONValue(parsing: Self.submission.json.text())
    #expect(read == Self.submission.json)
  }

  // swift-format-ignore
  private static let cells: [(name: String, cell: String)] = [
    ("a.tex",        "a.tex"),
    ("=1+1",         "'=1+1"),
    ("+1",           "'+1"),
    ("-1",           "'-1"),
    ("@SUM(A1)",     "'@SUM(A1)"),
    ("\t=1",         "' =1"),
    ("a,b",          "\"a,b\""),
    ("say \"x\"",    "\"say \"\"x\"\"\""),
    ("=a,\"b\"",     "\"'=a,\"\"b\"\"\""),
    ("two\nlines",   "\"two lines\""),
    ("\u{1B}[2J",    "\u{FFFD}[2J"),
    ("\u{202E}cod",  "\u{FFFD}cod"),
    ("ข้อ 解",        "ข้อ 解"),
  ]

  @Test(arguments: Self.cells)
  func `a cell is no formula of a spreadsheet`(name: String, cell: String) throws {
    let marked = MarkedSubmission(SourceText(name: name, ""))
    let line = try #require(ClassReport([marked]).csv.split(separator: "\r\n").last)
    #expect(line == cell + ",unreadable,0,0,0,0,,,,,,")
  }

  @Test(arguments: [20, 40, 60, 80, 100, 160])
  func `no line of a marked page is wider than the terminal`(width: Int) {
    for (name, submission) in SampleSubmissions.all where name != "hostile" {
      let text = submission.document.terminal(width: width)
      for line in text.split(separator: "\n") {
        #expect(Self.columns(of: line) <= max(width, 20), "\(name): \(line)")
      }
    }
  }

  /// Columns of a terminal: none for Thai marks and combining ones, two for ideographs.
  private static func columns(of line: Substring) -> Int {
    line.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x300...0x36F, 0xE31, 0xE34...0xE3A, 0xE47...0xE4E: sum
      case 0x3041...0x30FF, 0x4E00...0x9FFF: sum + 2
      default: sum + 1
      }
    }
  }
}
