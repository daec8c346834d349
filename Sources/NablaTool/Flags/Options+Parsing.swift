import NablaNotation

extension Options {
  /// Reads the arguments that follow a command.
  ///
  /// `--flag value` and `--flag=value` are the same, and `--` ends the flags. An argument of an
  /// expression command that begins with one `-` is an expression: `-x^2`.
  init(parsing arguments: [String], for command: Command) throws(UsageError) {
    self.init()
    var place = 0
    var endsFlags = false
    while place < arguments.count {
      let argument = arguments[place]
      place += 1
      if endsFlags || !Self.looksLikeFlag(argument, command) {
        self.arguments.append(argument)
      } else if argument == "--" {
        endsFlags = true
      } else {
        let (name, attached) = Self.split(argument)
        let flag = try Self.flag(named: name, command)
        if flag.argument != nil {
          guard let value = attached ?? (place < arguments.count ? arguments[place] : nil) else {
            throw UsageError("\(flag.name) needs an argument: \(flag.name) \(flag.argument ?? "")")
          }
          if attached == nil { place += 1 }
          try flag.effect(&self, value)
        } else if attached != nil {
          throw UsageError("\(flag.name) takes no argument")
        } else {
          try flag.effect(&self, "")
        }
      }
    }
  }

  private static func looksLikeFlag(_ argument: String, _ command: Command) -> Bool {
    guard argument.utf8.first == 0x2D, argument.utf8.count > 1 else { return false }
    if argument.hasPrefix("--") { return true }
    if Flag.table.contains(where: { $0.shortName == argument }) { return true }
    return !command.takesExpressions
  }

  private static func split(_ argument: String) -> (name: String, value: String?) {
    guard let sign = argument.firstIndex(of: "=") else { return (argument, nil) }
    return (String(argument[..<sign]), String(argument[argument.index(after: sign)...]))
  }

  private static func flag(named name: String, _ command: Command) throws(UsageError) -> Flag {
    for flag in Flag.table where flag.name == name || flag.shortName == name {
      if flag.commands.contains(command.name) { return flag }
      throw UsageError(
        "'\(command.name.rawValue)' does not take \(flag.name); it belongs to: "
          + UsageError.joined(flag.commands.map { $0.rawValue }))
    }
    let names = command.flags.map { $0.name }
    throw .unknown("flag", name, among: names, listedAs: "'\(command.name.rawValue)' takes")
  }
}
