import Foundation
import NablaCalculus
import NablaExpressions
import NablaNumbers

/// The softmax of explicit symbols and its cross-entropy.
struct Softmax {
  var logits: [Handle] = []
  var targets: [Handle] = []
  var probabilities: [Handle] = []

  init(_ count: Int, _ pool: inout ExpressionPool) {
    for place in 0..<count {
      logits.append(pool.symbol(pool.declare(Symbol("h\(place)", .scalar))))
    }
    for place in 0..<count {
      targets.append(pool.symbol(pool.declare(Symbol("y\(place)", .scalar))))
    }
    var exponentials: [Handle] = []
    for logit in logits { exponentials.append(pool.function(.exp, logit)) }
    let inverse = pool.power(pool.add(exponentials), pool.minusOne)
    for exponential in exponentials { probabilities.append(pool.multiply(exponential, inverse)) }
  }

  func crossEntropy(of probabilities: [Handle], _ pool: inout ExpressionPool) -> Handle {
    var terms: [Handle] = []
    for (target, probability) in zip(targets, probabilities) {
      terms.append(pool.multiply(target, pool.function(.log, probability)))
    }
    return pool.negate(pool.add(terms))
  }

  /// The point at which every peer is compared.
  func point(_ pool: borrowing ExpressionPool) -> [SymbolID: Double] {
    var point: [SymbolID: Double] = [:]
    for (place, logit) in logits.enumerated() {
      if case .symbol(let id) = pool[logit] { point[id] = sin(Double(1 + place)) }
    }
    for (place, target) in targets.enumerated() {
      if case .symbol(let id) = pool[target] { point[id] = 0.1 * Double(1 + place % 4) }
    }
    return point
  }
}

extension Softmax {
  /// Scales the targets of a point so that they add up to 1.
  func normaliseTargets(_ point: inout [SymbolID: Double], _ pool: borrowing ExpressionPool) {
    var total = 0.0
    for target in targets { if case .symbol(let id) = pool[target] { total += point[id] ?? 0 } }
    for target in targets {
      if case .symbol(let id) = pool[target] { point[id] = (point[id] ?? 0) / total }
    }
  }
}

func measureSoftmaxJacobian(_ count: Int) {
  var measurement = Measurement("W2J", size: "\(count)")
  var pool = ExpressionPool()
  var differentiator = Differentiator()
  var softmax: Softmax?
  var jacobian: [Handle] = []
  measurement.repeating {
    pool.reset()
    differentiator = Differentiator()
  } build: {
    softmax = Softmax(count, &pool)
  } derive: {
    guard let softmax else { return }
    jacobian = [Handle](repeating: pool.zero, count: count * count)
    for (column, logit) in softmax.logits.enumerated() {
      for (row, probability) in softmax.probabilities.enumerated() {
        jacobian[row * count + column] = differentiator.derivative(
          of: probability, by: logit, in: &pool)
      }
    }
  }
  guard let softmax else { return }
  measurement.add("result_size", pool.nodesBelow(jacobian).count)
  var check = 0.0
  for (place, value) in pool.values(of: jacobian, at: softmax.point(pool)).enumerated() {
    check += value * cos(Double(place / count + 2 * (place % count)))
  }
  measurement.add("check", check)
  measurement.emit()
}

func measureCrossEntropy(_ count: Int) {
  var measurement = Measurement("W2C", size: "\(count)")
  var pool = ExpressionPool()
  var sweep = ReverseSweep()
  var softmax: Softmax?
  var loss = pool.zero
  var gradient: [Handle] = []
  measurement.repeating {
    pool.reset()
  } build: {
    let made = Softmax(count, &pool)
    loss = made.crossEntropy(of: made.probabilities, &pool)
    softmax = made
  } derive: {
    if let softmax { gradient = sweep.gradient(of: loss, by: softmax.logits, in: &pool) }
  }
  guard let softmax else { return }
  measurement.add("result_size", pool.nodesBelow(gradient).count)
  measurement.add("check", check(pool.values(of: gradient, at: softmax.point(pool))))
  measurement.emit()
}

func check(_ gradient: [Double]) -> Double {
  var check = 0.0
  for (place, value) in gradient.enumerated() { check += value * cos(Double(place)) }
  return check
}
