/// The primes below 40. No composite number below 3.3·10²⁴ passes the strong test to all of them
/// (J. Sorenson and J. Webster, "Strong pseudoprimes to twelve prime bases", 2017).
private let witnesses: [UInt64] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]

extension MontgomeryModulus {
  /// Whether a number below 2⁶² is prime, without error.
  static func isPrime(_ candidate: UInt64) -> Bool {
    if candidate < 2 || candidate >= 1 << 62 { return false }
    for prime in witnesses where candidate % prime == 0 { return candidate == prime }
    let modulus = MontgomeryModulus(odd: candidate)
    for witness in witnesses where !modulus.passesStrongTest(to: witness) { return false }
    return true
  }

  /// The test of G. L. Miller and M. O. Rabin: w^d is 1, or w^(d·2^k) is -1 for some k.
  private func passesStrongTest(to witness: UInt64) -> Bool {
    let twos = (modulus - 1).trailingZeroBitCount
    let negatedOne = modulus - one
    var power = power(residue(witness), (modulus - 1) >> UInt64(twos))
    if power == one || power == negatedOne { return true }
    for _ in 1..<max(twos, 1) {
      power = product(power, power)
      if power == negatedOne { return true }
    }
    return false
  }
}
