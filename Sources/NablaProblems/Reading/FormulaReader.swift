import NablaExpressions
import NablaNotation

/// How formulas are written that a command takes.
package enum InputNotation: String, CaseIterable, Sendable {
  case plain, latex
}

/// Reads formulas in one of the notations, and keeps what is to be told about the reading.
package struct FormulaReader: Sendable {
  package let notation: InputNotation
  package private(set) var notes = ReadingNotes()

  package init(_ notation: InputNotation) { self.notation = notation }

  /// The chains of relations of a text; at least one, and none that could not be read.
  package mutating func chains(
    _ source: SourceText, _ vocabulary: LaTeXVocabulary
  ) throws(Diagnostic) -> [RelationChain] {
    switch notation {
    case .plain: return [try parseChain(source, known: vocabulary.known)]
    case .latex:
      if let diagnostic = source.unreadable() { throw diagnostic }
      let whole = SourceRange(0, source.bytes.count)
      let formula = readRepairedLaTeX(
        TracedText(source, in: whole), vocabulary: vocabulary, macros: MacroTable())
      for chain in formula.chains {
        for member in chain.members {
          if case .unreadable(let diagnostic) = member.content { throw diagnostic }
        }
      }
      if formula.chains.isEmpty {
        throw Diagnostic(
          "unexpected-end", "there is no formula", at: whole, expected: "mathematics in LaTeX")
      }
      notes.repairs += formula.repairs
      for member in formula.chains.flatMap({ $0.members }) { notes.readings += member.kind }
      // Words between formulas say nothing that is read.
      let chains = formula.chains.filter { !$0.isWords }
      return chains.isEmpty ? formula.chains : chains
    }
  }

  /// The expression of a text that is to hold one and no relation.
  package mutating func expression(
    _ source: SourceText, _ vocabulary: LaTeXVocabulary
  ) throws(Diagnostic) -> Syntax {
    if notation == .plain { return try parseExpression(source, known: vocabulary.known) }
    let chain = try single(try chains(source, vocabulary))
    if let link = chain.links.first {
      throw Diagnostic(
        "unexpected-relation", "a relation stands where one expression is needed", at: link.range)
    }
    return try Self.expression(chain.members[0])
  }

  /// An expression, or an equation or inequality between two.
  package mutating func goal(
    _ source: SourceText, _ vocabulary: LaTeXVocabulary
  ) throws(Diagnostic) -> GoalSyntax {
    if notation == .plain { return try parseGoal(source, known: vocabulary.known) }
    let chain = try single(try chains(source, vocabulary))
    guard let link = chain.links.first else {
      return .expression(try Self.expression(chain.members[0]))
    }
    if chain.links.count > 1 {
      throw Diagnostic(
        "second-relation", "more than one relation stands here", at: chain.links[1].range,
        expected: "A = B")
    }
    guard let operation = link.relation.claimedComparison else { throw Self.noComparison(link) }
    return .relation(
      RelationSyntax(
        left: try Self.expression(chain.members[0]), operation: operation,
        right: try Self.expression(chain.members[1])))
  }

  /// A condition: comparisons that hold together.
  package mutating func condition(
    _ source: SourceText, _ vocabulary: LaTeXVocabulary
  ) throws(Diagnostic) -> Syntax {
    if notation == .plain { return try parseExpression(source, known: vocabulary.known) }
    var parts: [Syntax] = []
    for chain in try chains(source, vocabulary) {
      for (place, link) in chain.links.enumerated() {
        guard let operation = link.relation.claimedComparison else { throw Self.noComparison(link) }
        let left = try Self.expression(chain.members[place])
        let right = try Self.expression(chain.members[place + 1])
        parts.append(
          Syntax(.comparison(left, operation, right), left.range.union(right.range)))
      }
      if chain.links.isEmpty, let member = chain.members.first {
        parts.append(try Self.expression(member))
      }
    }
    return parts.count == 1 ? parts[0] : Syntax(.and(parts), SourceRange(0, source.bytes.count))
  }

  /// What a name stands for: `p_j = …`, `z = …`, `f(x) = …`.
  package mutating func definition(
    _ source: SourceText, _ vocabulary: LaTeXVocabulary
  ) throws(Diagnostic) -> DefinitionSyntax {
    let goal = try goal(source, vocabulary)
    let whole = SourceRange(0, source.bytes.count)
    guard case .relation(let relation) = goal, relation.operation == .equal else {
      throw Self.noDefinition(whole)
    }
    let left = relation.left
    switch left.kind {
    case .name(let name):
      return DefinitionSyntax(
        name: NameSyntax(name, left.range), parameters: .none, value: relation.right)
    case .indexed(let base, let indices):
      guard case .name(let name) = base.kind else { throw Self.noDefinition(left.range) }
      return DefinitionSyntax(
        name: NameSyntax(name, base.range),
        parameters: .indices(try Self.names(indices)), value: relation.right)
    case .call(let call) where call.primes == 0:
      return DefinitionSyntax(
        name: call.function, parameters: .arguments(try Self.names(call.arguments)),
        value: relation.right)
    default: throw Self.noDefinition(left.range)
    }
  }

  private static func names(_ parts: [Syntax]) throws(Diagnostic) -> [NameSyntax] {
    var names: [NameSyntax] = []
    for part in parts {
      guard case .name(let text) = part.kind else { throw noDefinition(part.range) }
      names.append(NameSyntax(text, part.range))
    }
    return names
  }

  private static func noDefinition(_ range: SourceRange) -> Diagnostic {
    Diagnostic(
      "not-a-definition", "this is no statement", at: range,
      expected: "a statement of a problem file, or a definition such as p_j = …")
  }

  private func single(_ chains: [RelationChain]) throws(Diagnostic) -> RelationChain {
    if chains.count > 1 {
      throw Diagnostic(
        "second-formula", "more than one formula stands here", at: chains[1].range)
    }
    guard let chain = chains.first, !chain.members.isEmpty,
      chain.links.count + 1 == chain.members.count
    else {
      throw Diagnostic("unexpected-end", "there is no formula", at: SourceRange(0, 0))
    }
    return chain
  }

  private static func expression(_ member: RelationChain.Member) throws(Diagnostic) -> Syntax {
    switch member.content {
    case .expression(let syntax): return syntax
    case .unreadable(let diagnostic): throw diagnostic
    case .space, .empty, .words:
      throw Diagnostic(
        "expected-expression", "no expression stands here", at: member.range,
        expected: "an expression")
    }
  }

  private static func noComparison(_ link: RelationChain.Link) -> Diagnostic {
    Diagnostic(
      "not-a-comparison", "a relation of this kind cannot be judged", at: link.range,
      expected: "an equation or inequality")
  }

  /// Notes what was declared for the author.
  mutating func note(_ implicit: ImplicitDeclarations) {
    notes.declarations += implicit.statements.map { $0.plainDeclaration }
    notes.renamedSizes += implicit.renamedSizes
  }
}

extension RelationChain {
  fileprivate var isWords: Bool {
    guard links.isEmpty, members.count == 1, case .words = members[0].content else { return false }
    return true
  }
}

extension RelationChain.Relation {
  /// The comparison that is claimed; a definition claims equality.
  fileprivate var claimedComparison: ComparisonOperator? {
    switch self {
    case .equal, .defines: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .approximately, .proportional, .implies, .equivalent, .assigns, .maps, .belongs: nil
    }
  }
}
