import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaVerification

/// What came of putting an equation to the prover in one reading.
struct Attempt {
  enum Outcome {
    case unread(Diagnostic)
    case judged(ProofVerdict)
  }

  var left: Syntax
  var right: Syntax
  /// Both sides as they were put to the prover: with sizes, and names for what they differentiate by.
  var posed: (left: Syntax, right: Syntax)?
  var reading: RelationChain.KindReading.Reason?
  var forms: RelationForms?
  /// The scope it was read in, its index letters included.
  var scope: Scope
  /// Conditions on indices.
  var conditions: [Handle] = []
  /// Other conditions that the author set, such as Σ y = 1 or x > 0.
  var facts: [Handle] = []
  /// What was put in for names besides.
  var supposed: [Formula] = []
  var outcome: Outcome

  var isProved: Bool {
    if case .judged(.proved) = outcome { true } else { false }
  }

  var isRefuted: Bool {
    switch outcome {
    case .judged(.refuted), .judged(.conditional): true
    default: false
    }
  }

  /// How much an attempt says: a proof most, what could not be read least.
  var rank: Int {
    switch outcome {
    case .judged(.proved): 5
    case .judged(.conditional): 4
    case .judged(.undecided): 3
    case .judged(.exhausted): 2
    case .judged(.refuted): 1
    case .unread: 0
    }
  }
}

extension Judge {
  /// Puts `left = right` to the prover in one scope.
  mutating func attempt(
    _ left: Syntax, _ right: Syntax, when conditions: [Syntax], in scope: Scope,
    supposing hypotheses: [Hypothesis] = [], _ pool: inout ExpressionPool
  ) -> Attempt {
    var expressions = [left, right] + conditions
    var own = scope
    for hypothesis in hypotheses {
      switch hypothesis.content {
      case .definition(let definition): own.definitions.add(definition)
      case .kinks(let definitions, _): for one in definitions { own.definitions.add(one) }
      case .relation, .value, .fact, .replacement, .unread: break
      }
    }
    expressions = openQuantities(expressions, &own, &pool)
    expressions = withSizes(expressions, in: own, &pool)
    let prepared = letters.prepare(expressions, in: own, &pool)
    var attempt = Attempt(
      left: left, right: right, scope: prepared.scope, outcome: .judged(.exhausted))
    if let conflict = prepared.conflict {
      attempt.outcome = .unread(
        conflictDiagnostic(conflict.letter, conflict.first, conflict.second, right.range, pool))
      return attempt
    }
    var lowering = Lowering(prepared.scope)
    lowering.allowsUndefined = true
    var forms: RelationForms
    do throws(Diagnostic) {
      let relation = RelationSyntax(
        left: prepared.expressions[0], operation: .equal, right: prepared.expressions[1])
      forms = try lowering.relationForms(relation, in: &pool)
    } catch {
      attempt.outcome = .unread(error)
      return attempt
    }
    if let unrelated = unrelatedDerivative(in: forms, lowering.scope, left.range, pool) {
      attempt.outcome = .unread(unrelated)
      return attempt
    }
    attempt.forms = forms
    attempt.posed = (prepared.expressions[0], prepared.expressions[1])
    let free = Set(pool.freeIndices(of: [forms.leftEntry, forms.rightEntry]))
    var narrowing: [Handle] = []
    for condition in prepared.expressions.dropFirst(2) {
      guard let handle = fact(condition, &lowering, &pool) else { continue }
      if pool.isAboutIndices(handle) {
        // A condition on letters that do not occur says nothing here.
        let letters = pool.freeIndices(of: [handle])
        if !letters.isEmpty, !letters.allSatisfy({ free.contains($0) }) { continue }
        narrowing.append(handle)
      } else {
        attempt.facts.append(handle)
      }
    }
    attempt.conditions = narrowing
    attempt.supposed = hypotheses.compactMap { $0.shown }
    replace(by: hypotheses, in: &forms, &lowering.scope, &pool)
    attempt.forms = forms
    let known = accepted
    accepted += attempt.facts + self.hypotheses(in: .full).compactMap { $0.fact }
    defer { accepted = known }
    attempt.scope = lowering.scope
    var verdict = decide(
      forms.leftEntry, forms.rightEntry, when: narrowing, in: lowering.scope, &pool)
    if case .undecided = verdict, attempt.facts.contains(where: { pool.isInequality($0) }) {
      verdict =
        decideWithin(
          attempt.facts, forms.leftEntry, forms.rightEntry, when: narrowing, in: lowering.scope,
          &pool) ?? verdict
    }
    attempt.outcome = .judged(verdict)
    report(attempt, in: &pool)
    return attempt
  }

