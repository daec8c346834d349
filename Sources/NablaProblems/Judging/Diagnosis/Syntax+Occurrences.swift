import NablaNotation

extension Syntax {
  /// How often a name occurs free.
  func occurrences(of name: String) -> Int {
    switch kind {
    case .name(let own): return own == name ? 1 : 0
    case .binder(let binder) where binder.binds(name): return 0
    default:
      var count = 0
      forEachPart { count += $0.occurrences(of: name) }
      return count
    }
  }

  /// The expression with some of the free occurrences of a name replaced, as is chosen for each.
  func renaming(
    _ name: String, to new: String, where isChosen: () -> Bool
  ) -> Syntax {
    switch kind {
    case .name(let own): return own == name && isChosen() ? Syntax(.name(new), range) : self
    case .binder(let binder) where binder.binds(name): return self
    default: return withParts(parts.map { $0.renaming(name, to: new, where: isChosen) })
    }
  }

  /// The expression with squares that depend on a name written as products.
  func openingSquares(of name: String) -> Syntax {
    if case .power(let base, let exponent) = kind, case .number("2") = exponent.kind,
      base.freeNames.contains(name)
    {
      return .product(base, base)
    }
    let own = parts
    if own.isEmpty { return self }
    guard case .product(let factors) = kind else {
      return withParts(own.map { $0.openingSquares(of: name) })
    }
    var opened: [FactorSyntax] = []
    for entry in factors {
      let factor = entry.factor.openingSquares(of: name)
      if entry.operation == .times, case .product(let more) = factor.kind {
        opened += more
      } else {
        opened.append(FactorSyntax(operation: entry.operation, factor: factor))
      }
    }
    return Syntax(.product(opened), range)
  }
}

extension BinderSyntax {
  fileprivate func binds(_ name: String) -> Bool { indices.contains { $0.name.text == name } }
}
