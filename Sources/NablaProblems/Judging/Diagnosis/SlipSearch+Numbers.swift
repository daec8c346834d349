import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

extension SlipSearch {
  /// Changes by a number that is found from values at points: of a number that is written, of the
  /// factor of a term, or of a constant.
  func solved(
    _ wrong: Syntax, _ right: Syntax, _ context: ProofContext, _ pool: inout ExpressionPool
  ) -> [SlipCandidate] {
    var probes = NumberProbes()
    probes.visit(wrong, isRoot: true, isIndex: false) { $0 }
    var reader = SideReader(scope, against: right, pool)
    var equations: [(left: Handle, right: Handle)] = []
    var places: [(probe: Int, first: Int)] = []
    for (number, probe) in probes.found.enumerated() {
      var own: [(left: Handle, right: Handle)] = []
      for value in [0, 1, 2] {
        let literal = Syntax.number(value, at: probe.node.range)
        guard let sides = reader.read(probe.whole(literal), &pool) else { break }
        own.append(sides)
      }
      guard own.count == 3 else { continue }
      places.append((number, equations.count))
      equations += own
    }
    guard !equations.isEmpty else { return [] }
    // The first equation decides which points will do, and 1 in place of a number has a value.
    equations.append(equations[0])
    equations[0] = equations[1]
    let values = EquationSieve(context).values(of: equations, points: 2, in: &pool)
    var candidates: [SlipCandidate] = []
    for (number, first) in places {
      let zero = first == 0 ? values[equations.count - 1] : values[first]
      guard let number2 = NumberProbes.solution(zero, values[first + 1], values[first + 2])
      else { continue }
      let probe = probes.found[number]
      guard let literal = Syntax.value(number2, at: probe.node.range) else { continue }
      candidates.append(probe.candidate(literal, number2))
    }
    return candidates
  }
}

/// Places at which some number may repair a side.
struct NumberProbes {
  enum Kind {
    /// A number that is written.
    case literal
    /// A factor of a term.
    case factor
    /// A term of a sum.
    case constant
  }

  struct Probe {
    let kind: Kind
    let node: Syntax
    /// The whole side with a number put in.
    let whole: (Syntax) -> Syntax

    func candidate(_ literal: Syntax, _ value: Rational) -> SlipCandidate {
      let new = whole(literal)
      switch kind {
      case .literal:
        return SlipCandidate(
          row: 0, cost: 15, size: 1, mistake: .value, whole: new, before: node, after: literal,
          words: [.math(node), .text(" should be "), .math(literal)])
      case .factor:
        return SlipCandidate(
          row: 0, cost: value == -1 ? 11 : value.isZero ? 17 : 14, size: 1,
          mistake: value == -1 ? .sign : value.isZero ? .termExtra : .constantFactor, whole: new,
          before: node, after: .product(literal, node),
          words: value.isZero
            ? [.text("the term "), .math(node), .text(" is one too many")]
            : [.text("the factor "), .math(literal), .text(" is missing before "), .math(node)])
      case .constant:
        return SlipCandidate(
          row: 0, cost: 17, size: 1, mistake: .constantDropped, whole: new, before: node,
          after: literal,
          words: [.text("the constant "), .math(literal), .text(" is missing")])
      }
    }
  }

  private(set) var found: [Probe] = []

  private static let most = 24

  mutating func visit(
    _ node: Syntax, isRoot: Bool, isIndex: Bool, _ whole: @escaping (Syntax) -> Syntax
  ) {
    if isIndex || found.count >= Self.most { return }
    switch node.kind {
    case .number: found.append(Probe(kind: .literal, node: node, whole: whole))
    case .sum(let terms):
      for (number, entry) in terms.enumerated() where !entry.term.isNumber {
        found.append(
          Probe(kind: .factor, node: entry.term) { literal in
            var copy = terms
            copy[number].term = .product(literal, entry.term)
            return whole(Syntax(.sum(copy), node.range))
          })
      }
    case .indexed, .derivative, .comparison: return
    case .call(let call) where call.function.text == "delta": return
    default: break
    }
    if isRoot, !node.isNumber {
      found.append(Probe(kind: .factor, node: node) { whole(.product($0, node)) })
      found.append(
        Probe(kind: .constant, node: node) { literal in
          whole(
            .sum(node.terms + [SignedTermSyntax(isNegative: false, term: literal)], at: node.range))
        })
    }
    let parts = node.parts
    for (number, part) in parts.enumerated() {
      if case .binder = node.kind, number < parts.count - 1 { continue }
      visit(part, isRoot: false, isIndex: false) { new in
        var copy = parts
        copy[number] = new
        return whole(node.withParts(copy))
      }
    }
  }

  /// The number at which the sides agree, if the side depends on it in a straight line and the
  /// number is the same short one at all points.
  static func solution(
    _ zero: [EquationSieve.Sides], _ one: [EquationSieve.Sides], _ two: [EquationSieve.Sides]
  ) -> Rational? {
    guard zero.count == 2, one.count == 2, two.count == 2 else { return nil }
    var found: [Double] = []
    for point in 0..<2 {
      let start = zero[point].left
      let slope = one[point].left - start
      let bend = two[point].left - start - 2 * slope
      guard slope.isFinite, slope != 0, abs(bend) <= 1e-9 * max(abs(slope), abs(start)) else {
        return nil
      }
      found.append((zero[point].right - start) / slope)
    }
    guard abs(found[0] - found[1]) <= 1e-8 * max(1, abs(found[0])) else { return nil }
    return shortRational(found[0])
  }

  /// The fraction with the smallest denominator that is as good as equal to a number.
  private static func shortRational(_ value: Double) -> Rational? {
    guard abs(value) < 1e6 else { return nil }
    var (above, below) = ((0, 1), (1, 0))
    var rest = value
    for _ in 0..<12 {
      let whole = rest.rounded(.down)
      guard abs(whole) < 1e7 else { return nil }
      let digit = Int(whole)
      let (a, b) = (
        digit * above.1 + above.0, digit * below.1 + below.0
      )
      guard abs(a) < 10_000_000, b < 10_001 else { return nil }
      (above, below) = ((above.1, a), (below.1, b))
      if abs(Double(a) / Double(b) - value) <= 1e-9 * max(1, abs(value)) {
        return Rational(Integer(a), over: Integer(b))
      }
      rest = 1 / (rest - whole)
      if !rest.isFinite { return nil }
    }
    return nil
  }
}
