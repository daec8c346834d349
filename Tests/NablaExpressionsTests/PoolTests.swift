import NablaExpressions
import NablaNumbers
import NablaTestSupport
import Testing

@Suite struct PoolTests {
  @Test func `equal terms are one node`() {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    let y = pool.scalar("y")
    let first = pool.function(.sin, pool.multiply(x, pool.add(x, y)))
    let count = pool.count
    let second = pool.function(.sin, pool.multiply(pool.add(y, x), x))
    #expect(first == second)
    let after = pool.count
    #expect(after == count, "building a known term adds no node")
  }

  @Test func `a list of two is the same node however it was built`() {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    let y = pool.scalar("y")
    let written = pool.writtenSum([x, y])
    let built = pool.add(x, y)
    let reversed = pool.writtenSum([y, x])
    let product = pool.writtenProduct([x, y])
    #expect(written == built)
    #expect(written != reversed)
    #expect(written != product)
  }

  @Test func `two declarations of one name are two symbols`() {
    var pool = ExpressionPool()
    let first = pool.scalar("x")
    let second = pool.scalar("x")
    #expect(first != second)
  }

  @Test func `every node is found again after the table has grown many times`() {
    var pool = ExpressionPool(capacity: 1)
    let x = pool.scalar("x")
    var terms: [Handle] = []
    for number in 0..<20_000 { terms.append(pool.multiply(pool.integer(number + 2), x)) }
    let count = pool.count
    var again: [Handle] = []
    for number in 0..<20_000 { again.append(pool.multiply(pool.integer(number + 2), x)) }
    #expect(again == terms)
    let after = pool.count
    #expect(after == count)
  }

  @Test func `many nodes with the same last operand are all found`() {
    var pool = ExpressionPool()
    var symbols: [Handle] = []
    for number in 0..<3000 { symbols.append(pool.scalar("a\(number)")) }
    let last = pool.scalar("z")
    func build(_ pool: inout ExpressionPool) -> [Handle] {
      var made: [Handle] = []
      for symbol in symbols {
        made.append(pool.multiply(symbol, last))
        made.append(pool.writtenSum([symbol, symbol, last]))
      }
      return made
    }
    let first = build(&pool)
    #expect(Set(first).count == 6000)
    let count = pool.count
    let second = build(&pool)
    let after = pool.count
    #expect(second == first)
    #expect(after == count)
  }

  @Test func `children come before their parents`() {
    var pool = ExpressionPool()
    var random = SeededNumbers(seed: 7)
    var names: [Handle] = []
    for number in 0..<4 { names.append(pool.scalar("x\(number)")) }
    let root = pool.randomExpression(over: names, nodes: 200, &random)
    for handle in pool.nodesBelow([root]) {
      let children = pool.children(of: handle)
      let text = pool.dump(handle)
      #expect(children.allSatisfy { $0 < handle }, "\(text)")
    }
  }

  @Test func `a pool works after a reset as it did before`() {
    var pool = ExpressionPool()
    func build(_ pool: inout ExpressionPool) -> (text: String, count: Int) {
      let x = pool.scalar("x")
      let square = pool.power(pool.add(x, pool.one), pool.two)
      let half = pool.divide(pool.one, pool.two)
      let root = pool.canonical(pool.multiply(half, pool.multiply(square, pool.function(.exp, x))))
      return (pool.dump(root), pool.count)
    }
    let fresh = pool.count
    let before = build(&pool)
    pool.reset()
    let emptied = pool.count
    let value = pool.rational(pool.minusOne)
    #expect(emptied == fresh)
    #expect(value == -1)
    let after = build(&pool)
    #expect(after.text == before.text)
    #expect(after.count == before.count)
  }

  @Test func `the order of operands is the same whatever was built before`() {
    func canonicalText(after preparation: (inout ExpressionPool) -> Void) -> String {
      var pool = ExpressionPool()
      preparation(&pool)
      var terms: [Handle] = []
      for name in ["c", "a", "d", "b"] {
        let symbol = pool.scalar(name)
        terms.append(pool.multiply(symbol, pool.function(.sin, symbol)))
      }
      return pool.dump(pool.canonical(pool.add(terms)))
    }
    let plain = canonicalText { _ in }
    let busy = canonicalText { pool in
      for name in ["b", "d", "a"] { _ = pool.function(.sin, pool.scalar(name)) }
    }
    #expect(plain == busy)
  }

  @Test func `local folding leaves no zeros and ones`() {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    let two = pool.two
    let three = pool.integer(3)
    let folded = [
      pool.add([pool.zero, x, pool.zero]), pool.multiply([pool.one, x, pool.one]),
      pool.multiply([x, pool.zero, x]), pool.add([two, pool.integer(-2)]),
      pool.add([pool.one, x, two]), pool.multiply([two, x, x, three]), pool.power(x, pool.zero),
      pool.add([x, three, pool.integer(-3)]),
      pool.multiply([three, x, pool.divide(pool.one, three)]),
    ]
    var texts: [String] = []
    for handle in folded { texts.append(pool.dump(handle)) }
    #expect(texts == ["x", "x", "0", "0", "(+ x 3)", "(* 6 x x)", "1", "x", "x"])
  }
}
