import NablaNotation
import NablaProblems
import NablaRendering

/// What came of one file or expression, ready to be written.
struct Answer {
  var text = ""
  var messages = ""
  var outcome = Outcome.passed
}

/// How far the writing of several answers has come.
struct Delivery {
  var status = ExitStatus()
  /// Why nothing more could be written.
  var problem = ExitStatus.success
  var hasText = false

  var code: Int32 { problem == ExitStatus.success ? status.code : problem }
}

extension Tool {
  func solve(_ options: Options) throws(UsageError) -> Int32 {
    let files = try files(options)
    if files.count > 1, !options.isFragment, !options.wantsPDF,
      let kind = options.format.wholeDocument
    {
      throw UsageError("whole \(kind) documents cannot be joined; take one file, or --fragment")
    }
    if files.count > 1, let kind = options.format.singleFile {
      throw UsageError("\(kind) cannot be joined; take one file")
    }
    if let hint = Format.hint(options) { message("nabla solve: \(hint)\n") }
    if options.isWatching { return try watch(files, options) }
    var delivery = Delivery()
    forEachSolved(files, options) { answer, file in
      deliver(answer, from: file, options, &delivery)
    }
    return delivery.code
  }

  func derive(_ options: Options) throws(UsageError) -> Int32 {
    if options.readsLines {
      try requireNoArguments(options)
      return deriveLines(options)
    }
    guard let expression = options.arguments.first else {
      throw UsageError("an expression is missing: nabla derive 'x^2' --by x")
    }
    if options.arguments.count > 1 {
      throw UsageError(
        "one expression at a time; \(DisplayText.quoted(options.arguments[1])) is one too many "
          + "(quote an expression that has spaces)")
    }
    startBudget(options)
    let outcome = solveExpression(
      expression, from: options.notation, by: options.by, given: options.given,
      assume: options.assume,
      options: SolveOptions(options))
    return deliver([answer(outcome, name: nil, options)], options)
  }

  // MARK: Files

  /// The files to read; `-` is standard input.
  func files(_ options: Options) throws(UsageError) -> [String] {
    let files = options.arguments
    if files.isEmpty { throw UsageError("a file is missing") }
    if files.count > 1, options.output != nil {
      throw UsageError("--output takes the result of one file, not of \(files.count)")
    }
    if files.filter({ $0 == "-" }).count > 1 {
      throw UsageError("standard input can be read only once")
    }
    return files
  }

