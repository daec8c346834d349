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

  /// An exact value as a fraction; else the digits that are certain.
  private func written(_ value: ExpressionValue, _ options: Options) -> Answer {
    switch value {
    case .exact(let exact):
      return answer("\(exact)", "exact", nil, options)
    case .approximate(let value, let error):
      let wanted = options.digits ?? 15
      guard let (text, digits) = Self.certainDigits(of: value, error, atMost: wanted) else {
        var answer = Answer(outcome: .undecided)
        answer.messages =
          "nabla evaluate: undecided: no digit is certain in double precision; the value is "
          + "\(Self.short(value)), give or take \(Self.short(error))\n"
        return answer
      }
      var answer = answer(text, "value", digits, options)
      if digits < wanted, options.digits != nil {
        answer.outcome = .undecided
        answer.messages = "nabla evaluate: only \(digits) digits are certain in double precision\n"
      }
      return answer
    }
  }

  private func answer(
    _ text: String, _ key: String, _ digits: Int?, _ options: Options
  ) -> Answer {
    if options.format != .json { return Answer(text: text + "\n") }
    let json = JSONValue.object([
      ("version", .integer(1)), (key, .string(text)), ("digits", digits.map { .integer($0) }),
    ])
    return Answer(text: json.text() + "\n")
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