  /// Takes all derivatives, and only then lets names stand for what they are supposed to be.
  private func replace(
    by hypotheses: [Hypothesis], in forms: inout RelationForms, _ scope: inout Scope,
    _ pool: inout ExpressionPool
  ) {
    var definitions: [Definition] = []
    for hypothesis in hypotheses {
      switch hypothesis.content {
      case .replacement(let definition), .value(_, let definition): definitions.append(definition)
      default: break
      }
    }
    if definitions.isEmpty { return }
    let context = DifferentiationContext(scope, in: &pool)
    forms.leftEntry = pool.differentiated(forms.leftEntry, context)
    forms.rightEntry = pool.differentiated(forms.rightEntry, context)
    for definition in definitions { scope.definitions.add(definition) }
  }

  /// A refuted attempt with the condition under which it holds, if one is found that says
  /// something; it takes many times as long to find one as to refute the equation.
  mutating func narrowed(_ attempt: Attempt, in pool: inout ExpressionPool) -> Attempt {
    guard case .judged(.refuted(let found)) = attempt.outcome, let forms = attempt.forms else {
      return attempt
    }
    let known = accepted
    accepted += attempt.facts + hypotheses(in: .full).compactMap { $0.fact }
    defer { accepted = known }
    let prover = prover(when: attempt.conditions, in: attempt.scope, &pool)
    guard
      let condition = answers.condition(
        repairing: forms.leftEntry, forms.rightEntry, found, prover, &pool),
      isTelling(condition, forms, attempt, in: &pool)
    else { return attempt }
    var narrowed = attempt
    narrowed.outcome = .judged(.conditional(condition, found))
    return narrowed
  }

  /// A condition as a relation; an equation between arrays holds for their entries.
  func fact(
    _ condition: Syntax, _ lowering: inout Lowering, _ pool: inout ExpressionPool
  ) -> Handle? {
    if case .comparison(let left, .equal, let right) = condition.kind,
      let forms = try? lowering.relationForms(
        RelationSyntax(left: left, operation: .equal, right: right), in: &pool),
      !forms.isElementary
    {
      return pool.relation(.equal, forms.leftEntry, forms.rightEntry)
    }
    return try? lowering.condition(condition, in: &pool)
  }

  /// Whether a condition says something of a claim: not one on indices that the claim does not
  /// name, nor one under which both sides are nothing but 0.
  private mutating func isTelling(
    _ condition: Handle, _ forms: RelationForms, _ attempt: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    let indices = pool.freeIndices(of: [condition])
    if indices.contains(where: { forms.indices.contains($0) }) { return false }
    if case .relation(.equal, _) = pool[condition], !indices.isEmpty {
      // Where the right side keeps all letters apart, their being equal is no case that was meant.
      let left = Set(attempt.left.comparedLetters + attempt.left.freeLetters)
      let right = Set(attempt.right.comparedLetters + attempt.right.freeLetters)
      guard right.isStrictSubset(of: left) else { return false }
    } else {
      guard case .relation(.notEqual, _) = pool[condition] else { return true }
    }
    let narrowed = attempt.conditions + [condition]
    if case .proved = decide(
      forms.rightEntry, pool.zero, when: narrowed, in: attempt.scope, &pool)
    {
      return false
    }
    return true
  }

  mutating func decide(
    _ left: Handle, _ right: Handle, when conditions: [Handle], in scope: Scope,
    _ pool: inout ExpressionPool
  ) -> ProofVerdict {
    let verdict = answers.verdict(
      left, right, prover(when: conditions, in: scope, &pool), &pool)
    guard case .undecided = verdict,
      let exclusion = conditions.first(where: { pool.isExclusion($0) })
    else { return verdict }
    // What holds for i ≠ j holds for all i and j once both sides are 0 for i = j.
    let factor = pool.indicator(of: exclusion)
    let sides = (pool.writtenProduct([factor, left]), pool.writtenProduct([factor, right]))
    let rest = conditions.filter { $0 != exclusion }
    let general = answers.verdict(
      sides.0, sides.1, prover(when: rest, in: scope, &pool), &pool)
    if case .proved = general { return general }
    return verdict
  }

