import NablaExpressions
import NablaNotation
import NablaRendering

/// What a name that was never introduced is usually taken to mean.
enum Meaning: Sendable {
  /// `x_n` is row n of X, or column n, as a column.
  case line(of: String, isColumn: Bool)
  case value(Syntax)

  var isLine: Bool { if case .line = self { true } else { false } }
}

extension Judge {
  /// The usual meanings of unknown names under which a step holds; nil if there are none.
  mutating func meanings(
    of unknown: [String], _ found: Attempt, in pool: inout ExpressionPool
  ) -> [String: Meaning]? {
    guard (1...3).contains(unknown.count) else { return nil }
    for choice in 0..<Self.mostChoices {
      var assignment: [String: Meaning] = [:]
      for name in unknown {
        guard let meaning = meaning(of: name, found, choice, in: pool) else { break }
        assignment[name] = meaning
      }
      guard assignment.count == unknown.count else { return nil }
      let left = found.left.taking(assignment)
      let right = found.right.taking(assignment)
      if left.isWritten(like: right) { continue }
      let attempt = attemptInScopes(left, right, when: line?.conditions ?? [], &pool)
      if attempt.isProved { return assignment }
      if choice == 0, attempt.forms != nil, unknown.allSatisfy({ isSample($0, found, in: pool) }) {
        return assignment
      }
      if attempt.isRefuted, saysSymmetric {
        var claim = MarkedClaim(
          right.range, left: nil, .equal, right: nil, goesOn: false, verdict: .undecided)
        if settleBySymmetry(&claim, attempt, in: &pool) { return assignment }
      }
    }
    return nil
  }

  /// How many letters are tried for what error signals belong to.
  private static let mostChoices = 4

  private func meaning(
    of name: String, _ found: Attempt, _ choice: Int, in pool: borrowing ExpressionPool
  ) -> Meaning? {
    let range = found.left.range
    if let base = name.cutting("bar"), rangeCount(base, pool) == 1 {
      let call = CallSyntax(
        function: NameSyntax("mean", range), arguments: [Syntax(.name(base), range)])
      return .value(Syntax(.call(call), range))
    }
    if let loss = lossName(in: pool), Self.areLettersOfOneLoss(name, loss) {
      return .value(Syntax(.name(loss), range))
    }
    if name.utf8.starts(with: "delta".utf8) {
      let suffix = String(decoding: name.utf8.dropFirst(5), as: UTF8.self)
      return errorSignal(suffix, choice, range, in: pool)
    }
    let slots = [found.left, found.right].compactMap { $0.slots(of: name) }
    if slots.contains(1), slots.allSatisfy({ $0 == 1 }) {
      let other = name.uppercased()
      guard choice < 2, other != name, rangeCount(other, pool) == 2 else { return nil }
      return .line(of: other, isColumn: choice == 1)
    }
    return nil
  }

  /// Whether a name stands with an index that the problem counts the rows of its matrix by.
  private func isSample(
    _ name: String, _ found: Attempt, in pool: borrowing ExpressionPool
  ) -> Bool {
    guard let matrix = scope.names[name.uppercased()], pool.kind(of: matrix) == .array,
      let rows = pool.declaration(of: matrix).ranges.first
    else { return false }
    let letters = [found.left, found.right].flatMap { $0.letters(of: name) }
    return !letters.isEmpty
      && letters.allSatisfy { letter in
        guard let index = section.scope.names[letter], pool.kind(of: index) == .index else {
          return false
        }
        return pool.declaration(of: index).ranges.first == rows
      }
  }

  private func rangeCount(_ name: String, _ pool: borrowing ExpressionPool) -> Int? {
    guard let symbol = scope.names[name], pool.kind(of: symbol) == .array else { return nil }
    return pool.declaration(of: symbol).ranges.count
  }

  /// δ of a unit is the derivative of the loss by what goes into it, or by what it puts out.
  private func errorSignal(
    _ suffix: String, _ choice: Int, _ range: SourceRange, in pool: borrowing ExpressionPool
  ) -> Meaning? {
    guard let loss = lossName(in: pool) else { return nil }
    var fitting: [String] = []
    for (name, symbol) in scope.names
    where name != loss && scope.definitions[symbol] != nil && name.utf8.count > suffix.utf8.count {
      let ends = suffix.isEmpty ? ["", "out", "_out"] : [suffix]
      guard ends.contains(where: { name.cutting($0)?.unicodeScalars.count == 1 }),
        [.scalar, .array].contains(pool.kind(of: symbol))
      else { continue }
      fitting.append(name)
    }
    fitting.sort()
    let inputs = ["s", "z", "u", "a", "h", "o"]
    fitting.sort { one, other in
      let (left, right) = (one.prefix(1).lowercased(), other.prefix(1).lowercased())
      if suffix.isEmpty, one.utf8.count != other.utf8.count {
        // δ alone belongs to the output.
        return one.utf8.count > other.utf8.count
      }
      return (inputs.firstIndex(of: left) ?? 9) < (inputs.firstIndex(of: right) ?? 9)
    }
    guard fitting.indices.contains(choice) else { return nil }
    let variable = DerivativeSyntax.Variable(
      variable: Syntax(.name(fitting[choice]), range), order: 1)
    return .value(
      Syntax(
        .derivative(
          DerivativeSyntax(
            subject: Syntax(.name(loss), range), variables: [variable], spelling: .call)), range))
  }

