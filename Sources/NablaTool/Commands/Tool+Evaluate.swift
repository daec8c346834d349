import NablaNotation
import NablaNumbers
import NablaProblems
import NablaRendering

extension Tool {
  func evaluate(_ options: Options) throws(UsageError) -> Int32 {
    guard let expression = options.arguments.first else {
      throw UsageError("an expression is missing: nabla evaluate 'x^2' x=1/3")
    }
    let assignments = Array(options.arguments.dropFirst())
    for argument in assignments where !argument.contains("=") || argument.hasPrefix("=") {
      throw UsageError(
        "expected NAME=VALUE, not \(DisplayText.quoted(argument)) "
          + "(quote an expression that has spaces)")
    }
    startBudget(options)
    do throws(ValueFailure) {
      let value = try evaluateExpression(
        expression, at: assignments, given: options.given, assume: options.assume)
      return deliver([written(value, options)], options)
    } catch {
      return report(error)
    }
  }

  private func report(_ failure: ValueFailure) -> Int32 {
    switch failure {
    case .unreadable(let diagnostics):
      for (source, diagnostic) in diagnostics {
        message(diagnostic.formatted(in: source) + "\n")
      }
      return ExitStatus.usage
    case .undefined(let reason):
      message("nabla evaluate: no value: \(reason)\n")
      return ExitStatus.usage
    case .unknown(let reason):
      message("nabla evaluate: undecided: \(reason)\n")
      return ExitStatus.undecided
    }
  }

  private func written(_ value: ExpressionValue, _ options: Options) -> Answer {
    var answer = Answer()
    let (value, digits) = json(of: value, options, &answer)
    guard answer.outcome == .passed || !answer.text.isEmpty else { return answer }
    if options.format != .json {
      answer.text += "\n"
      return answer
    }
    let key = digits == nil ? "exact" : "value"
    let document = JSONValue.object([
      ("version", .integer(1)), (key, value), ("digits", digits.map { .integer($0) }),
    ])
    answer.text = document.text() + "\n"
    return answer
  }

  /// The value as JSON, its text appended to the answer, and how many digits are certain.
  ///
  /// An exact value is a fraction, another has the digits that are certain.
  private func json(
    of value: ExpressionValue, _ options: Options, _ answer: inout Answer
  ) -> (value: JSONValue, digits: Int?) {
    switch value {
    case .exact(let exact):
      answer.text += "\(exact)"
      return (.string("\(exact)"), nil)
    case .approximate(let value, let error):
      let wanted = options.digits ?? 15
      guard let (text, digits) = Self.certainDigits(of: value, error, atMost: wanted) else {
        answer = Answer(outcome: .undecided)
        answer.messages =
          "nabla evaluate: undecided: no digit is certain in double precision; the value is "
          + "\(Self.short(value)), give or take \(Self.short(error))\n"
        return (.null, 0)
      }
      if digits < wanted, options.digits != nil {
        answer.outcome = .undecided
        answer.messages = "nabla evaluate: only \(digits) digits are certain in double precision\n"
      }
      answer.text += text
      return (.string(text), digits)
    case .entries(let rows):
      var lines: [JSONValue] = []
      var least: Int?
      answer.text += "["
      for (place, row) in rows.enumerated() {
        if place > 0 { answer.text += row.count == 1 ? ", " : "; " }
        var entries: [JSONValue] = []
        for (column, entry) in row.enumerated() {
          if column > 0 { answer.text += ", " }
          let (value, digits) = json(of: entry, options, &answer)
          if case .null = value { return (.null, 0) }
          if let digits { least = min(least ?? digits, digits) }
          entries.append(value)
        }
        lines.append(row.count == 1 ? entries[0] : .array(entries))
      }
      answer.text += "]"
      return (.array(lines), least)
    }
  }

  private static func short(_ value: Double) -> String {
    Rational(exactly: value)?.decimal(significantDigits: 2) ?? "\(value)"
  }

  /// The most digits to which every number within the error rounds alike.
  static func certainDigits(
    of value: Double, _ error: Double, atMost most: Int
  ) -> (text: String, digits: Int)? {
    guard let middle = Rational(exactly: value), let reach = Rational(exactly: error) else {
      return nil
    }
    for digits in stride(from: most, to: 0, by: -1) {
      let text = (middle - reach).decimal(significantDigits: digits)
      if text == (middle + reach).decimal(significantDigits: digits) { return (text, digits) }
    }
    return nil
  }
}
