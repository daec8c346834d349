import NablaNotation
import NablaProblems
import NablaRendering

/// `derive --lines`: one JSON object a line in, one a line out, in the same order.
extension Tool {
  func deriveLines(_ options: Options) -> Int32 {
    var status = ExitStatus()
    startBudget(options)
    while let line = surroundings.readLine() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let (answer, outcome) = derivedLine(line, options)
      status.note(outcome)
      switch surroundings.write(.output, Array((answer.text() + "\n").utf8)) {
      case nil: break
      case LoadFailure.closedPipe?: return status.code
      case let problem?:
        message("nabla: standard output: \(problem.reason)\n")
        return ExitStatus.usage
      }
    }
    return status.code
  }

  private func derivedLine(_ line: [UInt8], _ options: Options) -> (JSONValue, Outcome) {
    let text = String(decoding: line, as: UTF8.self)
    guard text.utf8.elementsEqual(line) else {
      return (Self.error("the line is not UTF-8", id: nil), .unreadable)
    }
    let request: JSONValue
    do throws(JSONError) {
      request = try JSONValue(parsing: text)
    } catch {
      let message = "not JSON: \(error.message)"
      return (Self.error(message, id: nil, column: error.offset + 1), .unreadable)
    }
    let id = request["id"]
    guard case .object = request, case .string(let expression)? = request["expression"] else {
      return (Self.error("expected an object with the key 'expression'", id: id), .unreadable)
    }
    if let notation = request["from"], notation != .string("plain") {
      return (Self.error("only \"from\": \"plain\" is available", id: id), .unreadable)
    }
    guard let by = Self.names(request["by"]), let given = Self.strings(request["given"]),
      let assume = Self.strings(request["assume"])
    else {
      let message = "'by', 'given' and 'assume' are strings or arrays of strings"
      return (Self.error(message, id: id), .unreadable)
    }
    let outcome = solveExpression(
      expression, by: by + options.by, given: options.given + given,
      assume: options.assume + assume, options: SolveOptions(options))
    if outcome.verdict == .unreadable {
      guard let (source, diagnostic) = outcome.diagnostics.first else {
        return (Self.error("the expression could not be read", id: id), .unreadable)
      }
      let (line, column) = source.position(at: diagnostic.range.lower)
      return (
        Self.error(diagnostic.summary, id: id, line: line, column: column), .unreadable
      )
    }
    return (Self.tagged(outcome.json, id), Outcome(outcome.verdict))
  }

  /// The answer with the id of its question behind the version.
  private static func tagged(_ answer: JSONValue, _ id: JSONValue?) -> JSONValue {
    guard let id, case .object(var members) = answer else { return answer }
    members.insert(.init("id", id), at: min(1, members.count))
    return .object(members)
  }

  private static func error(
    _ message: String, id: JSONValue?, line: Int = 1, column: Int = 1
  ) -> JSONValue {
    .object([
      ("version", .integer(1)), ("id", id),
      (
        "error",
        .object([
          ("message", .string(message)), ("line", .integer(line)), ("column", .integer(column)),
        ])
      ),
    ])
  }

  /// A string, an array of strings, or nothing; nil for anything else.
  private static func strings(_ value: JSONValue?) -> [String]? {
    switch value {
    case nil, .null?: return []
    case .string(let text)?: return [text]
    case .array(let elements)?:
      var texts: [String] = []
      for element in elements {
        guard case .string(let text) = element else { return nil }
        texts.append(text)
      }
      return texts
    default: return nil
    }
  }

  private static func names(_ value: JSONValue?) -> [String]? {
    guard let texts = strings(value) else { return nil }
    var names: [String] = []
    for text in texts {
      guard let split = try? splitNames(text) else { return nil }
      names += split
    }
    return names
  }
}
