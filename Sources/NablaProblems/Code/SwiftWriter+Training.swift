import NablaExpressions
import NablaNotation

/// Gradient descent in Swift.
extension SwiftWriter {
  static let trainingTools = #"""

    /// a + factor·b
    func added(_ a: Double, _ b: Double, _ factor: Double) -> Double { a + factor * b }

    func added(_ a: [Double], _ b: [Double], _ factor: Double) -> [Double] {
      zip(a, b).map { $0 + factor * $1 }
    }

    func added(_ a: [[Double]], _ b: [[Double]], _ factor: Double) -> [[Double]] {
      zip(a, b).map { added($0, $1, factor) }
    }

    """#

  func training(
    _ training: GradientProgram.Training, _ writer: UnitWriter, _ name: String,
    _ pool: inout ExpressionPool
  ) -> String {
    let inputs = writer.trainingInputs(training)
    let parameters = training.parameters.map { writer.names.known($0, pool) }
    let slopes = training.derivatives.map { writer.names.known($0, pool) }
    var names = writer.names
    var totals: [String: String] = [:]
    for parameter in parameters { totals[parameter] = names.unique("next_" + parameter) }
    let subject = writer.names.known(writer.unit.subject, pool)
    var types: [String] = []
    for (symbol, parameter) in zip(training.parameters, parameters) {
      types.append("\(parameter): \(type(symbol, pool))")
    }
    var text = "/// \(writer.trainingWords(training, pool))\n///\n"
    text += "/// - Returns: The parameters after the steps, and the loss before each step.\n"
    var handed = inputs.map { "\(writer.names.known($0, pool)): \(type($0, pool))" }
    handed += ["steps: Int", "rate: Double"]
    text += signature(name, handed, "(" + joined(types + ["losses: [Double]"]) + ")")
    for parameter in parameters { text += "  var \(parameter) = \(parameter)\n" }
    text += "  var losses: [Double] = []\n"
    let rows = training.samples.map { writer.names.known($0.rows, pool) }
    let isWhole = rows.isEmpty
    var isOne = false
    if case .oneByOne = training.mode { isOne = !isWhole }
    text += "  for \(isOne ? "step" : "_") in 0..<steps {\n    var loss = 0.0\n"
    var (share, factor) = ("", "-rate")
    if !isWhole, case .averaging = training.mode {
      share = " / Double(\(rows[0]).count)"
      factor += share
    }
    for parameter in parameters { text += "    var \(totals[parameter] ?? "") = \(parameter)\n" }
    if !isWhole {
      text +=
        isOne
        ? "    let sample = step % \(rows[0]).count\n    do {\n"
        : "    for sample in 0..<\(rows[0]).count {\n"
    } else {
      text += "    do {\n"
    }
    for sample in training.samples {
      let own = writer.names.known(sample.input, pool)
      text += "      let \(own) = \(writer.names.known(sample.rows, pool))[sample]\n"
    }
    let forward = call(writer, withSlopes: false, [:], pool)
    let gradient = call(writer, withSlopes: true, [:], pool)
    text += "      loss += \(writer.forward)(\(forward)).\(subject)\(share)\n"
    text += "      let result = \(writer.gradient)(\(gradient))\n"
    for (parameter, slope) in zip(parameters, slopes) {
      text +=
        "      \(totals[parameter] ?? "") = added(\(totals[parameter] ?? ""), result.\(slope), "
      text += "\(factor))\n"
    }
    text += "    }\n"
    for parameter in parameters { text += "    \(parameter) = \(totals[parameter] ?? "")\n" }
    text += "    losses.append(loss)\n  }\n"
    return text + "  return (" + joined(parameters + ["losses"]) + ")\n}\n"
  }

  /// The losses of the write-up against those of the function.
  func trainingCheck(
    _ training: GradientProgram.Training, _ writer: UnitWriter, _ name: String,
    _ pool: inout ExpressionPool
  ) -> [String] {
    guard let all = writer.trainingRows(training, &pool), !training.losses.isEmpty else {
      return []
    }
    var handed: [String] = []
    for (symbol, rows) in zip(writer.trainingInputs(training), all) {
      let texts = rows.map { "[" + joined($0.map { CodeNumber.text($0) }) + "]" }
      let value =
        switch pool.declaration(of: symbol).ranges.count {
        case 0: CodeNumber.text(rows.first?.first ?? 0)
        case 1: texts.first ?? "[]"
        default: "[" + joined(texts) + "]"
        }
      handed.append("\(writer.names.known(symbol, pool)): \(value)")
    }
    handed += ["steps: \(training.steps)", "rate: \(CodeNumber.text(training.rate))"]
    var lines = ["let trained = \(name)(" + joined(handed) + ")", "error = 0"]
    lines.append(
      "let expected: [Double] = [" + joined(training.losses.map { CodeNumber.text($0) }) + "]")
    lines.append("for (loss, other) in zip(trained.losses, expected) {")
    lines.append("  error = worse(error, loss, other)")
    lines.append("}")
    lines.append(
      "passed = report(\"losses of \(name)\", error, 1e-8, \"the numbers of the write-up\") && passed"
    )
    return lines
  }
}
