extension MarkedLine {
  /// The equation as the author wrote it; one that goes on begins with its relation.
  var layout: Layout? { equation.map(Self.layout) }

  private static func layout(_ row: DerivationRow) -> Layout {
    guard let left = row.left else {
      return .row([.operation(.relation(row.relation)), LayoutBuilder.layout(row.right)])
    }
    guard case .relation(let first, let links) = row.right else {
      return LayoutBuilder.layout(.relation(left, row.relation, row.right))
    }
    return LayoutBuilder.layout(.relation(left, [.init(row.relation, first)] + links))
  }

  /// Whether the line shows an equation and no words.
  var isEquationAlone: Bool { equation != nil && content.isEmpty }
}

extension [MarkedLine] {
  /// Whether anything is said of any line.
  var hasComments: Bool { contains { !$0.comments.isEmpty } }
}
