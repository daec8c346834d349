/// The binary digits of π/4 and log 2, 64 to a word, most significant first.
private let quarterPiWords: [UInt64] = [
  0xC90F_DAA2_2168_C234, 0xC4C6_628B_80DC_1CD1, 0x2902_4E08_8A67_CC74, 0x020B_BEA6_3B13_9B22,
  0x514A_0879_8E34_04DD, 0xEF95_19B3_CD3A_431B, 0x302B_0A6D_F25F_1437, 0x4FE1_356D_6D51_C245,
  0xE485_B576_625E_7EC6, 0xF44C_42E9_A637_ED6B, 0x0BFF_5CB6_F406_B7ED, 0xEE38_6BFB_5A89_9FA5,
  0xAE9F_2411_7C4B_1FE6, 0x4928_6651_ECE4_5B3D, 0xC200_7CB8_A163_BF05, 0x98DA_4836_1C55_D39A,
  0x6916_3FA8_FD24_CF5F, 0x8365_5D23_DCA3_AD96, 0x1C62_F356_2085_52BB, 0x9ED5_2907_7096_966D,
]
private let logarithmOfTwoWords: [UInt64] = [
  0xB172_17F7_D1CF_79AB, 0xC9E3_B398_03F2_F6AF, 0x40F3_4326_7298_B62D, 0x8A0D_175B_8BAA_FA2B,
  0xE7B8_7620_6DEB_AC98, 0x5595_52FB_4AFA_1B10, 0xED2E_AE35_C138_2144, 0x2757_3B29_1169_B825,
  0x3E96_CA16_224A_E8C5, 0x1ACB_DA11_317C_387E, 0xB9EA_9BC3_B136_603B, 0x256F_A0EC_7657_F74B,
  0x72CE_87B1_9D65_48CA, 0xF5DF_A6BD_3830_3248, 0x655F_A187_2F20_E3A2, 0xDA2D_97C5_0F3F_D5C6,
  0x07F4_CA11_FB5B_FB90, 0x610D_30F8_8FE5_51A2, 0xEE56_9D6D_FC1E_FA15, 0x7D2E_23DE_1400_B396,
]

extension BallArithmetic {
  /// The number π.
  package var pi: Ball { constant(quarterPiWords, power: 2, beyond: Self.computedQuarterPi) }

  /// The number e.
  package var e: Ball { exp(.one) }

  /// The logarithm of 2.
  var logarithmOfTwo: Ball {
    constant(logarithmOfTwoWords, power: 0, beyond: Self.computedLogarithmOfTwo)
  }

  @inline(__always)
  private func constant(_ words: [UInt64], power: Int64, beyond: (Int) -> Integer) -> Ball {
    if precision <= 128 {
      let (value, error) = BinaryFloat.rounded(
        DoubleWord(words[0], words[1]), DoubleWord(words[2], words[3]), exponent: power,
        isNegative: false, to: precision)
      return Ball(value, error)
    }
    return longConstant(words, power: power, beyond: beyond)
  }

  private func longConstant(
    _ words: [UInt64], power: Int64, beyond: (Int) -> Integer
  ) -> Ball {
    var bits = 64 * words.count
    var units: Integer = 0
    if precision + 32 <= bits {
      bits = (precision + 32 + 63) / 64 * 64
      for word in words.prefix(bits / 64) { units = units << 64 + Integer(word) }
    } else {
      bits = precision + 32
      units = beyond(bits)
    }
    let (value, error) = BinaryFloat.rounded(
      units, power: power - Int64(bits), isNegative: false, isExact: false, to: precision)
    return Ball(value, error)
  }

  /// ⌊2^bits · π/4⌋ by J. Machin's formula: π/4 = 4 atan(1/5) - atan(1/239).
  ///
  /// Spare bits take up the errors of the terms. That the floor is right, as a long run of equal
  /// bits could prevent, is made sure by the next spare bits.
  static func computedQuarterPi(_ bits: Int) -> Integer {
    settled(bits) { bits in
      4 * arcTangentOfReciprocal(5, bits, isAlternating: true)
        - arcTangentOfReciprocal(239, bits, isAlternating: true)
    }
  }

  /// ⌊2^bits · log 2⌋: log 2 = 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749).
  static func computedLogarithmOfTwo(_ bits: Int) -> Integer {
    settled(bits) { bits in
      18 * arcTangentOfReciprocal(26, bits, isAlternating: false)
        - 2 * arcTangentOfReciprocal(4801, bits, isAlternating: false)
        + 8 * arcTangentOfReciprocal(8749, bits, isAlternating: false)
    }
  }

  /// The floor of a number given by approximations within 2²⁴ units.
  private static func settled(_ bits: Int, _ approximation: (Int) -> Integer) -> Integer {
    var spare = 64
    while true {
      let value = approximation(bits + spare)
      let slack = Integer(1) << 24
      let floor = (value - slack) >> spare
      if floor == (value + slack) >> spare || spare > 4096 { return floor }
      spare *= 2
    }
  }

  /// atan or atanh of 1/k in units of 2^-bits, with an error below two units for each term.
  private static func arcTangentOfReciprocal(
    _ reciprocal: Int, _ bits: Int, isAlternating: Bool
  ) -> Integer {
    let square = Integer(reciprocal * reciprocal)
    var power = (Integer(1) << bits).quotient(byPositive: Integer(reciprocal))
    var sum: Integer = 0
    var index = 1
    while !power.isZero {
      let term = power.quotient(byPositive: Integer(index))
      sum = isAlternating && index & 2 != 0 ? sum - term : sum + term
      power = power.quotient(byPositive: square)
      index += 2
    }
    return sum
  }
}
