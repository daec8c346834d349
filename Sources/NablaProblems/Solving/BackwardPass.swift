import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting
import NablaVerification

/// Backpropagation as a recursion: named error signals, and each unknown's gradient from them.
package struct BackwardPass: Sendable {
  /// An error signal δ = ∂L/∂s with its definition by the signals before it.
  package struct Signal: Sendable {
    /// The signal, with the indices of the quantity if it has any.
    package let name: Handle
    package let quantity: Handle
    package let value: Handle
    /// The indices of the quantity, in the order of its slots.
    package let indices: [SymbolID]
    /// The value as a whole, where a matrix form was found.
    package var form: MatrixForm?
  }

  /// A gradient written with error signals.
  package struct Gradient: Sendable {
    package let unknown: Handle
    package let value: Handle
    package let indices: [SymbolID]
    package var form: MatrixForm?
  }

  package var signals: [Signal] = []
  package var gradients: [Gradient] = []
  /// The gradients against dual numbers and differences, the signals opened.
  package var checks: [CheckReport] = []
  /// What the prover made of all equations.
  package var proof = EquationRecord()

  /// The error signals as definitions, so that gradients can be evaluated.
  func definitions(in pool: borrowing ExpressionPool) -> Definitions {
    var definitions = Definitions()
    for signal in signals {
      guard let id = pool.headSymbol(of: signal.name) else { continue }
      definitions.add(Definition(symbol: id, parameters: signal.indices, body: signal.value))
    }
    return definitions
  }
}

extension Solver {
  /// The δ recursion; nil where the subject is not a defined scalar.
  ///
  /// A signal is named for each quantity into which an unknown enters directly.
  package func backwardPass(
    of subject: Handle, by unknowns: [Handle], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> BackwardPass? {
    guard case .symbol(let root) = pool[subject], let top = scope.definitions[root],
      top.parameters.isEmpty
    else { return nil }
    var order: [SymbolID] = []
    var seen: Set<SymbolID> = []
    topologicalOrder(root, scope.definitions, &seen, &order, &pool)
    var sweep = BackwardSweep(deriver: deriver(scope, &pool))
    for unknown in unknowns {
      switch pool[unknown] {
      case .symbol(let id): sweep.nodes[id] = BackwardSweep.Node(handle: unknown, indices: [])
      case .entry(let id, let list):
        var indices: [SymbolID] = []
        for index in pool.operands(list) {
          guard case .symbol(let name) = pool[index] else { return nil }
          indices.append(name)
        }
        sweep.nodes[id] = BackwardSweep.Node(handle: unknown, indices: indices)
      default: return nil
      }
    }
    let learnt = Set(sweep.nodes.keys)
    sweep.adjoints[root] = [pool.one]
    var pass = BackwardPass()
    for symbol in order.reversed() {
      guard let definition = scope.definitions[symbol],
        var adjoint = sweep.adjoint(of: symbol, in: &pool)
      else { continue }
      let node = sweep.node(of: definition, in: &pool)
      let inner = pool.symbolsMentioned(in: definition.body, scope.definitions)
      if symbol != root, inner.contains(where: { learnt.contains($0) }) {
        let id = pool.declare(signalSymbol(for: symbol, pool))
        var signal = BackwardPass.Signal(
          name: pool.component(id, node.indices), quantity: node.handle, value: adjoint,
          indices: node.indices)
        signal.form = lifted(adjoint, node.indices, &pool)
        pass.signals.append(signal)
        adjoint = signal.name
      }
      for lower in inner where scope.definitions[lower] != nil || learnt.contains(lower) {
        if pool.kind(of: lower) == .function { continue }
        let lowerNode =
          scope.definitions[lower].map { sweep.node(of: $0, in: &pool) } ?? sweep.nodes[lower]
        guard let lowerNode else { continue }
        sweep.propagate(adjoint, from: node, to: lowerNode, lower, in: &pool)
      }
    }
    for unknown in unknowns {
      guard let symbol = pool.headSymbol(of: unknown), let node = sweep.nodes[symbol] else {
        continue
      }
      let value = sweep.adjoint(of: symbol, in: &pool) ?? pool.zero
      var gradient = BackwardPass.Gradient(unknown: unknown, value: value, indices: node.indices)
      gradient.form = lifted(value, node.indices, &pool)
      pass.gradients.append(gradient)
    }
    return pass
  }

  /// Holds each gradient, its signals opened, against independent values of the derivative.
  mutating func checkBackwardPass(
    of subject: Handle, _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    guard let pass = solved.backward else { return }
    let definitions = pass.definitions(in: pool)
    var claims: [Claim] = []
    for gradient in pass.gradients {
      let value = pool.opened(gradient.value, definitions)
      claims.append(.derivative(of: subject, by: [gradient.unknown], is: value))
    }
    let context = checkContext(solved.task.scope, &pool)
    let reports = CrossCheck.run(claims, context, &checked, &pool)
    solved.backward?.checks = reports
    for report in reports {
      if case .failed = report.verdict { solved.verdict = .failed }
    }
    guard options.proves else { return }
    let record = prove(pass, of: subject, solved.task.scope, &pool)
    if record.refuted != nil { solved.verdict = .failed }
    solved.backward?.proof = record
  }

  private func signalSymbol(
    for symbol: SymbolID, _ pool: borrowing ExpressionPool
  ) -> Symbol {
    let declaration = pool.declaration(of: symbol)
    return Symbol("delta_" + declaration.name, declaration.kind, ranges: declaration.ranges)
  }

  /// The definitions below a quantity, operands first.
  func topologicalOrder(
    _ symbol: SymbolID, _ definitions: Definitions, _ seen: inout Set<SymbolID>,
    _ order: inout [SymbolID], _ pool: inout ExpressionPool
  ) {
    guard seen.insert(symbol).inserted, let definition = definitions[symbol] else { return }
    for inner in pool.symbolsMentioned(in: definition.body, definitions)
    where pool.kind(of: inner) != .function {
      topologicalOrder(inner, definitions, &seen, &order, &pool)
    }
    order.append(symbol)
  }
}

/// Adjoints on their way from the loss to the unknowns.
private struct BackwardSweep {
  /// A quantity with names for its indices.
  struct Node {
    let handle: Handle
    let indices: [SymbolID]
  }

