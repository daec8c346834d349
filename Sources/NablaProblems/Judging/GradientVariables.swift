import NablaExpressions
import NablaNotation

extension JudgedSection {
  /// What each quantity is differentiated by in the goals, where it is by one whole array.
  func gradientVariables(in pool: borrowing ExpressionPool) -> [String: String] {
    var found: [String: Set<String>] = [:]
    for goal in goals {
      guard case .derivative(let body, let list) = pool[goal.written],
        case .symbol(let subject) = pool[body], pool.count(list) > 0
      else { continue }
      for variable in pool.operands(list) {
        guard case .entry(let symbol, _) = pool[variable] else { continue }
        found[pool.declaration(of: subject).name, default: []].insert(
          pool.declaration(of: symbol).name)
      }
    }
    return found.compactMapValues { $0.count == 1 ? $0.first : nil }
  }
}
