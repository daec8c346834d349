import NablaNumbers

/// A repeatable source of numbers (G. L. Steele, D. Lea and C. H. Flood's SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// An integer of up to `bits` bits, of either sign, often made of runs of equal bits.
  mutating func integer(bits: Int) -> Integer {
    let width = Int.random(in: 0...bits, using: &self)
    var value: Integer = 0
    if Bool.random(using: &self) {
      for _ in 0..<(width / 30 + 1) {
        value = value << 30 + Integer(Int.random(in: 0..<1 << 30, using: &self))
      }
    } else {
      for _ in 0..<6 {
        let run = Int.random(in: 0...(width / 6 + 1), using: &self)
        value = value << run
        if Bool.random(using: &self) { value += Integer(1) << run - 1 }
      }
    }
    return Bool.random(using: &self) ? value : -value
  }

  mutating func positiveInteger(bits: Int) -> Integer {
    integer(bits: bits).magnitude + 1
  }

  mutating func rational(bits: Int) -> Rational {
    Rational(integer(bits: bits), over: positiveInteger(bits: bits)) ?? 0
  }
}
