import NablaCalculus
import NablaExpressions
import NablaNumbers
import NablaTestSupport
import Testing

@Suite struct ReverseSweepBinderTests {
  @Test func `the gradient of log-sum-exp is one canonical form in both directions`() {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    let root = pool.function(.log, model.sum(over: model.k, &pool) { $1.function(.exp, $0) })
    model.expectSameForm(of: root, by: model.component(model.i, &pool), &pool, "log-sum-exp")
  }

  @Test func `an index of one factor alone stays in its sum`() {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    // Σ_k h[k]²·Σ_l sin(h[l])·x
    let inner = model.sum(over: model.l, &pool) { $1.function(.sin, $0) }
    let x = model.x
    let root = model.sum(over: model.k, &pool) { entry, pool in
      pool.multiply([pool.power(entry, pool.two), inner, x])
    }
    model.expectSameForm(of: root, by: model.component(model.i, &pool), &pool, "nested, free")
    model.expectSameForm(of: root, by: x, &pool, "by the scalar")
  }

  @Test func `a sum inside a sum that depends on both indices`() throws {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    let l = model.component(model.l, &pool)
    let root = model.sum(over: model.k, &pool) { entry, pool in
      let inside = pool.function(.tanh, pool.multiply(entry, l))
      let inner = pool.closeSum(inside, over: [model.l], ranges: [model.range])
      return pool.multiply(entry, pool.function(.exp, inner))
    }
    try model.expectSameValues(of: root, &pool, "nested, dependent")
  }

  @Test func `a sum over two indices at once`() throws {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    let k = model.component(model.k, &pool)
    let l = model.component(model.l, &pool)
    let body = pool.multiply(pool.function(.sin, k), pool.power(l, pool.two))
    let root = pool.function(
      .tanh,
      pool.closeSum(body, over: [model.k, model.l], ranges: [model.range, model.range]))
    try model.expectSameValues(of: root, &pool, "two indices")
  }

  @Test func `a range that depends on an outer index`() throws {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    let l = model.component(model.l, &pool)
    let triangle = IndexRange(lower: pool.one, upper: pool.symbol(model.k))
    let root = model.sum(over: model.k, &pool) { entry, pool in
      let inner = pool.closeSum(pool.function(.sin, l), over: [model.l], ranges: [triangle])
      return pool.multiply(entry, inner)
    }
    try model.expectSameValues(of: root, &pool, "triangular")
  }

  @Test func `a product over an index`() throws {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    let body = pool.add(model.component(model.k, &pool), pool.two)
    let root = pool.closeProduct(body, over: [model.k], ranges: [model.range])
    try model.expectSameValues(of: root, &pool, "product")
  }

  @Test func `numbered and free components in one gradient`() throws {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    let first = pool.entry(model.h, [pool.one])
    let second = pool.entry(model.h, [pool.two])
    let total = model.sum(over: model.k, &pool) { $1.function(.exp, $0) }
    let root = pool.multiply(pool.add(first, model.component(model.i, &pool)), total)
    let unknowns = [first, second, model.component(model.i, &pool), first]
    for index in 1...3 {
      try expectSameGradient(
        of: root, by: unknowns, sizes: [model.size: 3, model.i: index], &pool, "i = \(index)")
    }
  }

  @Test func `the sweep is linear in the number of sums`() {
    var pool = ExpressionPool()
    let model = IndexedModel(&pool)
    var total = model.x
    for _ in 0..<200 {
      let inner = total
      total = model.sum(over: model.k, &pool) { entry, pool in
        pool.function(.sin, pool.add(inner, entry))
      }
    }
    let before = pool.count
    var sweep = ReverseSweep()
    let gradient = sweep.gradient(
      of: total, by: [model.component(model.i, &pool), model.x], in: &pool)
    let added = pool.count - before
    #expect(added < 200 * 40)
    #expect(gradient.allSatisfy { $0.index > 3 }, "no derivative is a plain number")
  }
}

/// A vector h of N components, three indices over it and a scalar.
private struct IndexedModel {
  let size: SymbolID
  let range: IndexRange
  let h: SymbolID
  let i: SymbolID
  let k: SymbolID
  let l: SymbolID
  let x: Handle

  init(_ pool: inout ExpressionPool) {
    size = pool.declare(Symbol("N", .dimension))
    let range = IndexRange(lower: pool.one, upper: pool.symbol(size))
    self.range = range
    h = pool.declare(Symbol("h", .array, ranges: [range]))
    i = pool.declare(Symbol("i", .index, ranges: [range]))
    k = pool.declare(Symbol("k", .index, ranges: [range]))
    l = pool.declare(Symbol("l", .index, ranges: [range]))
    x = pool.scalar("x")
  }

  func component(_ index: SymbolID, _ pool: inout ExpressionPool) -> Handle {
    pool.entry(h, [pool.symbol(index)])
  }

  /// The sum over an index of something made from the component there.
  func sum(
    over index: SymbolID, _ pool: inout ExpressionPool,
    _ body: (Handle, inout ExpressionPool) -> Handle
  ) -> Handle {
    let term = body(component(index, &pool), &pool)
    return pool.closeSum(term, over: [index], ranges: [range])
  }

  /// Both directions lead to one canonical form, for a size that stays a symbol.
  func expectSameForm(
    of root: Handle, by unknown: Handle, _ pool: inout ExpressionPool, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var sweep = ReverseSweep()
    var differentiator = Differentiator()
    let reverse = pool.canonical(sweep.gradient(of: root, by: [unknown], in: &pool)[0])
    let forward = pool.canonical(differentiator.derivative(of: root, by: unknown, in: &pool))
    let texts = (pool.dump(reverse), pool.dump(forward))
    #expect(
      reverse == forward, "\(name): \(texts.0) against \(texts.1)",
      sourceLocation: sourceLocation)
  }

  /// Both directions agree at every component of three.
  func expectSameValues(
    of root: Handle, _ pool: inout ExpressionPool, _ name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let unknown = component(i, &pool)
    for index in 1...3 {
      try expectSameGradient(
        of: root, by: [unknown], sizes: [size: 3, i: index], &pool, "\(name), i = \(index)",
        sourceLocation: sourceLocation)
    }
  }
}
