import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting

/// Backpropagation as a recursion: named error signals, and each unknown's gradient from them.
package struct BackwardPass: Sendable {
  /// An error signal δ = ∂L/∂s with its definition by the signals before it.
  package struct Signal: Sendable {
    package let name: Handle
    package let quantity: Handle
    package let value: Handle
  }

  /// A gradient written with error signals.
  package struct Gradient: Sendable {
    package let unknown: Handle
    package let value: Handle
  }

  package var signals: [Signal] = []
  package var gradients: [Gradient] = []
}

extension Solver {
  /// The δ recursion over scalar quantities; nil where a quantity on the way has indices.
  ///
  /// A signal is named for each quantity into which an unknown enters directly.
  func backwardPass(
    of subject: Handle, by unknowns: [Handle], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> BackwardPass? {
    guard case .symbol(let root) = pool[subject] else { return nil }
    var order: [SymbolID] = []
    var seen: Set<SymbolID> = []
    guard topologicalOrder(root, scope.definitions, &seen, &order, &pool) else { return nil }
    var unknownSymbols: Set<SymbolID> = []
    for unknown in unknowns {
      guard case .symbol(let id) = pool[unknown] else { return nil }
      unknownSymbols.insert(id)
    }
    var deriver = deriver(scope, &pool)
    var adjoints: [SymbolID: [Handle]] = [root: [pool.one]]
    var pass = BackwardPass()
    for symbol in order.reversed() {
      guard let definition = scope.definitions[symbol], let parts = adjoints[symbol] else {
        continue
      }
      var adjoint = settle(parts, deriver.simplifier, &pool)
      let inner = pool.symbolsMentioned(in: definition.body, scope.definitions)
      let quantity = pool.symbol(symbol)
      if symbol != root, inner.contains(where: { unknownSymbols.contains($0) }) {
        let signal = pool.symbol(pool.declare(signalSymbol(for: symbol, scope, pool)))
        pass.signals.append(
          BackwardPass.Signal(name: signal, quantity: quantity, value: adjoint))
        adjoint = signal
      }
      for lower in inner
      where scope.definitions[lower] != nil || unknownSymbols.contains(lower) {
        if pool.kind(of: lower) == .function { continue }
        let slope = deriver.localSlope(of: quantity, by: pool.symbol(lower), in: &pool)
        if slope == pool.zero { continue }
        adjoints[lower, default: []].append(pool.substituted([adjoint, slope]))
      }
    }
    for unknown in unknowns {
      guard case .symbol(let id) = pool[unknown] else { continue }
      let value = adjoints[id].map { settle($0, deriver.simplifier, &pool) } ?? pool.zero
      pass.gradients.append(BackwardPass.Gradient(unknown: unknown, value: value))
    }
    return pass
  }

  private func settle(
    _ parts: [Handle], _ simplifier: Simplifier, _ pool: inout ExpressionPool
  ) -> Handle {
    parts.count == 1 ? parts[0] : pool.lightSum(parts)
  }

  private func signalSymbol(
    for symbol: SymbolID, _ scope: Scope, _ pool: borrowing ExpressionPool
  ) -> Symbol {
    let name = "delta_" + pool.declaration(of: symbol).name
    return Symbol(name, .scalar)
  }

  /// Scalar definitions below a quantity, operands first; false if one has indices.
  private func topologicalOrder(
    _ symbol: SymbolID, _ definitions: Definitions, _ seen: inout Set<SymbolID>,
    _ order: inout [SymbolID], _ pool: inout ExpressionPool
  ) -> Bool {
    guard seen.insert(symbol).inserted, let definition = definitions[symbol] else { return true }
    guard definition.parameters.isEmpty else { return false }
    for inner in pool.symbolsMentioned(in: definition.body, definitions)
    where pool.kind(of: inner) != .function {
      if !topologicalOrder(inner, definitions, &seen, &order, &pool) { return false }
    }
    order.append(symbol)
    return true
  }
}
