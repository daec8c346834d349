import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaProblems
import NablaRendering
import NablaRewriting
import Testing

@Suite struct PlainReadingTests {
  /// Every line of a derivation, those of its parts and cases included.
  private static func lines(of derivation: Derivation) -> [Handle] {
    var found = [derivation.goal, derivation.result]
    for step in derivation.steps where !step.isLocal { found += [step.before, step.after] }
    for lemma in derivation.lemmas { found += lines(of: lemma) }
    for entry in derivation.cases { found += lines(of: entry.derivation) }
    return found
  }

  private static func lines(of task: SolvedTask) -> [Handle] {
    var found: [Handle] = []
    for solved in task.derivations { found += lines(of: solved.derivation) }
    switch task.task.kind {
    case .expect(let expectation): found += [expectation.left, expectation.right]
    case .prove(let left, let right): found += [left, right]
    default: break
    }
    for line in task.forward where line.values.isEmpty { found += [line.name, line.expression] }
    return found
  }

  @Test(arguments: ProblemFiles.names)
  func `plain text of every line is read back as the same expression`(name: String) throws {
    var pool = ExpressionPool()
    let reading = ProblemReading(try ProblemFiles.source(name), into: &pool)
    var solver = Solver()
    let solved = solver.solve(reading.problem, in: &pool)
    var count = 0
    for task in solved {
      let scope = task.task.scope
      let known = scope.knownNames(in: pool)
      var seen: Set<Handle> = []
      for handle in Self.lines(of: task) where seen.insert(handle).inserted {
        var builder = FormulaBuilder()
        builder.spellings = scope.spellings
        builder.indexNames = scope.indices
        builder.reservedNames = scope.quantityNames(in: pool)
        let text = builder.formula(of: handle, in: &pool).plain
        // Indices that the derivation brought in are known by the letters they are shown with.
        var extended = scope
        for index in pool.freeIndices(of: [handle]) where !scope.indices.contains(index) {
          extended.names[builder.letter(ofFree: index) ?? pool.name(of: index)] = index
        }
        do throws(Diagnostic) {
          let syntax = try parseExpression(SourceText(name: "line", text), known: known)
          var lowering = Lowering(extended)
          let again = try lowering.expression(syntax, in: &pool)
          let isSame = pool.isForm(.scalar(again), of: handle, row: nil, column: nil)
          #expect(isSame, "\(text)")
          count += 1
        } catch {
          Issue.record("\(text): \(error.summary)")
        }
      }
    }
    #expect(count > 0 || solved.allSatisfy { Self.lines(of: $0).isEmpty })
  }
}
