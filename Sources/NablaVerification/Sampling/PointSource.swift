import NablaExpressions

/// Points for a tape at which every assumption holds.
struct PointSource {
  /// Two registers that have to be equal.
  struct Equality {
    let left: UInt32
    let right: UInt32
    /// The slots one of which is chosen so that they are.
    var slots: [Int] = []
  }

  let tape: Tape
  private(set) var sampler: Sampler
  private var equalities: [Equality]
  private let conditions: [UInt32]
  /// The values that definitions give to inputs that have one.
  private let guess: Tape
  private let guessSlots: [Int]
  private let guessInputs: [Int]
  private(set) var inputs: [Double] = []
  private(set) var point = TapePoint()
  private var errors: [Double]?

  /// How many values a guess may differ from its definition by, relatively.
  private static let guessSpread = 0.4

  /// Points for a tape; `guess` holds a root for each of the slots `guessed`.
  init(
    _ tape: Tape, equalities: [Equality], conditions: [UInt32], guess: Tape, guessed: [Slot],
    values: [SymbolID: Int], fixed: [Slot: Double], seed: UInt64, _ pool: borrowing ExpressionPool
  ) {
    self.tape = tape
    self.conditions = conditions
    self.guess = guess
    var slots = tape.slots
    var places: [Slot: Int] = [:]
    for (place, slot) in slots.enumerated() { places[slot] = place }
    var inputs: [Int] = []
    for slot in guess.slots {
      if places[slot] == nil {
        places[slot] = slots.count
        slots.append(slot)
      }
      inputs.append(places[slot] ?? 0)
    }
    guessInputs = inputs
    guessSlots = guessed.map { fixed[$0] == nil ? places[$0] ?? -1 : -1 }
    sampler = Sampler(slots, values: values, fixed: fixed, seed: seed, pool)
    self.equalities = equalities
    for place in equalities.indices {
      let below = tape.slots(below: [equalities[place].left, equalities[place].right])
      self.equalities[place].slots = below.filter { sampler.isFree($0) }
    }
  }

  /// Bounds of the rounding errors at the point, computed once.
  mutating func roundingErrors() -> [Double] {
    if let errors { return errors }
    let computed = tape.roundingErrors(point.values)
    errors = computed
    return computed
  }

  /// Draws a point and evaluates the tape there; false if an assumption cannot be met.
  mutating func draw(attempt: Int) -> Bool {
    errors = nil
    inputs = sampler.draw(attempt: attempt)
    if !guessSlots.isEmpty {
      let values = guess.values(at: guessInputs.map { inputs[$0] })
      for (slot, value) in zip(guessSlots, values) where slot >= 0 && value.isFinite {
        let spread = PointSource.guessSpread / Double(1 + attempt / 8)
        let factor = 1 + spread * (2 * sampler.unit() - 1)
        inputs[slot] = value == 0 ? inputs[slot] * spread / 4 : value * factor
      }
    }
    tape.run(inputs, into: &point)
    if !equalities.isEmpty, !meetEqualities() { return false }
    for condition in conditions where point.values[Int(condition)] != 1 { return false }
    return true
  }

  /// The signed distance of an equality and whether it is as small as rounding allows.
  private func residual(_ equality: Equality) -> (value: Double, isZero: Bool) {
    let left = point.values[Int(equality.left)]
    let right = point.values[Int(equality.right)]
    let difference = left - right
    return (difference, abs(difference) <= 2e-14 * max(1, max(abs(left), abs(right))))
  }

  /// Chooses for each equality an input of its own and solves for it, over and over.
  private mutating func meetEqualities() -> Bool {
    var pinned: Set<Int> = []
    var pivots = [Int](repeating: -1, count: equalities.count)
    for _ in 0..<8 {
      var isDone = true
      for place in equalities.indices {
        let equality = equalities[place]
        if residual(equality).isZero { continue }
        isDone = false
        if pivots[place] >= 0 {
          guard solve(equality, pivots[place]) else { return false }
          continue
        }
        let slots = equality.slots
        let start = sampler.below(slots.count)
        for offset in slots.indices.prefix(16) {
          let slot = slots[(start + offset) % slots.count]
          if pinned.contains(slot) { continue }
          if solve(equality, slot) {
            pivots[place] = slot
            pinned.insert(slot)
            break
          }
        }
        if pivots[place] < 0 { return false }
      }
      if isDone { return true }
    }
    return equalities.allSatisfy { residual($0).isZero }
  }

  /// Newton's method in one input, exact in one step where the equality is affine.
  private mutating func solve(_ equality: Equality, _ slot: Int) -> Bool {
    let before = inputs[slot]
    let slice = tape.slice(from: [slot], to: [equality.left, equality.right])
    for _ in 0..<24 {
      let rest = residual(equality)
      if rest.isZero {
        if sampler.allows(inputs[slot], slot) { return true }
        break
      }
      let left = tape.derivative(of: equality.left, by: [slot], slice, values: point.values)
      let right = tape.derivative(of: equality.right, by: [slot], slice, values: point.values)
      guard let left, let right else { break }
      let step = rest.value / (left - right)
      if !step.isFinite || abs(step) > 1e6 { break }
      inputs[slot] -= step
      tape.run(inputs, into: &point)
    }
    inputs[slot] = before
    tape.run(inputs, into: &point)
    return false
  }
}
