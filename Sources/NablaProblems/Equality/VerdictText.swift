import NablaExpressions
import NablaNumbers
import NablaVerification

extension ProofVerdict {
  /// What a verdict rests on, as a clause without a full stop.
  func because(in pool: borrowing ExpressionPool) -> String {
    switch self {
    case .proved(let notes): notes.road.clause
    case .refuted: "both sides are defined at the counterexample and differ there"
    case .conditional:
      "proved under the condition, and refuted in general by the counterexample"
    case .undecided(.nowhereBothDefined):
      "no point was found at which both sides are defined: nowhere both defined"
    case .undecided(.neitherShown(let digits, let sizes)):
      (sizes.map { "holds for " + pool.text(of: $0) + ", but is not proved for all sizes" }
        ?? "the normal forms differ, and no counterexample was found among random points")
        + (digits.map { "; where it could be seen, both sides agree to \($0) digits" } ?? "")
    case .exhausted: "the budget ran out"
    }
  }
}

extension ExpressionPool {
  /// `N = 1…5`.
  fileprivate func text(of sizes: ShownSizes) -> String {
    var names = ""
    for symbol in sizes.symbols {
      names += (names.isEmpty ? "" : ", ") + declaration(of: symbol).name
    }
    return names + " = 1…\(sizes.largest)"
  }
}

extension ProofRoad {
  fileprivate var clause: String {
    switch self {
    case .normalForm: "both sides have the same normal form where both are defined"
    case .squares: "neither side is negative, and the squares have the same normal form"
    case .primeFields:
      "both sides agree at random points of random prime fields, with a probability of error "
        + "of at most 2^-80"
    case .derivatives:
      "both sides have the same derivatives, and agree at a point of each piece of the domain"
    case .regions:
      "both sides have the same normal form in each region between the zeros of what is inside "
        + "a sign, a magnitude, a maximum or a condition"
    case .terms: "the sums are equal term by term"
    case .indexCases:
      "both sides have the same normal form, both where the free indices are equal and where not"
    }
  }
}

extension ExactCounterexample {
  /// The two values, with as many digits as it takes to tell them apart.
  var values: (left: String, right: String) { values(digits: 10) }

  /// The two values with some digits, or as many more as it takes to tell them apart.
  func values(digits least: Int) -> (left: String, right: String) {
    if case .exact(let one) = left, case .exact(let other) = right,
      one.bitWidth < 200, other.bitWidth < 200
    {
      return (one.description, other.description)
    }
    var texts = ("", "")
    for digits in [least, 10, 20, 40, 80, 160, 320] {
      texts = (left.text(digits), right.text(digits))
      if texts.0 != texts.1 { return texts }
    }
    return texts
  }
}

extension PointNumber {
  /// Digits that are vouched for; a short rational number as it is.
  fileprivate func text(_ digits: Int) -> String {
    switch self {
    case .exact(let value):
      value.bitWidth < 40 ? value.description : value.decimal(significantDigits: digits)
    case .ball(let ball): ball.decimal(significantDigits: digits) ?? "0"
    }
  }
}
