import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

@Suite struct `Checking derivatives` {
  /// ∂L/∂h[i] of softmax with cross-entropy under Σ y = 1 against a result made from parts.
  private func softmaxReport(
    _ make: (inout Workbench, _ p: Handle, _ y: Handle) -> Handle
  ) -> CheckReport {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    var context = CheckContext(definitions: definitions)
    context.assumptions = [w.relation(.equal, w.sum(w.j, w.at(w.y, w.j)), w.pool.one)]
    let result = make(&w, w.at(p, w.i), w.at(w.y, w.i))
    return CrossCheck.run(
      .derivative(of: w.pool.symbol(l), by: [w.at(w.h, w.i)], is: result), context, &w.pool)
  }

  @Test func `the gradient of cross-entropy passes at five points and two sizes`() {
    let report = softmaxReport { w, p, y in w.pool.subtract(p, y) }
    #expect(report.isPassed)
    #expect(report.points >= 5)
    #expect(report.sizes.map { $0.name } == ["N"])
    #expect(Set(report.sizes.first?.sizes ?? []).count == 2)
    #expect((report.maxRelativeErrorDual ?? 1) < 1e-14)
    #expect((report.maxRelativeErrorDifferences ?? 1) < 1e-8)
  }

  @Test func `a wrong sign, a missing factor and a small slip are refused`() {
    let wrong: [(inout Workbench, Handle, Handle) -> Handle] = [
      { w, p, y in w.pool.add(p, y) },
      { w, p, y in w.pool.subtract(y, p) },
      { w, p, y in w.pool.multiply(w.pool.two, w.pool.subtract(p, y)) },
      { w, p, y in p },
      { w, p, y in w.pool.subtract(p, w.pool.multiply(p, y)) },
      { w, p, y in w.pool.multiply(w.pool.subtract(p, y), w.fraction(1_000_001, 1_000_000)) },
    ]
    for (number, make) in wrong.enumerated() {
      let report = softmaxReport(make)
      #expect(report.counterexample != nil, "slip \(number): \(report.verdict)")
    }
  }

  @Test func `the softmax Jacobian passes, and results right only for i = j do not`() {
    var w = Workbench()
    let (p, _, definitions) = w.softmax()
    let context = CheckContext(definitions: definitions)
    let pi = w.at(p, w.i)
    let pj = w.at(p, w.j)
    let right = w.pool.multiply(pi, w.pool.subtract(w.delta(w.i, w.j), pj))
    let onlyDiagonal = w.pool.multiply(pi, w.pool.subtract(w.pool.one, pi))
    let onlyOff = w.pool.negate(w.pool.multiply(pi, pj))
    let claims = [right, onlyDiagonal, onlyOff].map {
      Claim.derivative(of: pi, by: [w.at(w.h, w.j)], is: $0)
    }
    let reports = CrossCheck.run(claims, context, &w.pool)
    #expect(reports[0].isPassed)
    #expect(reports[1].counterexample != nil)
    #expect(reports[2].counterexample != nil)
    let areEqual = w.relation(.equal, w.pool.symbol(w.i), w.pool.symbol(w.j))
    let diagonal = Claim.derivative(
      of: pi, by: [w.at(w.h, w.j)], is: onlyDiagonal, when: [areEqual])
    #expect(CrossCheck.run(diagonal, context, &w.pool).isPassed)
  }

  @Test func `swapped indices are refused`() {
    var w = Workbench()
    let other = w.pool.declare(Symbol("M", .dimension))
    let columns = IndexRange(lower: w.pool.one, upper: w.pool.symbol(other))
    let d = w.pool.declare(Symbol("d", .index, ranges: [columns]))
    let a = w.pool.declare(Symbol("A", .array, ranges: [w.range, columns]))
    let v = w.pool.declare(Symbol("v", .array, ranges: [columns]))
    // (A v)[i] by A[j, d]
    let e = w.pool.declare(Symbol("e", .index, ranges: [columns]))
    let product = w.pool.closeSum(
      w.pool.multiply(w.at(a, w.i, e), w.at(v, e)), over: [e], ranges: [columns])
    let variable = w.at(a, w.j, d)
    let right = w.pool.multiply(w.delta(w.i, w.j), w.at(v, d))
    let wrong = w.pool.multiply(w.delta(w.i, d), w.at(v, w.j))
    let context = CheckContext()
    let good = CrossCheck.run(.derivative(of: product, by: [variable], is: right), context, &w.pool)
    #expect(good.isPassed)
    let names = good.sizes.map { $0.name }
    #expect(names.sorted() == ["M", "N"])
    #expect(good.sizes[0].sizes != good.sizes[1].sizes)
    let bad = CrossCheck.run(.derivative(of: product, by: [variable], is: wrong), context, &w.pool)
    #expect(bad.counterexample != nil)
    let transposed = CrossCheck.run(
      .derivative(
        of: w.sum(w.i, w.sum(w.j, w.pool.multiply([w.at(w.h, w.i), w.at(w.y, w.j)]))),
        by: [w.at(w.h, w.k)], is: w.sum(w.j, w.at(w.h, w.j))), context, &w.pool)
    #expect(transposed.counterexample != nil)
  }

