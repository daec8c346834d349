import NablaExpressions
import NablaNumbers

extension KernelAlgebra {
  /// The factor of the first sign in a form, or inside its kernels, that is not known and below
  /// which no such sign stands; nil if there is none.
  func openSign(below form: FactoredForm) -> Int? {
    var best: Int?
    var seen: Set<Int> = []
    var open = form.factors.map { $0.id }
    while let factor = open.popLast() {
      guard seen.insert(factor).inserted else { continue }
      let below: Set<Int>
      switch factors[factor] {
      case .kernel(let kernel): below = [kernel]
      case .polynomial(let polynomial): below = polynomial.kernels
      }
      for kernel in below {
        switch kernels[kernel].kind {
        case .sign(let subject):
          open.append(subject)
          if knownSign(subject) == nil, best.map({ kernel < $0 }) ?? true { best = kernel }
        case .exponential(let key, _), .cosine(let key, _), .sine(let key, _):
          open += key.map { $0.id }
        case .logarithm(let base), .root(let base, _): open.append(base)
        case .application(_, let x): open += x.factors.map { $0.id }
        case .unknown(_, let arguments):
          for argument in arguments { open += argument.factors.map { $0.id } }
        default: break
        }
      }
    }
    guard let best, case .sign(let factor) = kernels[best].kind else { return nil }
    return factor
  }

  /// The subjects of the signs of which a factor is made, if it is made of nothing else and these
  /// are free of signs.
  func subjects(ofSigns factor: Int) -> [Int]? {
    guard case .polynomial(let polynomial) = factors[factor] else { return nil }
    var found: [Int] = []
    for kernel in polynomial.kernels.sorted() {
      guard case .sign(let subject) = kernels[kernel].kind, found.count < 4,
        openSign(below: FactoredForm(factor: subject)) == nil
      else { return nil }
      if knownSign(subject) == nil { found.append(subject) }
    }
    return found.isEmpty ? nil : found
  }

  /// Whether the signs that are known are shown to contradict each other.
  func isEmptyRegion(zeros: Set<Int>) -> Bool {
    var system = LinearSystem()
    var lines: [(KernelPolynomial, isStrict: Bool)] = []
    for (factor, sign) in knownSigns.sorted(by: { $0.key < $1.key }) {
      if polynomial(of: factor).count > 12 { continue }
      let own = withKnownSigns(polynomial(of: factor)).scaled(by: Rational(sign))
      if nature(ofFactor: factor) != .variable { continue }
      // On the zeros of something a boundary need not follow by continuity.
      lines.append((own, zeros.isEmpty && !weakSigns.contains(factor)))
    }
    for zero in zeros {
      let own = withKnownSigns(polynomial(of: zero))
      lines += [(own, false), (own.scaled(by: -1), false)]
    }
    if isEmptyOnLine(lines) { return true }
    // What is known of a polynomial is known of its products with kernels of known signs.
    for (factor, sign) in knownSigns.sorted(by: { $0.key < $1.key }) {
      guard let kernel = kernel(of: factor), kernels[kernel].nature == .variable else { continue }
      let own = KernelPolynomial(KernelMonomial(kernel), Rational(sign))
      for (polynomial, isStrict) in lines
      where lines.count < 24 && polynomial.count == 2 && polynomial.degree == 1 {
        guard let product = try? own.times(polynomial) else { continue }
        lines.append((product, isStrict && !weakSigns.contains(factor) && zeros.isEmpty))
      }
    }
    for (polynomial, isStrict) in lines { system.add(polynomial, isStrict: isStrict) }
    for monomial in system.monomials {
      if let isStrict = isAtLeastZero(monomial) {
        system.add(KernelPolynomial(monomial, 1), isStrict: isStrict && zeros.isEmpty)
      }
      guard monomial.powers.count == 1, monomial.powers[0].exponent == 1 else { continue }
      let kernel = kernels[monomial.powers[0].kernel]
      if let bound = kernel.lower {
        var line = KernelPolynomial(monomial, 1)
        line.add(-bound.value, .one)
        system.add(line, isStrict: false)
      }
      if let bound = kernel.upper {
        var line = KernelPolynomial(monomial, -1)
        line.add(bound.value, .one)
        system.add(line, isStrict: false)
      }
    }
    return system.isInfeasible
  }

  private func withKnownSigns(_ polynomial: KernelPolynomial) -> KernelPolynomial {
    var result = KernelPolynomial()
    for (monomial, value) in polynomial.terms {
      var kept = monomial
      var factor = value
      for power in monomial.powers {
        guard case .sign(let subject) = kernels[power.kernel].kind,
          let sign = knownSigns[subject], !weakSigns.contains(subject)
        else { continue }
        kept.remove(power.kernel)
        if sign < 0, power.exponent & 1 == 1 { factor = -factor }
      }
      result.add(factor, kept)
    }
    return result
  }

