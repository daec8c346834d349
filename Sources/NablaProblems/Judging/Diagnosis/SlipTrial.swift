import NablaExpressions
import NablaNotation
import NablaVerification

/// Tries candidates in one context: those that agree at points are put to the prover.
struct SlipTrial {
  private let search: SlipSearch
  private let wrong: Syntax
  private let right: Syntax
  private var reader: SideReader
  private let sieve: EquationSieve
  private let prover: Prover
  /// What has been looked at, by the side that was changed.
  private var seen: Set<Handle> = []
  private var taken = 0
  private(set) var proofsLeft: Int
  /// Candidates that agree but for a factor of the whole side.
  private var almost: [SlipCandidate] = []

  /// How many points a candidate has to agree at.
  private static let points = 6
  /// At how many it has to where several candidates are left, as conditions leave them.
  private static let morePoints = 48
  /// How many pairs of slips are put to the prover.
  private static let mostPairs = 6
  /// How many candidates are compared at once: few at first, as the likeliest come first.
  private static let batches = 16...320

  init(
    _ search: SlipSearch, _ context: ProofContext, _ wrong: Syntax, _ right: Syntax,
    proofsLeft: Int, _ pool: inout ExpressionPool
  ) {
    self.search = search
    self.wrong = wrong
    self.right = right
    self.proofsLeft = proofsLeft
    reader = SideReader(search.scope, against: right, beside: wrong, &pool)
    sieve = EquationSieve(context)
    prover = Prover(context, budget: search.proofBudget.forProofsOnly)
    if let own = reader.read(wrong, &pool) { seen.insert(own.left) }
  }

  /// The first candidate that agrees at points and is proved.
  mutating func firstProved(
    _ candidates: [SlipCandidate], _ pool: inout ExpressionPool
  ) -> SlipCandidate? {
    var start = 0
    var batch = Self.batches.lowerBound
    while start < candidates.count, taken < search.budget.candidates, !search.isOver() {
      var places: [Int] = []
      var equations: [(left: Handle, right: Handle)] = []
      while start < candidates.count, equations.count < batch {
        let candidate = candidates[start]
        start += 1
        guard let sides = sides(candidate, &pool) else { continue }
        places.append(start - 1)
        equations.append(sides)
      }
      taken += equations.count
      batch = min(2 * batch, Self.batches.upperBound)
      var agreeing: [Int] = []
      let values = sieve.values(of: equations, points: Self.points, in: &pool)
      for (number, place) in places.enumerated() where !values[number].isEmpty {
        guard values[number].agree else {
          keepIfAlmost(candidates[place], values[number])
          continue
        }
        agreeing.append(number)
      }
      if agreeing.count > 2 {
        let more = sieve.values(
          of: agreeing.map { equations[$0] }, points: Self.morePoints, in: &pool)
        let kept = agreeing.indices.filter { more[$0].agree }
        agreeing = kept.map { agreeing[$0] }
      }
      for number in agreeing where !isTautology(candidates[places[number]]) {
        if isProved(equations[number], &pool) { return candidates[places[number]] }
        if proofsLeft <= 0 { return nil }
      }
    }
    return nil
  }

  /// Whether a change puts the derivative that is asked for into this side: that repairs everything and says
  /// nothing.
  private func isTautology(_ candidate: SlipCandidate) -> Bool {
    guard case .derivative = right.kind else { return false }
    return !candidate.isOfOther && candidate.whole.holds(right) && !wrong.holds(right)
  }

  /// The first candidate that is proved with another sign or factor of the whole side.
  mutating func firstPair(_ pool: inout ExpressionPool) -> SlipCandidate? {
    for candidate in almost {
      guard let sides = reader.read(candidate.whole, &pool) else { continue }
      if isProved(sides, &pool) { return candidate }
    }
    return nil
  }

  /// Both sides with a change that was not looked at yet.
  private mutating func sides(
    _ candidate: SlipCandidate, _ pool: inout ExpressionPool
  ) -> (left: Handle, right: Handle)? {
    if candidate.isOfOther { return reader.read(wrong, against: candidate.whole, &pool) }
    guard let sides = reader.read(candidate.whole, &pool), seen.insert(sides.left).inserted else {
      return nil
    }
    return sides
  }

  private mutating func isProved(
    _ sides: (left: Handle, right: Handle), _ pool: inout ExpressionPool
  ) -> Bool {
    guard proofsLeft > 0, !search.isOver() else { return false }
    proofsLeft -= 1
    if case .proved = prover.decide(sides.left, sides.right, in: &pool) { return true }
    return false
  }

  private mutating func keepIfAlmost(_ candidate: SlipCandidate, _ values: [EquationSieve.Sides]) {
    guard almost.count < Self.mostPairs, !candidate.isOfOther, !wrong.isClosed else { return }
    for factor in WholeFactor.allCases
    where values.map({ $0.scaled(by: factor.value) }).agree {
      almost.append(candidate.multiplied(by: factor))
      return
    }
  }
}

extension [EquationSieve.Sides] {
  /// Whether the sides agree at all points; at some of them rounding may hide it to a part.
  var agree: Bool {
    var exact = 0
    for sides in self {
      if sides.agree { exact += 1 } else if !sides.nearlyAgree { return false }
    }
    return 2 * exact > count
  }
}

extension EquationSieve.Sides {
  fileprivate var nearlyAgree: Bool {
    let size = Swift.max(abs(left), abs(right))
    return left.isFinite && right.isFinite && abs(left - right) <= 1e-5 * size
  }
}

extension Syntax {
  /// Whether an expression is written like another or has a part that is.
  fileprivate func holds(_ part: Syntax, depth: Int = 0) -> Bool {
    if depth > Syntax.deepestNesting { return false }
    if isWritten(like: part) { return true }
    var found = false
    forEachPart { if !found { found = $0.holds(part, depth: depth + 1) } }
    return found
  }
}
