import Foundation
import NablaCalculus
import NablaExpressions

/// f′ for f₀ = x and f_{k+1} = sin(f_k)·f_k + x.
func measureNested(_ levels: Int) {
  var measurement = Measurement("W3-nested", size: "\(levels)")
  var pool = ExpressionPool()
  var differentiator = Differentiator()
  var variable = SymbolID(index: 0)
  var function = pool.zero
  var result = pool.zero
  measurement.repeating {
    pool.reset()
    differentiator = Differentiator()
  } build: {
    variable = pool.declare(Symbol("x", .scalar))
    let x = pool.symbol(variable)
    function = x
    for _ in 0..<levels {
      function = pool.add(pool.multiply(pool.function(.sin, function), function), x)
    }
  } derive: {
    result = differentiator.derivative(of: function, by: pool.symbol(variable), in: &pool)
  }
  measurement.add("result_size", pool.nodesBelow([result]).count)
  measurement.add("check", pool.values(of: [result], at: [variable: 0.2])[0])
  measurement.emit()
}

func measureSixthDerivative() {
  var measurement = Measurement("W3-6th", size: "6")
  var pool = ExpressionPool()
  var differentiator = Differentiator()
  var variable = SymbolID(index: 0)
  var function = pool.zero
  var result = pool.zero
  measurement.repeating {
    pool.reset()
    differentiator = Differentiator()
  } build: {
    variable = pool.declare(Symbol("x", .scalar))
    let x = pool.symbol(variable)
    let inner = pool.multiply(
      pool.function(.sin, pool.power(x, pool.two)), pool.function(.tanh, x))
    function = pool.function(.exp, inner)
  } derive: {
    result = function
    for _ in 0..<6 {
      result = differentiator.derivative(of: result, by: pool.symbol(variable), in: &pool)
    }
  }
  measurement.add("result_size", pool.nodesBelow([result]).count)
  measurement.add("check", pool.values(of: [result], at: [variable: 0.7])[0])
  measurement.emit()
}
