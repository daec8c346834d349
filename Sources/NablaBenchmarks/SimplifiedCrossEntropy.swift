import Foundation
import NablaCalculus
import NablaExpressions
import NablaNumbers

/// The gradient of −Σ y_j log p_j by the logits, with p_j = exp(h_j)/S and S = Σ exp(h_k) known by
/// name, simplified to p_i·Σ y − y_i, or to p_i − y_i where Σ y = 1 is assumed.
func measureSimplifiedCrossEntropy(_ count: Int, sumIsOne: Bool) {
  var measurement = Measurement(sumIsOne ? "W2CS-assumed" : "W2CS", size: "\(count)")
  var pool = ExpressionPool()
  var model: NamedSoftmax?
  var gradient: [Handle] = []
  var raw: [Handle] = []
  measurement.repeating {
    pool.reset()
  } build: {
    model = NamedSoftmax(count, &pool)
  } derive: {
    guard let model else { return }
    var differentiator = Differentiator(DifferentiationContext(definitions: model.definitions))
    var simplifier = Simplifier()
    simplifier.definitions = pool.foldable(model.definitions)
    if sumIsOne { simplifier.assumptions = model.sumOfTargets(&pool) }
    gradient = []
    raw = []
    // The probabilities are opened, the sum they share is followed through its definition.
    let loss = pool.opened(model.loss, model.definitions.without([model.total]))
    for logit in model.softmax.logits {
      let derivative = differentiator.derivative(of: loss, by: logit, in: &pool)
      raw.append(derivative)
      gradient.append(simplifier.simplify(derivative, in: &pool).result)
    }
  }
  guard let model else { return }
  measurement.add("result_size", pool.nodesBelow(gradient).count)
  measurement.add("tree_size_first", pool.treeSize(gradient[0]))
  var point = model.softmax.point(pool)
  if sumIsOne { model.softmax.normaliseTargets(&point, pool) }
  var opened: [Handle] = []
  for component in gradient + raw { opened.append(pool.opened(component, model.definitions)) }
  let values = pool.values(of: opened, at: point)
  var difference = 0.0
  for place in 0..<count {
    difference = max(difference, abs(values[place] - values[count + place]))
  }
  measurement.add("check", check(Array(values.prefix(count))))
  measurement.add("difference_from_raw", difference)
  measurement.emit()
}

/// The cross-entropy over named probabilities and the definitions of the names.
private struct NamedSoftmax {
  let softmax: Softmax
  let loss: Handle
  let total: SymbolID
  var definitions = Definitions()

  init(_ count: Int, _ pool: inout ExpressionPool) {
    let softmax = Softmax(count, &pool)
    var exponentials: [Handle] = []
    for logit in softmax.logits { exponentials.append(pool.function(.exp, logit)) }
    total = pool.declare(Symbol("S", .scalar))
    definitions.add(Definition(symbol: total, parameters: [], body: pool.add(exponentials)))
    var names: [Handle] = []
    for (place, exponential) in exponentials.enumerated() {
      let name = pool.declare(Symbol("p\(place)", .scalar))
      let body = pool.quotient(exponential, pool.symbol(total))
      definitions.add(Definition(symbol: name, parameters: [], body: body))
      names.append(pool.symbol(name))
    }
    self.softmax = softmax
    loss = softmax.crossEntropy(of: names, &pool)
  }

  /// Σ y = 1.
  func sumOfTargets(_ pool: inout ExpressionPool) -> [FoldableDefinition] {
    let relation = pool.relation(.equal, pool.add(softmax.targets), pool.one)
    return pool.usable(assumption: relation).map { [$0] } ?? []
  }
}