  /// The text of a file, or the message that says why there is none.
  func source(_ path: String) -> Result<SourceText, LoadFailure> {
    surroundings.readFile(path).flatMap { bytes in
      if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
        return .failure(LoadFailure("the file is empty; 'nabla new FILE' writes one to start from"))
      }
      return .success(SourceText(name: path == "-" ? "standard input" : path, bytes: bytes))
    }
  }

  /// Solves files, as many at a time as asked for; the answers keep the order of the files.
  func solved(_ files: [String], _ options: Options) -> [Answer] {
    var answers: [Answer] = []
    forEachSolved(files, options) { answer, _ in
      answers.append(answer)
      return true
    }
    return answers
  }

  /// Solves files and hands on the answers in their order, until no more are wanted.
  private func forEachSolved(
    _ files: [String], _ options: Options, _ receive: @escaping (Answer, _ file: String) -> Bool
  ) {
    startBudget(options)
    let progress = Progress(surroundings)
    WorkQueue.forEach(
      of: files.count, jobs: options.jobs, { solved(files[$0], options, files.count, progress) },
      telling: { done in
        if files.count > 1 { progress.tell(done, of: files.count, "files solved") }
      },
      receiving: { number, answer in receive(answer, files[number]) })
  }

  private func solved(
    _ path: String, _ options: Options, _ count: Int, _ progress: Progress
  ) -> Answer {
    switch source(path) {
    case .failure(let failure): return unreadable(path, failure)
    case .success(let source):
      let outcome = solveProblem(
        source, options: SolveOptions(options), loading: surroundings.readFile,
        telling: { done, tasks in
          if count == 1 { progress.tell(done, of: tasks, "tasks solved") }
        })
      return answer(outcome, name: source.name, options)
    }
  }

  func unreadable(_ path: String, _ failure: LoadFailure) -> Answer {
    let name = DisplayText.escaped(path, limit: 1000)
    return Answer(messages: "\(name): error: \(failure.reason)\n", outcome: .unreadable)
  }

  // MARK: Answers

  /// Writes the answers of files; every PDF is a file of its own.
  func deliver(_ answers: [Answer], from files: [String], _ options: Options) -> Int32 {
    var delivery = Delivery()
    for (answer, file) in zip(answers, files) {
      if !deliver(answer, from: file, options, &delivery) { break }
    }
    return delivery.code
  }

  /// Writes the answer of one file; false once nothing more can be written.
  private func deliver(
    _ answer: Answer, from file: String, _ options: Options, _ delivery: inout Delivery
  ) -> Bool {
    delivery.status.note(answer.outcome)
    if !answer.messages.isEmpty { message(answer.messages) }
    if answer.text.isEmpty { return true }
    if options.wantsPDF {
      let path = options.output ?? Self.pdfName(for: file)
      delivery.problem = deliverPDF(of: answer.text, to: path)
      if delivery.problem == ExitStatus.success, options.output == nil {
        message("\(DisplayText.escaped(path, limit: 1000)) is written\n")
      }
    } else {
      let isApart = delivery.hasText && options.format != .json
      delivery.hasText = true
      delivery.problem = deliver((isApart ? "\n" : "") + answer.text, options)
    }
    return delivery.problem == ExitStatus.success
  }

  func answer(_ outcome: SolveOutcome, name: String?, _ options: Options) -> Answer {
    var answer = Answer(outcome: Outcome(outcome.verdict))
    for (source, diagnostic) in outcome.diagnostics {
      answer.messages += diagnostic.formatted(in: source) + "\n"
    }
    if outcome.verdict == .unreadable { return answer }
    for note in outcome.notes.messages { answer.messages += "nabla derive: \(note)\n" }
    let start = name.map { DisplayText.escaped($0, limit: 1000) + ": " } ?? ""
    for remark in outcome.remarks {
      answer.messages += "\(start)not written: \(DisplayText.escaped(remark, limit: 500))\n"
    }
    for failure in outcome.failures {
      answer.messages += "\(start)failed: \(DisplayText.escaped(failure, limit: 500))\n"
    }
    switch options.format {
    case .json: answer.text = outcome.json.text() + "\n"
    case .ipynb, .python, .swift: answer.text = outcome.code
    default: answer.text = text(of: outcome.document, options)
    }
    return answer
  }

  /// Writes answers in order and gives the exit status of them all.
  func deliver(_ answers: [Answer], _ options: Options) -> Int32 {
    var status = ExitStatus()
    var text = ""
    for answer in answers {
      status.note(answer.outcome)
      if answer.text.isEmpty { continue }
      if !text.isEmpty, options.format != .json { text += "\n" }
      text += answer.text
    }
    for answer in answers where !answer.messages.isEmpty { message(answer.messages) }
    if !text.isEmpty {
      let problem = deliver(text, options)
      if problem != ExitStatus.success { return problem }
    }
    return status.code
  }
}

extension SolveOptions {
  init(_ options: Options) {
    self.init()
    detail = options.detail
    showsShapes = options.showsShapes
    notation = options.style
    seed = options.seed ?? 1
    output =
      switch options.format {
      case .python where !options.readsLines: .code(.python)
      case .swift where !options.readsLines: .code(.swift)
      case .ipynb: .notebook
      case .json: .json
      default: options.readsLines ? .json : .document
      }
  }
}

extension Outcome {
  init(_ verdict: SolveOutcome.Verdict) {
    self =
      switch verdict {
      case .passed: .passed
      case .failed: .failed
      case .undecided: .undecided
      case .unreadable: .unreadable
      }
  }
}
