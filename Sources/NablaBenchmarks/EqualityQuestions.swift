import Foundation
import NablaNotation
import NablaProblems
import NablaRendering
import NablaVerification

/// Asks every question of a file again and again, and tells the median and the 99th percentile over
/// the questions, the questions answered in a second, and the memory it took.
///
/// A line is a question as JSON, or a name, a kind, a truth, two sides, and variables to
/// differentiate the left side by, separated by tabs.
func measureEqualities(in path: String) {
  guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
    print("cannot read \(path)")
    return
  }
  var questions: [(id: String, question: EqualityQuestion)] = []
  for line in text.split(separator: "\n") {
    if let listed = listedQuestion(line) {
      questions.append(listed)
      continue
    }
    guard let request = try? JSONValue(parsing: String(line)),
      case .string(let left)? = request["left"], case .string(let right)? = request["right"]
    else { continue }
    var id = "\(questions.count + 1)"
    if case .string(let name)? = request["id"] { id = name }
    questions.append(
      (
        id,
        EqualityQuestion(
          left, right, given: strings(request["given"]), assume: strings(request["assume"]))
      ))
  }
  if questions.isEmpty { return }
  var measured: [(id: String, seconds: Double, verdict: String)] = []
  for (id, question) in questions { measured.append(measure(id, question)) }
  measured.sort { $0.seconds < $1.seconds }
  for (id, seconds, verdict) in measured {
    print("{\"question\": \"\(id)\", \"verdict\": \"\(verdict)\", \"seconds\": \(seconds)}")
  }
  let total = measured.reduce(0) { $0 + $1.seconds }
  let place = min(measured.count - 1, measured.count * 99 / 100)
  let decided = measured.filter { $0.verdict == "proved" || $0.verdict == "refuted" }
  print(
    "{\"peer\": \"nabla\", \"workload\": \"EQ\", \"questions\": \(measured.count), "
      + "\"decided\": \(decided.count), \"median_s\": \(measured[measured.count / 2].seconds), "
      + "\"p99_s\": \(measured[place].seconds), \"mean_s\": \(total / Double(measured.count)), "
      + "\"per_second\": \(Double(measured.count) / total), "
      + "\"peak_kib\": \(ResidentMemory.peak)}")
}

/// The median over repetitions, with points and primes of their own each time.
private func measure(
  _ id: String, _ question: EqualityQuestion
) -> (id: String, seconds: Double, verdict: String) {
  let clock = ContinuousClock()
  var times: [Double] = []
  var verdict = ""
  let start = clock.now
  while times.count < 5 || (times.count < 201 && clock.now - start < .milliseconds(100)) {
    let begin = clock.now
    var options = EqualityOptions(seed: UInt64(times.count) &* 0x9E37_79B9_7F4A_7C15 &+ 1)
    options.output = .json
    verdict = judgeEquality(question, options: options).verdict.rawValue
    let parts = (clock.now - begin).components
    times.append(Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
    if times.count >= 3, clock.now - start > .seconds(2) { break }
  }
  times.sort()
  return (id, times[times.count / 2], verdict)
}

private func listedQuestion(_ line: Substring) -> (id: String, question: EqualityQuestion)? {
  let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
  guard fields.count >= 5 else { return nil }
  var left = fields[3]
  if fields.count > 5 {
    for variable in fields[5].split(separator: ",") { left = "diff(\(left), \(variable))" }
  }
  return (fields[0], EqualityQuestion(left, fields[4]))
}

private func strings(_ value: JSONValue?) -> [String] {
  switch value {
  case .string(let text)?: return [text]
  case .array(let elements)?:
    return elements.compactMap { if case .string(let text) = $0 { text } else { nil } }
  default: return []
  }
}
