import NablaExpressions
import NablaNotation
import NablaRendering

extension SyntaxFormulas {
  /// Formulas whose names are printed as a problem prints them.
  init(_ scope: Scope) {
    self.init()
    for (name, symbol) in scope.names {
      if let latex = scope.spellings[symbol] { spellings[name] = latex }
    }
  }

  func callAsFunction(_ syntax: Syntax) -> Formula { formula(of: syntax) }
}
