import NablaNotation
import NablaProblems
import NablaRendering

extension Tool {
  /// Writes problems in every format, and a page that leads to them.
  func gallery(_ options: Options) throws(UsageError) -> Int32 {
    if options.arguments.isEmpty { throw UsageError("a problem file is missing") }
    if options.arguments.contains("-") {
      throw UsageError("a gallery is made of files, not of standard input")
    }
    guard let folder = options.output, folder != "-" else {
      throw UsageError("name the folder of the gallery: --output gallery")
    }
    if let problem = surroundings.makeFolder(folder) {
      message("nabla gallery: \(DisplayText.escaped(folder, limit: 1000)): \(problem.reason)\n")
      return ExitStatus.usage
    }
    startBudget(options)
    let progress = Progress(surroundings)
    var names = GalleryNames()
    let works = options.arguments.map { (path: $0, name: names.name(for: $0)) }
    let results = WorkQueue.results(
      of: works.count, jobs: options.jobs,
      { exhibit(works[$0].path, as: works[$0].name, in: folder, options) },
      telling: { progress.tell($0, of: works.count, "problems written") })
    var status = ExitStatus()
    var page = GalleryPage(title: "Write-ups", entries: [])
    for result in results {
      status.note(result.outcome)
      if !result.messages.isEmpty { message(result.messages) }
      if let entry = result.entry { page.entries.append(entry) }
    }
    let index = folder + "/index.html"
    if let problem = surroundings.writeFile(index, Array(page.html().utf8), true) {
      message("nabla gallery: \(DisplayText.escaped(index, limit: 1000)): \(problem.reason)\n")
      return ExitStatus.usage
    }
    let count = page.entries.count
    message(
      "\(DisplayText.escaped(index, limit: 1000)) leads to \(count) write-up\(count == 1 ? "" : "s")\n"
    )
    return status.code
  }

  private struct Exhibit {
    var entry: GalleryPage.Entry?
    var messages = ""
    var outcome = Outcome.passed
  }

  /// One problem in every format.
  private func exhibit(
    _ path: String, as name: String, in folder: String, _ options: Options
  ) -> Exhibit {
    var exhibit = Exhibit()
    let source: SourceText
    switch self.source(path) {
    case .failure(let failure):
      let answer = unreadable(path, failure)
      return Exhibit(messages: answer.messages, outcome: answer.outcome)
    case .success(let found): source = found
    }
    var files: [(format: String, path: String)] = []
    var own = options
    own.colour = .never
    let solution = solveProblem(
      source, options: SolveOptions(own), loading: surroundings.readFile)
    for format in Format.documents {
      own.format = format
      let outcome =
        format == .json
        ? solveProblem(source, options: SolveOptions(own), loading: surroundings.readFile)
        : solution
      let answer = self.answer(outcome, name: source.name, own)
      if files.isEmpty {
        exhibit.messages = answer.messages
        exhibit.outcome = answer.outcome
      }
      if outcome.verdict == .unreadable { return exhibit }
      let file = "\(name).\(format.fileEnding)"
      if !write(Array(answer.text.utf8), to: "\(folder)/\(file)", &exhibit) { return exhibit }
      files.append((format.rawValue, file))
      if format == .latex, options.wantsPDF {
        switch surroundings.typeset(Array(answer.text.utf8)) {
        case .failure(let failure):
          exhibit.messages +=
            "\(name): no PDF: \(DisplayText.escaped(failure.reason, limit: 500))\n"
        case .success(let bytes):
          if !write(bytes, to: "\(folder)/\(name).pdf", &exhibit) { return exhibit }
          files.append(("pdf", "\(name).pdf"))
        }
      }
    }
    exhibit.entry = GalleryPage.Entry(document: solution.document, files: files)
    return exhibit
  }

  private func write(_ bytes: [UInt8], to path: String, _ exhibit: inout Exhibit) -> Bool {
    guard let problem = surroundings.writeFile(path, bytes, true) else { return true }
    exhibit.messages += "\(DisplayText.escaped(path, limit: 1000)): \(problem.reason)\n"
    exhibit.outcome = .unreadable
    return false
  }
}

/// Names for the files of a gallery, each once.
private struct GalleryNames {
  private var taken: Set<String> = ["index"]

  mutating func name(for path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    var stem = file
    if let dot = file.lastIndex(of: "."), dot != file.startIndex { stem = String(file[..<dot]) }
    var name = stem
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(stem)-\(number)"
      number += 1
    }
    return name
  }
}
