import NablaExpressions
import NablaNotation
import NablaProblems
import NablaRendering
import NablaTestSupport
import Testing

private let network = """
  # Network
  nabla:
  scalar a, b
  index i, j, k = 1..N
  vector h[N], y[N]
  z = a^2*b
  P[j] = exp(h[j]) / sum(k, exp(h[k]))
  L = -sum(j, y[j] * log(P[j]))
  """

extension ReadProblem {
  fileprivate var goals: [String] {
    reading.problem.gradedGoals.map { goal in
      var text = pool.dump(goal.left)
      if let right = goal.right { text += " = " + pool.dump(right) }
      if let condition = goal.condition { text += " when " + pool.dump(condition) }
      switch goal.worth {
      case .citable: return text + ": citable"
      case .points(let halves, let steps):
        text += ": \(PointsText.shown(halves))"
        return steps.map { text + ", steps \(PointsText.shown($0))" } ?? text
      }
    }
  }
}

// swift-format-ignore
private let goals: [(statement: String, goal: String)] = [
  ("points 3 for dL/dh[i]",              "(d L h[i]): 3"),
  ("points 3 for dL/dh",                 "(d L h[i]): 3"),
  ("points 0.5 for z",                   "z: ½"),
  ("points 1.50 for P",                  "P[i]: 1½"),
  ("points 2 for dz/da = 2*a*b",         "(d z a) = (* 2 a b): 2"),
  ("points 2 for dP[j]/dh[i] steps 1",   "(d P[j] h[i]): 2, steps 1"),
  ("points 2 for dP[j]/dh[i] when i = j steps 0.5", "(d P[j] h[i]) when (= i j): 2, steps ½"),
  ("cite dP[j]/dh[i]",                   "(d P[j] h[i]): citable"),
  ("cite dz/da = 2*a*b when a > 0",      "(d z a) = (* 2 a b) when (> a 0): citable"),
]

@Test(arguments: goals)
func `what a result is worth is read`(statement: String, goal: String) {
  let read = ReadProblem(page(network + "\n" + statement))
  #expect(read.report == [])
  #expect(read.goals == [goal])
  #expect(read.tasks == [])
}

// swift-format-ignore
private let mistakes: [(statement: String, report: String)] = [
  ("points 0 for z",         "points: '0' is no number of points, expected whole or half points up to 1000"),
  ("points 0.25 for z",      "points: '0.25' is no number of points, expected whole or half points up to 1000"),
  ("points 1e2 for z",       "points: '1e2' is no number of points, expected whole or half points up to 1000"),
  ("points 1001 for z",      "points: '1001' is no number of points, expected whole or half points up to 1000"),
  ("points 99999999999999999999 for z", "points: '99999999999999999999' is no number of points, expected whole or half points up to 1000"),
  ("points 1 for z steps 2", "too-many-points: 2 of 1 points are for the steps, expected at most 1"),
  ("points 1 for q",         "unknown-name: unknown name 'q'"),
  ("points 1 for a < b",     "unsupported: an inequality was met, but only equations are understood here, expected A = B"),
]

@Test(arguments: mistakes)
func `points that cannot be given are told`(statement: String, report: String) {
  let read = ReadProblem(page(network + "\n" + statement))
  #expect(read.reading.diagnostics.map { "\($0.identifier): \($0.summary)" } == [report])
}

private let sheet = page(
  network + """

    derive dz/da
    points 2 for dz/da steps 1
    points 1.5 for dP[j]/dh[i] when i != j
    cite dz/db
    """)

@Test func `a write-up says what results are worth`() {
  let outcome = solveProblem(SourceText(name: "sheet.md", sheet))
  let lines = outcome.document.plain().split(separator: "\n").suffix(3).map { String($0) }
  #expect(
    lines == [
      "2 points for dz/da, 1 of them for the steps.",
      "1½ points for dP[j]/dh[i] where i != j.",
      "dz/db may be cited without proof.",
    ])
}

@Test func `a solution as JSON lists what results are worth`() {
  var options = SolveOptions()
  options.output = .json
  let outcome = solveProblem(SourceText(name: "sheet.md", sheet), options: options)
  guard case .array(let points)? = outcome.json["points"] else {
    Issue.record("no points")
    return
  }
  #expect(points.map { $0["points"] } == [.number("2"), .number("1.5"), nil])
  #expect(points.map { $0["steps"] } == [.number("1"), nil, nil])
  #expect(points.map { $0["citable"] } == [nil, nil, .bool(true)])
}
