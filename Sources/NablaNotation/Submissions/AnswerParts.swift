/// Tells the task, repeated in a submission, from the answer under it.
struct AnswerParts {
  private struct Heading {
    var level: Int
    var kind: Page.HeadingKind
    var item: Int
    /// "Problem" or "Hint" without a number.
    var isTask: Bool
  }

  private var headings: [Heading] = []
  private var isAnswer = false
  /// Divisions above this level end an answer.
  private var answerLevel = 0
  private var divisionLevel = 0

  private static let tasks: Set<String> = [
    "problem", "question", "task", "statement", "problem statement", "exercise", "given", "setup",
    "hint", "hints", "aufgabe", "énoncé", "enunciado", "instructions", "background", "notation",
  ]

  /// Takes in a heading; returns whether the author's own work follows it.
  mutating func heading(
    _ level: Int, _ kind: Page.HeadingKind, _ text: String, at item: Int
  ) -> Bool {
    headings.append(
      Heading(
        level: level, kind: kind, item: item, isTask: Self.tasks.contains(Bytes.lowercased(text))))
    switch kind {
    case .answer:
      isAnswer = true
      answerLevel = divisionLevel
    case .division:
      divisionLevel = level
      if level <= answerLevel { isAnswer = false }
    case .title: break
    }
    return isAnswer
  }

  /// Makes the formulas between the heading of a task and its answer part of the task.
  ///
  /// The task is what stands under the last heading before the answer, and under the headings
  /// above that one; other parts beside it are the author's.
  func markGoals(_ items: inout [Submission.Item]) {
    var divisions: [Heading] = []
    var isFirst = true
    for heading in headings {
      switch heading.kind {
      case .title: break
      case .division: divisions.append(heading)
      case .answer:
        var end = heading.item
        var level = Int.max
        for division in divisions.reversed() {
          if division.level < level || division.isTask {
            Self.mark(division.item..<end, &items)
            level = min(level, division.level)
          }
          end = division.item
        }
        if isFirst { Self.mark(0..<end, &items) }
        divisions = []
        isFirst = false
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
