import NablaExpressions
import NablaNumbers

/// A rational combination of logarithms and of arcs.
private struct LinearForm {
  /// Multiples of log|α| for algebraic α.
  var logarithms: [(kernel: Int, multiple: Rational)] = []
  /// Multiples of arctangents of algebraic numbers.
  var arcs: [(kernel: Int, multiple: Rational)] = []
  var turns: (kernel: Int, multiple: Rational)?
}

extension KernelAlgebra {
  /// A constant polynomial without the rational combinations of logarithms, and of arcs and π, that
  /// are shown to be 0.
  mutating func withoutVanishingForms(
    _ constant: KernelPolynomial
  ) throws(ReductionFailure) -> KernelPolynomial {
    var forms: [KernelMonomial: LinearForm] = [:]
    for (monomial, value) in constant.ordered {
      for power in monomial.powers where power.exponent == 1 {
        guard let kind = linearKind(power.kernel) else { continue }
        var rest = monomial
        rest.remove(power.kernel)
        let entry = (kernel: power.kernel, multiple: value)
        switch kind {
        case .logarithm: forms[rest, default: LinearForm()].logarithms.append(entry)
        case .arc: forms[rest, default: LinearForm()].arcs.append(entry)
        case .turn: forms[rest, default: LinearForm()].turns = entry
        }
        break
      }
    }
    var result = constant
    for rest in forms.keys.sorted() {
      guard let form = forms[rest] else { continue }
      if form.logarithms.count > 1
        || form.logarithms.contains(where: { isEntangled(kernels[$0.kernel]) }),
        try vanishes(logarithms: form.logarithms)
      {
        for (kernel, multiple) in form.logarithms {
          result.add(-multiple, rest.times(KernelMonomial(kernel)))
        }
      }
      if !form.arcs.isEmpty, try vanishes(form.arcs, form.turns?.multiple ?? 0) {
        for (kernel, multiple) in form.arcs + (form.turns.map { [$0] } ?? []) {
          result.add(-multiple, rest.times(KernelMonomial(kernel)))
        }
      }
    }
    return result
  }

  private enum LinearKind { case logarithm, arc, turn }

  private func linearKind(_ place: Int) -> LinearKind? {
    switch kernels[place].kind {
    case .name: return kernels[place].isPi ? .turn : nil
    case .primeLogarithm: return .logarithm
    case .logarithm(let factor): return nature(ofFactor: factor) == .algebraic ? .logarithm : nil
    case .application(.atan, let x): return nature(of: x) == .algebraic ? .arc : nil
    default: return nil
    }
  }

  /// Multiples of numbers as integers without a common denominator.
  private func whole(
    _ multiples: [Rational]
  ) throws(ReductionFailure) -> [Int] {
    var common: Integer = 1
    for value in multiples {
      let shared = Integer.greatestCommonDivisor(common, value.denominator)
      common = common * (value.denominator.exactQuotient(dividingBy: shared) ?? 1)
    }
    var numbers: [Int] = []
    for value in multiples {
      guard let number = (value * Rational(common)).asInt, number.magnitude < 1 << 16 else {
        throw .tooLarge
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Whether Σ nᵢ log|αᵢ| is 0: whether the product of the powers of |αᵢ| with positive and that
  /// with negative nᵢ are the same algebraic number.
  private mutating func vanishes(
    logarithms: [(kernel: Int, multiple: Rational)]
  ) throws(ReductionFailure) -> Bool {
    guard let numbers = try? whole(logarithms.map { $0.multiple }) else { return false }
    if let sign = constantSign({ evaluator, algebra in
      var total = Ball.zero
      for (entry, number) in zip(logarithms, numbers) {
        let own = evaluator.ball(ofKernel: entry.kernel, algebra)
        total = evaluator.balls.add(total, evaluator.balls.multiply(own, Ball(number)))
      }
      return total
    }), sign != 0 {
      return false
    }
    var field = AlgebraicField()
    var above = AlgebraicSize.one
    var below = AlgebraicSize.one
    var arguments: [(form: FactoredForm, number: Int)] = []
    for (entry, number) in zip(logarithms, numbers) {
      let form: FactoredForm
      switch kernels[entry.kernel].kind {
      case .primeLogarithm(let base): form = FactoredForm(Rational(base))
      case .logarithm(let factor): form = FactoredForm(factor: factor)
      default: return false
      }
      guard let size = try? size(of: form, &field) else { return false }
      let power = size.power(Int(number.magnitude))
      if number > 0 { above = above * power } else { below = below * power }
      arguments.append((form, number))
    }
    return try isZero(above + below, field) { evaluator, algebra in
      var (top, bottom) = (Ball.one, Ball.one)
      let balls = evaluator.balls
      for (form, number) in arguments {
        let value = balls.abs(evaluator.ball(of: form, algebra))
        let power = balls.power(value, Integer(Int(number.magnitude)))
        if number > 0 { top = balls.multiply(top, power) }
        if number < 0 { bottom = balls.multiply(bottom, power) }
      }
      return balls.subtract(top, bottom)
    }
  }

  /// Whether Σ qᵢ atan αᵢ + qπ is 0.
  ///
  /// With whole multiples, S = Σ nᵢ atan αᵢ + nπ is an argument of ±Π (1 + iαᵢ)^nᵢ. If the
  /// imaginary part of the product is 0, S is a multiple of π, and a ball inside (−π, π) says that
  /// it is 0.
  mutating func vanishes(
    _ arcs: [(kernel: Int, multiple: Rational)], _ turns: Rational
  ) throws(ReductionFailure) -> Bool {
    guard let numbers = try? whole(arcs.map { $0.multiple } + [turns]),
      let half = numbers.last
    else { return false }
    var total = 0
    for number in numbers.dropLast() { total += Int(number.magnitude) }
    if total > 4000 { return false }
    var evaluator = ConstantEvaluator(precision: 128)
    var angle = evaluator.balls.multiply(evaluator.balls.pi, Ball(half))
    for (entry, number) in zip(arcs, numbers) {
      let own = evaluator.ball(ofKernel: entry.kernel, self)
      angle = evaluator.balls.add(angle, evaluator.balls.multiply(own, Ball(number)))
    }
    guard evaluator.balls.isLess(evaluator.balls.abs(angle), Ball(3)) == true,
      !angle.excludesZero
    else { return false }
    var field = AlgebraicField()
    var size = AlgebraicSize.one
    var tangents: [(form: FactoredForm, number: Int)] = []
    for (entry, number) in zip(arcs, numbers) {
      guard case .application(.atan, let x) = kernels[entry.kernel].kind,
        let own = try? self.size(of: x, &field)
      else { return false }
      // δ ± iβ, whose magnitude is at most |δ| + |β|.
      let factor = AlgebraicSize(upper: max(own.upper, own.lower) + 1, lower: own.lower)
      size = size * factor.power(Int(number.magnitude))
      tangents.append((x, number))
    }
    return try isZero(size, field) { evaluator, algebra in
      let balls = evaluator.balls
      var (real, imaginary) = (Ball.one, Ball.zero)
      for (form, number) in tangents {
        var tangent = evaluator.ball(of: form, algebra)
        if number < 0 { tangent = balls.negate(tangent) }
        for _ in 0..<Int(number.magnitude) {
          let next = balls.subtract(real, balls.multiply(imaginary, tangent))
          imaginary = balls.add(imaginary, balls.multiply(real, tangent))
          real = next
        }
      }
      return imaginary
    }
  }
}
