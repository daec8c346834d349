import Foundation
import Testing

/// The README shows real output: each `console` block is run again.
///
/// `NABLA_UPDATE_GOLDENS=1 swift test` writes the output anew.
struct ReadmeTests {
  @Test func `the output shown in the README is what the commands print`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let url = root.appendingPathComponent("README.md")
    let shown = try String(contentsOf: url, encoding: .utf8)
    let actual = rewritten(shown)
    if ProcessInfo.processInfo.environment["NABLA_UPDATE_GOLDENS"] != nil {
      try actual.write(to: url, atomically: true, encoding: .utf8)
      return
    }
    let shownLines = masked(shown).split(separator: "\n", omittingEmptySubsequences: false)
    let actualLines = masked(actual).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(shown.contains("$ nabla derive"))
    for (line, (one, other)) in zip(shownLines, actualLines).enumerated() where one != other {
      Issue.record("README.md:\(line + 1) shows '\(one)', the command prints '\(other)'")
      return
    }
    #expect(shownLines.count == actualLines.count)
  }

  /// The page with the output of every command in a `console` block put in.
  private func rewritten(_ page: String) -> String {
    var lines: [String] = []
    var isConsole = false
    for line in page.components(separatedBy: "\n") {
      if line == "```console" {
        isConsole = true
        lines.append(line)
      } else if line == "```" {
        isConsole = false
        lines.append(line)
      } else if !isConsole {
        lines.append(line)
      } else if line.hasPrefix("$ nabla ") {
        if lines.last?.hasPrefix("```") == false { lines.append("") }
        lines.append(line)
        let run = CommandRun(arguments(of: String(line.dropFirst("$ nabla ".count))))
        let text = (run.output + run.messages).trimmingCharacters(in: .newlines)
        lines += text.components(separatedBy: "\n")
      }
    }
    return lines.joined(separator: "\n")
  }

  /// Words, with single quotes taken as a shell takes them.
  private func arguments(of command: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in command {
      switch character {
      case "'": isQuoted.toggle()
      case " " where !isQuoted:
        if !word.isEmpty { words.append(word) }
        word = ""
      default: word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Rounding errors differ from machine to machine in their last digit.
  private func masked(_ text: String) -> String {
    text.replacingOccurrences(
      of: #"(\d(\.\d+)?e-\d+|(\d·)?10⁻[⁰¹²³⁴-⁹]+|error 0\b|\b0 against)"#, with: "…",
      options: .regularExpression)
  }
}
