import Foundation
import NablaExpressions
import NablaNotation
import NablaProblems

/// The problem files of a folder: how long each format takes as a share of the time of solving.
func measureWriteUps(in folder: String) {
  let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  var times: [(solving: Double, writing: [String: Double])] = []
  for file in files.filter({ $0.hasSuffix(".md") }).sorted() {
    guard let data = FileManager.default.contents(atPath: folder + "/" + file) else { continue }
    let own = measureWriteUp(SourceText(name: file, bytes: [UInt8](data)))
    emit(file, own)
    times.append(own)
  }
  var writing: [String: Double] = [:]
  for form in writtenForms { writing[form] = times.reduce(0) { $0 + ($1.writing[form] ?? 0) } }
  emit("all", (times.reduce(0) { $0 + $1.solving }, writing))
}

private let writtenForms =
  WrittenFormat.allCases.map { $0.rawValue } + ["json", "python", "swift", "ipynb"]

private func emit(_ name: String, _ times: (solving: Double, writing: [String: Double])) {
  var line =
    "{\"peer\": \"nabla\", \"workload\": \"WU\", \"problem\": \"\(name)\", "
    + "\"solve_s\": \(times.solving)"
  for form in writtenForms {
    line += ", \"\(form)\": \(rounded((times.writing[form] ?? .nan) / times.solving))"
  }
  print(line + "}")
  fflush(nil)
}

private func measureWriteUp(
  _ source: SourceText
) -> (solving: Double, writing: [String: Double]) {
  var solving: [Double] = []
  var writing: [String: [Double]] = [:]
  for _ in 0..<5 {
    for form in writtenForms {
      // A pool of its own each time, so that no form profits from what another looked up.
      var pool = ExpressionPool(capacity: 4096)
      let problem = ProblemReading(source, into: &pool).problem
      var options = SolveOptions()
      options.output = output(of: form)
      var solver = Solver(options: options)
      var solved: [SolvedTask] = []
      solving.append(seconds { solved = solver.solve(problem, in: &pool) })
      var outcome = SolveOutcome(verdict: .passed)
      let time = seconds {
        outcome.write(problem, solved, options, in: &pool)
        _ = text(of: outcome, form)
      }
      writing[form, default: []].append(time)
    }
  }
  return (median(solving), writing.mapValues { median($0) })
}

private func output(of form: String) -> SolveOutput {
  switch form {
  case "json": .json
  case "python": .code(.python)
  case "swift": .code(.swift)
  case "ipynb": .notebook
  default: .document
  }
}

private func text(of outcome: SolveOutcome, _ form: String) -> String {
  if form == "json" { return outcome.json.text() }
  return WrittenFormat(rawValue: form)?.text(of: outcome.document) ?? outcome.code
}

/// Solves one small problem again and again, writes it in every format, and tells how much memory
/// that took after a tenth of the pages and after all of them.
func measurePages(_ count: Int) {
  let text = """
    # A page

    ```nabla
    vector h[N], y[N]
    index i, k = 1..N
    P[i] = exp(h[i])/sum(k, exp(h[k]))
    L = -sum(k, y[k]*log(P[k]))
    gradient L by h
    ```
    """
  var written = 0
  for page in 1...count {
    let source = SourceText(name: "page\(page).md", text + "\n\nPage \(page).\n")
    for output in [SolveOutput.document, .json, .code(.python), .code(.swift), .notebook] {
      var options = SolveOptions()
      options.output = output
      options.proves = false
      let outcome = solveProblem(source, options: options)
      written += outcome.code.utf8.count
      if output == .json { written += outcome.json.text().utf8.count }
      if output == .document {
        for format in WrittenFormat.allCases {
          written += format.text(of: outcome.document).utf8.count
        }
      }
    }
    if page * 10 == count || page == count {
      print(
        "{\"peer\": \"nabla\", \"workload\": \"WP\", \"pages\": \(page), "
          + "\"written_chars\": \(written), \"peak_kib\": \(ResidentMemory.peak)}")
      fflush(nil)
    }
  }
}

private func seconds(_ work: () -> Void) -> Double {
  let parts = ContinuousClock().measure(work).components
  return Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
}

private func median(_ values: [Double]) -> Double {
  values.isEmpty ? .nan : values.sorted()[values.count / 2]
}

private func rounded(_ share: Double) -> Double { (share * 1e4).rounded() / 1e4 }
