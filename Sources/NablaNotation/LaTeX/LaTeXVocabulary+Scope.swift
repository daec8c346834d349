import NablaExpressions

extension LaTeXVocabulary {
  /// The names of a scope, with the spellings that `write` gives them.
  package init(_ scope: Scope, in pool: borrowing ExpressionPool) {
    self.init(scope.knownNames(in: pool))
    for (name, symbol) in scope.names {
      switch pool.kind(of: symbol) {
      case .scalar: slots[name] = 0
      case .array: slots[name] = pool.symbols[Int(symbol.index)].ranges.count
      default: break
      }
      if let latex = scope.spellings[symbol] {
        spellings.append(Spelling(latex: latex, name: name))
      }
    }
    spellings.sort { $0.name < $1.name }
  }
}
