import NablaNotation

extension Tool {
  /// Solves files again whenever one of them, or a file they use, is saved.
  func watch(_ files: [String], _ options: Options) throws(UsageError) -> Int32 {
    if files.contains("-") { throw UsageError("--watch needs files, not standard input") }
    if options.budget != nil {
      throw UsageError("--watch runs until it is interrupted; leave --budget")
    }
    var options = options
    options.jobs = 1
    while true {
      let seen = SeenFiles()
      var watched = surroundings
      watched.readFile = { path in
        seen.marks[path] = surroundings.mark(path)
        return surroundings.readFile(path)
      }
      let start = surroundings.seconds()
      let answers = Tool(watched).solved(files, options)
      let isOnScreen =
        options.format == .terminal && options.output == nil && surroundings.isTerminal(.output)
      if isOnScreen { _ = print("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
      let status = deliver(answers, from: files, options)
      let milliseconds = Int((surroundings.seconds() - start) * 1000)
      let names = files.count == 1 ? DisplayText.escaped(files[0], limit: 200) : "the files"
      message("nabla: \(milliseconds) ms; waiting for \(names) to be saved (Ctrl-C ends)\n")
      repeat {
        if !surroundings.pause() { return status }
      } while !seen.marks.contains { path, mark in
        // A file that is gone for a moment is being saved.
        surroundings.mark(path).map { $0 != mark } ?? false
      }
    }
  }

  private final class SeenFiles {
    var marks: [String: FileMark?] = [:]
  }
}
