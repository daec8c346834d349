import NablaNotation
import NablaTestSupport
import Testing

/// Formulas as they are found in papers, courses and answers: a name, what is declared, the
/// formula, and what it says in plain notation.
struct LaTeXTableTests {
  static let rows = recordedRows("../Data/latex.tsv")

  @Test func `the table is there`() { #expect(Self.rows.count >= 600) }

  @Test(arguments: rows.indices) func `a formula is read as the table says`(_ place: Int) throws {
    let fields = Self.rows[place].fields
    try #require(fields.count == 4, "line \(Self.rows[place].line)")
    let vocabulary = vocabulary(fields[1])
    let expected = ExpectedFormula(known: vocabulary.known)
    let formula = readLaTeX(traced(fields[2]), vocabulary: vocabulary, macros: MacroTable())
    let read = expected.chains(formula)
    if fields[3] == "!unreadable" {
      #expect(
        read.contains { $0.contains("!unreadable") }, "\(fields[0]): \(fields[2]) is \(read)")
    } else {
      let wanted = try #require(expected.chains(fields[3]), "\(fields[0]): \(fields[3])")
      #expect(read == wanted, "\(fields[0]): \(fields[2])")
    }
  }
}
