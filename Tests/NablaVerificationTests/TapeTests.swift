import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

@Suite struct `Evaluating expressions` {
  @Test func `written, built and canonical forms have one value`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let inner = w.pool.writtenSum([x, w.pool.negation(t), w.fraction(1, 3)])
    let written = w.pool.quotient(
      w.pool.heldProduct([inner, w.pool.root(w.pool.writtenPower(t, w.pool.two), degree: 2)]),
      w.pool.writtenFunction(.cosh, x))
    let canonical = w.pool.canonical(written)
    let inputs = [Slot(w.x): 0.7, Slot(w.t): -1.25]
    let expected = (0.7 + 1.25 + 1.0 / 3) * 1.25 / Function.cosh.value(at: 0.7)
    #expect(abs(try w.value(written, inputs) - expected) < 1e-15)
    #expect(abs(try w.value(canonical, inputs) - expected) < 1e-15)
  }

  @Test func `a double sum runs over both ranges`() throws {
    var w = Workbench()
    let a = w.matrix("A")
    let body = w.pool.multiply(w.at(a, w.i, w.j), w.at(w.h, w.j))
    let sum = w.pool.closeSum(body, over: [w.i, w.j], ranges: [w.range, w.range])
    var inputs = components(w.h, [2, -3])
    for (place, value) in [1.0, 10, 100, 1000].enumerated() {
      inputs[Slot(a, [place / 2 + 1, place % 2 + 1])] = value
    }
    #expect(try w.value(sum, inputs, values: [w.size: 2]) == 2 * 101 - 3 * 1010)
  }

  @Test func `nested sums see the indices of both binders`() throws {
    var w = Workbench()
    // Σ_i h[i]·Σ_j i·j·h[j]
    let product = w.pool.multiply([
      w.pool.symbol(w.i), w.pool.symbol(w.j), w.at(w.h, w.j),
    ])
    let nested = w.sum(w.i, w.pool.multiply(w.at(w.h, w.i), w.sum(w.j, product)))
    let value = try w.value(nested, components(w.h, [1, 10, 100]), values: [w.size: 3])
    #expect(value == 321 * 321)
  }

  @Test func `a product over indices multiplies its values`() throws {
    var w = Workbench()
    let body = w.pool.add(w.at(w.h, w.k), w.pool.symbol(w.k))
    let product = w.pool.closeProduct(body, over: [w.k], ranges: [w.range])
    #expect(
      try w.value(product, components(w.h, [1, 2, 3]), values: [w.size: 3]) == 2 * 4 * 6)
  }

  @Test func `an empty range sums to 0 and multiplies to 1`() throws {
    var w = Workbench()
    let empty = IndexRange(lower: w.pool.two, upper: w.pool.one)
    let body = w.at(w.h, w.k)
    let sum = w.pool.closeSum(body, over: [w.k], ranges: [empty])
    let product = w.pool.closeProduct(body, over: [w.k], ranges: [empty])
    #expect(try w.value(sum) == 0)
    #expect(try w.value(product) == 1)
  }

  @Test func `the bounds of a range may depend on another index`() throws {
    var w = Workbench()
    // Σ_i Σ_{j = 1}^{i} h[j]
    let upTo = IndexRange(lower: w.pool.one, upper: w.pool.symbol(w.i))
    let inner = w.pool.closeSum(w.at(w.h, w.j), over: [w.j], ranges: [upTo])
    let value = try w.value(
      w.sum(w.i, inner), components(w.h, [1, 10, 100]), values: [w.size: 3])
    #expect(value == 1 + 11 + 111)
  }

  @Test func `an excluded index is left out before its term is evaluated`() throws {
    var w = Workbench()
    // Σ_k 1[k ≠ i]/(h[k] − h[i])
    let isOther = w.pool.indicator(
      of: w.relation(.notEqual, w.pool.symbol(w.k), w.pool.symbol(w.i)))
    let difference = w.pool.subtract(w.at(w.h, w.k), w.at(w.h, w.i))
    let body = w.pool.multiply(isOther, w.pool.power(difference, w.pool.minusOne))
    let value = try w.value(
      w.sum(w.k, body), components(w.h, [1, 2, 5]), values: [w.size: 3, w.i: 2])
    #expect(abs(value + 2.0 / 3) < 1e-15)
  }

  @Test func `a delta picks its term and hides the others`() throws {
    var w = Workbench()
    let body = w.pool.negation(
      w.pool.quotient(w.pool.multiply(w.delta(w.k, w.i), w.at(w.y, w.k)), w.at(w.h, w.k)))
    let value = try w.value(
      w.sum(w.k, body),
      components(w.h, [0, 4, 0]).merging(components(w.y, [1, 2, 3])) { $1 },
      values: [w.size: 3, w.i: 2])
    #expect(value == -0.5)
  }

  @Test func `a false indicator hides what is undefined`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let isPositive = w.pool.indicator(of: w.relation(.greater, x, w.pool.zero))
    let body = w.pool.multiply(
      w.pool.symbol(w.t), w.pool.negation(w.pool.multiply(isPositive, w.pool.function(.log, x))))
    #expect(try w.value(body, [Slot(w.x): -1, Slot(w.t): 2]) == 0)
    #expect(abs(try w.value(body, [Slot(w.x): 2, Slot(w.t): 2]) + 2 * 0.6931471805599453) < 1e-15)
    let open = w.pool.multiply(w.pool.symbol(w.t), w.pool.function(.log, x))
    #expect(try w.value(open, [Slot(w.x): -1, Slot(w.t): 0]).isNaN)
  }

  @Test func `piecewise takes the first branch that applies and nothing elsewhere`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let branches = w.pool.writtenPiecewise([
      w.relation(.greater, x, w.pool.one), w.pool.function(.log, x),
      w.relation(.greater, x, w.pool.zero), w.pool.integer(7),
    ])
    #expect(try w.value(branches, [Slot(w.x): 1]) == 7)
    #expect(try w.value(branches, [Slot(w.x): 0.5]) == 7)
    #expect(try w.value(branches, [Slot(w.x): 2]) == 0.6931471805599453)
    #expect(try w.value(branches, [Slot(w.x): -1]).isNaN)
  }

  @Test func `logic of conditions on values and indices`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let positive = w.relation(.greater, x, w.pool.zero)
    let small = w.relation(.lessOrEqual, x, w.pool.one)
    let isFirst = w.relation(.equal, w.pool.symbol(w.i), w.pool.one)
    let both = w.pool.conjunction([positive, small, isFirst])
    let either = w.pool.disjunction([w.pool.complement(positive), isFirst])
    let all = w.pool.writtenSum([
      w.pool.indicator(of: both), w.pool.multiply(w.pool.integer(10), w.pool.indicator(of: either)),
      w.pool.multiply(w.pool.integer(100), w.pool.indicator(of: w.pool.truth())),
      w.pool.multiply(w.pool.integer(1000), w.pool.indicator(of: w.pool.falsity())),
    ])
    #expect(try w.value(all, [Slot(w.x): 0.5], values: [w.i: 1]) == 111)
    #expect(try w.value(all, [Slot(w.x): 0.5], values: [w.i: 2]) == 100)
    #expect(try w.value(all, [Slot(w.x): -1], values: [w.i: 2]) == 110)
  }

  @Test func `definitions are opened once for each index`() throws {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    let inputs = components(w.h, [0, 1, 2]).merging(components(w.y, [0, 1, 0])) { $1 }
    let whole = 1 + 2.718281828459045 + 7.38905609893065
    let values = [w.size: 3]
    #expect(
      abs(
        try w.value(
          w.pool.entry(p, [w.pool.integer(3)]), inputs, values: values, definitions: definitions)
          - 7.38905609893065 / whole) < 1e-15)
    let loss = try w.value(
      w.pool.symbol(l), inputs, values: values, definitions: definitions)
    #expect(abs(loss - (Function.log.value(at: whole) - 1)) < 1e-15)
  }

  @Test func `a closed subterm is compiled once`() throws {
    var w = Workbench()
    let (p, _, definitions) = w.softmax()
    let all = w.sum(w.j, w.at(p, w.j))
    let tape = try Tape(
      [all], TapeContext(definitions: definitions, values: [w.size: 100]), &w.pool)
    #expect(tape.count < 700)
  }

  @Test func `a term is compiled once for each value of the indices it depends on`() throws {
    var w = Workbench()
    // Σ_i Σ_j Σ_k exp(h[i])·h[k]: the exponential depends on the outermost index alone.
    let body = w.pool.multiply(w.pool.function(.exp, w.at(w.h, w.i)), w.at(w.h, w.k))
    let nested = w.sum(w.i, w.sum(w.j, w.sum(w.k, body)))
    let tape = try Tape([nested], TapeContext(values: [w.size: 10]), &w.pool)
    let exponentials = tape.instructions.filter { $0.operation == .function }
    #expect(exponentials.count == 10)
  }

  @Test func `a leaf is an input although it has a definition`() throws {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    var context = TapeContext(definitions: definitions, values: [w.size: 2])
    context.leaves = [p]
    let tape = try Tape([w.pool.symbol(l)], context, &w.pool)
    #expect(Set(tape.slots.map { $0.symbol }) == [p, w.y])
  }

  @Test func `a symmetric matrix shares its entries`() throws {
    var w = Workbench()
    var domain = Domain.real
    domain.isSymmetric = true
    let s = w.matrix("S", domain)
    let difference = w.pool.subtract(
      w.pool.entry(s, [w.pool.one, w.pool.two]), w.pool.entry(s, [w.pool.two, w.pool.one]))
    let tape = try Tape([difference], TapeContext(values: [w.size: 2]), &w.pool)
    #expect(tape.slots == [Slot(s, [1, 2])])
  }

  @Test func `a component outside its range has no value`() throws {
    var w = Workbench()
    let beyond = w.pool.entry(w.h, [w.pool.add(w.pool.symbol(w.i), w.pool.one)])
    let inputs = components(w.h, [1, 2])
    #expect(try w.value(beyond, inputs, values: [w.size: 2, w.i: 1]) == 2)
    #expect(try w.value(beyond, inputs, values: [w.size: 2, w.i: 2]).isNaN)
  }

  @Test func `recurrences are followed to their start`() throws {
    var w = Workbench()
    let s = w.vector("s")
    let isFirst = w.relation(.equal, w.pool.symbol(w.i), w.pool.one)
    let before = w.pool.entry(s, [w.pool.subtract(w.pool.symbol(w.i), w.pool.one)])
    let step = w.pool.add(w.pool.multiply(w.pool.symbol(w.x), before), w.at(w.h, w.i))
    var definitions = Definitions()
    definitions.add(
      Definition(
        symbol: s, parameters: [w.i],
        body: w.pool.writtenPiecewise([isFirst, w.at(w.h, w.i), step])))
    var inputs = components(w.h, [1, 2, 3])
    inputs[Slot(w.x)] = 10
    let last = w.pool.entry(s, [w.pool.symbol(w.size)])
    #expect(try w.value(last, inputs, values: [w.size: 3], definitions: definitions) == 123)
  }

  @Test func `deep expressions need no deep stack`() throws {
    var w = Workbench()
    var chain = w.pool.symbol(w.x)
    for _ in 0..<100_000 { chain = w.pool.writtenFunction(.sin, chain) }
    #expect(abs(try w.value(chain, [Slot(w.x): 1]) - 0.005477) < 1e-4)
  }

  @Test func `powers of integers, dimensions and numbers`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let n = w.pool.symbol(w.size)
    let values = [w.size: 3]
    #expect(try w.value(w.pool.writtenPower(x, n), [Slot(w.x): -2], values: values) == -8)
    #expect(try w.value(w.pool.writtenPower(w.pool.minusOne, n), values: values) == -1)
    #expect(try w.value(w.pool.writtenPower(x, w.pool.zero), [Slot(w.x): 0]) == 1)
    #expect(try w.value(w.pool.writtenPower(x, w.fraction(1, 2)), [Slot(w.x): 2.25]) == 1.5)
    #expect(try w.value(w.pool.writtenPower(x, w.fraction(1, 3)), [Slot(w.x): -8]).isNaN)
    #expect(try w.value(w.pool.root(x, degree: 3), [Slot(w.x): 27]) == 3)
    let e = w.pool.constant(.e)
    #expect(try w.value(w.pool.writtenPower(e, x), [Slot(w.x): 1]) == 2.718281828459045)
  }

  @Test func `maximum and minimum`() throws {
    var w = Workbench()
    let operands = [w.pool.symbol(w.x), w.pool.symbol(w.t), w.pool.one]
    let inputs = [Slot(w.x): -2.0, Slot(w.t): 4.0]
    #expect(try w.value(w.pool.writtenExtremum(operands, isMaximum: true), inputs) == 4)
    #expect(try w.value(w.pool.writtenExtremum(operands, isMaximum: false), inputs) == -2)
  }
}

