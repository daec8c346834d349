import NablaExpressions

extension ScopeReader {
  /// Definitions build on one another at most this deep.
  private static var deepestDefinitions: Int { 1000 }

  /// Takes out definitions that stand for themselves, directly or by way of others.
  ///
  /// - Complexity: linear in the number of names met in the definitions.
  mutating func rejectCircles(in pool: borrowing ExpressionPool) {
    var numbers: [SymbolID: Int] = [:]
    for (number, pending) in definitions.enumerated() { numbers[pending.symbol] = number }
    /// 0 for a definition not yet visited, −1 for one on the way, else how deep it builds.
    var heights = [Int](repeating: 0, count: definitions.count)
    var rejected: Set<SymbolID> = []
    for start in definitions.indices where heights[start] == 0 {
      var path = [(number: start, next: 0, height: 0)]
      heights[start] = -1
      while let top = path.last {
        let references = definitions[top.number].references
        guard top.next < references.count else {
          path.removeLast()
          let height = top.height + 1
          heights[top.number] = height
          if height > Self.deepestDefinitions,
            rejected.insert(definitions[top.number].symbol).inserted
          {
            report(tooDeep(top.number), definitions[top.number].place)
          }
          if let last = path.indices.last { path[last].height = max(path[last].height, height) }
          continue
        }
        path[path.count - 1].next += 1
        guard let number = numbers[references[top.next]] else { continue }
        if heights[number] == 0 {
          heights[number] = -1
          path.append((number, 0, 0))
        } else if heights[number] > 0 {
          path[path.count - 1].height = max(path[path.count - 1].height, heights[number])
        } else if let entry = path.firstIndex(where: { $0.number == number }) {
          let circle = path[entry...].map { $0.number }
          let isNew = circle.allSatisfy { !rejected.contains(definitions[$0].symbol) }
          for number in circle { rejected.insert(definitions[number].symbol) }
          if isNew { report(circle) }
        }
      }
    }
    guard !rejected.isEmpty else { return }
    lowering.scope.definitions = lowering.scope.definitions.without(rejected)
    for pending in definitions where rejected.contains(pending.symbol) {
      facts[pending.place] = nil
    }
  }

  private func tooDeep(_ number: Int) -> Diagnostic {
    Diagnostic(
      "definitions-too-deep",
      "definitions build on one another deeper than the limit of \(Self.deepestDefinitions)",
      at: definitions[number].syntax.name.range)
  }

  /// Names the circle from its first definition in the text.
  private mutating func report(_ circle: [Int]) {
    guard let first = circle.min(), let start = circle.firstIndex(of: first) else { return }
    var names = (circle[start...] + circle[..<start]).map {
      DisplayText.escaped(definitions[$0].syntax.name.text)
    }
    if names.count > 10 { names = Array(names.prefix(9)) + ["…"] }
    let name = definitions[first].syntax.name
    report(
      Diagnostic(
        "circular-definition",
        "the definition of \(DisplayText.quoted(name.text)) goes round in a circle: "
          + names.joined(separator: " → ") + " → " + names[0],
        at: name.range),
      definitions[first].place)
  }
}
