/// A problem file cut into its parts, with every name it introduces, before expressions are read.
///
/// Whether `dL/dh` is a derivative depends on the names of the whole file and of the files it
/// uses; so reading has two phases: the outlines of all files first, then their expressions.
package struct ProblemFileOutline: Sendable {
  enum Part: Sendable {
    case element(ProblemElement)
    case block(Block)
  }

  struct Block: Sendable {
    var range: SourceRange
    var tokens: [Token]
    var slices: [StatementSplitter.Slice]
  }

  package let source: SourceText
  /// Every name the file declares, defines or gives.
  package private(set) var names = KnownNames()
  /// The files named by `use`, as written.
  package private(set) var usedFiles: [NameSyntax] = []
  package private(set) var diagnostics: [Diagnostic] = []
  private var parts: [Part] = []

  package init(_ source: SourceText) {
    self.source = source
    if let diagnostic = source.unreadable() {
      diagnostics = [diagnostic]
      return
    }
    var markdown = MarkdownSplitter(source)
    while let piece = markdown.next() {
      switch piece {
      case .element(let element): parts.append(.element(element))
      case .block(let range): addBlock(range)
      }
    }
    diagnostics += markdown.diagnostics
  }

  private mutating func addBlock(_ range: SourceRange) {
    let splitter = StatementSplitter(source, in: range)
    diagnostics += splitter.diagnostics
    for slice in splitter.slices {
      switch slice.content {
      case .tokens(let range):
        StatementHead.collectNames(splitter.tokens, range, into: &names)
      case .text(let keyword, let text):
        if keyword == "use", !text.text.isEmpty { usedFiles.append(text) }
      }
    }
    parts.append(
      .block(Block(range: range, tokens: splitter.tokens, slices: splitter.slices)))
  }

  /// The second phase: reads every statement, with the names of the used files known as well.
  package func parsed(knowing others: KnownNames = KnownNames()) -> ProblemFileSyntax {
    var known = names
    known.formUnion(others)
    var found = diagnostics
    var elements: [ProblemElement] = []
    for part in parts {
      switch part {
      case .element(let element):
        elements.append(element)
      case .block(let block):
        let statements = statements(of: block, known, into: &found)
        elements.append(.block(BlockSyntax(statements: statements, range: block.range)))
      }
    }
    found.sort { $0.range.lower < $1.range.lower }
    return ProblemFileSyntax(
      elements: elements, diagnostics: Array(found.prefix(ProblemFileSyntax.mostDiagnostics)),
      names: names)
  }

  private func statements(
    of block: Block, _ known: KnownNames, into found: inout [Diagnostic]
  ) -> [Statement] {
    var statements: [Statement] = []
    for slice in block.slices where !slice.isDamaged {
      do throws(Diagnostic) {
        statements.append(
          try ProblemFileOutline.statement(source, block.tokens, slice, known: known))
      } catch {
        found.append(error)
      }
    }
    return statements
  }

  static func statement(
    _ source: SourceText, _ tokens: [Token], _ slice: StatementSplitter.Slice, known: KnownNames
  ) throws(Diagnostic) -> Statement {
    switch slice.content {
    case .tokens(let range):
      var parser = StatementParser(source, tokens, range, known: known)
      return Statement(syntax: try parser.statement(), range: slice.range)
    case .text(let keyword, let text):
      let syntax = try StatementParser.statement(source, keyword: keyword, text)
      return Statement(syntax: syntax, range: slice.range)
    }
  }
}

extension ProblemFileSyntax {
  /// Reads a problem file that uses no other.
  package init(_ source: SourceText) {
    self = ProblemFileOutline(source).parsed()
  }
}
