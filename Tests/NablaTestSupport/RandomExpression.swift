import NablaExpressions

/// A generator that gives the same numbers on every run (SplitMix64; Steele, Lea and Flood 2014).
package struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension ExpressionPool {
  package mutating func scalar(_ name: String) -> Handle {
    symbol(declare(Symbol(name, .scalar)))
  }

  /// A random expression whose nodes are shared freely; smooth wherever its leaves are real.
  package mutating func randomExpression(
    over leaves: [Handle], nodes: Int, _ random: inout SeededNumbers
  ) -> Handle {
    var made = leaves
    for _ in 0..<nodes {
      let first = made[Int.random(in: 0..<made.count, using: &random)]
      let recent = made[Int.random(in: max(0, made.count - 6)..<made.count, using: &random)]
      switch Int.random(in: 0..<8, using: &random) {
      case 0: made.append(add(first, recent))
      case 1: made.append(add([first, recent, made[0], integer(3)]))
      case 2: made.append(multiply(function(.tanh, first), recent))
      case 3: made.append(function(.sin, recent))
      case 4: made.append(multiply([function(.cos, first), function(.tanh, recent), made[0]]))
      case 5: made.append(power(add(power(function(.tanh, recent), two), one), minusOne))
      case 6: made.append(quotient(first, add(power(function(.sin, recent), two), two)))
      default: made.append(function(.sigmoid, subtract(first, recent)))
      }
    }
    return made[made.count - 1]
  }
}
