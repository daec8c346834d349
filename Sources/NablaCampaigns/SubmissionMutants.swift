import NablaExpressions
import NablaNotation
import NablaProblems
import NablaRendering
import NablaVerification

/// Wrong derivations made from right ones, each by one change to one side of one line.
package struct SubmissionMutants {
  /// A side of a line, and the claims that compare it with its neighbours.
  struct Place {
    let member: SourceRange
    /// The claim that should be refuted, by what it adds.
    let claim: SourceRange
    /// Whether the side stands first in its line.
    let isHead: Bool
    /// Whether the line says what a name stands for, which later lines may rely on.
    let isDefinition: Bool
    let formula: Syntax
  }

  package struct Mutant {
    package let number: Int
    let file: Int
    let place: Place
    package let mutation: Mutation
  }

  private struct File {
    let submission: SubmissionCase
    var verdicts: [SourceRange: ClaimVerdict] = [:]
  }

  private var files: [File] = []
  private let seed: UInt64
  /// All there are, in an order in which the kinds take turns.
  package private(set) var all: [Mutant] = []
  /// Lines of the right derivations that are refuted as they stand.
  package private(set) var refutedUnchanged: [String] = []

  package init(_ submissions: [SubmissionCase], seed: UInt64) {
    self.seed = seed
    var byKind: [Mutation.Kind: [(file: Int, place: Place, mutation: Mutation)]] = [:]
    for (number, submission) in submissions.enumerated() {
      var chains: [SourceRange: RelationChain] = [:]
      var options = JudgingOptions(seed: seed)
      options.diagnoses = false
      options.exchange = { chain in
        chains[chain.range] = chain
        return chain
      }
      var kinds: [String: MutationVocabulary.NameKind] = [:]
      options.observer = { equation, pool in
        // In others, letters that mean nothing may have been tried as names.
        guard case .proved = equation.verdict else { return }
        for (name, symbol) in equation.scope.names {
          let declaration = pool.declaration(of: symbol)
          kinds[name] = MutationVocabulary.NameKind(
            kind: declaration.kind, indices: declaration.ranges.count)
        }
      }
      let marked = Self.judged(submission, options)
      var file = File(submission: submission)
      for claim in marked.claims {
        file.verdicts[claim.range] = claim.verdict
        if claim.verdict == .refuted {
          let line = submission.source.position(at: claim.range.lower).line
          refutedUnchanged.append("\(submission.source.name):\(line)")
        }
      }
      files.append(file)
      let ordered = chains.values.sorted {
        ($0.range.lower, $0.range.upper) < ($1.range.lower, $1.range.upper)
      }
      for (place, mutations) in Self.places(in: ordered, marked.claims, kinds) {
        for mutation in mutations {
          byKind[mutation.kind, default: []].append((number, place, mutation))
        }
      }
    }
    var random = RandomNumbers(seed: seed)
    var queues: [[(file: Int, place: Place, mutation: Mutation)]] = []
    for kind in Mutation.Kind.allCases {
      var list = byKind[kind] ?? []
      for place in list.indices.dropFirst().reversed() {
        list.swapAt(place, random.below(place + 1))
      }
      queues.append(list)
    }
    let longest = queues.map { $0.count }.max() ?? 0
    for turn in 0..<longest {
      for queue in queues where turn < queue.count {
        let entry = queue[turn]
        all.append(
          Mutant(
            number: all.count, file: entry.file, place: entry.place, mutation: entry.mutation))
      }
    }
  }

  private static func judged(
    _ submission: SubmissionCase, _ options: JudgingOptions
  ) -> MarkedSubmission {
    judgeSubmission(
      submission.source, as: SubmissionFormat(fileName: submission.source.name),
      against: submission.problems, options: options)
  }

  // MARK: Places

  /// The sides of proved equations, with what may be done to each.
  private static func places(
    in chains: [RelationChain], _ claims: [MarkedClaim],
    _ kinds: [String: MutationVocabulary.NameKind]
  ) -> [(Place, [Mutation])] {
    var proved: Set<SourceRange> = []
    for claim in claims where claim.verdict == .proved && !claim.carried && !claim.isConsequence {
      if claim.relation == .equal || claim.relation == .approximately { proved.insert(claim.range) }
    }
    // `A = B =: δ` is two chains that share B.
    var defining: Set<SourceRange> = []
    for chain in chains where chain.links.first?.relation == .defines {
      for member in chain.members.dropFirst() { defining.insert(member.range) }
    }
    var vocabulary = MutationVocabulary(kinds: kinds)
    var found: [(Place, [Mutation])] = []
    for chain in chains {
      var letters: [String] = []
      for member in chain.members {
        guard let formula = member.formula else { continue }
        vocabulary.add(formula)
        letters += formula.slotLetters
      }
      for (number, member) in chain.members.enumerated() {
        guard let formula = member.formula else { continue }
        let isHead = number == 0
        guard !isHead || chain.links.count > 0 else { continue }
        let added = isHead ? 1 : number
        let claim = chain.links[added - 1].range.union(chain.members[added].range)
        guard proved.contains(claim) else { continue }
        var mutator = Mutator(vocabulary, letters: letters)
        mutator.run(formula)
        let place = Place(
          member: member.range, claim: claim, isHead: isHead,
          isDefinition: chain.defines(number) || defining.contains(member.range),
          formula: formula)
        found.append((place, mutator.mutations))
      }
    }
    return found
  }

  // MARK: Judging

  /// Judges the whole submission with the change in it.
  package func outcome(of mutant: Mutant) -> MutantOutcome {
    let file = files[mutant.file]
    let place = mutant.place
    var options = JudgingOptions(seed: seed &+ UInt64(mutant.number))
    options.diagnoses = false
    options.exchange = { $0.exchanging(place.member, mutant.mutation) }
    var posed: [(isProved: Bool, answer: NumericJudge.Answer)] = []
    var open = ""
    let judge = NumericJudge(seed: seed &* 0x9E37_79B9 &+ UInt64(mutant.number) &+ 1)
    options.observer = { equation, pool in
      let right = equation.ranges.right
      guard place.claim.lower <= right.lower, right.upper <= place.claim.upper else { return }
      switch equation.verdict {
      case .proved: posed.append((true, judge.answer(equation, under: nil, in: &pool)))
      case .conditional(let condition, _):
        posed.append((false, judge.answer(equation, under: condition, in: &pool)))
      case .refuted: posed.append((false, .different))
      case .undecided(let reason):
        open = reason.text
        posed.append((false, judge.answer(equation, under: nil, in: &pool)))
      case .exhausted:
        open = "the budget ran out"
        posed.append((false, judge.answer(equation, under: nil, in: &pool)))
      }
    }
    let marked = Self.judged(file.submission, options)
    let claims = marked.claims
    let own = claims.firstIndex { $0.range == place.claim }
    var touched: Set<Int> = []
    if let own {
      touched.insert(own)
      if !place.isHead, own + 1 < claims.count, claims[own + 1].goesOn { touched.insert(own + 1) }
    }
    var outcome = MutantOutcome(verdict: own.map { claims[$0].verdict })
    outcome.line = line(of: mutant)
    for (number, claim) in claims.enumerated()
    where claim.verdict == .refuted && !touched.contains(number) {
      if file.verdicts[claim.range] == .refuted { continue }
      let line = file.submission.source.position(at: claim.range.lower).line
      let text = file.submission.source.text(in: claim.range)
      let accused = "\(file.submission.source.name):\(line): \(text)"
      if place.isDefinition, claim.range.lower > place.claim.lower {
        outcome.downstream.append(accused)
      } else {
        outcome.accused.append(accused)
      }
    }
    guard let own else { return outcome }
    let claim = claims[own]
    let next = own + 1 < claims.count && touched.contains(own + 1) ? claims[own + 1] : nil
    outcome.reading = claim.reading?.rawValue
    outcome.reason = claim.because.plainText
    if claim.verdict == .undecided, !open.isEmpty { outcome.reason += ": " + open }
    outcome.settle(
      claim, isAccusedNext: next?.verdict == .refuted,
      proved: posed.last { $0.isProved }?.answer, posed: posed.first?.answer,
      last: posed.last?.answer)
    return outcome
  }

  private func line(of mutant: Mutant) -> String {
    let source = files[mutant.file].submission.source
    let line = source.position(at: mutant.place.member.lower).line
    let whole = mutant.mutation.applied(to: mutant.place.formula) ?? mutant.place.formula
    let side = mutant.place.isHead ? "head " : ""
    return "\(mutant.number) \(source.name):\(line): \(mutant.mutation.line)\n"
      + "      \(side)\(mutant.place.formula.plainNotation())\n"
      + "      became \(whole.plainNotation())"
  }
}

