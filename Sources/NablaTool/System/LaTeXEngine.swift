import NablaProblems

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Typesets documents with a LaTeX that is installed.
///
/// It runs in a folder of its own, without a shell, and may read and write nothing outside.
enum LaTeXEngine {
  /// The programs that will do, the best first.
  private static let names = ["pdflatex", "lualatex", "xelatex"]

  /// Longer runs are ended.
  private static let limit = 120.0

  /// The PDF of a LaTeX document, or why there is none.
  static func pdf(of latex: [UInt8]) -> Result<[UInt8], LoadFailure> {
    guard let program = installed() else {
      return .failure(
        LoadFailure(
          "no LaTeX is installed (looked for \(names.joined(separator: ", ")) on the PATH); "
            + "'--format latex' writes the source, '--format html' a page that browsers print"))
    }
    var template = Array("\(temporaryFolder)/nabla.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      return .failure(LoadFailure("no folder for temporary files could be made"))
    }
    let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    defer { remove(folder) }
    if let problem = Surroundings.writeFile("\(folder)/write-up.tex", latex, true) {
      return .failure(problem)
    }
    // The second pass is for what the first one only measures.
    for _ in 0..<2 {
      let status = run(
        program,
        [
          "-no-shell-escape", "-interaction=nonstopmode", "-halt-on-error",
          "-output-directory=\(folder)", "\(folder)/write-up.tex",
        ], in: folder)
      let log = text(of: "\(folder)/write-up.log")
      if status != 0 { return .failure(LoadFailure(reason(status, log, program))) }
      if !log.contains("Rerun to get") { break }
    }
    return Surroundings.readFile("\(folder)/write-up.pdf")
  }

  private static var temporaryFolder: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  private static func installed() -> String? {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    for name in names {
      for folder in path.split(separator: ":") where access("\(folder)/\(name)", X_OK) == 0 {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }

  private static func text(of path: String) -> String {
    guard case .success(let bytes) = Surroundings.readFile(path) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The first error of a log, or how the program ended.
  private static func reason(_ status: Int32?, _ log: String, _ program: String) -> String {
    guard let status else { return "\(program) took longer than \(Int(limit)) s and was ended" }
    for line in log.split(separator: "\n") where line.hasPrefix("!") {
      return "\(program) stopped: \(line.dropFirst().prefix(200))"
    }
    return "\(program) ended with status \(status)"
  }

  /// Runs a program without input and output; nil if it took too long.
  private static func run(
    _ program: String, _ arguments: [String], in folder: String
  ) -> Int32? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var words = ([program] + arguments).map { strdup($0) } + [nil]
    var settings = environment(folder).map { strdup($0) } + [nil]
    defer {
      for word in words + settings { free(word) }
    }
    var process = pid_t()
    guard posix_spawn(&process, program, &actions, nil, &words, &settings) == 0 else { return 127 }
    return wait(for: process)
  }

  /// The settings of this process, and those that keep TeX within its folder.
  private static func environment(_ folder: String) -> [String] {
    var settings = [
      "openin_any=p", "openout_any=p", "TEXMFOUTPUT=\(folder)", "max_print_line=1000",
    ]
    for name in ["PATH", "HOME", "LANG", "TEXMFHOME", "TEXMFVAR", "TEXINPUTS"] {
      if let value = getenv(name) { settings.append("\(name)=\(String(cString: value))") }
    }
    return settings
  }

  private static func wait(for process: pid_t) -> Int32? {
    var status: Int32 = 0
    var waited = 0.0
    while waitpid(process, &status, WNOHANG) == 0 {
      if waited > limit {
        kill(process, SIGKILL)
        waitpid(process, &status, 0)
        return nil
      }
      usleep(20_000)
      waited += 0.02
    }
    let isNormal = status & 0x7F == 0
    return isNormal ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  private static func remove(_ folder: String) {
    guard let directory = opendir(folder) else { return }
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: entry.pointee.d_name) { start in
        start.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { unlink("\(folder)/\(name)") }
    }
    closedir(directory)
    rmdir(folder)
  }
}
