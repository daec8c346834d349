import NablaNotation

/// A problem file with all files it uses, directly or by way of others, read once each.
struct UsedFiles {
  struct File {
    let source: SourceText
    var syntax: ProblemFileSyntax
    /// The files named by `use`, by their names as written.
    var uses: [String: Int] = [:]

    init(_ source: SourceText) {
      self.source = source
      syntax = ProblemFileSyntax(SourceText(name: source.name, bytes: []))
    }
  }

  private(set) var main: File
  private(set) var used: [File] = []
  private(set) var diagnostics: [Diagnostic] = []

  static let mostFiles = 64

  init(_ source: SourceText, loading load: (String) -> Result<[UInt8], LoadFailure>) {
    main = File(source)
    let outline = ProblemFileOutline(source)
    var outlines: [ProblemFileOutline] = []
    var places: [String: Int] = [:]
    var names = outline.names
    main.uses = resolve(outline, isUsed: false, &places, &outlines, load)
    var next = 0
    while next < outlines.count {
      used[next].uses = resolve(outlines[next], isUsed: true, &places, &outlines, load)
      names.formUnion(outlines[next].names)
      next += 1
    }
    main.syntax = outline.parsed(knowing: names)
    diagnostics += main.syntax.diagnostics
    for place in outlines.indices {
      used[place].syntax = outlines[place].parsed(knowing: names)
      for diagnostic in used[place].syntax.diagnostics {
        var named = diagnostic
        named.file = used[place].source.name
        diagnostics.append(named)
      }
    }
    rejectCircles()
  }

  private mutating func resolve(
    _ outline: ProblemFileOutline, isUsed: Bool, _ places: inout [String: Int],
    _ outlines: inout [ProblemFileOutline], _ load: (String) -> Result<[UInt8], LoadFailure>
  ) -> [String: Int] {
    var uses: [String: Int] = [:]
    for name in outline.usedFiles where uses[name.text] == nil {
      let path = Self.path(name.text, from: outline.source.name)
      var failure: Diagnostic?
      if path == Self.path(main.source.name, from: "") {
        failure = Diagnostic("circular-use", "the file uses itself", at: name.range)
        if isUsed {
          failure?.message = "\(DisplayText.quoted(name.text)) is used by a file that it uses"
        }
      } else if let known = places[path] {
        uses[name.text] = known
      } else if used.count >= Self.mostFiles {
        failure = Diagnostic(
          "too-many-files", "more than \(Self.mostFiles) files are used", at: name.range)
      } else {
        switch load(path) {
        case .success(let bytes):
          let source = SourceText(name: path, bytes: bytes)
          places[path] = used.count
          uses[name.text] = used.count
          used.append(File(source))
          outlines.append(ProblemFileOutline(source))
        case .failure(let reason):
          failure = Diagnostic(
            "unreadable-file",
            "\(DisplayText.quoted(name.text)) could not be read: "
              + DisplayText.escaped(reason.reason, limit: 200),
            at: name.range)
        }
      }
      if var failure {
        if isUsed { failure.file = outline.source.name }
        diagnostics.append(failure)
      }
    }
    return uses
  }

  /// A path as written in a file, `.` and `..` carried out as far as the text tells.
  static func path(_ name: String, from file: String) -> String {
    var parts: [Substring] = []
    let isAbsolute = name.utf8.first == 0x2F
    if !isAbsolute {
      parts = file.split(separator: "/", omittingEmptySubsequences: true).dropLast()
    }
    for part in name.split(separator: "/", omittingEmptySubsequences: true) {
      if part == "." { continue }
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let starts = isAbsolute || file.utf8.first == 0x2F ? "/" : ""
    return starts + parts.joined(separator: "/")
  }

  /// Takes out each use that closes a circle of used files.
  private mutating func rejectCircles() {
    var state = [Int](repeating: 0, count: used.count)
    for start in used.indices where state[start] == 0 { visit(start, &state) }
  }

  /// Depth is bounded by `mostFiles`.
  private mutating func visit(_ place: Int, _ state: inout [Int]) {
    state[place] = 1
    for (name, next) in used[place].uses.sorted(by: { $0.value < $1.value }) {
      if state[next] == 0 { visit(next, &state) }
      guard state[next] == 1 else { continue }
      used[place].uses[name] = nil
      var range = SourceRange(0, 0)
      for case .block(let block) in used[place].syntax.elements {
        for statement in block.statements {
          if case .use(let written) = statement.syntax, written.text == name {
            range = written.range
          }
        }
      }
      diagnostics.append(
        Diagnostic(
          "circular-use", "\(DisplayText.quoted(name)) is used by a file that it uses", at: range,
          file: used[place].source.name))
    }
    state[place] = 2
  }

  // MARK: Statements

  /// The statements of a used file and of those it uses, each file once.
  func statements(of place: Int, taken: inout Set<Int>) -> [PlacedStatement] {
    guard taken.insert(place).inserted else { return [] }
    var found: [PlacedStatement] = []
    let file = used[place]
    for case .block(let block) in file.syntax.elements {
      for statement in block.statements {
        if case .use(let name) = statement.syntax {
          if let next = file.uses[name.text] { found += statements(of: next, taken: &taken) }
        } else {
          found.append(PlacedStatement(statement, in: file.source, isUsed: true))
        }
      }
    }
    return found
  }
}
