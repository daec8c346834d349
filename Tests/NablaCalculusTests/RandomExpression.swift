import NablaExpressions
import NablaNumbers
import NablaVerification

/// Random written expressions over the names of `statements`, the same for the same seed.
struct RandomExpression {
  static let statements = """
    dimension N; index i, j, k, l = 1..N; scalar x; scalar y; scalar p positive; vector h[N]; \
    vector q[N] positive; matrix W[N, N]; function f; function g
    """

  struct Names {
    let x: SymbolID
    let y: SymbolID
    let p: SymbolID
    let h: SymbolID
    let q: SymbolID
    let weights: SymbolID
    let f: SymbolID
    let g: SymbolID
    let indices: [SymbolID]
    let range: IndexRange

    init?(_ room: borrowing Workroom) {
      let names = room.scope.names
      guard let x = names["x"], let y = names["y"], let p = names["p"], let h = names["h"],
        let q = names["q"], let weights = names["W"], let f = names["f"], let g = names["g"],
        let i = names["i"], let j = names["j"], let k = names["k"], let l = names["l"],
        let range = room.pool.declaration(of: i).ranges.first
      else { return nil }
      self.x = x
      self.y = y
      self.p = p
      self.h = h
      self.q = q
      self.weights = weights
      self.f = f
      self.g = g
      indices = [i, j, k, l]
      self.range = range
    }
  }

  let names: Names
  var random: RandomNumbers
  /// Whether sums over indices, deltas and components occur.
  var hasIndices = true
  /// Whether functions with kinks, extrema, indicators and cases occur.
  var hasKinks = true
  /// The indices that may stand in components here.
  private var free: [SymbolID] = []
  private var unused: [SymbolID]

  init(_ names: Names, seed: UInt64, hasIndices: Bool = true, hasKinks: Bool = true) {
    self.names = names
    self.hasIndices = hasIndices
    self.hasKinks = hasKinks
    random = RandomNumbers(seed: seed &* 0x9E37 &+ 11)
    // i is free; the others are bound by sums.
    free = hasIndices ? [names.indices[0]] : []
    unused = Array(names.indices.dropFirst())
  }

  private mutating func chance(_ percent: Int) -> Bool { random.below(100) < percent }

  mutating func expression(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    if depth <= 0 || chance(8) { return leaf(&pool) }
    switch random.below(hasIndices ? 18 : 15) {
    case 0, 1, 2: return sum(depth, &pool)
    case 3, 4, 5: return product(depth, &pool)
    case 6:
      let above = expression(depth - 1, &pool)
      return pool.quotient(above, divisor(depth - 1, &pool))
    case 7: return pool.negation(expression(depth - 1, &pool))
    case 8, 9: return power(depth, &pool)
    case 10, 11: return function(depth, &pool)
    case 12: return kinked(depth, &pool)
    case 13: return root(depth, &pool)
    case 14: return application(depth, &pool)
    case 15, 16: return indexedSum(depth, &pool)
    default: return indexed(depth, &pool)
    }
  }

  private mutating func leaf(_ pool: inout ExpressionPool) -> Handle {
    switch random.below(hasIndices && !free.isEmpty ? 11 : 6) {
    case 0, 1: return pool.symbol(names.x)
    case 2: return pool.symbol(names.y)
    case 3: return pool.symbol(names.p)
    case 4: return pool.integer(random.below(7) - 3)
    case 5:
      return pool.number(
        Rational(Integer(random.below(9) - 4), over: Integer(random.below(4) + 1)) ?? 1)
    case 6, 7: return pool.entry(names.h, [index(&pool)])
    case 8: return pool.entry(names.q, [index(&pool)])
    case 9: return pool.entry(names.weights, [index(&pool), index(&pool)])
    default: return pool.writtenDelta(index(&pool), index(&pool))
    }
  }

  private mutating func index(_ pool: inout ExpressionPool) -> Handle {
    if chance(6) { return pool.integer(1 + random.below(2)) }
    return pool.symbol(free[random.below(free.count)])
  }

  private mutating func several(
    _ count: Int, _ depth: Int, _ pool: inout ExpressionPool
  ) -> [Handle] {
    var parts: [Handle] = []
    for _ in 0..<count { parts.append(expression(depth - 1, &pool)) }
    // Repetitions make like terms and cancellations.
    if parts.count > 1, chance(25) { parts[0] = parts[parts.count - 1] }
    return parts
  }

  private mutating func sum(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    var parts = several(2 + random.below(2), depth, &pool)
    if chance(40) { parts[1] = pool.negation(parts[1]) }
    return pool.writtenSum(parts)
  }

  private mutating func product(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    pool.writtenProduct(several(2 + random.below(2), depth, &pool))
  }

  /// Something that is 0 at isolated points at most, as far as that can be told.
  private mutating func divisor(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    chance(50) ? positive(depth, &pool) : expression(depth, &pool)
  }

  /// Something positive.
  private mutating func positive(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    let inner = expression(depth - 1, &pool)
    switch random.below(4) {
    case 0: return pool.writtenSum([pool.one, pool.writtenPower(inner, pool.two)])
    case 1: return pool.writtenFunction(.softplus, inner)
    case 2: return pool.writtenSum([pool.symbol(names.p), pool.writtenPower(inner, pool.two)])
    default: return pool.writtenFunction(.exp, pool.writtenFunction(.tanh, inner))
    }
  }

