import NablaCalculus
import NablaExpressions
import NablaRewriting

/// A search for a way between two lines from both ends, by moves that a reader can follow.
struct RoadSearch {
  /// One move: the line it leads to, and why, read forwards and backwards.
  private struct Move {
    let rule: String
    let line: Handle
    let reason: Reason
    let backward: Reason
  }

  private struct Place {
    let line: Handle
    let parent: Int
    /// The moves from the parent.
    var moves: [Move] = []
  }

  /// What was reached from one end, by canonical form.
  private struct End {
    var places: [Place]
    var known: [Handle: Int]
    var next = 0

    init(_ line: Handle, _ pool: inout ExpressionPool) {
      places = [Place(line: line, parent: -1)]
      known = [pool.canonical(line): 0]
    }
  }

  private let definitions: Definitions
  private let context: DifferentiationContext
  private var deriver: Deriver

  /// More lines than this are not looked at from either end.
  private static let mostPlaces = 60
  /// Longer lines are not carried on.
  private static let longest = 600

  init(_ definitions: Definitions, _ context: DifferentiationContext, _ deriver: Deriver) {
    self.definitions = definitions
    self.context = context
    self.deriver = deriver
  }

  /// The steps from one line to another, as few as were found; nil if none were.
  mutating func steps(
    from left: Handle, to right: Handle, in pool: inout ExpressionPool
  ) -> [Step]? {
    var start = End(left, &pool)
    var goal = End(right, &pool)
    if let met = goal.known[pool.canonical(left)] {
      return steps(start.places, 0, goal.places, met, &pool)
    }
    while start.next < start.places.count || goal.next < goal.places.count {
      if pool.isInterrupted { return nil }
      if let (one, other) = advance(&start, against: goal, &pool) {
        return steps(start.places, one, goal.places, other, &pool)
      }
      if let (other, one) = advance(&goal, against: start, &pool) {
        return steps(start.places, one, goal.places, other, &pool)
      }
    }
    return nil
  }

  /// Makes every move from the next line of one end; the places where both ends met.
  private mutating func advance(
    _ end: inout End, against other: End, _ pool: inout ExpressionPool
  ) -> (Int, Int)? {
    guard end.next < end.places.count else { return nil }
    let place = end.next
    end.next += 1
    for moves in moves(from: end.places[place].line, &pool) {
      guard let line = moves.last?.line, pool.treeSize(line) <= Self.longest else { continue }
      let key = pool.canonical(line)
      if end.known[key] != nil || end.places.count >= Self.mostPlaces { continue }
      end.known[key] = end.places.count
      end.places.append(Place(line: line, parent: place, moves: moves))
      if let met = other.known[key] { return (end.places.count - 1, met) }
    }
    return nil
  }

  private mutating func moves(from line: Handle, _ pool: inout ExpressionPool) -> [[Move]] {
    var found: [[Move]] = []
    func add(_ rule: String, _ next: Handle, _ reason: String, _ backward: String) {
      if next != line {
        found.append([
          Move(rule: rule, line: next, reason: Reason(reason), backward: Reason(backward))
        ])
      }
    }
    if pool.traits(line).contains(.derivative) {
      let carriedOut = pool.presentable(pool.differentiated(line, context))
      add("chain", carriedOut, "carry out the derivatives", "the derivatives carried out")
    }
    add("definition", pool.opened(line, definitions), "definitions", "definitions")
    add("expand", pool.presentable(pool.expanded(pool.canonical(line))), "expand", "factor")
    if let joined = pool.overOneDenominator(line) {
      add("combine", joined, "common denominator", "one fraction for each term")
    }
    let (opened, functions) = pool.withFunctionsOpened(line)
    if opened != line {
      var words = "definition of "
      for (place, function) in functions.enumerated() {
        words += (place > 0 ? ", " : "") + function.name
      }
      add("definition", opened, words, words)
    }
    add(
      "combine", pool.presentable(pool.combined(pool.canonical(line))), "cancel",
      "the same factor above and below")
    add(
      "combine", pool.presentable(pool.combinedInExponentials(line)),
      "fractions of powers of one exponential", "fractions of powers of one exponential")
    if let split = pool.withExponentialsSplit(line) {
      let words =
        split.hasQuotient ? "exp(a − b) = exp(a)/exp(b)" : "exp(a + b) = exp(a)·exp(b)"
      add("exponential-of-sum", split.result, words, words)
    }
    let simplified = deriver.simplify(line, in: &pool)
    if simplified.result != line {
      let moves = simplified.steps.filter { !$0.isLocal }.map {
        Move(rule: $0.rule, line: $0.after, reason: $0.reason, backward: $0.reason)
      }
      if !moves.isEmpty { found.append(moves) }
    }
    return found
  }

  // MARK: The way

  /// The moves from the first place to another.
  private func moves(to place: Int, _ places: [Place]) -> [Move] {
    var trail: [[Move]] = []
    var current = place
    while current > 0 {
      trail.append(places[current].moves)
      current = places[current].parent
    }
    return trail.reversed().flatMap { $0 }
  }

  private func steps(
    _ start: [Place], _ one: Int, _ goal: [Place], _ other: Int, _ pool: inout ExpressionPool
  ) -> [Step] {
    var steps: [Step] = []
    var line = start[0].line
    func go(_ rule: String, _ next: Handle, _ reason: Reason) {
      if next == line { return }
      steps.append(Step(rule, line, next, reason))
      line = next
    }
    for move in moves(to: one, start) { go(move.rule, move.line, move.reason) }
    let back = moves(to: other, goal)
    let lines = [goal[0].line] + back.map { $0.line }
    // Where both ends met, the two lines differ in their order at most.
    if let last = lines.last, last != line {
      if steps.isEmpty || back.isEmpty {
        if let final = steps.popLast() {
          line = final.before
          go(final.rule, last, final.reason)
        } else if back.isEmpty {
          go("collect", last, Reason("rearrange"))
        }
      } else if pool.treeSize(last) < pool.treeSize(line) {
        go("combine", last, Reason("cancel"))
      } else if let final = steps.popLast() {
        line = final.before
        go(final.rule, last, final.reason)
      }
    }
    for (place, move) in back.enumerated().reversed() {
      // What is multiplied out on the way there is factored on the way back.
      go(move.rule == "expand" ? "factor" : move.rule, lines[place], move.backward)
    }
    return steps
  }
}
