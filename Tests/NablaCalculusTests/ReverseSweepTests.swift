import NablaCalculus
import NablaExpressions
import NablaNumbers
import NablaTestSupport
import NablaVerification
import Testing

@Suite struct ReverseSweepTests {
  @Test func `both directions give the same gradient on random expressions`() throws {
    for seed in 1...40 {
      var random = SeededNumbers(seed: UInt64(seed))
      var pool = ExpressionPool()
      var unknowns: [Handle] = []
      for number in 0..<4 { unknowns.append(pool.scalar("x\(number)")) }
      let root = pool.randomExpression(over: unknowns, nodes: 24, &random)
      try expectSameGradient(of: root, by: unknowns, &pool, "seed \(seed)")
    }
  }

  @Test func `an unknown that does not occur has derivative 0`() {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    let root = pool.function(.sin, x)
    let late = pool.scalar("late")
    var sweep = ReverseSweep()
    let gradient = sweep.gradient(of: root, by: [late, x, late], in: &pool)
    let expected = [pool.zero, pool.function(.cos, x), pool.zero]
    #expect(gradient == expected)
  }

  @Test func `a sweep can be used again`() {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    var sweep = ReverseSweep()
    let first = sweep.gradient(of: pool.multiply(x, x), by: [x], in: &pool)
    let second = sweep.gradient(of: pool.function(.exp, x), by: [x], in: &pool)
    let double = pool.canonical(pool.multiply(pool.two, x))
    let canonical = pool.canonical(first[0])
    let exponential = pool.function(.exp, x)
    #expect(canonical == double)
    #expect(second == [exponential])
  }

  @Test func `names are followed through their definitions`() throws {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    let square = pool.declare(Symbol("s", .scalar))
    var definitions = Definitions()
    definitions.add(Definition(symbol: square, parameters: [], body: pool.power(x, pool.two)))
    let root = pool.function(.sin, pool.symbol(square))
    let context = DifferentiationContext(definitions: definitions)
    var sweep = ReverseSweep(context)
    let gradient = sweep.gradient(of: root, by: [x, pool.symbol(square)], in: &pool)
    let byName = pool.dump(pool.canonical(gradient[1]))
    #expect(byName == "(cos s)")
    let opened = pool.canonical(pool.opened(gradient[0], definitions))
    let inner = pool.function(.cos, pool.power(x, pool.two))
    let expected = pool.canonical(pool.multiply([pool.two, x, inner]))
    #expect(opened == expected)
  }

  @Test func `a stated value at a kink holds in both directions`() throws {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    var context = DifferentiationContext()
    context.conventions[.relu] = pool.divide(pool.one, pool.two)
    let root = pool.function(.exp, pool.function(.relu, x))
    var sweep = ReverseSweep(context)
    var forward = Differentiator(context)
    let gradient = sweep.gradient(of: root, by: [x], in: &pool)
    let expected = pool.canonical(forward.derivative(of: root, by: x, in: &pool))
    let found = pool.canonical(gradient[0])
    #expect(found == expected)
  }

  @Test func `functions, cases and extrema agree with the forward direction`() throws {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    let y = pool.scalar("y")
    let f = pool.declare(Symbol("f", .function, arity: 2))
    let applied = pool.apply(f, [pool.multiply(x, y), x])
    let larger = pool.writtenExtremum([x, pool.function(.sin, y), y], isMaximum: true)
    let condition = pool.relation(.greater, x, y)
    let cases = pool.writtenPiecewise([condition, pool.multiply(x, x), pool.function(.exp, y)])
    let power = pool.power(pool.add(pool.power(x, pool.two), pool.two), y)
    for (name, root) in [
      ("unknown function", applied), ("extremum", larger), ("cases", cases), ("power", power),
      ("root", pool.root(pool.add(pool.power(x, pool.two), pool.one), degree: 3)),
      ("negation", pool.negation(pool.quotient(x, pool.add(pool.power(y, pool.two), pool.one)))),
      ("held", pool.heldSum([x, pool.heldProduct([x, y])])),
    ] {
      try expectSameGradient(of: root, by: [x, y], &pool, name)
    }
  }

  @Test func `a deep expression needs no deep call stack`() {
    var pool = ExpressionPool()
    let x = pool.scalar("x")
    var function = x
    for _ in 0..<30_000 {
      function = pool.add(pool.multiply(pool.function(.sin, function), function), x)
    }
    var forward = Differentiator()
    let result = forward.derivative(of: function, by: x, in: &pool)
    let forwardCount = pool.nodesBelow([result]).count
    #expect(forwardCount < 12 * 30_000)
    var sweep = ReverseSweep()
    let gradient = sweep.gradient(of: function, by: [x], in: &pool)
    let reverseCount = pool.nodesBelow(gradient).count
    #expect(reverseCount < 12 * 30_000)
  }
}

/// Checks a gradient by the sweep against forward differentiation: the same canonical form, or
/// else the same values at several points.
func expectSameGradient(
  of root: Handle, by unknowns: [Handle], sizes: [SymbolID: Int] = [:],
  _ pool: inout ExpressionPool, _ name: String,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var sweep = ReverseSweep()
  let gradient = sweep.gradient(of: root, by: unknowns, in: &pool)
  for (unknown, reverse) in zip(unknowns, gradient) {
    var differentiator = Differentiator()
    let forward = differentiator.derivative(of: root, by: unknown, in: &pool)
    if pool.canonical(reverse) == pool.canonical(forward) { continue }
    let text = pool.dump(unknown)
    let tape = try Tape([reverse, forward], TapeContext(values: sizes), &pool)
    var random = SeededNumbers(seed: 99)
    for _ in 0..<5 {
      let point = tape.slots.map { _ in Double.random(in: -0.9...0.9, using: &random) }
      let values = tape.values(at: point)
      #expect(
        abs(values[0] - values[1]) <= 1e-9 * (1 + abs(values[1])),
        "\(name), by \(text): \(values[0]) against \(values[1])",
        sourceLocation: sourceLocation)
    }
  }
}
