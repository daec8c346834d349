/// A formula of LaTeX read after the damage of extraction and scanning was put right.
///
/// - Complexity: that of `readLaTeX`.
package func readRepairedLaTeX(
  _ text: TracedText, vocabulary: LaTeXVocabulary, macros: MacroTable
) -> LaTeXFormula {
  let repair = FormulaRepair(commands: DamagedCommands(text.bytes))
  let (repaired, repairs) = repair.repaired(text)
  var formula = readLaTeX(repaired, vocabulary: vocabulary, macros: macros)
  formula.repairs = repairs + formula.repairs
  return formula
}
