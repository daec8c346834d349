import NablaNotation

/// The vocabulary of a step, shared by all places.
final class SlipStep: Sendable {
  let vocabulary: SlipVocabulary

  init(_ vocabulary: SlipVocabulary) { self.vocabulary = vocabulary }
}

/// What a repair may be made of: the other side, what is declared, and what is in force.
struct SlipVocabulary: Sendable {
  /// The side that stands.
  let other: Syntax
  /// The side that stands with derivatives carried out, and further expressions of the step.
  var sources: [Syntax]
  /// Indices that stand free on either side.
  var freeIndices: [String] = []
  /// Indices that stand free on the side that stands.
  var otherFree: Set<String> = []
  /// All declared indices.
  var indices: [String] = [] {
    didSet { indexNames = Set(indices) }
  }
  private(set) var indexNames: Set<String> = []
  /// Names by kind and shape.
  var kinds: [String: String] = [:]
  /// Declared vectors and matrices that occur in the step, with the kinds of their slots.
  var arrays: [(name: String, slots: [String])] = []
  /// Names of sizes.
  var sizes: [String] = []
  /// Factors that may be lost, the likeliest first.
  var factors: [Syntax] = []
  /// Derivatives of inner functions.
  var innerDerivatives: [Syntax] = []
  /// Signed terms that may be lost.
  var terms: [SignedTermSyntax] = []
  /// Whether the step is written in matrix notation.
  var usesMatrices = false
  /// Names by what they stand for, those of the step first.
  var namesByKind: [String: [String]] = [:]
  /// Functions of one argument that occur in the step.
  var functions: [String] = []
  /// Conditions at which functions of the step have a kink, as factors.
  var kinkFactors: [Syntax] = []
  /// What is differentiated by in the step.
  var variables: [Syntax] = []
  /// Whether the side to be repaired is written with derivatives.
  var writesDerivatives = false
  /// Whether a minus sign stands before parentheses on the other side.
  var hasNegatedSum = false
  /// Whether something with a minus sign stands under an exponent on the other side.
  var hasNegatedBase = false

  init(other: Syntax) {
    self.other = other
    sources = [other]
  }

  private static let mostFactors = 40

  /// Takes in the factors and terms of an expression.
  mutating func collect(from source: Syntax) {
    var seen = Set(factors.map { $0.dump })
    collectFactors(source, &seen)
    for term in source.terms { terms.append(term) }
    source.forEachNode { node in
      if case .product(let factors) = node.kind {
        for entry in factors where entry.factor.isSum && entry.factor.tokenCount <= 8 {
          terms.append(SignedTermSyntax(isNegative: false, term: entry.factor))
        }
      }
    }
    let expanded = Self.expanded(source.terms)
    terms += expanded
    if expanded.count <= 8 { terms += Self.expanded(expanded) }
  }

  private mutating func collectFactors(_ node: Syntax, _ seen: inout Set<String>) {
    switch node.kind {
    case .number, .comparison, .and, .or, .not: return
    default: break
    }
    add(node, &seen)
    switch node.kind {
    case .name, .indexed: return
    case .call(let call): for part in call.arguments { collectFactors(part, &seen) }
    default: for part in node.parts { collectFactors(part, &seen) }
    }
  }

  mutating func add(_ factor: Syntax, _ seen: inout Set<String>) {
    guard factors.count < Self.mostFactors, factor.tokenCount <= 10,
      !factor.isWritten(like: other)
    else { return }
    if seen.insert(factor.dump).inserted { factors.append(factor) }
  }

  /// The terms of a product one of whose factors is a sum.
  private static func expanded(_ terms: [SignedTermSyntax]) -> [SignedTermSyntax] {
    var found: [SignedTermSyntax] = []
    for entry in terms {
      let factors = entry.term.factors
      guard factors.count > 1, factors.count < 8 else { continue }
      for (place, own) in factors.enumerated() where own.operation == .times {
        guard case .sum(let inner) = own.factor.kind, inner.count < 8 else { continue }
        for part in inner {
          var copy = factors
          copy[place].factor = part.term
          found.append(
            SignedTermSyntax(
              isNegative: entry.isNegative != part.isNegative,
              term: .product(copy, at: entry.term.range)))
        }
      }
    }
    return found
  }
}
