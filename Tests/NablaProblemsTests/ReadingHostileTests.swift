import NablaNotation
import NablaProblems
import Testing

private let sample = page(
  """
  # Sheet

  nabla:
  dimension D = 3
  index i, j, k = 1..N
  class t = 1..N
  vector h[N], y[N] one-hot
  matrix W[D, N]
  function f
  P[j] = exp(h[j])/sum(k != i, f'(h[k])) + 1[i = j]
  L = -log(P[t])*piecewise(h[1] > 0: 2, else: W[1, t])
  at h = [1, 2], t = 2, y = onehot(1)
  assume sum(j, y[j]) = 1
  convention ReLU'(0) = 0
  write h as \\hat h

  ## Tasks

  nabla:
  use other.md
  derive dP[j]/dh[i] when i != j
  gradient L by W, h as matrix
  jacobian P by h
  hessian L by h
  expect dL/dh[1] = -0.25 exactly
  forward L to 3 decimals
  """)

@Test func `a damaged file is read without a trap`() {
  var generator = ReadingGenerator(state: 7)
  let alphabet = Array("()[]=+-*/^',.;:!<>#\n 019abhijkNPWL_dt\"`".utf8)
  for round in 0..<400 {
    var bytes = Array(sample.utf8)
    for _ in 0...(round % 4) {
      let place = Int(generator.next() % UInt64(bytes.count))
      let byte = alphabet[Int(generator.next() % UInt64(alphabet.count))]
      switch generator.next() % 3 {
      case 0: bytes[place] = byte
      case 1: bytes.insert(byte, at: place)
      default: bytes.remove(at: place)
      }
    }
    let read = ReadProblem(
      String(decoding: bytes, as: UTF8.self), files: ["other.md": sample])
    let size = read.source.bytes.count
    for diagnostic in read.reading.diagnostics where diagnostic.file == nil {
      let range = diagnostic.range
      #expect(range.lower >= 0 && range.lower <= range.upper && range.upper <= size)
    }
    #expect(read.reading.diagnostics.count <= ProblemReading.mostDiagnostics)
  }
}

@Test func `a file with more mistakes than are shown is read no further`() {
  let sections = (0..<100).map { "# S\($0)\n\nnabla:\nz = foo\($0)\n" }
  let read = ReadProblem(page(sections.joined(separator: "\n")))
  #expect(read.reading.diagnostics.count == ProblemReading.mostDiagnostics)
}

@Test func `many files that use one another are refused`() {
  var files: [String: String] = [:]
  for number in 0..<200 { files["f\(number).md"] = page("nabla:\nuse f\(number + 1).md") }
  let read = ReadProblem(page("nabla:\nuse f0.md"), files: files)
  #expect(read.reading.diagnostics.map { $0.identifier } == ["too-many-files"])
}

/// A small generator whose numbers depend on its seed alone.
private struct ReadingGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
