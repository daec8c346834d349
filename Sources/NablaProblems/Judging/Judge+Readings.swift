import NablaExpressions
import NablaNotation

extension Judge {
  /// A step read loosely: both sides and what was taken as meant.
  typealias Reading = (Syntax, Syntax, RelationChain.KindReading.Reason)

  /// Readings of a step that does not hold, or cannot be read, as it stands.
  ///
  /// Products of arrays may be meant entry by entry or as a scalar product, a derivative may be laid
  /// out as a row, and a letter that is summed over may lack its Σ.
  mutating func looseReadings(
    _ found: Attempt, _ left: Syntax, _ right: Syntax, in pool: inout ExpressionPool
  ) -> [Reading] {
    var readings: [Reading] = []
    let sized = withSizes([left, right], in: refined, &pool)
    let (left, right) = (sized[0], sized[1])
    let wide = right.withWiderDerivatives()
    if !wide.isWritten(like: right) { readings.append((left, wide, .reachOfFunction)) }
    let one = left.withoutSamples(besides: [], in: self, pool)
    let other = right.withoutSamples(besides: left.freeLetters, in: self, pool)
    let hasSamples = !(one.isWritten(like: left) && other.isWritten(like: right))
    if hasSamples { readings.append((one, other, .superscript)) }
    if case .unread(let diagnostic) = found.outcome, diagnostic.identifier != "unknown-name" {
      readings += fittedReadings(left, right, in: &pool)
      if hasSamples {
        for (one, other, _) in fittedReadings(one, other, in: &pool) {
          readings.append((one, other, .superscript))
        }
      }
    }
    if case .unread = found.outcome { readings += rowReadings(left, right, in: pool) }
    let (first, second) = (left.readingSoftmax(), right.readingSoftmax())
    if !(first.isWritten(like: left) && second.isWritten(like: right)) {
      readings.append((first, second, .reachOfFunction))
    }
    if let indexed = withMissingIndices(left, right, in: pool) {
      readings.append((left, indexed, .missingIndex))
    }
    if !writesSums, let summed = implicitSum(left, right, head: line?.head ?? left, in: pool) {
      readings.append((left, summed, .summation))
    }
    return readings
  }

  /// A step with the products, quotients and transposes of both sides made to fit.
  private mutating func fittedReadings(
    _ left: Syntax, _ right: Syntax, in pool: inout ExpressionPool
  ) -> [Reading] {
    var readings: [Reading] = []
    var sides: [(Syntax, RelationChain.KindReading.Reason)] = [(right, .product)]
    if shape(of: left, in: &pool)?.isMatrix != true {
      // Of a matrix it makes a difference which way it stands, unless the author said so.
      sides.append((Syntax(.transpose(right), right.range), .layout))
    }
    if shape(of: left, in: &pool)?.isMatrix == true {
      // The Jacobian of a function that acts entry by entry is often given by its diagonal.
      for own in fitted(right, in: &pool) where isColumn(own, in: &pool) {
        let call = CallSyntax(function: NameSyntax("diag", own.range), arguments: [own])
        readings.append((left, Syntax(.call(call), own.range), .layout))
      }
    }
    for (own, reason) in sides {
      for one in fitted(left, in: &pool) {
        for other in fitted(own, in: &pool) {
          if one.isWritten(like: left), other.isWritten(like: right) { continue }
          readings.append((one, other, reason))
        }
      }
    }
    return readings
  }

  /// The expression with products, quotients and powers that do not fit replaced by those that do.
  private mutating func fitted(_ syntax: Syntax, in pool: inout ExpressionPool) -> [Syntax] {
    var all = [fit(syntax, .elementwise, 0, in: &pool)]
    let scalar = fit(syntax, .scalarProduct, 0, in: &pool)
    if !scalar.isWritten(like: all[0]) { all.append(scalar) }
    return all
  }

  private enum Fit { case elementwise, scalarProduct }

