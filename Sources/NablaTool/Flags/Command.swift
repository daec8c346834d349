enum CommandName: String, CaseIterable, Sendable {
  case solve, gallery, check, new, verify, derive, equal, evaluate, convert, rules, help
}

/// One command, stated once and read by the parser and by every help page.
struct Command: Sendable {
  let name: CommandName
  let usage: String
  let summary: String
  let description: String
  let examples: [String]
  /// The formats in which the command can write.
  let formats: [Format]
  /// Whether arguments that begin with a minus sign may be mathematics.
  let takesExpressions: Bool
  let run: @Sendable (Tool, Options) throws(UsageError) -> Int32

  init(
    _ name: CommandName, _ usage: String, _ summary: String, _ description: String,
    formats: [Format] = [.terminal, .plain, .json],
    takesExpressions: Bool = false, examples: [String],
    run: @escaping @Sendable (Tool, Options) throws(UsageError) -> Int32
  ) {
    self.name = name
    self.usage = usage
    self.summary = summary
    self.description = description
    self.formats = formats
    self.takesExpressions = takesExpressions
    self.examples = examples
    self.run = run
  }

  var flags: [Flag] { Flag.table.filter { $0.commands.contains(name) } }
}
