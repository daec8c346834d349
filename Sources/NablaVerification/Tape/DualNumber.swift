/// A number over the nilpotent units ε₁…εₙ with n ≤ 4.
///
/// The component of a set of units is stored at the set's bit pattern; those beyond 2ⁿ are unused.
struct DualNumber {
  var parts = InlineArray<16, Double>(repeating: 0)

  init(_ value: Double) { parts[0] = value }

  /// Whether all components but the first are 0.
  func isConstant(_ order: Int) -> Bool {
    for unit in 1..<(1 << order) where parts[unit] != 0 { return false }
    return true
  }

  func mapped(_ order: Int, _ transform: (Double) -> Double) -> DualNumber {
    var result = self
    for unit in 0..<(1 << order) { result.parts[unit] = transform(parts[unit]) }
    return result
  }

  func combined(
    _ other: DualNumber, _ order: Int, _ combine: (Double, Double) -> Double
  ) -> DualNumber {
    var result = self
    for unit in 0..<(1 << order) { result.parts[unit] = combine(parts[unit], other.parts[unit]) }
    return result
  }

  /// (uv)_S = Σ_{T ⊆ S} u_T·v_{S∖T}.
  func times(_ other: DualNumber, _ order: Int) -> DualNumber {
    var result = DualNumber(parts[0] * other.parts[0])
    for set in 1..<(1 << order) {
      var total = parts[0] * other.parts[set]
      var subset = set
      while subset > 0 {
        total += parts[subset] * other.parts[set ^ subset]
        subset = (subset - 1) & set
      }
      result.parts[set] = total
    }
    return result
  }

  /// Σ_k c_k·(u − u₀)^k for the Taylor coefficients of a function at u₀.
  func composed(_ coefficients: InlineArray<5, Double>, _ order: Int) -> DualNumber {
    var step = self
    step.parts[0] = 0
    var result = DualNumber(coefficients[order])
    var power = order - 1
    while power >= 0 {
      result = result.times(step, order)
      result.parts[0] += coefficients[power]
      power -= 1
    }
    return result
  }

  /// What depends on a function's slope where it has none.
  static func undefined(_ value: Double, _ order: Int) -> DualNumber {
    var result = DualNumber(value)
    for unit in 1..<(1 << order) { result.parts[unit] = .nan }
    return result
  }
}
