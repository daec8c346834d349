import Foundation
import NablaCampaigns

/// `nabla-campaigns pairs`.
struct PairsCommand {
  private let count: Int
  private let start: Int
  private let kinds: [PairKind]
  private let source: PairSource
  private let open: Int
  private let isReporting: Bool
  private var judge = PairJudge()

  init(_ arguments: inout Arguments) throws(Arguments.Failure) {
    count = try arguments.number("--count", 200_000)
    start = try arguments.number("--from", 0)
    source = PairSource(seed: UInt64(try arguments.number("--seed", 1)))
    open = try arguments.number("--open", 40)
    isReporting = arguments.flag("--report")
    judge.findsConditions = arguments.flag("--conditions")
    let name = try arguments.text("--kind") ?? "all"
    if let kind = PairKind(rawValue: name) {
      kinds = [kind]
    } else if name == "all" {
      kinds = PairKind.allCases
    } else {
      throw Arguments.Failure(message: "no kind \(name)")
    }
    try arguments.finish()
  }

  /// Runs the campaign; the status is 1 if a pair was misjudged.
  func run() -> Int32 {
    var tally = PairTally()
    let clock = ContinuousClock()
    for number in start..<start + count {
      let pair = source.pair(number, kinds[number % kinds.count])
      let begin = clock.now
      let verdict = judge.verdict(on: pair)
      let passed = (clock.now - begin).components
      let seconds = Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
      let known = tally.misjudged.count
      tally.add(pair, verdict, seconds: seconds)
      for entry in tally.misjudged[known...] { message("misjudged: \(entry.line)\n") }
      if (number - start) % 1000 == 999 {
        message("\(number - start + 1) of \(count), misjudged \(tally.misjudged.count)\n")
      }
    }
    print(isReporting ? tally.report(open: open) : tally.summary, terminator: "")
    return tally.misjudged.isEmpty ? 0 : 1
  }

  private func message(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
