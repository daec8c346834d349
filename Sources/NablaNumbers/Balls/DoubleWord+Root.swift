extension DoubleWord {
  /// ⌊√(n · 2¹²⁸)⌋ and whether the root is exact, where n is the number, or half of it if
  /// `halved`, and the highest bit of the number is set.
  ///
  /// Source: P. Zimmermann, "Karatsuba Square Root", 1999, on words of 64 bits.
  func fractionSquareRoot(halved: Bool) -> (root: DoubleWord, isExact: Bool) {
    let top = halved ? self >> 1 : self
    let rest = DoubleWord(halved ? low &<< 63 : 0, 0)
    let first = top.wordSquareRoot()
    let square = first.multipliedFullWidth(by: first)
    // At most 2 · first, so one bit more than a word.
    let remainder = top &- DoubleWord(square.high, square.low)
    let half = remainder >> 1
    var second = UInt64.max
    if half.high == 0 && half.low < first {
      second =
        first.dividingFullWidth((half.low, remainder.low &<< 63 | rest.high &>> 1)).quotient
    }
    var root = DoubleWord(first, second)
    while true {
      let (high, low) = root.fullProduct(with: root)
      if high == top && low == rest { return (root, true) }
      if high < top || (high == top && low < rest) { return (root, false) }
      root = root &- DoubleWord(0, 1)
    }
  }

  /// The square root, rounded down, of a number of at least 2¹²⁶.
  private func wordSquareRoot() -> UInt64 {
    let estimate = (Double(high) * 0x1p64).squareRoot()
    var root = estimate >= 0x1.fffffffffffffp63 ? UInt64.max : UInt64(estimate)
    if root > high {
      let quotient = root.dividingFullWidth((high, low)).quotient
      // The mean without its carry.
      root = (root & quotient) &+ ((root ^ quotient) &>> 1)
    }
    while true {
      let (squareHigh, squareLow) = root.multipliedFullWidth(by: root)
      if self < DoubleWord(squareHigh, squareLow) {
        root &-= 1
        continue
      }
      // (root + 1)² exceeds the number unless what is left is above 2 · root.
      let left = self &- DoubleWord(squareHigh, squareLow)
      if root == .max || !((DoubleWord(0, root) << 1) < left) { return root }
      root &+= 1
    }
  }
}
