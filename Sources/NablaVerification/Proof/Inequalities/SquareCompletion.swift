import NablaCalculus
import NablaExpressions
import NablaNumbers

/// Writes an expression as a sum of squares and a remainder that is not negative.
///
/// The expression is taken as a quadratic polynomial a u² + b u + c in one of its parts u, which is
/// a (u + b/2a)² + c − b²/4a; the remainder is treated in the same way. Whatever u depends on, the
/// identity holds, so that a > 0 and a remainder ≥ 0 prove that the expression is not negative.
struct SquareCompletion {
  /// Whether a part is known to be positive, or not negative.
  private let isKnown: (Handle, Relation, inout ExpressionPool) -> Bool
  private let isStrict: Bool

  init(
    isStrict: Bool, isKnown: @escaping (Handle, Relation, inout ExpressionPool) -> Bool
  ) {
    self.isStrict = isStrict
    self.isKnown = isKnown
  }

  /// Each square takes one part out of what is left.
  private static let mostSquares = 4
  private static let mostParts = 8

  /// The sum of squares in written form; nil if none is found.
  func squares(of expression: Handle, in pool: inout ExpressionPool) -> Handle? {
    squares(pool.canonical(expression), Self.mostSquares, &pool)
  }

  private func squares(
    _ rest: Handle, _ left: Int, _ pool: inout ExpressionPool
  ) -> Handle? {
    if let value = pool.rational(rest) {
      return value.signum > 0 || (value.signum == 0 && !isStrict) ? rest : nil
    }
    guard left > 0, !pool.isInterrupted else { return nil }
    for part in parts(of: rest, &pool).prefix(Self.mostParts) {
      guard let square = complete(rest, in: part, &pool) else { continue }
      if square.rest == pool.zero, !isStrict { return square.written }
      guard let below = squares(square.rest, left - 1, &pool) else { continue }
      return pool.lightSum([square.written, pool.presentable(below)])
    }
    if left == Self.mostSquares { return nil }
    return isKnown(rest, isStrict ? .greater : .greaterOrEqual, &pool)
      ? pool.presentable(rest) : nil
  }

  /// What the expression may be a polynomial in: functions first, then names.
  private func parts(of root: Handle, _ pool: inout ExpressionPool) -> [Handle] {
    var functions: [Handle] = []
    var names: [Handle] = []
    for node in pool.nodesBelow([root]) where pool.looseLevels(node) == 0 {
      switch pool[node] {
      case .function, .apply: functions.append(node)
      case .symbol(let id) where pool.kind(of: id) == .scalar: names.append(node)
      case .entry: names.append(node)
      default: break
      }
    }
    return functions.reversed() + names
  }

  private func complete(
    _ whole: Handle, in part: Handle, _ pool: inout ExpressionPool
  ) -> (written: Handle, rest: Handle)? {
    let id = pool.declare(Symbol("", .scalar, isFresh: true))
    let variable = pool.symbol(id)
    guard let polynomial = pool.replacing(part, by: variable, in: whole) else { return nil }
    let context = DifferentiationContext()
    func slope(_ handle: Handle, _ pool: inout ExpressionPool) -> Handle {
      pool.canonical(
        pool.differentiated(pool.derivative(handle, by: [variable]), context))
    }
    let first = slope(polynomial, &pool)
    let second = slope(first, &pool)
    guard !pool.occurs(id, in: second), second != pool.zero else { return nil }
    guard let one = Rational(1, over: 2) else { return nil }
    let half = pool.number(one)
    let a = pool.canonicalProduct([half, second])
    guard isPositive(a, &pool) else { return nil }
    var atZero = Substitution()
    atZero.symbols[id] = pool.zero
    let b = pool.canonical(pool.substitute(atZero, in: first))
    let c = pool.canonical(pool.substitute(atZero, in: polynomial))
    let inverse = pool.canonicalPower(second, pool.minusOne)
    // b/(2a) = b/second, and b²/(4a) = b²/(2·second).
    let shift = pool.canonical(pool.canonicalProduct([b, inverse]))
    let lost = pool.canonicalProduct([half, pool.canonicalProduct([b, b]), inverse])
    let rest = pool.canonical(
      pool.canonicalSum([c, pool.canonicalProduct([pool.minusOne, lost])]))
    let base = pool.presentable(pool.canonicalSum([part, shift]))
    let square = pool.writtenPower(base, pool.two)
    let written = a == pool.one ? square : pool.lightProduct([pool.presentable(a), square])
    return (written, rest)
  }

  private func isPositive(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    if let value = pool.rational(handle) { return value.signum > 0 }
    return isKnown(handle, .greater, &pool)
  }
}

extension ExpressionPool {
  /// The expression with a symbol in the place of one closed part.
  fileprivate mutating func replacing(
    _ part: Handle, by symbol: Handle, in root: Handle
  ) -> Handle? {
    var results: [Handle: Handle] = [part: symbol]
    for node in nodesBelow([root]) where node != part {
      let known = results
      results[node] = mapChildren(of: node) { _, child, _ in known[child] ?? child }
    }
    return results[root]
  }
}
