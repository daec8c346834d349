import NablaCalculus
import NablaExpressions
import NablaNumbers

/// An equation in one variable between functions that are continuous where they are defined.
///
/// The line is cut at finitely many points so that on each open piece either both sides are defined
/// throughout or one of them nowhere. Where they are defined, their difference is continuous, and
/// constant if its derivative is 0 but for isolated points; it is 0 if it is 0 at one point of the
/// piece or at an end that belongs to the domain (J. Shackell 1990, A. Péladan-Germa 1995). The ends
/// of pieces follow by continuity.
struct SingleVariable {
  let left: Handle
  let right: Handle
  let symbol: SymbolID
  /// Subjects whose zeros may be ends of the domain.
  let subjects: [Handle]
  /// Those among them that may not be negative.
  let negatives: [Handle]
  /// Relations that restrict the variable.
  let restrictions: [Handle]
  let prover: Prover
  let level: Int

  private static let candidates: [Rational] = {
    var found: [Rational] = [0]
    for (above, below) in [
      (1, 1), (1, 2), (2, 1), (3, 1), (1, 3), (2, 3), (3, 2), (1, 4), (3, 4), (4, 1), (1, 10),
      (10, 1),
    ] {
      guard let value = Rational(Integer(above), over: Integer(below)) else { continue }
      found += [value, -value]
    }
    return found
  }()

  /// Whether the equation holds on the whole common domain within the restrictions.
  func holds(_ pool: inout ExpressionPool) -> Bool {
    do throws(ReductionFailure) { return try isShown(&pool) } catch { return false }
  }

  private func isShown(_ pool: inout ExpressionPool) throws(ReductionFailure) -> Bool {
    var critical = RationalPolynomial([1])
    var reducer = Reducer()
    reducer.algebra.work = 40_000
    reducer.algebra.isOver = prover.budget.isOver
    reducer.startAgain(&pool)
    var zeros: [Handle: RationalPolynomial] = [:]
    for subject in subjects {
      let form = try reducer.form(of: subject, in: &pool)
      var own = RationalPolynomial([1])
      for factor in form.factors {
        // A zero outside the declared domain does no harm.
        if try !include(factor.id, &own, &reducer, &pool),
          reducer.algebra.knownSign(factor.id) == nil
        {
          return false
        }
      }
      zeros[subject] = own
      critical = joined(critical, own)
    }
    for factor in reducer.algebra.factorsOfSigns {
      guard try include(factor, &critical, &reducer, &pool) else { return false }
    }
    for _ in 0..<3 {
      guard let partition = RealPartition(critical) else { return false }
      var isRefined = false
      var inside: [Bool] = []
      for sample in partition.samples {
        guard let isInside = isDefined(at: sample, &pool) else { return false }
        inside.append(isInside)
      }
      guard inside.contains(true), hasNoIsolatedPoints(inside, partition, zeros, &pool) else {
        return false
      }
      for (piece, sample) in partition.samples.enumerated() where inside[piece] {
        let known = subjects.compactMap { zeros[$0] }
        switch try isConstant(near: sample, &critical, known, &pool) {
        case .no: return false
        case .refined: isRefined = true
        case .yes: break
        }
      }
      if isRefined { continue }
      for piece in partition.samples.indices where inside[piece] {
        guard vanishes(in: piece, partition, &pool) else { return false }
      }
      return true
    }
    return false
  }

  private func include(
    _ factor: Int, _ critical: inout RationalPolynomial, _ reducer: inout Reducer,
    _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    if reducer.algebra.nature(ofFactor: factor) != .variable { return true }
    let name = reducer.name(pool.symbol(symbol), &pool)
    guard name.factors.count == 1, let variable = reducer.algebra.kernel(of: name.factors[0].id),
      let own = try reducer.algebra.criticalPolynomial(ofFactor: factor, in: variable),
      !own.isZero
    else { return false }
    critical = joined(critical, own)
    return critical.degree <= 40
  }

  /// A polynomial with the roots of two; known ones are not taken twice.
  private func joined(
    _ known: RationalPolynomial, _ other: RationalPolynomial
  ) -> RationalPolynomial {
    known.divided(by: other)?.remainder.isZero == true ? known : known * other
  }

  // MARK: Points

  private func point(_ x: Rational) -> ProofPoint {
    var point = ProofPoint(seed: 1, manner: 0, largestSize: 1)
    point.set(x, for: Slot(symbol))
    return point
  }

