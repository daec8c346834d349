import NablaExpressions
import NablaNotation
import NablaRendering

extension Judge {
  /// Judges a step that does not hold for all values at the values that are given; false if it is
  /// not about numbers.
  mutating func settleByNumbers(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    guard found.conditions.isEmpty else { return false }
    let isAboutNumbers = isNumeric(found.left, found.right)
    guard isAboutNumbers || endsInNumber else { return false }
    switch numeric(found.left, found.right, in: &pool) {
    case .holds?:
      apply(.holds, to: &claim)
      return true
    case .some where demandSpot?.sentence == here.sentence && isPosed(found, in: pool):
      return false
    case .some(let outcome) where isAboutNumbers && !found.right.isSmallNumber:
      apply(outcome, to: &claim)
      if claim.verdict == .refuted, isBelieved(found, in: &pool) { carry(&claim) }
      return true
    case .fails(let value)? where isAboutNumbers:
      apply(.fails(value), to: &claim)
      if isBelieved(found, in: &pool) { carry(&claim) }
      return true
    case nil
    where isAboutNumbers && found.forms != nil && found.right.holdsDecimal && !found.left.isClosed:
      if isBelieved(found, in: &pool) {
        carry(&claim)
        return true
      }
      claim.verdict = .notDetermined
      claim.because = [.text("the problem gives no values for it")]
      return true
    default: return false
    }
  }

  // MARK: Equations that are solved

  /// Whether `A = 0` is an equation to be solved: the author speaks of setting something to 0.
  func isPosed(_ found: Attempt, in pool: borrowing ExpressionPool) -> Bool {
    guard let open = line else { return false }
    if demandSpot?.sentence == here.sentence, open.head.range == open.last.range {
      // "We want ∂f/∂x = 0", "it satisfies Ax = b": asked for, not claimed.
      if found.right.isClosed || !isAboutTruth(open.head) { return true }
    }
    if impliesNext, !isAboutTruth(open.head) { return true }
    guard case .number("0") = found.right.kind else { return false }
    // A chain that works a derivative out and ends in 0 sets it to 0.
    let isEnd = open.head.range != open.last.range
    // "We set A = 0 and B = 0."
    return posesEquations || isEnd || impliesNext || leadsOn || role == .definition
      || leading.announcesEquation || isSlopeOfLoss(open.head, in: pool)
      || posedRoots > 0 && leading.words.last.map { LeadingWords.isLinking($0) } == true
  }

  /// Whether it is what the problem asks for, differentiated by what is free to choose: that this is
  /// 0 everywhere nobody claims.
  private func isSlopeOfLoss(_ head: Syntax, in pool: borrowing ExpressionPool) -> Bool {
    guard section.valued.isEmpty, line?.conditions.isEmpty ?? true, supposesNothing,
      head.namesDerivative, let variable = WorkedDerivative(head, head)?.variable,
      let symbol = scope.names[variable], scope.definitions[symbol] == nil
    else { return false }
    switch head.kind {
    case .derivative(let derivative):
      guard case .name(let name) = derivative.subject.kind else { return false }
      return name == lossName(in: pool)
    case .call(let call): return scope.names[call.function.text] != nil
    default: return false
    }
  }

  /// Whether an equation to be solved is set up where the problem gives values, at which it need not
  /// hold.
  func isSetUpBesideValues(_ found: Attempt, in pool: borrowing ExpressionPool) -> Bool {
    guard let open = line, open.head.range == open.last.range, !found.left.isClosed,
      posesEquations || impliesNext || leadsOn
    else { return false }
    return isPosed(found, in: pool)
  }

  /// Whether the problem says what a left side is: a derivative, or a name that is defined.
  private func isAboutTruth(_ head: Syntax) -> Bool {
    if head.namesDerivative { return true }
    return head.definedName.flatMap { scope.names[$0.text] }
      .map { scope.definitions[$0] != nil } ?? false
  }

  /// What is known of an equation from those that were set up before.
  enum Consequence {
    case follows
    /// Only after a division by this, which may be 0.
    case dividesByZero(Syntax)
    case open
  }

