import NablaExpressions
import NablaNotation
import NablaProblems
import NablaRendering

/// Judges submissions against problems, each within its budget, several at a time.
struct SubmissionVerifier: @unchecked Sendable {
  private let tool: Tool
  private let problems: [SourceText]
  private let options: Options
  /// Drawn once, so that the order in which submissions are judged changes nothing.
  private let seed: UInt64

  init(_ tool: Tool, _ problems: [SourceText], _ options: Options) {
    self.tool = tool
    self.problems = problems
    self.options = options
    seed = options.seed ?? tool.surroundings.random()
  }

  /// Seconds for one submission.
  private static var defaultBudget: Double { 10 }

  /// What is wrong in a problem file and the files it uses, each with its text.
  static func mistakes(
    in source: SourceText, loading load: (String) -> Result<[UInt8], LoadFailure>
  ) -> [(SourceText, Diagnostic)] {
    var pool = ExpressionPool(capacity: 4096)
    let reading = ProblemReading(source, into: &pool, loading: load)
    return reading.diagnostics.map { diagnostic in
      (reading.usedSources.first { $0.name == diagnostic.file } ?? source, diagnostic)
    }
  }

  /// The submissions with their marks, in the order of their paths.
  func marked(_ paths: [String]) -> [MarkedSubmission] {
    let progress = Progress(tool.surroundings)
    return WorkQueue.results(
      of: paths.count, jobs: options.jobs, { marked(paths[$0]) },
      telling: { done in
        if paths.count > 1 { progress.tell(done, of: paths.count, "submissions judged") }
      })
  }

  private func marked(_ path: String) -> MarkedSubmission {
    let name = path == "-" ? "standard input" : path
    switch tool.surroundings.readFile(path) {
    case .success(let bytes):
      let source = SourceText(name: name, bytes: bytes)
      return marked(source, as: SubmissionFormat(of: source))
    case .failure(let failure):
      let source = SourceText(name: name, bytes: [])
      var submission = MarkedSubmission(source)
      submission.diagnostics = [Diagnostic("unreadable", failure.reason, at: SourceRange(0, 0))]
      return submission
    }
  }

  /// The marks of one submission, no later than its budget says.
  func marked(_ source: SourceText, as format: SubmissionFormat) -> MarkedSubmission {
    let seconds = options.budget ?? Self.defaultBudget
    let end = tool.surroundings.seconds() + seconds
    let answer = TimeLimit.answer(within: seconds + max(0.05, seconds / 20)) {
      var judging = JudgingOptions(seed: seed)
      judging.renames = options.renames
      judging.budget.isOver = { tool.surroundings.seconds() > end }
      return judgeSubmission(
        source, as: format, against: problems, options: judging,
        loading: tool.surroundings.readFile)
    }
    var submission = answer ?? MarkedSubmission(source)
    if answer == nil || tool.surroundings.seconds() > end { noteExhaustion(of: &submission) }
    return submission
  }

  /// A last claim that says that time ran out before everything was judged.
  private func noteExhaustion(of submission: inout MarkedSubmission) {
    let place = submission.parts.last?.claims.last?.range.upper ?? 0
    var claim = MarkedClaim(
      SourceRange(place, place), left: nil, .equal, right: nil, goesOn: false, verdict: .exhausted)
    let budget = options.budget == nil ? "\(Int(Self.defaultBudget))" : options.budgetText
    claim.because = [
      .text("the budget of \(budget) s (--budget) ran out; what follows is not judged")
    ]
    if submission.parts.isEmpty { submission.parts.append(MarkedSubmission.Part(heading: "")) }
    submission.parts[submission.parts.count - 1].claims.append(claim)
  }
}

extension SubmissionFormat {
  /// By the ending of the name, or by what stands in a text without a telling one.
  init(of source: SourceText) {
    self.init(fileName: source.name)
    guard self == .text, !source.name.hasSuffix(".txt") else { return }
    let head = String(decoding: source.bytes.prefix(4096), as: UTF8.self)
    var start = head[...]
    while let first = start.first, first.isWhitespace || first == "\u{FEFF}" {
      start.removeFirst()
    }
    if start.hasPrefix("{"), head.contains("\"cells\"") || head.contains("\"nbformat\"") {
      self = .notebook
    } else if head.contains("\\documentclass") || head.contains("\\begin{document}") {
      self = .latex
    } else if start.hasPrefix("# ") || head.contains("\n# ") || head.contains("\n## ") {
      self = .markdown
    }
  }
}
