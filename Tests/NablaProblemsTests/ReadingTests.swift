import NablaExpressions
import NablaNotation
import NablaProblems
import NablaTestSupport
import Testing

private let softmax = page(
  """
  # Softmax with cross-entropy
  Recall the softmax layer, with $y$ one-hot.

  nabla:
  index i, j, k = 1..N
  vector h[N], y[N]
  P[j] = exp(h[j]) / sum(k, exp(h[k]))
  L = -sum(j, y[j] * log(P[j]))
  assume sum(j, y[j]) = 1              # y is one-hot

  ## T4. Prove it

  nabla:
  derive dP[j]/dh[i]
  prove dL/dh[i] = P[i] - y[i]

  ```python
  print(1)
  ```
  """)

@Test func `a problem file keeps the order of the page`() {
  let read = ReadProblem(softmax)
  #expect(read.report == [])
  #expect(read.reading.problem.title == "Softmax with cross-entropy")
  let elements = read.reading.problem.elements.map { element in
    switch element {
    case .heading(let level, let text): "heading \(level) \(text)"
    case .prose(let text): "prose \(text)"
    case .code(let text): "code \(text.count)"
    case .statements(let facts, _): "\(facts.count) statements"
    case .task(let task): "task \(task.text)"
    case .graded(let goal): "graded \(goal.text)"
    case .answer(let text): "answer \(text)"
    }
  }
  #expect(
    elements == [
      "heading 1 Softmax with cross-entropy",
      "prose Recall the softmax layer, with $y$ one-hot.",
      "5 statements",
      "heading 2 T4. Prove it",
      "task derive dP[j]/dh[i]",
      "task prove dL/dh[i] = P[i] - y[i]",
      "code 22",
    ])
}

@Test func `a task knows its heading and what is assumed`() {
  let read = ReadProblem(softmax)
  let tasks = read.reading.problem.tasks
  #expect(tasks.map { $0.heading } == ["T4. Prove it", "T4. Prove it"])
  #expect(
    tasks.map { $0.scope.assumptions.map { $0.text } } == [
      ["sum(j, y[j]) = 1"], ["sum(j, y[j]) = 1"],
    ])
}

private let network = """
  nabla:
  dimension D, H
  index i, j = 1..H
  index n = 1..D
  vector x[D], h[H], q[Q]
  matrix W[H, D]
  scalar a, b
  class y = 1..H
  function f
  P[j] = exp(h[j])/sum(i, exp(h[i]))
  z = a^2*b
  L = -log(P[y])
  """

// swift-format-ignore
private let tasks: [(statement: String, task: String)] = [
  ("forward z",                     "forward z"),
  ("forward z, P to 2 decimals",    "forward z, P[…] to 2"),
  ("forward P[1]",                  "forward P[1]"),
  ("derive dz/da",                  "derive z by a: (d z a)"),
  ("derive d^2z/dadb",              "derive z by a, b: (d z a b)"),
  ("derive a^2 by a",               "derive (^ a 2) by a: (d (^ a 2) a)"),
  ("derive dL/dh[i]",               "derive L by h[i]: (d L h[i])"),
  ("derive dP[j]/dh[i] when i = j", "derive P[j] by h[i]: (d P[j] h[i]) when (= i j)"),
  ("derive dL/dh",                  "derive L by h[i](h): (d L h[i])"),
  ("derive dP/dh",                  "derive P[i] by h[j](h): (d P[i] h[j])"),
  ("derive dP[i]/dh",               "derive P[i] by h[j](h): (d P[i] h[j])"),
  ("derive z = a*a*b",              "prove z = (* a a b)"),
  ("gradient z by a, b",            "gradient z by a, b"),
  ("gradient L by h as elementwise, matrix", "gradient L by h[i](h) as elementwise, matrix"),
  ("gradient L by W, h[1]",         "gradient L by W[i,n](W), h[1]"),
  ("gradient P[i] by h",            "gradient P[i] by h[j](h)"),
  ("gradient a*sum(i, h[i]) by q",  "gradient (* a (sum 1..H h[#0.0])) by q[k](q)"),
  ("jacobian P by h",               "jacobian P[i](P) by h[j](h)"),
  ("jacobian P[1] by a, h",         "jacobian P[1] by a, h[i](h)"),
  ("hessian L by h",                "hessian L by h[i](h) and h[j](h)"),
  ("hessian z by a, b",             "hessian z by a, b and a, b"),
  ("prove dL/dh[i] = P[i] - delta(i, y)", "prove (d L h[i]) = (+ P[i] (- (delta i y)))"),
  ("prove dP[j]/dh[i] = 0 when i != j and a > 0", "prove (d P[j] h[i]) = 0 when (and (!= i j) (> a 0))"),
  ("expect dz/da = -0.20",          "expect (d z a) = (- 1/5) as -0.20"),
  ("expect dz/da = 2*a*b exactly",  "expect (d z a) = (* 2 a b) exactly"),
  ("expect dP[j]/dh[i] = 0 when i != j", "expect (d P[j] h[i]) = 0 as 0 when (!= i j)"),
  ("shapes z, P",                   "shapes z, P"),
  ("parameters W, h",               "parameters W, h"),
  ("train 3 steps of W on L with rate 0.5", "train 3 of W on L with 1/2 summing"),
  ("train 1 step of a on z with rate b over b = h one by one", "train 1 of a on z with b, b from h oneByOne"),
  ("expect z before step 2 = 1",    "expect z before 2"),
  ("expect W after step 1 = [1; 2]", "expect W after 1"),
  ("plot sigmoid(t) for t in -6..6", "plot (sigmoid t) for t in -6.0...6.0"),
  ("plot z for a in 0..2, y in -1..1", "plot z for a in 0.0...2.0, y in -1.0...1.0"),
  ("graph z",                       "graph z by "),
  ("graph L by h",                  "graph L by h[i]"),
]

