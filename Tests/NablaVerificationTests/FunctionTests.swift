import NablaExpressions
import Testing

@testable import NablaVerification

@Suite struct `Built-in functions` {
  @Test func `values and four derivatives agree with mpmath`() throws {
    for row in functionTable {
      let function = try #require(Function(named: row.name))
      let series = FunctionSeries(function, at: row.x, order: 4)
      for (order, expected) in row.derivatives.enumerated() {
        let found = order == 0 ? function.value(at: row.x) : series.derivative(order)
        let scale = order == 0 ? abs(expected) : row.derivatives.map { abs($0) }.max() ?? 0
        #expect(
          abs(found - expected) <= 4e-15 * Double(1 + 8 * order) * scale,
          "\(row.name) at \(row.x), order \(order): \(found), not \(expected)")
      }
    }
  }

  @Test func `every function has rows in the table`() {
    let names = Set(functionTable.map { $0.name })
    for function in Function.allCases {
      #expect(names.contains(function.name), "\(function.name)")
    }
  }

  @Test(arguments: [
    (Function.log, 0.0), (.log, -1), (.sqrt, -0.5), (.asin, 1.5), (.acos, -1.5), (.acosh, 0.5),
    (.atanh, 1), (.atanh, -2), (.acoth, 1), (.acoth, 0.5), (.asech, 0), (.asech, 1.5),
    (.asech, -0.5), (.asec, 0.5), (.acsc, 0), (.acsch, 0), (.acot, 0), (.cot, 0), (.csc, 0),
    (.coth, 0), (.csch, 0),
  ])
  func `outside the domain there is no value`(function: Function, x: Double) {
    #expect(function.value(at: x).isNaN)
    #expect(FunctionSeries(function, at: x, order: 2).derivative(1).isNaN)
  }

  @Test(arguments: [Function.sigmoid, .softplus, .tanh, .sech, .erf, .coth])
  func `large arguments do not overflow`(function: Function) {
    for x in [-800.0, 800.0] {
      #expect(!function.value(at: x).isNaN, "at \(x)")
      #expect(!FunctionSeries(function, at: x, order: 3).derivative(3).isNaN, "at \(x)")
    }
  }

  @Test func `a kink has no slope`() {
    for function in [Function.relu, .abs, .sign, .step] {
      #expect(FunctionSeries(function, at: 0, order: 1).derivative(1).isNaN, "\(function.name)")
    }
    #expect(Function.relu.value(at: 0) == 0)
    #expect(Function.sign.value(at: 0) == 0)
    #expect(Function.step.value(at: 0) == 0)
  }

  @Test func `whole powers follow the conventions of algebra`() {
    #expect(wholePower(0, 0) == 1)
    #expect(wholePower(0, -2).isNaN)
    #expect(wholePower(-2, 5) == -32)
    #expect(wholePower(-2, -2) == 0.25)
    #expect(wholePower(.nan, 0).isNaN)
    #expect(realPower(-8, 1.0 / 3).isNaN)
  }
}
