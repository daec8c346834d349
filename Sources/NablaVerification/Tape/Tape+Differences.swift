import NablaElementary

/// A derivative from differences, with an estimate of its own error.
package struct DifferenceEstimate: Sendable {
  package let value: Double
  package let error: Double
}

extension Tape {
  /// The mixed derivative of a root by central differences with extrapolation.
  ///
  /// The first order is taken of the values; for a higher one the last slot is varied and the
  /// derivative by the others comes from dual numbers.
  /// Three step sizes are extrapolated (Richardson); steps start at about ε^(1/5)·max(1, |x|) and
  /// shrink until no kink is crossed. Nil where no step works.
  package func difference(of root: Int, by slots: [Int], at point: TapePoint)
    -> DifferenceEstimate?
  {
    let target = roots[root]
    guard let last = slots.last, slots.count <= Tape.dualOrderLimit + 1 else { return nil }
    let outer = slice(from: [last], to: [target])
    let first = Array(slots.dropLast())
    let inner = slice(from: first, to: [target])
    return difference(of: target, by: first, inner, outer, values: point.values)
  }

  /// The same from slices that hold everything between the slots and the register.
  ///
  /// `scale` shortens the first step; `noise` is a bound of the rounding errors of the values.
  func difference(
    of register: UInt32, by first: [Int], _ inner: TapeSlice, _ outer: TapeSlice,
    values: [Double], scale: Double = 1, noise: Double = 0
  ) -> DifferenceEstimate? {
    guard let slot = outer.slots.first, slot < slotRegisters.count else { return nil }
    if outer.places[Int(register)] < 0 {
      return values[Int(register)].isNaN ? nil : DifferenceEstimate(value: 0, error: 0)
    }
    let center = values[Int(slotRegisters[slot])]
    var step = scale * 4 * pow(Double.ulpOfOne, 0.2) * max(1, abs(center))
    var moved = values
    for _ in 0..<16 {
      var rows: [Double] = []
      var magnitude = 0.0
      var size = step
      for _ in 0..<3 {
        let above = center + size
        let below = center - size
        guard let high = sample(register, first, inner, outer, above, &moved, values),
          let low = sample(register, first, inner, outer, below, &moved, values)
        else { break }
        rows.append((high - low) / (above - below))
        magnitude = max(magnitude, max(abs(high), abs(low)))
        size /= 2
      }
      if rows.count == 3 {
        let once = (4 * rows[1] - rows[0]) / 3
        let again = (4 * rows[2] - rows[1]) / 3
        let twice = (16 * again - once) / 15
        // After the loop, size is half the least step.
        let rounding = (8 * Double.ulpOfOne * magnitude + 2 * noise) / (2 * size)
        return DifferenceEstimate(value: twice, error: abs(twice - again) + rounding)
      }
      step /= 4
    }
    return nil
  }

  /// The value, or its derivative by the first slots, with the last slot moved.
  private func sample(
    _ register: UInt32, _ first: [Int], _ inner: TapeSlice, _ outer: TapeSlice, _ input: Double,
    _ moved: inout [Double], _ base: [Double]
  ) -> Double? {
    moved[Int(slotRegisters[outer.slots[0]])] = input
    guard rerun(outer, &moved, base: base) else { return nil }
    let value = derivative(of: register, by: first, inner, values: moved)
    guard let value, value.isFinite else { return nil }
    return value
  }
}
