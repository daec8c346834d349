import NablaExpressions
import NablaNotation
import NablaProblems
import NablaTestSupport
import Testing

extension ReadProblem {
  /// The value that the task numbered from 0 gives to a name.
  fileprivate func value(of name: String, inTask number: Int) -> String? {
    let tasks = reading.problem.tasks
    guard number < tasks.count, let symbol = tasks[number].scope.names[name],
      let value = tasks[number].scope.values[symbol]
    else { return nil }
    return value.rows.map { $0.map { pool.dump($0) }.joined(separator: " ") }.joined(
      separator: "; ")
  }

  /// What stands for a name in the task numbered from 0.
  fileprivate func body(of name: String, inTask number: Int) -> String? {
    let tasks = reading.problem.tasks
    guard number < tasks.count, let symbol = tasks[number].scope.names[name] else { return nil }
    return tasks[number].scope.definitions[symbol].map { pool.dump($0.body) }
  }
}

@Test func `a block sees its own heading and those that enclose it`() {
  let read = ReadProblem(
    page(
      """
      # Sheet

      nabla:
      scalar a

      ## One

      nabla:
      b = 2*a
      forward b

      ## Two

      nabla:
      forward b
      """))
  #expect(read.tasks == ["forward b"])
  #expect(read.report == ["17:9 unknown-name: unknown name 'b'"])
}

@Test func `definitions of all blocks under one heading are seen by each of them`() {
  let read = ReadProblem(
    page("# Sheet\n\nnabla:\nforward z\n\nMore.\n\nnabla:\nz = 2*a\n\nnabla:\nscalar a"))
  #expect(read.report == [])
  #expect(read.body(of: "z", inTask: 0) == "(* 2 a)")
}

@Test func `a deeper heading may redefine, and what stands above keeps its meaning`() {
  let read = ReadProblem(
    page(
      """
      # Sheet

      nabla:
      scalar a
      b = a + 1
      c = 2*b

      ## Deeper

      nabla:
      b = a^2
      prove b = c

      ## Elsewhere

      nabla:
      forward b
      """))
  #expect(read.report == [])
  #expect(read.body(of: "b", inTask: 0) == "(^ a 2)")
  #expect(read.body(of: "b", inTask: 1) == "(+ a 1)")
  let scopes = read.reading.problem.tasks.map { $0.scope }
  let outer = scopes[1].names["b"]
  #expect(scopes[0].names["b"] != outer)
  let body = scopes[0].names["c"].flatMap { scopes[0].definitions[$0]?.body }
  guard let body, let outer else {
    Issue.record("c is not defined")
    return
  }
  #expect(read.pool.symbolsOccurring(in: [body]) == [outer])
}

@Test func `values and assumptions last to the end of their heading`() {
  let read = ReadProblem(
    page(
      """
      # Sheet

      nabla:
      scalar x

      ## One

      nabla:
      at x = 1
      assume x > 0
      forward x

      ### Deeper

      nabla:
      forward x

      ## Two

      nabla:
      forward x
      """))
  #expect(read.report == [])
  #expect((0..<3).map { read.value(of: "x", inTask: $0) } == ["1", "1", nil])
  #expect(read.reading.problem.tasks.map { $0.scope.assumptions.count } == [1, 1, 0])
}

@Test func `a second value under one heading holds from where it stands`() {
  let read = ReadProblem(
    page("nabla:\nforward x\nat x = 1\nforward x\nat x = 2\nforward x"))
  #expect(read.report == [])
  #expect((0..<3).map { read.value(of: "x", inTask: $0) } == ["1", "1", "2"])
}

@Test func `a deeper value may have another size`() {
  let read = ReadProblem(
    page(
      """
      # Sheet

      nabla:
      vector h[N], g[N]
      at h = [1, 2]
      forward h

      ## Larger

      nabla:
      at h = [1, 2, 3]
      forward h
      """))
  #expect(read.report == [])
  #expect((0..<2).map { read.value(of: "N", inTask: $0) } == ["2", "3"])
}

// MARK: Used files

private let common = page("# Common\n\nnabla:\nindex i, j = 1..N\nvector h[N]\nL = sum(i, h[i]^2)")

@Test func `a used file's statements are taken in`() {
  let read = ReadProblem(
    page("# A\n\nnabla:\nuse common.md\nderive dL/dh[j]"), files: ["common.md": common])
  #expect(read.report == [])
  #expect(read.tasks == ["derive L by h[j]: (d L h[j])"])
}

@Test func `a file used twice is taken in once`() {
  let read = ReadProblem(
    page("# A\n\nnabla:\nuse a.md\nuse b.md\nforward z"),
    files: [
      "a.md": page("nabla:\nuse sub/c.md\ny = x"), "b.md": page("nabla:\nuse sub/c.md\nz = x"),
      "sub/c.md": page("nabla:\nscalar x"),
    ])
  #expect(read.report == [])
}

@Test func `mistakes of a used file name it`() {
  let read = ReadProblem(
    page("nabla:\nuse sub/common.md\nforward q"),
    files: ["sub/common.md": page("nabla:\nz = foo\nw = (")])
  #expect(
    read.report == [
      "3:9 unknown-name: unknown name 'q'",
      "sub/common.md 2:5 unknown-name: unknown name 'foo'",
      "sub/common.md 3:5 unclosed-bracket: '(' is never closed",
    ])
}

@Test func `a file that cannot be had is told at its place`() {
  let read = ReadProblem(page("nabla:\nuse missing.md"))
  #expect(read.report == ["2:5 unreadable-file: 'missing.md' could not be read: no such file"])
}

@Test func `files that use each other are refused`() {
  let read = ReadProblem(
    page("nabla:\nuse a.md"),
    files: ["a.md": page("nabla:\nuse b.md\nscalar x"), "b.md": page("nabla:\nuse a.md")])
  #expect(read.report == ["b.md 2:5 circular-use: 'a.md' is used by a file that it uses"])
}

@Test func `a file that uses itself is refused`() {
  let read = ReadProblem(page("nabla:\nuse ./problem.md"))
  #expect(read.report == ["2:5 circular-use: the file uses itself"])
}
