extension BallArithmetic {
  /// The error function 2/√π ∫₀ˣ exp(-t²) dt.
  ///
  /// The number of terms grows with x² and the precision, until the function is 1 to all bits.
  package func erf(_ x: Ball) -> Ball {
    if !x.isDefined { return x }
    if x.radius.exponent > -3 { return monotone(x) { erf($0) } }
    let value = errorFunction(at: x.midpoint)
    if x.radius.isZero { return value }
    // The derivative is at most 9/8 · exp(-t²), where t² ≥ l · |t| for the least magnitude l.
    let least = BinaryFloat(x.lowerMagnitude)
    let decay = BinaryFloat.product(least, least, 40).value.upperBoundOfDecay(doubled: false)
    return widened(value, by: x.radius * decay.scaled(by: 1))
  }

  private func errorFunction(at x: BinaryFloat) -> Ball {
    if x.isZero { return .zero }
    let inner = BallArithmetic(inner: precision + 24)
    let middle = Ball(x.magnitude, .zero)
    let square = inner.multiply(middle, middle)
    var value: Ball
    if square.isDefined && square.midpoint.approximation < 0.6932 * Double(precision + 4) {
      value = inner.errorSeries(middle, square)
    } else {
      // 1 - erf(x) is below exp(-x²) for x > 1.
      let decay =
        square.isDefined
        ? square.midpoint.upperBoundOfDecay(doubled: false)
        : ShortFloat(powerOfTwo: -Ball.exponentLimit)
      value = Ball(.one, decay.scaled(by: 1))
    }
    return rounded(x.isNegative ? negate(value) : value)
  }

  /// 2/√π · exp(-x²) · x · Σ (2x²)ⁿ/(2n + 1)!!, where all terms are positive
  /// (M. Abramowitz and I. Stegun, Handbook of Mathematical Functions, 7.1.6).
  private func errorSeries(_ x: Ball, _ square: Ball) -> Ball {
    let twice = scale(square, by: 1)
    let bound = twice.midpoint.approximation
    var (term, sum) = (Ball.one, Ball.one)
    var odd = 1
    repeat {
      odd += 2
      term = divide(multiply(term, twice), by: Ball(odd))
      sum = add(sum, term)
      // From a ratio of a half on, what follows is less than the last term.
    } while Double(odd + 2) < 2.1 * bound
      || term.midpoint.exponent > sum.midpoint.exponent - Int64(precision)
    sum = Ball(sum.midpoint, sum.radius + term.upperMagnitude)
    let factor = divide(scale(x, by: 1), by: squareRoot(pi))
    return multiply(multiply(factor, sum), exp(negate(square)))
  }
}
