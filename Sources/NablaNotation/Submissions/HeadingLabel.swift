/// Headings that only their words make headings: `T1`, `Q1.2: Backward`, `(a)`, `Answer`.
struct HeadingLabel {
  var level: Int
  var kind: Page.HeadingKind
  /// The label and what belongs to it.
  var text: SourceRange
  /// Where the rest of the line begins, which is text.
  var rest: Int

  /// Words that open a numbered task.
  private static let tasks: Set<String> = [
    "t", "ot", "q", "p", "task", "question", "problem", "exercise", "ex", "part", "assignment",
    "section", "practical", "aufgabe", "übung", "exercice", "ejercicio", "problema", "ข้อ",
  ]

  /// Words after which the author's own work begins.
  private static let answers: Set<String> = [
    "answer", "answers", "ans", "solution", "solutions", "proof", "sol", "lösung", "antwort",
    "beweis", "réponse", "preuve", "solución", "respuesta", "demostración", "คำตอบ", "ตอบ",
    "my answer", "my solution", "your answer", "derivation",
  ]

  /// The level of a heading that names no number.
  private static let titleLevel = 6

  /// The label at the start of a line; a title needs `standsAlone`.
  init?(_ bytes: [UInt8], line: SourceRange, standsAlone: Bool) {
    let line = Bytes.trimmed(bytes, line)
    var lower = line.lower
    while lower < line.upper, Self.isDecoration(bytes, lower) { lower += 1 }
    if Bytes.match("✓", bytes, at: lower) || Bytes.match("✔", bytes, at: lower) {
      lower = Bytes.spacesEnd(bytes, from: lower + 3, to: line.upper)
    }
    guard lower < line.upper else { return nil }
    if let answer = Self.answer(bytes, lower, line) {
      self = answer
    } else if let label = Self.numbered(bytes, lower, line) {
      self = label
    } else if standsAlone, Self.isTitle(bytes, line) {
      self.init(level: Self.titleLevel, kind: .title, text: line, rest: line.upper)
    } else {
      return nil
    }
  }

  private init(level: Int, kind: Page.HeadingKind, text: SourceRange, rest: Int) {
    (self.level, self.kind, self.text, self.rest) = (level, kind, text, rest)
  }

  /// Whether the words of a heading announce the author's own work.
  static func isAnswer(_ bytes: [UInt8], _ range: SourceRange) -> Bool {
    var lower = range.lower
    while lower < range.upper, isDecoration(bytes, lower) { lower += 1 }
    return answer(bytes, lower, range) != nil
  }

  /// Emphasis, quotation and brackets round a label.
  private static func isDecoration(_ bytes: [UInt8], _ offset: Int) -> Bool {
    let byte = bytes[offset]
    return byte == 0x2A || byte == 0x3E || byte == 0x20 || byte == 0x5B || byte == 0x5F
      || byte == 0x23
  }

  private static func wordEnd(_ bytes: [UInt8], _ lower: Int, _ upper: Int) -> Int {
    var end = lower
    while end < upper, Bytes.isLetter(bytes[end]) || bytes[end] >= 0x80 { end += 1 }
    return end
  }

  /// The end of marks such as `:`, `**`, `]` after a label, and whether any stood there.
  private static func marksEnd(_ bytes: [UInt8], _ lower: Int, _ upper: Int) -> (Int, Bool) {
    var end = lower
    var isMarked = false
    while end < upper {
      switch bytes[end] {
      case 0x20, 0x09: break
      case 0x2A, 0x5D, 0x3A, 0x2E, 0x29, 0x5F: isMarked = true
      default: return (end, isMarked)
      }
      end += 1
    }
    return (end, isMarked)
  }

  private static func answer(
    _ bytes: [UInt8], _ lower: Int, _ line: SourceRange
  ) -> HeadingLabel? {
    var end = wordEnd(bytes, lower, line.upper)
    guard end > lower, end - lower <= 40 else { return nil }
    var word = Bytes.lowercasedText(bytes, SourceRange(lower, end))
    if word == "my" || word == "your" {
      let next = Bytes.spacesEnd(bytes, from: end, to: line.upper)
      end = wordEnd(bytes, next, line.upper)
      word += " " + Bytes.lowercasedText(bytes, SourceRange(next, end))
    }
    guard answers.contains(word) else { return nil }
    // "Answer to question 2", "Solution 3.1" are labels; "Answer the questions" is not.
    var (rest, isMarked) = marksEnd(bytes, end, line.upper)
    if !isMarked, rest < line.upper {
      var number = rest
      for word: StaticString in ["to ", "for ", "of "] where Bytes.match(word, bytes, at: number) {
        number += word.utf8CodeUnitCount
      }
      if let label = numbered(bytes, number, line) {
        (rest, isMarked) = (label.rest, true)
      } else {
        while number < line.upper, Bytes.isDigit(bytes[number]) || bytes[number] == 0x2E {
          number += 1
        }
        if number > rest { (rest, isMarked) = (marksEnd(bytes, number, line.upper).0, true) }
      }
    }
    guard isMarked || rest == line.upper else { return nil }
    return HeadingLabel(
      level: titleLevel, kind: .answer, text: SourceRange(line.lower, rest), rest: rest)
  }

