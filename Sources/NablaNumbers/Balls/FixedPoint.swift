/// A number from 0 up to 4 in units of 2^-fractionBits: what power series are summed in.
///
/// Sums and differences are exact; a product is rounded down to a unit.
protocol FixedPoint: Sendable {
  /// The largest unit not above the magnitude of a float below 4; `fractionBits` is heeded by
  /// types of variable length only.
  init(truncating value: BinaryFloat, fractionBits: Int)

  var fractionBits: Int { get }

  static func &+ (lhs: Self, rhs: Self) -> Self
  static func &- (lhs: Self, rhs: Self) -> Self

  /// The product, too small by less than a unit.
  func times(_ other: Self) -> Self

  /// The number divided by 2^count, too small by less than a unit.
  func halved(_ count: Int) -> Self

  /// The largest z for which the number is below 2^-z, for a number below 1; at most the number
  /// of fraction bits.
  var leadingZeros: Int { get }

  /// The float nearest to the number, with `bits` bits.
  func rounded(to bits: Int) -> BinaryFloat.Rounded

  /// The first `count` numbers 1/k! or more, too small by less than two units; fewer where the
  /// rest is below a unit.
  static func reciprocalFactorials(_ fractionBits: Int, count: Int) -> [Self]

  /// The first `count` numbers 1/(2k + 1) or more, too small by less than a unit, for a count up
  /// to an eighth of the fraction bits.
  static func oddReciprocals(_ fractionBits: Int, count: Int) -> [Self]
}