  /// Whether a monomial is never negative; true if it is never 0 either, nil if it may be negative.
  private func isAtLeastZero(_ monomial: KernelMonomial) -> Bool? {
    var sign = 1
    var isStrict = true
    for power in monomial.powers {
      let kernel = kernels[power.kernel]
      let known = kernel.isPositive ? 1 : knownKernelSigns[power.kernel]
      if power.exponent & 1 == 0 {
        if !kernel.isPositive { isStrict = false }
      } else if let known {
        sign *= known
        if !kernel.isPositive { isStrict = false }
      } else if kernel.isNonnegative {
        isStrict = false
      } else {
        return nil
      }
    }
    return sign > 0 ? isStrict : nil
  }

  /// Whether strict inequalities in a single kernel contradict each other.
  private func isEmptyOnLine(_ lines: [(KernelPolynomial, isStrict: Bool)]) -> Bool {
    var byKernel: [Int: [RationalPolynomial]] = [:]
    for (polynomial, isStrict) in lines where isStrict {
      let below = polynomial.kernels
      guard below.count == 1, let kernel = below.first, polynomial.degree <= 20 else { continue }
      var parts = [Rational](repeating: 0, count: polynomial.degree + 1)
      for (monomial, value) in polynomial.terms { parts[monomial.exponent(of: kernel)] = value }
      byKernel[kernel, default: []].append(RationalPolynomial(parts))
    }
    for (_, own) in byKernel.sorted(by: { $0.key < $1.key }) {
      guard own.count >= 2, own.contains(where: { $0.degree > 1 }) else { continue }
      var product = RationalPolynomial([1])
      var used: [RationalPolynomial] = []
      for polynomial in own where product.degree + polynomial.degree <= 40 {
        product = product * polynomial
        used.append(polynomial)
      }
      guard let line = RealPartition(product) else { continue }
      let isFree = line.samples.contains { sample in
        used.allSatisfy { $0.value(at: sample).signum >= 0 }
      }
      if !isFree { return true }
    }
    return false
  }
}

/// Inequalities whose monomials are taken as independent unknowns.
private struct LinearSystem {
  private struct Line: Hashable {
    var coefficients: [Rational]
    var constant: Rational
    var isStrict: Bool
  }

  private(set) var monomials: [KernelMonomial] = []
  private var places: [KernelMonomial: Int] = [:]
  private var lines: [(polynomial: KernelPolynomial, isStrict: Bool)] = []

  private static let mostUnknowns = 14
  private static let mostLines = 300

  mutating func add(_ polynomial: KernelPolynomial, isStrict: Bool) {
    for (monomial, _) in polynomial.ordered
    where !monomial.isOne && places[monomial] == nil {
      places[monomial] = monomials.count
      monomials.append(monomial)
    }
    lines.append((polynomial, isStrict))
  }

  /// Whether no values of the unknowns satisfy all lines, by the elimination of J. Fourier and
  /// T. Motzkin; false beyond the limits of size.
  var isInfeasible: Bool {
    if monomials.count > Self.mostUnknowns || lines.count > Self.mostLines / 4 { return false }
    var open: Set<Line> = []
    for (polynomial, isStrict) in lines {
      var line = Line(
        coefficients: monomials.map { polynomial.coefficient(of: $0) },
        constant: polynomial.coefficient(of: .one), isStrict: isStrict)
      line = Self.scaled(line)
      open.insert(line)
    }
    for place in monomials.indices {
      var kept: Set<Line> = []
      var above: [Line] = []
      var below: [Line] = []
      for line in open {
        if Self.isContradiction(line) { return true }
        switch line.coefficients[place].signum {
        case 0: kept.insert(line)
        case 1: above.append(line)
        default: below.append(line)
        }
      }
      if kept.count + above.count * below.count > Self.mostLines { return false }
      for one in above {
        for other in below {
          let (a, b) = (one.coefficients[place], -other.coefficients[place])
          var sum = Line(
            coefficients: zip(one.coefficients, other.coefficients).map { $0 * b + $1 * a },
            constant: one.constant * b + other.constant * a,
            isStrict: one.isStrict || other.isStrict)
          sum.coefficients[place] = 0
          kept.insert(Self.scaled(sum))
        }
      }
      open = kept
    }
    return open.contains { Self.isContradiction($0) }
  }

  private static func isContradiction(_ line: Line) -> Bool {
    if line.coefficients.contains(where: { !$0.isZero }) { return false }
    return line.isStrict ? line.constant.signum <= 0 : line.constant.signum < 0
  }

  /// The line divided by the magnitude of its first coefficient.
  private static func scaled(_ line: Line) -> Line {
    guard
      let inverse = line.coefficients.first(where: { !$0.isZero })?.absoluteValue.reciprocal
    else { return line }
    return Line(
      coefficients: line.coefficients.map { $0 * inverse }, constant: line.constant * inverse,
      isStrict: line.isStrict)
  }
}
