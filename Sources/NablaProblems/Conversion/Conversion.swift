import NablaExpressions
import NablaNotation
import NablaRendering

/// How formulas can be written that are converted.
package enum OutputNotation: String, CaseIterable, Sendable {
  case plain, latex, terminal, mathml, json
}

/// Formulas that were read to be written in another notation.
package struct ConvertedFormula: Sendable {
  package let chains: [RelationChain]
  package let notes: ReadingNotes
  let formulas: SyntaxFormulas
}

/// Reads a formula, an expression or a chain of relations, as its author wrote it.
///
/// - Parameter given: statements of a problem file that say what names are.
package func readFormula(
  _ source: SourceText, from notation: InputNotation, given: [String] = []
) throws(CommandLineReader.Failure) -> ConvertedFormula {
  var pool = ExpressionPool()
  var reader = CommandLineReader(notation)
  try reader.read(given: given, assume: [], in: &pool)
  let chains = try reader.chains(source, in: pool)
  var formulas = SyntaxFormulas()
  formulas.known = reader.scope.knownNames(in: pool)
  for (symbol, latex) in reader.scope.spellings {
    formulas.spellings[pool.declaration(of: symbol).name] = latex
  }
  return ConvertedFormula(chains: chains, notes: reader.notes, formulas: formulas)
}

extension ConvertedFormula {
  /// The formula in a notation.
  ///
  /// - Parameter width: the columns for two-dimensional terminal text; nil for one line of it.
  package func text(
    in notation: OutputNotation, width: Int? = nil, style: NotationStyle = NotationStyle()
  ) -> String {
    let when = style.language.say("when")
    switch notation {
    case .plain: return chains.map { $0.plainNotation() }.joined(separator: " ;; ")
    case .latex:
      return chains.map { chain in
        var text = formula(of: chain).styled(style).latex()
        if let condition = condition(of: chain)?.styled(style) {
          text += " \\quad \\text{\(when) } " + condition.latex()
        }
        return text
      }.joined(separator: " ;\\quad ")
    case .terminal:
      if let width, chains.count == 1, chains[0].conditions.isEmpty {
        let rows = formula(of: chains[0]).styled(style).boxedText
        if rows.allSatisfy({ $0.count <= width }) { return rows.joined(separator: "\n") }
      }
      return chains.map { chain in
        let condition =
          condition(of: chain).map { $0.styled(style) }
          .map { "   \(when) " + $0.compactText } ?? ""
        return formula(of: chain).styled(style).compactText + condition
      }.joined(separator: " ;; ")
    case .mathml:
      return chains.map { chain in
        let condition =
          condition(of: chain).map { $0.styled(style) }
          .map { " \(when) " + $0.mathML() } ?? ""
        return formula(of: chain).styled(style).mathML() + condition
      }.joined(separator: "; ")
    case .json: return json.text()
    }
  }

  /// `{"plain", "latex", "tree"}`; the tree is null where it would be too deep for JSON.
  package var json: JSONValue {
    let tree = chains.count == 1 ? chains[0].tree : .array(chains.map { $0.tree })
    return .object([
      ("plain", .string(text(in: .plain))), ("latex", .string(text(in: .latex))),
      ("tree", Self.isDeep(tree, Self.deepestTree) ? .null : tree),
    ])
  }

  /// Arrays of a tree nest at most this deep, so that readers of JSON take them.
  private static let deepestTree = 150

  private static func isDeep(_ tree: JSONValue, _ limit: Int) -> Bool {
    guard case .array(let parts) = tree else { return false }
    return limit == 0 || parts.contains { isDeep($0, limit - 1) }
  }

  // MARK: Formulas

  private func formula(of chain: RelationChain) -> Formula {
    let members = chain.members.map { formula(of: $0) }
    guard let first = members.first else { return .text("") }
    if chain.links.isEmpty { return first }
    var links: [Formula.RelationLink] = []
    for (link, right) in zip(chain.links, members.dropFirst()) {
      links.append(Formula.RelationLink(Formula.Relation(link.relation), right))
    }
    return .relation(first, links)
  }

  private func formula(of member: RelationChain.Member) -> Formula {
    switch member.content {
    case .expression(let syntax): formulas.formula(of: syntax)
    case .space(let sizes): .realSpace(sizes.map { formulas.formula(of: $0) })
    case .empty: .text("")
    case .words(let text): .text(text)
    case .unreadable: .ellipsis
    }
  }

  private func condition(of chain: RelationChain) -> Formula? {
    let conditions = chain.conditions.map { formulas.formula(of: $0) }
    if conditions.isEmpty { return nil }
    return conditions.count == 1 ? conditions[0] : .conjunction(conditions)
  }
}
