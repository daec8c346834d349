/// One flag, stated once and read by the parser and by every help page.
struct Flag: Sendable {
  typealias Effect = @Sendable (inout Options, String) throws(UsageError) -> Void

  let name: String
  let shortName: String?
  /// What follows the flag, as help shows it; nil for a flag that stands alone.
  let argument: String?
  let help: String
  /// The commands that take it.
  let commands: [CommandName]
  let effect: Effect

  /// A flag followed by an argument.
  init(
    _ name: String, short: String? = nil, _ argument: String, _ commands: [CommandName],
    _ help: String, _ effect: @escaping Effect
  ) {
    self.name = name
    self.shortName = short
    self.argument = argument
    self.help = help
    self.commands = commands
    self.effect = effect
  }

  /// A flag that stands alone.
  init(
    _ name: String, short: String? = nil, _ commands: [CommandName], _ help: String,
    _ effect: @escaping @Sendable (inout Options) -> Void
  ) {
    self.name = name
    self.shortName = short
    self.argument = nil
    self.help = help
    self.commands = commands
    self.effect = { (options: inout Options, _: String) throws(UsageError) in effect(&options) }
  }
}
