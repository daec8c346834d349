import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Tells for what a size that the problem does not know is taken: the n of a sum from 1 to n.
  mutating func noteSizes(of chain: RelationChain, in pool: inout ExpressionPool) {
    for member in chain.members {
      guard case .expression(let syntax) = member.content, syntax.holdsBounds else { continue }
      var indices = AuthorIndices(scope)
      indices.read(syntax, in: pool)
      for (size, slot) in indices.sizes.sorted(by: { $0.key < $1.key }) {
        let written = Formula.name(Identifier(size))
        guard !matches.contains(where: { $0.written == written }) else { continue }
        matches.append(
          MarkedSubmission.NameMatch(
            written: written, meant: formula(slot.upper, in: &pool), ground: .claims))
      }
    }
  }

  /// Reads δ with two arguments as a comparison where δ is a quantity of the author's as well.
  mutating func compareIndices(_ chain: inout RelationChain, in pool: borrowing ExpressionPool) {
    var isName = scope.names["delta"].map { pool.kind(of: $0) != .function } ?? false
    if case .expression(let head)? = chain.members.first?.content {
      isName = isName || head.definedName?.text == "delta"
    }
    guard isName else { return }
    for place in chain.members.indices {
      if case .expression(let syntax) = chain.members[place].content {
        chain.members[place].content = .expression(syntax.comparingIndices)
      }
      for kind in chain.members[place].kind.indices {
        chain.members[place].kind[kind].syntax =
          chain.members[place].kind[kind].syntax.comparingIndices
      }
    }
  }
}

extension Syntax {
  fileprivate var holdsBounds: Bool {
    if case .binder(let binder) = kind, binder.indices.contains(where: { $0.bounds != nil }) {
      return true
    }
    var found = false
    forEachPart { found = found || $0.holdsBounds }
    return found
  }

  fileprivate var comparingIndices: Syntax {
    var result = mappingParts { $0.comparingIndices }
    if case .call(let call) = result.kind, call.function.text == "delta",
      call.arguments.count == 2
    {
      result.kind = .indicator(
        Syntax(.comparison(call.arguments[0], .equal, call.arguments[1]), range))
    }
    return result
  }
}