  /// `T4.`, `Exercise-1 (15 pts)`, `1.1.2 Classification task`, `(a)`.
  private static func numbered(
    _ bytes: [UInt8], _ lower: Int, _ line: SourceRange
  ) -> HeadingLabel? {
    if bytes[lower] == 0x28 { return lettered(bytes, lower, line) }
    var end = wordEnd(bytes, lower, line.upper)
    let word = Bytes.lowercasedText(bytes, SourceRange(lower, min(end, lower + 40)))
    guard word.isEmpty || tasks.contains(word) else { return nil }
    while end < line.upper, bytes[end] == 0x20 || bytes[end] == 0x2D || bytes[end] == 0x23 {
      end += 1
    }
    let number = end
    var components = 0
    while end < line.upper, Bytes.isDigit(bytes[end]) {
      components += 1
      while end < line.upper, Bytes.isDigit(bytes[end]) { end += 1 }
      guard end + 1 < line.upper, bytes[end] == 0x2E, Bytes.isDigit(bytes[end + 1]) else { break }
      end += 1
    }
    guard end > number, end - number <= 12 else { return nil }
    if end < line.upper, Bytes.isLetter(bytes[end]) {
      guard !word.isEmpty, end + 1 == line.upper || !Bytes.isLetter(bytes[end + 1]) else {
        return nil
      }
      end += 1
      components += 1
    }
    if word.isEmpty {
      // A number alone is a list's or a value; with dots and a title it is a heading's.
      guard end < line.upper, bytes[end] == 0x20,
        isTitle(bytes, SourceRange(end + 1, line.upper), anyCase: components > 1)
      else { return nil }
      return HeadingLabel(
        level: min(components, 5), kind: .division, text: line, rest: line.upper)
    }
    if end < line.upper, !Bytes.isSpace(bytes[end]), marksEnd(bytes, end, line.upper).1 == false {
      return nil
    }
    let level = min(components, 4)
    let (rest, isMarked) = marksEnd(bytes, end, line.upper)
    if rest == line.upper || bytes[rest] == 0x28 || isTitle(bytes, SourceRange(rest, line.upper)) {
      return HeadingLabel(level: level, kind: .division, text: line, rest: line.upper)
    }
    guard isMarked else { return nil }
    return HeadingLabel(
      level: level, kind: .division, text: SourceRange(line.lower, rest), rest: rest)
  }

  /// `(a)`, `(iii)`.
  private static func lettered(
    _ bytes: [UInt8], _ lower: Int, _ line: SourceRange
  ) -> HeadingLabel? {
    let end = Bytes.lettersEnd(bytes, from: lower + 1, to: line.upper)
    guard end < line.upper, bytes[end] == 0x29, end > lower + 1 else { return nil }
    for byte in bytes[lower + 1..<end] where byte != 0x69 && byte != 0x76 && byte != 0x78 {
      guard end == lower + 2, byte >= 0x61 else { return nil }
    }
    guard end + 1 == line.upper || bytes[end + 1] == 0x20 else { return nil }
    let rest = Bytes.spacesEnd(bytes, from: end + 1, to: line.upper)
    return HeadingLabel(
      level: 5, kind: .division, text: SourceRange(line.lower, end + 1), rest: rest)
  }

  /// A few words that begin with a capital and hold no mathematics and no full stop.
  private static func isTitle(
    _ bytes: [UInt8], _ range: SourceRange, anyCase: Bool = false
  ) -> Bool {
    let range = Bytes.trimmed(bytes, range)
    guard range.upper > range.lower, range.upper - range.lower <= 80 else { return false }
    var words = 0
    var letters = 0
    for offset in range.lower..<range.upper {
      let byte = bytes[offset]
      switch byte {
      case 0x24, 0x3D, 0x5C, 0x5E, 0x5F, 0x2E, 0x3A, 0x2C, 0x3F, 0x21, 0x7B, 0x7C, 0x2B, 0x2A:
        return false
      default: break
      }
      if Bytes.isLetter(byte) { letters += 1 }
      if byte == 0x20 { words += 1 }
    }
    let first = bytes[range.lower]
    let isCapital = first >= 0x41 && first <= 0x5A
    guard isCapital || anyCase && Bytes.isLetter(first), words < 8, letters >= 4 else {
      return false
    }
    return !RoleWords.opensSentence(Bytes.text(bytes, range))
      && PlainMathematics.spans(bytes, line: range, conditionsOnly: false).isEmpty
  }
}
