import NablaNotation
import Testing

private let corpus: [String] = [
  softmaxProblem,
  """
  # x
  ```nabla
  dimension N, K = 3
  class y = 1..K
  scalar a, b in (0, 1] positive, c
  matrix W[D, H] symmetric, b[1, H]
  function f1(x), f2
  ŷ = σ(W' * x² + δ_ij) ⊙ Σ_{k != i} h[k] − [0.4, 0.6; 0.3, 0.9]
  g(x, t) = piecewise(x > 0: f1''(x), not x = t or 1 < x: -x^2, else: 1[x != 0])
  write w1 as w^{(1)}
  convention ReLU'(0) = 0
  at W = [1, 2], t = onehot(3)
  forward z to 2 decimals
  gradient L by w1, b1 as elementwise, matrix
  hessian L by h
  expect d^2L/dh[i]dh[j] = diff(f, x, 2) exactly when i != j
  points 3 for ∂L/∂a
  use common.md
  plot sigmoid(x) for x in -6..6
  answer a
  b
  ```
  """,
]

@Suite struct HostileInputTests {
  /// A copy with a few bytes changed, removed, inserted or repeated.
  private func mutated(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...6, using: &generator) {
      guard !bytes.isEmpty else { return bytes }
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes.remove(at: place)
      case 2:
        let common = Array("()[]{}'^*+-=,;:.#d`\n²Σδ∂".utf8)
        bytes.insert(common[Int.random(in: 0..<common.count, using: &generator)], at: place)
      case 3:
        let upper = min(bytes.count, place + Int.random(in: 0...20, using: &generator))
        let target = Int.random(in: 0...bytes.count, using: &generator)
        bytes.insert(contentsOf: Array(bytes[place..<upper]), at: target)
      default: bytes.removeSubrange(place..<min(bytes.count, place + 7))
      }
    }
    return bytes
  }

  @Test func `every diagnostic of a damaged file lies in the file and can be shown`() {
    for seed in 0..<3000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = corpus[seed % corpus.count]
      let source = SourceText(name: "x", bytes: mutated(Array(text.utf8), &generator))
      for diagnostic in ProblemFileSyntax(source).diagnostics {
        let isInside =
          0 <= diagnostic.range.lower && diagnostic.range.lower <= diagnostic.range.upper
          && diagnostic.range.upper <= source.bytes.count
        #expect(isInside, "seed \(seed): \(diagnostic)")
        let shown = diagnostic.formatted(in: source)
        #expect(!shown.utf8.contains { $0 < 0x20 && $0 != 0x0A }, "seed \(seed)")
      }
    }
  }

  @Test func `every part of a damaged file lies in the file`() {
    for seed in 10_000..<12_000 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let text = corpus[seed % corpus.count]
      let source = SourceText(name: "x", bytes: mutated(Array(text.utf8), &generator))
      for case .block(let block) in ProblemFileSyntax(source).elements {
        for statement in block.statements {
          let isInside =
            block.range.lower <= statement.range.lower
            && statement.range.lower <= statement.range.upper
            && statement.range.upper <= block.range.upper
          #expect(isInside, "seed \(seed): \(statement.syntax.dump)")
        }
      }
    }
  }

  @Test func `bytes at random are answered`() {
    for seed in 0..<500 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let noise = (0..<200).map { _ in UInt8.random(in: 0...127, using: &generator) }
      let fenced = Array("```nabla\n".utf8) + noise + Array("\n```".utf8)
      let file = ProblemFileSyntax(SourceText(name: "x", bytes: fenced))
      #expect(!file.elements.isEmpty, "seed \(seed)")
    }
  }

  @Test(arguments: [
    "d[", "dL[", "dL/dh[", "f(", "P[j] = (", "x = [", "Σ_{", "δ_{", "d^2", "use ", "write ",
    "answer", "a = b +\n", "'", "```nabla\n", "∂", "²", "piecewise(", "in (", "index i, ",
  ])
  func `twenty thousand repetitions are answered`(_ piece: String) {
    let repeated = String(repeating: piece, count: 20_000)
    for prefix in ["", "z = ", "derive "] {
      let source = SourceText(name: "x", "```nabla\n\(prefix)\(repeated)\n```")
      let file = ProblemFileOutline(source).parsed(knowing: known("L h"))
      #expect(file.diagnostics.count <= ProblemFileSyntax.mostDiagnostics)
    }
  }

  @Test func `a page of a hundred thousand statements is read whole`() {
    let lines = Array(repeating: "z = a*b + sin(x)^2", count: 100_000).joined(separator: "\n")
    let file = ProblemFileSyntax(SourceText(name: "x", "```nabla\n\(lines)\n```"))
    guard case .block(let block)? = file.elements.first else {
      Issue.record("no block")
      return
    }
    #expect(block.statements.count == 100_000)
  }
}