  private mutating func power(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    switch random.below(6) {
    case 0, 1:
      let base = expression(depth - 1, &pool)
      return pool.writtenPower(base, pool.integer(2 + random.below(2)))
    case 2:
      let base = divisor(depth - 1, &pool)
      return pool.writtenPower(base, pool.integer(-1 - random.below(2)))
    case 3:
      let base = positive(depth - 1, &pool)
      return pool.writtenPower(
        base,
        pool.number(Rational(Integer(random.below(9) - 4), over: Integer(2 + random.below(3))) ?? 1)
      )
    case 4:
      let base = positive(depth - 1, &pool)
      return pool.writtenPower(base, expression(depth - 2, &pool))
    default:
      let base = expression(depth - 1, &pool)
      let even = pool.writtenPower(base, pool.two)
      return pool.writtenPower(
        even,
        pool.number(Rational(Integer(1 + random.below(4)), over: Integer(2 + random.below(3))) ?? 1)
      )
    }
  }

  private mutating func root(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    pool.root(positive(depth, &pool), degree: 2)
  }

  private mutating func function(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    let smooth = Function.allCases.filter { !$0.hasKink }
    let chosen = smooth[random.below(smooth.count)]
    switch chosen {
    case .log, .sqrt: return pool.writtenFunction(chosen, positive(depth - 1, &pool))
    case .asin, .acos, .atanh:
      let inner = pool.writtenFunction(.tanh, expression(depth - 2, &pool))
      return pool.writtenFunction(chosen, inner)
    case .acosh, .asec, .acsc, .acoth:
      let inner = pool.writtenSum([pool.one, positive(depth - 2, &pool)])
      return pool.writtenFunction(chosen, inner)
    case .asech:
      return pool.writtenFunction(
        chosen, pool.writtenFunction(.sigmoid, expression(depth - 2, &pool)))
    case .exp, .sinh, .cosh, .csch, .coth:
      let inner = expression(depth - 1, &pool)
      return pool.writtenFunction(
        chosen, chance(50) ? inner : pool.writtenFunction(.sin, inner))
    default: return pool.writtenFunction(chosen, expression(depth - 1, &pool))
    }
  }

  private mutating func kinked(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    if !hasKinks { return function(depth, &pool) }
    switch random.below(6) {
    case 0:
      let kinks: [Function] = [.relu, .abs, .sign, .step]
      return pool.writtenFunction(kinks[random.below(4)], expression(depth - 1, &pool))
    case 1, 2:
      return pool.writtenExtremum(several(2 + random.below(2), depth, &pool), isMaximum: chance(50))
    case 3:
      let condition = condition(depth - 2, &pool)
      let value = expression(depth - 1, &pool)
      return pool.writtenPiecewise([condition, value, expression(depth - 1, &pool)])
    case 4:
      let indicator = pool.indicator(of: condition(depth - 2, &pool))
      return pool.writtenProduct([indicator, expression(depth - 1, &pool)])
    default:
      let u = expression(depth - 1, &pool)
      return pool.writtenProduct([pool.writtenFunction(.abs, u), pool.writtenFunction(.sign, u)])
    }
  }

  private mutating func condition(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    let relations: [Relation] = [.less, .lessOrEqual, .greater, .greaterOrEqual]
    let left = expression(depth, &pool)
    let first = pool.relation(relations[random.below(4)], left, expression(depth, &pool))
    switch random.below(8) {
    case 0:
      let other = pool.relation(.greater, leaf(&pool), leaf(&pool))
      return pool.conjunction([first, other])
    case 1:
      let other = pool.relation(.less, leaf(&pool), leaf(&pool))
      return pool.disjunction([first, other])
    case 2: return pool.complement(first)
    default: return first
    }
  }

  private mutating func application(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    let first = expression(depth - 1, &pool)
    if chance(60) { return pool.apply(names.f, [first]) }
    return pool.apply(names.g, [first, expression(depth - 2, &pool)])
  }

  private mutating func indexedSum(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    guard let bound = unused.popLast() else { return leaf(&pool) }
    let outer = free
    free.append(bound)
    var body = expression(depth - 1, &pool)
    if chance(20), let other = outer.last {
      let condition = pool.relation(.notEqual, pool.symbol(bound), pool.symbol(other))
      body = pool.writtenProduct([pool.indicator(of: condition), body])
    } else if chance(20) {
      body = pool.writtenProduct([
        pool.writtenDelta(pool.symbol(bound), pool.symbol(outer[random.below(outer.count)])), body,
      ])
    }
    free = outer
    unused.append(bound)
    return pool.closeSum(body, over: [bound], ranges: [names.range])
  }

  private mutating func indexed(_ depth: Int, _ pool: inout ExpressionPool) -> Handle {
    switch random.below(3) {
    case 0:
      guard unused.count >= 2, let first = unused.popLast(), let second = unused.popLast() else {
        return leaf(&pool)
      }
      let outer = free
      free += [first, second]
      let body = expression(depth - 1, &pool)
      free = outer
      unused += [second, first]
      return pool.closeSum(body, over: [first, second], ranges: [names.range, names.range])
    case 1:
      guard let bound = unused.popLast() else { return leaf(&pool) }
      let outer = free
      free.append(bound)
      let body = expression(depth - 2, &pool)
      free = outer
      unused.append(bound)
      return pool.closeProduct(body, over: [bound], ranges: [names.range])
    default:
      return pool.writtenProduct([leaf(&pool), leaf(&pool)])
    }
  }
}
