import NablaNotation
import NablaProblems
import NablaRendering
import Testing

/// Claims by a letter each: + proved, - refuted, c refuted but carried, ? undecided,
/// l refuted but true by luck, w proved but not true.
private func submission(_ claims: String) -> MarkedSubmission {
  let lines = claims.map { _ in "= 1" }
  var maker = SubmissionMaker(named: "s.txt", lines)
  var part = MarkedSubmission.Part(heading: "")
  let one = Formula.number("1")
  for letter in claims {
    let verdict: ClaimVerdict =
      switch letter {
      case "+", "w": .proved
      case "?": .undecided
      default: .refuted
      }
    part.claims.append(
      maker.claim("= 1", one, one, verdict) {
        $0.carried = letter == "c" || letter == "w"
        if letter == "l" { $0.truth = .proved }
        if letter == "w" { $0.truth = .refuted }
      })
  }
  var marked = MarkedSubmission(maker.source)
  marked.parts = [part]
  return marked
}

// swift-format-ignore
private let awards: [(claims: String, halves: Int, steps: Int?, isCitable: Bool, award: String)] = [
  ("",      6, nil, false, "0 of 3: not found in the submission"),
  ("+",     6, nil, false, "3 of 3"),
  ("+++",   6, nil, false, "3 of 3"),
  ("+-+",   6, nil, false, "1½ of 3: the result is right; line 2 is wrong"),
  ("+-+",   5, nil, false, "1 of 2½: the result is right; line 2 is wrong"),
  ("++-",   6, nil, false, "0 of 3: the result in line 3 is wrong"),
  ("+-w",   6, nil, false, "0 of 3: the result in line 3 is wrong; line 2 is wrong"),
  ("++l",   6, nil, false, "1½ of 3: the result is right; line 3 is wrong"),
  ("++?",   6, nil, false, "0 of 3: the result in line 3 could not be judged"),
  ("+",     4, 2,   false, "1 of 2: no steps are shown"),
  ("+",     4, 2,   true,  "2 of 2"),
  ("-",     4, 2,   false, "0 of 2: the result in line 1 is wrong; no steps are shown"),
  ("++++",  4, 2,   false, "2 of 2"),
  ("+-++",  4, 2,   false, "1½ of 2: line 2 is wrong"),
  ("+-cw",  4, 2,   false, "½ of 2: the result in line 4 is wrong; line 2 is wrong"),
  ("+?++",  4, 2,   false, "1½ of 2: a step could not be judged"),
  ("+++-",  4, 2,   false, "½ of 2: the result in line 4 is wrong"),
  ("++",    4, 4,   false, "2 of 2"),
]

@Test(arguments: awards)
func `points are given by their rule`(
  claims: String, halves: Int, steps: Int?, isCitable: Bool, award: String
) throws {
  let rule = PointsRule(
    task: .name("z"), halves: halves, stepHalves: steps, isCitable: isCitable)
  let marked = submission(claims)
  let points = try #require(
    marked.awarded([rule], goals: marked.claims.map { _ in 0 }).first)
  var text =
    "\(PointsText.shown(points.earnedHalves)) of \(PointsText.shown(points.possibleHalves))"
  if !points.because.isEmpty { text += ": " + points.because }
  #expect(text == award)
}

@Test func `claims about other goals earn nothing here`() {
  let marked = submission("+-+")
  let rules = [1, 2].map { PointsRule(task: .name("z"), halves: 2 * $0) }
  let points = marked.awarded(rules, goals: [1, 1, 0])
  #expect(points.map { $0.earnedHalves } == [2, 0])
}
