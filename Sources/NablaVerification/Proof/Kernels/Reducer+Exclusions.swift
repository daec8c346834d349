import NablaExpressions
import NablaNumbers

extension Reducer {
  /// Sums without one term, Σ_{k≠i} f(k), are Σ_k f(k) − f(i) only if f(i) is a value; where that is
  /// not known their condition is kept as a kernel.
  ///
  /// The kernels are functions that are defined for almost all arguments, so that f(i) may be taken
  /// away and put back, but for inverse functions with a bounded range, and but for points that
  /// assumed equations single out, where every condition of f(i) has to be shown.
  mutating func keepExclusions(in opened: OpenedBinder, _ pool: inout ExpressionPool) {
    if !pool.traits(opened.body).contains(.condition) { return }
    for node in pool.nodesBelow([opened.body]) {
      guard case .indicator = pool[node], let (left, right) = pool.exclusion(node) else { continue }
      for (own, other) in [(left, right), (right, left)] {
        guard case .symbol(let index) = pool[own], opened.indices.contains(index) else { continue }
        var substitution = Substitution()
        substitution.nodes[node] = pool.one
        let whole = pool.substitute(substitution, in: opened.body)
        let left = pool.substitute(Substitution(index, other), in: whole)
        if !isMeant(left, &pool) { keptExclusions.insert(pool.canonical(node)) }
      }
    }
  }

  private mutating func isMeant(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    for node in pool.nodesBelow([handle]) {
      guard case .function(let function, _) = pool[node] else { continue }
      switch function {
      case .asin, .acos, .asec, .acsc, .acosh, .asech, .atanh, .acoth: return false
      default: break
      }
    }
    let before = jumps
    defer { jumps = before }
    guard (try? form(of: handle, in: &pool)) != nil else { return false }
    if !usesEquations { return true }
    var analysis = DomainAnalysis()
    analysis.collect(from: handle, in: &pool)
    for condition in analysis.conditions {
      guard !condition.isLocal, let value = try? form(of: condition.subject, in: &pool) else {
        return false
      }
      switch condition.kind {
      case .nonzero:
        for factor in value.factors where algebra.strictSign(factor.id) == nil { return false }
      case .positive: if !isPositive(value) { return false }
      case .nonnegative: if !algebra.isNonnegative(value) { return false }
      case .cosineNonzero, .sineNonzero: return false
      }
    }
    return analysis.isComplete
  }

  /// A product over indices: the part that is certainly positive as an exponential of a sum of
  /// logarithms, the rest as a kernel.
  mutating func indexedProduct(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) -> FactoredForm {
    let canonical = pool.canonical(handle)
    guard case .indexedProduct = pool[canonical], let opened = pool.open(canonical) else {
      return try opaque(handle, &pool)
    }
    let before = jumps
    let body: FactoredForm
    do throws(ReductionFailure) {
      body = try form(of: opened.body, in: &pool)
    } catch {
      if case .exhausted = error { throw error }
      jumps = before
      return try opaque(handle, &pool)
    }
    guard jumps == before, isPositive(body) else {
      jumps = before
      return try opaque(handle, &pool)
    }
    let exponent = pool.writtenFunction(.log, opened.body)
    let total = pool.closeSum(exponent, over: opened.indices, ranges: opened.ranges)
    return try exponential(form(of: total, in: &pool))
  }
}

extension ExpressionPool {
  /// The two indices of a condition that they differ.
  func exclusion(_ handle: Handle) -> (left: Handle, right: Handle)? {
    var condition = handle
    if case .indicator(let inner) = self[handle] { condition = inner }
    guard case .relation(.notEqual, let list) = self[condition], count(list) == 2 else {
      return nil
    }
    let (left, right) = (operand(list, 0), operand(list, 1))
    guard case .symbol(let one) = self[left], case .symbol(let other) = self[right] else {
      return nil
    }
    for symbol in [one, other] where kind(of: symbol) != .index && kind(of: symbol) != .label {
      return nil
    }
    return (left, right)
  }
}