  /// The one quantity that the problem asks to differentiate.
  func lossName(in pool: borrowing ExpressionPool) -> String? {
    var found: Set<SymbolID> = []
    for goal in section.goals {
      guard let question = pool.question(in: goal.written), !question.variables.isEmpty,
        pool.kind(of: question.subject) == .scalar
      else { continue }
      found.insert(question.subject)
    }
    guard found.count == 1, let symbol = found.first else { return nil }
    return pool.declaration(of: symbol).name
  }

  // MARK: Names of solutions

  /// Judges `\hat w = …` as the solution of the equation that is solved; false if there is none or
  /// it cannot be told.
  mutating func judgeSolution(
    _ open: OpenLine, _ right: Syntax, _ link: RelationChain.Link, _ range: SourceRange,
    in pool: inout ExpressionPool
  ) -> Bool {
    guard !isLiteral, !knownEquations.isEmpty, let own = open.head.definedName,
      scope.names[own.text] == nil,
      let base = Self.marksOfSolutions.lazy.compactMap({ own.text.cutting($0) }).first(where: {
        scope.names[$0] != nil
      })
    else { return false }
    let head = open.head.renaming([own.text: base])
    var right = right
    let found = attemptInScopes(head, right, when: open.conditions, &pool)
    if case .unread = found.outcome {
      let unknown = unknownNames([right])
      for name in unknown where meanings[name] == nil {
        // Rows stand for samples here as they do in the equation.
        if let meaning = meaning(of: name, found, 0, in: pool) {
          right = right.taking([name: meaning])
        }
      }
    }
    let read = attemptInScopes(head, right, when: open.conditions, &pool)
    guard read.forms != nil else { return false }
    var claim = MarkedClaim(
      range, left: nil, link.relation, right: nil, goesOn: false, verdict: .undecided)
    if case .follows? = consequence(read, in: &pool) {
      claim.verdict = .proved
      claim.because = Self.reasonOfSolution
    } else if !settleAsSolution(&claim, read, in: &pool) {
      guard speaksOfEquations(for: base) else { return false }
      claim.because = [.text("whether it solves the equation above is open")]
    }
    claim.left = .name(Identifier(own.text))
    claim.right = formula(right, read.forms?.right, in: &pool)
    append(claim)
    if let extended = defining(open.head, as: right, in: scope, &pool),
      let symbol = extended.names[own.text], let definition = extended.definitions[symbol]
    {
      scope = extended
      refined.names[own.text] = symbol
      refined.definitions.add(definition)
      believed.names[own.text] = symbol
      believed.definitions.add(definition)
      prepareBuilder(pool)
    }
    line?.last = right
    return true
  }

  /// Whether an equation that is solved holds a name.
  private func speaksOfEquations(for name: String) -> Bool {
    knownEquations.contains { left, right in
      (left.names + right.names).contains { $0.text == name }
    }
  }

  private static let marksOfSolutions = ["hat", "star", "opt", "_ML", "_MLE", "ML", "MLE", "_min"]
}

extension String {
  /// The rest, if the text ends in another that is not all of it.
  fileprivate func cutting(_ end: String) -> String? {
    guard utf8.count > end.utf8.count, utf8.suffix(end.utf8.count).elementsEqual(end.utf8) else {
      return nil
    }
    return String(decoding: utf8.dropLast(end.utf8.count), as: UTF8.self)
  }
}

extension Syntax {
  /// The letters that stand as the one index of a name.
  fileprivate func letters(of name: String, depth: Int = 0) -> [String] {
    if depth > Syntax.deepestNesting { return [] }
    if case .indexed(let base, let indices) = kind, case .name(name) = base.kind,
      indices.count == 1
    {
      if case .name(let letter) = indices[0].kind { return [letter] }
      return [""]
    }
    var found: [String] = []
    forEachPart { found += $0.letters(of: name, depth: depth + 1) }
    return found
  }

  /// The expression with names taken for what they mean.
  func taking(_ meanings: [String: Meaning], depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting || meanings.isEmpty { return self }
    switch kind {
    case .name(let name):
      if case .value(let value)? = meanings[name] { return Syntax(value.kind, range) }
      return self
    case .indexed(let base, let indices):
      if case .name(let name) = base.kind, indices.count == 1,
        case .line(let matrix, let isColumn)? = meanings[name]
      {
        let whole = Syntax(.name(matrix), base.range)
        let unit = CallSyntax(function: NameSyntax("onehot", range), arguments: indices)
        return Syntax(
          .product([
            FactorSyntax(
              operation: .times,
              factor: isColumn ? whole : Syntax(.transpose(whole), base.range)),
            FactorSyntax(operation: .times, factor: Syntax(.call(unit), range)),
          ]), range)
      }
    default: break
    }
    return mappingParts { $0.taking(meanings, depth: depth + 1) }
  }

  /// The expression with rows and columns under the names they were read from.
  func restoring(_ meanings: [String: Meaning], depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    if case .product(let factors) = kind, factors.count == 2,
      case .call(let call) = factors[1].factor.kind, call.function.text == "onehot",
      let name = factors[0].factor.names.first?.text,
      let own = meanings.first(where: { entry in
        if case .line(name, _) = entry.value { true } else { false }
      })
    {
      return Syntax(.indexed(Syntax(.name(own.key), range), call.arguments), range)
    }
    return mappingParts { $0.restoring(meanings, depth: depth + 1) }
  }
}
