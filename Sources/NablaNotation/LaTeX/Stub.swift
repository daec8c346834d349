package func readLaTeX(
  _ text: TracedText, vocabulary: LaTeXVocabulary, macros: MacroTable
) -> LaTeXFormula { LaTeXFormula() }
extension Syntax {
  package func plainNotation() -> String { plainText ?? dump }
}
