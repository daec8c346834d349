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
    var probes = NumberProbes(
      isDerivative: right.hasDerivative, usesDecimals: wrong.hasDecimals || right.hasDecimals,
      isClosed: wrong.isClosed, values: wrong.isClosed ? knownValues(in: right, &pool) : [:])
    probes.visit(wrong, .root) { $0 }
    var reader = SideReader(scope, against: right, beside: wrong, &pool)
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
    let values = EquationSieve(context).values(of: equations, points: 2, in: &pool)
    var candidates: [SlipCandidate] = []
    for (number, first) in places {
      guard
        let value = NumberProbes.solution(values[first], values[first + 1], values[first + 2]),
        let candidate = probes.candidate(number, value)
      else { continue }
      candidates.append(candidate)
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

  /// What a node is in the expression around it.
  enum Part {
    case root, term, factor, exponent, other
  }

  struct Probe {
    let kind: Kind
    let node: Syntax
    let part: Part
    /// The whole side with a number put in.
    let whole: (Syntax) -> Syntax
  }

  /// Whether the other side is a derivative.
  let isDerivative: Bool
  /// Whether numbers of the step are written as decimals.
  let usesDecimals: Bool
  /// Whether the side is a calculation with numbers, so that any of them could be changed.
  let isClosed: Bool
  /// The values of the parts of the other side.
  let values: [Rational: Syntax]
  private(set) var found: [Probe] = []

  private static let most = 24

  init(isDerivative: Bool, usesDecimals: Bool, isClosed: Bool, values: [Rational: Syntax]) {
    self.isClosed = isClosed
    self.values = values
    self.isDerivative = isDerivative
    self.usesDecimals = usesDecimals
  }

  mutating func visit(
    _ node: Syntax, _ part: Part, _ whole: @escaping (Syntax) -> Syntax
  ) {
    if found.count >= Self.most { return }
    switch node.kind {
    case .number: found.append(Probe(kind: .literal, node: node, part: part, whole: whole))
    case .sum(let terms):
      for (number, entry) in terms.enumerated() where !entry.term.hasNumberAsFactor {
        found.append(
          Probe(kind: .factor, node: entry.term, part: .term) { literal in
            var copy = terms
            copy[number].term = .product(literal, entry.term)
            return whole(Syntax(.sum(copy), node.range))
          })
      }
    case .indexed, .derivative, .comparison: return
    case .call(let call) where call.function.text == "delta": return
    default: break
    }
    if case .root = part, !node.isNumber {
      if !node.hasNumberAsFactor {
        found.append(
          Probe(kind: .factor, node: node, part: part) { whole(.product($0, node)) })
      }
      found.append(
        Probe(kind: .constant, node: node, part: part) { literal in
          whole(
            .sum(
              node.terms + [SignedTermSyntax(isNegative: false, term: literal)], at: node.range))
        })
    }
    let parts = node.parts
    for (number, inner) in parts.enumerated() {
      if case .binder = node.kind, number < parts.count - 1 { continue }
      visit(inner, Self.part(number, of: node)) { new in
        var copy = parts
        copy[number] = new
        return whole(node.withParts(copy))
      }
    }
  }

  private static func part(_ number: Int, of node: Syntax) -> Part {
    switch node.kind {
    case .sum: .term
    case .product: .factor
    case .power, .elementwisePower: number == 0 ? .other : .exponent
    default: .other
    }
  }

  // MARK: Candidates

  /// What a number that was found means for the place it was looked for.
  func candidate(_ number: Int, _ value: Rational) -> SlipCandidate? {
    let probe = found[number]
    let node = probe.node
    // Any number of a calculation could be blamed; one whose right value stands there is to be.
    // Behind a minus sign stands the number without it.
    let known =
      isClosed ? values[value] ?? (value.isNegative ? nil : values[-value]) : nil
    if isClosed, !values.isEmpty, known == nil, value != -1 { return nil }
    guard let literal = Syntax.value(value, at: node.range, usesDecimals: usesDecimals) else {
      return nil
    }
    let isLiteral = if case .literal = probe.kind { true } else { false }
    func candidate(
      _ mistake: Mistake, cost: Int, _ after: Syntax, _ words: [SlipWord]
    ) -> SlipCandidate {
      SlipCandidate(
        row: isLiteral ? .max : 0, cost: cost, size: 1, mistake: mistake,
        whole: probe.whole(literal), before: node,
        after: after, words: words)
    }
    switch probe.kind {
    case .literal:
      guard case .number(let digits) = node.kind, let old = Rational(decimal: digits) else {
        return nil
      }
      // A term or factor that is not there at all is told apart by other rows.
      if value.isZero, case .term = probe.part { return nil }
      if value.isOne, case .factor = probe.part { return nil }
      if value == -old {
        return candidate(.sign, cost: 11, literal, [.text("the sign of "), .math(node)])
      }
      if let known,
        let own = Syntax.value(
          values[value] == nil ? -value : value, at: node.range, usesDecimals: usesDecimals)
      {
        return candidate(
          known.isQuantity ? .value : .arithmetic, cost: 11, literal,
          [
            .math(Syntax(.comparison(known, .equal, own), node.range)), .text(" instead of "),
            .math(node),
          ])
      }
      let isFactor = if case .factor = probe.part { true } else { false }
      let mistake: Mistake =
        isFactor && isDerivative ? .constantFactor : old.isZero || old.isOne ? .value : .arithmetic
      return candidate(
        mistake, cost: 13, literal,
        [.math(node), .text(" should be "), .math(literal)])
    case .factor:
      if value.isZero { return nil }
      if value == -1 {
        return candidate(.sign, cost: 11, literal, [.text("the sign of "), .math(node)])
      }
      return candidate(
        .constantFactor, cost: 14, .product(literal, node),
        [.text("the factor "), .math(literal), .text(" is missing before "), .math(node)])
    case .constant:
      return candidate(
        .constantDropped, cost: 15, literal,
        [.text("the constant "), .math(literal), .text(" is missing")])
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
      let (first, overflowFirst) = digit.multipliedReportingOverflow(by: above.1)
      let (second, overflowSecond) = digit.multipliedReportingOverflow(by: below.1)
      if overflowFirst || overflowSecond { return nil }
      let a = first.addingReportingOverflow(above.0)
      let b = second.addingReportingOverflow(below.0)
      if a.overflow || b.overflow { return nil }
      guard abs(a.partialValue) < 10_000_000, b.partialValue < 10_001 else { return nil }
      (above, below) = ((above.1, a.partialValue), (below.1, b.partialValue))
      let quotient = Double(a.partialValue) / Double(b.partialValue)
      if abs(quotient - value) <= 1e-9 * max(1, abs(value)) {
        return Rational(Integer(a.partialValue), over: Integer(b.partialValue))
      }
      rest = 1 / (rest - whole)
      if !rest.isFinite { return nil }
    }
    return nil
  }
}

extension Syntax {
  /// Whether an expression is a number, or a product with one.
  fileprivate var hasNumberAsFactor: Bool {
    switch kind {
    case .number: true
    case .product(let factors):
      factors.contains { $0.operation == .times && $0.factor.isNumber }
    case .negation(let inner): inner.hasNumberAsFactor
    default: false
    }
  }

  /// Whether a number is written with a decimal point.
  var hasDecimals: Bool {
    var found = false
    forEachNode { node in
      if case .number(let digits) = node.kind, digits.utf8.contains(0x2E) { found = true }
    }
    return found
  }
}
