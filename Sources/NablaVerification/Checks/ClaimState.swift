import NablaExpressions

/// What is known of a claim while its points are looked at.
struct ClaimState {
  /// Set as soon as nothing can change it.
  var verdict: CheckVerdict?
  var points = 0
  var maxError: Double?
  var maxErrorDual: Double?
  var maxErrorDifferences: Double?
  /// For how many sets of sizes points were asked for and found.
  var rounds = 0
  var finishedRounds = 0
  var hasInconclusive = false

  func report(isDerivative: Bool) -> CheckReport {
    var report = CheckReport(verdict: verdict ?? ownVerdict)
    report.points = points
    report.maxRelativeError = isDerivative ? nil : maxError
    report.maxRelativeErrorDual = isDerivative ? maxErrorDual : nil
    report.maxRelativeErrorDifferences = isDerivative ? maxErrorDifferences : nil
    return report
  }

  private var ownVerdict: CheckVerdict {
    if rounds == 0 { return .notChecked(.noIndices) }
    if finishedRounds == rounds { return .passed }
    return .notChecked(hasInconclusive ? .illConditioned : .noPoint)
  }
}

/// What a comparison at one point and one choice of indices gave.
enum CaseOutcome {
  case agrees(first: Double, differences: Double?)
  case undefined(left: Bool, right: Bool)
  case inconclusive
  case differs(NumericCounterexample.Method, left: Double, right: Double)
}
