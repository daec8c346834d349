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
      var notes = ReadingNotes()
      let value = try evaluateExpression(
        expression, from: options.notation, at: assignments, given: options.given,
        assume: options.assume, digits: options.digits ?? Self.usualDigits, noting: &notes)
      var answer = written(value, options)
      for note in notes.messages { answer.messages += "nabla evaluate: \(note)\n" }
      return deliver([answer], options)
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
    case .digits(let text, let count):
      let wanted = options.digits ?? Self.usualDigits
      if count < wanted, options.digits != nil {
        answer.outcome = .undecided
        answer.messages = "nabla evaluate: only \(count) digits are certain\n"
      }
      answer.text += text
      return (.string(text), count)
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
          if let digits { least = min(least ?? digits, digits) }
          entries.append(value)
        }
        lines.append(row.count == 1 ? entries[0] : .array(entries))
      }
      answer.text += "]"
      return (.array(lines), least)
    }
  }

  /// Significant digits where nothing is said.
  private static var usualDigits: Int { 15 }
}
