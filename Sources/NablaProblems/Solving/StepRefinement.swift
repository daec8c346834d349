import NablaCalculus
import NablaExpressions
import NablaRendering
import NablaRewriting

extension ExpressionPool {
  /// The steps with those that do several things at once taken apart, as far as that can be told.
  ///
  /// Fractions are joined before they are cancelled; what is multiplied out stands there before it
  /// is collected. All but the common denominator is shown in full detail only.
  mutating func refined(_ steps: [Step], for shown: Detail) -> [Step] {
    var found: [Step] = []
    for step in steps {
      if step.isLocal {
        found.append(step)
        continue
      }
      switch step.rule {
      case "expand", "combine": found += refined(step, isBackward: false, shown)
      case "factor": found += refined(step, isBackward: true, shown)
      default: found.append(step)
      }
    }
    return found
  }

  /// Lines that read alike are one line.
  private mutating func plainText(_ line: Handle) -> String {
    var builder = FormulaBuilder()
    return builder.formula(of: line, in: &self).plain
  }

  private struct Between {
    let line: Handle
    let rule: String
    let reason: String
    let backward: String
    let detail: Detail
  }

  private mutating func refined(_ step: Step, isBackward: Bool, _ shown: Detail) -> [Step] {
    let (start, end) = isBackward ? (step.after, step.before) : (step.before, step.after)
    if treeSize(start) > 300 || treeSize(end) > 300 { return [step] }
    var between: [Between] = []
    func add(
      _ line: Handle?, _ rule: String, _ reason: String, _ backward: String,
      _ detail: Detail = .full
    ) {
      guard let line else { return }
      let text = plainText(line)
      for other in [start, end] + between.map({ $0.line }) where plainText(other) == text {
        return
      }
      between.append(
        Between(line: line, rule: rule, reason: reason, backward: backward, detail: detail))
    }
    if step.rule == "combine" {
      add(
        overOneDenominator(start), "combine", "common denominator",
        "one fraction for each term", .standard)
    } else {
      let tidy = presentable(start)
      if canonical(tidy) != canonical(end), treeSize(tidy) < treeSize(start) {
        add(tidy, "cancel", "cancel", "the same factor above and below")
      }
    }
    add(
      multipliedOut(between.last?.line ?? start), "expand", "multiply out",
      "take out common factors")
    if between.isEmpty { return [step] }
    let closing = step.rule == "combine" ? "collect and cancel" : "collect"
    var found: [Step] = []
    if isBackward {
      var line = end
      for entry in between.reversed() {
        found.append(
          Step(entry.rule, line, entry.line, Reason("write out"), detail: entry.detail))
        line = entry.line
      }
      found.append(Step(step.rule, line, start, step.reason, detail: step.detail))
      return found
    }
    var line = start
    for entry in between {
      found.append(Step(entry.rule, line, entry.line, Reason(entry.reason), detail: entry.detail))
      line = entry.line
    }
    // Where the lines between are not shown, the step keeps its own reason.
    let hasVisible = between.contains { $0.detail <= shown }
    found.append(
      Step(
        step.rule == "combine" ? "cancel" : step.rule, line, end,
        hasVisible ? Reason(closing) : step.reason, detail: step.detail))
    return found
  }
}