  private mutating func fit(
    _ syntax: Syntax, _ way: Fit, _ depth: Int, in pool: inout ExpressionPool
  ) -> Syntax {
    if depth > 64 { return syntax }
    var parts: [Syntax] = []
    syntax.forEachPart { parts.append($0) }
    if parts.isEmpty || isSound(syntax, in: &pool) { return syntax }
    var place = 0
    var fittedParts: [Syntax] = []
    for part in parts { fittedParts.append(fit(part, way, depth + 1, in: &pool)) }
    var result = syntax.mappingParts { _ in
      place += 1
      return fittedParts[place - 1]
    }
    switch result.kind {
    case .product(let factors): result.kind = .product(fit(factors, way, in: &pool))
    case .transpose(let inner): if !isSound(result, in: &pool) { result = inner }
    case .sum(let terms): result.kind = .sum(fit(terms, in: &pool))
    case .power(let base, let exponent):
      if !isSound(result, in: &pool) { result.kind = .elementwisePower(base, exponent) }
    default: break
    }
    return result
  }

  /// Takes a bias that is thought of as a row, and so written `bᵀ`, for the column it is.
  private mutating func fit(
    _ terms: [SignedTermSyntax], in pool: inout ExpressionPool
  ) -> [SignedTermSyntax] {
    terms.map { entry in
      guard case .transpose(let inner) = entry.term.kind, inner.isNameOrEntry else { return entry }
      return SignedTermSyntax(isNegative: entry.isNegative, term: inner)
    }
  }

  /// Goes through the factors from the left and changes each sign that does not fit.
  private mutating func fit(
    _ factors: [FactorSyntax], _ way: Fit, in pool: inout ExpressionPool
  ) -> [FactorSyntax] {
    var done: [FactorSyntax] = []
    for factor in factors {
      if done.isEmpty {
        done = [factor]
        continue
      }
      let whole = { (list: [FactorSyntax]) -> Syntax in
        list.count == 1
          ? list[0].factor
          : Syntax(.product(list), list[0].factor.range.union(list[list.count - 1].factor.range))
      }
      if isSound(whole(done + [factor]), in: &pool) {
        done.append(factor)
        continue
      }
      var other = factor
      switch (way, factor.operation) {
      case (.elementwise, .times):
        other.operation = .elementwiseTimes
        done.append(other)
      case (_, .over):
        other.operation = .elementwiseOver
        done.append(other)
      case (.scalarProduct, .times)
      where isColumn(whole(done), in: &pool) && isColumn(factor.factor, in: &pool):
        let before = whole(done)
        done = [
          FactorSyntax(operation: .times, factor: Syntax(.transpose(before), before.range)), other,
        ]
      default: done.append(factor)
      }
    }
    return done
  }

  private mutating func isColumn(_ syntax: Syntax, in pool: inout ExpressionPool) -> Bool {
    shape(of: syntax, in: &pool)?.isColumn ?? false
  }

  private mutating func isSound(_ syntax: Syntax, in pool: inout ExpressionPool) -> Bool {
    shape(of: syntax, in: &pool) != nil
  }

  /// The right side of a claim about entries, with the index of the left side put to every whole
  /// vector that runs over the same range; nil if there is none.
  private func withMissingIndices(
    _ left: Syntax, _ right: Syntax, in pool: borrowing ExpressionPool
  ) -> Syntax? {
    let lowering = Lowering(refined)
    var letters: [(letter: String, range: IndexRange)] = []
    for letter in Set(left.freeLetters).sorted() {
      guard let range = AuthorIndices.slot(of: letter, in: left, refined, pool) else { continue }
      letters.append((letter, range))
    }
    if letters.isEmpty { return nil }
    let result = right.indexingVectors { name in
      guard let symbol = refined.names[name], pool.kind(of: symbol) == .array,
        pool.symbols[Int(symbol.index)].ranges.count == 1
      else { return nil }
      let range = pool.symbols[Int(symbol.index)].ranges[0]
      let fitting = letters.filter { lowering.matches($0.range, range, in: pool) }
      return fitting.count == 1 ? fitting[0].letter : nil
    }
    return result.isWritten(like: right) ? nil : result
  }

