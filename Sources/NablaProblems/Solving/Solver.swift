import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRewriting
import NablaVerification

/// How a problem is to be solved.
package struct SolveOptions: Sendable {
  package var detail: Detail = .standard
  /// Whether vectors and matrices in matrix forms carry their sizes.
  package var showsShapes = false
  /// Options of notation that win over those of the file.
  package var notation: [NotationOption] = []
  /// Chooses the random points of the checks.
  package var seed: UInt64 = 1
  /// What is made of the solution; the other form stays empty.
  package var output = SolveOutput.document
  /// Whether every single step is checked beside the result.
  package var checksSteps = true
  /// Whether every equation is put to the prover as well.
  package var proves = true
  /// What one proof may spend.
  package var proofWork = 200_000

  package init() {}
}

/// The form in which a solution is wanted.
package enum SolveOutput: Hashable, Sendable {
  case document, json
  /// Functions that compute the derivatives.
  case code(CodeLanguage)
  /// A Jupyter notebook: the document with such functions.
  case notebook
}

/// Solves the tasks of a problem one after the other.
package struct Solver {
  package let options: SolveOptions
  /// Results told so far, by the facts they may rest on.
  var told: [[Handle]: [Handle: KnownResult]] = [:]
  /// What has been checked by numbers so far.
  var checked = CheckCache()
  /// What has been proved so far.
  var proofs = ProofMemo()
  /// The last training, for what an author expects of it.
  var trained: TrainingRun?
  /// Whether a way between two lines is looked for from both ends.
  var searchesRoads = false
  private let algebra = AlgebraTable.standard

  package init(options: SolveOptions = SolveOptions()) { self.options = options }

  /// What came out of each task, in their order.
  ///
  /// After each task it is told how many of them are done.
  package mutating func solve(
    _ problem: Problem, in pool: inout ExpressionPool,
    telling tell: (_ done: Int, _ tasks: Int) -> Void = { _, _ in }
  ) -> [SolvedTask] {
    var solved: [SolvedTask] = []
    let tasks = problem.tasks
    var graphs = AutomaticGraphs(tasks, in: pool)
    for task in tasks {
      let graph = graphs.graph(for: task, self, in: &pool)
      solved.append(solve(task, in: &pool))
      if let graph { solved[solved.count - 1].graph = graph }
      tell(solved.count, tasks.count)
    }
    return solved
  }

  /// What came out of one task.
  package mutating func solve(_ task: Task, in pool: inout ExpressionPool) -> SolvedTask {
    var solved = SolvedTask(task)
    switch task.kind {
    case .forward(let targets, _): forward(targets, &solved, &pool)
    case .derive(let subject, let variables, _):
      // Only the derivative of a scalar by one array is shaped like that array.
      let isGradient = variables.count == 1 && pool.freeIndices(of: [subject]).isEmpty
      let array = isGradient ? variables[0].array : nil
      derive(subject, by: variables.map { $0.handle }, array: array, &solved, &pool)
    case .gradient(let subject, let variables, let forms):
      for variable in variables {
        derive(subject, by: [variable.handle], array: variable.array, &solved, &pool)
      }
      if forms.contains(.backward) {
        let unknowns = variables.map { $0.handle }
        solved.backward = backwardPass(of: subject, by: unknowns, task.scope, &pool)
        checkBackwardPass(of: subject, &solved, &pool)
      }
    case .jacobian(let subject, let variables):
      for variable in variables {
        derive(subject.handle, by: [variable.handle], array: variable.array, &solved, &pool)
      }
    case .hessian(let subject, let rows, let columns):
      for (row, column) in zip(rows, columns) {
        derive(subject, by: [row.handle, column.handle], array: row.array, &solved, &pool)
      }
    case .prove(let left, let right): prove(left, right, &solved, &pool)
    case .compare(let left, let relation, let right):
      compare(left, relation, right, &solved, &pool)
    case .expect(let expectation): expect(expectation, &solved, &pool)
    case .shapes(let symbols): solved.shapes = shapes(of: symbols, task.scope, &pool)
    case .parameters(let symbols):
      solved.parameters = parameterCounts(of: symbols, task.scope, &pool)
    case .table(let targets, let variable, let values):
      tabulate(targets, variable, values, &solved, &pool)
    case .train(let training): train(training, &solved, &pool)
    case .expectTrained(let expectation): expectTrained(expectation, &solved, &pool)
    case .plot(let curves): plot(curves, &solved, &pool)
    case .graph(let subject, let variables):
      solved.graph = graph(of: subject, by: variables, task.scope, &pool)
      if solved.graph == nil {
        solved.obstacle = "there is no graph: the quantity is not defined by others"
        solved.verdict = .undecided
      }
    }
    return solved
  }

  /// What results of a scope may rest on beside its definitions.
  func basis(_ scope: Scope, _ pool: inout ExpressionPool) -> [Handle] {
    var basis = scope.assumptions.map { $0.relation }
    for convention in scope.conventions {
      let point = pool.number(convention.point)
      switch convention.subject {
      case .builtIn(let function): basis.append(pool.writtenFunction(function, point))
      case .symbol(let id): basis.append(pool.apply(id, [point]))
      }
      basis.append(pool.integer(convention.order))
      basis.append(pool.number(convention.value))
    }
    return basis
  }

  mutating func remember(_ deriver: Deriver, on basis: [Handle]) {
    // Results told under no assumption at all are kept in both.
    told[basis] = deriver.known
    var shared = told[[]] ?? [:]
    for (goal, result) in deriver.unconditional { shared[goal] = result }
    told[[]] = shared
  }

  /// The deriver for a scope, with its names, conventions and assumptions.
  func deriver(
    _ scope: Scope, _ pool: inout ExpressionPool, excluding: Set<SymbolID> = []
  ) -> Deriver {
    pool.noteSymmetries(of: scope.definitions)
    var simplifier = Simplifier(algebra: algebra)
    simplifier.definitions = pool.foldable(scope.definitions, excluding: excluding)
    for assumption in scope.assumptions {
      if let usable = pool.usable(assumption: assumption.relation) {
        simplifier.assumptions.append(usable)
      }
    }
    for symbol in scope.names.values.sorted() where pool.kind(of: symbol) == .array {
      if let usable = pool.normalisation(of: symbol) { simplifier.assumptions.append(usable) }
    }
    for definition in scope.definitions.all {
      if let usable = pool.normalisation(of: definition) { simplifier.assumptions.append(usable) }
    }
    var deriver = Deriver(
      context: differentiationContext(scope, &pool), simplifier: simplifier)
    deriver.indexNames = scope.indices
    return deriver
  }

  func differentiationContext(
    _ scope: Scope, _ pool: inout ExpressionPool
  ) -> DifferentiationContext {
    DifferentiationContext(scope, in: &pool)
  }

  func checkContext(_ scope: Scope, _ pool: inout ExpressionPool) -> CheckContext {
    var context = CheckContext(definitions: scope.definitions)
    context.assumptions = scope.assumptions.map { $0.relation }
    context.values = GivenValues(scope, in: &pool).integers
    // Labels stay free, so that every value of theirs is tried.
    for symbol in context.values.keys where pool.kind(of: symbol) == .label {
      context.values[symbol] = nil
    }
    context.seed = options.seed
    return context
  }
}

extension DifferentiationContext {
  /// What a scope says of derivatives: definitions, and values at kinks.
  init(_ scope: Scope, in pool: inout ExpressionPool) {
    self.init(definitions: scope.definitions)
    for convention in scope.conventions {
      guard case .builtIn(let function) = convention.subject, convention.order == 1,
        convention.point.isZero
      else { continue }
      conventions[function] = pool.number(convention.value)
    }
  }
}
