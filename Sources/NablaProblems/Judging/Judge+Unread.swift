import NablaExpressions
import NablaNotation
import NablaRendering
import NablaVerification

extension Judge {
  /// What is said of a step that could not be lowered: a slip of shapes or indices, an unknown
  /// name, or something else that cannot be read.
  mutating func settleUnread(
    _ claim: inout MarkedClaim, _ found: Attempt, _ diagnostic: Diagnostic,
    in pool: inout ExpressionPool
  ) {
    let unknown = unknownNames([found.left, found.right])
    if !unknown.isEmpty {
      settleUnknown(&claim, found, unknown, in: &pool)
      return
    }
    claim.because = [.text(diagnostic.message)]
    switch diagnostic.identifier {
    case "index-range" where found.left.countsFromZero || found.right.countsFromZero:
      claim.verdict = .undecided
    case "shape-mismatch", "size-mismatch", "index-range", "scalar-as-array":
      if diagnostic.identifier != "index-range",
        found.left.freeLetters.isEmpty != found.right.freeLetters.isEmpty
      {
        // An entry on one side and an array on the other: what is meant cannot be told.
        claim.verdict = .undecided
        break
      }
      if found.left.holdsLiteralArray || found.right.holdsLiteralArray {
        settleAtWrittenSizes(&claim, found, in: &pool)
        if claim.verdict != .refuted { break }
      }
      claim.verdict = .refuted
      claim.mistake = .shape
      if let left = shape(of: found.left, in: &pool), let right = shape(of: found.right, in: &pool),
        left.isMatrix, Lowering(refined).matches(left, right.transposed, in: pool)
      {
        claim.mistake = .transpose
        claim.because = [.text("the right side is the transpose of what it should be in shape")]
      }
    case "index-bound-twice", "index-bound-and-free":
      claim.verdict = .refuted
      claim.mistake = .indexDiscipline
    case "too-many-axes", "unknown-size", "unsupported-prime", "unrelated-derivative",
      "direct-derivative":
      claim.verdict = .undecided
    default: claim.verdict = .unreadable
    }
  }

  // MARK: Unknown names

  /// Names that mean nothing here, each once, in their order.
  func unknownNames(_ expressions: [Syntax]) -> [String] {
    var found: [String] = []
    // A closure that takes in all of the judge copies it.
    let names = scope.names
    for expression in expressions {
      expression.collectFree([], 0) { name, isFunction in
        if names[name] != nil || found.contains(name) { return }
        if BuiltInNames.constants.contains(name) { return }
        if name == "I" || name == Self.sizeOfOnes || RowName.isMark(name) { return }
        if isFunction, BuiltInNames.function(named: name) != nil { return }
        found.append(name)
      }
    }
    return found
  }

  private mutating func settleUnknown(
    _ claim: inout MarkedClaim, _ found: Attempt, _ unknown: [String],
    in pool: inout ExpressionPool
  ) {
    let known = [found.left, found.right].contains { side in
      side.names.contains { name in
        scope.names[name.text].map { pool.kind(of: $0) != .index } ?? false
      }
    }
    if let verdict = generic(found, unknown, in: &pool) {
      switch verdict {
      case .proved:
        claim.verdict = .proved
        return
      case .refuted(let counterexample)
      where found.left.isAboutItself
        && unknown.allSatisfy({ name in found.left.names.contains { $0.text == name } }):
        claim.verdict = .refuted
        claim.counterexample = self.counterexample(counterexample, in: &pool)
        return
      default: break
      }
    }
    claim.verdict = known ? .notDetermined : .unrelated
    claim.because = [.text("it is not said what ")]
    for (place, name) in unknown.prefix(4).enumerated() {
      if place > 0 { claim.because.append(.text(", ")) }
      claim.because.append(.formula(.name(Identifier(name))))
    }
    claim.because.append(.text(unknown.count == 1 ? " is" : " are"))
  }

  /// The problem's name for an unknown letter under which the step holds, if there is just one.
  mutating func match(
    _ unknown: [String], _ found: Attempt, in pool: inout ExpressionPool
  ) -> (String, String)? {
    // What a function is applied to in saying what it is can be anything.
    let variables = found.left.variablesOfFunction
    for name in unknown.prefix(3) where !variables.contains(name) && name != "d" {
      if let function = matchingFunction(name, found, in: &pool) { return (name, function) }
      let slots = [found.left, found.right].compactMap { $0.slots(of: name) }.first
      guard let slots else { continue }
      var fitting: [String] = []
      for (other, symbol) in scope.names.sorted(by: { $0.key < $1.key }) {
        let declared = pool.declaration(of: symbol)
        let kinds: [SymbolKind] = [.scalar, .array]
        guard kinds.contains(declared.kind), slots == 0 || declared.ranges.count == slots else {
          continue
        }
        // Two letters of the author are two things, unless they differ in case only.
        if writtenNames.contains(other) || aliases.values.contains(other),
          other.lowercased() != name.lowercased()
        {
          continue
        }
        fitting.append(other)
      }
      let spelling = name.lowercased()
      fitting.sort { one, other in
        let (left, right) = (one.lowercased() == spelling, other.lowercased() == spelling)
        return left != right ? left : one < other
      }
      var holding: [String] = []
      for other in fitting.prefix(12) {
        let renames = [name: other]
        let attempt = attemptInScopes(
          found.left.renaming(renames), found.right.renaming(renames),
          when: line?.conditions ?? [], &pool)
        guard attempt.isProved || isProvedByNormalisation(attempt, in: &pool) else { continue }
        if found.left.renaming(renames).isWritten(like: found.right.renaming(renames)) { continue }
        if other.lowercased() == spelling { return (name, other) }
        holding.append(other)
        if holding.count > 1 { break }
      }
      if holding.count == 1 { return (name, holding[0]) }
    }
    return nil
  }

