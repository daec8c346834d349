/// A product of powers of kernels with exponents of at least 1, ordered by kernel.
struct KernelMonomial: Hashable, Comparable, Sendable {
  struct Power: Hashable, Sendable {
    let kernel: Int
    var exponent: Int
  }

  var powers: [Power] = []

  static let one = KernelMonomial()

  init() {}

  /// The powers are mixed first, since the hasher takes its time for each number.
  func hash(into hasher: inout Hasher) {
    var mixed = UInt64(truncatingIfNeeded: powers.count)
    for power in powers {
      mixed = (mixed ^ UInt64(truncatingIfNeeded: power.kernel)) &* 0x9E37_79B9_7F4A_7C15
      mixed = ((mixed ^ (mixed >> 32)) ^ UInt64(truncatingIfNeeded: power.exponent))
      mixed = mixed &* 0xD6E8_FEB8_6659_FD93
      mixed ^= mixed >> 32
    }
    hasher.combine(mixed)
  }

  init(_ kernel: Int, _ exponent: Int = 1) {
    if exponent > 0 { powers = [Power(kernel: kernel, exponent: exponent)] }
  }

  var isOne: Bool { powers.isEmpty }

  func exponent(of kernel: Int) -> Int {
    for power in powers where power.kernel == kernel { return power.exponent }
    return 0
  }

  func times(_ other: KernelMonomial) -> KernelMonomial {
    if powers.isEmpty { return other }
    if other.powers.isEmpty { return self }
    var result = KernelMonomial()
    result.powers.reserveCapacity(powers.count + other.powers.count)
    var (i, j) = (0, 0)
    while i < powers.count, j < other.powers.count {
      let (a, b) = (powers[i], other.powers[j])
      if a.kernel == b.kernel {
        // Exponents stay below 2³³, so that the sum of two fits.
        result.powers.append(Power(kernel: a.kernel, exponent: a.exponent &+ b.exponent))
        i += 1
        j += 1
      } else if a.kernel < b.kernel {
        result.powers.append(a)
        i += 1
      } else {
        result.powers.append(b)
        j += 1
      }
    }
    result.powers += powers[i...]
    result.powers += other.powers[j...]
    return result
  }

  /// The quotient, nil if an exponent would be negative.
  func dividing(by other: KernelMonomial) -> KernelMonomial? {
    if other.powers.isEmpty { return self }
    var result = KernelMonomial()
    var j = 0
    for a in powers {
      guard j < other.powers.count, other.powers[j].kernel <= a.kernel else {
        result.powers.append(a)
        continue
      }
      let b = other.powers[j]
      if b.kernel < a.kernel || b.exponent > a.exponent { return nil }
      j += 1
      if a.exponent > b.exponent {
        result.powers.append(Power(kernel: a.kernel, exponent: a.exponent - b.exponent))
      }
    }
    return j == other.powers.count ? result : nil
  }

  mutating func remove(_ kernel: Int) { powers.removeAll { $0.kernel == kernel } }

  /// The lexicographic order, which products respect.
  static func < (left: KernelMonomial, right: KernelMonomial) -> Bool {
    for (a, b) in zip(left.powers, right.powers) {
      if a.kernel != b.kernel { return a.kernel > b.kernel }
      if a.exponent != b.exponent { return a.exponent < b.exponent }
    }
    return left.powers.count < right.powers.count
  }
}
