import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// Judges the lines of an author one after the other within one section of a problem.
///
/// Every step is put to the prover, whatever road the author takes. What an author gets wrong is
/// kept beside what is true, so that later lines can be judged against both.
package struct Judge {
  let section: JudgedSection
  /// The submission, for what only its spelling tells.
  var source: SourceText?
  let options: JudgingOptions
  /// What was put to the prover before, here and by the judges of other sections.
  let answers: ProverAnswers
  /// The problem's definitions, and those of the author's own names.
  package var scope: Scope
  /// The same with the problem's names defined as the author defined them, where that is right.
  var refined: Scope
  /// The same with what the author holds, right or wrong.
  var believed: Scope
  /// Derivatives with the wrong values that the author found for them.
  var wrongResults: [(derivative: Syntax, value: Syntax)] = []
  /// The author's names for the problem's.
  var aliases: [String: String] = [:]
  package var matches: [MarkedSubmission.NameMatch] = []
  /// The conditions on indices that the author set for what follows.
  var conditions: [Syntax] = []
  /// Where a case of indices was set, how far it reaches, and whether something was said of it.
  var caseSpot = Submission.Spot()
  var caseReach = Submission.Reach.sentence
  var isCaseUsed = false
  /// A case in passing that is over, for "otherwise".
  var pastConditions: [Syntax] = []
  /// What the author supposed, and where the formula at hand stands.
  var hypotheses: [Hypothesis] = []
  var here = Submission.Spot()
  var reach = Submission.Reach.sentence
  /// Formulas that stand alone in prose, relations that are supposed, clauses that were taken.
  var loneFormulas: [Syntax] = []
  var supposedRanges: [SourceRange] = []
  var takenClauses: Set<SourceRange> = []
  /// The letter of the true class, and the sentence that speaks of one before naming it.
  var trueClass: String?
  var awaitsTrueClass: Submission.Spot?
  /// Letters for the rows or columns of matrices, and one that waits for its matrix.
  var rowNames: [String: RowName] = [:]
  var openRowName: (letter: String, isColumn: Bool, spot: Submission.Spot)?
  /// The sentence in which something is asked for, not claimed.
  var demandSpot: Submission.Spot?
  /// Facts about names that the author stated.
  var accepted: [Handle] = []
  /// Whether the author said that labels are one-hot or add up to 1.
  var statesNormalisation = false
  /// Whether the author speaks of setting something to 0.
  var posesEquations = false
  /// Equations that the author sets up in order to solve them, and values that are set.
  var posed: [(left: Syntax, right: Syntax)] = []
  /// The derivatives that were worked out, for an author who sets them to 0 without writing so.
  var results: [WorkedDerivative] = []
  /// How many of the equations set up do not follow from others.
  var posedRoots = 0
  /// Whether ⇒ or ⇔ stands before the equation at hand.
  var followsImplication = false
  var letters = IndexLetters()
  var builder = FormulaBuilder()
  /// Whether ⇒ or ⇔ stands behind the relation at hand.
  var impliesNext = false
  /// The inequality before ⇒ or ⇔, which is no claim.
  var premise: Syntax?
  /// What the words before the formula at hand make of it.
  var role = Submission.Formula.Role.statement
  /// Whether the words behind the formula at hand draw a conclusion from it.
  var leadsOn = false
  /// Whether the relation at hand is ≈.
  var isApproximate = false
  /// Whether the author writes Σ somewhere, so that none is left to the reader.
  var writesSums = false
  /// The names of the problem that the author writes as the problem does.
  var writtenNames: Set<String> = []
  /// The decimals that the author came to by rounding.
  var rounded = RoundedNumerals()
  /// Whether an equation was set up that could not be read.
  var posesUnread = false
  /// Whether a number stands in the chain at hand, so that it may speak of the given values.
  var endsInNumber = false
  /// The chain that a display beginning with a relation goes on from.
  var line: OpenLine?
  package var claims: [MarkedClaim] = []
  /// What was put right in reading with the names of the problem at hand.
  var repairs: [Repair] = []
  /// Whether it is looked for what is wrong with a refuted step.
  var diagnoses: Bool

  /// A chain as far as it has been read.
  struct OpenLine {
    /// The leftmost side.
    var head: Syntax
    /// The side that the next relation stands behind, in the reading that was taken.
    var last: Syntax
    var lastMember: RelationChain.Member
    /// Whether a member was passed over that may be more than one formula.
    var hasGap = false
    /// A side of the wrong shape that was passed over; what follows from it is carried.
    var misshapen: Syntax?
    /// Whether some step of the chain was wrong.
    var isBroken = false
    /// Whether what stands last differs from the head.
    var isFalse = false
    /// The goal of the section that the head is about.
    var goal: Int?
    var conditions: [Syntax]
  }

  package init(
    _ section: JudgedSection, _ options: JudgingOptions,
    answers: ProverAnswers = ProverAnswers(), in pool: borrowing ExpressionPool
  ) {
    self.section = section
    self.options = options
    self.answers = answers
    diagnoses = options.diagnoses
    scope = section.scope
    refined = scope
    believed = scope
    prepareBuilder(pool)
  }

  mutating func prepareBuilder(_ pool: borrowing ExpressionPool) {
    builder.spellings = scope.spellings
    builder.indexNames = scope.indices
    builder.reservedNames = scope.quantityNames(in: pool)
  }

  /// The words before the formula at hand.
  var leading = LeadingWords()
  /// The sample of a training that the author's numbers are about.
  var sampleAtHand: Int?
  /// Wrong numbers that the author found, with what they should have been.
  var wrongNumbers: [String: String] = [:]
  /// Sizes to which the author gave numbers.
  var givenSizes: [SymbolID] = []
  /// The name whose size was told last, and its place among those asked for.
  var lastSized: (name: String, place: Int)?
  /// Whether the author speaks of something as symmetric.
  var saysSymmetric = false
  /// What names that were never introduced turned out to mean.
  var meanings: [String: Meaning] = [:]
  /// Functions by whose letter the author means softmax.
  var softmaxLetters: Set<String> = []
  /// An expression that stands alone where the author introduces something: `d` of "write d for …".
  var lone: Syntax?
  /// Whether only the literal reading counts, as is enough to see whether a section fits.
  var isLiteral = false
  /// What the author gives as the reason of the step at hand: "… since u > 0".
  var reasons: [Syntax] = []
  /// The author's names for arrays whose letter means a scalar as well.
  var twins: [String: String] = [:]
  /// What the problem means by letters that the author defined anew.
  var ownLetters: [String: SymbolID] = [:]
  /// The names whose definitions the author's own replace.
  var refinedNames: Set<SymbolID> = []
  /// The names of which the author holds something wrong.
  var wrongNames: Set<SymbolID> = []

  // MARK: Chains

  /// Judges what a chain adds.
  package mutating func judge(
    _ chain: RelationChain, as role: Submission.Formula.Role, in pool: inout ExpressionPool
  ) {
    let before = line
    defer { if chain.isAside { line = before } }
    var chain = chain
    self.role = role
    for place in chain.members.indices {
      if case .expression(let syntax) = chain.members[place].content {
        for name in syntax.names where scope.names[name.text] != nil {
          writtenNames.insert(name.text)
        }
      }
      readKindly(&chain.members[place])
      applyOwnFunctions(&chain.members[place], in: pool)
      rename(&chain.members[place], in: pool)
    }
    compareIndices(&chain, in: pool)
    noteSizes(of: chain, in: &pool)
    var own = conditions + supposedRelations
    own += chain.conditions.map { inProblemNames($0, in: pool) }
    if role == .definition { takeLetterOfInput(chain, in: &pool) }
    if role != .goal, namesTrueClass(chain, in: &pool) || choosesFunction(chain, role, in: &pool) {
      return
    }
    switch role {
    case .goal, .denied: return
    case .condition:
      // "For ŷ = σ(z)" says what a name stands for.
      if !definesKnownName(chain, in: &pool) {
        set(chain, in: &pool)
        return
      }
      // "For r = w x − t ≠ 0" sets a condition besides.
      if let condition = chain.takeCondition() {
        set(condition, in: &pool)
        own.append(condition)
      }
    case .assumption:
      if state(chain, in: &pool) { return }
      if reach == .block && chain.comparisons != nil || equatesNames(chain, in: &pool) {
        set(chain, in: &pool)
        return
      }
    case .definition where substitute(chain, in: &pool): return
    case .definition where equatesNames(chain, in: &pool):
      set(chain, in: &pool)
      return
    case .definition where isSupposed(chain, pool):
      set(chain, in: &pool)
      return
    case .statement, .definition:
      if let condition = chain.condition, condition.isAboutLetters(scope, pool) {
        // Indices that are equal or differ are a case, not a claim.
        set(condition, in: &pool)
        return
      }
    }
    if chain.members.count == 1, !chain.conditions.isEmpty, !chain.members[0].isExpression {
      // A condition that stands alone holds for what follows.
      for condition in chain.conditions {
        set(inProblemNames(condition, in: pool), in: &pool)
      }
      return
    }
    if case .words(let text)? = chain.members.first?.content { leading = LeadingWords(text) }
    if judgeInWords(chain, in: &pool) { return }
    var start = 1
    if let first = chain.members.first, case .empty = first.content, chain.members.count > 1 {
      if line == nil {
        // What the words before say stands on the left.
        guard chain.members.count > 2, case .expression(let head) = chain.members[1].content else {
          return
        }
        line = OpenLine(
          head: head, last: head, lastMember: chain.members[1], conditions: own)
        start = 2
      }
    } else {
      line = nil
      guard let first = chain.members.first else { return }
      if case .expression(let head) = first.content {
        line = OpenLine(head: head, last: head, lastMember: first, conditions: own)
      } else if case .words(let name) = first.content, chain.links.first?.relation == .assigns {
        var claim = MarkedClaim(
          chain.range, left: .name(Identifier(name)), .assigns, right: nil, goesOn: false,
          verdict: .unrelated)
        claim.because = [.text("a new value, not a claim")]
        append(claim)
      } else if case .unreadable(let diagnostic) = first.content, chain.members.count > 1,
        chain.links[0].relation != .belongs
      {
        append(unreadable(diagnostic, first.range, .equal, goesOn: false))
      }
    }
    line?.conditions = own
    followsImplication = false
    premise = nil
    endsInNumber = chain.members.dropFirst().contains { $0.isNumber }
    while start < chain.members.count {
      let link = chain.links[start - 1]
      let member = chain.members[start]
      if link.relation.beginsAnew {
        // What follows is a statement of its own.
        followsImplication = link.relation == .implies || link.relation == .equivalent
        line = nil
        if case .expression(let head) = member.content {
          line = OpenLine(head: head, last: head, lastMember: member, conditions: own)
        }
      } else {
        impliesNext =
          start < chain.links.count
          && [.implies, .equivalent].contains(chain.links[start].relation)
        judge(link, member, in: &pool)
      }
      start += 1
    }
  }

  private mutating func judge(
    _ link: RelationChain.Link, _ member: RelationChain.Member, in pool: inout ExpressionPool
  ) {
    let range = link.range.union(member.range)
    switch member.content {
    case .empty, .words: return
    case .unreadable(let diagnostic):
      append(unreadable(diagnostic, range, link.relation, goesOn: true))
      if let source, !member.range.isOneFormula(in: source) { line?.hasGap = true }
      return
    case .space(let sizes):
      guard let open = line else { return }
      judgeShape(open, sizes, link, range, in: &pool)
    case .expression(let right):
      isApproximate = link.relation == .approximately
      guard let open = line else {
        if case .number("0") = right.kind { posesUnread = true }
        line = OpenLine(head: right, last: right, lastMember: member, conditions: conditions)
        return
      }
      if [.equal, .defines, .approximately].contains(link.relation),
        judgeChoice(open, right, member, link, range, in: &pool)
          || passDifferentials(open, right, member, link, range, in: &pool)
      {
        return
      }
      switch link.relation {
      case .equal, .defines:
        judgeEquation(open, right, member, link, range, in: &pool)
      case .approximately:
        // ≈ is a statement about digits; between other things it claims nothing that can be judged.
        if isNumeric(open.last, right) || endsInNumber {
          judgeEquation(open, right, member, link, range, in: &pool)
        }
      case .less, .lessOrEqual, .greater, .greaterOrEqual, .notEqual:
        judgeInequality(open, right, member, link, range, in: &pool)
      case .proportional: judgeProportion(open, right, member, link, range, in: &pool)
      case .assigns: line = nil
      case .maps, .belongs, .implies, .equivalent: return
      }
    }
  }

  mutating func append(_ claim: MarkedClaim) {
    var claim = claim
    excuse(&claim, isNumeric: false)
    if let setting = line?.conditions.first ?? conditions.first {
      claim.setting = Formula(condition: setting)
    }
    claims.append(claim)
  }

  private func unreadable(
    _ diagnostic: Diagnostic, _ range: SourceRange, _ relation: RelationChain.Relation,
    goesOn: Bool
  ) -> MarkedClaim {
    var claim = MarkedClaim(
      range, left: nil, relation, right: nil, goesOn: goesOn, verdict: .unreadable)
    claim.because = [.text(diagnostic.message)]
    return claim
  }

  /// What cannot be read as it stands is read as it was likely meant.
  private mutating func readKindly(_ member: inout RelationChain.Member) {
    guard case .unreadable = member.content, let first = member.kind.first else { return }
    member.content = .expression(first.syntax)
    member.taken = first.reason
    member.kind.removeFirst()
  }

  mutating func rename(
    _ member: inout RelationChain.Member, in pool: borrowing ExpressionPool
  ) {
    if case .expression(let syntax) = member.content {
      member.content = .expression(inProblemNames(syntax, in: pool))
    }
    for place in member.kind.indices {
      member.kind[place].syntax = inProblemNames(member.kind[place].syntax, in: pool)
    }
  }

  /// Whether a chain says rightly what a name of the problem stands for.
  private mutating func definesKnownName(
    _ chain: RelationChain, in pool: inout ExpressionPool
  ) -> Bool {
    guard chain.links.first?.relation == .equal,
      case .expression(let head) = chain.members[0].content,
      case .expression(let value) = chain.members[1].content, let name = head.definedName,
      let symbol = scope.names[name.text], scope.definitions[symbol] != nil
    else { return false }
    return attemptInScopes(head, value, when: [], &pool).isProved
  }

  // MARK: What is said beside the claims

  /// A condition for what follows, as far as it reaches.
  private mutating func set(_ chain: RelationChain, in pool: inout ExpressionPool) {
    for relation in chain.comparisons ?? [] { set(relation, in: &pool) }
    if chain.comparisons == nil, chain.links.contains(where: { $0.relation.comparison != nil }),
      chain.members.contains(where: { $0.isUnreadable })
    {
      take(.unread(source?.text(in: chain.range) ?? ""), shown: nil)
    }
  }

  private mutating func set(_ condition: Syntax, in pool: inout ExpressionPool) {
    supposedRanges.append(condition.range)
    if case .comparison(let left, .equal, let right) = condition.kind,
      giveSize(left, right, in: &pool)
    {
      return
    }
    if case .comparison(let left, .equal, let right) = condition.kind, left.namesDerivative,
      case .number("0") = right.kind
    {
      // "For L' = 0" sets up an equation.
      posed.append((left, right))
      posedRoots += 1
    } else if condition.isAboutLetters(scope, pool) {
      conditions = [condition]
      caseSpot = here
      caseReach = reach
      isCaseUsed = false
    } else {
      suppose(condition, in: &pool)
    }
  }

  /// Whether known names are set equal that differ: "let y = t".
  private mutating func equatesNames(
    _ chain: RelationChain, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .comparison(let left, .equal, let right)? = chain.condition?.kind,
      left.isNameOrEntry, right.isNameOrEntry, !left.isWritten(like: right),
      [left, right].allSatisfy({ side in
        side.definedName.flatMap { scope.names[$0.text] }
          .map { [.scalar, .array].contains(pool.kind(of: $0)) } ?? false
      })
    else { return false }
    return attemptInScopes(left, right, when: conditions, &pool).isRefuted
  }

  /// Whether "with T = 1" sets the case in which something holds.
  private func isSupposed(_ chain: RelationChain, _ pool: borrowing ExpressionPool) -> Bool {
    guard reach == .sentence, let relations = chain.comparisons else { return false }
    return relations.allSatisfy { relation in
      guard case .comparison(let left, _, let right) = relation.kind,
        unknownNames([left, right]).isEmpty
      else { return false }
      if case .derivative = left.kind { return false }
      if isInput(left, pool) { return true }
      return left.definedName == nil && right.isClosed
    }
  }

  /// A fact that the author states; true if it was taken as one.
  private mutating func state(_ chain: RelationChain, in pool: inout ExpressionPool) -> Bool {
    guard let condition = chain.condition else { return false }
    let prepared = letters.prepare([condition], in: scope, &pool)
    var lowering = Lowering(prepared.scope)
    guard let handle = try? lowering.condition(prepared.expressions[0], in: &pool) else {
      return false
    }
    if isKnown(handle, in: &pool) {
      accepted.append(handle)
      return true
    }
    return false
  }

  /// Whether the problem assumes a relation in one of its sections.
  private func isKnown(_ relation: Handle, in pool: inout ExpressionPool) -> Bool {
    let own = pool.canonical(relation)
    for assumption in section.scope.assumptions
    where pool.canonical(assumption.relation) == own { return true }
    return false
  }

  package mutating func take(_ fact: Submission.Fact) {
    switch fact.kind {
    case .otherwise:
      if conditions.isEmpty { conditions = pastConditions }
      if conditions.isEmpty || hypotheses.contains(where: { $0.isCase(beside: caseSpot) }) {
        // "If j ≠ y and u > 0 …, otherwise …" turns what the indices do not say.
        turnHypotheses()
      } else {
        conditions = conditions.map { $0.opposite }
      }
      caseReach = .block
    case .allCases:
      conditions = []
      pastConditions = []
      forgetSizes()
      hypotheses.removeAll { !$0.isGiven && !$0.isNotation }
    case .demanded: demandSpot = fact.spot
    case .supposed, .trueClass, .rows, .columns: break
    case .oneHot, .sumsToOne: statesNormalisation = true
    case .stationary: posesEquations = true
    case .numeratorLayout: setLayout(.numerator)
    case .denominatorLayout: setLayout(.denominator)
    case .symmetric: saysSymmetric = true
    case .withdrawn: break
    }
  }

  mutating func setLayout(_ layout: LayoutSyntax) {
    scope.layout = layout
    refined.layout = layout
    believed.layout = layout
  }

  /// A heading ends what was set and open before it.
  mutating func takeHeading() {
    conditions = []
    pastConditions = []
    hypotheses = []
    loneFormulas = []
    supposedRanges = []
    trueClass = nil
    awaitsTrueClass = nil
    openRowName = nil
    demandSpot = nil
    line = nil
    lone = nil
    leading = LeadingWords()
    lastSized = nil
    forgetSizes()
    sampleAtHand = nil
    posesEquations = false
    posed = []
    posedRoots = 0
    posesUnread = false
    results = []
  }
}

