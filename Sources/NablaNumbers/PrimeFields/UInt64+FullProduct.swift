extension UInt64 {
  /// The product of all 128 bits; on 32-bit targets by four products of halves, which need no
  /// runtime library.
  @inlinable @inline(__always)
  package func fullProduct(with other: UInt64) -> (high: UInt64, low: UInt64) {
    #if _pointerBitWidth(_64)
      let product = multipliedFullWidth(by: other)
      return (product.high, product.low)
    #else
      return productOfHalves(with: other)
    #endif
  }

  /// The same from halves of 32 bits.
  @inlinable @inline(__always)
  package func productOfHalves(with other: UInt64) -> (high: UInt64, low: UInt64) {
    let mask: UInt64 = 0xFFFF_FFFF
    let (a, b) = (self &>> 32, self & mask)
    let (c, d) = (other &>> 32, other & mask)
    let (top, left, right, bottom) = (a &* c, a &* d, b &* c, b &* d)
    let middle = bottom &>> 32 &+ left & mask &+ right & mask
    return (
      top &+ left &>> 32 &+ right &>> 32 &+ middle &>> 32, middle &<< 32 | bottom & mask
    )
  }
}
