import NablaProblems

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Surroundings {
  /// The process's own files, environment and terminal.
  static func ofProcess() -> Surroundings {
    let input = InputLines()
    return Surroundings(
      environment: { name in getenv(name).map { String(cString: $0) } },
      readFile: { path in path == "-" ? readAll(STDIN_FILENO) : readFile(path) },
      writeFile: writeFile,
      makeFolder: makeFolder,
      readLine: { input.next() },
      write: { channel, bytes in writeAll(descriptor(channel), bytes) },
      isTerminal: { isatty(descriptor($0)) == 1 },
      terminalWidth: terminalWidth,
      seconds: seconds,
      random: { UInt64.random(in: .min ... .max) },
      typeset: LaTeXEngine.pdf,
      mark: { FileMark(of: $0) },
      pause: pauseBriefly,
      endAfter: Deadline.start)
  }

  /// Larger files are refused rather than read into memory.
  static let largestFile = 64 << 20

  private static func descriptor(_ channel: Channel) -> Int32 {
    channel == .output ? STDOUT_FILENO : STDERR_FILENO
  }

  private static func terminalWidth() -> Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func seconds() -> Double {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  // MARK: Reading

  static func readFile(_ path: String) -> Result<[UInt8], LoadFailure> {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return .failure(failure()) }
    defer { close(file) }
    return readAll(file)
  }

  private static func readAll(_ file: Int32) -> Result<[UInt8], LoadFailure> {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(file, &chunk, chunk.count)
      if count < 0 {
        if errno == EINTR { continue }
        return .failure(failure())
      }
      if count == 0 { return .success(bytes) }
      bytes += chunk.prefix(count)
      if bytes.count > largestFile {
        return .failure(LoadFailure("larger than the limit of \(largestFile >> 20) MB"))
      }
    }
  }

  // MARK: Writing

  static func writeFile(
    _ path: String, _ bytes: [UInt8], _ mayReplace: Bool
  ) -> LoadFailure? {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (mayReplace ? O_TRUNC : O_EXCL)
    let file = open(path, flags, 0o644)
    guard file >= 0 else { return failure() }
    let problem = writeAll(file, bytes)
    if close(file) != 0, problem == nil { return failure() }
    return problem
  }

  private static func makeFolder(_ path: String) -> LoadFailure? {
    if mkdir(path, 0o755) == 0 { return nil }
    guard errno == EEXIST else { return failure() }
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
      ? nil : LoadFailure("it is no folder")
  }

  private static func writeAll(_ file: Int32, _ bytes: [UInt8]) -> LoadFailure? {
    bytes.withUnsafeBytes { buffer in
      var start = 0
      while start < buffer.count, let base = buffer.baseAddress {
        let count = Swift.min(buffer.count - start, 1 << 20)
        let written = posixWrite(file, base + start, count)
        if written < 0 {
          if errno == EINTR { continue }
          // A reader that has seen enough is no mistake.
          return errno == EPIPE ? LoadFailure.closedPipe : failure()
        }
        start += written
      }
      return nil
    }
  }

  /// The reason of the last failed call, for what people meet often in plain words.
  private static func failure() -> LoadFailure {
    switch errno {
    case ENOENT: LoadFailure("no such file or directory")
    case EACCES, EPERM: LoadFailure("permission denied")
    case EISDIR: LoadFailure("it is a directory")
    case EEXIST: LoadFailure("it exists already")
    case ENOSPC: LoadFailure("no space is left")
    case let code: LoadFailure(String(cString: strerror(code)).lowercased())
    }
  }
}

/// `write(2)`, whose name the closure above takes.
private func posixWrite(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, bytes, count)
}

extension LoadFailure {
  /// Nobody reads what is written.
  static let closedPipe = LoadFailure("closed pipe")
}

/// Lines of standard input as they arrive.
private final class InputLines {
  private var bytes: [UInt8] = []
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  func next() -> [UInt8]? {
    while true {
      while searched < bytes.count {
        if bytes[searched] == 0x0A {
          let line = Array(bytes[start..<searched])
          searched += 1
          start = searched
          return line
        }
        searched += 1
      }
      if isAtEnd {
        if start == bytes.count { return nil }
        defer { start = bytes.count }
        return Array(bytes[start...])
      }
      bytes.removeFirst(start)
      searched -= start
      start = 0
      fill()
    }
  }

  private func fill() {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(STDIN_FILENO, &chunk, chunk.count)
    if count < 0, errno == EINTR { return }
    if count <= 0 || bytes.count > Surroundings.largestFile {
      isAtEnd = true
    } else {
      bytes += chunk.prefix(count)
    }
  }
}
