import NablaNotation
import NablaRendering

extension ClaimVerdict {
  /// The mark beside a line; what is about something else has none.
  package var status: CheckStatus? {
    switch self {
    case .proved, .conditional: .passed
    case .refuted: .failed
    case .undecided, .unreadable, .exhausted, .notDetermined: .undecided
    case .unrelated: nil
    }
  }

  /// The verdict on a result, in a word or two.
  var word: String {
    switch self {
    case .proved: "correct"
    case .conditional: "correct under a condition"
    case .refuted: "wrong"
    case .undecided: "undecided"
    case .unreadable: "unreadable"
    case .exhausted: "not judged in time"
    case .unrelated: "about something else"
    case .notDetermined: "not determined"
    }
  }

  /// What is said of a claim with this verdict where the judge gives no reason.
  var bareReason: String? {
    switch self {
    case .proved, .conditional: nil
    case .refuted: "the two sides differ"
    case .undecided: "neither proved nor refuted"
    case .unreadable: "this could not be read"
    case .exhausted: "the budget ran out"
    case .unrelated: "about something else, not judged"
    case .notDetermined: "the problem does not give what this needs"
    }
  }
}

extension RelationChain.Relation {
  package var shown: Formula.Relation {
    switch self {
    case .equal: .equal
    case .defines: .definedAs
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    case .approximately: .approximatelyEqual
    case .proportional: .proportional
    case .implies: .implies
    case .equivalent: .equivalent
    case .assigns: .assigned
    case .maps: .arrow
    case .belongs: .elementOf
    }
  }
}

extension RelationChain.KindReading.Reason {
  /// What had to be read kindly.
  var words: String {
    switch self {
    case .reachOfSum: "how far Σ reaches"
    case .reachOfFunction: "how far the function reaches"
    case .reachOfDivision: "how far the division reaches"
    case .missingDifferential: "a ∂ is left out"
    case .missingBracket: "a bracket is missing"
    case .application: "whether a letter before brackets is a factor or a function"
    case .superscript: "whether a superscript is a layer or a power"
    case .product: "whether a product is entry by entry or of matrices"
    case .missingIndex: "a vector lacks its index"
    case .matrixRow: "a letter with one index is a row or a column of a matrix"
    case .layout: "how a derivative is laid out"
    case .summation: "a Σ over an index that stands twice is left out"
    }
  }
}

extension MarkedSubmission.NameMatch.Ground {
  var words: String {
    switch self {
    case .given: "as given"
    case .definition: "by its definition"
    case .claims: "since the lines then hold"
    case .spelling: "by its spelling"
    }
  }
}