  @Test func `a gradient too small to be seen beside 1 is still judged`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let tiny = w.fraction(1, 1_000_000_000_000_000)
    let subject = w.pool.multiply(tiny, w.pool.function(.sin, x))
    let cosine = w.pool.multiply(tiny, w.pool.function(.cos, x))
    let context = CheckContext()
    let right = Claim.derivative(of: subject, by: [x], is: cosine)
    #expect(CrossCheck.run(right, context, &w.pool).isPassed)
    let wrong = Claim.derivative(of: subject, by: [x], is: w.pool.negate(cosine))
    #expect(CrossCheck.run(wrong, context, &w.pool).counterexample != nil)
  }

  @Test func `a derivative that is 0 up to rounding passes as 0`() {
    var w = Workbench()
    let (p, _, definitions) = w.softmax()
    let whole = w.sum(w.j, w.at(p, w.j))
    let report = CrossCheck.run(
      .derivative(of: whole, by: [w.at(w.h, w.i)], is: w.pool.zero),
      CheckContext(definitions: definitions), &w.pool)
    #expect(report.isPassed)
  }

  @Test func `a defined name below ∂, as a leaf and as a node in place`() {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    let loss = w.pool.symbol(l)
    let variable = w.at(p, w.i)
    let right = w.pool.negation(w.pool.quotient(w.at(w.y, w.i), variable))
    let total = w.sum(w.j, w.at(p, w.j))
    var context = CheckContext(definitions: definitions)
    for leaves in [[], [p]] as [Set<SymbolID>] {
      context.leaves = leaves
      let good = CrossCheck.run(
        .derivative(of: loss, by: [variable], is: right), context, &w.pool)
      #expect(good.isPassed, "\(leaves.count) leaves")
      let bad = CrossCheck.run(
        .derivative(of: loss, by: [variable], is: w.pool.negate(right)), context, &w.pool)
      #expect(bad.counterexample != nil, "\(leaves.count) leaves")
    }
    // Σ P = 1 holds for the definition, not for a node of its own.
    let scaled = Claim.derivative(
      of: loss, by: [variable], is: w.pool.multiply(right, total))
    #expect(CrossCheck.run(scaled, context, &w.pool).counterexample != nil)
  }

  @Test func `second derivatives, mixed and repeated`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let subject = w.pool.function(.sin, w.pool.multiply(x, t))
    let u = w.pool.multiply(x, t)
    let mixed = w.pool.subtract(
      w.pool.function(.cos, u), w.pool.multiply(u, w.pool.function(.sin, u)))
    let twice = w.pool.negate(
      w.pool.multiply(w.pool.power(t, w.pool.two), w.pool.function(.sin, u)))
    let reports = CrossCheck.run(
      [
        .derivative(of: subject, by: [x, t], is: mixed),
        .derivative(of: subject, by: [x, x], is: twice),
        .derivative(of: subject, by: [x, x], is: mixed),
      ], CheckContext(), &w.pool)
    #expect(reports[0].isPassed && reports[1].isPassed)
    #expect(reports[2].counterexample != nil)
  }

  @Test func `an order above four is checked without differences`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let subject = w.pool.function(.sin, x)
    let by = [Handle](repeating: x, count: 6)
    let report = CrossCheck.run(
      .derivative(of: subject, by: by, is: w.pool.negate(subject)), CheckContext(), &w.pool)
    #expect(report.isPassed)
    let wrong = CrossCheck.run(
      .derivative(of: subject, by: by, is: subject), CheckContext(), &w.pool)
    #expect(wrong.counterexample != nil)
  }

  @Test func `a network with ReLU passes on both sides of its kinks`() {
    var w = Workbench()
    // z = ReLU(y₁ + x₀), y₁ = x₁·w₁ + b₁, x₁ = ReLU(x₀·w₀ + b₀)
    let names = ["x0", "w0", "b0", "w1", "b1"].map { w.scalar($0) }
    let s = names.map { w.pool.symbol($0) }
    let before = w.pool.add(w.pool.multiply(s[0], s[1]), s[2])
    let x1 = w.pool.function(.relu, before)
    let sum = w.pool.add([w.pool.multiply(x1, s[3]), s[4], s[0]])
    let z = w.pool.function(.relu, sum)
    let outer = w.pool.indicator(of: w.relation(.greater, sum, w.pool.zero))
    let inner = w.pool.indicator(of: w.relation(.greater, before, w.pool.zero))
    let right = w.pool.multiply([outer, s[3], inner, s[0]])
    let missing = w.pool.multiply([outer, s[3], s[0]])
    let reports = CrossCheck.run(
      [
        .derivative(of: z, by: [s[1]], is: right), .derivative(of: z, by: [s[1]], is: missing),
      ], CheckContext(), &w.pool)
    #expect(reports[0].isPassed)
    #expect(reports[1].counterexample != nil)
  }

  @Test func `labels inside definitions take several values`() {
    var w = Workbench()
    let (p, _, _) = w.softmax()
    var definitions = w.softmax().definitions
    let label = w.pool.declare(Symbol("c", .label, ranges: [w.range]))
    let names = definitions.all.map { $0.symbol }
    let loss = w.scalar("loss")
    definitions.add(
      Definition(
        symbol: loss, parameters: [],
        body: w.pool.negate(
          w.pool.function(.log, w.pool.entry(names[0], [w.pool.symbol(label)])))))
    _ = p
    let right = w.pool.subtract(w.at(names[0], w.i), w.delta(w.i, label))
    let context = CheckContext(definitions: definitions)
    let variable = w.at(w.h, w.i)
    let good = CrossCheck.run(
      .derivative(of: w.pool.symbol(loss), by: [variable], is: right), context, &w.pool)
    #expect(good.isPassed)
    let bad = CrossCheck.run(
      .derivative(
        of: w.pool.symbol(loss), by: [variable],
        is: w.pool.subtract(w.at(names[0], w.i), w.pool.one)), context, &w.pool)
    #expect(bad.counterexample?.indices.contains { $0.symbol == label } == true)
  }

  @Test func `unknown functions are checked with their derivative symbols`() {
    var w = Workbench()
    let f = w.pool.declare(Symbol("f", .function))
    let prime = w.pool.derivativeSymbol(of: f, orders: [1])
    let x = w.pool.symbol(w.x)
    let square = w.pool.power(x, w.pool.two)
    let subject = w.pool.apply(f, [square])
    let right = w.pool.multiply([w.pool.two, x, w.pool.apply(prime, [square])])
    let wrong = w.pool.multiply([w.pool.two, x, w.pool.apply(prime, [x])])
    let reports = CrossCheck.run(
      [.derivative(of: subject, by: [x], is: right), .derivative(of: subject, by: [x], is: wrong)],
      CheckContext(), &w.pool)
    #expect(reports[0].isPassed)
    #expect(reports[1].counterexample != nil)
  }
}

