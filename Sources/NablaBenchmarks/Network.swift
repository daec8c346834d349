import Foundation
import NablaCalculus
import NablaExpressions
import NablaNumbers

/// A network of tanh layers with squared error, written out over explicit symbols.
struct Network {
  var weights: [Handle] = []
  var inputs: [Handle] = []
  var target = Handle(index: 0)
  var loss = Handle(index: 0)

  init(_ pool: inout ExpressionPool, _ names: NetworkNames) {
    let width = names.inputs.count
    weights.reserveCapacity(names.weights.count)
    for name in names.inputs { inputs.append(pool.symbol(pool.declare(Symbol(name, .scalar)))) }
    target = pool.symbol(pool.declare(Symbol("y", .scalar)))
    for name in names.weights { weights.append(pool.symbol(pool.declare(Symbol(name, .scalar)))) }
    var place = 0
    var layer = inputs
    for _ in 0..<names.depth {
      var next: [Handle] = []
      for _ in 0..<width {
        next.append(pool.function(.tanh, affine(&place, layer, &pool)))
      }
      layer = next
    }
    let difference = pool.subtract(affine(&place, layer, &pool), target)
    let half = pool.divide(pool.one, pool.two)
    loss = pool.multiply(half, pool.power(difference, pool.two))
  }

  /// A bias plus the weighted sum of a layer, taking the next weights.
  private func affine(_ place: inout Int, _ layer: [Handle], _ pool: inout ExpressionPool) -> Handle
  {
    var terms: [Handle] = []
    terms.reserveCapacity(layer.count + 1)
    terms.append(weights[place + layer.count])
    for value in layer {
      terms.append(pool.multiply(weights[place], value))
      place += 1
    }
    place += 1
    return pool.add(terms)
  }
}

/// The names of a network's symbols, made before the clock starts.
struct NetworkNames {
  let depth: Int
  var weights: [String] = []
  var inputs: [String] = []

  init(depth: Int, width: Int) {
    self.depth = depth
    for input in 0..<width { inputs.append("x\(input)") }
    for layer in 0..<depth {
      for unit in 0..<width {
        for input in 0..<width { weights.append("w\(layer)u\(unit)u\(input)") }
        weights.append("b\(layer)u\(unit)")
      }
    }
    for input in 0..<width { weights.append("v\(input)") }
    weights.append("c")
  }
}

func measureNetwork(depth: Int, width: Int) {
  let names = NetworkNames(depth: depth, width: width)
  ResidentMemory.forgetPeak()
  let start = ResidentMemory.now
  var measurement = Measurement("W1", size: "[\(depth), \(width)]")
  var pool = ExpressionPool()
  var sweep = ReverseSweep()
  var network: Network?
  var gradient: [Handle] = []
  measurement.repeating {
    pool.reset()
    network = nil
    gradient = []
  } build: {
    network = Network(&pool, names)
  } derive: {
    if let network { gradient = sweep.gradient(of: network.loss, by: network.weights, in: &pool) }
  }
  let peak = ResidentMemory.peak
  guard let network else { return }
  measurement.add("nparams", network.weights.count)
  measurement.add("result_size", pool.nodesBelow(gradient).count)
  measurement.add("pool_nodes", pool.count)
  measurement.add("peak_kib", peak)
  measurement.add("peak_minus_start_kib", peak - start)
  var point: [SymbolID: Double] = [:]
  func set(_ handle: Handle, _ value: Double) {
    if case .symbol(let id) = pool[handle] { point[id] = value }
  }
  for (place, weight) in network.weights.enumerated() { set(weight, 0.5 * sin(Double(1 + place))) }
  for (place, input) in network.inputs.enumerated() { set(input, cos(Double(place))) }
  set(network.target, 0.7)
  var check = 0.0
  for (place, value) in pool.values(of: gradient, at: point).enumerated() {
    check += value * cos(Double(place))
  }
  measurement.add("check", check)
  measurement.emit()
}
