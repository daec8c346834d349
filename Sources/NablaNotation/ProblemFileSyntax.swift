/// A problem file as a flat list of its parts in document order.
package struct ProblemFileSyntax: Sendable {
  package var elements: [ProblemElement]
  /// In the order of the file, at most `mostDiagnostics`.
  package var diagnostics: [Diagnostic]
  /// Every name the file itself declares, defines or gives.
  package var names: KnownNames

  package static let mostDiagnostics = 20
}

package enum ProblemElement: Sendable {
  case heading(HeadingSyntax)
  case prose(ProseSyntax)
  /// A fenced block that is not Nabla's, its fences included.
  case code(ProseSyntax)
  case block(BlockSyntax)
}

package struct HeadingSyntax: Sendable {
  /// 1 to 6.
  package var level: Int
  package var text: String
  package var range: SourceRange
}

/// Lines of Markdown as they stand, joined by line feeds.
package struct ProseSyntax: Sendable {
  package var text: String
  package var range: SourceRange
}

/// The statements of one fenced `nabla` block; those with mistakes are left out.
package struct BlockSyntax: Sendable {
  package var statements: [Statement]
  package var range: SourceRange
}
