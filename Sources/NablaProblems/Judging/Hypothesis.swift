import NablaExpressions
import NablaNotation
import NablaRendering

/// What an author supposes, with how far it holds.
struct Hypothesis {
  enum Content {
    /// A relation that the prover takes for a fact.
    case relation(Syntax)
    /// The same where it gives the value of an input, for what the prover cannot solve.
    case value(Syntax, Definition)
    case fact(Handle)
    /// Definitions on one side of their kinks, with the relation that says so.
    case kinks([Definition], Syntax?)
    /// What a name stands for from the beginning: an unknown function, a substitution.
    case definition(Definition)
    /// What a name stands for once all derivatives have been taken: `h = 0`.
    case replacement(Definition)
    /// What was not understood, in the author's words.
    case unread(String)
  }

  var content: Content
  /// As it is named beside what holds under it.
  var shown: Formula?
  /// Where it was said; nil until what it is for begins.
  var spot: Submission.Spot?
  var reach: Submission.Reach
  /// Whether it is a value that the author works with, not a case.
  var isGiven = false
  /// Whether it only names what the problem speaks of.
  var isNotation = false
  /// Whether it heads a block of which something was read.
  var isUsed = false
  /// Whether another case has taken its place.
  var isOver = false

  enum Force {
    case full
    /// What needs it is told to hold under it only.
    case leftover
    case none
  }

  func force(at here: Submission.Spot) -> Force {
    guard let spot else { return .full }
    if isOver { return .none }
    switch reach {
    case .sentence:
      if here.sentence == spot.sentence { return .full }
      return here.thread == spot.thread && here.paragraph == spot.paragraph ? .leftover : .none
    case .block:
      return !isUsed || here.paragraph == spot.paragraph || here.thread == spot.thread
        ? .full : .leftover
    case .part: return isGiven ? .leftover : .full
    }
  }

  /// Whether it is a case that a sentence sets beside one of indices.
  func isCase(beside spot: Submission.Spot) -> Bool {
    relation != nil && !isGiven && !isOver && self.spot?.sentence == spot.sentence
  }

  /// The relation as it was written, if it is used as one.
  var relation: Syntax? {
    switch content {
    case .relation(let syntax), .value(let syntax, _): syntax
    case .kinks(_, let syntax): syntax
    default: nil
    }
  }

  var isUnread: Bool {
    if case .unread = content { true } else { false }
  }

  var isSubstituted: Bool {
    switch content {
    case .definition, .replacement, .kinks, .value: true
    case .relation, .fact, .unread: false
    }
  }

  var fact: Handle? {
    if case .fact(let handle) = content { handle } else { nil }
  }
}

extension Hypothesis.Content {
  /// The names in its relation.
  var names: Set<String>? {
    switch self {
    case .relation(let syntax), .kinks(_, let syntax?), .value(let syntax, _):
      Set(syntax.names.map { $0.text })
    default: nil
    }
  }
}
