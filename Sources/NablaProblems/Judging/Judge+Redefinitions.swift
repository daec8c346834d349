import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Takes "from now on let δ = ∂C/∂s" as a new meaning of a name that the author defined before.
  ///
  /// Without words that introduce something, or `:=`, it is judged as a claim about the old one.
  mutating func redefine(
    _ head: Syntax, _ value: Syntax, _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) -> Bool {
    let isIntroduced =
      link.relation == .defines || role == .definition && leading.contains(Self.introducing)
      || leading.words.last.map { Self.verbs.contains($0.lowercased()) } == true
    guard isIntroduced, conditions.isEmpty, let name = head.definedName,
      let known = scope.names[name.text],
      known != section.scope.names[name.text], scope.definitions[known] != nil, !value.isClosed,
      !value.names.contains(where: { $0.text == name.text }), unknownNames([value]).isEmpty
    else { return false }
    switch attemptInScopes(head, value, when: [], &pool).outcome {
    case .judged(.refuted), .judged(.conditional):
      // A formula of the same shape may be the old one with a slip.
      guard value.holdsDerivative || leading.contains(Self.renewing) else { return false }
    case .unread: break
    default: return false
    }
    let before = (scope, refined, believed)
    scope.names[name.text] = nil
    refined.names[name.text] = nil
    believed.names[name.text] = nil
    guard introduce(head, value, link, range, in: &pool) else {
      (scope, refined, believed) = before
      return false
    }
    wrongNames.remove(known)
    wrongResults.removeAll { result in
      (result.derivative.names + result.value.names).contains { $0.text == name.text }
    }
    return true
  }

  /// What says right before a formula that it introduces something.
  private static let verbs: Set<String> = [
    "let", "define", "redefine", "set", "put", "introduce", "denote", "setze", "definiere", "sei",
    "soit", "posons", "sea", "definimos", "sia", "seja",
  ]

  /// What says that something is other than it was.
  private static let renewing: Set<String> = [
    "now", "redefine", "redefining", "again", "instead", "nun", "jetzt", "stattdessen",
    "maintenant", "ahora", "ora", "agora", "теперь",
  ]

  private static let introducing: Set<String> = [
    "let", "now", "define", "redefine", "redefining", "defining", "set", "put", "introduce",
    "denote", "write", "again", "sei", "seien", "nun", "jetzt", "setze", "setzen", "definiere",
    "definieren", "soit", "soient", "posons", "maintenant", "sea", "sean", "ahora", "definimos",
    "sia", "siano", "ora", "seja", "agora", "пусть", "теперь",
  ]

  /// Takes "let y = softmax(h)" as naming the problem's P by the letter of an input, which then has
  /// another letter with the author.
  mutating func takeLetterOfInput(_ chain: RelationChain, in pool: inout ExpressionPool) {
    guard case .comparison(let head, .equal, let value)? = chain.condition?.kind,
      isInput(head, pool), !value.isClosed, unknownNames([value]).isEmpty,
      let name = head.definedName, let input = section.scope.names[name.text],
      input == scope.names[name.text], !value.names.contains(where: { $0.text == name.text }),
      let known = knownName(for: head, value, in: &pool), let meant = scope.names[known]
    else { return }
    let hidden = name.text + "\u{2032}"
    scope.names[name.text] = meant
    refined.names[name.text] = meant
    believed.names[name.text] = meant
    scope.names[hidden] = input
    refined.names[hidden] = input
    believed.names[hidden] = input
    matches.append(
      MarkedSubmission.NameMatch(
        written: .name(Identifier(name.text)), meant: builder.formula(ofName: meant, in: &pool),
        ground: .definition))
  }
}