  /// What holds where inequalities do holds everywhere once both sides are 0 elsewhere, or one of
  /// them where the other is so anyway.
  private mutating func decideWithin(
    _ facts: [Handle], _ left: Handle, _ right: Handle, when conditions: [Handle], in scope: Scope,
    _ pool: inout ExpressionPool
  ) -> ProofVerdict? {
    let facts = facts.filter { pool.isInequality($0) }
    let factors = facts.map { pool.indicator(of: $0) }
    func used(_ notes: ProofNotes) -> ProofVerdict {
      var notes = notes
      notes.uses = notes.uses.filter { !facts.contains($0) } + facts
      return .proved(notes)
    }
    let sides = (
      pool.writtenProduct(factors + [left]), pool.writtenProduct(factors + [right])
    )
    for (one, other) in [(left, sides.1), (sides.0, right)] {
      if case .proved(let notes) = decide(one, other, when: conditions, in: scope, &pool) {
        return used(notes)
      }
    }
    let verdict = decide(sides.0, sides.1, when: conditions, in: scope, &pool)
    switch verdict {
    case .proved(let notes): return used(notes)
    case .refuted: return verdict
    default: return nil
    }
  }

  private func prover(
    when conditions: [Handle], in scope: Scope, _ pool: inout ExpressionPool
  ) -> Prover {
    var context = ProofContext(scope, seed: options.seed, in: &pool)
    context.assumptions += accepted
    context.conditions += conditions
    return Prover(context, budget: options.budget)
  }

  private func conflictDiagnostic(
    _ letter: String, _ first: IndexRange, _ second: IndexRange, _ range: SourceRange,
    _ pool: borrowing ExpressionPool
  ) -> Diagnostic {
    Diagnostic(
      "index-range",
      "the index \(DisplayText.quoted(letter)) counts "
        + "\(Lowering.described(Shape(rows: first), in: pool)) in one place and "
        + "\(Lowering.described(Shape(rows: second), in: pool)) in another",
      at: range)
  }

  /// The letter I, where it means nothing else, as the identity, and a bare **1** as ones, of the
  /// sizes with which the step can be read.
  mutating func withSizes(
    _ expressions: [Syntax], in scope: Scope, _ pool: inout ExpressionPool
  ) -> [Syntax] {
    let names = Set(expressions.flatMap { $0.names.map { $0.text } })
    let hasIdentity = scope.names["I"] == nil && names.contains("I")
    guard hasIdentity || names.contains(Self.sizeOfOnes) else { return expressions }
    let sizes = scope.names.sorted { $0.key < $1.key }.filter {
      pool.kind(of: $0.value) == .dimension
    }.prefix(Self.mostSizes)
    for (identity, _) in hasIdentity ? sizes : sizes.prefix(1) {
      for (ones, _) in sizes {
        let candidate = expressions.map { $0.withSizes(identity, ones, hasIdentity) }
        let prepared = letters.prepare(candidate, in: scope, &pool)
        var lowering = Lowering(prepared.scope)
        lowering.allowsUndefined = true
        let relation = RelationSyntax(
          left: prepared.expressions[0], operation: .equal, right: prepared.expressions[1])
        if (try? lowering.relationForms(relation, in: &pool)) != nil { return candidate }
        if !names.contains(Self.sizeOfOnes) { break }
      }
    }
    if !hasIdentity {
      // The sides do not fit each other, but each may fit in itself.
      for (ones, _) in sizes {
        let candidate = expressions.map { $0.withSizes(ones, ones, false) }
        let prepared = letters.prepare(candidate, in: scope, &pool)
        var areSound = true
        for side in prepared.expressions.prefix(2) {
          var lowering = Lowering(prepared.scope)
          lowering.allowsUndefined = true
          var names = IndexNames()
          areSound =
            areSound && (try? lowering.quantity(side, naming: &names, in: &pool)) != nil
        }
        if areSound { return candidate }
      }
    }
    // With one choice to make and none that fits, the shapes are wrong, and that can be said.
    let unsized = expressions.flatMap { $0.names }.filter {
      $0.text == Self.sizeOfOnes || hasIdentity && $0.text == "I"
    }
    guard unsized.count == 1 || sizes.count == 1, sizes.count < Self.mostSizes,
      let (size, _) = sizes.first
    else {
      return expressions
    }
    return expressions.map { $0.withSizes(size, size, hasIdentity) }
  }

