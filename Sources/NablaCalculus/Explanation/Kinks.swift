import NablaExpressions
import NablaRewriting

extension ExpressionPool {
  /// The places at which the engine's derivative of an expression leaves something out.
  ///
  /// Names are followed through their definitions; what the author stated of a function counts.
  package mutating func kinks(
    in root: Handle, by variables: [Handle], _ context: DifferentiationContext
  ) -> [Kink] {
    var heads: [SymbolID] = []
    for variable in variables {
      switch self[variable] {
      case .symbol(let id), .entry(let id, _): heads.append(id)
      default: break
      }
    }
    var found: [Kink] = []
    var seen: Set<Handle> = []
    var pending = [opened(root, context.definitions.without(Set(heads)))]
    while let part = pending.popLast() {
      for node in nodesBelow([part]) where looseLevels(node) == 0 && seen.insert(node).inserted {
        if let binder = open(node) { pending.append(binder.body) }
        guard let kink = kink(at: node, heads, context), !found.contains(kink) else { continue }
        found.append(kink)
      }
    }
    return found
  }

  private mutating func kink(
    at node: Handle, _ heads: [SymbolID], _ context: DifferentiationContext
  ) -> Kink? {
    func moves(_ part: Handle, _ pool: inout ExpressionPool) -> Bool {
      heads.contains { pool.occurs($0, in: part) }
    }
    switch self[node] {
    case .function(let function, let argument):
      guard function.hasKink, context.conventions[function] == nil, moves(argument, &self) else {
        return nil
      }
      return Kink(.function(function), argument)
    case .maximum(let list), .minimum(let list):
      guard moves(node, &self), withoutRepetitions(operands(list)).count > 1 else { return nil }
      return Kink(.extremum, node)
    case .indicator(let condition): return moves(condition, &self) ? Kink(.cases, node) : nil
    case .piecewise(let list):
      let parts = operands(list)
      for place in stride(from: 0, to: parts.count - 1, by: 2) where moves(parts[place], &self) {
        return Kink(.cases, node)
      }
      return nil
    default: return nil
    }
  }
}
