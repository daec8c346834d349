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
  /// above that one; other parts beside it are the author's. Where no words ask for anything, what
  /// stands there is work, and so is what follows the question.
  ///
  /// - Parameter questions: the places among the items at which words ask for something.
  func markGoals(_ items: inout [Submission.Item], questions: [Int]) {
    var divisions: [Heading] = []
    var isFirst = true
    for heading in headings {
      switch heading.kind {
      case .title: break
      case .division: divisions.append(heading)
      case .answer:
        var end = heading.item
        var level = Int.max
        // Whether something nearer to the answer is a question.
        var isAsked = false
        for division in divisions.reversed() {
          if division.level < level || division.isTask {
            Self.mark(
              division.item..<end, isTask: division.isTask, questions, &isAsked, &items)
            level = min(level, division.level)
          }
          end = division.item
        }
        if isFirst { Self.mark(0..<end, isTask: false, questions, &isAsked, &items) }
        divisions = []
        isFirst = false
      }
    }
  }

  private static func mark(
    _ range: Range<Int>, isTask: Bool, _ questions: [Int], _ isAsked: inout Bool,
    _ items: inout [Submission.Item]
  ) {
    var end = range.lowerBound
    if isTask || isAsked {
      end = range.upperBound
    } else if let question = questions.first(where: { range.contains($0) }) {
      end = question
    }
    if end > range.lowerBound || questions.contains(where: { range.contains($0) }) {
      isAsked = true
    }
    for index in range.lowerBound..<max(end, range.lowerBound) {
      if case .formula(var formula) = items[index], !isWork(formula.text.bytes) {
        formula.role = .goal
        items[index] = .formula(formula)
      }
    }
  }

  /// Whether a formula shows work, which no task does: a derivative that is equal to something, or
  /// a calculation of several steps.
  private static func isWork(_ bytes: [UInt8]) -> Bool {
    var depth = 0
    var steps = 0
    var startsRow = true
    var differentiates = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      var next = index + 1
      switch byte {
      case Bytes.openingBrace: depth += 1
      case Bytes.closingBrace: depth -= 1
      case 0x3D where depth == 0:
        steps += 1
        if steps > 1 || startsRow && index > 0 || differentiates { return true }
      case 0x2C, 0x3B:
        if depth == 0 { (steps, differentiates, startsRow) = (0, false, false) }
      case Bytes.backslash:
        next = max(Bytes.lettersEnd(bytes, from: next, to: bytes.count), next + 1)
        let name = Bytes.text(bytes, SourceRange(index + 1, min(next, bytes.count)))
        if name == "\\" || name == "quad" || name == "qquad" {
          if depth == 0 { (steps, differentiates, startsRow) = (0, false, name == "\\") }
        } else {
          if steps == 0,
            name == "partial" || name == "nabla" || name == "prime"
              || name.utf8.suffix(4).elementsEqual("frac".utf8)
                && Bytes.match("{d", bytes, at: next)
          {
            differentiates = true
          }
          startsRow = startsRow && (name == "begin" || name == "end")
        }
      case 0x27:
        if steps == 0, index > 0, Bytes.isLetter(bytes[index - 1]) { differentiates = true }
      case 0x2F where bytes[0] == 0x64 && Bytes.match("d", bytes, at: next):
        // `dz/dw`
        if steps == 0 { differentiates = true }
      case 0x26: break
      default:
        if steps == 0, Bytes.match("∂", bytes, at: index) || Bytes.match("∇", bytes, at: index) {
          differentiates = true
        }
        if !Bytes.isWhitespace(byte), depth == 0 { startsRow = false }
      }
      index = next
    }
    return false
  }
}
