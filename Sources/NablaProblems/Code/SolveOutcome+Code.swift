import NablaExpressions
import NablaRendering

extension SolveOutcome {
  /// Writes the derivatives of solved tasks as functions.
  mutating func write(
    _ language: CodeLanguage, title: String, _ solved: [(task: SolvedTask, section: Int)],
    seed: UInt64, in pool: inout ExpressionPool
  ) {
    var builder = GradientProgramBuilder(title: title, separatesSections: false, seed: seed)
    for (task, section) in solved { builder.add(task, section: section, in: &pool) }
    let program = builder.finish(in: &pool)
    switch language {
    case .python:
      var writer = PythonWriter()
      code = writer.file(program, &pool)
      remarks = writer.remarks
    case .swift:
      var writer = SwiftWriter()
      code = writer.file(program, &pool)
      remarks = writer.remarks
    }
    if program.units.isEmpty { remarks.append("there is no derivative to write as a function") }
  }

  /// Writes a write-up with functions below its headings.
  mutating func writeNotebook(
    title: String, _ solved: [(task: SolvedTask, section: Int)], seed: UInt64,
    in pool: inout ExpressionPool
  ) {
    var builder = GradientProgramBuilder(title: title, separatesSections: true, seed: seed)
    for (task, section) in solved { builder.add(task, section: section, in: &pool) }
    let program = builder.finish(in: &pool)
    var writer = PythonWriter()
    let (first, units) = writer.cells(program, &pool)
    remarks = writer.remarks
    code =
      Notebook.json(markdown: document.markdown(), first: first, units: units)
      .text(isIndented: true) + "\n"
  }
}

extension Problem {
  /// Tasks with the numbers of their sections.
  func withSections(_ solved: [SolvedTask]) -> [(task: SolvedTask, section: Int)] {
    var found: [(task: SolvedTask, section: Int)] = []
    for (task, section) in zip(solved, sectionsOfTasks) {
      found.append((task: task, section: section))
    }
    return found
  }

  /// The number of headings below the title that stand before each task.
  private var sectionsOfTasks: [Int] {
    var found: [Int] = []
    var count = 0
    var isTitled = false
    for element in elements {
      switch element {
      case .heading(let level, let text):
        if level == 1, !isTitled, text == title { isTitled = true } else { count += 1 }
      case .task: found.append(count)
      default: break
      }
    }
    return found
  }
}
