import NablaExpressions
import NablaNumbers

/// What was found out about an equation.
package enum ProofVerdict: Sendable {
  /// Both sides agree on their common domain, which has an interior.
  case proved(ProofNotes)
  /// There is a point at which both sides are defined and differ.
  case refuted(ExactCounterexample)
  /// False in general, true under a condition.
  case conditional(Handle, ExactCounterexample)
  case undecided(UndecidedReason)
  /// The budget ran out.
  case exhausted
}

/// What belongs to a proof.
package struct ProofNotes: Sendable {
  package var road = ProofRoad.normalForm
  /// Where the equation is not meant, as conditions such as x ≠ 0.
  package var exceptions: [Handle] = []
  /// The assumptions that were needed.
  package var uses: [Handle] = []
  /// A point at which both sides are defined and all assumptions hold.
  package var witness: ProofPoint
}

/// What a proof rests on in the end.
package enum ProofRoad: Sendable {
  /// Both sides are the same rational function of independent kernels.
  case normalForm
  /// Neither side is negative, and the squares have the same normal form.
  case squares
  /// The sides agree at random points of random prime fields, as functions of kernels; the
  /// probability of an error is at most 2⁻⁸⁰.
  case primeFields
  /// The sides have the same normal form in each case of two free indices, equal or not.
  case indexCases
  /// The sides have the same normal form in each region in which no subject of a sign changes it.
  case regions
  /// The sides have equal derivatives and agree at one point of each piece of the domain.
  case derivatives
  /// Two sums are equal term by term.
  case terms
}

package enum UndecidedReason: Sendable {
  /// No point was found at which both sides are defined.
  case nowhereBothDefined
  /// Neither a proof nor a counterexample was found; the two sides agree to some decimal digits at
  /// the points that were tried, and the equation is proved for some sizes.
  case neitherShown(digits: Int?, sizes: ShownSizes?)
}

/// A point with rational coordinates at which two sides differ, rigorously evaluated.
package struct ExactCounterexample: Sendable {
  /// The coordinates in the order in which they were drawn.
  package var coordinates: [(slot: Slot, value: Rational)]
  /// Sizes, labels and free indices.
  package var integers: [(symbol: SymbolID, value: Int)]
  package var left: PointNumber
  package var right: PointNumber
  /// The polynomials that were put for unknown functions.
  package var functions: [(symbol: SymbolID, terms: [StandInTerm])]
}

/// What a proof may spend.
package struct ProofBudget {
  /// Steps of reduction and evaluation.
  package var work: Int
  /// How many points are looked at before a proof is tried; they refute most false claims.
  package var firstPoints = 4
  /// How many points are looked at altogether for a counterexample where there is no proof.
  package var points = 96
  /// Whether an equation that is not shown is looked at for small sizes.
  package var seeksSizes = true
  /// Whether it is worked out where a proved equation is not meant.
  package var findsExceptions = true
  /// Whether time has run out.
  package var isOver: () -> Bool

  /// The same for an equation of which nothing but a proof is of interest.
  package var forProofsOnly: ProofBudget {
    var budget = self
    budget.points = 0
    budget.seeksSizes = false
    budget.findsExceptions = false
    return budget
  }

  package init(work: Int = 400_000, isOver: @escaping () -> Bool = { false }) {
    self.work = work
    self.isOver = isOver
  }
}

/// What is known when an equation is judged.
package struct ProofContext: Sendable {
  package var definitions = Definitions()
  /// Relations that hold for all values of their free indices.
  package var assumptions: [Handle] = []
  /// Conditions on the free indices under which the equation is meant, such as i ≠ j.
  package var conditions: [Handle] = []
  /// Sizes and labels that are given.
  package var integers: [SymbolID: Int] = [:]
  /// Values at kinks that the author stated, by function.
  package var conventions: [Function: Handle] = [:]
  /// Where random numbers start; to be drawn after the question is known.
  package var seed: UInt64

  package init(definitions: Definitions = Definitions(), seed: UInt64 = 1) {
    self.definitions = definitions
    self.seed = seed
  }
}
