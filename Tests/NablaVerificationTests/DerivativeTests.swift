import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

/// Points inside the domain of each function, away from its kinks.
private func points(_ function: Function) -> [Double] {
  switch function {
  case .asin, .acos, .atanh: [-0.7, 0.2, 0.6]
  case .acosh, .acoth: [1.4, 2.5]
  case .asec, .acsc: [-1.6, 1.4, 2.5]
  case .asech: [0.3, 0.7]
  case .log, .sqrt: [0.4, 1.7]
  default: [-1.3, 0.45, 1.2]
  }
}

@Suite struct `Dual numbers and differences` {
  @Test(arguments: Function.allCases)
  func `agree for every function up to order 4`(function: Function) throws {
    var w = Workbench()
    // f(x²·s) at a scale that keeps the argument in the domain
    let x = w.pool.symbol(w.x)
    let composed = w.pool.writtenFunction(function, w.pool.multiply(x, w.pool.power(x, w.pool.two)))
    let tape = try Tape([composed], TapeContext(), &w.pool)
    for target in points(function) {
      let root = target < 0 ? -realPower(-target, 1 / 3.0) : realPower(target, 1 / 3.0)
      var point = TapePoint()
      tape.run([root], into: &point)
      for order in 1...4 {
        let slots = [Int](repeating: 0, count: order)
        let dual = try #require(tape.derivative(of: 0, by: slots, at: point))
        let estimate = try #require(tape.difference(of: 0, by: slots, at: point))
        #expect(
          abs(dual - estimate.value) <= 1e-6 * max(1, abs(dual)) + 4 * estimate.error,
          "order \(order) at \(target): \(dual) against \(estimate.value)")
        #expect(estimate.error <= 1e-5 * max(1, abs(dual)), "order \(order) at \(target)")
      }
    }
  }

  @Test func `a mixed derivative of order 4`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let expression = w.pool.function(.sin, w.pool.multiply(x, t))
    let tape = try Tape([expression], TapeContext(), &w.pool)
    let px = try #require(tape.place(of: Slot(w.x)))
    let pt = try #require(tape.place(of: Slot(w.t)))
    var inputs = [0.0, 0.0]
    inputs[px] = 0.7
    inputs[pt] = -1.1
    var point = TapePoint()
    tape.run(inputs, into: &point)
    // From sympy: ∂⁴ sin(xt)/∂x²∂t² at x = 0.7, t = −1.1
    let found = try #require(tape.derivative(of: 0, by: [px, pt, pt, px], at: point))
    #expect(abs(found - mixedSine) < 1e-13, "\(found)")
  }

  /// −2·sin(u) − 4·u·cos(u) + u²·sin(u) at u = −0.77.
  private let mixedSine: Double = {
    let u = -0.77
    let sine = Function.sin.value(at: u)
    let cosine = Function.cos.value(at: u)
    return u * u * sine - 2 * sine - 4 * u * cosine
  }()

  @Test func `powers, quotients and extrema with respect to both operands`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let cases = [
      w.pool.writtenPower(x, t), w.pool.quotient(x, t), w.pool.writtenPower(x, w.pool.integer(-3)),
      w.pool.writtenPower(t, w.fraction(5, 3)), w.pool.root(x, degree: 3),
      w.pool.root(x, degree: 2),
      w.pool.writtenExtremum([x, t], isMaximum: true),
      w.pool.writtenExtremum([w.pool.multiply(x, t), t], isMaximum: false),
      w.pool.writtenPiecewise([w.relation(.less, x, t), w.pool.multiply(x, t), x]),
      w.pool.multiply(
        w.pool.indicator(of: w.relation(.greater, x, w.pool.one)), w.pool.function(.log, x)),
    ]
    for (number, expression) in cases.enumerated() {
      let tape = try Tape([expression, x, t], TapeContext(), &w.pool)
      let px = try #require(tape.place(of: Slot(w.x)))
      let pt = try #require(tape.place(of: Slot(w.t)))
      for (vx, vt) in [(1.3, 0.7), (0.4, 2.2)] {
        var inputs = [0.0, 0.0]
        inputs[px] = vx
        inputs[pt] = vt
        var point = TapePoint()
        tape.run(inputs, into: &point)
        for slots in [[px], [pt], [px, pt], [pt, pt], [px, px, pt]] {
          let dual = try #require(tape.derivative(of: 0, by: slots, at: point))
          let estimate = try #require(tape.difference(of: 0, by: slots, at: point))
          #expect(
            abs(dual - estimate.value) <= 1e-7 * max(1, abs(dual)) + 4 * estimate.error,
            "case \(number) by \(slots): \(dual) against \(estimate.value)")
        }
      }
    }
  }

  @Test func `a step that would cross a kink is made smaller`() throws {
    var w = Workbench()
    let tape = try Tape(
      [w.pool.function(.relu, w.pool.symbol(w.x))], TapeContext(), &w.pool)
    var point = TapePoint()
    tape.run([1e-5], into: &point)
    #expect(point.clearance == 1e-5)
    let estimate = try #require(tape.difference(of: 0, by: [0], at: point))
    #expect(abs(estimate.value - 1) < 1e-9)
  }

  @Test func `a kink has no derivative by either means`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let kinks = [
      w.pool.writtenFunction(.relu, x), w.pool.writtenFunction(.abs, x),
      w.pool.writtenExtremum([x, w.pool.zero], isMaximum: true),
      w.pool.indicator(of: w.relation(.greater, x, w.pool.zero)),
    ]
    for (number, kink) in kinks.enumerated() {
      let tape = try Tape([kink], TapeContext(), &w.pool)
      var point = TapePoint()
      tape.run([0], into: &point)
      #expect(tape.derivative(of: 0, by: [0], at: point)?.isNaN == true, "\(number)")
      #expect(tape.difference(of: 0, by: [0], at: point) == nil, "\(number)")
    }
  }

  @Test func `rounding errors bound what is lost to cancellation`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    // (x + 10⁸) − 10⁸ − x
    let far = w.pool.integer(100_000_000)
    let cancelled = w.pool.writtenSum([
      w.pool.writtenSum([x, far]), w.pool.negation(far), w.pool.negation(x),
    ])
    let tape = try Tape([cancelled], TapeContext(), &w.pool)
    var point = TapePoint()
    tape.run([0.1], into: &point)
    let root = Int(tape.roots[0])
    let bound = tape.roundingErrors(point.values)[root]
    #expect(point.values[root] != 0)
    #expect(abs(point.values[root]) <= bound)
    #expect(bound < 1e-6)
  }
}

