import NablaNotation
import NablaRendering
import NablaRewriting
import Synchronization
import Testing

@testable import NablaProblems

/// A write-up of a shipped problem that is kept in a golden file.
struct RecordedWriteUp: Sendable, CustomTestStringConvertible {
  enum Form: String, CaseIterable, Sendable {
    case terminal, plain, markdown, latex, html, json, python, swift, ipynb

    /// How the name of the golden file ends.
    var ending: String {
      switch self {
      case .terminal, .plain, .swift: rawValue + ".txt"
      case .markdown: "markdown.md"
      case .latex: "latex.tex"
      case .html: "html.html"
      case .json: "json.json"
      case .python: "python.py"
      case .ipynb: "ipynb.json"
      }
    }

    fileprivate var output: SolveOutput {
      switch self {
      case .terminal, .plain, .markdown, .latex, .html: .document
      case .json: .json
      case .python: .code(.python)
      case .swift: .code(.swift)
      case .ipynb: .notebook
      }
    }
  }

  /// How a problem is written up where it is not in the usual way.
  struct Variant: Hashable, Sendable {
    var name = ""
    var detail = Detail.standard
    var notation = ""
  }

  let problem: String
  let form: Form
  var variant = Variant()

  var golden: String {
    problem + (variant.name.isEmpty ? "" : "." + variant.name) + "." + form.ending
  }

  var testDescription: String { golden }

  /// Every problem in every form, and some problems in other ways.
  static let all: [RecordedWriteUp] =
    ProblemFiles.names.flatMap { name in
      Form.allCases.map { RecordedWriteUp(problem: name, form: $0) }
    }
    + variants.flatMap { problem, variant, forms in
      forms.map { RecordedWriteUp(problem: problem, form: $0, variant: variant) }
    }

  private static let variants: [(problem: String, variant: Variant, forms: [Form])] = [
    ("softmax-cross-entropy", Variant(name: "brief", detail: .brief), [.terminal]),
    ("softmax-cross-entropy", Variant(name: "full", detail: .full), [.terminal]),
    (
      "sigmoid-network", Variant(name: "german", notation: "language german, decimal comma"),
      [.terminal, .latex, .html]
    ),
    (
      "softmax-regression-batch",
      Variant(
        name: "styled",
        notation: "nabla, ln, decimal comma, bold vectors, layers superscript"),
      [.terminal, .latex, .html]
    ),
  ]

  /// The text as it is to be recorded: sizes of rounding errors differ between machines.
  func text() throws -> String {
    let outcome = try Self.outcome(of: problem, variant, form.output)
    switch form {
    case .terminal: return outcome.document.masked.terminal(width: 80)
    case .plain: return outcome.document.masked.plain()
    case .markdown: return outcome.document.masked.markdown()
    case .latex: return outcome.document.masked.latex()
    case .html: return outcome.document.masked.html(isFragment: true)
    case .json: return outcome.json.masked.text(isIndented: true)
    case .python, .swift: return outcome.code
    case .ipynb:
      let chunks = Notebook.sections(of: outcome.document.masked.markdown())
      return try JSONValue(parsing: outcome.code)
        .withMarkdown(chunks.filter { !$0.isEmpty }).text(isIndented: true)
    }
  }

  private struct Key: Hashable {
    let problem: String
    let variant: Variant
    let output: SolveOutput
  }

  private static let outcomes = Mutex<[Key: SolveOutcome]>([:])

  /// What came of a problem; forms made of the same outcome share it.
  private static func outcome(
    of problem: String, _ variant: Variant, _ output: SolveOutput
  ) throws -> SolveOutcome {
    let key = Key(problem: problem, variant: variant, output: output)
    if let known = outcomes.withLock({ $0[key] }) { return known }
    var options = SolveOptions()
    options.detail = variant.detail
    options.output = output
    if !variant.notation.isEmpty {
      options.notation = try NotationOption.reading(variant.notation)
    }
    let outcome = solveProblem(try ProblemFiles.source(problem), options: options)
    outcomes.withLock { $0[key] = outcome }
    return outcome
  }
}

extension Document {
  /// With ε in place of the sizes of rounding errors.
  fileprivate var masked: Document {
    var copy = self
    for place in copy.blocks.indices {
      guard case .check(let status, let inlines) = copy.blocks[place] else { continue }
      copy.blocks[place] = .check(
        status,
        inlines.map { inline in
          if case .formula(.number) = inline { .formula(.text("ε")) } else { inline }
        })
    }
    return copy
  }
}

extension JSONValue {
  /// With ε in place of the sizes of rounding errors.
  fileprivate var masked: JSONValue {
    switch self {
    case .array(let entries): .array(entries.map { $0.masked })
    case .object(let members):
      .object(
        members.map { member in
          let isError = member.key.hasPrefix("maxRelativeError")
          return .init(member.key, isError ? .string("ε") : member.value.masked)
        })
    default: self
    }
  }
  /// A notebook with these texts in its cells of Markdown.
  fileprivate func withMarkdown(_ chunks: [String]) -> JSONValue {
    var rest = chunks[...]
    return mapMember("cells") { cells in
      guard case .array(let cells) = cells else { return cells }
      return .array(
        cells.map { cell in
          guard cell["cell_type"] == .string("markdown"), let text = rest.popFirst() else {
            return cell
          }
          let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
          return cell.mapMember("source") { _ in .array(lines.map { .string(String($0)) }) }
        })
    }
  }

  private func mapMember(_ key: String, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    guard case .object(let members) = self else { return self }
    return .object(
      members.map { .init($0.key, $0.key == key ? change($0.value) : $0.value) })
  }
}
