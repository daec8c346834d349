import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// The counterexample in one line, such as `at i = 1, x[1] = 1/2: 2 against −2`.
  package func text(of counterexample: ExactCounterexample) -> String {
    var parts: [String] = []
    for (symbol, value) in counterexample.integers {
      let name = declaration(of: symbol).name
      if !name.isEmpty { parts.append("\(name) = \(value)") }
    }
    for (slot, value) in counterexample.coordinates {
      parts.append("\(text(of: slot)) = \(value.description)")
    }
    let values = "\(counterexample.left.text) against \(counterexample.right.text)"
    return parts.isEmpty ? values : "at " + parts.joined(separator: ", ") + ": " + values
  }
}

extension PointNumber {
  /// The value, exact if that is short, otherwise to some digits.
  fileprivate var text: String {
    switch self {
    case .exact(let value):
      value.bitWidth <= 64 ? value.description : value.decimal(significantDigits: 12)
    case .ball(let ball):
      ball.decimal(significantDigits: 12) ?? ball.decimal(significantDigits: 3) ?? "≈ 0"
    }
  }
}
