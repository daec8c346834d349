/// Pseudo-random numbers that are the same on every run (SplitMix64; Steele, Lea, Flood 2014).
package struct RandomNumbers: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in [0, 1).
  package mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number between two others.
  package mutating func between(_ lower: Double, _ upper: Double) -> Double {
    lower + (upper - lower) * unit()
  }

  /// A number of either sign whose magnitude lies between two others.
  package mutating func signed(_ lower: Double, _ upper: Double) -> Double {
    let magnitude = between(lower, upper)
    return next() & 1 == 0 ? magnitude : -magnitude
  }

  /// A number from 0 up to but not including the count; 0 if the count is not positive.
  package mutating func below(_ count: Int) -> Int {
    count > 0 ? Int(next() % UInt64(count)) : 0
  }
}
