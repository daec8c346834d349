import NablaNotation
import NablaProblems
import NablaRendering

extension Tool {
  func verify(_ options: Options) throws(UsageError) -> Int32 {
    if options.readsLines { return try verifyLines(options) }
    var paths = options.arguments
    var problemPaths = options.problems
    if problemPaths.isEmpty, !paths.isEmpty { problemPaths = [paths.removeFirst()] }
    if problemPaths.isEmpty {
      throw UsageError("a problem is missing: nabla verify sheet.md answer.tex")
    }
    if paths.isEmpty {
      throw UsageError(
        options.problems.isEmpty
          ? "a submission is missing: nabla verify \(DisplayText.escaped(problemPaths[0])) answer.tex"
          : "a submission is missing: nabla verify --problem sheet.md answer.tex")
    }
    if (problemPaths + paths).filter({ $0 == "-" }).count > 1 {
      throw UsageError("standard input can be read only once")
    }
    guard let problems = problems(problemPaths) else { return ExitStatus.usage }
    let verifier = SubmissionVerifier(self, problems, options)
    return deliver(verifier.marked(paths), options)
  }

  /// The problem files; nil after messages if one of them cannot be read.
  func problems(_ paths: [String]) -> [SourceText]? {
    var problems: [SourceText] = []
    var isReadable = true
    for path in paths {
      switch source(path) {
      case .failure(let failure):
        message(unreadable(path, failure).messages)
        isReadable = false
      case .success(let source):
        let mistakes = SubmissionVerifier.mistakes(in: source, loading: surroundings.readFile)
        for (place, diagnostic) in mistakes { message(diagnostic.formatted(in: place) + "\n") }
        if !mistakes.isEmpty { isReadable = false }
        problems.append(source)
      }
    }
    return isReadable ? problems : nil
  }

  // MARK: Output

  private func deliver(_ submissions: [MarkedSubmission], _ options: Options) -> Int32 {
    var status = ExitStatus()
    for submission in submissions {
      status.note(Outcome(submission))
      if submission.isMissing {
        let name = DisplayText.escaped(submission.source.name, limit: 1000)
        for diagnostic in submission.diagnostics {
          message("\(name): error: \(diagnostic.message)\n")
        }
      } else if options.isSummary || options.format == .csv {
        writeDiagnostics(of: submission)
      }
    }
    if submissions.allSatisfy({ $0.isMissing }) { return status.code }
    let problem = deliver(text(of: submissions, options), options)
    return problem == ExitStatus.success ? status.code : problem
  }

  /// What could not be read, where no report tells it.
  private func writeDiagnostics(of submission: MarkedSubmission) {
    for diagnostic in submission.diagnostics.prefix(5) {
      message(diagnostic.formatted(in: submission.source) + "\n")
    }
  }

  private func text(of submissions: [MarkedSubmission], _ options: Options) -> String {
    let isSummary = options.isSummary
    let found = submissions.filter { !$0.isMissing }
    switch options.format {
    case .csv: return ClassReport(submissions).csv
    case .json where isSummary: return ClassReport(submissions).json.text() + "\n"
    case .json:
      var text = ""
      for submission in found { text += submission.json.text() + "\n" }
      return text
    case _ where isSummary: return text(ofReport: ClassReport(submissions).document, options)
    case _ where submissions.count == 1: return text(ofReport: submissions[0].document, options)
    case .latex, .html: return text(ofReport: Document(marking: submissions), options)
    case .terminal, .markdown, .plain, .ipynb, .python, .swift:
      var text = ""
      for submission in found { text += self.text(ofReport: submission.document, options) + "\n" }
      return text + self.text(ofReport: ClassReport(submissions).document, options)
    }
  }
}

extension Document {
  /// Several submissions and the table of all of them as one document.
  fileprivate init(marking submissions: [MarkedSubmission]) {
    self.init(title: [.text("\(submissions.count) submissions")])
    let report = ClassReport(submissions)
    notation = report.notation
    for (submission, name) in zip(submissions, report.shortNames) where !submission.isMissing {
      blocks.append(.heading(level: 1, [.text(name)]))
      blocks += submission.document.blocks
    }
    blocks += report.section.blocks
  }
}

extension MarkedSubmission {
  /// Whether there is no file to be judged.
  fileprivate var isMissing: Bool { source.bytes.isEmpty && !diagnostics.isEmpty }
}

extension Outcome {
  /// The part of a submission in the exit status: what is refuted counts most.
  init(_ submission: MarkedSubmission) {
    let claims = submission.claims
    if claims.contains(where: { $0.verdict == .refuted }) {
      self = .failed
    } else if claims.contains(where: { $0.verdict == .exhausted }) {
      self = .exhausted
    } else {
      switch submission.verdict {
      case .correct: self = .passed
      case .incorrect: self = .failed
      case .undecided: self = .undecided
      case .unreadable: self = .unreadable
      }
    }
  }
}
