import NablaExpressions
import NablaNotation
import NablaRendering

extension Task {
  /// The task with names for the parts that a long expression repeats, so that each is derived
  /// and printed once; nil where the expression is short or repeats nothing.
  ///
  /// The names are definitions like those of a problem file.
  package func namingParts(in pool: inout ExpressionPool) -> (task: Task, names: [Definition])? {
    guard case .derive(let subject, let variables, _) = kind, variables.count == 1,
      pool.treeSize(subject) > 60
    else { return nil }
    let shared = SharedParts(.all(atLeast: 5), saving: 8, limit: 60)
    var parts = shared.parts(of: [subject], in: &pool)
    if pool.treeSize(subject) > 20_000 { parts = shared.everyPart(of: [subject], in: &pool) }
    guard !parts.isEmpty, parts.count <= 200 else { return nil }
    var task = self
    var names: [Definition] = []
    var replaced: [Handle: Handle] = [:]
    for part in parts + [subject] {
      let name = task.scope.freeName(part == subject ? "f" : "u_1")
      let id = pool.declare(Symbol(name, .scalar))
      let body = pool.replacing(replaced, in: part)
      let definition = Definition(symbol: id, parameters: [], body: body)
      task.scope.names[name] = id
      task.scope.definitions.add(definition)
      names.append(definition)
      replaced[part] = pool.symbol(id)
    }
    let short = pool.replacing(replaced, in: subject)
    let written = pool.derivative(short, by: variables.map { $0.handle })
    task.kind = .derive(subject: short, by: variables, written: written)
    return (task, names)
  }
}

extension Scope {
  /// A name that nothing has yet: the one wanted, or the same with a higher number.
  fileprivate func freeName(_ wanted: String) -> String {
    if names[wanted] == nil { return wanted }
    let stem = wanted.prefix { $0 != "_" }
    var number = 1
    while names["\(stem)_\(number)"] != nil { number += 1 }
    return "\(stem)_\(number)"
  }
}

extension ExpressionPool {
  /// The expression with others put in the place of some closed parts.
  ///
  /// - Complexity: O(n) in the number of distinct nodes.
  fileprivate mutating func replacing(_ parts: [Handle: Handle], in root: Handle) -> Handle {
    if parts.isEmpty { return root }
    var results: [Handle: Handle] = [:]
    for node in nodesBelow([root]) {
      if let other = parts[node] {
        results[node] = other
        continue
      }
      let known = results
      results[node] = mapChildren(of: node) { _, child, _ in known[child] ?? child }
    }
    return results[root] ?? root
  }
}
