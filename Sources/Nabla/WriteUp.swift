import NablaNotation
import NablaProblems
public import NablaRendering
import NablaRewriting

/// A solved problem or a derivation, ready to be printed in any format.
public struct WriteUp: Sendable {
  /// How the checks ended.
  public enum Verdict: Sendable {
    /// Every result agrees with the independent checks.
    case passed
    /// A result, a step or one of the author's own checks failed.
    case failed
    /// Something could be neither shown nor refuted.
    case undecided
    /// The text could not be read; `messages` say why.
    case unreadable
  }

  public let verdict: Verdict
  /// What could not be read, each with file, line, column and the nearest valid spelling.
  public let messages: [String]
  /// The document; writers for other formats can start from it.
  public let document: Document

  init(_ outcome: SolveOutcome) {
    switch outcome.verdict {
    case .passed: verdict = .passed
    case .failed: verdict = .failed
    case .undecided: verdict = .undecided
    case .unreadable: verdict = .unreadable
    }
    messages = outcome.diagnostics.map { $0.diagnostic.formatted(in: $0.source) }
    document = outcome.document
  }

  /// Two-dimensional text for a terminal of some width.
  public func terminal(width: Int = 80, usesColour: Bool = false) -> String {
    document.terminal(width: width, usesColour: usesColour)
  }

  /// A complete LaTeX document, or its body alone.
  public func latex(isFragment: Bool = false) -> String { document.latex(isFragment: isFragment) }

  /// Markdown with `$…$` mathematics, as GitHub and Jupyter show it.
  public func markdown() -> String { document.markdown() }

  /// One HTML page without scripts or other files, or the content of its body alone.
  public func html(isFragment: Bool = false) -> String { document.html(isFragment: isFragment) }

  /// Linear text in Nabla's own notation.
  public func plain() -> String { document.plain() }
}
