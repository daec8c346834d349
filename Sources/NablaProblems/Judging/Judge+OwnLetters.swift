import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// Takes `D = diag(μ)` as an array of the author's own where the problem means a size by D.
  mutating func takeLetterOfSize(
    _ head: Syntax, _ value: Syntax, _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) -> Bool {
    guard case .name(let name) = head.kind, let known = scope.names[name],
      pool.kind(of: known) == .dimension, unknownNames([value]).isEmpty,
      let shape = shape(of: value, in: &pool), !shape.isScalar
    else { return false }
    let before = (scope, refined, believed)
    scope.names[name] = nil
    refined.names[name] = nil
    believed.names[name] = nil
    if introduce(head, value, link, range, in: &pool) { return true }
    (scope, refined, believed) = before
    return false
  }

  /// Takes `r := y − X w` as the author's own r where the problem calls something else so; false if
  /// the problem's r is meant, rightly or not.
  ///
  /// The losses and what is asked for stay the problem's, and so does a name whose definition is
  /// only misquoted: what is defined has another sign, another shape or is made of other things.
  mutating func takeLetter(
    _ head: Syntax, _ value: Syntax, _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) -> Bool {
    guard role == .definition || link.relation == .defines, conditions.isEmpty, !value.isClosed,
      let name = head.definedName, let known = scope.names[name.text],
      known == section.scope.names[name.text],
      [.scalar, .array].contains(pool.kind(of: known)), !isAskedFor(known, pool),
      !value.names.contains(where: { $0.text == name.text }), unknownNames([value]).isEmpty
    else { return false }
    let found = attemptInScopes(head, value, when: [], &pool)
    switch found.outcome {
    case .judged(.refuted), .unread: break
    default: return false
    }
    var outer = scope
    outer.names[name.text] = nil
    guard let extended = defining(head, as: value, in: outer, &pool),
      let symbol = extended.names[name.text], let definition = extended.definitions[symbol]
    else { return false }
    if let meant = section.scope.definitions[known] {
      guard
        isOther(definition, than: meant, pool)
          || attemptInScopes(head, Syntax(.negation(value), value.range), when: [], &pool).isProved
      else { return false }
    } else {
      // An input keeps its meaning, unless a derivative gets its letter.
      guard value.holdsDerivative, !isUpdate(head, value) else { return false }
    }
    let shown = builder.formula(ofName: known, in: &pool)
    scope = extended
    refined.names[name.text] = symbol
    refined.definitions.add(definition)
    believed.names[name.text] = symbol
    believed.definitions.add(definition)
    expose(symbol, in: &pool)
    ownLetters[name.text] = known
    prepareBuilder(pool)
    let renewed = attemptInScopes(head, value, when: [], &pool)
    var claim = MarkedClaim(
      range, left: nil, .defines, right: nil, goesOn: false, verdict: .proved)
    claim.left = formula(head, renewed.forms?.left, in: &pool)
    claim.right = formula(value, renewed.forms?.right, in: &pool)
    claim.because = [
      .text("a name of the author's own, not the problem's "), .formula(shown),
    ]
    append(claim)
    line?.last = value
    return true
  }

  /// The letters of constants, such as e, which an author may define as something else.
  func constants(in expressions: [Syntax]) -> [String] {
    expressions.flatMap { $0.names.map { $0.text } }.filter {
      scope.names[$0] == nil && BuiltInNames.constants.contains($0)
    }
  }

  /// The letters that an author may define anew behind a formula: of constants, and of what the
  /// problem defines.
  func ownLetters(in expressions: [Syntax]) -> [String] {
    let known = expressions.flatMap { $0.names.map { $0.text } }.filter { name in
      scope.names[name].map { section.scope.definitions[$0] != nil } ?? false
    }
    return constants(in: expressions) + known
  }

  /// Whether a refuted step holds with the problem's meaning of a letter that the author defined
  /// anew.
  mutating func holdsInProblemLetters(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    if ownLetters.isEmpty || isLiteral { return false }
    let names = Set((found.left.names + found.right.names).map { $0.text })
    var given = refined
    var isMeant = false
    for (name, symbol) in ownLetters where names.contains(name) {
      given.names[name] = symbol
      isMeant = true
    }
    guard isMeant else { return false }
    return attempt(found.left, found.right, when: line?.conditions ?? [], in: given, &pool).isProved
  }

  /// Whether a goal is the name itself, or its derivative.
  private func isAskedFor(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> Bool {
    section.goals.contains { pool.question(in: $0.written)?.subject == symbol }
  }

  /// Whether a definition has another shape than one of the problem, or is made of other things, and
  /// so does not misquote it.
  private func isOther(
    _ own: Definition, than meant: Definition, _ pool: borrowing ExpressionPool
  ) -> Bool {
    let ranges = pool.declaration(of: own.symbol).ranges
    let others = pool.declaration(of: meant.symbol).ranges
    let lowering = Lowering(scope)
    if ranges.count != others.count || own.parameters.count != meant.parameters.count {
      return true
    }
    for (range, other) in zip(ranges, others)
    where !lowering.matches(range, other, in: pool) { return true }
    let (parts, known) = (quantities(in: own.body, pool), quantities(in: meant.body, pool))
    if 2 * parts.intersection(known).count >= max(parts.count, known.count) { return false }
    return parts.contains { !pool.leads(from: meant.body, to: $0, section.scope.definitions) }
  }

  private func quantities(
    in body: Handle, _ pool: borrowing ExpressionPool
  ) -> Set<SymbolID> {
    Set(
      pool.symbolsOccurring(in: [body]).filter {
        [.scalar, .array, .function].contains(pool.kind(of: $0))
      })
  }
}
