import NablaExpressions
import NablaNotation
import NablaVerification

/// Makes the candidates for the repair of a side, as far as they are asked for.
struct SlipSource {
  private let search: SlipSearch
  private let wrong: Syntax
  private let right: Syntax
  private let length: Int
  private var reader: SlipReader
  private var vocabulary: SlipVocabulary
  private var isComplete = false
  private var late: [SlipCandidate] = []
  private var known: [ClosedRange<Int>: [SlipCandidate]] = [:]

  init(
    _ search: SlipSearch, _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) {
    self.search = search
    self.wrong = wrong
    self.right = right
    length = wrong.tokenCount
    reader = SlipReader(search.scope, in: &pool)
    vocabulary = reader.names(repairing: wrong, against: right, hints: search.hints, in: pool)
  }

  /// Conditions at which the step has a kink.
  var kinks: [Syntax] { vocabulary.kinkFactors }

  /// The cheapest rows need nothing but names.
  private static let costOfNames = 12

  /// The candidates whose rows have costs in a range, the likeliest first.
  mutating func candidates(
    costs: ClosedRange<Int>, _ pool: inout ExpressionPool
  ) -> [SlipCandidate] {
    if let known = known[costs] { return known }
    if costs.upperBound > Self.costOfNames, !isComplete {
      isComplete = true
      if let truth = search.truth?(&pool) {
        vocabulary.sources.append(truth)
        truth.forEachNode { vocabulary.look(at: $0) }
      }
      reader.complete(&vocabulary, repairing: wrong, in: &pool)
    }
    let rows = SlipRows.all.filter { costs.contains($0.cost) }
    var walk = SlipWalk(rows, SlipStep(vocabulary), limit: 6 * search.budget.candidates)
    walk.run(wrong)
    var found = walk.candidates.filter { isLocal($0) }
    if costs.contains(14) {
      let generic = search.context.withoutValues(&pool)
      found += search.solved(wrong, right, generic, &pool)
      // Under given values any number would do in place of a name.
      if wrong.isClosed, generic.assumptions != search.context.assumptions {
        found += search.solved(wrong, right, search.context, &pool)
      }
      var others = OtherSideSlips(search.scope, vocabulary, wrong, against: right, in: pool)
      others.collect(with: &reader, in: &pool)
      // A derivative by something else is the likelier of all that is left of a short side.
      found += others.candidates.filter {
        $0.cost <= costs.upperBound || $0.mistake == .wrongVariable
      }
      late = others.candidates.filter {
        $0.cost > costs.upperBound && $0.mistake != .wrongVariable
      }
    } else if costs.upperBound == .max {
      found += late
    }
    // A stable order: cheapest first, then the smallest change, then the row.
    let order = found.indices.sorted { one, other in
      let (left, right) = (found[one], found[other])
      if left.cost != right.cost { return left.cost < right.cost }
      if left.size != right.size { return left.size < right.size }
      return left.row != right.row ? left.row < right.row : one < other
    }
    let sorted = order.map { found[$0] }
    known[costs] = sorted
    return sorted
  }

  /// Whether a change leaves most of an expression as it is.
  private func isLocal(_ candidate: SlipCandidate) -> Bool {
    if candidate.after.isClosed && candidate.before.isClosed { return true }
    let new = candidate.length ?? candidate.whole.tokenCount
    return new < length ? 3 * (length - new) <= 2 * length : 3 * candidate.size <= 2 * new
  }
}