  /// The right side summed over a letter that stands free on the right only, and at least twice;
  /// not where the author has just written the sum over it.
  private func implicitSum(
    _ left: Syntax, _ right: Syntax, head: Syntax, in pool: borrowing ExpressionPool
  ) -> Syntax? {
    let outside = Set(left.freeLetters + head.freeLetters)
    let inside = right.freeLetters
    guard
      let letter = inside.first(where: { letter in
        !outside.contains(letter) && inside.filter { $0 == letter }.count > 1
          && line?.lastMember.sums(over: letter) != true
          && AuthorIndices.slot(of: letter, in: right, refined, pool) != nil
      })
    else { return nil }
    let index = BinderSyntax.Index(
      name: NameSyntax(letter, right.range), bounds: nil, excluded: [])
    let body = right.renamingBound(letter, avoiding: Set(scope.names.keys).union(inside))
    return Syntax(
      .binder(BinderSyntax(operation: .sum, indices: [index], body: body)), right.range)
  }
}

extension RelationChain.Member {
  /// Whether a sum over a letter is written.
  fileprivate func sums(over letter: String) -> Bool {
    guard case .expression(let syntax) = content else { return false }
    return syntax.sums(over: letter)
  }
}

extension Syntax {
  fileprivate func sums(over letter: String, depth: Int = 0) -> Bool {
    if depth > Syntax.deepestNesting { return false }
    if case .binder(let binder) = kind, binder.indices.contains(where: { $0.name.text == letter }) {
      return true
    }
    var found = false
    forEachPart { if !found { found = $0.sums(over: letter, depth: depth + 1) } }
    return found
  }

  /// The expression with a letter that inner sums bind replaced there by one that is free.
  fileprivate func renamingBound(
    _ letter: String, avoiding taken: Set<String>, depth: Int = 0
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    let inner = mappingParts { $0.renamingBound(letter, avoiding: taken, depth: depth + 1) }
    guard case .binder(let binder) = inner.kind,
      binder.indices.contains(where: { $0.name.text == letter }),
      let other = ["k", "l", "m", "n", "p", "q", "r", "s"].first(where: { !taken.contains($0) })
    else { return inner }
    return inner.renaming([letter: other])
  }

  /// The expression with an index put to every whole name that is given one.
  fileprivate func indexingVectors(_ letter: (String) -> String?, depth: Int = 0) -> Syntax {
    if depth > Syntax.deepestNesting { return self }
    switch kind {
    case .indexed: return self
    case .name(let name):
      guard let letter = letter(name) else { return self }
      return Syntax(.indexed(self, [Syntax(.name(letter), range)]), range)
    default: return mappingParts { $0.indexingVectors(letter, depth: depth + 1) }
    }
  }

  /// The letters that are compared: in δ and in conditions.
  var comparedLetters: [String] {
    var found: [String] = []
    func collect(_ syntax: Syntax, _ depth: Int) {
      if depth > Syntax.deepestNesting { return }
      var compared: [Syntax] = []
      if case .call(let call) = syntax.kind, call.function.text == "delta" {
        compared = call.arguments
      }
      if case .comparison(let left, _, let right) = syntax.kind { compared = [left, right] }
      for part in compared { if case .name(let letter) = part.kind { found.append(letter) } }
      syntax.forEachPart { collect($0, depth + 1) }
    }
    collect(self, 0)
    return found
  }

  /// The letters in slots that no sum binds, as often as they stand there.
  var freeLetters: [String] {
    var found: [String] = []
    func collect(_ syntax: Syntax, _ bound: [String], _ depth: Int) {
      if depth > Syntax.deepestNesting { return }
      switch syntax.kind {
      case .indexed(let base, let indices):
        collect(base, bound, depth + 1)
        for index in indices {
          if case .name(let letter) = index.kind {
            if !bound.contains(letter) { found.append(letter) }
          } else {
            collect(index, bound, depth + 1)
          }
        }
      case .binder(let binder):
        collect(binder.body, bound + binder.indices.map { $0.name.text }, depth + 1)
      default: syntax.forEachPart { collect($0, bound, depth + 1) }
      }
    }
    collect(self, [], 0)
    return found
  }
}
