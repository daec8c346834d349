import NablaProblems
import NablaRendering
import NablaRewriting
import NablaTestSupport
import Testing

@Suite struct WriteUpGoldenTests {
  private static func outcome(
    _ name: String, _ detail: Detail = .standard, as output: SolveOutput = .document
  ) throws -> SolveOutcome {
    var options = SolveOptions()
    options.detail = detail
    options.output = output
    return solveProblem(try ProblemFiles.source(name), options: options)
  }

  /// The problems whose Markdown and HTML are recorded.
  private static let pages = [
    "softmax-cross-entropy", "sigmoid-network", "softmax-regression-batch",
  ]

  private static func document(_ name: String, _ detail: Detail = .standard) throws -> Document {
    var document = try outcome(name, detail).document
    document.maskErrors()
    return document
  }

  @Test(arguments: ProblemFiles.names)
  func `the terminal shows a problem as its golden file says`(name: String) throws {
    try expectGolden(try Self.document(name).terminal(width: 80), name + ".terminal.txt")
  }

  @Test(arguments: ProblemFiles.names)
  func `LaTeX of a problem is its golden file`(name: String) throws {
    try expectGolden(try Self.document(name).latex(), name + ".latex.tex")
  }

  @Test(arguments: Self.pages)
  func `Markdown of a problem is its golden file`(name: String) throws {
    try expectGolden(try Self.document(name).markdown(), name + ".markdown.md")
  }

  @Test(arguments: Self.pages)
  func `the page of a problem is its golden file`(name: String) throws {
    try expectGolden(try Self.document(name).html(isFragment: true), name + ".html.html")
  }

  @Test(arguments: ProblemFiles.names)
  func `plain text of a problem is its golden file`(name: String) throws {
    try expectGolden(try Self.document(name).plain(), name + ".plain.txt")
  }

  @Test(arguments: ProblemFiles.names)
  func `JSON of a problem is its golden file`(name: String) throws {
    let json = Self.masked(try Self.outcome(name, as: .json).json)
    try expectGolden(json.text(isIndented: true), name + ".json.json")
  }

  @Test(arguments: [Detail.brief, .full])
  func `the levels of detail of a problem are golden files`(detail: Detail) throws {
    let level = detail == .brief ? "brief" : "full"
    try expectGolden(
      try Self.document("softmax-cross-entropy", detail).terminal(width: 80),
      "softmax-cross-entropy.\(level).terminal.txt")
  }

  @Test(arguments: ProblemFiles.names, Detail.allCases)
  func `no line of a write-up is wider than the terminal`(name: String, detail: Detail) throws {
    let document = try Self.outcome(name, detail).document
    for width in [80, 120] {
      for line in document.terminal(width: width).split(separator: "\n") {
        let columns = line.unicodeScalars.reduce(0) {
          $0 + ((0x300...0x36F).contains($1.value) ? 0 : 1)
        }
        #expect(columns <= width, "\(width): \(line)")
      }
    }
  }

  /// Sizes of rounding errors differ between machines.
  private static func masked(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let entries): return .array(entries.map(masked))
    case .object(let members):
      return .object(
        members.map { member in
          let isError = member.key.hasPrefix("maxRelativeError")
          return .init(member.key, isError ? .string("ε") : masked(member.value))
        })
    default: return value
    }
  }
}

extension Document {
  /// Puts ε in place of the sizes of rounding errors, which differ between machines.
  mutating func maskErrors() {
    for place in blocks.indices {
      guard case .check(let status, let inlines) = blocks[place] else { continue }
      blocks[place] = .check(
        status,
        inlines.map { inline in
          if case .formula(.number) = inline { .formula(.text("ε")) } else { inline }
        })
    }
  }
}
