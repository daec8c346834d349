import NablaExpressions
import NablaNumbers

extension Prover {
  /// Whether an equation between sums over one range holds because it holds for each index.
  func holdsTermwise(
    _ question: ProofQuestion, _ level: Int, _ pool: inout ExpressionPool
  ) -> Bool {
    guard level < 2, question.guards.isEmpty, !question.isUnguarded else { return false }
    var terms: [Handle] = []
    var opened: OpenedBinder?
    for (side, sign) in [(question.left, 1), (question.right, -1)] {
      var parts: [(Handle, Rational)] = []
      guard collect(side, Rational(sign), &parts, pool, 0) else { return false }
      for (part, multiple) in parts {
        guard case .indexedSum = pool[part], let own = pool.openAnew(part), own.indices.count == 1
        else { return false }
        var body = own.body
        if let first = opened {
          guard pool.canonical(own.ranges[0].lower) == pool.canonical(first.ranges[0].lower),
            pool.canonical(own.ranges[0].upper) == pool.canonical(first.ranges[0].upper)
          else { return false }
          body = pool.substitute(
            Substitution(own.indices[0], pool.symbol(first.indices[0])), in: body)
        } else {
          opened = own
        }
        terms.append(pool.writtenProduct([pool.number(multiple), body]))
      }
    }
    guard let opened, terms.count > 0 else { return false }
    let total = pool.writtenSum(terms)
    // What stands for a component may be any number, so that more is shown than is asked.
    var substitution = Substitution()
    for node in pool.nodesBelow([total]) {
      guard case .entry(let id, _) = pool[node], pool.looseLevels(node) == 0 else { continue }
      var domain = Domain()
      domain.lower = pool.declaration(of: id).domain.lower
      domain.upper = pool.declaration(of: id).domain.upper
      let name = pool.declare(Symbol("", .scalar, domain: domain, isFresh: true))
      substitution.nodes[node] = pool.symbol(name)
    }
    let body = pool.substitute(substitution, in: total)
    if pool.symbolsOccurring(in: [body]).contains(opened.indices[0]) { return false }
    let verdict = Prover(
      ProofContext(definitions: context.definitions, seed: context.seed), budget: budget
    ).decide(body, pool.zero, level: level + 1, &pool)
    if case .proved = verdict { return true }
    return false
  }

  private func collect(
    _ handle: Handle, _ factor: Rational, _ parts: inout [(Handle, Rational)],
    _ pool: borrowing ExpressionPool, _ depth: Int
  ) -> Bool {
    if depth > 20 || parts.count > 40 { return false }
    if pool.rational(handle)?.isZero == true { return true }
    switch pool[handle] {
    case .sum(let list):
      for operand in pool.operands(list) {
        if !collect(operand, factor, &parts, pool, depth + 1) { return false }
      }
      return true
    case .negation(let operand): return collect(operand, -factor, &parts, pool, depth + 1)
    case .product(let list):
      var multiple = factor
      var rest: Handle?
      for operand in pool.operands(list) {
        if let value = pool.rational(operand) {
          multiple = multiple * value
        } else if rest == nil {
          rest = operand
        } else {
          return false
        }
      }
      guard let rest else { return false }
      return collect(rest, multiple, &parts, pool, depth + 1)
    default:
      parts.append((handle, factor))
      return true
    }
  }
}
