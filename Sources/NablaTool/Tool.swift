import NablaNotation
import NablaProblems
import NablaRendering

/// The `nabla` command: arguments in, an exit status out, everything else through its surroundings.
struct Tool {
  let surroundings: Surroundings

  init(_ surroundings: Surroundings) { self.surroundings = surroundings }

  /// Runs the command with the arguments after its own name.
  func run(_ arguments: [String]) -> Int32 {
    do throws(UsageError) {
      guard let first = arguments.first else {
        message(Help.overview)
        return ExitStatus.usage
      }
      switch first {
      case "--help", "-h": return print(Help.overview)
      case "--version": return print("nabla \(Help.version)\n")
      default: break
      }
      if first.hasPrefix("-") {
        throw UsageError("a command comes first, not \(DisplayText.quoted(first))")
      }
      return try run(Command.named(first), Array(arguments.dropFirst()))
    } catch {
      message("nabla: \(error.message)\nSee 'nabla --help'.\n")
      return ExitStatus.usage
    }
  }

  private func run(_ command: Command, _ arguments: [String]) throws(UsageError) -> Int32 {
    do throws(UsageError) {
      var options = try Options(parsing: arguments, for: command)
      if options.wantsHelp { return print(Help.page(for: command)) }
      if options.wantsVersion { return print("nabla \(Help.version)\n") }
      if !command.formats.contains(options.format) {
        throw UsageError(
          "format '\(options.format.rawValue)' is not available for '\(command.name.rawValue)'; "
            + "available: " + UsageError.joined(command.formats.map { $0.rawValue }))
      }
      try options.settlePDF(for: command)
      return try command.run(self, options)
    } catch {
      message("nabla \(command.name.rawValue): \(error.message)\n")
      message("See 'nabla \(command.name.rawValue) --help'.\n")
      return ExitStatus.usage
    }
  }

  func help(_ options: Options) throws(UsageError) -> Int32 {
    if options.arguments.count > 1 { throw UsageError("one command at a time") }
    guard let name = options.arguments.first else { return print(Help.overview) }
    return try print(Help.page(for: Command.named(name)))
  }

  // MARK: Writing

  /// Writes data to standard output; the status is 0 unless it could not be written.
  func print(_ text: String) -> Int32 {
    guard let problem = surroundings.write(.output, Array(text.utf8)), problem != .closedPipe else {
      return ExitStatus.success
    }
    message("nabla: standard output: \(problem.reason)\n")
    return ExitStatus.usage
  }

  /// Writes data to the file asked for, or else to standard output.
  func deliver(_ text: String, _ options: Options) -> Int32 {
    if options.wantsPDF {
      let path = options.output ?? "nabla.pdf"
      let status = deliverPDF(of: text, to: path)
      if status == ExitStatus.success, options.output == nil { message("\(path) is written\n") }
      return status
    }
    guard let path = options.output, path != "-" else { return print(text) }
    guard let problem = surroundings.writeFile(path, Array(text.utf8), true) else {
      return ExitStatus.success
    }
    message("nabla: \(DisplayText.escaped(path, limit: 1000)): \(problem.reason)\n")
    return ExitStatus.usage
  }

  func message(_ text: String) {
    _ = surroundings.write(.messages, Array(text.utf8))
  }

  /// Ends the process when the time asked for is up.
  func startBudget(_ options: Options) {
    guard let seconds = options.budget else { return }
    surroundings.endAfter(
      seconds, "nabla: the budget of \(options.budgetText) s (--budget) ran out\n")
  }

  // MARK: Appearance

  /// The columns that output may take.
  func width(_ options: Options) -> Int {
    if let width = options.width { return width }
    var width: Int?
    if surroundings.isTerminal(.output), options.output == nil {
      width = surroundings.terminalWidth()
    }
    if width == nil, let columns = surroundings.environment("COLUMNS") { width = Int(columns) }
    return min(max(width ?? 80, 40), 160)
  }

  func usesColour(_ options: Options) -> Bool {
    switch options.colour {
    case .always: return true
    case .never: return false
    case .auto:
      // https://no-color.org: any value but the empty one turns colour off.
      if let choice = surroundings.environment("NO_COLOR"), !choice.isEmpty { return false }
      if surroundings.environment("TERM") == "dumb" { return false }
      return options.output == nil && surroundings.isTerminal(.output)
    }
  }

  /// A report in the notation of its problem, over which the options of the run win.
  func text(ofReport report: Document, _ options: Options) -> String {
    var document = report
    for option in options.style { document.notation.apply(option) }
    document.notation.language = .english
    return text(of: document, options)
  }

  func text(of document: Document, _ options: Options) -> String {
    var document = document
    if document.notation == NotationStyle(), document.notationChanges.isEmpty {
      document.notation = NotationStyle(options.style)
      // What has not been written in another language is in English.
      document.notation.language = .english
    }
    return switch options.format {
    case .latex: document.latex(paper: options.paper, isFragment: options.isFragment)
    case .markdown: document.markdown()
    case .html: document.html(isFragment: options.isFragment)
    case .plain: document.plain()
    case .terminal, .json, .csv, .ipynb, .python, .swift:
      document.terminal(width: width(options), usesColour: usesColour(options))
    }
  }
}
