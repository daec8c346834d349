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

  /// The scalars that each quantity is differentiated by in the goals, where they are several.
  func gradientColumns(in pool: borrowing ExpressionPool) -> [String: [String]] {
    var found: [String: [String]] = [:]
    var others: Set<String> = []
    for goal in goals {
      guard case .derivative(let body, let list) = pool[goal.written],
        case .symbol(let subject) = pool[body], pool.count(list) > 0
      else { continue }
      let name = pool.declaration(of: subject).name
      for variable in pool.operands(list) {
        guard case .symbol(let symbol) = pool[variable], pool.kind(of: symbol) == .scalar else {
          others.insert(name)
          continue
        }
        let own = pool.declaration(of: symbol).name
        if found[name]?.contains(own) != true { found[name, default: []].append(own) }
      }
    }
    return found.filter { $0.value.count > 1 && !others.contains($0.key) }
  }

  /// The variable of the problem's functions, if all have the same one.
  func usualVariable(in pool: borrowing ExpressionPool) -> String? {
    var found: Set<String> = []
    for definition in scope.definitions.all
    where pool.kind(of: definition.symbol) == .function && definition.parameters.count == 1 {
      found.insert(pool.declaration(of: definition.parameters[0]).name)
    }
    guard found.count == 1, let name = found.first, let symbol = scope.names[name],
      pool.kind(of: symbol) == .scalar
    else { return nil }
    return name
  }
}