@Suite struct `What cannot be evaluated` {
  @Test func `a name without a value is named`() {
    var w = Workbench()
    let sum = w.pool.add(w.pool.symbol(w.x), w.pool.symbol(w.t))
    #expect(throws: EvaluationError.freeName(w.t)) { try w.value(sum, [Slot(w.x): 1]) }
    #expect(throws: EvaluationError.notAnInteger(w.at(w.h, w.i))) {
      try w.value(w.at(w.h, w.i))
    }
    #expect(throws: EvaluationError.freeName(w.size)) { try w.value(w.pool.symbol(w.size)) }
  }

  @Test func `a sum without a size is refused`() {
    var w = Workbench()
    let sum = w.sum(w.k, w.at(w.h, w.k))
    let size = w.pool.symbol(w.size)
    #expect(throws: EvaluationError.notAnInteger(size)) { try w.value(sum) }
  }

  @Test(arguments: [10_000, 1_000_000, 2_000_000_000])
  func `too many terms are refused before they are made`(size: Int) {
    var w = Workbench()
    let body = w.pool.multiply(w.pool.symbol(w.i), w.pool.symbol(w.j))
    let sum = w.pool.closeSum(body, over: [w.i, w.j], ranges: [w.range, w.range])
    #expect(throws: EvaluationError.tooLarge(limit: 4_000_000)) {
      try w.value(sum, values: [w.size: size])
    }
  }

  @Test func `a circle of definitions is refused`() {
    var w = Workbench()
    var definitions = Definitions()
    definitions.add(
      Definition(symbol: w.x, parameters: [], body: w.pool.function(.exp, w.pool.symbol(w.t))))
    definitions.add(
      Definition(symbol: w.t, parameters: [], body: w.pool.function(.sin, w.pool.symbol(w.x))))
    let x = w.pool.symbol(w.x)
    #expect(throws: EvaluationError.circular(w.x)) { try w.value(x, definitions: definitions) }
  }

  @Test func `a function that calls itself is refused`() {
    var w = Workbench()
    let f = w.pool.declare(Symbol("f", .function))
    let body = w.pool.apply(f, [w.pool.add(w.pool.symbol(w.x), w.pool.one)])
    var definitions = Definitions()
    definitions.add(Definition(symbol: f, parameters: [w.x], body: body))
    let call = w.pool.apply(f, [w.pool.symbol(w.t)])
    var context = TapeContext(definitions: definitions)
    context.instructionLimit = 1000
    #expect(throws: EvaluationError.tooLarge(limit: 1000)) {
      try w.pool.evaluate([call], at: [Slot(w.t): 1], context)
    }
  }
}
