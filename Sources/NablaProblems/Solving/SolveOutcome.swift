import NablaExpressions
import NablaNotation
import NablaRendering

/// Everything that comes out of solving a file or an expression.
package struct SolveOutcome: Sendable {
  package enum Verdict: Sendable {
    case passed, failed, undecided, unreadable
  }

  package var verdict: Verdict
  package var document = Document()
  package var json = JSONValue.null
  /// The derivatives as functions of a language, or a notebook.
  package var code = ""
  /// What could not be written as code, each with its reason.
  package var remarks: [String] = []
  /// What could not be read, each with the text it is about.
  package var diagnostics: [(source: SourceText, diagnostic: Diagnostic)] = []
  /// How each of the author's own checks ended, in order, in words.
  package var failures: [String] = []
  package var notes = ReadingNotes()

  package init(verdict: Verdict) { self.verdict = verdict }
}

/// Solves a problem file and writes it up.
package func solveProblem(
  _ source: SourceText, options: SolveOptions = SolveOptions(),
  loading load: (String) -> Result<[UInt8], LoadFailure> = { _ in
    .failure(LoadFailure("files cannot be used here"))
  },
  telling tell: (_ done: Int, _ tasks: Int) -> Void = { _, _ in }
) -> SolveOutcome {
  var pool = ExpressionPool(capacity: 4096)
  let reading = ProblemReading(source, into: &pool, loading: load)
  var outcome = SolveOutcome(verdict: .passed)
  outcome.diagnostics = reading.diagnostics.map { diagnostic in
    (reading.usedSources.first { $0.name == diagnostic.file } ?? source, diagnostic)
  }
  if !outcome.diagnostics.isEmpty {
    outcome.verdict = .unreadable
    return outcome
  }
  var solver = Solver(options: options)
  let solved = solver.solve(reading.problem, in: &pool, telling: tell)
  for task in solved {
    guard case .forward = task.task.kind, let obstacle = task.obstacle else { continue }
    outcome.diagnostics.append(
      (source, Diagnostic("missing-value", obstacle, at: task.task.range)))
  }
  if !outcome.diagnostics.isEmpty {
    outcome.verdict = .unreadable
    return outcome
  }
  outcome.settle(solved)
  outcome.write(reading.problem, solved, options, in: &pool)
  return outcome
}

extension SolveOutcome {
  /// Writes up what came out of a problem in the form the options ask for.
  package mutating func write(
    _ problem: Problem, _ solved: [SolvedTask], _ options: SolveOptions,
    in pool: inout ExpressionPool
  ) {
    switch options.output {
    case .document:
      var writer = SolutionDocument(options)
      document = writer.write(problem, solved, in: &pool)
    case .json:
      var writer = SolutionJSON()
      json = writer.write(problem.title, solved, goals: problem.gradedGoals, in: &pool)
    case .code(let language):
      write(
        language, title: problem.title, problem.withSections(solved), seed: options.seed, in: &pool)
    case .notebook:
      var writer = SolutionDocument(options)
      document = writer.write(problem, solved, in: &pool)
      writeNotebook(
        title: problem.title, problem.withSections(solved), seed: options.seed, in: &pool)
    }
  }

  mutating func settle(_ solved: [SolvedTask]) {
    for task in solved {
      switch task.verdict {
      case .passed: break
      case .failed:
        verdict = .failed
        failures.append(task.task.text)
      case .undecided:
        if verdict == .passed { verdict = .undecided }
      }
    }
  }
}

/// Derives one expression, or a chain of steps between the two sides of an equation.
///
/// `given` are statements of a problem file; undeclared names are scalars.
package func solveExpression(
  _ text: String, from notation: InputNotation = .plain, by variables: [String],
  given: [String] = [], assume: [String] = [],
  options: SolveOptions = SolveOptions()
) -> SolveOutcome {
  var pool = ExpressionPool()
  var outcome = SolveOutcome(verdict: .passed)
  var reader = CommandLineReader(notation)
  let source = SourceText(name: "expression", text)
  let task: Task
  do throws(CommandLineReader.Failure) {
    try reader.read(given: given, assume: assume, in: &pool)
    task = try reader.task(source, by: variables, in: &pool)
  } catch {
    outcome.verdict = .unreadable
    outcome.diagnostics = error.diagnostics
    return outcome
  }
  outcome.notes = reader.notes
  var solver = Solver(options: options)
  if case .prove(let left, let right) = task.kind, let forms = reader.relation {
    outcome.settle(solver.road(task, left, right, forms, in: &pool), options, &pool)
    outcome.tellNotes()
    return outcome
  }
  let named = options.output == .document ? task.namingParts(in: &pool) : nil
  let solved = [solver.solve(named?.task ?? task, in: &pool)]
  outcome.settle(solved)
  switch options.output {
  case .document:
    var writer = SolutionDocument(options)
    outcome.document = writer.write(solved, naming: named?.names ?? [], in: &pool)
  case .json:
    var writer = SolutionJSON()
    if let first = solved.first?.derivations.first {
      outcome.json = .object([("version", .integer(1))] + writer.members(of: first, nil, &pool))
    } else if case .array(let tasks)? = writer.write("", solved, in: &pool)["tasks"],
      case .object(let members)? = tasks.first
    {
      outcome.json = .object([JSONValue.Member("version", .integer(1))] + members)
    }
  case .code(let language):
    outcome.write(
      language, title: text, solved.map { (task: $0, section: 0) }, seed: options.seed, in: &pool)
  case .notebook: outcome.remarks.append("one derivation alone is not written as a notebook")
  }
  outcome.tellNotes()
  return outcome
}

extension SolveOutcome {
  /// Adds what is to be told about the reading to the answer.
  fileprivate mutating func tellNotes() {
    guard case .object(let members) = json else { return }
    json = .object(members.map { ($0.key, $0.value) } + notes.members)
  }
}