@Suite struct `Stand-ins for unknown functions` {
  @Test(arguments: [[1], [2], [3]])
  func `derivatives of one argument agree with differences`(orders: [Int]) throws {
    var w = Workbench()
    let f = w.pool.declare(Symbol("f", .function))
    let lower = w.pool.derivativeSymbol(of: f, orders: [orders[0] - 1])
    let higher = w.pool.derivativeSymbol(of: f, orders: orders)
    let x = w.pool.symbol(w.x)
    let tape = try Tape(
      [w.pool.apply(lower, [x]), w.pool.apply(higher, [x])], TapeContext(), &w.pool)
    for at in [-1.2, 0.3, 2.1] {
      var point = TapePoint()
      tape.run([at], into: &point)
      let estimate = try #require(tape.difference(of: 0, by: [0], at: point))
      let exact = point.values[Int(tape.roots[1])]
      #expect(abs(estimate.value - exact) < 1e-9, "at \(at): \(estimate.value) against \(exact)")
    }
  }

  @Test(arguments: [[1, 0], [0, 1], [1, 1], [2, 0], [0, 2], [2, 1], [2, 2]])
  func `partial derivatives agree with dual numbers`(orders: [Int]) throws {
    var w = Workbench()
    let g = w.pool.declare(Symbol("g", .function))
    let partial = w.pool.derivativeSymbol(of: g, orders: orders)
    let arguments = [w.pool.symbol(w.x), w.pool.symbol(w.t)]
    let tape = try Tape(
      [w.pool.apply(g, arguments), w.pool.apply(partial, arguments)], TapeContext(), &w.pool)
    let slots =
      [Int](repeating: 0, count: orders[0]) + [Int](repeating: 1, count: orders[1])
    var point = TapePoint()
    tape.run([0.8, -1.3], into: &point)
    let dual = try #require(tape.derivative(of: 0, by: slots, at: point))
    #expect(abs(dual - point.values[Int(tape.roots[1])]) < 1e-13)
  }

