import NablaExpressions
import NablaNumbers

extension ProofAttempt {
  fileprivate static let deepestRegion = 8
  private static let mostRegions = 80

  /// Whether a form is 0 where the zeros are what they are.
  func vanishesAtZeros(
    _ form: FactoredForm, _ reducer: Reducer
  ) throws(ReductionFailure) -> Bool {
    if form.isZero { return true }
    if reducer.zeros.isEmpty { return false }
    let above = FactoredForm(1, form.factors.filter { $0.exponent > 0 })
    var own = reducer
    var polynomial = try own.algebra.expanded(above)
    for zero in reducer.zeros.sorted() {
      polynomial = try polynomial.dividedWithRemainder(
        by: own.algebra.polynomial(of: zero)
      ).remainder
    }
    return polynomial.isZero
  }

  /// Whether the sides agree in each region in which no subject of a sign changes it.
  ///
  /// The subjects that occur in the difference are split one by one, inner ones first; a region
  /// without points is left out. What lies between the regions follows by continuity, apart from the
  /// jumps of the whole reduction.
  mutating func holdsInRegions(
    _ difference: FactoredForm, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    if reducer.algebra.isExact || reducer.keepsConditions { return false }
    guard reducer.algebra.openSign(below: difference) != nil else { return false }
    var search = RegionSearch(attempt: self, left: Self.mostRegions)
    var start = reducer
    let holds = try search.holds(difference, &start, depth: Self.deepestRegion, &pool)
    reducer.algebra.work = min(reducer.algebra.work, start.algebra.work)
    if holds { road = .regions }
    return holds
  }
}

extension ProofAttempt {
  /// Whether the sides agree wherever the signs of which a factor is made have any of their values,
  /// so that the factor is 0 in whole regions; false for other factors.
  mutating func holds(splitting factor: Int, _ pool: inout ExpressionPool) -> Bool {
    if reducer.algebra.isExact || reducer.keepsConditions { return false }
    guard let subjects = reducer.algebra.subjects(ofSigns: factor) else { return false }
    var search = RegionSearch(attempt: self, left: Self.mostRegions)
    var start = reducer
    let holds = try? search.holds(splitting: subjects, &start, &pool)
    reducer.algebra.work = min(reducer.algebra.work, start.algebra.work)
    return holds == true
  }
}

/// A search through regions of the domain.
private struct RegionSearch {
  let attempt: ProofAttempt
  /// How many regions may still be looked at.
  var left: Int

  /// Splits given subjects first.
  mutating func holds(
    splitting subjects: [Int], _ reducer: inout Reducer, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    guard let factor = subjects.first else {
      return try agrees(&reducer, depth: ProofAttempt.deepestRegion, &pool)
    }
    var emptyCount = 0
    for sign in [1, -1] {
      var region = reducer
      region.algebra.takeSign(
        of: FactoredForm(factor: factor).scaled(by: Rational(sign)), isStrict: true)
      if region.algebra.isEmptyRegion(zeros: region.zeros) {
        emptyCount += 1
      } else if try !holds(splitting: Array(subjects.dropFirst()), &region, &pool) {
        return false
      }
      reducer.algebra.work = min(reducer.algebra.work, region.algebra.work)
    }
    return emptyCount < 2
  }

  mutating func holds(
    _ difference: FactoredForm, _ reducer: inout Reducer, depth: Int,
    _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    guard depth > 0, let factor = reducer.algebra.openSign(below: difference) else { return false }
    var emptyCount = 0
    for sign in [1, -1] {
      left -= 1
      if left < 0 { return false }
      var region = reducer
      region.algebra.takeSign(
        of: FactoredForm(factor: factor).scaled(by: Rational(sign)), isStrict: true)
      if region.algebra.isEmptyRegion(zeros: region.zeros) {
        emptyCount += 1
        continue
      }
      let holds = try agrees(&region, depth: depth, &pool)
      reducer.algebra.work = min(reducer.algebra.work, region.algebra.work)
      if !holds { return false }
    }
    // What has neither sign anywhere may be 0 throughout.
    return emptyCount < 2
  }

  private mutating func agrees(
    _ region: inout Reducer, depth: Int, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    var difference = FactoredForm.one
    for _ in 0..<3 {
      region.startAgain(&pool)
      try attempt.branches.takeSigns(in: &region, &pool)
      try region.takeZeros(attempt.zeros, in: &pool)
      let one = try region.form(of: attempt.left, in: &pool)
      let other = try region.form(of: attempt.right, in: &pool)
      difference = try region.algebra.add([one, other.scaled(by: -1)])
      if try attempt.vanishesAtZeros(difference, region) { return true }
      if !region.isOutdated { break }
    }
    return try holds(difference, &region, depth: depth - 1, &pool)
  }
}
