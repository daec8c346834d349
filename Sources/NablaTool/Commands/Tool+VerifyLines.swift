import NablaNotation
import NablaProblems
import NablaRendering

/// `verify --lines`.
extension Tool {
  func verifyLines(_ options: Options) throws(UsageError) -> Int32 {
    if options.output != nil { throw UsageError("--lines writes to standard output only") }
    let paths = options.problems + options.arguments
    if paths.contains("-") { throw UsageError("--lines reads questions from standard input") }
    guard let given = problems(paths) else { return ExitStatus.usage }
    var last: (texts: [String], problems: [SourceText])?
    return answerLines { request throws(LineError) in
      let submission = try Self.string("submission", of: request)
      var problems = given
      if given.isEmpty {
        let texts = try Self.strings("problem", of: request)
        if last?.texts != texts { last = (texts, try readProblems(texts)) }
        problems = last?.problems ?? []
      }
      let source = SourceText(name: Self.name(of: request), submission)
      let format = try Self.format(of: request) ?? SubmissionFormat(of: source)
      let marked = SubmissionVerifier(self, problems, options).marked(source, as: format)
      return (
        marked.jsonMembers.compactMap { key, value in
          key == "version" ? nil : value.map { .init(key, $0) }
        }, Outcome(marked)
      )
    }
  }

  /// The texts of problem files; the first mistake is the answer to the question.
  private func readProblems(_ texts: [String]) throws(LineError) -> [SourceText] {
    if texts.isEmpty {
      throw LineError("expected the text of a problem file under the key 'problem'")
    }
    var problems: [SourceText] = []
    for text in texts {
      let source = SourceText(name: "problem", text)
      if let (place, diagnostic) = SubmissionVerifier.mistakes(
        in: source, loading: surroundings.readFile
      ).first {
        var error = LineError(place, diagnostic)
        error.message = "\(place.name): \(error.message)"
        throw error
      }
      problems.append(source)
    }
    return problems
  }

  /// What the submission of a question is called: its name, or its id.
  private static func name(of request: JSONValue) -> String {
    for key in ["name", "id"] {
      switch request[key] {
      case .string(let text)?: return text
      case .number(let digits)?: return digits
      default: break
      }
    }
    return "submission"
  }

  private static func format(of request: JSONValue) throws(LineError) -> SubmissionFormat? {
    guard let value = request["format"] else { return nil }
    if case .string(let text) = value {
      if let format = SubmissionFormat(rawValue: text) { return format }
      if ["tex", "md", "ipynb", "txt"].contains(text) {
        return SubmissionFormat(fileName: "." + text)
      }
    }
    throw LineError("'format' is one of: latex, markdown, notebook, text")
  }
}
