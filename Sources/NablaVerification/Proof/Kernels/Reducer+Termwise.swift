import NablaExpressions
import NablaNumbers

extension Reducer {
  /// Whether a form is 0 because the sums in it, taken together as one sum, have terms that are 0.
  ///
  /// Σ_k f(k) + Σ_k g(k) = Σ_k (f(k) + g(k)) for finite sums over one range. Sums of fractions have
  /// no form of their own in which every such relation shows; their terms have.
  mutating func vanishesTermwise(
    _ form: FactoredForm, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    let above = FactoredForm(1, form.factors.filter { $0.exponent > 0 })
    guard let polynomial = try? algebra.expanded(above) else { return false }
    if polynomial.count < 2 || polynomial.count > Self.mostSums { return false }
    var parts: [KernelMonomial: [(value: Rational, sum: Handle)]] = [:]
    for (monomial, value) in polynomial.ordered {
      guard let (kernel, sum) = singleSum(in: monomial, pool) else { return false }
      var rest = monomial
      rest.remove(kernel)
      parts[rest, default: []].append((value, sum))
    }
    for key in parts.keys.sorted() {
      guard let sums = parts[key], try isZero(sums, &pool) else { return false }
    }
    return true
  }

  private static let mostSums = 400

  /// The last sum among the factors of a monomial that stands in it once.
  private func singleSum(
    in monomial: KernelMonomial, _ pool: borrowing ExpressionPool
  ) -> (kernel: Int, sum: Handle)? {
    for power in monomial.powers.reversed() where power.exponent == 1 {
      guard case .name(let handle) = algebra.kernels[power.kernel].kind,
        case .indexedSum = pool[handle]
      else { continue }
      return (power.kernel, handle)
    }
    return nil
  }

  private mutating func isZero(
    _ sums: [(value: Rational, sum: Handle)], _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> Bool {
    guard sums.count > 1, let common = pool.open(sums[0].sum) else { return false }
    var terms: [Handle] = []
    for (value, sum) in sums {
      guard let own = pool.open(sum), own.ranges == common.ranges else { return false }
      var substitution = Substitution()
      for (index, name) in zip(own.indices, common.indices) where index != name {
        substitution.symbols[index] = pool.symbol(name)
      }
      let body = substitution.isEmpty ? own.body : pool.substitute(substitution, in: own.body)
      terms.append(pool.writtenProduct([pool.number(value), body]))
    }
    let before = jumps
    do throws(ReductionFailure) {
      return try form(of: pool.writtenSum(terms), in: &pool).isZero && jumps == before
    } catch {
      if case .exhausted = error { throw error }
      return false
    }
  }
}