  /// Whether both sides are defined at a number and the restrictions hold; nil if that is not known.
  private func isDefined(at x: Rational, _ pool: inout ExpressionPool) -> Bool? {
    for precision in [64, 512] {
      var evaluator = PointEvaluator(
        point(x), Definitions(), precision: precision, work: 5000)
      do throws(PointFailure) {
        for restriction in restrictions {
          if try !evaluator.holds(restriction, in: &pool) { return false }
        }
        if !pool.declaration(of: symbol).domain.allows(x) { return false }
        _ = try evaluator.value(of: left, in: &pool)
        _ = try evaluator.value(of: right, in: &pool)
        return true
      } catch {
        if case .undefined = error { return false }
      }
    }
    return nil
  }

  /// Whether no end is a point of the domain between two pieces outside it.
  private func hasNoIsolatedPoints(
    _ inside: [Bool], _ partition: RealPartition, _ zeros: [Handle: RationalPolynomial],
    _ pool: inout ExpressionPool
  ) -> Bool {
    for piece in inside.indices.dropLast() where !inside[piece] && !inside[piece + 1] {
      let known = Self.candidates.first {
        partition.piece(of: $0) == nil && partition.pieceBefore(root: $0) == piece
      }
      if let known, isDefined(at: known, &pool) == false { continue }
      let (before, after) = (partition.samples[piece], partition.samples[piece + 1])
      var isExcluded = false
      for subject in negatives {
        guard let own = zeros[subject], let line = RealPartition(own),
          let piece = line.piece(of: before), piece == line.piece(of: after),
          sign(of: subject, at: before, &pool) == -1, sign(of: subject, at: after, &pool) == -1
        else { continue }
        isExcluded = true
      }
      if !isExcluded { return false }
    }
    return true
  }

  private func sign(
    of subject: Handle, at x: Rational, _ pool: inout ExpressionPool
  ) -> Int? {
    var evaluator = PointEvaluator(point(x), Definitions(), precision: 256, work: 5000)
    return (try? evaluator.value(of: subject, in: &pool))?.sign
  }

  private enum Constancy { case yes, no, refined }

  /// Whether the derivative of the difference is 0 on the piece of a number.
  private func isConstant(
    near sample: Rational, _ critical: inout RationalPolynomial, _ known: [RationalPolynomial],
    _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Constancy {
    var differentiator = Differentiator()
    let variable = pool.symbol(symbol)
    let one = differentiator.derivative(of: left, by: variable, in: &pool)
    let other = differentiator.derivative(of: right, by: variable, in: &pool)
    if pool.traits(one).union(pool.traits(other)).contains(.derivative) { return .no }
    var reducer = Reducer()
    reducer.algebra.work = 40_000
    reducer.algebra.isOver = prover.budget.isOver
    var settled: Set<Int> = []
    var isRefined = false
    reducer.startAgain(&pool)
    for polynomial in known { try reducer.noteFactor(polynomial, of: variable, &pool) }
    for _ in 0..<6 {
      reducer.startAgain(&pool)
      let difference = try reducer.algebra.add([
        reducer.form(of: one, in: &pool), reducer.form(of: other, in: &pool).scaled(by: -1),
      ])
      if difference.isZero { return .yes }
      var isChanged = reducer.isOutdated
      for factor in reducer.algebra.factorsOfSigns where settled.insert(factor).inserted {
        guard reducer.algebra.knownSign(factor) == nil else { continue }
        let before = critical
        guard try include(factor, &critical, &reducer, &pool) else { return .no }
        if critical != before {
          isRefined = true
          continue
        }
        let handle = try reducer.expression(of: FactoredForm(factor: factor), &pool)
        guard let sign = sign(of: handle, at: sample, &pool), sign != 0 else { continue }
        reducer.algebra.setSign(sign, of: factor, isWeak: false)
        isChanged = true
      }
      if !isChanged { break }
    }
    return isRefined ? .refined : .no
  }

  /// Whether the difference is 0 at a number of the piece, or at an end of it.
  private func vanishes(
    in piece: Int, _ partition: RealPartition, _ pool: inout ExpressionPool
  ) -> Bool {
    var tries = 0
    for x in Self.candidates + [partition.samples[piece]] {
      if let own = partition.piece(of: x) {
        if own != piece { continue }
      } else {
        let before = partition.pieceBefore(root: x)
        guard before == piece || before + 1 == piece, isDefined(at: x, &pool) == true else {
          continue
        }
      }
      tries += 1
      if tries > 6 { return false }
      let substitution = Substitution(symbol, pool.number(x))
      let one = pool.substitute(substitution, in: left)
      let other = pool.substitute(substitution, in: right)
      let verdict = Prover(ProofContext(seed: prover.context.seed), budget: prover.budget)
        .decide(one, other, level: level + 1, &pool)
      switch verdict {
      case .proved: return true
      case .refuted: return false
      default: continue
      }
    }
    return false
  }
}
