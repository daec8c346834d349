import NablaExpressions
import NablaNumbers

extension Lifter {
  /// exp(u_c)·(Σ_k exp(u_k))⁻¹ is a component of a softmax.
  mutating func gatherSoftmax(
    _ product: inout OpenedProduct, _ network: inout IndexNetwork, in pool: inout ExpressionPool
  ) -> Bool {
    for place in product.factors.indices {
      let split = pool.splitPower(product.factors[place])
      guard var order = pool.rational(split.exponent)?.asInt, order < 0, order > -64,
        case .indexedSum(_, let body) = pool[split.base], case .function(.exp, _) = pool[body],
        let opened = pool.openAnew(split.base), opened.indices.count == 1,
        case .function(.exp, let exponent) = pool[opened.body]
      else { continue }
      for other in product.factors.indices where order < 0 {
        guard case .function(.exp, let argument) = pool[product.factors[other]] else { continue }
        guard
          let match = component(argument, of: exponent, opened, limit: -order, product, in: &pool)
        else { continue }
        let first = product.active.first { $0 != match.index && pool.occurs($0, in: match.logit) }
        let (row, column) = first.map { ($0, match.index) } ?? (match.index, nil)
        guard let logits = liftFully(match.logit, row, column, in: &pool) else { continue }
        var form = MatrixForm(.softmax(logits), logits.shape)
        if match.power > 1 {
          let power = MatrixForm.scalar(pool.integer(match.power))
          form = MatrixForm(.elementwisePower(form, power), form.shape)
        }
        network.add(form, row, column, in: pool)
        product.factors[other] = pool.one
        order += match.power
      }
      product.factors[place] = pool.canonicalPower(split.base, pool.integer(order))
    }
    return true
  }

  /// The index and power by which an exponential belongs to the sum of exponentials.
  private func component(
    _ argument: Handle, of exponent: Handle, _ opened: OpenedBinder, limit: Int,
    _ product: OpenedProduct, in pool: inout ExpressionPool
  ) -> (index: SymbolID, logit: Handle, power: Int)? {
    for index in product.active where pool.occurs(index, in: argument) {
      if pool.occurs(index, in: exponent) { continue }
      guard let range = pool.firstRange(of: index),
        pool.isInRange(pool.symbol(opened.indices[0]), range)
      else { continue }
      let substitution = Substitution(opened.indices[0], pool.symbol(index))
      let logit = pool.canonical(pool.substitute(substitution, in: exponent))
      for power in 1...max(1, min(limit, 8)) {
        if pool.canonicalProduct([pool.integer(power), logit]) == argument {
          return (index, logit, power)
        }
      }
    }
    return nil
  }
}
