import NablaCampaigns
import Testing

@Suite struct `Pairs of known truth` {
  @Test func `a pair depends on its seed and number alone`() {
    let source = PairSource(seed: 3)
    for number in [0, 7] {
      for kind in PairKind.allCases {
        let first = source.pair(number, kind)
        _ = source.pair(number + 1, kind)
        let second = PairSource(seed: 3).pair(number, kind)
        #expect(first.left == second.left)
        #expect(first.right == second.right)
        #expect(first.truth == second.truth)
      }
    }
  }

  @Test func `another seed gives other pairs`() {
    let pairs = (0..<5).map { PairSource(seed: 3).pair($0, .scalar).left }
    let others = (0..<5).map { PairSource(seed: 4).pair($0, .scalar).left }
    #expect(pairs != others)
  }

  @Test func `what is written is read as the same term`() throws {
    let source = PairSource(seed: 5)
    for number in 0..<12 {
      let kind = number % 2 == 0 ? PairKind.scalar : .indexed
      let term = source.pair(number, kind).left
      #expect(try TermReader.term(term.plain).plain == term.plain)
    }
  }

  @Test(arguments: [(PairKind.scalar, 0.86), (PairKind.indexed, 0.86)])
  func `no pair is misjudged and most are decided`(
    _ kind: PairKind, _ leastShare: Double
  ) {
    let source = PairSource(seed: 6)
    var tally = PairTally()
    for number in 0..<30 {
      let pair = source.pair(number, kind)
      tally.add(pair, PairJudge().verdict(on: pair), seconds: 0)
    }
    let misjudged = tally.misjudged.map { $0.line }
    #expect(misjudged == [])
    let share = tally.decidedShare(kind)
    #expect(share >= leastShare)
  }

  @Test func `a wrong verdict counts as one`() {
    #expect(PairVerdict.proved.isMisjudgement(of: .different))
    #expect(PairVerdict.refuted.isMisjudgement(of: .equal))
    #expect(PairVerdict.conditional.isMisjudgement(of: .equal))
    #expect(!PairVerdict.proved.isMisjudgement(of: .equal))
    #expect(!PairVerdict.undecided.isMisjudgement(of: .equal))
  }
}
