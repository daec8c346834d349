import NablaProblems

@testable import NablaTool

/// One run of the command among files that exist only in the test.
struct CommandRun {
  let output: String
  let messages: String
  let status: Int32
  /// The files after the run.
  let files: [String: String]

  init(
    _ arguments: [String], files: [String: String] = [:], input: String = "",
    environment: [String: String] = [:], terminalWidth: Int? = nil,
    outputFailure: LoadFailure? = nil
  ) {
    let world = World(files, input)
    let surroundings = Surroundings(
      environment: { environment[$0] },
      readFile: { path in
        if path == "-" { return .success(Array(input.utf8)) }
        guard let text = world.files[path] else { return .failure(LoadFailure("no such file")) }
        return .success(Array(text.utf8))
      },
      writeFile: { path, bytes, mayReplace in
        if !mayReplace, world.files[path] != nil { return LoadFailure("it exists already") }
        world.files[path] = String(decoding: bytes, as: UTF8.self)
        return nil
      },
      readLine: { world.nextLine() },
      write: { channel, bytes in
        if channel == .output {
          if let outputFailure { return outputFailure }
          world.output += bytes
        } else {
          world.messages += bytes
        }
        return nil
      },
      isTerminal: { $0 == .output && terminalWidth != nil },
      terminalWidth: { terminalWidth })
    status = LargeStack.run { Tool(surroundings).run(arguments) }
    output = String(decoding: world.output, as: UTF8.self)
    messages = String(decoding: world.messages, as: UTF8.self)
    self.files = world.files
  }

  private final class World: @unchecked Sendable {
    var files: [String: String]
    var output: [UInt8] = []
    var messages: [UInt8] = []
    private var lines: [[UInt8]]

    init(_ files: [String: String], _ input: String) {
      self.files = files
      lines = input.split(separator: "\n").reversed().map { Array($0.utf8) }
    }

    func nextLine() -> [UInt8]? { lines.popLast() }
  }
}