extension RelationChain.Member {
  /// The formula in its first reading.
  fileprivate var formula: Syntax? {
    switch content {
    case .expression(let formula): formula
    case .unreadable: kind.first?.syntax
    case .empty, .words, .space: nil
    }
  }
}

extension RelationChain {
  /// Whether one of the sides says what a name stands for: `p = …`, `… =: δ`.
  fileprivate func defines(_ number: Int) -> Bool {
    if number <= 1, members.first?.formula?.isName == true { return true }
    return number < links.count && members[number + 1].formula?.isName == true
  }

  /// The chain with one side changed in every reading; readings without the part fall away.
  fileprivate func exchanging(_ place: SourceRange, _ mutation: Mutation) -> RelationChain {
    var chain = self
    for number in chain.members.indices where chain.members[number].range == place {
      if case .expression(let formula) = chain.members[number].content,
        let changed = mutation.applied(to: formula)
      {
        chain.members[number].content = .expression(changed)
      }
      chain.members[number].kind = chain.members[number].kind.compactMap { reading in
        mutation.applied(to: reading.syntax).map { KindReading($0, reading.reason) }
      }
    }
    return chain
  }
}

extension Syntax {
  /// `p`, `p[j]`.
  fileprivate var isName: Bool {
    switch kind {
    case .name: true
    case .indexed(let base, _): base.isName
    default: false
    }
  }
}

extension UndecidedReason {
  fileprivate var text: String {
    switch self {
    case .nowhereBothDefined: "no point was found at which both sides are defined"
    case .neitherShown(let digits, _):
      digits.map { "the sides agree to \($0) digits" } ?? "no point told the sides apart"
    }
  }
}
