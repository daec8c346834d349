import NablaVerification

package enum PairKind: String, Sendable, CaseIterable { case scalar, indexed }

/// Two terms of which it is known whether they are equal.
package struct Pair: Sendable {
  package enum Truth: String, Sendable {
    /// Equal by laws.
    case equal
    /// Different at two points or more.
    case different
    /// Damaged, and yet equal at all points that were tried.
    case unknown
    /// Equal by laws, and yet different at two points or more: a law is wrong.
    case contradictory
  }

  package let number: Int
  package let kind: PairKind
  package let left: Term
  package let right: Term
  package let truth: Truth
  package let laws: [String]
  package let isDerivative: Bool
}

/// Pairs by number: each is the same whatever pairs were made before.
package struct PairSource {
  package let seed: UInt64

  package init(seed: UInt64) { self.seed = seed }

  package func pair(_ number: Int, _ kind: PairKind) -> Pair {
    var attempt: UInt64 = 0
    while true {
      let own = seed &* 0x9E37_79B9_7F4A_7C15 ^ (UInt64(number) << 20) &+ attempt
      var random = RandomNumbers(seed: own)
      let mixed = RandomNumbers(seed: random.next())
      if let pair = candidate(number, kind, mixed) { return pair }
      attempt += 1
    }
  }

  private func candidate(_ number: Int, _ kind: PairKind, _ random: RandomNumbers) -> Pair? {
    let vocabulary = kind == .scalar ? Vocabulary.scalar : Vocabulary.indexed
    var generator = TermGenerator(vocabulary, random)
    for index in vocabulary.indices where generator.pick(2) == 0 {
      generator.available.append(index.name)
    }
    let depth = 1 + generator.pick(kind == .scalar ? 4 : 3)
    var (left, right) = (generator.term(depth), Term.number(0))
    let isDerivative = generator.pick(8) == 0
    right = left
    if isDerivative {
      guard let variable = variable(in: left, &generator),
        let outer = TermDerivative(variable.name, variable.indices).derivative(of: left)
      else { return nil }
      right = outer
    }
    let shareOfSides = [(0, 1), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (3, 3)]
    let steps = generator.pick(from: shareOfSides)
    let laws = Laws.choice(kind, isMixed: generator.pick(2) == 0)
    left = left.renamedApart(&generator.nextIndex)
    right = right.renamedApart(&generator.nextIndex)
    var rewriter = Rewriter(laws, generator)
    left = rewriter.rewritten(left, steps: steps.0)
    right = rewriter.rewritten(right, steps: steps.1)
    generator = rewriter.generator
    if isDerivative, let variable = variable(in: left, &generator) {
      left = Term(.derivative(variable.name, variable.indices), [left])
    } else if isDerivative {
      return nil
    }
    if left == right { return nil }
    return judged(
      number, kind, left, right, rewriter.applied.map { laws[$0].name }, isDerivative, &generator)
  }

  /// The scalar or entry to differentiate by: the first one of the term.
  private func variable(
    in term: Term, _ generator: inout TermGenerator
  ) -> (name: String, indices: [String])? {
    if generator.isIndexed {
      guard let index = generator.vocabulary.indices.first(where: { $0.dimension == "N" }) else {
        return nil
      }
      return ("h", [index.name])
    }
    return ("x", [])
  }

  private func judged(
    _ number: Int, _ kind: PairKind, _ left: Term, _ right: Term, _ laws: [String],
    _ isDerivative: Bool, _ generator: inout TermGenerator
  ) -> Pair? {
    var sampler = PairSampler(generator.vocabulary, generator.random)
    let isDamaged = generator.pick(2) == 0
    var sides = (left, right)
    if isDamaged {
      var other: Term?
      for _ in 0..<8 where other == nil { other = Damage.damaged(right, &generator) }
      guard let other else { return nil }
      sides.1 = other
    }
    if sides.0.dividesByCondition || sides.1.dividesByCondition { return nil }
    let survey = sampler.survey(sides.0, sides.1)
    guard survey.defined >= 8 else { return nil }
    let vocabulary = generator.vocabulary
    var readable = generator
    guard
      let first = sides.0.withReadableIndices(vocabulary, { readable.pick($0) }),
      let second = sides.1.withReadableIndices(vocabulary, { readable.pick($0) })
    else { return nil }
    let differs = survey.different >= 2
    let truth: Pair.Truth =
      isDamaged ? (differs ? .different : .unknown) : (differs ? .contradictory : .equal)
    return Pair(
      number: number, kind: kind, left: first, right: second, truth: truth, laws: laws,
      isDerivative: isDerivative)
  }
}

/// Looks at two terms at many points.
package struct PairSampler {
  private let vocabulary: Vocabulary
  private var random: RandomNumbers

  package init(_ vocabulary: Vocabulary, _ random: RandomNumbers) {
    self.vocabulary = vocabulary
    self.random = random
  }

  /// How many points both sides are defined at, and at how many they surely differ.
  package mutating func survey(
    _ left: Term, _ right: Term, points: Int = 40
  ) -> (defined: Int, different: Int) {
    var (defined, different) = (0, 0)
    for manner in 0..<points {
      // Sides that are defined next to nowhere are not worth more.
      if manner == 10, defined < 2 { break }
      let point = SamplePoint(vocabulary, manner: manner, &random)
      var one = TermEvaluator(point)
      guard let a = one.value(of: left) else { continue }
      var other = TermEvaluator(point)
      guard let b = other.value(of: right) else { continue }
      let scale = max(abs(a.value), abs(b.value))
      guard a.error + b.error <= 1e-4 * max(scale, 1e-3) else { continue }
      defined += 1
      if abs(a.value - b.value) > 200 * (a.error + b.error) + 1e-14 * scale { different += 1 }
    }
    return (defined, different)
  }
}

extension Term {
  /// Whether an indicator or a δ stands below a fraction bar: what 1[c]/1[c] is where c fails is
  /// a matter of convention, for a condition hides what it is multiplied with.
  fileprivate var dividesByCondition: Bool {
    contains { term in
      var below: Term?
      switch term.head {
      case .divide: below = term.parts[1]
      case .power where term.parts[1].exactRational.map({ $0.above >= 0 }) != true:
        below = term.parts[0]
      default: break
      }
      return below?.contains { part in
        switch part.head {
        case .indicator, .delta: true
        default: false
        }
      } ?? false
    }
  }
}

extension Laws {
  /// The laws for a kind of question; for indexed terms those of sums come often.
  fileprivate static func choice(_ kind: PairKind, isMixed: Bool) -> [Law] {
    kind == .scalar ? scalar : isMixed ? indexed + scalar : indexed
  }
}
