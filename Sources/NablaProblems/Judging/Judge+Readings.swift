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
    if case .unread(let diagnostic) = found.outcome {
      switch diagnostic.identifier {
      case "shape-mismatch", "size-mismatch", "power-of-array", "scalar-as-array",
        "array-as-scalar", "not-square":
        for sides in [(left, right), (left, Syntax(.transpose(right), right.range))] {
          for one in fitted(sides.0, in: &pool) {
            for other in fitted(sides.1, in: &pool) {
              let isSame = one.isWritten(like: left) && other.isWritten(like: right)
              if isSame { continue }
              readings.append(
                (one, other, sides.1.isWritten(like: right) ? .product : .layout))
            }
          }
        }
      default: break
      }
    }
    if let summed = implicitSum(left, right, in: pool) {
      readings.append((left, summed, .summation))
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
    case .power(let base, let exponent):
      if !isSound(result, in: &pool) { result.kind = .elementwisePower(base, exponent) }
    default: break
    }
    return result
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
      case (.scalarProduct, .times):
        let before = whole(done)
        done = [
          FactorSyntax(operation: .times, factor: Syntax(.transpose(before), before.range)), other,
        ]
      default: done.append(factor)
      }
    }
    return done
  }

  private mutating func isSound(_ syntax: Syntax, in pool: inout ExpressionPool) -> Bool {
    let prepared = letters.prepare([syntax], in: refined, &pool)
    var lowering = Lowering(prepared.scope)
    lowering.allowsUndefined = true
    var names = IndexNames()
    return (try? lowering.quantity(prepared.expressions[0], naming: &names, in: &pool)) != nil
  }

  /// The right side summed over a letter that stands free on the right only, and at least twice.
  private func implicitSum(
    _ left: Syntax, _ right: Syntax, in pool: borrowing ExpressionPool
  ) -> Syntax? {
    let outside = Set(left.freeLetters)
    let inside = right.freeLetters
    guard
      let letter = inside.first(where: { letter in
        !outside.contains(letter) && inside.filter { $0 == letter }.count > 1
          && AuthorIndices.slot(of: letter, in: right, refined, pool) != nil
      })
    else { return nil }
    let index = BinderSyntax.Index(
      name: NameSyntax(letter, right.range), bounds: nil, excluded: [])
    return Syntax(
      .binder(BinderSyntax(operation: .sum, indices: [index], body: right)), right.range)
  }
}

extension Syntax {
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
