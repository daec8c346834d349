/// What the reader of LaTeX knows about the names it will meet.
package struct LaTeXVocabulary: Sendable {
  package var known: KnownNames
  /// How many indices a name takes: 1 for a vector, 2 for a matrix, 0 for a scalar.
  package var slots: [String: Int] = [:]
  /// How names are written where that differs from the usual spelling: `w^{(1)}` for `w1`.
  ///
  /// From `write`, from renamings, and from what was found out about the author's letters.
  package var spellings: [Spelling] = []
  /// What a quantity is differentiated by where `\nabla f` does not say it.
  package var gradientVariables: [String: String] = [:]
  /// The scalars by which `\nabla f` collects the derivatives where f is differentiated by each.
  package var gradientColumns: [String: [String]] = [:]
  /// What a prime behind a name, or behind an expression with other names in it, differentiates by.
  package var primeVariables: [String: String] = [:]
  package var usualVariable: String?
  /// The argument of each function of one variable, where it is left out: `s' = s (1 - s)`.
  package var functionArguments: [String: String] = [:]
  /// Whether formulas were typed without LaTeX: `W_ij` has two indices.
  package var isPlainText = false
  /// Whether `0,5` is a number inside brackets too.
  package var usesDecimalCommas = false
  /// Whether all numbers are whole, so that `31.744` and `31,744` have their digits in groups.
  package var groupsDigits = false
  /// The dimension that a bare `\mathbf 1` has.
  package var sizeOfOnes: String?
  /// Whether an unknown letter with a letter below it is an entry of an array.
  package var unknownsTakeIndices = true

  package struct Spelling: Hashable, Sendable {
    package var latex: String
    package var name: String

    package init(latex: String, name: String) {
      self.latex = latex
      self.name = name
    }
  }

  package init(_ known: KnownNames) { self.known = known }
}
