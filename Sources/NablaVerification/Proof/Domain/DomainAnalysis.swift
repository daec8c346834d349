import NablaExpressions
import NablaNumbers

/// A condition without which a written form has no value.
struct DomainCondition: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case nonzero, positive, nonnegative
    /// cos u ≠ 0, sin u ≠ 0.
    case cosineNonzero, sineNonzero
  }

  let kind: Kind
  let subject: Handle
  /// Whether an index of a sum or a condition stands above it.
  let isLocal: Bool
}

/// Collects the conditions under which written forms are defined.
struct DomainAnalysis {
  private(set) var conditions: [DomainCondition] = []
  private var seen: Set<DomainCondition> = []
  /// Whether a part was looked at as one that is there at every point, or only as a local one.
  private var visited = HandleMemo<(global: Bool, local: Bool)>()
  private var work = 20_000

  /// Whether every part was looked at.
  var isComplete: Bool { work > 0 }

  mutating func collect(from root: Handle, in pool: inout ExpressionPool) {
    visit(root, isLocal: false, 0, &pool)
  }

  private mutating func visit(
    _ handle: Handle, isLocal: Bool, _ depth: Int, _ pool: inout ExpressionPool
  ) {
    work -= 1
    if work < 0 || depth > 400 { return }
    var seen = visited[handle] ?? (global: false, local: false)
    if isLocal ? seen.local : seen.global { return }
    if isLocal { seen.local = true } else { seen.global = true }
    visited.set(seen, for: handle)
    switch pool[handle] {
    case .quotient(let above, let below):
      add(.nonzero, below, isLocal || mayHide(above, &pool))
    case .power(let base, let exponent): power(base, exponent, isLocal, &pool)
    case .root(let radicand, _): add(.nonnegative, radicand, isLocal)
    case .function(let function, let argument): value(function, argument, isLocal, &pool)
    case .piecewise(let list) where pool.count(list) == 2:
      onlyBranch(pool.operand(list, 0), isLocal, &pool)
    default: break
    }
    var isHidden = isLocal
    switch pool[handle] {
    case .piecewise, .derivative: isHidden = true
    case .product(let list), .heldProduct(let list):
      for operand in pool.operands(list) where mayHide(operand, &pool) { isHidden = true }
    case .quotient(let above, _): if mayHide(above, &pool) { isHidden = true }
    default: break
    }
    if let opened = pool.open(handle) {
      visit(opened.body, isLocal: true, depth + 1, &pool)
      return
    }
    for child in pool.children(of: handle) {
      visit(child, isLocal: isHidden, depth + 1, &pool)
    }
  }

  /// Without another branch the condition of the only one has to hold.
  private mutating func onlyBranch(
    _ condition: Handle, _ isLocal: Bool, _ pool: inout ExpressionPool
  ) {
    guard case .relation(let relation, let list) = pool[condition], pool.count(list) == 2 else {
      return
    }
    let (left, right) = (pool.operand(list, 0), pool.operand(list, 1))
    let gap = pool.writtenSum([left, pool.negation(right)])
    switch relation {
    case .greater: add(.positive, gap, isLocal)
    case .greaterOrEqual: add(.nonnegative, gap, isLocal)
    case .less: add(.positive, pool.negation(gap), isLocal)
    case .lessOrEqual: add(.nonnegative, pool.negation(gap), isLocal)
    case .equal, .notEqual: break
    }
  }

  private func mayHide(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    pool.mayHide(handle)
  }

  private mutating func add(
    _ kind: DomainCondition.Kind, _ subject: Handle, _ isLocal: Bool
  ) {
    let condition = DomainCondition(kind: kind, subject: subject, isLocal: isLocal)
    if seen.insert(condition).inserted { conditions.append(condition) }
  }

  private mutating func power(
    _ base: Handle, _ exponent: Handle, _ isLocal: Bool, _ pool: inout ExpressionPool
  ) {
    if let order = pool.rational(pool.canonical(exponent)) {
      if order.isInteger {
        if order.isNegative { add(.nonzero, base, isLocal) }
      } else {
        add(order.isNegative ? .positive : .nonnegative, base, isLocal)
      }
    } else if !pool.isDiscrete(exponent) {
      add(.positive, base, isLocal)
    }
  }

  private mutating func value(
    _ function: Function, _ x: Handle, _ isLocal: Bool, _ pool: inout ExpressionPool
  ) {
    func between() -> [Handle] {
      [pool.writtenSum([pool.one, x]), pool.writtenSum([pool.one, pool.negation(x)])]
    }
    switch function {
    case .log: add(.positive, x, isLocal)
    case .sqrt: add(.nonnegative, x, isLocal)
    case .tan, .sec: add(.cosineNonzero, x, isLocal)
    case .cot, .csc: add(.sineNonzero, x, isLocal)
    case .coth, .csch, .acot, .acsch: add(.nonzero, x, isLocal)
    case .asin, .acos: for part in between() { add(.nonnegative, part, isLocal) }
    case .atanh: for part in between() { add(.positive, part, isLocal) }
    case .acosh:
      add(.nonnegative, pool.writtenSum([x, pool.minusOne]), isLocal)
      add(.positive, pool.writtenSum([x, pool.one]), isLocal)
    case .asech:
      add(.positive, x, isLocal)
      add(.nonnegative, pool.writtenSum([pool.one, pool.negation(x)]), isLocal)
    default: break
    }
  }
}

extension ExpressionPool {
  /// Whether a factor may be 0 because a condition in it fails, and then hide the other factors.
  mutating func mayHide(_ root: Handle) -> Bool {
    let traits = traits(root)
    if !traits.contains(.condition), !traits.contains(.delta) { return false }
    var open = [root]
    while let handle = open.popLast() {
      switch self[handle] {
      case .product(let list), .heldProduct(let list): open += operands(list)
      case .negation(let child), .quotient(let child, _): open.append(child)
      case .power(let base, _): open.append(base)
      case .indicator, .delta: return true
      default: break
      }
    }
    return false
  }
}
