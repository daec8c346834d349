import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers

/// Gradient descent as a loop over the functions of its loss.
extension GradientProgramBuilder {
  /// The training as a program has it; nil if it has no run.
  func training(
    _ task: Task, _ run: TrainingRun, _ derivatives: [SymbolID], _ pool: inout ExpressionPool
  ) -> GradientProgram.Training? {
    guard case .train(let training) = task.kind, derivatives.count == training.parameters.count
    else { return nil }
    var result = GradientProgram.Training(
      parameters: training.parameters, derivatives: derivatives, samples: training.samples,
      mode: training.mode, steps: training.steps, scope: task.scope)
    guard let rate = double(run.rate, pool) else { return nil }
    result.rate = rate
    for iteration in run.iterations {
      guard let loss = double(iteration.loss, pool) else { return result }
      result.losses.append(loss)
    }
    return result
  }

  private func double(_ value: NumericValue, _ pool: borrowing ExpressionPool) -> Double? {
    switch value {
    case .exact(let handle): pool.rational(handle)?.doubleValue
    case .approximate(let value): value
    case .undefined: nil
    }
  }

  /// The gradient of a training's loss by one of its parameters.
  func derivative(
    of loss: Handle, _ gradient: BackwardPass.Gradient, _ pass: BackwardPass,
    _ pool: inout ExpressionPool
  ) -> GradientProgram.Derivative? {
    guard let parameter = pool.headSymbol(of: gradient.unknown),
      let subject = pool.headSymbol(of: loss)
    else { return nil }
    let result = pool.opened(gradient.value, pass.definitions(in: pool))
    let indices = gradient.indices
    if indices.count > 2 { return nil }
    let ranges = indices.compactMap { pool.firstRange(of: $0) }
    let name =
      "d" + CodeNames.identifier(pool.name(of: subject)) + "_d"
      + CodeNames.identifier(pool.name(of: parameter))
    let form = pool.lift(
      result, row: indices.first, column: indices.count > 1 ? indices[1] : nil)
    return GradientProgram.Derivative(
      symbol: pool.declare(
        Symbol(name, indices.isEmpty ? .scalar : .array, ranges: ranges)),
      goal: pool.derivative(loss, by: [gradient.unknown]), subject: loss,
      variables: [gradient.unknown], axes: indices.map { .index($0) }, result: result, form: form)
  }
}
