import NablaExpressions
import NablaNotation
import NablaProblems
import NablaRendering

extension Tool {
  func check(_ options: Options) throws(UsageError) -> Int32 {
    var answers: [Answer] = []
    for file in try files(options) { answers.append(checked(file, options)) }
    return deliver(answers, options)
  }

  private func checked(_ path: String, _ options: Options) -> Answer {
    switch source(path) {
    case .failure(let failure):
      var answer = unreadable(path, failure)
      if options.format == .json {
        answer.text = Self.json(path, "unreadable", [Self.json(nil, failure.reason)], []) + "\n"
      }
      return answer
    case .success(let source): return checked(source, options)
    }
  }

  private func checked(_ source: SourceText, _ options: Options) -> Answer {
    var pool = ExpressionPool(capacity: 4096)
    let reading = ProblemReading(source, into: &pool, loading: surroundings.readFile)
    var answer = Answer()
    var mistakes: [JSONValue] = []
    for diagnostic in reading.diagnostics {
      let place = reading.usedSources.first { $0.name == diagnostic.file } ?? source
      answer.messages += diagnostic.formatted(in: place) + "\n"
      mistakes.append(Self.json((place, diagnostic), diagnostic.message))
    }
    var expectations = Expectations()
    if reading.diagnostics.isEmpty {
      expectations = Expectations(of: reading.problem, options, &pool)
      for failure in expectations.failures {
        let (line, column) = source.position(at: failure.range.lower)
        let name = DisplayText.escaped(source.name, limit: 1000)
        answer.messages += "\(name):\(line):\(column): \(failure.text)\n"
      }
    }
    answer.outcome = mistakes.isEmpty ? expectations.outcome : .unreadable
    if options.format == .json {
      answer.text =
        Self.json(source.name, answer.outcome.name, mistakes, expectations.json) + "\n"
    } else if mistakes.isEmpty {
      let name = DisplayText.escaped(source.name, limit: 1000)
      answer.text = "\(name): \(summary(reading.problem, expectations))\n"
    }
    return answer
  }

  private func summary(_ problem: Problem, _ expectations: Expectations) -> String {
    let tasks = problem.tasks.count
    var text = tasks == 1 ? "1 task" : "\(tasks) tasks"
    if expectations.count > 0 {
      text += ", \(expectations.passed) of \(expectations.count) expectations hold"
    }
    if let halves = problem.possibleHalves {
      text += ", \(PointsText.shown(halves)) \(halves <= 2 ? "point" : "points")"
    }
    return "no mistakes in reading; " + text
  }

  private static func json(
    _ file: String, _ verdict: String, _ mistakes: [JSONValue], _ expectations: [JSONValue]
  ) -> String {
    JSONValue.object([
      ("version", .integer(1)), ("file", .string(file)), ("verdict", .string(verdict)),
      ("diagnostics", .array(mistakes)), ("expectations", .array(expectations)),
    ]).text()
  }

  private static func json(
    _ place: (source: SourceText, diagnostic: Diagnostic)?, _ message: String
  ) -> JSONValue {
    guard let (source, diagnostic) = place else {
      return .object([("message", .string(message))])
    }
    let (line, column) = source.position(at: diagnostic.range.lower)
    return .object([
      ("file", .string(source.name)), ("line", .integer(line)), ("column", .integer(column)),
      ("identifier", .string(diagnostic.identifier)), ("message", .string(message)),
      ("expected", diagnostic.expected.map { .string($0) }),
      ("suggestion", diagnostic.suggestion.map { .string($0) }),
    ])
  }
}

/// What became of the `expect` lines of a problem.
private struct Expectations {
  struct Failure {
    let range: SourceRange
    let text: String
  }

  var count = 0
  var passed = 0
  var failures: [Failure] = []
  var json: [JSONValue] = []
  var outcome = Outcome.passed

  init() {}

  init(of problem: Problem, _ options: Options, _ pool: inout ExpressionPool) {
    var solver = Solver(options: SolveOptions(options))
    for task in problem.tasks {
      guard task.kind.isExpectation || task.kind.isTraining else { continue }
      // What an author expects of a training is held against the training.
      let solved = solver.solve(task, in: &pool)
      guard task.kind.isExpectation else { continue }
      count += 1
      let detail = solved.expectation?.detail ?? solved.obstacle ?? ""
      switch solved.verdict {
      case .passed: passed += 1
      case .failed: note(.failed, "failed", task, detail)
      case .undecided: note(.undecided, "undecided", task, detail)
      }
      json.append(
        .object([
          ("text", .string(task.text)), ("verdict", .string(Outcome(solved.verdict).name)),
          ("detail", detail.isEmpty ? nil : .string(detail)),
        ]))
    }
  }

  private mutating func note(
    _ outcome: Outcome, _ word: String, _ task: NablaProblems.Task, _ detail: String
  ) {
    if self.outcome != .failed { self.outcome = outcome }
    var text = "\(word): \(DisplayText.escaped(task.text, limit: 500))"
    if !detail.isEmpty { text += "; " + detail }
    failures.append(Failure(range: task.range, text: text))
  }
}

extension NablaProblems.Task.Kind {
  fileprivate var isExpectation: Bool {
    switch self {
    case .expect, .expectTrained: true
    default: false
    }
  }

  fileprivate var isTraining: Bool {
    if case .train = self { true } else { false }
  }
}

extension Outcome {
  fileprivate init(_ verdict: TaskVerdict) {
    self =
      switch verdict {
      case .passed: .passed
      case .failed: .failed
      case .undecided: .undecided
      }
  }

  fileprivate var name: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .exhausted: "exhausted"
    case .undecided: "undecided"
    case .unreadable: "unreadable"
    }
  }
}
