import NablaExpressions
import NablaNumbers

extension Lifter {
  /// A scalar: in matrix notation where sums in it have such a form, else as it is.
  mutating func liftScalar(_ handle: Handle, in pool: inout ExpressionPool) -> LiftedTerm {
    let plain = LiftedTerm(scalar: handle)
    if !pool.traits(handle).contains(.binder) { return plain }
    switch pool[handle] {
    case .sum(let list): return liftSum(pool.operands(list), nil, nil, in: &pool) ?? plain
    case .product(let list):
      var product = LiftedTerm(scalar: pool.one)
      for factor in pool.operands(list) {
        guard let term = lift(factor, nil, nil, in: &pool) else { return plain }
        product = pool.multiply(product, term)
      }
      return product
    case .indexedSum: return liftProduct(handle, nil, nil, in: &pool) ?? plain
    case .power(let base, let exponent):
      return liftPower(base, exponent, in: &pool) ?? plain
    case .function(let function, let argument):
      guard let form = argumentForm(argument, in: &pool) else { return plain }
      return LiftedTerm(scalar: pool.one, above: [MatrixForm(.function(function, form), .scalar)])
    case .apply(let function, let list):
      guard let forms = argumentForms(pool.operands(list), in: &pool) else { return plain }
      return LiftedTerm(scalar: pool.one, above: [MatrixForm(.apply(function, forms), .scalar)])
    case .maximum(let list), .minimum(let list):
      guard let forms = argumentForms(pool.operands(list), in: &pool) else { return plain }
      var isMaximum = false
      if case .maximum = pool[handle] { isMaximum = true }
      let form = MatrixForm(.extremum(forms, isMaximum: isMaximum), .scalar)
      return LiftedTerm(scalar: pool.one, above: [form])
    case .indicator(let condition):
      guard case .relation(let relation, let list) = pool[condition],
        let forms = argumentForms(pool.operands(list), in: &pool), forms.count == 2
      else { return plain }
      let form = MatrixForm(.indicator(relation, forms[0], forms[1]), .scalar)
      return LiftedTerm(scalar: pool.one, above: [form])
    case .determinant:
      guard let opened = pool.open(handle), opened.indices.count == 2,
        let inner = liftFully(opened.body, opened.indices[0], opened.indices[1], in: &pool)
      else { return plain }
      // det Aᵀ = det A.
      let transposed = pool.transpose(inner)
      let keys = [inner, transposed].map {
        (pool.symbolCount($0), pool.firstSymbol(of: $0.chain[0]))
      }
      let shorter = keys[1] < keys[0] ? transposed : inner
      return LiftedTerm(scalar: pool.one, above: [MatrixForm(.determinant(shorter), .scalar)])
    default: return plain
    }
  }

  /// An argument in matrix notation; nil if no such notation occurs in it.
  private mutating func argumentForm(
    _ handle: Handle, in pool: inout ExpressionPool
  ) -> MatrixForm? {
    guard let term = lift(handle, nil, nil, in: &pool), !term.isElementary else { return nil }
    return pool.form(of: term)
  }

  private mutating func argumentForms(
    _ handles: [Handle], in pool: inout ExpressionPool
  ) -> [MatrixForm]? {
    var forms: [MatrixForm] = []
    var isElementary = true
    for handle in handles {
      guard let term = lift(handle, nil, nil, in: &pool) else { return nil }
      if !term.isElementary { isElementary = false }
      forms.append(pool.form(of: term))
    }
    return isElementary ? nil : forms
  }

  /// A power of a scalar; roots of sums of squares are norms.
  private mutating func liftPower(
    _ base: Handle, _ exponent: Handle, in pool: inout ExpressionPool
  ) -> LiftedTerm? {
    guard let inner = lift(base, nil, nil, in: &pool) else { return nil }
    guard let order = pool.rational(exponent) else {
      guard let upper = lift(exponent, nil, nil, in: &pool) else { return nil }
      if inner.isElementary, upper.isElementary { return nil }
      let above = pool.form(of: upper)
      return LiftedTerm(
        scalar: pool.one, above: [MatrixForm(.power(pool.form(of: inner), above), .scalar)])
    }
    if inner.isElementary { return nil }
    let power = raised(pool.form(of: inner), order.absoluteValue, in: &pool)
    return order.signum > 0
      ? LiftedTerm(scalar: pool.one, above: [power])
      : LiftedTerm(scalar: pool.one, below: [power])
  }

  private func raised(
    _ form: MatrixForm, _ order: Rational, in pool: inout ExpressionPool
  ) -> MatrixForm {
    if case .power(let norm, let own) = form.kind, case .norm = norm.kind,
      case .scalar(let handle) = own.kind, let inner = pool.rational(handle)
    {
      let total = inner * order
      if total.isOne { return norm }
      return MatrixForm(.power(norm, .scalar(pool.number(total))), .scalar)
    }
    if order.isOne { return form }
    if order == Rational(1, over: 2) { return MatrixForm(.function(.sqrt, form), .scalar) }
    return MatrixForm(.power(form, .scalar(pool.number(order))), .scalar)
  }
}
