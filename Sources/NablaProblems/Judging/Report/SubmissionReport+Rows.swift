import NablaRendering

extension SubmissionReport {
  /// One row of a part.
  struct Row {
    var line: MarkedLine
    /// Whether it is right and its comments only say why.
    var isQuiet: Bool

    /// The widest chain that is shown on one row, in columns.
    private static let widestChain = 60

    /// A right step and the one that goes on from it in the same line of the submission as one row.
    func joined(with next: Row) -> Row? {
      guard isQuiet, let equation = line.equation, let added = next.line.equation,
        added.left == nil, line.number == next.line.number, next.line.content.isEmpty
      else { return nil }
      var row = equation
      let link = Formula.RelationLink(added.relation, added.right)
      if case .relation(let first, let links) = equation.right {
        row.right = .relation(first, links + [link])
      } else {
        row.right = .relation(equation.right, [link])
      }
      let whole = (row.left?.compactText ?? "") + row.right.compactText
      if whole.unicodeScalars.count > Self.widestChain { return nil }
      var joined = next
      joined.line.equation = row
      joined.line.content = line.content
      if next.isQuiet {
        let news = next.line.comments.filter { !line.comments.contains($0) }
        joined.line.comments = line.comments + news
      }
      return joined
    }
  }
}

extension MarkedClaim {
  /// Whether the claim holds and there is nothing to say but why.
  var isQuiet: Bool {
    verdict == .proved && repair == nil && counterexample == nil && uses.isEmpty && reading == nil
      && !carried && truth != .refuted
  }
}
