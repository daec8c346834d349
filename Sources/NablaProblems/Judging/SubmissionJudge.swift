import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

/// Judges a submission against problems; every part goes to the section it fits best.
package func judgeSubmission(
  _ source: SourceText, as format: SubmissionFormat, against problems: [SourceText],
  options: JudgingOptions,
  loading load: (String) -> Result<[UInt8], LoadFailure> = { _ in
    .failure(LoadFailure("files cannot be used here"))
  }
) -> MarkedSubmission {
  let submission = readSubmission(source, as: format)
  var pool = ExpressionPool()
  _ = pool.watch(isOver: options.budget.isOver)
  defer { pool.endWatch() }
  var sections: [JudgedSection] = []
  var titles: [String] = []
  var rules: [GoalRule] = []
  var notation: [NotationOption]?
  for problem in problems {
    let reading = ProblemReading(problem, into: &pool, loading: load)
    if notation == nil { notation = reading.problem.sections.first?.scope.notation }
    titles.append(reading.problem.title)
    rules += GoalRule.rules(of: reading.problem, in: &pool)
    sections += JudgedSection.sections(of: reading.problem, in: &pool)
  }
  let answers = ProverAnswers()
  var judge = SubmissionJudge(submission, sections, options, answers)
  judge.run(in: &pool)
  if judge.foundNames, judge.hasOpenNames {
    // Lines before the one that showed what a letter means are judged again, knowing it.
    var again = options
    again.renames = judge.renames
    var second = SubmissionJudge(submission, sections, again, answers)
    second.run(in: &pool)
    second.marked.matches = judge.marked.matches
    judge = second
  }
  judge.marked.problems = titles
  judge.marked.notation = NotationStyle(formulasBy: notation ?? [])
  judge.marked.noteTasks(of: sections)
  judge.marked.award(rules, for: sections, in: pool)
  return judge.marked
}

/// Goes through a submission part by part.
struct SubmissionJudge {
  private let submission: Submission
  private let sections: [JudgedSection]
  private let options: JudgingOptions
  private let answers: ProverAnswers
  private(set) var judges: [Judge] = []
  var marked: MarkedSubmission
  private var chosen = 0

  init(
    _ submission: Submission, _ sections: [JudgedSection], _ options: JudgingOptions,
    _ answers: ProverAnswers
  ) {
    self.submission = submission
    self.sections = sections
    self.options = options
    self.answers = answers
    marked = MarkedSubmission(submission.source)
    marked.repairs = submission.repairs
    marked.diagnostics = submission.diagnostics
  }

  /// What the author's letters were found to mean.
  var renames: [(written: String, meant: String)] {
    options.renames
      + judges.flatMap { judge in
        judge.aliases.sorted { $0.key < $1.key }.map { (written: $0.key, meant: $0.value) }
      }
  }

  var foundNames: Bool {
    marked.matches.contains { $0.ground == .claims || $0.ground == .definition }
  }

  var hasOpenNames: Bool { marked.claims.contains { $0.verdict == .notDetermined } }

  private struct Part {
    var heading: TracedText?
    var items: [Submission.Item] = []
    /// Where items of a list begin.
    var marks: [Int] = []

    /// Whether the words right behind a formula say that something follows from it.
    func concludes(behind place: Int) -> Bool {
      guard items.indices.contains(place + 1), case .prose(let text, _) = items[place + 1] else {
        return false
      }
      return LeadingWords(text.text, isFirstSentence: true).concludes
    }

    /// Whether the words right before a formula name what its relation is about: ", sum $= 3$".
    func namesSubject(before place: Int) -> Bool {
      guard items.indices.contains(place - 1), case .prose(let text, _) = items[place - 1] else {
        return false
      }
      return LeadingWords(text.text).namesResult
    }
  }

  private var parts: [Part] {
    var parts = [Part()]
    var marks = submission.listMarks[...]
    for (place, item) in submission.items.enumerated() {
      while let mark = marks.first, mark <= place {
        marks.removeFirst()
        parts[parts.count - 1].marks.append(parts[parts.count - 1].items.count)
      }
      if case .heading(_, let text) = item {
        if parts[parts.count - 1].items.isEmpty {
          // A heading right below another one belongs to it.
          parts[parts.count - 1].heading = text
        } else {
          parts.append(Part(heading: text))
        }
      } else {
        parts[parts.count - 1].items.append(item)
      }
    }
    return parts
  }

