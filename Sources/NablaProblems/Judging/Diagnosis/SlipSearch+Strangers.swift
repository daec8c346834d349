import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

extension SlipSearch {
  /// What has a value, by that value.
  struct KnownValue {
    let syntax: Syntax
    let value: Rational
  }

  private static let mostQuantities = 40
  private static let mostNumbers = 10
  private static let mostEntries = 4

  // MARK: A number put in

  /// A number of a calculation that is the value of another quantity than the one that is meant.
  ///
  /// The side is set right by that value up to what its decimals may have been rounded by.
  func stranger(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard wrong.isClosed, !right.isClosed, !scope.values.isEmpty,
      let target = value(of: right, &pool)?.number.doubleValue
    else { return nil }
    let numbers = Self.numbers(of: wrong)
    guard !numbers.isEmpty, numbers.count <= Self.mostNumbers else { return nil }
    var found: [(slope: Double, wanted: Double)?] = []
    var slack = 0.0
    for number in numbers {
      var values: [Double] = []
      for trial in [0, 1, 2] {
        let side = number.whole(.number(trial, at: wrong.range))
        guard let value = value(of: side, &pool)?.number.doubleValue else { break }
        values.append(value)
      }
      guard values.count == 3 else {
        found.append(nil)
        continue
      }
      let slope = values[1] - values[0]
      let bend = values[2] - values[0] - 2 * slope
      guard slope != 0, abs(bend) <= 1e-9 * max(abs(slope), abs(values[0])) else {
        found.append(nil)
        continue
      }
      found.append((slope, (target - values[0]) / slope))
      slack += abs(slope) * number.rounding
    }
    let all = quantities(&pool)
    let names = names(behind: right, pool)
    let meant = all.filter { quantity in quantity.syntax.names.contains { names.contains($0.text) }
    }
    var best: (rank: Int, slip: FoundSlip)?
    for (number, solution) in zip(numbers, found) {
      guard let solution, let old = Rational(decimal: number.digits) else { continue }
      // What is multiplied by the new number was rounded as well.
      let growth = min(8, max(1, abs(solution.wanted) / max(old.doubleValue, 1e-9)))
      let reach = growth * slack / abs(solution.slope) + 1e-9 * max(1, abs(solution.wanted))
      let other = all.first { number.shows($0.value.absoluteValue) }
      let fitting = meant.first { quantity in
        let value = quantity.value.doubleValue
        return abs(abs(value) - abs(solution.wanted)) <= reach
          && quantity.value.absoluteValue != old
      }
      let isPlain = old.isInteger && old < 3
      let turned =
        isPlain
        ? nil
        : meant.first {
          $0.value.absoluteValue == old && abs(solution.wanted + old.doubleValue) <= reach
        }
      if let turned, let literal = Syntax.value(-old, at: wrong.range, usesDecimals: true),
        let shown = Syntax.value(turned.value, at: wrong.range, usesDecimals: true)
      {
        return FoundSlip(
          mistake: .sign, repaired: number.whole(literal),
          change: SlipChange(
            range: number.node.range, before: formula(number.node), after: formula(literal),
            isOfOtherSide: false),
          sentence: inlines([
            .text("the sign of "), .math(number.node), .text(": "),
            .math(Syntax(.comparison(turned.syntax, .equal, shown), wrong.range)),
          ]))
      }
      let (rank, new): (Int, KnownValue)
      if let fitting, other != nil, !(isPlain && fitting.value.isInteger) {
        (rank, new) = (0, fitting)
      } else if let other, !isPlain, number.isFactor, abs(solution.wanted - 1) <= reach,
        names.isDisjoint(with: other.syntax.names.map { $0.text }) || fitting == nil
      {
        (rank, new) = (1, KnownValue(syntax: .number(1, at: wrong.range), value: 1))
      } else if let fitting, slack > 0, !isPlain, 50 * reach < abs(solution.wanted) {
        (rank, new) = (2, fitting)
      } else {
        continue
      }
      if let best, best.rank <= rank { continue }
      let sign = solution.wanted < 0
      guard
        let literal = Syntax.value(
          sign ? -new.value.absoluteValue : new.value.absoluteValue, at: wrong.range,
          usesDecimals: true),
        let shown = Syntax.value(new.value, at: wrong.range, usesDecimals: true)
      else { continue }
      var words: [SlipWord] = [.math(number.node)]
      if let other {
        words += [.text(" is the value of "), .math(other.syntax), .text("; ")]
      } else {
        words.append(.text(" stands where it is "))
      }
      words.append(
        new.syntax.isNumber
          ? .math(new.syntax)
          : .math(Syntax(.comparison(new.syntax, .equal, shown), wrong.range)))
      if other != nil { words.append(.text(" belongs there")) }
      best = (
        rank,
        FoundSlip(
          mistake: .value, repaired: number.whole(literal),
          change: SlipChange(
            range: number.node.range, before: formula(number.node), after: formula(literal),
            isOfOtherSide: false), sentence: inlines(words))
      )
    }
    return best?.slip
  }

