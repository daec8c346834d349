import NablaCalculus
import NablaExpressions
import NablaNumbers

/// An equation with its definitions opened and its derivatives carried out.
struct ProofQuestion {
  let context: ProofContext
  private(set) var left: Handle
  private(set) var right: Handle
  /// What was differentiated; the equation is meant only where it is smooth.
  private(set) var guards: [DifferentiatedBody] = []
  /// What was differentiated below sums, with what stands around it: only for points.
  private(set) var guardsOfPoints: [DifferentiatedBody] = []
  /// Whether something was differentiated whose kinks no guard of all points watches.
  private(set) var isUnguarded = false
  /// Whether no guard watches them at a single point either.
  private(set) var isUnguardedAtPoints = false
  /// The same with names left closed, where that can be had.
  private(set) var named: NamedForms?

  /// An equation whose derivatives have been carried out.
  init(_ left: Handle, _ right: Handle, guards: [DifferentiatedBody], _ context: ProofContext) {
    self.context = context
    self.left = left
    self.right = right
    self.guards = guards
  }

  init(
    _ left: Handle, _ right: Handle, _ context: ProofContext, _ pool: inout ExpressionPool
  ) {
    self.context = context
    self.left = left
    self.right = right
    let traits = pool.traits(left).union(pool.traits(right))
    let hasNames = !context.definitions.all.isEmpty
    if !hasNames, traits.isDisjoint(with: [.derivative, .condition]) {
      self.left = pool.narrowed(left, to: context.conditions)
      self.right = pool.narrowed(right, to: context.conditions)
      return
    }
    pool.keepOpenedForms(by: context.definitions)
    var differentiation = DifferentiationContext(definitions: context.definitions)
    differentiation.conventions = context.conventions
    var closed: [DifferentiatedBody] = []
    for side in [left, right] {
      let opened = pool.opened(side, context.definitions)
      var bodies = Substitution()
      for node in pool.nodesBelow([opened, side]) {
        guard case .derivative(let body, let list) = pool[node] else { continue }
        if pool.isInterrupted { return }
        // Bound indices would be caught by the sums of a definition.
        if pool.looseLevels(body) == 0 {
          let inner = pool.opened(body, context.definitions)
          let variables = pool.symbols(
            below: pool.operands(list), openedBy: context.definitions)
          guards.append(
            DifferentiatedBody(
              body: pool.opened(
                pool.differentiated(inner, differentiation), context.definitions),
              variables: variables))
          closed.append(
            DifferentiatedBody(
              body: pool.differentiated(body, differentiation), variables: variables))
        } else if Self.mayHaveEdges(body, context.definitions, &pool) {
          isUnguarded = true
          bodies.nodes[node] = body
        }
      }
      if !bodies.isEmpty {
        // The sums around stay, so that each term is met with its own indices.
        let whole = pool.substitute(bodies, in: opened)
        guardsOfPoints.append(
          DifferentiatedBody(
            body: pool.opened(pool.differentiated(whole, differentiation), context.definitions),
            variables: []))
      }
    }
    if hasNames || traits.contains(.condition) {
      named = NamedForms(
        pool.narrowed(pool.differentiated(left, differentiation), to: context.conditions),
        pool.narrowed(pool.differentiated(right, differentiation), to: context.conditions),
        guards: closed, context, &pool)
    }
    // Definitions may hold derivatives of their own.
    for _ in 0..<3 where !pool.isInterrupted {
      self.left = pool.opened(
        pool.differentiated(self.left, differentiation), context.definitions)
      self.right = pool.opened(
        pool.differentiated(self.right, differentiation), context.definitions)
      if !pool.traits(self.left).union(pool.traits(self.right)).contains(.derivative) { break }
    }
    if pool.traits(self.left).contains(.derivative) || pool.traits(self.right).contains(.derivative)
    {
      isUnguarded = true
      isUnguardedAtPoints = true
    }
    self.left = pool.narrowed(self.left, to: context.conditions)
    self.right = pool.narrowed(self.right, to: context.conditions)
  }

  /// Whether a function may fail to be smooth inside or at the edge of its domain.
  private static func mayHaveEdges(
    _ root: Handle, _ definitions: Definitions, _ pool: inout ExpressionPool
  ) -> Bool {
    var roots = [root]
    for symbol in pool.symbols(below: roots, openedBy: definitions).sorted() {
      let base = pool.declaration(of: symbol).derivative?.function ?? symbol
      if let body = definitions[base]?.body { roots.append(body) }
    }
    for node in pool.nodesBelow(roots) {
      switch pool[node] {
      case .root(let radicand, _) where pool.isMadeOfSizes(radicand): break
      case .function(.sqrt, let radicand) where pool.isMadeOfSizes(radicand): break
      case .function(let function, _):
        switch function {
        case .abs, .relu, .sign, .step, .sqrt, .asin, .acos, .asec, .acsc, .acosh, .asech:
          return true
        default: break
        }
      case .root, .maximum, .minimum, .piecewise, .indicator, .relation: return true
      case .power(_, let exponent): if pool.rational(exponent)?.isInteger != true { return true }
      default: break
      }
    }
    return false
  }
}

extension ExpressionPool {
  /// Whether an expression holds nothing but numbers and dimensions, of which it is no function
  /// that could be differentiated.
  fileprivate mutating func isMadeOfSizes(_ handle: Handle) -> Bool {
    symbolsOccurring(in: [handle]).allSatisfy { kind(of: $0) == .dimension }
  }
}

extension ExpressionPool {
  /// The names in some expressions, and in the definitions of these names, and so on.
  func symbols(below roots: [Handle], openedBy definitions: Definitions) -> Set<SymbolID> {
    var open = symbolsOccurring(in: roots)
    var found = Set(open)
    while let symbol = open.popLast() {
      let base = declaration(of: symbol).derivative?.function ?? symbol
      guard let body = definitions[base]?.body else { continue }
      for inner in symbolsOccurring(in: [body]) where found.insert(inner).inserted {
        open.append(inner)
      }
    }
    return found
  }
}