  /// The function of the trade that an unknown one stands for, if just one makes the step hold.
  private mutating func matchingFunction(
    _ name: String, _ found: Attempt, in pool: inout ExpressionPool
  ) -> String? {
    guard found.left.calls(name) || found.right.calls(name) else { return nil }
    var holding: [String] = []
    for function in ["sigmoid", "tanh", "ReLU", "softplus", "exp", "step"] {
      let renames = [name: function]
      let (left, right) = (found.left.renaming(renames), found.right.renaming(renames))
      var attempt = attemptInScopes(left, right, when: line?.conditions ?? [], &pool)
      for (one, other, _) in looseReadings(attempt, left, right, in: &pool)
      where !attempt.isProved {
        attempt = attemptInScopes(one, other, when: line?.conditions ?? [], &pool)
      }
      if attempt.isProved { holding.append(function) }
    }
    return holding.count == 1 ? holding[0] : nil
  }

  private mutating func isProvedByNormalisation(
    _ attempt: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard statesNormalisation,
      case .judged(.conditional(let condition, _)) = narrowed(attempt, in: &pool).outcome
    else { return false }
    return pool.isNormalisation(condition)
  }

  /// The verdict with unknown letters as names for any numbers.
  mutating func generic(
    _ found: Attempt, _ unknown: [String], in pool: inout ExpressionPool
  ) -> ProofVerdict? {
    // What depends on an unknown name, or on what an unknown name depends, is open.
    if unknown.contains("d") { return nil }
    if [found.left, found.right].contains(where: { $0.differentiates(unknown) }) { return nil }
    var own = refined
    for name in unknown {
      let slots = [found.left, found.right].compactMap { $0.slots(of: name) }
      guard slots.allSatisfy({ $0 == 0 }), !slots.isEmpty else { return nil }
      own.names[name] = pool.declare(Symbol(name, .scalar))
    }
    let attempt = self.attempt(
      found.left, found.right, when: line?.conditions ?? [], in: own, &pool)
    if case .judged(let verdict) = attempt.outcome { return verdict }
    return nil
  }
}

extension Syntax {
  /// How many indices a name takes where it occurs first; nil if it does not occur.
  func slots(of name: String) -> Int? {
    if case .indexed(let base, let indices) = kind, case .name(name) = base.kind {
      return indices.count
    }
    if case .name(name) = kind { return 0 }
    var found: Int?
    forEachPart { if found == nil { found = $0.slots(of: name) } }
    return found
  }

  /// The names that a function is applied to where it is said what it is: u in `ρ(u) = …`.
  fileprivate var variablesOfFunction: Set<String> {
    guard case .call(let call) = kind else { return [] }
    return Set(
      call.arguments.compactMap { if case .name(let name) = $0.kind { name } else { nil } })
  }

  /// Whether one of some names is differentiated, or is differentiated by without standing in the
  /// subject.
  fileprivate func differentiates(_ names: [String]) -> Bool {
    if case .derivative(let derivative) = kind {
      if let subject = derivative.subject.definedName?.text, names.contains(subject) { return true }
      for entry in derivative.variables {
        guard let variable = entry.variable.definedName?.text, names.contains(variable) else {
          continue
        }
        if !derivative.subject.names.contains(where: { $0.text == variable }) { return true }
      }
    }
    var found = false
    forEachPart { if !found { found = $0.differentiates(names) } }
    return found
  }

  /// Whether a function is applied somewhere.
  fileprivate func calls(_ name: String) -> Bool {
    if case .call(let call) = kind, call.function.text == name { return true }
    var found = false
    forEachPart { if !found { found = $0.calls(name) } }
    return found
  }

  /// Whether a claim is about a function at a letter of its own: `σ'(x)`, `d tanh(x)/dx`.
  fileprivate var isAboutItself: Bool {
    switch kind {
    case .call(let call): call.arguments.allSatisfy { $0.isNameOrEntry }
    case .derivative(let derivative):
      if case .call = derivative.subject.kind { true } else { false }
    default: false
    }
  }

  /// Calls a function with every name that no sum around it binds.
  fileprivate func collectFree(
    _ bound: [String], _ depth: Int, _ visit: (String, Bool) -> Void
  ) {
    if depth > Syntax.deepestNesting { return }
    switch kind {
    case .name(let name): if !bound.contains(name) { visit(name, false) }
    case .call(let call):
      visit(call.function.text, true)
      let isMark = RowName.isMark(call.function.text)
      for (place, argument) in call.arguments.enumerated() where !isMark || place != 2 {
        argument.collectFree(bound, depth + 1, visit)
      }
    case .indexed(let base, let indices):
      base.collectFree(bound, depth + 1, visit)
      // Letters in slots get their range from where they stand.
      for index in indices {
        if case .name = index.kind { continue }
        index.collectFree(bound, depth + 1, visit)
      }
    case .binder(let binder):
      let names = bound + binder.indices.map { $0.name.text }
      binder.body.collectFree(names, depth + 1, visit)
    default: forEachPart { $0.collectFree(bound, depth + 1, visit) }
    }
  }
}

extension Syntax {
  /// Whether a sum begins at 0.
  fileprivate var countsFromZero: Bool {
    if case .binder(let binder) = kind {
      for index in binder.indices {
        if case .number("0")? = index.bounds?.lower.kind { return true }
      }
    }
    var found = false
    forEachPart { found = found || $0.countsFromZero }
    return found
  }
}