  mutating func run(in pool: inout ExpressionPool) {
    for section in sections {
      var judge = Judge(section, options, answers: answers, in: pool)
      judge.source = submission.source
      judge.writesSums = submission.writesSums
      for (written, meant) in options.renames {
        judge.adopt(written, meant, .given, in: &pool)
      }
      judges.append(judge)
    }
    for part in parts {
      for (part, title) in divided(part, in: &pool) { judge(part, of: title, in: &pool) }
    }
    var number = 0
    for part in marked.parts {
      for claim in part.claims {
        let isDecided = claim.verdict != .notDetermined && claim.verdict != .unrelated
        if claim.goal != nil, let right = claim.right, isDecided || marked.finalResult == nil {
          marked.finalResult = MarkedSubmission.FinalResult(
            formula: right, verdict: claim.truth ?? claim.verdict, claim: number)
        }
        number += 1
      }
    }
    var seen: Set<MarkedSubmission.NameMatch> = []
    for judge in judges {
      for match in judge.matches where seen.insert(match).inserted { marked.matches.append(match) }
    }
  }

  /// The items of a list that answer different problems, each with the title of its problem.
  ///
  /// What fits no problem better than all others goes with what stands before it.
  private func divided(_ part: Part, in pool: inout ExpressionPool) -> [(Part, String?)] {
    guard part.marks.count > 1, let first = sections.first,
      sections.contains(where: { $0.title != first.title })
    else { return [(part, nil)] }
    var result: [(part: Part, title: String?)] = []
    let bounds = part.marks + [part.items.count]
    for (lower, upper) in zip([0] + part.marks, bounds) where lower < upper {
      var piece = Part(heading: part.heading)
      piece.items = Array(part.items[lower..<upper])
      let title = title(of: piece, in: &pool)
      if let last = result.indices.last, title == nil || title == result[last].title {
        result[last].part.items += piece.items
      } else if result.count == 1, result[0].title == nil {
        result[0].part.items += piece.items
        result[0].title = title
      } else {
        result.append((piece, title))
      }
    }
    return result.count > 1 ? result.map { ($0.part, $0.title) } : [(part, nil)]
  }

  /// The problem that fits some items better than every other problem.
  private func title(of part: Part, in pool: inout ExpressionPool) -> String? {
    guard part.items.contains(where: { $0.isFormula }) else { return nil }
    var best: [String: Int] = [:]
    for judge in judges {
      let fit = trial(part, judge, isRehearsal: true, in: &pool).judge.fit
      best[judge.section.title] = max(best[judge.section.title] ?? fit, fit)
    }
    guard let most = best.values.max(), most > 0 else { return nil }
    let titles = best.filter { $0.value == most }
    return titles.count == 1 ? titles.first?.key : nil
  }

  private mutating func judge(
    _ part: Part, of title: String?, in pool: inout ExpressionPool
  ) {
    var own = MarkedSubmission.Part(heading: part.heading?.text ?? "")
    guard !judges.isEmpty, part.items.contains(where: { $0.isFormula || $0.statesCount })
    else {
      for place in judges.indices { judges[place].takeHeading() }
      return
    }
    var trials: [(judge: Judge, repairs: [Repair])] = []
    func isAllowed(_ place: Int) -> Bool { title == nil || sections[place].title == title }
    for (place, judge) in judges.enumerated() {
      trials.append(
        isAllowed(place)
          ? trial(part, judge, isRehearsal: judges.count > 1, in: &pool) : (judge, []))
    }
    var best = isAllowed(chosen) ? chosen : judges.indices.first { isAllowed($0) } ?? chosen
    for place in trials.indices
    where isAllowed(place) && trials[place].judge.score > trials[best].judge.score {
      best = place
    }
    chosen = best
    if judges.count > 1 {
      trials[best] = trial(part, judges[best], isRehearsal: false, in: &pool)
    }
    own.problem = sections[best].title
    own.section = sections[best].heading
    own.claims = trials[best].judge.claims
    marked.repairs += trials[best].repairs
    for place in judges.indices {
      if place == best {
        judges[place] = trials[place].judge
      } else if sections[place].title == sections[best].title
        || isAllowed(place) && trials[place].judge.score >= trials[best].judge.score
      {
        // What the author defines for one problem says nothing of another.
        judges[place].learn(from: trials[place].judge)
      }
      judges[place].claims = []
    }
    if !own.claims.isEmpty { marked.parts.append(own) }
  }