extension RelationChain.Member {
  fileprivate var isExpression: Bool {
    if case .expression = content { true } else { false }
  }

  fileprivate var isUnreadable: Bool {
    if case .unreadable = content { true } else { false }
  }

  fileprivate var isNumber: Bool {
    if case .expression(let syntax) = content { syntax.isClosed } else { false }
  }
}

extension RelationChain {
  /// Cuts the chain behind its first equation and gives the inequality that stood there.
  fileprivate mutating func takeCondition() -> Syntax? {
    guard members.count == 3, links[1].relation != .equal,
      let operation = links[1].relation.comparison,
      case .expression(let left) = members[0].content,
      case .expression(let right) = members[2].content
    else { return nil }
    members.removeLast()
    links.removeLast()
    return Syntax(.comparison(left, operation, right), range)
  }

  /// The chain as a condition: `i = j`, `x > 0`.
  var condition: Syntax? {
    if members.count == 1, case .expression(let syntax) = members[0].content,
      case .comparison = syntax.kind
    {
      return syntax
    }
    guard members.count == 2, case .expression(let left) = members[0].content,
      case .expression(let right) = members[1].content,
      let operation = links[0].relation.comparison
    else { return nil }
    return Syntax(.comparison(left, operation, right), range)
  }
}

extension RelationChain.Relation {
  /// Whether what follows is not held against what stands before: `⇒`, `→`, `←`.
  fileprivate var beginsAnew: Bool {
    [.implies, .equivalent, .maps, .assigns].contains(self)
  }

  var comparison: ComparisonOperator? {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    default: nil
    }
  }
}

extension Syntax {
  /// Whether a comparison is between index letters.
  func isAboutLetters(_ scope: Scope, _ pool: borrowing ExpressionPool) -> Bool {
    guard case .comparison(let left, let operation, let right) = kind,
      operation == .equal || operation == .notEqual
    else { return false }
    return [left, right].allSatisfy { side in
      guard case .name(let name) = side.kind else { return false }
      guard let symbol = scope.names[name] else { return name.utf8.count == 1 }
      return [.index, .label].contains(pool.kind(of: symbol))
    }
      && [left, right].contains { side in
        if case .name(let name) = side.kind { scope.names[name] != nil } else { false }
      }
  }

  /// The condition that holds where this one does not.
  var opposite: Syntax {
    guard case .comparison(let left, let operation, let right) = kind else {
      return Syntax(.not(self), range)
    }
    let other: ComparisonOperator =
      switch operation {
      case .equal: .notEqual
      case .notEqual: .equal
      case .less: .greaterOrEqual
      case .lessOrEqual: .greater
      case .greater: .lessOrEqual
      case .greaterOrEqual: .less
      }
    return Syntax(.comparison(left, other, right), range)
  }
}
