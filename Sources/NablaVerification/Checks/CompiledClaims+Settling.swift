import NablaExpressions

extension CompiledClaims {
  /// The least distance to a kink where derivatives are taken, and elsewhere.
  private static let clearance = (derivative: 1e-3, value: 1e-9)
  /// Up to this attempt a claim's point counts only if all its cases are defined.
  private static let strictAttempts = 64

  /// Draws points until each claim has as many as it needs, or is refuted, or attempts run out.
  mutating func settle(
    _ states: inout [Int: ClaimState], _ claims: [Claim], _ context: CheckContext, points: Int,
    _ pool: inout ExpressionPool
  ) {
    var groups: [(number: Int, cases: [Int], accepted: Int)] = []
    for (place, one) in cases.enumerated() {
      if let last = groups.last, last.number == one.claim {
        groups[groups.count - 1].cases.append(place)
      } else {
        groups.append((one.claim, [place], 0))
      }
    }
    var takesDerivatives = false
    for group in groups {
      let claim = claims[group.number]
      if !claim.variables.isEmpty || pool.traits(claim.left).contains(.derivative)
        || pool.traits(claim.right).contains(.derivative)
      {
        takesDerivatives = true
      }
    }
    var agreements = [Int](repeating: 0, count: cases.count)
    var lonely = [Int](repeating: 0, count: cases.count)
    var confirmations: [Int: Confirmation] = [:]
    for attempt in 0..<CrossCheck.attemptLimit {
      let isOpen = groups.contains { $0.accepted < points && states[$0.number]?.verdict == nil }
      if !isOpen { break }
      guard draw(attempt: attempt) else { continue }
      let limit =
        takesDerivatives
        ? (attempt < 100 ? CompiledClaims.clearance.derivative : 1e-5)
        : CompiledClaims.clearance.value
      if source.point.clearance < limit { continue }
      for place in groups.indices where groups[place].accepted < points {
        let number = groups[place].number
        guard var state = states[number], state.verdict == nil else { continue }
        let isStrict = attempt < CompiledClaims.strictAttempts
        if consider(
          groups[place].cases, isStrict: isStrict, claims[number], context, &state, &agreements,
          &lonely, &confirmations, &pool)
        {
          groups[place].accepted += 1
          state.points += 1
        }
        states[number] = state
      }
    }
    for group in groups {
      guard var state = states[group.number], state.verdict == nil else { continue }
      if group.cases.contains(where: { agreements[$0] == 0 && lonely[$0] > 0 }) {
        state.verdict = .notChecked(.oneSideUndefined)
      } else if group.accepted >= points {
        state.finishedRounds += 1
      }
      states[group.number] = state
    }
  }

  /// Compares the sides in all cases of a claim; whether the point counts.
  private mutating func consider(
    _ places: [Int], isStrict: Bool, _ claim: Claim, _ context: CheckContext,
    _ state: inout ClaimState, _ agreements: inout [Int], _ lonely: inout [Int],
    _ confirmations: inout [Int: Confirmation], _ pool: inout ExpressionPool
  ) -> Bool {
    var first = 0.0
    var differences = 0.0
    var agreed: [Int] = []
    var isWhole = true
    let errors = source.roundingErrors()
    for place in places {
      let outcome = compare(
        cases[place], place, claim, context, errors, &confirmations, &pool)
      switch outcome {
      case .agrees(let error, let other):
        first = max(first, error)
        differences = max(differences, other ?? 0)
        agreed.append(place)
      case .undefined(let left, let right):
        if left != right { lonely[place] += 1 }
        isWhole = false
        if isStrict { return false }
      case .inconclusive:
        state.hasInconclusive = true
        return false
      case .differs(let method, let left, let right):
        state.verdict = .failed(counterexample(cases[place], method, left, right))
        return false
      }
    }
    if agreed.isEmpty || isStrict && !isWhole { return false }
    for place in agreed { agreements[place] += 1 }
    if claim.variables.isEmpty {
      state.maxError = max(state.maxError ?? 0, first)
    } else {
      state.maxErrorDual = max(state.maxErrorDual ?? 0, first)
      state.maxErrorDifferences = max(state.maxErrorDifferences ?? 0, differences)
    }
    return true
  }