  /// The conditions behind a formula that limit it: `… = 0` for `i ≠ j`.
  private func afterthought(
    behind place: Int, in part: Part, _ vocabulary: LaTeXVocabulary,
    as role: Submission.Formula.Role = .condition
  ) -> [Syntax]? {
    guard place + 1 < part.items.count else { return nil }
    for item in part.items[(place + 1)...].prefix(2) {
      guard case .formula(let formula) = item else { continue }
      guard formula.isAfterthought, formula.role == role else { return nil }
      let read = readLaTeX(formula.text, vocabulary: vocabulary, macros: submission.macros)
      return read.chains.compactMap { $0.condition }
    }
    return nil
  }

  /// Takes what a sentence supposes behind its last formula: "… (for symmetric A)".
  private func suppose(
    behind place: Int, in part: Part, _ vocabulary: LaTeXVocabulary, _ judge: inout Judge,
    _ pool: inout ExpressionPool
  ) {
    guard case .formula(let formula) = part.items[place], formula.role == .statement else { return }
    var clauses: [Submission.Fact] = []
    var lone: [Submission.Formula] = []
    scan: for item in part.items[(place + 1)...].prefix(6) {
      switch item {
      case .heading: break scan
      case .prose(_, let facts):
        clauses += facts.filter {
          $0.kind == .supposed && $0.spot.sentence == formula.spot.sentence
        }
      case .formula(let other):
        guard other.spot.sentence == formula.spot.sentence else { break scan }
        // What is supposed is for a formula that follows.
        if other.role != .condition, other.hasRelation || other.place == .display { return }
        lone.append(other)
      }
    }
    guard !clauses.isEmpty else { return }
    for other in lone where !other.hasRelation {
      let read = readLaTeX(other.text, vocabulary: vocabulary, macros: submission.macros)
      judge.noteLone(read.chains, in: &pool)
    }
    if lone.contains(where: { $0.hasRelation }) { return }
    for clause in clauses { judge.suppose(clause, in: &pool) }
    judge.enter(formula)
  }

  /// The chains of a formula, those first that define what others use.
  private func inOrder(_ chains: [RelationChain], _ judge: Judge) -> [RelationChain] {
    guard chains.count > 1 else { return chains }
    var ordered: [RelationChain] = []
    var unknown: [String] = []
    for chain in chains {
      let sides = chain.members.compactMap { member -> Syntax? in
        if case .expression(let syntax) = member.content { syntax } else { nil }
      }
      if ordered.count > 0, sides.count > 1, let name = sides[0].definedName?.text,
        unknown.contains(name), judge.unknownNames([sides[1]]).isEmpty
      {
        ordered.insert(chain, at: 0)
      } else {
        ordered.append(chain)
      }
      unknown += judge.unknownNames(sides) + judge.constants(in: sides)
    }
    return ordered
  }

  /// The only expression of a formula in a sentence, if there is no more to it.
  private func alone(
    _ place: Int, in part: Part, of sentence: Int, _ vocabulary: LaTeXVocabulary
  ) -> Syntax? {
    guard part.items.indices.contains(place), case .formula(let formula) = part.items[place],
      formula.spot.sentence == sentence, formula.role != .denied, formula.role != .goal
    else { return nil }
    let read = readLaTeX(formula.text, vocabulary: vocabulary, macros: submission.macros)
    guard read.chains.count == 1, read.chains[0].members.count == 1,
      case .expression(let syntax) = read.chains[0].members[0].content
    else { return nil }
    if case .comparison = syntax.kind { return nil }
    return syntax
  }

  private func words(at place: Int, in part: Part) -> String? {
    guard part.items.indices.contains(place), case .prose(let text, _) = part.items[place] else {
      return nil
    }
    return text.text
  }

  /// The chain that a sentence gives with its words: "the derivative of $L$ by $h_i$ is $…$".
  private func withWordedDerivative(
    _ chain: RelationChain, _ place: Int, in part: Part, _ vocabulary: LaTeXVocabulary
  ) -> RelationChain? {
    guard case .formula(let formula) = part.items[place], let first = chain.members.first else {
      return nil
    }
    let sentence = formula.spot.sentence
    var chain = chain
    var last = place - 1
    let variable: Syntax
    switch first.content {
    case .expression(let own) where chain.members.count > 1 && own.isNameOrEntry:
      variable = own
    case .empty where chain.members.count > 1, .expression where chain.members.count == 1:
      guard let text = words(at: last, in: part), WordedDerivatives.areCopula(text),
        let own = alone(last - 1, in: part, of: sentence, vocabulary), own.isNameOrEntry
      else { return nil }
      variable = own
      last -= 2
    default: return nil
    }
    guard let respect = words(at: last, in: part), WordedDerivatives.endInRespect(respect),
      let subject = alone(last - 1, in: part, of: sentence, vocabulary),
      let lead = words(at: last - 2, in: part), WordedDerivatives.announceDerivative(lead)
    else { return nil }
    let range = subject.range.union(variable.range)
    let derivative = Syntax(
      .derivative(
        DerivativeSyntax(
          subject: subject, variables: [DerivativeSyntax.Variable(variable: variable)])), range)
    let head = RelationChain.Member(.expression(derivative), range)
    if chain.members.count == 1 {
      chain.members.insert(head, at: 0)
      chain.links = [RelationChain.Link(.equal, first.range)]
    } else {
      chain.members[0] = head
    }
    return chain
  }

