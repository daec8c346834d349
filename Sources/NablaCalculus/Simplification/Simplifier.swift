import NablaExpressions
import NablaRewriting

/// One change made in simplifying.
package struct SimplificationStep: Sendable {
  /// The rule's name, as in the tables.
  package let rule: String
  /// The canonical expression afterwards.
  package let result: Handle
  /// The names folded, by symbol, in `fold` steps.
  package var names: [SymbolID] = []
  /// The places of the assumptions used, in `assumption` steps.
  package var assumptions: [Int] = []
}

/// A search over a few reversible moves for the form with the least cost to a reader.
///
/// The result is never costlier than the canonical form of the input; the search is deterministic
/// and, because it runs until nothing gets shorter, idempotent.
/// Source of the idea: Moses, "Algebraic simplification", CACM 14 (1971).
package struct Simplifier: Sendable {
  package var definitions: [FoldableDefinition] = []
  package var assumptions: [FoldableDefinition] = []
  private let algebra: AlgebraTable
  /// Expressions with more nodes than this are only collected and folded.
  private static let searchLimit = 1500
  /// Deeper expressions are only brought into canonical form; the moves go down by recursion.
  private static let depthLimit = 400

  package init(algebra: AlgebraTable = .standard) {
    self.algebra = algebra
  }

  enum Move: Int, CaseIterable {
    case rules, fold, assume, factor, expand, distribute, combine, unitFraction
  }

  private static let roads: [[Move]] = [
    [.rules, .fold, .assume, .factor, .rules],
    [.assume, .expand, .rules, .fold, .assume, .factor],
    [.fold, .expand, .fold, .assume, .factor],
    [.combine, .rules, .fold, .assume, .factor],
    [.fold, .combine, .rules, .fold, .assume, .factor],
    [.distribute, .fold, .assume, .factor],
    [.unitFraction, .fold, .expand, .fold, .factor],
    [.factor, .combine, .expand, .rules, .fold, .factor],
  ]

  /// The shortest form found, canonical, with the moves that led there.
  package func simplify(
    _ root: Handle, in pool: inout ExpressionPool
  ) -> (result: Handle, steps: [SimplificationStep]) {
    var current = pool.canonical(root)
    var steps: [SimplificationStep] = []
    var moves = MoveMemo()
    if pool.depth(current) > Simplifier.depthLimit { return (current, []) }
    let isLarge = pool.treeSize(current) > Simplifier.searchLimit
    for _ in 0..<4 {
      var best = current
      var bestCost = pool.cost(current)
      var bestSteps: [SimplificationStep] = []
      for road in isLarge ? Array(Simplifier.roads.prefix(1)) : Simplifier.roads {
        var end = current
        var taken: [SimplificationStep] = []
        for move in road { end = make(move, end, &taken, &moves, &pool) }
        if taken.isEmpty { continue }
        let cost = pool.cost(end)
        if cost < bestCost {
          best = end
          bestCost = cost
          bestSteps = taken
        }
      }
      if best == current { break }
      current = best
      steps += bestSteps
    }
    return (current, steps)
  }

  /// A move, looked up where another road has made it already.
  private func make(
    _ move: Move, _ handle: Handle, _ taken: inout [SimplificationStep],
    _ moves: inout MoveMemo, _ pool: inout ExpressionPool
  ) -> Handle {
    if moves.isIdle(move, handle) { return handle }
    if let place = moves.place(of: move, handle) {
      taken += moves[place].steps
      return moves[place].result
    }
    var steps: [SimplificationStep] = []
    let result = make(move, handle, &steps, &pool)
    moves.remember(move, handle, result, steps)
    // Without powers to open, to expand is only to distribute.
    if move == .expand, !pool.hasPositivePower(handle) {
      moves.remember(.distribute, handle, result, steps)
    }
    if !steps.isEmpty { taken += steps }
    return result
  }

  private func make(
    _ move: Move, _ handle: Handle, _ taken: inout [SimplificationStep],
    _ pool: inout ExpressionPool
  ) -> Handle {
    switch move {
    case .rules: return applyRules(handle, weighed: false, &taken, &pool)
    case .unitFraction: return applyRules(handle, weighed: true, &taken, &pool)
    case .fold:
      var used: [Int] = []
      let next = pool.folded(handle, definitions, used: &used)
      if next != handle {
        var step = SimplificationStep(rule: "fold", result: next)
        step.names = used.compactMap { definitions[$0].name }
        taken.append(step)
      }
      return next
    case .assume:
      var used: [Int] = []
      let next = pool.folded(handle, assumptions, used: &used)
      if next != handle {
        var step = SimplificationStep(rule: "assumption", result: next)
        step.assumptions = used
        taken.append(step)
      }
      return next
    case .factor:
      let next = pool.factored(handle)
      record("factor", handle, next, &taken)
      return next
    case .expand:
      let next = pool.expanded(handle)
      record("expand", handle, next, &taken)
      return next
    case .distribute:
      let next = pool.distributed(handle)
      record("expand", handle, next, &taken)
      return next
    case .combine:
      let next = pool.combined(handle)
      record("combine", handle, next, &taken)
      return next
    }
  }

  private func applyRules(
    _ handle: Handle, weighed: Bool, _ taken: inout [SimplificationStep],
    _ pool: inout ExpressionPool
  ) -> Handle {
    var current = handle
    for place in algebra.fitting(handle, weighed: weighed, in: pool) {
      let row = algebra.rows[place]
      let next = pool.rewritten(current, by: row, onlyShorter: !weighed)
      record(row.rule.name, current, next, &taken)
      current = next
    }
    if !weighed {
      let next = pool.deltasUsed(current)
      record("delta-factor", current, next, &taken)
      current = next
    }
    return current
  }

  private func record(
    _ rule: String, _ before: Handle, _ after: Handle, _ taken: inout [SimplificationStep]
  ) {
    if before != after { taken.append(SimplificationStep(rule: rule, result: after)) }
  }
}

/// What the moves of one search have led to, so that roads share their common parts.
private struct MoveMemo: ~Copyable {
  struct Outcome {
    let move: Simplifier.Move
    let handle: Handle
    let result: Handle
    let steps: [SimplificationStep]
  }

  /// For each expression, one bit for each move that leaves it as it is.
  private var idle = HandleMap()
  /// The moves that led somewhere; few in one search.
  private var outcomes: [Outcome] = []

  func isIdle(_ move: Simplifier.Move, _ handle: Handle) -> Bool {
    (idle.number(for: handle) ?? 0) & (1 << UInt32(move.rawValue)) != 0
  }

  func place(of move: Simplifier.Move, _ handle: Handle) -> Int? {
    outcomes.firstIndex { $0.handle == handle && $0.move == move }
  }

  subscript(place: Int) -> Outcome { outcomes[place] }

  mutating func remember(
    _ move: Simplifier.Move, _ handle: Handle, _ result: Handle, _ steps: [SimplificationStep]
  ) {
    if result == handle, steps.isEmpty {
      let known = idle.number(for: handle) ?? 0
      idle.setNumber(known | 1 << UInt32(move.rawValue), for: handle)
    } else {
      outcomes.append(Outcome(move: move, handle: handle, result: result, steps: steps))
    }
  }
}