  private func counterexample(
    _ one: CompiledCase, _ method: NumericCounterexample.Method, _ left: Double, _ right: Double
  ) -> NumericCounterexample {
    var indices: [(symbol: SymbolID, value: Int)] = []
    var all = sizes
    for (name, value) in one.choice.all { all[name] = value }
    for name in all.keys.sorted() { indices.append((name, all[name] ?? 0)) }
    let tape = source.tape
    let slots = Set(tape.slots(below: [one.left, one.right]) + one.slots)
    let inputs = slots.sorted().map { (slot: tape.slots[$0], value: source.inputs[$0]) }
      .filter { !$0.slot.isShift }
    return NumericCounterexample(
      method: method, indices: indices, inputs: inputs, left: left, right: right)
  }

  private func compare(
    _ one: CompiledCase, _ place: Int, _ claim: Claim, _ context: CheckContext,
    _ errors: [Double], _ confirmations: inout [Int: Confirmation], _ pool: inout ExpressionPool
  ) -> CaseOutcome {
    let tape = source.tape
    let values = source.point.values
    let right = values[Int(one.right)]
    guard let dual = one.dual, let inner = one.inner, let outer = one.outer else {
      let left = values[Int(one.left)]
      if !left.isFinite || !right.isFinite {
        return .undefined(left: left.isFinite, right: right.isFinite)
      }
      return judge(left, right, errors[Int(one.left)] + errors[Int(one.right)], .values)
    }
    // Beyond the order of dual numbers, derivatives come from further instructions alone.
    let isHigh = one.slots.count > Tape.dualOrderLimit
    var confirmation: Confirmation?
    if isHigh {
      confirmation = confirm(one, place, claim, context, &confirmations, &pool)
    }
    let left =
      isHigh
      ? confirmation?.left ?? .nan
      : tape.derivative(of: one.left, by: one.slots, dual, values: values) ?? .nan
    if !left.isFinite || !right.isFinite {
      return .undefined(left: left.isFinite, right: right.isFinite)
    }
    var outcome = judge(left, right, errors[Int(one.right)], .dualNumbers)
    if case .agrees = outcome {
    } else {
      let found = confirmation ?? confirm(one, place, claim, context, &confirmations, &pool)
      outcome = judge(left, right, found?.rounding ?? .nan, .dualNumbers)
    }
    guard case .agrees(let error, _) = outcome, !isHigh else { return outcome }
    let first = Array(one.slots.dropLast())
    return compareDifferences(one, first, inner, outer, right, error, errors[Int(one.left)])
  }

  private func compareDifferences(
    _ one: CompiledCase, _ first: [Int], _ inner: TapeSlice, _ outer: TapeSlice,
    _ right: Double, _ error: Double, _ noise: Double
  ) -> CaseOutcome {
    let tolerance = CheckReport.differenceTolerance * max(1, abs(right))
    var latest: DifferenceEstimate?
    for scale in [1.0, 1.0 / 16, 1.0 / 128] {
      guard
        let estimate = source.tape.difference(
          of: one.left, by: first, inner, outer, values: source.point.values, scale: scale,
          noise: first.isEmpty ? noise : 0)
      else { continue }
      if !(estimate.error <= tolerance) { continue }
      if abs(estimate.value - right) <= tolerance + 4 * estimate.error {
        return .agrees(
          first: error, differences: abs(estimate.value - right) / max(1, abs(right)))
      }
      if let latest,
        abs(latest.value - estimate.value) <= tolerance + latest.error + estimate.error
      {
        return .differs(.differences, left: estimate.value, right: right)
      }
      latest = estimate
    }
    return .inconclusive
  }

  /// Equal to the tolerance, equal as far as rounding lets see, or different.
  ///
  /// Where rounding could hide more than the tolerance, nothing is concluded.
  private func judge(
    _ left: Double, _ right: Double, _ rounding: Double, _ method: NumericCounterexample.Method
  ) -> CaseOutcome {
    let scale = max(1, max(abs(left), abs(right)))
    let difference = abs(left - right)
    let bound = 32 * rounding
    let isClose = difference <= CheckReport.tolerance * max(abs(left), abs(right))
    if !isClose, difference > bound { return .differs(method, left: left, right: right) }
    return bound <= CheckReport.tolerance * scale
      ? .agrees(first: difference / scale, differences: nil) : .inconclusive
  }
}