  /// Whether an equation follows from one that was set up; nil if none was.
  mutating func consequence(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> Consequence? {
    guard let open = line, open.head.range == open.last.range else { return nil }
    if open.head.namesDerivative { return nil }
    let known = knownEquations
    guard !known.isEmpty || posesUnread else { return nil }
    var owns = [found.left.minus(found.right)]
    if let product = multipliedOut(found, in: &pool) {
      owns.append(product.left.minus(product.right))
    }
    var divisor: Syntax?
    for (left, right) in known.reversed().prefix(Self.mostKnown) {
      let difference = left.minus(right)
      for (factor, below) in multipliers(of: difference, in: pool) {
        let product = Syntax(
          .product([
            FactorSyntax(operation: .times, factor: factor),
            FactorSyntax(operation: .times, factor: difference),
          ]), difference.range)
        for own in owns
        where attemptInScopes(own, product, when: open.conditions, &pool).isProved {
          guard let below else { return .follows }
          divisor = below
        }
      }
    }
    return divisor.map { .dividesByZero($0) } ?? .open
  }

  /// `w = c A^{-1} b` as `A w = c b`, with numbers before the inverse.
  private mutating func multipliedOut(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> (left: Syntax, right: Syntax)? {
    guard case .product(var factors) = found.right.kind,
      let place = factors.firstIndex(where: { $0.operation == .times && $0.factor.inverted != nil }
      ),
      let inverted = factors[place].factor.inverted
    else { return nil }
    for factor in factors[..<place] {
      guard shape(of: factor.factor, in: &pool)?.isScalar == true else { return nil }
    }
    factors.remove(at: place)
    guard let first = factors.first, first.operation == .times else { return nil }
    let range = found.right.range
    let left = Syntax(
      .product([
        FactorSyntax(operation: .times, factor: inverted),
        FactorSyntax(operation: .times, factor: found.left),
      ]), found.left.range)
    return (left, factors.count == 1 ? first.factor : Syntax(.product(factors), range))
  }

  /// What an equation is commonly multiplied by: small numbers, sizes, scalars and their inverses,
  /// each with what it divides by where that may be 0.
  private func multipliers(
    of difference: Syntax, in pool: borrowing ExpressionPool
  ) -> [(factor: Syntax, divisor: Syntax?)] {
    let range = SourceRange(0, 0)
    let one = Syntax(.number("1"), range)
    let two = Syntax(.number("2"), range)
    var factors: [(Syntax, Syntax?)] = [(one, nil), (two, nil), (one.over(two), nil)]
    let names = section.scope.names.sorted { $0.key < $1.key }.filter { _, symbol in
      [.dimension, .scalar].contains(pool.kind(of: symbol)) && scope.definitions[symbol] == nil
    }
    for (name, symbol) in names.prefix(6) {
      let value = Syntax(.name(name), range)
      let isNonzero =
        pool.kind(of: symbol) == .dimension || pool.declaration(of: symbol).domain.isPositive
        || pool.declaration(of: symbol).domain.isNegative
      factors += [(value, nil), (one.over(value), isNonzero ? nil : value)]
      if isNonzero, pool.kind(of: symbol) == .scalar {
        let square = Syntax(.power(value, two), range)
        factors += [(square, nil), (two.over(one.over(square)), nil)]
      }
    }
    // Exponentials are never 0.
    for exponential in difference.exponentials.prefix(3) {
      factors.append((one.over(exponential), nil))
    }
    return factors.flatMap { [$0, (Syntax(.negation($0.0), range), $0.1)] }
  }

  /// Judges an equation by those that were set up before; false if it is to be judged by itself.
  mutating func settleAsConsequence(
    _ claim: inout MarkedClaim, _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    let consequence = consequence(found, in: &pool)
    switch consequence {
    case .follows?:
      claim.verdict = .proved
      claim.because = MarkedClaim.reasonOfConsequence
      // "For λ = 0 …" is so there only.
      if supposesNothing { posed.append((found.left, found.right)) }
      return true
    case .dividesByZero(let divisor)?:
      let shown = formula(divisor, nil, in: &pool)
      claim.verdict = .refuted
      claim.mistake = .divisionByZero
      claim.because = [
        .text("it is divided by "), .formula(shown), .text(", which may be 0: the case "),
        .formula(.relation(shown, [.init(.equal, .number("0"))])), .text(" is lost"),
      ]
      posed.append((found.left, found.right))
      return true
    case .open?, nil: break
    }
    if case .open? = consequence, settleAsSolution(&claim, found, in: &pool) {
      if claim.verdict == .refuted, followsFromWrongResult(found, in: &pool) { carry(&claim) }
      return true
    }
    let isConclusion = followsImplication && !found.left.namesDerivative
    if !isConclusion, isPosed(found, in: pool) {
      posed.append((found.left, found.right))
      posedRoots += 1
      claim.verdict = .unrelated
      claim.because = [.text("an equation that is set up, not claimed")]
      return true
    }
    guard case .open? = consequence else { return false }
    if !isPosed(found, in: pool) || isConclusion, doesNotFollow(found, in: &pool) {
      claim.verdict = .refuted
      claim.mistake = .conclusion
      claim.because = [.text("does not follow from the equation above")]
      if followsFromWrongResult(found, in: &pool) { carry(&claim) }
      return true
    }
    if isConclusion, isPosed(found, in: pool) { posed.append((found.left, found.right)) }
    claim.verdict = .undecided
    claim.because = [.text("whether it follows from the equation above is open")]
    return true
  }

  /// Whether a step follows from the equations with the wrong derivatives that the author found.
  private mutating func followsFromWrongResult(
    _ found: Attempt, in pool: inout ExpressionPool
  ) -> Bool {
    if wrongResults.isEmpty || isLiteral { return false }
    let known = posed
    defer { posed = known }
    posed = known.map { (withWrongResults($0.left), withWrongResults($0.right)) }
    guard zip(known, posed).contains(where: { !$0.left.isWritten(like: $1.left) }) else {
      return false
    }
    if case .follows? = consequence(found, in: &pool) { return true }
    var claim = MarkedClaim(
      found.right.range, left: nil, .equal, right: nil, goesOn: false, verdict: .undecided)
    return settleAsSolution(&claim, found, in: &pool) && claim.verdict == .proved
  }

  // MARK: Sizes

  /// Takes `y = 1` for an input without a value as the case in which what follows is worked out.
  mutating func setValue(
    _ head: Syntax, _ value: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard let name = head.definedName, let symbol = scope.names[name.text],
      scope.definitions[symbol] == nil, [.scalar, .array].contains(pool.kind(of: symbol)),
      value.isClosed, posed.isEmpty || !followsImplication && !solves(head, value, in: &pool)
    else { return false }
    let usual = reach
    reach = .part
    suppose(Syntax(.comparison(head, .equal, value), range), isGiven: true, in: &pool)
    reach = usual
    if !section.valued.isEmpty { return false }
    var claim = MarkedClaim(
      range, left: nil, .equal, right: nil, goesOn: false, verdict: .unrelated)
    claim.left = formula(head, nil, in: &pool)
    claim.right = formula(value, nil, in: &pool)
    claim.because = [.text("a value that is set")]
    append(claim)
    return true
  }

  /// Whether a value makes an equation true that was set up.
  private mutating func solves(
    _ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) -> Bool {
    let found = attemptInScopes(head, value, when: [], &pool)
    var claim = MarkedClaim(
      value.range, left: nil, .equal, right: nil, goesOn: false, verdict: .undecided)
    if case .follows? = consequence(found, in: &pool) { return true }
    return settleAsSolution(&claim, found, in: &pool) && claim.verdict == .proved
  }

  /// Takes `N = 3` as the size for which the author works things out.
  mutating func setSize(
    _ head: Syntax, _ value: Syntax, _ range: SourceRange, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .name(let name) = head.kind, case .number(let digits) = value.kind,
      giveSize(head, value, in: &pool)
    else { return false }
    var claim = MarkedClaim(
      range, left: .name(Identifier(name)), .equal, right: .number(digits), goesOn: false,
      verdict: .unrelated)
    claim.because = [.text("the size for which it is worked out")]
    append(claim)
    return true
  }

  /// Gives an open size a number until the next heading; false if it is none.
  mutating func giveSize(
    _ head: Syntax, _ value: Syntax, in pool: inout ExpressionPool
  ) -> Bool {
    guard case .name(let name) = head.kind, let symbol = scope.names[name],
      pool.kind(of: symbol) == .dimension, scope.values[symbol] == nil,
      case .number(let digits) = value.kind, let size = Int(digits), size > 0
    else { return false }
    if size <= 64 {
      let given = ValueAssignment(pool.integer(size))
      scope.values[symbol] = given
      refined.values[symbol] = given
      believed.values[symbol] = given
      givenSizes.append(symbol)
    } else {
      // Too much to work out: what is so for this size only stays open.
      let usual = reach
      reach = .part
      take(.unread("\(name) = \(digits)"), shown: nil, isGiven: true)
      reach = usual
    }
    return true
  }

  /// Forgets the numbers that the author gave to sizes.
  mutating func forgetSizes() {
    for symbol in givenSizes {
      scope.values[symbol] = nil
      refined.values[symbol] = nil
      believed.values[symbol] = nil
    }
    givenSizes = []
  }
}

extension MarkedClaim {
  fileprivate static let reasonOfConsequence: [Inline] = [.text("follows from the equation above")]

  /// Whether it is no identity, but follows from an equation that the author set up.
  package var isConsequence: Bool {
    because == Self.reasonOfConsequence || because == Judge.reasonOfSolution
  }
}

extension Syntax {
  /// A in `A^{-1}` and `inv(A)`.
  fileprivate var inverted: Syntax? {
    switch kind {
    case .power(let base, let exponent):
      if case .negation(let inner) = exponent.kind, case .number("1") = inner.kind { return base }
      return nil
    case .call(let call) where call.function.text == "inv" && call.arguments.count == 1:
      return call.arguments[0]
    default: return nil
    }
  }

  func minus(_ other: Syntax) -> Syntax {
    if case .number("0") = other.kind { return self }
    return Syntax(
      .sum([
        SignedTermSyntax(isNegative: false, term: self),
        SignedTermSyntax(isNegative: true, term: other),
      ]), range.union(other.range))
  }

  /// The exponentials that occur.
  fileprivate var exponentials: [Syntax] {
    var found: [Syntax] = []
    func collect(_ syntax: Syntax, _ depth: Int) {
      if depth > Syntax.deepestNesting { return }
      switch syntax.kind {
      case .call(let call) where call.function.text == "exp": note(syntax)
      case .power(let base, _): if case .name("e") = base.kind { note(syntax) }
      default: break
      }
      syntax.forEachPart { collect($0, depth + 1) }
    }
    func note(_ syntax: Syntax) {
      if !found.contains(where: { $0.isWritten(like: syntax) }) { found.append(syntax) }
    }
    collect(self, 0)
    return found
  }

  fileprivate func over(_ other: Syntax) -> Syntax {
    Syntax(
      .product([
        FactorSyntax(operation: .times, factor: self),
        FactorSyntax(operation: .over, factor: other),
      ]), range)
  }

  /// Whether it is a derivative, `dy/dx` or `f'(x)`: the problem says what that is.
  var namesDerivative: Bool {
    switch kind {
    case .derivative: true
    case .call(let call): call.primes > 0
    default: false
    }
  }

  /// 0, 1, −1 and their kin, which stand in formulas without any values.
  var isSmallNumber: Bool {
    switch kind {
    case .number(let digits): digits.utf8.count == 1
    case .negation(let inner): inner.isSmallNumber
    default: false
    }
  }

  /// Whether a decimal occurs, or a fraction of numbers.
  var holdsDecimal: Bool { digits.contains { $0.utf8.contains(0x2E) } }
}