  var deriver: Deriver
  var nodes: [SymbolID: Node] = [:]
  /// What each quantity has received, by the names of its indices.
  var adjoints: [SymbolID: [Handle]] = [:]

  init(deriver: Deriver) { self.deriver = deriver }

  mutating func node(of definition: Definition, in pool: inout ExpressionPool) -> Node {
    if let known = nodes[definition.symbol] { return known }
    let node = Node(
      handle: pool.component(definition.symbol, definition.parameters),
      indices: definition.parameters)
    nodes[definition.symbol] = node
    return node
  }

  /// The sum of what a quantity has received; nil if that is nothing.
  func adjoint(of symbol: SymbolID, in pool: inout ExpressionPool) -> Handle? {
    guard let parts = adjoints[symbol] else { return nil }
    if parts.count == 1 { return parts[0] }
    let sum = pool.lightSum(parts)
    guard nodes[symbol]?.indices.isEmpty == false else { return sum }
    return pool.arranged(deriver.simplifier.simplify(sum, in: &pool).result)
  }

  /// v̄[q] += Σ_p ū[p] · ∂u[p]/∂v[q].
  mutating func propagate(
    _ adjoint: Handle, from upper: Node, to lower: Node, _ symbol: SymbolID,
    in pool: inout ExpressionPool
  ) {
    var renaming = Substitution()
    var indices: [SymbolID] = []
    var ranges: [IndexRange] = []
    for index in upper.indices {
      guard let range = pool.firstRange(of: index) else { return }
      let letter = pool.isFresh(index) ? pool.preferredName(of: index) : pool.name(of: index)
      let fresh = pool.freshIndex(over: range, preferring: letter)
      renaming.symbols[index] = pool.symbol(fresh)
      indices.append(fresh)
      ranges.append(range)
    }
    let above = pool.substitute(renaming, in: upper.handle)
    let slope = deriver.localSlope(of: above, by: lower.handle, in: &pool)
    if slope == pool.zero { return }
    var contribution = pool.substituted([pool.substitute(renaming, in: adjoint), slope])
    if !indices.isEmpty || !lower.indices.isEmpty {
      if !indices.isEmpty {
        contribution = pool.closeSum(contribution, over: indices, ranges: ranges)
      }
      contribution = deriver.simplifier.simplify(contribution, in: &pool).result
      contribution = pool.arranged(contribution)
    } else {
      // Of scalars the factors are shown as they come, unless most of them cancel.
      let short = pool.arranged(deriver.simplifier.simplify(contribution, in: &pool).result)
      if pool.treeSize(short) * 2 < pool.treeSize(contribution) { contribution = short }
    }
    adjoints[symbol, default: []].append(contribution)
  }
}

extension ExpressionPool {
  /// A scalar, or a component with index names.
  mutating func component(_ symbol: SymbolID, _ indices: [SymbolID]) -> Handle {
    if indices.isEmpty { return self.symbol(symbol) }
    var handles: [Handle] = []
    for index in indices { handles.append(self.symbol(index)) }
    return entry(symbol, handles)
  }

  /// The symbol of a scalar or component.
  func headSymbol(of handle: Handle) -> SymbolID? {
    switch self[handle] {
    case .symbol(let id), .entry(let id, _): id
    default: nil
    }
  }
}
