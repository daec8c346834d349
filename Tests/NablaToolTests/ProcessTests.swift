import Foundation
import Testing

/// The built command, run as people run it.
@Suite struct ProcessTests {
  /// Beside the test bundle, where the package manager puts every product.
  private static let command: URL? = {
    var folders = [URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()]
    for argument in CommandLine.arguments where argument.contains(".xctest") {
      folders.append(URL(fileURLWithPath: argument).deletingLastPathComponent())
    }
    for bundle in Bundle.allBundles { folders.append(bundle.bundleURL.deletingLastPathComponent()) }
    folders.append(Bundle.main.bundleURL)
    for folder in folders {
      let file = folder.appendingPathComponent("nabla")
      if FileManager.default.isExecutableFile(atPath: file.path) { return file }
    }
    return nil
  }()

  private struct Result {
    var output: String
    var messages: String
    var status: Int32
  }

  private func run(_ arguments: [String], input: Data = Data(), in folder: URL? = nil) throws
    -> Result
  {
    let process = Process()
    let command: URL = try #require(Self.command)
    process.executableURL = command
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    let (entry, output, messages) = (Pipe(), Pipe(), Pipe())
    process.standardInput = entry
    process.standardOutput = output
    process.standardError = messages
    try process.run()
    try entry.fileHandleForWriting.write(contentsOf: input)
    try entry.fileHandleForWriting.close()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let errors = messages.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      output: String(decoding: text, as: UTF8.self),
      messages: String(decoding: errors, as: UTF8.self), status: process.terminationStatus)
  }

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nabla-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func `the command runs and gives its status`() throws {
    let good = try run(["evaluate", "x^2/3 + y", "x=1", "y=2/3"])
    #expect(good.output == "1\n")
    #expect(good.status == 0)
    #expect(try run(["derive", "x^2 = x^3"]).status == 1)
    #expect(try run(["nonsense"]).status == 2)
    #expect(try run(["evaluate", "exp(exp(exp(10)))"]).status == 3)
  }

  @Test func `a new file is written once and solves`() throws {
    try withFolder { folder in
      #expect(try run(["new", "sheet.md"], in: folder).status == 0)
      #expect(try run(["new", "sheet.md"], in: folder).status == 2)
      let solved = try run(["solve", "sheet.md", "-o", "sheet.txt"], in: folder)
      #expect(solved.output == "")
      #expect(solved.messages == "")
      #expect(solved.status == 0)
      let text = try String(contentsOf: folder.appendingPathComponent("sheet.txt"), encoding: .utf8)
      #expect(text.hasPrefix("A first sheet\n"))
    }
  }

  @Test(
    arguments: [
      ("text that is not UTF-8", Data([0xFF, 0xFE, 0x20]), "1:1: error: the text is not UTF-8"),
      (
        "a line of ten megabytes", Data("# t\n".utf8) + Data(repeating: 0x78, count: 10 << 20),
        "2:1: error: line 2 is longer than the limit"
      ),
      (
        "ten thousand brackets",
        Data("```nabla\nx = \(String(repeating: "(", count: 10_000))\n```".utf8),
        "2:262: error: nesting is deeper than the limit"
      ),
      (
        "ten thousand minus signs",
        Data("```nabla\nx = \(String(repeating: "-", count: 10_000))1\n```".utf8),
        "2:262: error: nesting is deeper than the limit"
      ),
      ("a zero byte", Data("```nabla\nscalar x\0\n```".utf8), "2:9: error: unexpected character"),
    ] as [(String, Data, String)])
  func `hostile files end in a message with a place`(
    _ name: String, _ bytes: Data, _ message: String
  ) throws {
    try withFolder { folder in
      try bytes.write(to: folder.appendingPathComponent("x.md"))
      for command in ["solve", "check"] {
        let result = try run([command, "x.md"], in: folder)
        #expect(result.messages.hasPrefix("x.md:" + message))
        #expect(result.status == 2)
      }
      let piped = try run(["solve", "-"], input: bytes)
      #expect(piped.messages.hasPrefix("standard input:" + message))
    }
  }

  @Test func `directories and missing files are told apart`() throws {
    try withFolder { folder in
      #expect(try run(["solve", "."], in: folder).messages == ".: error: it is a directory\n")
      #expect(
        try run(["solve", "x.md"], in: folder).messages
          == "x.md: error: no such file or directory\n")
      let unwritable = try run(["rules", "-o", "none/x"], in: folder)
      #expect(unwritable.messages == "nabla: none/x: no such file or directory\n")
      #expect(unwritable.status == 2)
    }
  }

  @Test func `a budget that runs out ends the run with status 4`() throws {
    try withFolder { folder in
      var sheet = "```nabla\nscalar x\n"
      for place in 1...40 {
        sheet += "L\(place) = sin(x*exp(x^\(place)))*log(1 + x^2)\nderive dL\(place)/dx\n"
      }
      try Data((sheet + "```\n").utf8).write(to: folder.appendingPathComponent("x.md"))
      let result = try run(["solve", "x.md", "--budget", "0.001"], in: folder)
      #expect(result.messages == "nabla: the budget of 0.001 s (--budget) ran out\n")
      #expect(result.output == "")
      #expect(result.status == 4)
    }
  }

  @Test func `lines are answered as they come`() throws {
    let result = try run(
      ["derive", "--lines"], input: Data("{\"expression\": \"x^2\", \"by\": \"x\"}\n\n{}".utf8))
    #expect(result.output.split(separator: "\n").count == 2)
    #expect(result.status == 3)
  }
}
