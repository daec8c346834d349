/// Tells the task, repeated in a submission, from the answer under it.
struct AnswerParts {
  private struct Heading {
    var level: Int
    var kind: Page.HeadingKind
    var item: Int
  }

  private var headings: [Heading] = []
  private var isAnswer = false

  /// Takes in a heading; returns whether the author's own work follows it.
  mutating func heading(_ level: Int, _ kind: Page.HeadingKind, at item: Int) -> Bool {
    headings.append(Heading(level: level, kind: kind, item: item))
    switch kind {
    case .answer: isAnswer = true
    case .division: if level < answerLevel { isAnswer = false }
    case .title: break
    }
    if kind == .answer { answerLevel = (lastDivision?.level ?? 0) + 1 }
    return isAnswer
  }

  /// Divisions above this level end an answer.
  private var answerLevel = 0

  private var lastDivision: Heading? {
    headings.last { $0.kind == .division }
  }

  /// Makes the formulas between the heading of a task and its answer part of the task.
  func markGoals(_ items: inout [Submission.Item]) {
    var task: Int? = 0
    var stack: [Heading] = []
    /// Divisions since the last answer.
    for heading in headings {
      switch heading.kind {
      case .title: break
      case .division: stack.append(heading)
      case .answer:
        let level = stack.last?.level ?? 0
        let start = stack.first { $0.level <= level }?.item ?? task ?? heading.item
        Self.mark(start..<heading.item, &items)
        stack = []
        task = nil
      }
    }
  }

  private static func mark(_ range: Range<Int>, _ items: inout [Submission.Item]) {
    for index in range {
      if case .formula(var formula) = items[index] {
        formula.role = .goal
        items[index] = .formula(formula)
      }
    }
  }
}
