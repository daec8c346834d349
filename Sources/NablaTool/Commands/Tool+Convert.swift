import NablaNotation
import NablaProblems
import NablaRendering

extension Tool {
  func convert(_ options: Options) throws(UsageError) -> Int32 {
    if options.readsLines {
      try requireNoArguments(options)
      return convertLines(options)
    }
    if options.arguments.count > 1 {
      throw UsageError(
        "one formula at a time; \(DisplayText.quoted(options.arguments[1])) is one too many "
          + "(quote a formula that has spaces)")
    }
    startBudget(options)
    guard let formula = options.arguments.first, formula != "-" else {
      return convertInput(options)
    }
    let source = SourceText(name: "formula", formula)
    return deliver([converted(source, options, width: width(options))], options)
  }

  private func converted(_ source: SourceText, _ options: Options, width: Int?) -> Answer {
    var answer = Answer()
    do throws(CommandLineReader.Failure) {
      let formula = try readFormula(source, from: options.notation, given: options.given)
      for note in formula.notes.messages {
        answer.messages += "\(source.name): \(note)\n"
      }
      if options.target == .json {
        answer.text = Self.versioned(formula.json).text() + "\n"
      } else {
        answer.text =
          formula.text(
            in: options.target, width: width, style: NotationStyle(options.style)) + "\n"
      }
    } catch {
      answer.outcome = .unreadable
      for (source, diagnostic) in error.diagnostics {
        answer.messages += diagnostic.formatted(in: source) + "\n"
      }
    }
    return answer
  }

  private static func versioned(_ json: JSONValue) -> JSONValue {
    guard case .object(let members) = json else { return json }
    return .object([JSONValue.Member("version", .integer(1))] + members)
  }

  /// One formula a line, one answer a line; the line of what could not be read stays empty.
  private func convertInput(_ options: Options) -> Int32 {
    var status = ExitStatus()
    var number = 0
    var text = ""
    while let line = surroundings.readLine() {
      number += 1
      var answer = Answer(text: "\n")
      if !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) {
        answer = converted(
          SourceText(name: "line \(number)", bytes: line), options, width: nil)
        status.note(answer.outcome)
        if answer.text.isEmpty { answer.text = "\n" }
      }
      if !answer.messages.isEmpty { message(answer.messages) }
      if options.output != nil, options.output != "-" {
        text += answer.text
        continue
      }
      switch surroundings.write(.output, Array(answer.text.utf8)) {
      case nil: break
      case LoadFailure.closedPipe?: return status.code
      case let problem?:
        message("nabla: standard output: \(problem.reason)\n")
        return ExitStatus.usage
      }
    }
    if number == 0 {
      message("nabla convert: a formula is missing: nabla convert '\\frac{1}{x}' --from latex\n")
      return ExitStatus.usage
    }
    if !text.isEmpty {
      let problem = deliver(text, options)
      if problem != ExitStatus.success { return problem }
    }
    return status.code
  }

  private func convertLines(_ options: Options) -> Int32 {
    answerLines { request throws(LineError) in
      let text = try Self.string("text", of: request)
      let notation = try Self.notation(of: request, options)
      let target = try Self.target(of: request, options)
      let source = SourceText(name: "text", text)
      let given = try options.given + Self.strings("given", of: request)
      do throws(CommandLineReader.Failure) {
        let formula = try readFormula(source, from: notation, given: given)
        var members: [(String, JSONValue?)] = [
          (
            "text",
            .string(
              formula.text(in: target, style: NotationStyle(options.style)))
          )
        ]
        if target == .json { members.append(("formula", formula.json)) }
        members += formula.notes.members
        return (members.compactMap { key, value in value.map { .init(key, $0) } }, .passed)
      } catch {
        guard let (source, diagnostic) = error.diagnostics.first else {
          throw LineError("the formula could not be read")
        }
        throw LineError(source, diagnostic)
      }
    }
  }

  private static func target(
    of request: JSONValue, _ options: Options
  ) throws(LineError) -> OutputNotation {
    guard let member = request["to"] else { return options.target }
    if case .string(let name) = member, let target = OutputNotation(rawValue: name) {
      return target
    }
    throw LineError(
      "'to' is one of: " + UsageError.joined(OutputNotation.allCases.map { $0.rawValue }))
  }
}