  /// The definitions that a sentence gives of names it has used already: "…, where δ = …".
  private func definitions(
    behind place: Int, of read: LaTeXFormula, in part: Part, _ judge: Judge,
    _ vocabulary: LaTeXVocabulary
  ) -> [(place: Int, chain: RelationChain, formula: Submission.Formula)] {
    guard case .formula(let formula) = part.items[place], formula.role == .statement else {
      return []
    }
    var wanted = read.chains.flatMap { chain in
      chain.members.flatMap { member -> [String] in
        guard case .expression(let syntax) = member.content else { return [] }
        return judge.unknownNames([syntax]) + judge.ownLetters(in: [syntax])
      }
    }
    if wanted.isEmpty { return [] }
    var found: [(place: Int, chain: RelationChain, formula: Submission.Formula)] = []
    for later in part.items.indices.dropFirst(place + 1).prefix(12) {
      guard case .formula(let other) = part.items[later] else { continue }
      guard other.spot.sentence == formula.spot.sentence else { break }
      guard other.role == .definition else { continue }
      let read = readLaTeX(other.text, vocabulary: vocabulary, macros: submission.macros)
      guard read.chains.count == 1, read.chains[0].members.count > 1,
        case .expression(let head) = read.chains[0].members[0].content,
        case .expression(let value) = read.chains[0].members[1].content,
        let name = head.definedName, wanted.contains(name.text)
      else { continue }
      wanted += judge.unknownNames([value])
      // What a definition rests on comes before it.
      let rank = found.firstIndex { entry in
        guard case .expression(let body) = entry.chain.members[1].content else { return false }
        return body.names.contains { $0.text == name.text }
      }
      found.insert((later, read.chains[0], other), at: rank ?? found.count)
    }
    return found
  }

  /// What one section makes of a part.
  private func trial(
    _ part: Part, _ start: Judge, isRehearsal: Bool, in pool: inout ExpressionPool
  ) -> (judge: Judge, repairs: [Repair]) {
    var judge = start
    judge.takeHeading()
    judge.diagnoses = !isRehearsal && options.diagnoses
    judge.isLiteral = isRehearsal
    judge.repairs = []
    var repairs: [Repair] = []
    // What a display that begins with a relation goes on from, over sentences that equate nothing.
    var displayed: Judge.OpenLine?
    var done: Set<Int> = []
    for (place, item) in part.items.enumerated() {
      if done.contains(place) { continue }
      switch item {
      case .heading: judge.takeHeading()
      case .prose(let text, let facts):
        for fact in facts {
          switch fact.kind {
          case .supposed: judge.suppose(fact, in: &pool)
          case .trueClass: judge.takeTrueClass(fact, in: &pool)
          case .rows, .columns: judge.takeRows(fact)
          default: judge.take(fact)
          }
        }
        judge.hear(text, in: &pool)
      case .formula(let formula):
        defer { judge.leading = LeadingWords() }
        judge.leadsOn = part.concludes(behind: place)
        if !formula.role.isJudged { continue }
        judge.enter(formula)
        judge.endCase()
        defer { judge.leave(formula) }
        var vocabulary = judge.vocabulary(for: formula, in: pool)
        vocabulary.usesDecimalCommas = submission.usesDecimalCommas
        var read =
          formula.isCutOff
          ? LaTeXFormula(cutOff: formula.text)
          : readLaTeX(formula.text, vocabulary: vocabulary, macros: submission.macros)
        repairs += read.repairs
        if let first = read.chains.first,
          let told = withWordedDerivative(first, place, in: part, vocabulary)
        {
          read.chains[0] = told
        }
        let usual = judge.conditions
        if let limit = afterthought(behind: place, in: part, vocabulary) {
          judge.limit(by: limit, in: &pool)
        }
        judge.reasons =
          afterthought(behind: place, in: part, vocabulary, as: .assumption)?.map {
            judge.inProblemNames($0, in: pool)
          } ?? []
        judge.noteLone(read.chains, in: &pool)
        if read.chains.count == 1, judge.names(read.chains[0], as: formula.role, in: &pool) {
          continue
        }
        if formula.isAfterthought, formula.role == .condition { continue }
        let goesOn = read.chains.first?.startsWithRelation == true
        if goesOn, formula.place == .display, let open = displayed { judge.line = open }
        if goesOn, formula.place == .inline, part.namesSubject(before: place) { judge.line = nil }
        suppose(behind: place, in: part, vocabulary, &judge, &pool)
        let count = judge.claims.count
        let open = judge.line
        let chains = inOrder(read.chains, judge)
        for (later, chain, meaning) in definitions(
          behind: place, of: read, in: part, judge, vocabulary)
        where done.insert(later).inserted {
          judge.enter(meaning)
          judge.judge(options.exchange?(chain) ?? chain, as: .definition, in: &pool)
        }
        let explanations = Array(judge.claims[count...])
        judge.claims.removeSubrange(count...)
        if !explanations.isEmpty { judge.line = open }
        judge.enter(formula)
        for chain in chains {
          judge.judge(options.exchange?(chain) ?? chain, as: formula.role, in: &pool)
        }
        judge.claims += explanations
        if formula.role != .condition { judge.conditions = usual }
        if chains.first?.range != read.chains.first?.range { judge.sortClaims() }
        if formula.place == .display {
          displayed = judge.line
        } else if chains.contains(where: { $0.equates }) {
          // A sentence with an equation of its own may go on in a display.
          displayed = nil
        }
      }
      if options.budget.isOver() { break }
    }
    return (judge, repairs + judge.repairs)
  }
}

