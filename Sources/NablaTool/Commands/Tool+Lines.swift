import NablaNotation
import NablaProblems
import NablaRendering

/// `--lines`: one JSON object a line in, one a line out, in the same order.
extension Tool {
  /// A question of one line, its id taken out.
  struct Line {
    let id: JSONValue?
    let request: JSONValue
  }

  /// What is wrong with a question, and where in it.
  struct LineError: Error {
    var message: String
    var line = 1
    var column = 1

    init(_ message: String, line: Int = 1, column: Int = 1) {
      self.message = message
      self.line = line
      self.column = column
    }

    init(_ source: SourceText, _ diagnostic: Diagnostic) {
      (line, column) = source.position(at: diagnostic.range.lower)
      message = diagnostic.summary
    }
  }

  typealias LineAnswer = (members: [JSONValue.Member], outcome: Outcome)

  /// Answers every line of standard input.
  func answerLines(_ answer: (JSONValue) throws(LineError) -> LineAnswer) -> Int32 {
    var status = ExitStatus()
    while let line = surroundings.readLine() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let (text, outcome) = answered(line, answer)
      status.note(outcome)
      switch surroundings.write(.output, Array((text + "\n").utf8)) {
      case nil: break
      case LoadFailure.closedPipe?: return status.code
      case let problem?:
        message("nabla: standard output: \(problem.reason)\n")
        return ExitStatus.usage
      }
    }
    return status.code
  }

  private func answered(
    _ line: [UInt8], _ answer: (JSONValue) throws(LineError) -> LineAnswer
  ) -> (String, Outcome) {
    var id: JSONValue?
    var members: [JSONValue.Member]
    let outcome: Outcome
    do throws(LineError) {
      let request = try Self.request(line)
      id = request["id"]
      (members, outcome) = try answer(request)
    } catch {
      members = [
        .init(
          "error",
          .object([
            ("message", .string(error.message)), ("line", .integer(error.line)),
            ("column", .integer(error.column)),
          ]))
      ]
      outcome = .unreadable
    }
    if let id { members.insert(.init("id", id), at: 0) }
    members.insert(.init("version", .integer(1)), at: 0)
    return (JSONValue.object(members).text(), outcome)
  }

  private static func request(_ line: [UInt8]) throws(LineError) -> JSONValue {
    let text = String(decoding: line, as: UTF8.self)
    guard text.utf8.elementsEqual(line) else { throw LineError("the line is not UTF-8") }
    do throws(JSONError) {
      return try JSONValue(parsing: text)
    } catch {
      throw LineError("not JSON: \(error.message)", column: error.offset + 1)
    }
  }

  // MARK: Members of a question

  /// The string under a key, which has to be there.
  static func string(_ key: String, of request: JSONValue) throws(LineError) -> String {
    guard case .object = request, case .string(let text)? = request[key] else {
      throw LineError("expected an object with the key '\(key)'")
    }
    return text
  }

  /// A string, an array of strings, or nothing under a key.
  static func strings(_ key: String, of request: JSONValue) throws(LineError) -> [String] {
    switch request[key] {
    case nil, .null?: return []
    case .string(let text)?: return [text]
    case .array(let elements)?:
      var texts: [String] = []
      for case .string(let text) in elements { texts.append(text) }
      if texts.count == elements.count { return texts }
    default: break
    }
    throw LineError("'\(key)' is a string or an array of strings")
  }

  /// How the expressions of a question are written.
  static func notation(
    of request: JSONValue, _ options: Options
  ) throws(LineError) -> InputNotation {
    guard let member = request["from"] else { return options.notation }
    if case .string(let name) = member, let notation = InputNotation(rawValue: name) {
      return notation
    }
    throw LineError(
      "'from' is one of: " + UsageError.joined(InputNotation.allCases.map { $0.rawValue }))
  }

  /// A command that reads its questions from standard input takes no others.
  func requireNoArguments(_ options: Options) throws(UsageError) {
    if !options.arguments.isEmpty {
      throw UsageError("--lines reads questions from standard input and takes no argument")
    }
    if options.output != nil { throw UsageError("--lines writes to standard output only") }
  }
}
