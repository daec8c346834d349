/// Products of magnitudes: by rows for short ones, by Karatsuba's method for long ones.
enum LimbMultiplication {
  /// The length in limbs from which Karatsuba's method is faster.
  static let karatsubaThreshold = 40

  /// The product of two magnitudes, perhaps with a zero as highest limb.
  static func product(_ lhs: Limbs, _ rhs: Limbs) -> [UInt] {
    if lhs.isEmpty || rhs.isEmpty { return [] }
    let (long, short) = lhs.count >= rhs.count ? (lhs, rhs) : (rhs, lhs)
    return makeLimbs(count: long.count + short.count) { result in
      if short.count < karatsubaThreshold {
        multiplyByRows(long, short, into: result)
      } else {
        multiplyInBlocks(long, short, into: result)
      }
    }
  }

  /// Writes `long · short`, row by row.
  static func multiplyByRows(_ long: Limbs, _ short: Limbs, into result: MutableLimbs) {
    let count = long.count
    result[count] = LimbKernels.multiply(long, by: short[0], adding: 0, into: result)
    for index in 1..<max(short.count, 1) {
      let row = result.part(index..<index + count)
      result[index + count] = LimbKernels.addProduct(of: long, short[index], to: row)
    }
  }

  /// Writes `long · short`, cutting `long` into blocks of the length of `short`.
  private static func multiplyInBlocks(
    _ long: Limbs, _ short: Limbs, into result: MutableLimbs
  ) {
    let block = short.count
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: scratchCount(block)) { scratch in
      karatsuba(
        long.part(0..<block), short, into: result.part(0..<2 * block), scratch: scratch)
      if long.count == block { return }
      withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * block) { buffer in
        var start = block
        while start < long.count {
          let width = min(block, long.count - start)
          let partial = buffer.part(0..<width + block)
          if width == block {
            karatsuba(
              long.part(start..<start + block), short, into: partial, scratch: scratch)
          } else {
            let rest = product(short, long.part(start..<long.count))
            _ = partial.update(fromContentsOf: rest)
          }
          // The low `block` limbs of the partial product meet limbs already written.
          let overlap = result.part(start..<start + block)
          let carry = LimbKernels.add(
            overlap.reading, partial.reading.part(0..<block), into: overlap)
          let fresh = result.part(start + block..<start + block + width)
          _ = fresh.update(fromContentsOf: partial.part(block..<block + width))
          _ = LimbKernels.increment(fresh, by: carry)
          start += width
        }
      }
    }
  }

  private static func scratchCount(_ count: Int) -> Int {
    4 * count + 4 * UInt.bitWidth
  }

  /// Writes `lhs · rhs` for operands of one length (A. Karatsuba and Yu. Ofman, 1962).
  ///
  /// With lhs = a₁B + a₀ and rhs = b₁B + b₀, the middle term a₀b₁ + a₁b₀ is
  /// a₀b₀ + a₁b₁ - (a₀ - a₁)(b₀ - b₁), so three products do the work of four.
  private static func karatsuba(
    _ lhs: Limbs, _ rhs: Limbs, into result: MutableLimbs, scratch: MutableLimbs
  ) {
    let count = lhs.count
    if count < karatsubaThreshold { return multiplyByRows(lhs, rhs, into: result) }
    let half = (count + 1) / 2
    let (low, high) = (0..<half, half..<count)

    let leftDifference = result.part(0..<half)
    let rightDifference = result.part(half..<2 * half)
    let leftIsNegative = writeDifference(lhs.part(low), lhs.part(high), into: leftDifference)
    let rightIsNegative = writeDifference(rhs.part(low), rhs.part(high), into: rightDifference)
    let cross = scratch.part(0..<2 * half)
    let rest = scratch.part(2 * half..<scratch.count)
    karatsuba(leftDifference.reading, rightDifference.reading, into: cross, scratch: rest)

    let lowProduct = result.part(0..<2 * half)
    let highProduct = result.part(2 * half..<2 * count)
    karatsuba(lhs.part(low), rhs.part(low), into: lowProduct, scratch: rest)
    karatsuba(lhs.part(high), rhs.part(high), into: highProduct, scratch: rest)

    let middle = rest.part(0..<2 * half)
    var carry = LimbKernels.add(lowProduct.reading, highProduct.reading, into: middle)
    if leftIsNegative == rightIsNegative {
      carry &-= LimbKernels.subtract(middle.reading, cross.reading, into: middle)
    } else {
      carry &+= LimbKernels.add(middle.reading, cross.reading, into: middle)
    }
    let target = result.part(half..<2 * count)
    let width = min(2 * half, target.count)
    let place = target.part(0..<width)
    carry &+= LimbKernels.add(place.reading, middle.reading.part(0..<width), into: place)
    _ = LimbKernels.increment(target.part(width..<target.count), by: carry)
  }

  /// Writes `|lhs - rhs|` and returns whether `lhs < rhs`; `lhs` is at least as long as `rhs`.
  private static func writeDifference(
    _ lhs: Limbs, _ rhs: Limbs, into result: MutableLimbs
  ) -> Bool {
    if LimbKernels.subtract(lhs, rhs, into: result) == 0 { return false }
    var carry: UInt = 1
    for index in 0..<result.count {
      let (sum, overflow) = (~result[index]).addingReportingOverflow(carry)
      result[index] = sum
      carry = overflow ? 1 : 0
    }
    return true
  }
}
