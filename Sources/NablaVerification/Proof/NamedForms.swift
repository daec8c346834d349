import NablaExpressions

/// The sides of an equation with as few definitions opened as a proof may need.
///
/// An identity that holds whatever the names in it stand for holds for what they do stand for.
struct NamedForms {
  private let context: ProofContext
  private(set) var left: Handle
  private(set) var right: Handle
  /// What was differentiated.
  private(set) var guards: [DifferentiatedBody]
  private var stages = 0
  /// Whether no name is left.
  private var isOpen = false

  /// How often names are opened before all of them are.
  private static let stageLimit = 6

  /// Nil if functions of unknown derivatives or unfinished derivatives are in the way.
  init?(
    _ left: Handle, _ right: Handle, guards: [DifferentiatedBody], _ context: ProofContext,
    _ pool: inout ExpressionPool
  ) {
    self.context = context
    self.left = left
    self.right = right
    self.guards = guards
    var functions = Definitions()
    for definition in context.definitions.all
    where pool.kind(of: definition.symbol) == .function {
      functions.add(definition)
    }
    if !functions.all.isEmpty { open(functions, &pool) }
    for side in [self.left, self.right] where pool.traits(side).contains(.derivative) { return nil }
  }

  /// The equation with fewer names than before; nil if no name is left or enough was tried.
  mutating func next(_ pool: inout ExpressionPool) -> ProofQuestion? {
    guard stages < Self.stageLimit, !isOpen else { return nil }
    // What other names rest on is opened after them, so that both sides keep the same names.
    if stages > 0 { open(subset(top(of: names(&pool), &pool)), &pool) }
    stages += 1
    for _ in 0...context.definitions.all.count {
      let (one, other) = (defined(left, &pool), defined(right, &pool))
      let single = names(&pool).filter { one.contains($0) != other.contains($0) }
      if single.isEmpty { break }
      let first = top(of: names(&pool), &pool).filter { single.contains($0) }
      // A name on one side only is met on the other once it, or what is made of it, is opened.
      let next = first.isEmpty ? meeting(single, among: names(&pool), &pool) : first
      if next.isEmpty { break }
      open(subset(next), &pool)
    }
    if defined(left, &pool).isEmpty, defined(right, &pool).isEmpty {
      isOpen = true
      // Without names, only conditions that are kept make a difference.
      let traits = pool.traits(left).union(pool.traits(right))
      if !traits.contains(.condition) { return nil }
    }
    return ProofQuestion(left, right, guards: guards, context)
  }

  private func defined(_ side: Handle, _ pool: inout ExpressionPool) -> [SymbolID] {
    pool.symbolsOccurring(in: [side]).filter { context.definitions[$0] != nil }
  }

  private func names(_ pool: inout ExpressionPool) -> [SymbolID] {
    let one = defined(left, &pool)
    return one + defined(right, &pool).filter { !one.contains($0) }
  }

  /// Those names on which none of the others rests.
  private func top(of names: [SymbolID], _ pool: inout ExpressionPool) -> [SymbolID] {
    var below: Set<SymbolID> = []
    for name in names where !below.contains(name) {
      below.formUnion(reached(from: name, &pool))
    }
    return names.filter { !below.contains($0) }
  }

  /// What to open so that some names are no longer on one side only: those of them that are made of
  /// other names in question, or else the names that are made of them.
  private func meeting(
    _ single: [SymbolID], among names: [SymbolID], _ pool: inout ExpressionPool
  ) -> [SymbolID] {
    let made = single.filter { isMade($0, ofAny: names, &pool) }
    return made.isEmpty ? names.filter { isMade($0, ofAny: single, &pool) } : made
  }

  private func isMade(
    _ name: SymbolID, ofAny parts: [SymbolID], _ pool: inout ExpressionPool
  ) -> Bool {
    guard let body = context.definitions[name]?.body else { return false }
    return pool.symbolsOccurring(in: [body]).contains { parts.contains($0) }
  }

  private func subset(_ symbols: [SymbolID]) -> Definitions {
    var definitions = Definitions()
    for symbol in symbols {
      if let definition = context.definitions[symbol] { definitions.add(definition) }
    }
    return definitions
  }

  /// The names on which a name depends.
  private func reached(from symbol: SymbolID, _ pool: inout ExpressionPool) -> Set<SymbolID> {
    var found: Set<SymbolID> = []
    var open = [symbol]
    while let next = open.popLast() {
      guard let body = context.definitions[next]?.body else { continue }
      for inner in pool.symbolsOccurring(in: [body]) where found.insert(inner).inserted {
        open.append(inner)
      }
    }
    return found
  }

  private mutating func open(_ definitions: Definitions, _ pool: inout ExpressionPool) {
    let conditions = context.conditions
    left = pool.narrowed(pool.opened(left, definitions), to: conditions)
    right = pool.narrowed(pool.opened(right, definitions), to: conditions)
    for place in guards.indices {
      guards[place].body = pool.opened(guards[place].body, definitions)
    }
  }
}

extension ExpressionPool {
  /// An expression under conditions on free indices such as i = j or i ≠ j.
  mutating func narrowed(_ root: Handle, to conditions: [Handle]) -> Handle {
    var result = root
    for condition in conditions {
      guard case .relation(let order, let list) = self[condition], count(list) == 2 else {
        continue
      }
      let (one, other) = (operand(list, 0), operand(list, 1))
      var substitution = Substitution()
      switch order {
      case .equal:
        guard case .symbol(let id) = self[one], kind(of: id) == .index else { continue }
        substitution.symbols[id] = other
      case .notEqual:
        for (a, b) in [(one, other), (other, one)] {
          substitution.nodes[writtenDelta(a, b)] = zero
          substitution.nodes[indicator(of: relation(.equal, a, b))] = zero
          substitution.nodes[indicator(of: relation(.notEqual, a, b))] = self.one
        }
      default: continue
      }
      result = substitute(substitution, in: result)
    }
    return result
  }
}
