import NablaExpressions
import NablaNumbers

/// Random values for inputs, within what is declared of their symbols.
///
/// Undeclared values have magnitudes of about 0.3 to 2 and either sign. Every attempt draws in
/// another manner (signs mixed, all positive, small, large), so that functions with narrow domains
/// are met as well.
package struct Sampler: Sendable {
  enum Rule: Sendable {
    case free(lower: Double?, upper: Double?)
    case fixed(Double)
    /// A place in a one-hot or probability vector.
    case row(Int, place: Int)
  }

  private struct Row: Sendable {
    let symbol: SymbolID
    let prefix: [Int]
    let count: Int
    let isOneHot: Bool
  }

  private(set) var rules: [Rule] = []
  private var rows: [Row] = []
  private var random: RandomNumbers

  /// A sampler for some slots; `values` are those of dimensions, `fixed` those of given inputs.
  package init(
    _ slots: [Slot], values: [SymbolID: Int], fixed: [Slot: Double] = [:], seed: UInt64,
    _ pool: borrowing ExpressionPool
  ) {
    random = RandomNumbers(seed: seed)
    let compiler = TapeCompiler(TapeContext(values: values))
    for slot in slots {
      rules.append(rule(for: slot, fixed, compiler, pool))
    }
  }

  private mutating func rule(
    for slot: Slot, _ fixed: [Slot: Double], _ compiler: borrowing TapeCompiler,
    _ pool: borrowing ExpressionPool
  ) -> Rule {
    if let value = fixed[slot] { return .fixed(value) }
    if slot.isShift { return .fixed(0) }
    let declaration = pool.declaration(of: slot.symbol)
    let domain = declaration.domain
    if domain.isOneHot || domain.isProbability, let last = slot.indices.last,
      let range = declaration.ranges.last,
      let lower = compiler.integer(range.lower, 0, pool),
      let upper = compiler.integer(range.upper, 0, pool), lower <= last, last <= upper,
      upper - lower < 1_000_000
    {
      let prefix = Array(slot.indices.dropLast())
      let known = rows.firstIndex { $0.symbol == slot.symbol && $0.prefix == prefix }
      let place = known ?? rows.count
      if known == nil {
        rows.append(
          Row(
            symbol: slot.symbol, prefix: prefix, count: upper - lower + 1,
            isOneHot: domain.isOneHot))
      }
      return .row(place, place: last - lower)
    }
    return .free(
      lower: domain.lower.map { $0.value.doubleValue },
      upper: domain.upper.map { $0.value.doubleValue })
  }

  /// Whether a value is strictly inside what is declared of a slot.
  func allows(_ value: Double, _ slot: Int) -> Bool {
    guard case .free(let lower, let upper) = rules[slot] else { return false }
    return value.isFinite && (lower.map { value > $0 } ?? true)
      && (upper.map { value < $0 } ?? true)
  }

  /// Whether the value of a slot may be chosen.
  func isFree(_ slot: Int) -> Bool {
    if case .free = rules[slot] { return true }
    return false
  }

  package mutating func below(_ count: Int) -> Int { random.below(count) }

  package mutating func unit() -> Double { random.unit() }

  /// The values of all slots in the manner of an attempt.
  package mutating func draw(attempt: Int) -> [Double] {
    var drawn: [[Double]] = []
    for row in rows { drawn.append(draw(row)) }
    var values: [Double] = []
    values.reserveCapacity(rules.count)
    for rule in rules {
      switch rule {
      case .fixed(let value): values.append(value)
      case .row(let row, let place): values.append(drawn[row][place])
      case .free(let lower, let upper): values.append(draw(lower, upper, attempt))
      }
    }
    return values
  }

  private mutating func draw(_ row: Row) -> [Double] {
    var values = [Double](repeating: 0, count: row.count)
    if row.isOneHot {
      values[random.below(row.count)] = 1
      return values
    }
    var total = 0.0
    for place in values.indices {
      values[place] = random.between(0.2, 1.2)
      total += values[place]
    }
    for place in values.indices { values[place] /= total }
    return values
  }

  private mutating func draw(_ lower: Double?, _ upper: Double?, _ attempt: Int) -> Double {
    let magnitude: Double
    switch attempt % 8 {
    case 3, 4: magnitude = random.between(0.05, 0.9)
    case 5, 6: magnitude = random.between(1.1, 3)
    default: magnitude = random.between(0.3, 2)
    }
    if let lower, let upper {
      return lower == upper ? lower : lower + (upper - lower) * random.between(0.06, 0.94)
    }
    if let lower { return lower + magnitude }
    if let upper { return upper - magnitude }
    switch attempt % 8 {
    case 2, 4, 5: return magnitude
    case 7: return random.below(6) == 0 ? -magnitude : magnitude
    default: return random.next() & 1 == 0 ? magnitude : -magnitude
    }
  }
}
