import NablaExpressions
import NablaNumbers
import NablaTestSupport
import Testing

@Suite struct BindingTests {
  @Test func `sums that differ in the name of their index are one node`() {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let overI = pool.closeSum(
      pool.entry(space.h, [pool.symbol(space.i)]), over: [space.i], ranges: [space.range])
    let overK = pool.closeSum(
      pool.entry(space.h, [pool.symbol(space.k)]), over: [space.k], ranges: [space.range])
    #expect(overI == overK)
  }

  @Test func `opening a sum gives the same names each time`() throws {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let sum = pool.closeSum(
      pool.entry(space.h, [pool.symbol(space.i)]), over: [space.i], ranges: [space.range])
    let first = try opened(sum, &pool)
    let second = try opened(sum, &pool)
    #expect(first.body == second.body)
    #expect(first.indices == second.indices)
    let anew = pool.openAnew(sum)?.indices ?? []
    #expect(anew != first.indices)
  }

  @Test func `closing what was opened gives the sum back`() throws {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let k = pool.symbol(space.k)
    let i = pool.symbol(space.i)
    let inner = pool.closeSum(
      pool.multiply(pool.entry(space.h, [k]), pool.entry(space.h, [i])),
      over: [space.k], ranges: [space.range])
    let outer = pool.closeSum(pool.function(.exp, inner), over: [space.i], ranges: [space.range])
    let opened = try self.opened(outer, &pool)
    let closed = pool.closeSum(opened.body, over: opened.indices, ranges: opened.ranges)
    #expect(closed == outer)
  }

  @Test func `a substituted index is not captured`() throws {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let k = pool.symbol(space.k)
    let i = pool.symbol(space.i)
    // Σ_k h[k]·h[i], then i becomes k: the free k must not become the bound one.
    let sum = pool.closeSum(
      pool.multiply(pool.entry(space.h, [k]), pool.entry(space.h, [i])),
      over: [space.k], ranges: [space.range])
    let replaced = pool.substitute(Substitution(space.i, k), in: sum)
    let occurs = pool.occurs(space.k, in: replaced)
    #expect(occurs)
    let opened = try self.opened(replaced, &pool)
    #expect(opened.indices != [space.k])
    let total = pool.closeSum(
      pool.entry(space.h, [k]), over: [space.k], ranges: [space.range])
    let expected = pool.canonical(pool.multiply(total, pool.entry(space.h, [k])))
    let canonical = pool.canonical(replaced)
    #expect(canonical == expected)
  }

  @Test func `a sum over an index that one factor carries stands inside`() {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let matrix = pool.declare(Symbol("A", .array, ranges: [space.range, space.range]))
    let i = pool.symbol(space.i)
    let k = pool.symbol(space.k)
    let component = pool.entry(matrix, [i, k])
    let weight = pool.entry(space.h, [i])
    let both = pool.closeSum(
      pool.multiply(weight, component), over: [space.i, space.k],
      ranges: [space.range, space.range])
    let inner = pool.closeSum(component, over: [space.k], ranges: [space.range])
    let nested = pool.closeSum(
      pool.multiply(weight, inner), over: [space.i], ranges: [space.range])
    let expected = pool.canonical(nested)
    let found = pool.canonical(both)
    #expect(found == expected)
  }

  @Test func `nested sums are merged where that is asked for`() {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let matrix = pool.declare(Symbol("A", .array, ranges: [space.range, space.range]))
    let i = pool.symbol(space.i)
    let k = pool.symbol(space.k)
    let component = pool.entry(matrix, [i, k])
    let left = pool.entry(space.h, [i])
    let right = pool.function(.exp, pool.entry(space.h, [k]))
    let inner = pool.closeSum(
      pool.multiply(component, right), over: [space.k], ranges: [space.range])
    let rows = pool.closeSum(pool.multiply(left, inner), over: [space.i], ranges: [space.range])
    let other = pool.closeSum(
      pool.multiply(left, component), over: [space.i], ranges: [space.range])
    let columns = pool.closeSum(
      pool.multiply(right, other), over: [space.k], ranges: [space.range])
    let isNestedAlike = pool.canonical(rows) == pool.canonical(columns)
    #expect(!isNestedAlike)
    let isMergedAlike = pool.mergingNestedSums { $0.canonical(rows) == $0.canonical(columns) }
    #expect(isMergedAlike)
  }

  @Test func `a sum over two indices does not depend on the names of those around it`() {
    var pool = ExpressionPool()
    let space = VectorSpace(&pool)
    let matrix = pool.declare(Symbol("A", .array, ranges: [space.range, space.range]))
    var forms: Set<Handle> = []
    for name in ["a", "b", "c", "d", "e", "f", "g", "o", "p", "q", "r", "s", "t", "u", "v"] {
      var around = Symbol(name, .index, ranges: [space.range])
      around.isFresh = true
      let outer = pool.declare(around)
      let i = pool.symbol(space.i)
      let k = pool.symbol(space.k)
      let o = pool.symbol(outer)
      let body = pool.multiply([
        pool.entry(matrix, [o, i]), pool.entry(matrix, [i, k]), pool.entry(matrix, [k, k]),
      ])
      let inner = pool.canonical(
        pool.closeSum(body, over: [space.i, space.k], ranges: [space.range, space.range]))
      let sum = pool.canonicalIndexedSum(
        pool.function(.exp, inner), over: [outer], ranges: [space.range])
      forms.insert(sum)
    }
    #expect(forms.count == 1)
  }

  private func opened(
    _ binder: Handle, _ pool: inout ExpressionPool
  ) throws -> OpenedBinder {
    let opened = pool.open(binder)
    return try #require(opened)
  }
}

/// A vector h and two indices over its components.
struct VectorSpace {
  let h: SymbolID
  let i: SymbolID
  let k: SymbolID
  let range: IndexRange

  init(_ pool: inout ExpressionPool) {
    let size = pool.symbol(pool.declare(Symbol("N", .dimension)))
    let range = IndexRange(lower: pool.one, upper: size)
    self.range = range
    h = pool.declare(Symbol("h", .array, ranges: [range]))
    i = pool.declare(Symbol("i", .index, ranges: [range]))
    k = pool.declare(Symbol("k", .index, ranges: [range]))
  }
}
