/// A formula with every bracket, dot and accent decided, ready to be set in any medium.
///
/// `LayoutBuilder` makes it from a `Formula`, `AuthorMath` from an author's `$…$`;
/// the LaTeX, box and one-line writers only translate it.
enum Layout: Hashable, Sendable {
  case row([Layout])
  case symbol(String, SymbolStyle)
  case number(String)
  case text(String)
  /// An upright function name such as log.
  case function(String)
  case operation(MathOperator)
  indirect case fence(Bracket, Layout)
  indirect case fraction(Layout, Layout, isDerivative: Bool)
  indirect case scripts(Layout, lower: Layout?, upper: Layout?)
  /// e raised to a power; one-line text prefers `exp(…)`.
  indirect case exponential(Layout)
  indirect case root(Layout, degree: Layout?)
  indirect case bigOperator(Formula.BigOperator, lower: Layout?, upper: Layout?)
  case cases([CaseRow])
  case matrix([[Layout]])
  indirect case evaluated(Layout, at: Layout)
  indirect case accent(Layout, Identifier.Accent)
  indirect case highlighted(Layout, Formula.Highlight)
  indirect case labelled(Layout, below: Layout)

  static let empty = Layout.row([])

  static let ellipsis = Layout.symbol("…", .upright)
}

/// How the letters of a symbol are shaped in media that can shape them.
enum SymbolStyle: Hashable, Sendable {
  case italic, upright, bold, calligraphic
  /// A bold vector or matrix.
  case vector, matrix
}

enum Bracket: Hashable, Sendable {
  case round, square, curly, bars, doubleBars
}

/// A row of a piecewise definition.
struct CaseRow: Hashable, Sendable {
  var value: Layout
  var condition: Layout
}

extension Layout {
  /// The children of a row, with rows inside rows spliced in; anything else is its own only item.
  var items: [Layout] {
    guard case .row(let children) = self else { return [self] }
    var result: [Layout] = []
    result.reserveCapacity(children.count)
    for child in children { child.appendItems(to: &result) }
    return result
  }

  private func appendItems(to result: inout [Layout]) {
    if case .row(let children) = self {
      for child in children { child.appendItems(to: &result) }
    } else {
      result.append(self)
    }
  }
}
