import NablaProblems
import Testing

@testable import NablaTool

private let sheet = """
  # Squares
  ```nabla
  scalar x
  L = x^2
  derive dL/dx
  ```
  """

/// Typesetting, watching and galleries, with a LaTeX and a file system of the test's own.
@Suite struct WritingTests {
  private final class World: @unchecked Sendable {
    var files: [String: [UInt8]]
    var folders: [String] = []
    var messages = ""
    var output = ""
    var typeset: [String] = []
    var marks: [String: Int] = [:]
    /// What happens while the command waits, first to last; then the watch ends.
    var events: [(World) -> Void] = []

    init(_ files: [String: String]) { self.files = files.mapValues { Array($0.utf8) } }

    func run(_ arguments: [String], hasLaTeX: Bool = true) -> Int32 {
      let surroundings = Surroundings(
        readFile: { path in
          self.files[path].map { .success($0) } ?? .failure(LoadFailure("no such file"))
        },
        writeFile: { path, bytes, _ in
          self.files[path] = bytes
          return nil
        },
        makeFolder: { path in
          self.folders.append(path)
          return nil
        },
        readLine: { nil },
        write: { channel, bytes in
          let text = String(decoding: bytes, as: UTF8.self)
          if channel == .output { self.output += text } else { self.messages += text }
          return nil
        },
        typeset: { latex in
          if !hasLaTeX { return .failure(LoadFailure("no LaTeX is installed")) }
          self.typeset.append(String(decoding: latex, as: UTF8.self))
          return .success(Array("%PDF".utf8))
        },
        mark: { path in
          self.files[path] == nil ? nil : FileMark(seconds: self.marks[path] ?? 0)
        },
        pause: {
          if self.events.isEmpty { return false }
          self.events.removeFirst()(self)
          return true
        })
      return LargeStack.run { Tool(surroundings).run(arguments) }
    }

    func text(_ path: String) -> String {
      String(decoding: files[path] ?? [], as: UTF8.self)
    }
  }

  @Test func `a PDF is named after the problem, one for each`() {
    let world = World(["a/first.md": sheet, "second.md": sheet])
    #expect(world.run(["solve", "a/first.md", "second.md", "--pdf"]) == 0)
    #expect(world.text("first.pdf") == "%PDF")
    #expect(world.text("second.pdf") == "%PDF")
    #expect(world.messages == "first.pdf is written\nsecond.pdf is written\n")
    #expect(world.typeset.allSatisfy { $0.hasPrefix("\\documentclass") })
  }

  @Test func `a PDF goes where --output says`() {
    let world = World(["first.md": sheet])
    #expect(world.run(["solve", "first.md", "--pdf", "-o", "out.pdf"]) == 0)
    #expect(world.text("out.pdf") == "%PDF")
    #expect(world.messages == "")
  }

  @Test func `without LaTeX it is said that there is none`() {
    let world = World(["first.md": sheet])
    #expect(world.run(["solve", "first.md", "--pdf"], hasLaTeX: false) == 2)
    #expect(world.messages == "nabla: no PDF: no LaTeX is installed\n")
  }

  @Test(
    arguments: [
      (["solve", "first.md", "--pdf", "--format", "html"], "--pdf is made of LaTeX"),
      (["solve", "first.md", "--pdf", "--fragment"], "--pdf typesets a whole document"),
      (["solve", "-", "--watch"], "--watch needs files"),
      (["solve", "first.md", "--watch", "--budget", "3"], "--watch runs until it is interrupted"),
      (["gallery", "first.md"], "name the folder"), (["gallery", "--output", "g"], "missing"),
    ])
  func `what does not go together is refused`(_ arguments: [String], _ message: String) {
    let world = World(["first.md": sheet])
    #expect(world.run(arguments) == 2)
    #expect(world.messages.contains(message), "\(world.messages)")
  }

  @Test func `a saved file is solved again, and one that is gone is waited for`() {
    let world = World(["first.md": sheet])
    world.events = [
      { _ in },
      { world in world.files["first.md"] = nil },
      { world in
        world.files["first.md"] = Array(sheet.replacing("x^2", with: "x^3").utf8)
        world.marks["first.md"] = 1
      },
    ]
    #expect(world.run(["solve", "first.md", "--watch", "--format", "plain"]) == 0)
    #expect(world.output.contains("dL/dx = 2*x"))
    #expect(world.output.contains("dL/dx = 3*x^2"))
    #expect(world.messages.split(separator: "\n").count == 2)
  }

  @Test func `a gallery holds every format and a page of links`() {
    let world = World(["a/first.md": sheet, "b/first.md": sheet])
    #expect(world.run(["gallery", "a/first.md", "b/first.md", "--output", "g", "--pdf"]) == 0)
    #expect(world.folders == ["g"])
    let page = world.text("g/index.html")
    for name in ["first", "first-2"] {
      for format in Format.documents {
        let file = "\(name).\(format.fileEnding)"
        #expect(world.files["g/" + file] != nil, "\(file)")
        #expect(page.contains("href=\"\(file)\""), "\(file)")
      }
      #expect(world.text("g/\(name).pdf") == "%PDF")
    }
  }
}