  @Test func `another seed and another name give another function`() throws {
    var w = Workbench()
    let f = w.pool.declare(Symbol("f", .function))
    let g = w.pool.declare(Symbol("g", .function))
    let x = w.pool.symbol(w.x)
    let calls = [w.pool.apply(f, [x]), w.pool.apply(g, [x])]
    let first = try Tape(calls, TapeContext(seed: 1), &w.pool).values(at: [0.5])
    let second = try Tape(calls, TapeContext(seed: 2), &w.pool).values(at: [0.5])
    #expect(Set(first + second).count == 4)
  }
}

@Suite struct `Derivatives inside expressions` {
  @Test func `of an expression by a scalar, twice`() throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let body = w.pool.multiply(w.pool.function(.exp, x), w.pool.power(x, w.pool.two))
    let second = w.pool.derivative(body, by: [x, x])
    // (x² + 4x + 2)·exp(x)
    let expected = (0.25 + 2 + 2) * Function.exp.value(at: 0.5)
    #expect(abs(try w.value(second, [Slot(w.x): 0.5]) - expected) < 1e-14)
  }

  @Test(arguments: Function.allCases)
  func `of every function agree with dual numbers`(function: Function) throws {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let body = w.pool.writtenFunction(function, x)
    let roots = (1...3).map { w.pool.derivative(body, by: Array(repeating: x, count: $0)) }
    let tape = try Tape([body] + roots, TapeContext(), &w.pool)
    for at in points(function) {
      var point = TapePoint()
      tape.run([at], into: &point)
      for order in 1...3 {
        let slots = [Int](repeating: 0, count: order)
        let dual = try #require(tape.derivative(of: 0, by: slots, at: point))
        let own = point.values[Int(tape.roots[order])]
        #expect(abs(dual - own) <= 1e-12 * max(1, abs(dual)), "order \(order) at \(at)")
      }
    }
  }

  @Test func `by a component, with the name hidden in definitions`() throws {
    var w = Workbench()
    let (_, l, definitions) = w.softmax()
    let gradient = w.pool.derivative(w.pool.symbol(l), by: [w.at(w.h, w.i)])
    let inputs = components(w.h, [0, 1, 2]).merging(components(w.y, [0, 1, 0])) { $1 }
    let exponentials = [1, 2.718281828459045, 7.38905609893065]
    let whole = exponentials.reduce(0, +)
    for i in 1...3 {
      let value = try w.value(
        gradient, inputs, values: [w.size: 3, w.i: i], definitions: definitions)
      let expected = exponentials[i - 1] / whole - (i == 2 ? 1 : 0)
      #expect(abs(value - expected) < 1e-15, "i = \(i)")
    }
  }

  @Test func `by a defined name, which is then a node of its own`() throws {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    let local = w.pool.derivative(w.pool.symbol(l), by: [w.at(p, w.i)])
    let inputs = components(w.h, [0, 1, 2]).merging(components(w.y, [3, 5, 7])) { $1 }
    let values = [w.size: 3, w.i: 3]
    let value = try w.value(local, inputs, values: values, definitions: definitions)
    let third = try w.value(w.at(p, w.i), inputs, values: values, definitions: definitions)
    #expect(abs(value + 7 / third) < 1e-14)
  }

  @Test func `the chain rule over a sum of derivatives holds`() throws {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    let loss = w.pool.symbol(l)
    let whole = w.pool.derivative(loss, by: [w.at(w.h, w.i)])
    let outer = w.pool.derivative(loss, by: [w.at(p, w.j)])
    let inner = w.pool.derivative(w.at(p, w.j), by: [w.at(w.h, w.i)])
    let chain = w.sum(w.j, w.pool.multiply(outer, inner))
    let inputs = components(w.h, [0.3, 1, -2]).merging(components(w.y, [3, 5, 7])) { $1 }
    for i in 1...3 {
      let values = [w.size: 3, w.i: i]
      let left = try w.value(whole, inputs, values: values, definitions: definitions)
      let right = try w.value(chain, inputs, values: values, definitions: definitions)
      #expect(abs(left - right) < 1e-13, "i = \(i)")
    }
  }

  @Test func `paths through a recurrence all count`() throws {
    var w = Workbench()
    // s[1] = h[1], s[i] = x·s[i−1] + h[i]: ∂s[3]/∂s[1] = x²
    let s = w.vector("s")
    let isFirst = w.relation(.equal, w.pool.symbol(w.i), w.pool.one)
    let before = w.pool.entry(s, [w.pool.subtract(w.pool.symbol(w.i), w.pool.one)])
    let step = w.pool.add(w.pool.multiply(w.pool.symbol(w.x), before), w.at(w.h, w.i))
    var definitions = Definitions()
    definitions.add(
      Definition(
        symbol: s, parameters: [w.i],
        body: w.pool.writtenPiecewise([isFirst, w.at(w.h, w.i), step])))
    let path = w.pool.derivative(
      w.pool.entry(s, [w.pool.integer(3)]), by: [w.pool.entry(s, [w.pool.one])])
    var inputs = components(w.h, [1, 2, 3])
    inputs[Slot(w.x)] = 10
    #expect(try w.value(path, inputs, values: [w.size: 3], definitions: definitions) == 100)
  }

  @Test func `a second derivative by two names leaves both as nodes`() throws {
    var w = Workbench()
    // z = x², u = z·x·t: ∂²u/∂z∂x = t with z held
    let z = w.scalar("z")
    let x = w.pool.symbol(w.x)
    var definitions = Definitions()
    definitions.add(Definition(symbol: z, parameters: [], body: w.pool.power(x, w.pool.two)))
    let zName = w.pool.symbol(z)
    let u = w.pool.multiply([zName, zName, x, w.pool.symbol(w.t)])
    let inputs = [Slot(w.x): 3.0, Slot(w.t): 5.0]
    let both = w.pool.derivative(u, by: [zName, x])
    #expect(try w.value(both, inputs, definitions: definitions) == 2 * 9 * 5)
    let swapped = w.pool.derivative(u, by: [x, zName])
    #expect(try w.value(swapped, inputs, definitions: definitions) == 2 * 9 * 5)
    let total = w.pool.derivative(u, by: [x])
    #expect(try w.value(total, inputs, definitions: definitions) == 5 * 5 * 81)
  }

  @Test func `the derivative symbol of a defined function follows its definition`() throws {
    var w = Workbench()
    // f(x, t) = x³·sin(t)·a
    let f = w.pool.declare(Symbol("f", .function))
    let a = w.scalar("a")
    let body = w.pool.multiply([
      w.pool.power(w.pool.symbol(w.x), w.pool.integer(3)),
      w.pool.function(.sin, w.pool.symbol(w.t)), w.pool.symbol(a),
    ])
    var definitions = Definitions()
    definitions.add(Definition(symbol: f, parameters: [w.x, w.t], body: body))
    let partial = w.pool.derivativeSymbol(of: f, orders: [2, 1])
    let s = w.scalar("s")
    let call = w.pool.apply(
      partial, [w.pool.power(w.pool.symbol(s), w.pool.two), w.pool.symbol(s)])
    // 6·x·cos(t)·a at x = s², t = s
    let value = try w.value(call, [Slot(s): 2, Slot(a): 10], definitions: definitions)
    #expect(abs(value - 240 * Function.cos.value(at: 2)) < 1e-12)
    let outer = w.pool.derivative(call, by: [w.pool.symbol(s)])
    let expected = 10 * 6 * (4 * Function.cos.value(at: 2) - 4 * Function.sin.value(at: 2))
    let found = try w.value(outer, [Slot(s): 2, Slot(a): 10], definitions: definitions)
    #expect(abs(found - expected) < 1e-12)
  }

  @Test func `a parameter of a function is its own variable`() throws {
    var w = Workbench()
    // g(x) = ∂(x²·t)/∂x, called at t: 2·t·t
    let g = w.pool.declare(Symbol("g", .function))
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let square = w.pool.multiply(w.pool.power(x, w.pool.two), t)
    var definitions = Definitions()
    definitions.add(
      Definition(symbol: g, parameters: [w.x], body: w.pool.derivative(square, by: [x])))
    #expect(try w.value(w.pool.apply(g, [t]), [Slot(w.t): 3], definitions: definitions) == 18)
  }

  @Test func `by something that is no variable`() {
    var w = Workbench()
    let n = w.pool.symbol(w.size)
    let bad = w.pool.derivative(n, by: [n])
    #expect(throws: EvaluationError.notAVariable(bad)) { try w.value(bad, values: [w.size: 3]) }
    let x = w.pool.symbol(w.x)
    let high = w.pool.derivative(
      w.pool.function(.sin, x), by: [Handle](repeating: x, count: 40))
    #expect(throws: EvaluationError.orderTooHigh(limit: 16)) { try w.value(high, [Slot(w.x): 1]) }
  }
}
