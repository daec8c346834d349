import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Takes `θ(v) = 1[v > 0]` with an unknown θ as the definition of a function of the author's own.
  mutating func introduceOwnFunction(
    _ open: OpenLine, _ value: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard conditions.isEmpty, let call = ownCall(open, in: pool), case .call(let parts) = call.kind
    else {
      return false
    }
    let name = parts.function.text
    var inner = scope
    var parameters: [SymbolID] = []
    for argument in parts.arguments {
      // `H(p) = 1` is a value of H rather than what it is.
      guard case .name(let text) = argument.kind, value.names.contains(where: { $0.text == text })
      else { return false }
      let parameter = pool.declare(Symbol(text, .scalar))
      inner.names[text] = parameter
      parameters.append(parameter)
    }
    let prepared = letters.prepare([value], in: inner, &pool)
    var lowering = Lowering(prepared.scope)
    guard prepared.conflict == nil,
      let body = try? lowering.expression(prepared.expressions[0], in: &pool),
      pool.freeIndices(of: [body]).isEmpty
    else { return false }
    let function = pool.declare(Symbol(name, .function, arity: parameters.count))
    let definition = Definition(symbol: function, parameters: parameters, body: body)
    scope.names[name] = function
    refined.names[name] = function
    believed.names[name] = function
    scope.definitions.add(definition)
    refined.definitions.add(definition)
    believed.definitions.add(definition)
    prepareBuilder(pool)
    var claim = MarkedClaim(
      range, left: nil, .defines, right: nil, goesOn: false, verdict: .proved)
    claim.left = formula(call, nil, in: &pool)
    claim.right = formula(value, nil, in: &pool)
    claim.because = [.text("a function of the author's own")]
    line?.head = call
    line?.last = value
    append(claim)
    return true
  }

  /// The head of a line as a function that nothing is known of at letters of its own.
  private func ownCall(_ open: OpenLine, in pool: borrowing ExpressionPool) -> Syntax? {
    let loose = open.lastMember.kind.filter { $0.reason == .application }.map { $0.syntax }
    for candidate in [open.head] + loose {
      guard case .call(let call) = candidate.kind, call.primes == 0,
        (1...4).contains(call.arguments.count), scope.names[call.function.text] == nil,
        BuiltInNames.function(named: call.function.text) == nil
      else { continue }
      var seen: Set<String> = []
      let areLetters = call.arguments.allSatisfy { argument in
        guard case .name(let name) = argument.kind, seen.insert(name).inserted else { return false }
        return scope.names[name].map { pool.kind(of: $0) == .scalar } ?? true
      }
      if areLetters { return candidate }
    }
    return nil
  }

  /// Reads a letter before brackets as the author's own function, if it is one.
  mutating func applyOwnFunctions(
    _ member: inout RelationChain.Member, in pool: borrowing ExpressionPool
  ) {
    guard case .expression(let syntax) = member.content,
      let place = member.kind.firstIndex(where: { $0.reason == .application })
    else { return }
    let isOwn = syntax.names.contains { name in
      guard let symbol = scope.names[name.text], section.scope.names[name.text] == nil else {
        return false
      }
      return pool.kind(of: symbol) == .function
    }
    guard isOwn else { return }
    member.content = .expression(member.kind[place].syntax)
    member.kind.remove(at: place)
  }

  /// Takes δ_j of an author who calls a scalar δ as well for another name.
  mutating func splitName(
    _ head: Syntax, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard case .indexed(let base, _) = head.kind, case .name(let name) = base.kind,
      head.definedName != nil, twins[name] == nil, section.scope.names[name] == nil,
      let symbol = scope.names[name], pool.kind(of: symbol) == .scalar,
      scope.names[name + "s"] == nil
    else { return false }
    twins[name] = name + "s"
    return true
  }
}
