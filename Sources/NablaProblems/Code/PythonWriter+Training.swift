import NablaExpressions
import NablaNotation

/// Gradient descent in Python.
extension PythonWriter {
  func training(
    _ training: GradientProgram.Training, _ writer: UnitWriter, _ name: String,
    _ pool: inout ExpressionPool
  ) -> String {
    let inputs = writer.trainingInputs(training).map { writer.names.known($0, pool) }
    let parameters = training.parameters.map { writer.names.known($0, pool) }
    let slopes = training.derivatives.map { writer.names.known($0, pool) }
    var names = writer.names
    var totals: [String: String] = [:]
    for parameter in parameters { totals[parameter] = names.unique("total_" + parameter) }
    var text = "def \(name)(\(joined(inputs)), steps, rate):\n"
    text += docstring([
      writer.trainingWords(training, pool), "",
      "Returns a dictionary: \(joined(parameters)) after the steps, and \"losses\", "
        + "the loss before each step.",
    ])
    let forward = joined(arguments(writer, pool, withSlopes: false))
    let gradient = joined(arguments(writer, pool, withSlopes: true))
    func body(_ margin: String) -> String {
      var text = margin + "loss += \(writer.forward)(\(forward))[\"\(subject)\"]\n"
      text += margin + "result = \(writer.gradient)(\(gradient))\n"
      for (parameter, slope) in zip(parameters, slopes) {
        text +=
          margin
          + "\(totals[parameter] ?? "") = \(totals[parameter] ?? "") + result[\"\(slope)\"]\n"
      }
      return text
    }
    let subject = writer.names.known(writer.unit.subject, pool)
    text += "    losses = []\n    for step in range(steps):\n        loss = 0.0\n"
    for parameter in parameters { text += "        \(totals[parameter] ?? "") = 0.0\n" }
    let samples = training.samples.map { writer.names.known($0.input, pool) }
    let rows = training.samples.map { writer.names.known($0.rows, pool) }
    let isSingle = samples.count == 1
    let heads = isSingle ? samples[0] : joined(samples)
    if samples.isEmpty {
      text += body("        ")
    } else if case .oneByOne = training.mode {
      for (sample, row) in zip(samples, rows) {
        text += "        \(sample) = \(row)[step % len(\(row))]\n"
      }
      text += body("        ")
    } else {
      text += "        for \(heads) in " + (isSingle ? rows[0] : "zip(\(joined(rows)))") + ":\n"
      text += body("            ")
      if case .averaging = training.mode {
        text += "        loss /= len(\(rows[0]))\n"
        for parameter in parameters {
          text +=
            "        \(totals[parameter] ?? "") = \(totals[parameter] ?? "") / len(\(rows[0]))\n"
        }
      }
    }
    for parameter in parameters {
      text += "        \(parameter) = \(parameter) - rate * \(totals[parameter] ?? "")\n"
    }
    text += "        losses.append(float(loss))\n"
    let members = joined(parameters.map { "\"\($0)\": \($0)" } + ["\"losses\": losses"])
    return text + "    return {\(members)}\n"
  }

  /// The losses of the write-up against those of the function.
  func trainingCheck(
    _ training: GradientProgram.Training, _ writer: UnitWriter, _ name: String,
    _ pool: inout ExpressionPool
  ) -> [String] {
    guard let all = writer.trainingRows(training, &pool), !training.losses.isEmpty else {
      return []
    }
    var lines: [String] = []
    let inputs = writer.trainingInputs(training)
    for (symbol, rows) in zip(inputs, all) {
      let own = writer.names.known(symbol, pool)
      let texts = rows.map { "[" + joined($0.map { CodeNumber.text($0) }) + "]" }
      switch pool.declaration(of: symbol).ranges.count {
      case 0: lines.append("\(own) = \(CodeNumber.text(rows.first?.first ?? 0))")
      case 1: lines.append("\(own) = np.array(\(texts.first ?? "[]"))")
      default: lines.append("\(own) = np.array([\(joined(texts))])")
      }
    }
    let handed = joined(inputs.map { writer.names.known($0, pool) })
    lines.append(
      "losses = \(name)(\(handed), \(training.steps), \(CodeNumber.text(training.rate)))[\"losses\"]"
    )
    lines.append(
      "expected = np.array([" + joined(training.losses.map { CodeNumber.text($0) }) + "])")
    lines.append(
      "error = np.abs(np.array(losses) - expected) / np.maximum(1.0, np.abs(expected))")
    lines.append(
      "passed.append(report(\"losses of \(name)\", float(np.max(error)), 1e-8, "
        + "\"the numbers of the write-up\"))")
    return lines
  }
}