@Test(arguments: tasks)
func `a task is read`(statement: String, task: String) {
  let read = ReadProblem(page(network + "\n" + statement))
  #expect(read.report == [])
  #expect(read.tasks == [task])
}

// swift-format-ignore
private let mistakes: [(statement: String, report: String)] = [
  ("gradient P by h",        "gradient-of-array: a gradient is of a scalar, and 'P' is a vector or matrix, expected a component, or 'jacobian P by …'"),
  ("plot a for a in 6..-6",  "reversed-range: the range runs from the larger number to the smaller, expected the smaller number first"),
  ("plot a for a in 1..1",   "empty-range: the range has no length"),
  ("plot a for z in 0..1",   "not-an-input: 'z' is defined by other quantities, expected a scalar that is given, or a new name"),
  ("plot a for a in 0..b",   "expected-number: an axis ends at a number of at most 10^9, expected a number such as -6"),
  ("graph a",                "not-defined: the graph of a computation ends in a quantity that is defined by others, expected the name of a definition"),
  ("gradient z by i",        "not-a-variable: there is no derivative by an index, expected a scalar or a component such as h[i]"),
  ("gradient z by f",        "function-without-arguments: the function 'f' has no arguments, expected 'f(…)'"),
  ("derive a^2",             "expected-derivative: nothing says what to differentiate by, expected a derivative such as dL/dx, or 'by' and a name"),
  ("derive a = b by a",      "misplaced-variable: a relation is not differentiated, expected a single expression before 'by'"),
  ("train 1 step of z on z with rate 1", "not-an-input: 'z' is defined by other quantities, expected a declared name"),
  ("train 1 step of Q on z with rate 1", "not-a-quantity: 'Q' is not a scalar, vector or matrix"),
  ("train 1 step of a on z with rate 1 over h = q", "sample-shape: 'h' is a vector, so its samples are the rows of a matrix"),
  ("train 1 step of a on z with rate 1 suming", "unknown-mode: unknown mode 'suming'; did you mean 'summing'?"),
  ("train 1 step of a on z", "expected-word: unexpected end, expected 'with'"),
  ("expect a < b",            "unsupported: an inequality was met, but only equations are understood here, expected A = B"),
  ("prove z = zz",           "unknown-name: unknown name 'zz'; did you mean 'z'?"),
  ("prove dL/dh = 1",        "shape-mismatch: 'dL/dh' is a vector of H and '1' is a scalar, expected sides of one shape"),
  ("forward zz",             "unknown-name: unknown name 'zz'; did you mean 'z'?"),
  ("derive dz/da when a",    "value-as-condition: a value stands where a condition is needed, expected a comparison such as x > 0"),
]

@Test(arguments: mistakes)
func `a task that makes no sense is refused`(statement: String, report: String) {
  let read = ReadProblem(page(network + "\n" + statement))
  #expect(
    read.report.map { $0.split(separator: " ").dropFirst().joined(separator: " ") } == [report])
}

@Test func `a written answer ends its block`() {
  let read = ReadProblem(page("# T2\n\nnabla:\nscalar x\nanswer: Because *it* is.\nSecond line."))
  #expect(read.report == [])
  guard case .answer(let text) = read.reading.problem.elements.last else {
    Issue.record("the last element is no answer")
    return
  }
  #expect(text == "Because *it* is.\nSecond line.")
}

@Test func `mistakes come in the order of the file`() {
  let read = ReadProblem(
    page(
      "# A\n\nnabla:\nprove a = b\nscalar a\nz = foo\nL = )\n\n## B\n\nnabla:\nforward q\nforward L"
    ))
  #expect(
    read.report == [
      "4:11 unknown-name: unknown name 'b'",
      "6:5 unknown-name: unknown name 'foo'",
      "7:5 unopened-bracket: ')' has no opening bracket",
      "13:9 unknown-name: unknown name 'q'",
    ])
}

@Test func `an empty file is an empty problem`() {
  let read = ReadProblem("")
  #expect(read.report == [])
  #expect(read.reading.problem.elements.isEmpty)
}
