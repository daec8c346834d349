/// Reads formulas of LaTeX with one vocabulary.
package struct LaTeXReader: Sendable {
  private let names: LaTeXNames
  private let macros: MacroTable

  package init(_ vocabulary: LaTeXVocabulary, macros: MacroTable) {
    names = LaTeXNames(vocabulary)
    self.macros = macros
  }

  /// The chains of a formula; what cannot be read is `unreadable` with its place.
  ///
  /// - Complexity: O(*n*) in the length of the formula with its macros expanded, for each of the
  ///   few readings that loose notation has.
  package func read(_ text: TracedText) -> LaTeXFormula {
    let expansion = MacroExpansion(text, macros)
    if let diagnostic = expansion.diagnostic { return Self.unreadable(diagnostic, text) }
    var lexer = LaTeXLexer(expansion.result, names: names)
    guard let tokens = lexer.readAll() else {
      let whole = text.origin(of: SourceRange(0, text.bytes.count))
      return Self.unreadable(
        Diagnostic("formula-too-long", "this formula is too long to be read", at: whole), text)
    }
    let structure = LaTeXStructure(
      BracketedEntries(names).lower(tokens), usesDecimalCommas: names.vocabulary.usesDecimalCommas)
    let lines = LaTeXLines(structure.tokens)
    var chains = LaTeXChains(names)
    for (line, cells) in zip(lines.lines, lines.leadingCells) {
      chains.add(line, leadingCells: cells)
    }
    for (content, label) in structure.labels { chains.define(label, as: content) }
    var formula = LaTeXFormula()
    formula.chains = chains.chains
    formula.repairs = structure.repairs + chains.repairs
    return formula
  }

  private static func unreadable(_ diagnostic: Diagnostic, _ text: TracedText) -> LaTeXFormula {
    let whole = text.origin(of: SourceRange(0, text.bytes.count))
    var formula = LaTeXFormula()
    formula.chains = [
      RelationChain(
        members: [RelationChain.Member(.unreadable(diagnostic), whole)], links: [], range: whole)
    ]
    return formula
  }
}

/// Reads one formula: the content of `$…$`, a display, or an environment with its rows.
package func readLaTeX(
  _ text: TracedText, vocabulary: LaTeXVocabulary, macros: MacroTable
) -> LaTeXFormula {
  LaTeXReader(vocabulary, macros: macros).read(text)
}
