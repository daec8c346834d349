import NablaExpressions
import NablaNumbers

/// A point with exact rational coordinates that are drawn when they are first asked for.
package struct ProofPoint: Sendable {
  /// The values of scalars and components drawn so far.
  package internal(set) var values: [Slot: Rational] = [:]
  /// The values of dimensions, labels and free indices.
  package internal(set) var integers: [SymbolID: Int] = [:]
  /// Coefficients of the polynomials that stand in for unknown functions.
  var standIns: [SymbolID: [StandInTerm]] = [:]
  /// In the order in which they were drawn.
  package private(set) var order: [Slot] = []
  /// Numbers near which something may change.
  var landmarks: [Rational] = []
  private var random: RandomNumbers
  private let manner: Int
  private let largestSize: Int

  /// A point drawn in one of many manners: signs mixed, all positive, small, large, special.
  init(seed: UInt64, manner: Int, largestSize: Int) {
    random = RandomNumbers(seed: seed)
    self.manner = manner
    self.largestSize = max(1, largestSize)
  }

  /// Whether nothing was drawn.
  var isEmpty: Bool { values.isEmpty && integers.isEmpty && standIns.isEmpty }

  mutating func size() -> Int { 1 + random.below(largestSize) }

  mutating func integer(from lower: Int, through upper: Int) -> Int? {
    guard lower <= upper else { return nil }
    let (span, overflow) = upper.subtractingReportingOverflow(lower)
    if overflow || span == Int.max { return lower }
    return lower + random.below(span + 1)
  }

  mutating func set(_ value: Rational, for slot: Slot) {
    if values[slot] == nil { order.append(slot) }
    values[slot] = value
  }

  /// The manner of points that people follow easily: small whole numbers and halves.
  static let plain = 1 << 20

  private mutating func drawPlain(in domain: Domain) -> Rational {
    let magnitudes: [Rational] = [1, 2, 3, Rational(1, over: 2) ?? 1]
    let magnitude = magnitudes[random.below(magnitudes.count)]
    if let lower = domain.lower, let upper = domain.upper {
      let share = Rational(Integer(1 + random.below(3)), over: 4) ?? 0
      return lower.value + (upper.value - lower.value) * share
    }
    if let lower = domain.lower { return lower.value + magnitude }
    if let upper = domain.upper { return upper.value - magnitude }
    return random.below(3) == 0 ? -magnitude : magnitude
  }

  /// A number inside a domain.
  mutating func draw(in domain: Domain) -> Rational {
    if manner == Self.plain { return drawPlain(in: domain) }
    let magnitude = drawMagnitude()
    if let lower = domain.lower, let upper = domain.upper {
      let share = Rational(Integer(1 + random.below(16)), over: 17) ?? 0
      return lower.value + (upper.value - lower.value) * share
    }
    if let lower = domain.lower { return lower.value + magnitude }
    if let upper = domain.upper { return upper.value - magnitude }
    if manner % 8 == 7 {
      // Kinks and poles lie at such numbers.
      let special = random.below(5) - 2
      if random.below(2) > 0 { return Rational(special) }
    }
    if manner % 4 == 3, !landmarks.isEmpty, random.below(4) > 0 {
      // The larger ones are the rarer ones to be met by chance.
      let place = max(random.below(landmarks.count), random.below(landmarks.count))
      let sign: Rational = random.below(4) == 0 ? -1 : 1
      return sign * landmarks[place] + Rational(random.below(4) - 1) * magnitude
    }
    switch manner % 8 {
    case 1, 2, 4: return magnitude
    case 6: return -magnitude
    default: return random.next() & 1 == 0 ? magnitude : -magnitude
    }
  }

  private mutating func drawMagnitude() -> Rational {
    let below = 2 + random.below(12)
    let above: Int
    switch manner % 8 {
    case 0, 1: above = 1 + random.below(3 * below)
    case 2, 3: above = 1 + random.below(below)
    case 4, 6: above = below + 1 + random.below(5 * below)
    case 5: above = 1 + random.below(40 * below)
    default: above = 1 + random.below(2 * below)
    }
    if manner % 32 == 29 {
      return Rational(Integer(above), over: Integer(below)) ?? 1
        * Rational(Integer(10).power(3 + random.below(12), bitLimit: 100) ?? 1)
    }
    return Rational(Integer(above), over: Integer(below)) ?? 1
  }

  /// A row whose entries add up to 1 and are not negative; one of them is 1 if it is one-hot.
  mutating func drawRow(count: Int, isOneHot: Bool) -> [Rational] {
    if isOneHot {
      let place = random.below(count)
      return (0..<count).map { $0 == place ? 1 : 0 }
    }
    var parts: [Int] = []
    var total = 0
    for _ in 0..<count {
      let part = 1 + random.below(9)
      parts.append(part)
      total += part
    }
    return parts.map { Rational(Integer($0), over: Integer(total)) ?? 0 }
  }

  /// A polynomial of a few variables, as a stand-in for an unknown function.
  mutating func standIn(for function: SymbolID, arity: Int) -> [StandInTerm] {
    if let known = standIns[function] { return known }
    var terms = [StandInTerm(coefficient: coefficient(), orders: [Int](repeating: 0, count: arity))]
    for place in 0..<arity {
      for order in 1...4 {
        var orders = [Int](repeating: 0, count: arity)
        orders[place] = order
        terms.append(StandInTerm(coefficient: coefficient(), orders: orders))
      }
      for other in 0..<place {
        var orders = [Int](repeating: 0, count: arity)
        orders[place] = 1
        orders[other] = 1 + random.below(2)
        terms.append(StandInTerm(coefficient: coefficient(), orders: orders))
      }
    }
    standIns[function] = terms
    return terms
  }

  private mutating func coefficient() -> Rational {
    let above = 1 + random.below(9)
    return Rational(Integer(random.next() & 1 == 0 ? above : -above), over: 5) ?? 1
  }
}

/// A term of a polynomial that stands in for an unknown function.
package struct StandInTerm: Sendable {
  package var coefficient: Rational
  /// The exponents of the variables.
  package var orders: [Int]

  /// The term differentiated by each variable as often as given.
  func differentiated(_ times: [Int]) -> StandInTerm {
    var result = self
    for (place, count) in times.enumerated() where place < orders.count {
      for _ in 0..<min(count, 8) {
        result.coefficient = result.coefficient * Rational(result.orders[place])
        result.orders[place] = max(0, result.orders[place] - 1)
      }
      if count > 8 { result.coefficient = 0 }
    }
    return result
  }
}