  /// A calculation that lacks a factor or a term with the value of a part of what is calculated.
  func missingPart(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard wrong.isClosed, !right.isClosed, !scope.values.isEmpty,
      let target = value(of: right, &pool)?.number.doubleValue,
      let own = value(of: wrong, &pool)?.number.doubleValue, own != 0, target != 0
    else { return nil }
    var slack = 0.0
    for number in Self.numbers(of: wrong).prefix(Self.mostNumbers) where number.places > 1 {
      guard let digits = Rational(decimal: number.digits)?.doubleValue,
        let half = Rational(decimal: "0." + String(repeating: "0", count: number.places) + "5"),
        let raised = Syntax.value(
          (Rational(decimal: number.digits) ?? 0) + half, at: wrong.range, usesDecimals: true),
        digits != 0, let changed = value(of: number.whole(raised), &pool)?.number.doubleValue
      else { continue }
      slack += abs(changed - own)
    }
    let reach = min(5e-3, slack / abs(own)) + 1e-9
    if let slip = missingOne(wrong, own, target, reach * abs(target)) { return slip }
    var reader = SlipReader(scope, in: &pool)
    for part in reader.parts(behind: right, in: &pool) {
      guard let value = value(of: part, &pool)?.number.doubleValue,
        abs(abs(value) - 1) > reach, abs(value) > reach
      else { continue }
      let isFactor = abs(target / own - value) <= reach * abs(value)
      let isTerm = abs(target - own - value) <= reach * abs(target)
      guard isFactor || isTerm else { continue }
      let new: Syntax =
        isFactor
        ? .product(wrong, part)
        : .sum(wrong.terms + [SignedTermSyntax(isNegative: false, term: part)], at: wrong.range)
      return FoundSlip(
        mistake: isFactor ? .factorLost : .termLost, repaired: new,
        change: SlipChange(
          range: wrong.range, before: formula(wrong), after: formula(new), isOfOtherSide: false),
        sentence: inlines([
          .text(isFactor ? "the factor " : "the term "), .math(part), .text(" is missing"),
        ]))
    }
    return nil
  }

  private func missingOne(
    _ wrong: Syntax, _ own: Double, _ target: Double, _ reach: Double
  ) -> FoundSlip? {
    guard abs(abs(target - own) - 1) <= reach else { return nil }
    let one = SignedTermSyntax(isNegative: target < own, term: .number(1, at: wrong.range))
    let new = Syntax.sum(wrong.terms + [one], at: wrong.range)
    return FoundSlip(
      mistake: .constantDropped, repaired: new,
      change: SlipChange(
        range: wrong.range, before: formula(wrong), after: formula(new), isOfOtherSide: false),
      sentence: inlines([
        .text("the constant "), .math(.sum([one], at: wrong.range)), .text(" is missing"),
      ]))
  }

  /// The quantities that have values.
  private func quantities(_ pool: inout ExpressionPool) -> [KnownValue] {
    var found: [KnownValue] = []
    let none = SourceRange(0, 0)
    func add(_ syntax: Syntax) -> Bool {
      guard found.count < Self.mostQuantities, let value = value(of: syntax, &pool) else {
        return false
      }
      found.append(KnownValue(syntax: syntax, value: value.number))
      return true
    }
    for (name, symbol) in scope.names.sorted(by: { $0.value < $1.value }) {
      let declaration = pool.declaration(of: symbol)
      guard scope.values[symbol] != nil || scope.definitions[symbol] != nil else { continue }
      let base = Syntax(.name(name), none)
      switch (declaration.kind, declaration.ranges.count) {
      case (.scalar, _): _ = add(base)
      case (.array, 1):
        for first in 1...Self.mostEntries {
          if !add(Syntax(.indexed(base, [.number(first, at: none)]), none)) { break }
        }
      case (.array, 2) where scope.values[symbol] != nil:
        for first in 1...Self.mostEntries {
          for second in 1...Self.mostEntries {
            let slots = [Syntax.number(first, at: none), .number(second, at: none)]
            if !add(Syntax(.indexed(base, slots), none)) { break }
          }
        }
      default: break
      }
    }
    return found
  }

  /// The names that a side leads to through definitions.
  private func names(behind side: Syntax, _ pool: borrowing ExpressionPool) -> Set<String> {
    var found: Set<String> = []
    var open = side.names.compactMap { scope.names[$0.text] }
    var seen: Set<SymbolID> = []
    while let symbol = open.popLast() {
      guard seen.insert(symbol).inserted else { continue }
      found.insert(pool.declaration(of: symbol).name)
      if let definition = scope.definitions[symbol] {
        open += pool.symbolsOccurring(in: [definition.body])
      }
    }
    return found
  }
}
