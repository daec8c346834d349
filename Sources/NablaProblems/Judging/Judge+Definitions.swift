import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  // MARK: Names of the author's own

  /// Takes `name = value` with an unknown name as a definition; false if the name is known.
  mutating func introduce(
    _ head: Syntax, _ value: Syntax, _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) -> Bool {
    guard let name = head.definedName, scope.names[name.text] == nil,
      !value.names.contains(where: { $0.text == name.text })
    else { return false }
    if let meant = value.definedName, scope.names[meant.text] != nil,
      head.letters == value.letters
    {
      adopt(name.text, meant.text, .definition, in: &pool)
      let renamed = inProblemNames(head, in: pool)
      line?.head = renamed
      return true
    }
    if let known = knownName(for: head, value, in: &pool) {
      adopt(name.text, known, .definition, in: &pool)
      var claim = MarkedClaim(
        range, left: nil, link.relation, right: nil, goesOn: false, verdict: .proved)
      let renamed = head.renaming([name.text: known])
      let found = attemptInScopes(renamed, value, when: conditions, &pool)
      claim.left = formula(renamed, found.forms?.left, in: &pool)
      claim.right = formula(value, found.forms?.right, in: &pool)
      append(claim)
      line?.head = renamed
      line?.last = value
      return true
    }
    guard let extended = defining(head, as: value, in: scope, &pool),
      let symbol = extended.names[name.text]
    else { return false }
    scope = extended
    if let definition = scope.definitions[symbol] {
      refined.names[name.text] = symbol
      refined.definitions.add(definition)
      believed.names[name.text] = symbol
      believed.definitions.add(definition)
      expose(symbol, in: &pool)
    }
    prepareBuilder(pool)
    let found = attemptInScopes(head, value, when: [], &pool)
    var claim = MarkedClaim(
      range, left: nil, .defines, right: nil, goesOn: false, verdict: .proved)
    claim.left = formula(head, found.forms?.left, in: &pool)
    claim.right = formula(value, found.forms?.right, in: &pool)
    claim.because = [.text("a name of the author's own")]
    if value.isClosed {
      if leading.words.isEmpty { leading = LeadingWords(name.text) }
      settleCount(&claim, value, in: &pool)
      if claim.goal == nil { claim.verdict = .unrelated }
    }
    append(claim)
    line?.last = value
    return true
  }

  /// Takes `σ^2 = v` and `v = σ^2` with an unknown σ and an input v as saying that σ is √v.
  mutating func introduceRoot(
    _ head: Syntax, _ value: Syntax, _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) -> Bool {
    for (square, input) in [(head, value), (value, head)] {
      guard case .power(let base, let exponent) = square.kind, case .number("2") = exponent.kind,
        let name = base.definedName, scope.names[name.text] == nil, base.isNameOrEntry,
        input.isNameOrEntry, let symbol = input.definedName.flatMap({ scope.names[$0.text] }),
        scope.definitions[symbol] == nil, [.scalar, .array].contains(pool.kind(of: symbol)),
        base.letters == input.letters
      else { continue }
      let root = Syntax(
        .call(
          CallSyntax(function: NameSyntax("sqrt", input.range), primes: 0, arguments: [input])),
        input.range)
      let isTaken = introduce(base, root, link, range, in: &pool)
      line?.head = square
      line?.last = input
      return isTaken
    }
    return false
  }

  /// Takes "write δ for ∂L/∂s" and "denote ∂L/∂s by δ" as a definition of δ; false if a chain is no
  /// part of one.
  mutating func names(
    _ chain: RelationChain, as role: Submission.Formula.Role, in pool: inout ExpressionPool
  ) -> Bool {
    guard chain.members.count == 1, case .expression(let found) = chain.members[0].content else {
      lone = nil
      return false
    }
    let own = inProblemNames(found, in: pool)
    if case .comparison = own.kind { return false }
    guard let before = lone else {
      if role == .definition { lone = own }
      return role == .definition
    }
    lone = nil
    for (name, value) in [(before, own), (own, before)] {
      guard let text = name.definedName?.text, scope.names[text] == nil,
        unknownNames([value]).isEmpty
      else { continue }
      let range = before.range.union(own.range)
      line = OpenLine(
        head: name, last: name, lastMember: chain.members[0], conditions: conditions)
      let link = RelationChain.Link(.defines, range)
      let isTaken = introduce(name, value, link, range, in: &pool)
      line = nil
      return isTaken
    }
    return false
  }

  /// Takes `a = f(s)` with an unknown f as naming the function by which a is computed from s.
  mutating func introduceFunction(
    _ head: Syntax, _ value: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .call(let call) = value.kind, call.primes == 0, call.arguments.count == 1,
      scope.names[call.function.text] == nil,
      BuiltInNames.function(named: call.function.text) == nil,
      let argument = call.arguments[0].definedName.flatMap({ scope.names[$0.text] }),
      let symbol = head.definedName.flatMap({ scope.names[$0.text] }),
      let definition = refined.definitions[symbol]
    else { return false }
    let variable = pool.declare(Symbol("u", .scalar))
    var substitution = Substitution()
    for node in pool.nodesBelow([definition.body]) {
      switch pool[node] {
      case .symbol(argument), .entry(argument, _):
        substitution.nodes[node] = pool.symbol(variable)
      default: continue
      }
    }
    let body = pool.substitute(substitution, in: definition.body)
    guard substitution.nodes.count == 1, pool.freeIndices(of: [body]).isEmpty,
      !pool.symbolsOccurring(in: [body]).contains(argument)
    else { return false }
    let function = pool.declare(Symbol(call.function.text, .function, arity: 1))
    let meant = Definition(symbol: function, parameters: [variable], body: body)
    scope.names[call.function.text] = function
    refined.names[call.function.text] = function
    believed.names[call.function.text] = function
    scope.definitions.add(meant)
    refined.definitions.add(meant)
    believed.definitions.add(meant)
    var claim = MarkedClaim(
      range, left: nil, .equal, right: nil, goesOn: false, verdict: .proved)
    claim.left = formula(head, nil, in: &pool)
    claim.right = formula(value, nil, in: &pool)
    claim.because = [.text("a name for the function")]
    append(claim)
    return true
  }

  /// The name of a quantity of which the author mentions what it depends on: `ℓ(y, ŷ) = …`.
  mutating func withoutArguments(
    _ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) -> Syntax? {
    guard case .call(let call) = head.kind, call.primes == 0, !call.arguments.isEmpty,
      scope.names[call.function.text] == nil,
      BuiltInNames.function(named: call.function.text) == nil,
      call.arguments.allSatisfy({ argument in
        guard let name = argument.definedName, let symbol = scope.names[name.text] else {
          return false
        }
        return [.scalar, .array].contains(pool.kind(of: symbol))
      })
    else { return nil }
    let plain = Syntax(.name(call.function.text), call.function.range)
    if call.arguments.count == 1, knownName(for: plain, value, in: &pool) == nil { return nil }
    return plain
  }

  /// The problem's loss where an author defines one under another usual letter, of the same
  /// quantities: right or wrong, that is meant.
  mutating func lossUnderOtherName(
    _ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) -> Syntax? {
    guard case .name(let own) = head.kind, scope.names[own] == nil,
      let loss = lossName(in: pool), Self.areLettersOfOneLoss(own, loss),
      let symbol = section.scope.names[loss],
      let definition = section.scope.definitions[symbol]
    else { return nil }
    let wanted = Set(
      pool.symbolsOccurring(in: [definition.body]).filter {
        [.scalar, .array].contains(pool.kind(of: $0))
      })
    var found: Set<SymbolID> = []
    for name in value.names {
      guard let symbol = scope.names[name.text] else { continue }
      if [.scalar, .array].contains(pool.kind(of: symbol)) { found.insert(symbol) }
    }
    guard unknownNames([value]).isEmpty else { return nil }
    if found != wanted {
      // ℓ is l in another script; there it is enough that nothing else occurs.
      guard Self.scriptsOfOneLetter.contains([own, loss]), !found.isEmpty else { return nil }
      let opened = pool.opened(definition.body, section.scope.definitions)
      guard found.isSubset(of: wanted.union(pool.symbolsOccurring(in: [opened]))) else {
        return nil
      }
    }
    adopt(own, loss, .definition, in: &pool)
    return head.renaming([own: loss])
  }

  /// Letters that stand for the same kind of quantity: losses on one side, likelihoods on the other.
  private static let lettersOfLosses: [Set<String>] = [
    ["L", "J", "C", "E", "loss", "Loss", "cost", "Cost", "MSE", "CE", "BCE"], ["l", "ell"],
  ]

  /// Names that are one letter in two scripts.
  private static let scriptsOfOneLetter: Set<Set<String>> = [["l", "ell"]]

  static func areLettersOfOneLoss(_ one: String, _ other: String) -> Bool {
    lettersOfLosses.contains { $0.contains(one) && $0.contains(other) }
  }

  /// The problem's name for what an author defines under another one.
  mutating func knownName(
    for head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) -> String? {
    guard let own = head.definedName else { return nil }
    if value.isNameOrEntry { return nil }
    let slots: Int? = if case .indexed(_, let list) = head.kind { list.count } else { nil }
    for (name, symbol) in section.scope.names.sorted(by: { $0.key < $1.key }) {
      guard section.scope.definitions[symbol] != nil else { continue }
      let count = pool.declaration(of: symbol).ranges.count
      if let slots, slots != count { continue }
      let renamed = head.renaming([own.text: name])
      let found = attempt(renamed, value, when: [], in: scope, &pool)
      if found.isProved { return name }
    }
    return nil
  }

  /// Reads a letter of the author as a name of the problem from now on.
  mutating func adopt(
    _ written: String, _ meant: String, _ ground: MarkedSubmission.NameMatch.Ground,
    in pool: inout ExpressionPool
  ) {
    guard aliases[written] == nil else { return }
    var shown = Formula.name(Identifier(meant))
    if let symbol = scope.names[meant] {
      shown = builder.formula(ofName: symbol, in: &pool)
    } else if BuiltInNames.function(named: meant) == nil {
      return
    }
    aliases[written] = meant
    matches.append(
      MarkedSubmission.NameMatch(
        written: .name(Identifier(written)), meant: shown, ground: ground))
  }

  // MARK: Definitions

  /// A scope in which a name stands for a value; nil if it cannot.
  mutating func defining(
    _ head: Syntax, as value: Syntax, in outer: Scope, _ pool: inout ExpressionPool
  ) -> Scope? {
    guard let name = head.definedName else { return nil }
    var scope = outer
    let value = withSizes([value, value], in: scope, &pool)[0]
    let prepared = letters.prepare([value, head], in: scope, &pool)
    if prepared.conflict != nil { return nil }
    var lowering = Lowering(prepared.scope)
    var names = IndexNames()
    guard let written = try? lowering.quantity(prepared.expressions[0], naming: &names, in: &pool)
    else { return nil }
    var parameters: [SymbolID] = written.indices
    if case .indexed(_, let indices) = head.kind {
      guard written.indices.isEmpty else { return nil }
      for index in indices {
        guard case .name(let letter) = index.kind, let symbol = lowering.scope.names[letter],
          pool.kind(of: symbol) == .index, !parameters.contains(symbol)
        else { return nil }
        parameters.append(symbol)
      }
    }
    let free = pool.freeIndices(of: [written.entry])
    guard free.allSatisfy({ parameters.contains($0) || pool.kind(of: $0) == .label }) else {
      return nil
    }
    let ranges = parameters.compactMap { pool.declaration(of: $0).ranges.first }
    let symbol: SymbolID
    if let known = scope.names[name.text] {
      let declared = pool.declaration(of: known)
      let kinds: [SymbolKind] = [.scalar, .array]
      guard kinds.contains(declared.kind), declared.ranges.count == ranges.count else {
        return nil
      }
      if pool.leads(from: written.entry, to: known, scope.definitions) { return nil }
      symbol = known
    } else {
      symbol = pool.declare(
        ranges.isEmpty ? Symbol(name.text, .scalar) : Symbol(name.text, .array, ranges: ranges))
      scope.names[name.text] = symbol
    }
    scope.definitions.add(
      Definition(symbol: symbol, parameters: parameters, body: written.entry))
    return scope
  }

  /// Follows the author's own way of defining a name of the problem, once that is known to be right.
  mutating func refine(_ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool) {
    guard let name = head.definedName, !value.isClosed, let symbol = scope.names[name.text],
      scope.definitions[symbol] != nil, conditions.isEmpty,
      hypotheses(in: .full).isEmpty
    else { return }
    guard let own = defining(head, as: value, in: refined, &pool) else { return }
    refined = own
    refinedNames.insert(symbol)
    if let own = defining(head, as: value, in: believed, &pool) { believed = own }
  }

  /// `W = W − η ∂L/∂W` gives a name a new value and claims nothing.
  func isUpdate(_ head: Syntax, _ value: Syntax) -> Bool {
    guard let name = head.definedName, case .sum(let terms) = value.kind, terms.count > 1 else {
      return false
    }
    if let symbol = section.scope.names[name.text], scope.definitions[symbol] == nil,
      value.holdsDerivative, posed.isEmpty
    {
      return true
    }
    return terms.contains { $0.term.isWritten(like: head) && !$0.isNegative }
      && value.names.contains { $0.text == name.text }
      && value.holdsDerivative
  }

  /// `x = 1 − 0.1·(−2)` for an input that has another value gives it a new one; what goes on behind
  /// it is judged from there.
  mutating func takeNewValue(
    _ head: Syntax, _ value: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard value.isClosed, !value.isNumeral, let name = head.definedName,
      let symbol = section.scope.names[name.text], scope.definitions[symbol] == nil,
      section.valued.contains(where: { $0.values[symbol] != nil }),
      case .fails? = numeric(head, value, in: &pool)
    else { return false }
    var claim = MarkedClaim(
      range, left: formula(head, nil, in: &pool), .assigns, right: formula(value, nil, in: &pool),
      goesOn: false, verdict: .unrelated)
    claim.because = [.text("a new value")]
    append(claim)
    line?.head = value
    line?.last = value
    return true
  }
}

