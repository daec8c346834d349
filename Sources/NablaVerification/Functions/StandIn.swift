import NablaExpressions

/// A smooth function chosen at random, to stand for an unknown one.
///
/// f(x) = Σ_t a_t·sin(b_t·x + d_t) + c₀ + c·x + xᵀQx, so that every partial derivative is exact.
struct StandIn: Sendable {
  struct Wave: Sendable {
    let amplitude: Double
    let phase: Double
    let frequencies: [Double]
  }

  let waves: [Wave]
  let constant: Double
  let linear: [Double]
  /// The upper triangle of Q by rows.
  let quadratic: [Double]

  /// The stand-in of a function; the same for the same seed, name and symbol.
  init(of symbol: SymbolID, argumentCount: Int, name: String, seed: UInt64) {
    var hash = seed &+ UInt64(symbol.index) &* 0x9E37_79B9_7F4A_7C15
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var random = RandomNumbers(seed: hash)
    var waves: [Wave] = []
    for _ in 0..<3 {
      var frequencies: [Double] = []
      for _ in 0..<argumentCount { frequencies.append(random.signed(0.4, 1.4)) }
      waves.append(
        Wave(
          amplitude: random.signed(0.3, 1), phase: random.between(0, 6.28),
          frequencies: frequencies))
    }
    self.waves = waves
    constant = random.between(0.5, 1.5)
    var linear: [Double] = []
    for _ in 0..<argumentCount { linear.append(random.signed(0.2, 0.8)) }
    self.linear = linear
    var quadratic: [Double] = []
    for row in 0..<argumentCount {
      for _ in row..<argumentCount { quadratic.append(random.signed(0.05, 0.3)) }
    }
    self.quadratic = quadratic
  }
}

extension TapeCompiler {
  /// A partial derivative of a stand-in at its arguments.
  mutating func emit(
    _ standIn: StandIn, _ orders: [Int], _ arguments: [UInt32]
  ) throws(EvaluationError) -> UInt32 {
    var order = 0
    for part in orders {
      if part < 0 || part > 1000 || order > 1000 { throw .orderTooHigh(limit: 1000) }
      order += part
    }
    var total = try polynomial(standIn, orders, order, arguments)
    for wave in standIn.waves {
      var amplitude = wave.amplitude
      var angle = constant(wave.phase)
      for place in arguments.indices {
        for _ in 0..<orders[place] { amplitude *= wave.frequencies[place] }
        let part = try multiply(constant(wave.frequencies[place]), arguments[place])
        angle = try add(angle, part)
      }
      // sin and its derivatives repeat after four.
      let value = try function(.sin, order: order % 4, angle)
      total = try add(total, try multiply(constant(amplitude), value))
    }
    return total
  }

  private mutating func polynomial(
    _ standIn: StandIn, _ orders: [Int], _ order: Int, _ arguments: [UInt32]
  ) throws(EvaluationError) -> UInt32 {
    var total = constant(order == 0 ? standIn.constant : 0)
    for place in arguments.indices where order <= 1 {
      if order == 0 {
        let part = try multiply(constant(standIn.linear[place]), arguments[place])
        total = try add(total, part)
      } else if orders[place] == 1 {
        total = try add(total, constant(standIn.linear[place]))
      }
    }
    var slot = 0
    for row in arguments.indices {
      for column in row..<arguments.count {
        let coefficient = standIn.quadratic[slot]
        slot += 1
        var exponents = [Int](repeating: 0, count: arguments.count)
        exponents[row] += 1
        exponents[column] += 1
        var factor = coefficient
        for place in arguments.indices {
          if orders[place] > exponents[place] { factor = 0 }
          if orders[place] == 2, exponents[place] == 2 { factor *= 2 }
          if orders[place] == 1, exponents[place] == 2 { factor *= 2 }
        }
        if factor == 0 { continue }
        var term = constant(factor)
        for place in arguments.indices {
          for _ in 0..<(exponents[place] - orders[place]) {
            term = try multiply(term, arguments[place])
          }
        }
        total = try add(total, term)
      }
    }
    return total
  }
}
