import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

extension Solver {
  /// Gradient descent on given data; the gradients come from one backward pass in symbols.
  mutating func train(
    _ training: Task.Training, _ solved: inout SolvedTask, _ pool: inout ExpressionPool
  ) {
    let scope = solved.task.scope
    do throws(TrainingObstacle) {
      var session = try TrainingSession(training, scope, self, in: &pool)
      try session.run(in: &pool)
      session.writeOutFirst(&solved, self, in: &pool)
      solved.training = session.result
      trained = session.result
    } catch {
      solved.obstacle = error.reason
      solved.verdict = .failed
    }
  }

  /// Holds what the author expects of the training above against what came out.
  func expectTrained(
    _ expectation: Task.TrainedExpectation, _ solved: inout SolvedTask,
    _ pool: inout ExpressionPool
  ) {
    var outcome = ExpectationOutcome()
    defer {
      solved.expectation = outcome
      solved.verdict =
        outcome.holds == true ? .passed : outcome.holds == false ? .failed : .undecided
    }
    guard let trained else {
      outcome.detail = "there is no training above"
      return
    }
    let step = expectation.moment.isBefore ? expectation.moment.step - 1 : expectation.moment.step
    guard let found = values(of: expectation.quantity, after: step, trained, &pool) else {
      outcome.detail =
        step < 0 || step > trained.iterations.count
        ? "the training has \(trained.iterations.count) steps"
        : "the training does not tell it; it tells the loss before a step, and parameters"
      return
    }
    let values = GivenValues(solved.task.scope, in: &pool)
    guard found.count == expectation.rows.count,
      found.first?.count == expectation.rows.first?.count
    else {
      outcome.holds = false
      outcome.detail = "its size is \(found.count) × \(found.first?.count ?? 0)"
      return
    }
    for (row, wantedRow) in zip(found, expectation.rows) {
      for (value, wanted) in zip(row, wantedRow) {
        guard let target = values.value(of: wanted.value, &pool) else { return }
        let agrees = value.agrees(
          with: target, wanted.decimal, isExact: expectation.isExact, pool)
        if agrees == false {
          outcome.holds = false
          outcome.detail = "there is \(value.text(in: pool))"
          return
        }
        if agrees == nil { return }
      }
    }
    outcome.holds = true
  }

  private func values(
    of quantity: Handle, after step: Int, _ trained: TrainingRun, _ pool: inout ExpressionPool
  ) -> TrainingRun.Values? {
    guard step >= 0 else { return nil }
    if let symbol = pool.headSymbol(of: quantity),
      let rows = trained.values(of: symbol, afterStep: step)
    {
      guard case .entry(_, let list) = pool[quantity] else { return rows }
      var places: [Int] = []
      for (index, range) in zip(pool.operands(list), pool.declaration(of: symbol).ranges) {
        guard let place = pool.rational(index)?.asInt else { return nil }
        places.append(place - (pool.rational(range.lower)?.asInt ?? 1))
      }
      let column = places.count > 1 ? places[1] : 0
      guard let row = places.first, rows.indices.contains(row),
        rows[row].indices.contains(column)
      else { return nil }
      return [[rows[row][column]]]
    }
    guard let loss = trained.quantities.first(where: { $0.role == .loss }),
      pool.headSymbol(of: quantity) == loss.symbol, step < trained.iterations.count
    else { return nil }
    return [[trained.iterations[step].loss]]
  }
}

/// Why a training cannot be carried out, in words for the reader.
struct TrainingObstacle: Error {
  let reason: String
}
