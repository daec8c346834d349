import NablaNotation
import Testing

let softmaxProblem = """
  # Softmax with cross-entropy
  Recall the softmax layer and the cross-entropy loss, with $y$ one-hot.

  - a list
  - kept as it is

  ```nabla
  index i, j, k = 1..N
  vector h[N], y[N]
  P[j] = exp(h[j]) / sum(k, exp(h[k]))
  L = -sum(j, y[j] * log(P[j]))
  assume sum(j, y[j]) = 1              # y is one-hot
  ```

  ## T4. Prove that the derivative is P_i − y_i ##

  ```nabla
  derive dP[j]/dh[i]
  prove dL/dh[i] = P[i] - y[i]
  ```
  ```python
  # not a heading
  ```
  """

/// The file, an element a line and a statement a line.
private func dump(_ file: ProblemFileSyntax, _ source: SourceText) -> [String] {
  var lines: [String] = []
  for element in file.elements {
    switch element {
    case .heading(let heading): lines.append("h\(heading.level) \(heading.text)")
    case .prose(let prose): lines.append("prose \(prose.text)")
    case .code(let code): lines.append("code \(code.text)")
    case .block(let block):
      lines.append("block")
      lines += block.statements.map { "  " + $0.syntax.dump }
    }
  }
  return lines + file.diagnostics.map { describe($0, source) }
}

@Suite struct ProblemFileTests {
  private func read(_ text: String) -> [String] {
    let source = SourceText(name: "x.md", text)
    return dump(ProblemFileSyntax(source), source)
  }

  @Test func `a page is cut into headings, prose, code and blocks`() {
    #expect(
      read(softmaxProblem) == [
        "h1 Softmax with cross-entropy",
        "prose Recall the softmax layer and the cross-entropy loss, with $y$ one-hot.",
        "prose - a list\n- kept as it is",
        "block",
        "  index i,j,k=1..N",
        "  vector h[N]; vector y[N]",
        "  define P[j] := (* (call exp (index h j)) / (sum (k) (call exp (index h k))))",
        "  define L := (- (sum (j) (* (index y j) * (call log (index P j)))))",
        "  assume (= (sum (j) (index y j)) 1)",
        "h2 T4. Prove that the derivative is P_i − y_i",
        "block",
        "  derive (d (index P j) (index h i))",
        "  prove (d L (index h i)) = (+ (index P i) (- (index y i)))",
        "code ```python\n# not a heading\n```",
      ])
  }

  @Test func `carriage returns and a byte order mark do not matter`() {
    let text =
      "\u{FEFF}"
      + softmaxProblem.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "\r\n")
    #expect(read(text) == read(softmaxProblem))
  }

  @Test func `statement ranges hold the statement without its comment`() {
    let source = SourceText(name: "x.md", softmaxProblem)
    let texts = ProblemFileSyntax(source).elements.flatMap { element -> [String] in
      guard case .block(let block) = element else { return [] }
      return block.statements.map { source.text(in: $0.range) }
    }
    #expect(texts.dropFirst(4).first == "assume sum(j, y[j]) = 1")
  }

  @Test func `names defined below are known above`() {
    #expect(
      read("```nabla\nderive dz/dx\n```\n```nabla\nz = x\nscalar x\n```") == [
        "block", "  derive (d z x)", "block", "  define z := x", "  scalar x",
      ])
  }

  @Test func `names of used files are known too`() {
    let outline = ProblemFileOutline(SourceText(name: "x", "```nabla\nuse c.md\nderive dz/dx\n```"))
    #expect(outline.usedFiles.map(\.text) == ["c.md"])
    let file = outline.parsed(knowing: known("z x"))
    #expect(dump(file, outline.source) == ["block", "  use <c.md>", "  derive (d z x)"])
  }

  @Test func `several mistakes are reported and the rest is read`() {
    #expect(
      read("```nabla\nz = 2x\nw = $\nv = (1\nderve z\nu = 1\n```") == [
        "block", "  define u := 1",
        "juxtaposition 14-15: juxtaposition is not multiplication; did you mean '2*x'?",
        "unexpected-character 20-21: unexpected character '$'",
        "unclosed-bracket 26-27: '(' is never closed",
        "unknown-statement 29-34: unknown statement 'derve'; did you mean 'derive'?",
      ])
  }

  @Test func `at most twenty mistakes are reported`() {
    let lines = Array(repeating: "z = (", count: 1000).joined(separator: "\n")
    let file = ProblemFileSyntax(SourceText(name: "x", "```nabla\n\(lines)\n```"))
    #expect(file.diagnostics.count == 20)
  }

  @Test func `an unclosed block is reported and read`() {
    #expect(
      read("~~~ nabla\nz = 1\n") == [
        "block", "  define z := 1",
        "unclosed-block 0-9: the block is never closed, expected a line of three backticks",
      ])
  }

  @Test func `an answer runs to the end of its block`() {
    #expect(
      read("```nabla\nz = 1\nanswer It is\n\n- so.\n```\nafter") == [
        "block", "  define z := 1", "  answer <It is\n\n- so.>", "prose after",
      ])
  }

  @Test func `a text that is not UTF-8 is refused with the byte`() {
    let source = SourceText(name: "x", bytes: Array("# a\n".utf8) + [0xFF])
    #expect(
      dump(ProblemFileSyntax(source), source) == [
        "invalid-utf8 4-5: the text is not UTF-8 at byte 4"
      ])
  }
}
