import NablaNotation

extension Options {
  /// A PDF is made of a whole LaTeX document.
  mutating func settlePDF(for command: Command) throws(UsageError) {
    guard wantsPDF, command.formats.count > 1 else { return }
    if format != .terminal, format != .latex {
      throw UsageError("--pdf is made of LaTeX, so it does not go with --format \(format.rawValue)")
    }
    if isFragment { throw UsageError("--pdf typesets a whole document, so it takes no --fragment") }
    if readsLines { throw UsageError("--pdf does not go with --lines") }
    format = .latex
  }
}

extension Tool {
  /// `sheets/first.md` is typeset into `first.pdf`, where the command runs.
  static func pdfName(for file: String) -> String {
    if file == "-" { return "solution.pdf" }
    let name = file.split(separator: "/").last.map(String.init) ?? file
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name + ".pdf" }
    return String(name[..<dot]) + ".pdf"
  }

  /// Typesets LaTeX and writes the PDF.
  func deliverPDF(of latex: String, to path: String) -> Int32 {
    switch surroundings.typeset(Array(latex.utf8)) {
    case .failure(let failure):
      message("nabla: no PDF: \(DisplayText.escaped(failure.reason, limit: 1000))\n")
      return ExitStatus.usage
    case .success(let bytes):
      let problem =
        path == "-"
        ? surroundings.write(.output, bytes) : surroundings.writeFile(path, bytes, true)
      guard let problem, problem != .closedPipe else { return ExitStatus.success }
      message("nabla: \(DisplayText.escaped(path, limit: 1000)): \(problem.reason)\n")
      return ExitStatus.usage
    }
  }
}
