import NablaNotation
import NablaRendering

/// One step, definition or result of a submission with its verdict.
package struct MarkedClaim: Sendable {
  /// In the source text: what the claim adds, from its relation to its end.
  package var range: SourceRange
  package var left: Formula?
  package var relation: RelationChain.Relation
  package var right: Formula?
  /// Whether the left side is the line before, so that only `= right` stands in this line.
  package var goesOn: Bool
  package var verdict: ClaimVerdict
  /// Why, as a sentence without a full stop.
  package var because: [Inline] = []
  package var mistake: Mistake?
  package var counterexample: Counterexample?
  /// Under which it holds, if it is conditional.
  package var condition: Formula?
  /// The assumptions it needs.
  package var uses: [Formula] = []
  /// What would have been right in its place.
  package var repair: Formula?
  /// How loose notation was read, where the literal reading does not hold.
  package var reading: RelationChain.KindReading.Reason?
  /// Whether it follows from a line that is itself wrong.
  package var carried = false
  /// The verdict on the new side against what the problem says, where that is another question.
  package var truth: ClaimVerdict?
  /// The goal of its section that the head of its line is about, if it is about one.
  package var goal: Int?
  /// The heading of the task of that goal.
  package var task: String?
  /// The condition that the author set: i = j.
  package var setting: Formula?

  package init(
    _ range: SourceRange, left: Formula?, _ relation: RelationChain.Relation, right: Formula?,
    goesOn: Bool, verdict: ClaimVerdict
  ) {
    self.range = range
    self.left = left
    self.relation = relation
    self.right = right
    self.goesOn = goesOn
    self.verdict = verdict
  }

  /// A point at which the two sides differ.
  package struct Counterexample: Sendable {
    package struct Coordinate: Sendable {
      package var name: Formula
      package var value: Formula
      /// In plain notation, fractions exact.
      package var text: String

      package init(name: Formula, value: Formula, text: String) {
        self.name = name
        self.value = value
        self.text = text
      }
    }

    package var coordinates: [Coordinate]
    package var left: String
    package var right: String

    package init(coordinates: [Coordinate], left: String, right: String) {
      self.coordinates = coordinates
      self.left = left
      self.right = right
    }
  }
}

/// What is wrong with a claim, by kind.
package enum Mistake: String, CaseIterable, Sendable {
  case sign
  case factorLost = "factor lost"
  case factorDoubled = "factor doubled"
  case innerDerivative = "inner derivative forgotten"
  case sumDropped = "sum dropped"
  case sumLeftIn = "sum left in"
  case indexDiscipline = "index both free and summed"
  case wrongIndex = "wrong index"
  case transpose
  case shape = "shapes do not fit"
  case product = "elementwise against matrix product"
  case order = "order of a matrix product"
  case normSquared = "norm against its square"
  case wrongVariable = "wrong variable on the left"
  case differentialMissing = "∂ missing"
  case wrongName = "one name for another"
  case arithmetic
  case kink = "condition lost at a kink"
  case assumption = "true only under an assumption"
  case divisionByZero = "division by zero"
  case parentheses = "parentheses lost"
  case constantFactor = "constant factor"
  case constantDropped = "constant dropped"
  case termLost = "term lost"
  case exponent
  case functionLost = "function lost"
  case termForSum = "one term for the sum"
  case kroneckerDelta = "Kronecker delta"
  case operation = "one operation for another"
  case reciprocal = "multiplied for divided"
  case summationRange = "range of a sum"
  case termExtra = "term too many"
  case size = "size"
  case value = "value"
  case conclusion = "does not follow"
}