extension RelationChain {
  fileprivate var startsWithRelation: Bool {
    if members.count > 1, case .empty? = members.first?.content { true } else { false }
  }

  fileprivate var equates: Bool {
    links.contains { [.equal, .defines, .approximately].contains($0.relation) }
  }
}

extension Submission.Item {
  fileprivate var isFormula: Bool {
    if case .formula(let formula) = self { formula.role.isJudged } else { false }
  }

  /// Whether prose gives a number of parameters.
  fileprivate var statesCount: Bool {
    if case .prose(let text, _) = self { !text.statedCounts.isEmpty } else { false }
  }
}

extension Submission.Formula {
  /// Whether a relation sign stands in it.
  fileprivate var hasRelation: Bool {
    text.bytes.contains { $0 == 0x3D || $0 == 0x3C || $0 == 0x3E }
  }
}

extension Judge {
  /// Puts the claims in the order of the text.
  fileprivate mutating func sortClaims() {
    claims = claims.enumerated().sorted { one, other in
      let (left, right) = (one.element.range.lower, other.element.range.lower)
      return left != right ? left < right : one.offset < other.offset
    }.map { $0.element }
  }

  /// How well the claims fit the section: proofs speak for it, refutations and riddles against.
  fileprivate var score: Int {
    var score = 0
    for claim in claims {
      if let goal = claim.goal, goal == section.countGoal {
        // Wrong or right, no other problem asks for it.
        score += 5
        continue
      }
      switch claim.verdict {
      case .proved: score += claim.relation == .defines ? 1 : 4
      case .conditional: score += 3
      // A wrong answer to what is asked for speaks for no other section.
      case .refuted: score -= claim.goal == nil ? 2 : 0
      case .undecided, .exhausted, .unreadable: break
      case .unrelated, .notDetermined: score -= 1
      }
    }
    return score
  }

  /// How much of the claims the section speaks of, be they right or wrong.
  fileprivate var fit: Int {
    var fit = 0
    for claim in claims {
      if let goal = claim.goal, goal == section.countGoal {
        fit += 5
        continue
      }
      switch claim.verdict {
      case .proved: fit += claim.relation == .defines ? 1 : 4
      case .conditional: fit += 3
      case .refuted: fit += claim.goal == nil ? 1 : 2
      case .undecided, .exhausted, .unreadable: break
      case .unrelated, .notDetermined: fit -= 1
      }
    }
    return fit
  }

  /// Takes over the author's own names from a trial that was not chosen.
  fileprivate mutating func learn(from other: Judge) {
    scope = other.scope
    refined = other.refined
    refinedNames = other.refinedNames
    letters = other.letters
    writtenNames = other.writtenNames
    aliases = other.aliases
    rowNames = other.rowNames
    ownLetters = other.ownLetters
    twins = other.twins
    statesNormalisation = other.statesNormalisation
    builder = other.builder
  }
}