@Suite struct `Checking equalities` {
  private func report(
    _ w: inout Workbench, _ left: Handle, _ right: Handle,
    _ context: CheckContext = CheckContext()
  ) -> CheckReport {
    CrossCheck.run(.equality(left, right), context, &w.pool)
  }

  @Test func `identities pass and neighbours of them fail`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let sine = w.pool.power(w.pool.function(.sin, x), w.pool.two)
    let cosine = w.pool.power(w.pool.function(.cos, x), w.pool.two)
    let good = report(&w, w.pool.add(sine, cosine), w.pool.one)
    #expect(good.isPassed && good.points >= 5)
    #expect(report(&w, w.pool.subtract(sine, cosine), w.pool.one).counterexample != nil)
    let root = w.pool.function(.sqrt, w.pool.power(x, w.pool.two))
    #expect(report(&w, root, x).counterexample != nil)
    #expect(report(&w, root, w.pool.function(.abs, x)).isPassed)
  }

  @Test func `a narrow domain is found`() {
    var w = Workbench()
    let logs = w.sum(w.k, w.pool.function(.log, w.at(w.h, w.k)))
    let product = w.pool.closeProduct(w.at(w.h, w.k), over: [w.k], ranges: [w.range])
    let logOfProduct = w.pool.function(.log, product)
    #expect(report(&w, logs, logOfProduct).isPassed)
    let x = w.pool.symbol(w.x)
    let outside = w.pool.function(.acosh, x)
    #expect(report(&w, w.pool.function(.cosh, outside), x).isPassed)
    let inside = w.pool.function(.atanh, x)
    #expect(report(&w, w.pool.function(.tanh, inside), x).isPassed)
  }

  @Test func `a claim that is defined nowhere is not checked`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let square = w.pool.power(x, w.pool.two)
    let never = w.pool.function(.log, w.pool.negate(square))
    #expect(report(&w, never, never).obstacle == .noPoint)
    #expect(report(&w, never, x).obstacle == .oneSideUndefined)
  }

  @Test func `a term that is undefined for one index is not passed over`() {
    var w = Workbench()
    let difference = w.pool.subtract(w.at(w.h, w.k), w.at(w.h, w.i))
    let ratio = w.pool.quotient(difference, difference)
    #expect(
      report(&w, w.sum(w.k, ratio), w.pool.symbol(w.size)).obstacle == .oneSideUndefined)
  }

  @Test func `conditions on values hold for their claim alone`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let isPositive = w.relation(.greater, x, w.pool.zero)
    let absolute = w.pool.function(.abs, x)
    let reports = CrossCheck.run(
      [.equality(absolute, x, when: [isPositive]), .equality(absolute, x)], CheckContext(),
      &w.pool)
    #expect(reports[0].isPassed)
    #expect(reports[1].counterexample != nil)
  }

  @Test func `steps of a derivation with open derivatives`() {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    let context = CheckContext(definitions: definitions)
    let loss = w.pool.symbol(l)
    let whole = w.pool.derivative(loss, by: [w.at(w.h, w.i)])
    let outer = w.pool.derivative(loss, by: [w.at(p, w.j)])
    let inner = w.pool.derivative(w.at(p, w.j), by: [w.at(w.h, w.i)])
    let chain = w.sum(w.j, w.pool.multiply(outer, inner))
    let local = w.pool.negation(w.pool.quotient(w.at(w.y, w.j), w.at(p, w.j)))
    let substituted = w.sum(w.j, w.pool.multiply(local, inner))
    let forgotten = w.pool.multiply(
      w.pool.derivative(loss, by: [w.at(p, w.i)]),
      w.pool.derivative(w.at(p, w.i), by: [w.at(w.h, w.i)]))
    let reports = CrossCheck.run(
      [.equality(whole, chain), .equality(chain, substituted), .equality(whole, forgotten)],
      context, &w.pool)
    #expect(reports[0].isPassed)
    #expect(reports[1].isPassed)
    #expect(reports[2].counterexample != nil)
  }

  @Test func `a claim that cannot be compiled does not spoil the others`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let n = w.pool.symbol(w.size)
    let bad = w.pool.derivative(n, by: [n])
    let reports = CrossCheck.run(
      [.equality(x, x), .equality(bad, x), .equality(x, w.pool.negate(x))], CheckContext(),
      &w.pool)
    #expect(reports[0].isPassed)
    #expect(reports[1].obstacle == .evaluation(.notAVariable(bad)))
    #expect(reports[2].counterexample != nil)
  }

  @Test func `a counterexample is told with its values`() throws {
    var w = Workbench()
    var context = CheckContext()
    context.values = [w.size: 2, w.i: 2]
    context.fixed = [Slot(w.x): 3, Slot(w.h, [2]): 5]
    let left = w.pool.multiply(w.pool.symbol(w.x), w.at(w.h, w.i))
    let found = try #require(report(&w, left, w.pool.symbol(w.x), context).counterexample)
    #expect(w.pool.text(of: found) == "at N = 2, i = 2, x = 3.0, h[2] = 5.0: 15.0 against 3.0")
  }

  @Test func `cancellation beyond rounding is not taken for agreement`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let huge = w.pool.power(w.pool.integer(10), w.pool.integer(30))
    let lost = w.pool.writtenSum([w.pool.writtenSum([x, huge]), w.pool.negation(huge)])
    #expect(report(&w, lost, w.pool.zero).obstacle == .illConditioned)
  }
}