  /// How many sizes are tried for a matrix that does not tell its own.
  private static let mostSizes = 6

  /// What stands for the unknown size of a bare **1** until the step tells it.
  static let sizeOfOnes = "size_of_ones"

  /// Derivatives by an expression get a name for it: ∂ log S / ∂ S with S = Σ exp(h_k).
  private mutating func openQuantities(
    _ expressions: [Syntax], _ scope: inout Scope, _ pool: inout ExpressionPool
  ) -> [Syntax] {
    var quantities = DifferentiatedQuantities()
    let renamed = expressions.map { quantities.open($0) }
    for (name, value) in quantities.values {
      let head = Syntax(.name(name), value.range)
      if let own = defining(head, as: value, in: scope, &pool) { scope = own }
    }
    return renamed
  }
}

extension ExpressionPool {
  /// Whether a relation is `<`, `≤`, `>` or `≥`.
  fileprivate func isInequality(_ relation: Handle) -> Bool {
    guard case .relation(let operation, _) = self[relation] else { return false }
    return operation != .equal && operation != .notEqual
  }

  /// Whether a relation is `i ≠ j` between two indices.
  fileprivate func isExclusion(_ relation: Handle) -> Bool {
    guard case .relation(.notEqual, _) = self[relation] else { return false }
    return isAboutIndices(relation)
  }

  /// Whether a relation is between indices, labels and whole numbers.
  fileprivate func isAboutIndices(_ relation: Handle) -> Bool {
    guard case .relation(_, let list) = self[relation] else { return false }
    return operands(list).allSatisfy {
      guard case .symbol(let symbol) = self[$0] else { return rational($0) != nil }
      return [.index, .label, .dimension].contains(kind(of: symbol))
    }
  }
}

/// Names for expressions that something is differentiated by.
struct DifferentiatedQuantities {
  private(set) var values: [(name: String, value: Syntax)] = []

  /// The expression with names in the place of what it differentiates by.
  mutating func open(_ syntax: Syntax, depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return syntax }
    guard case .derivative(var derivative) = syntax.kind else {
      return syntax.mappingParts { open($0, depth: depth + 1) }
    }
    for place in derivative.variables.indices {
      let variable = derivative.variables[place].variable
      if variable.isNameOrEntry { continue }
      let name = self.name(of: variable)
      let own = Syntax(.name(name), variable.range)
      derivative.variables[place].variable = own
      derivative.subject = derivative.subject.replacing(variable, with: own)
    }
    derivative.subject = open(derivative.subject, depth: depth + 1)
    return Syntax(.derivative(derivative), syntax.range)
  }

  private mutating func name(of value: Syntax) -> String {
    for entry in values where entry.value.isWritten(like: value) { return entry.name }
    let name = "q_\(values.count + 1)"
    values.append((name, value))
    return name
  }
}

extension Syntax {
  /// The expression with an identity matrix in the place of I, and with a size for bare ones.
  fileprivate func withSizes(
    _ identity: String, _ ones: String, _ replacesIdentity: Bool, depth: Int = 0
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    if case .name("I") = kind, replacesIdentity {
      let call = CallSyntax(
        function: NameSyntax("eye", range), arguments: [Syntax(.name(identity), range)])
      return Syntax(.call(call), range)
    }
    if case .name(Judge.sizeOfOnes) = kind { return Syntax(.name(ones), range) }
    return mappingParts { $0.withSizes(identity, ones, replacesIdentity, depth: depth + 1) }
  }

  /// `x`, `h[i]`.
  var isNameOrEntry: Bool {
    switch kind {
    case .name: true
    case .indexed(let base, _): if case .name = base.kind { true } else { false }
    default: false
    }
  }

  /// The expression with every part that is written like another replaced.
  func replacing(_ part: Syntax, with other: Syntax) -> Syntax {
    let wanted = part.dump
    func replaced(_ syntax: Syntax, _ depth: Int) -> Syntax {
      if depth > Syntax.deepestNesting { return syntax }
      if syntax.dump == wanted { return Syntax(other.kind, syntax.range) }
      return syntax.mappingParts { replaced($0, depth + 1) }
    }
    return replaced(self, 0)
  }
}