extension Judge {
  /// Whether a step depends on one of some names, itself or by way of definitions.
  func mentions(
    _ names: Set<SymbolID>, _ found: Attempt, _ scope: Scope, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard let forms = found.forms else { return true }
    var seen: Set<SymbolID> = []
    var open = pool.symbolsOccurring(in: [forms.leftEntry, forms.rightEntry])
    while let symbol = open.popLast() {
      if names.contains(symbol) { return true }
      guard seen.insert(symbol).inserted, let definition = scope.definitions[symbol] else {
        continue
      }
      open += pool.symbolsOccurring(in: [definition.body])
    }
    return false
  }
}

extension ExpressionPool {
  /// Whether an expression depends on a name, itself or by way of definitions.
  func leads(
    from root: Handle, to target: SymbolID, _ definitions: Definitions
  ) -> Bool {
    var seen: Set<SymbolID> = []
    var open = symbolsOccurring(in: [root])
    while let symbol = open.popLast() {
      if symbol == target { return true }
      guard seen.insert(symbol).inserted, let definition = definitions[symbol] else { continue }
      open += symbolsOccurring(in: [definition.body])
    }
    return false
  }
}

extension Syntax {
  /// The name on the left of a definition: `z`, `P[j]` with letters as indices.
  var definedName: NameSyntax? {
    switch kind {
    case .name(let text): return NameSyntax(text, range)
    case .indexed(let base, let indices):
      guard case .name(let text) = base.kind else { return nil }
      for index in indices { guard case .name = index.kind else { return nil } }
      return NameSyntax(text, base.range)
    default: return nil
    }
  }

  /// The letters in the slots of an entry.
  fileprivate var letters: [String] {
    guard case .indexed(_, let indices) = kind else { return [] }
    return indices.map { if case .name(let letter) = $0.kind { letter } else { "" } }
  }

  /// Whether it is a number as it is written, with or without a sign.
  fileprivate var isNumeral: Bool {
    switch kind {
    case .number: true
    case .negation(let inner): if case .number = inner.kind { true } else { false }
    default: false
    }
  }

  var holdsDerivative: Bool {
    if case .derivative = kind { return true }
    var found = false
    forEachPart { if !found { found = $0.holdsDerivative } }
    return found
  }
}
