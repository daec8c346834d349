import NablaExpressions
import NablaNumbers

/// Tests by random evaluation whether two sides are the same rational function of kernels.
///
/// A numerator of degree D whose coefficients have H bits, not 0, vanishes modulo a random prime of
/// 62 bits at a random point with a probability below H·2⁻⁶⁰ + D·2⁻⁶⁰: of more than 2⁵⁵ primes at
/// most H/61 divide a coefficient. Points are repeated with new primes until the probability that
/// all of them mislead is at most 2⁻⁸⁰.
struct FieldTest {
  private var random: RandomNumbers

  /// The probability of an error is at most 2 to the power of minus this.
  static let confidence = 80

  init(seed: UInt64) { random = RandomNumbers(seed: seed) }

  /// True with the stated confidence; false says that the sides differ as functions of kernels.
  mutating func agree(
    _ left: Handle, _ right: Handle, _ reducer: inout Reducer, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    var gained = 0
    var poles = 0
    var points = 0
    while gained < Self.confidence || points < 2 {
      var evaluator = FieldEvaluator(random)
      let value: FieldValue
      do throws(ReductionFailure) {
        value = try evaluator.difference(left, right, &reducer, &pool)
      } catch {
        random = evaluator.nextRandom
        guard case .undefined = error else { throw error }
        poles += 1
        if poles >= 8 { throw .undefined }
        continue
      }
      random = evaluator.nextRandom
      if !value.element.isZero { return false }
      let size = value.above + value.below
      let total = max(1, size.degree) + max(1, size.bits)
      let bits = Int.bitWidth - total.leadingZeroBitCount
      // 2^(bits) ≥ D + H, and one bit for points that were set aside because of a pole.
      gained += max(1, 54 - bits)
      points += 1
    }
    return true
  }
}
