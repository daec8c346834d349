/// The help pages, made from the tables of commands and flags.
enum Help {
  static let version = "0.1.0"

  static var overview: String {
    var text = """
      nabla: derivations the way a person would write them, checked two ways.

      Usage: nabla COMMAND [ARGUMENTS] [FLAGS]

      Commands:

      """
    let width = Command.table.map { $0.name.rawValue.count }.max() ?? 0
    for command in Command.table {
      text += row(command.name.rawValue, command.summary, width: width)
    }
    return text + """

      Examples:
        nabla derive 'log(1 + exp(x))' --by x
        nabla new sheet.md && nabla solve sheet.md
        nabla evaluate 'x^2/3 + y' x=1 y=2/3

      'nabla help COMMAND' explains a command and lists its flags.

      """
  }

  static func page(for command: Command) -> String {
    var text = "nabla \(command.name.rawValue): \(command.summary)\n\n"
    text += "Usage: nabla \(command.usage)" + (command.flags.isEmpty ? "\n" : " [FLAGS]\n")
    text += "\n\(command.description)\n"
    text += "\nFlags:\n"
    let names = command.flags.map(spelling)
    let width = names.map { $0.count }.max() ?? 0
    for (name, flag) in zip(names, command.flags) {
      text += row(name, help(flag, command), width: width)
    }
    text += "\nExamples:\n"
    for example in command.examples { text += "  \(example)\n" }
    return text
  }

  /// Of the formats only those are told that the command can write; a gallery has a folder.
  private static func help(_ flag: Flag, _ command: Command) -> String {
    switch (flag.name, command.name) {
    case ("--format", _): UsageError.joined(command.formats.map { $0.rawValue })
    case ("--output", .gallery): "The folder to write into, made where there is none"
    case ("--pdf", .gallery): "Typeset with an installed LaTeX, too"
    default: flag.help
    }
  }

  private static func spelling(_ flag: Flag) -> String {
    var text = flag.name
    if let argument = flag.argument { text += " " + argument }
    if let short = flag.shortName { text = short + ", " + text }
    return text
  }

  /// A name and what it does, on as many lines of a terminal as that takes.
  private static func row(_ name: String, _ help: String, width: Int) -> String {
    let margin = String(repeating: " ", count: width + 4)
    var text = "  " + name + String(repeating: " ", count: width - name.count + 2)
    var column = margin.count
    for (place, word) in help.split(separator: " ").enumerated() {
      if place > 0, column + 1 + word.count > 80 {
        text += "\n" + margin
        column = margin.count
      } else if place > 0 {
        text += " "
        column += 1
      }
      text += word
      column += word.count
    }
    return text + "\n"
  }
}
