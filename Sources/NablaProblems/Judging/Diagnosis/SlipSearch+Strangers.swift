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

  // MARK: A number as the result

  /// What a number is the value of, in place of the other side: the side with the other sign, one
  /// term of the sum it is, or a part of what it is made of.
  func meaning(
    of written: Rational, _ wrong: Syntax, _ value: Rational, _ right: Syntax, repaired: Syntax,
    _ pool: inout ExpressionPool
  ) -> (mistake: Mistake, sentence: [Inline])? {
    guard !right.isClosed, !written.isZero else { return nil }
    if written == -value {
      return (
        .sign,
        [.text("the sign: "), .formula(formula(right)), .text(" is "), .formula(formula(repaired))]
      )
    }
    var reader = SlipReader(scope, in: &pool)
    let sources = reader.derivedForms(of: right, in: &pool)
    for source in sources {
      for (term, index, number) in source.termsOfSums {
        guard let value = self.value(of: term, &pool)?.number, value == written else { continue }
        return (
          .termForSum,
          [
            .formula(formula(wrong)), .text(" is one term of the sum over "),
            .formula(formula(index)), .text(", as for "),
            .formula(formula(Syntax(.comparison(index, .equal, number), wrong.range))),
          ]
        )
      }
    }
    guard let number = Self.numbers(of: wrong).first, number.significant > 1 else { return nil }
    let shown = number.almost
    for isDivision in [true, false] {
      // Twice the value, or half of it.
      let (one, other) = isDivision ? (value + value, written) : (value, written + written)
      let isSame = isDivision ? shown(one.absoluteValue) : one == other
      guard isSame, value.isNegative == written.isNegative else { continue }
      return (
        .constantFactor,
        [
          .text(isDivision ? "the division by " : "the factor "), .formula(.number("2")),
          .text(" is missing"),
        ]
      )
    }
    for part in reader.parts(behind: right, in: &pool) {
      guard let own = self.value(of: part, &pool)?.number,
        shown(own.absoluteValue), own.isNegative == written.isNegative
      else { continue }
      return (
        .value,
        [
          .formula(formula(wrong)), .text(" is the value of "), .formula(formula(part)),
          .text(", not of "), .formula(formula(right)),
        ]
      )
    }
    return nil
  }

  // MARK: Numbers

  /// A number that is written.
  struct WrittenNumber {
    let node: Syntax
    let digits: String
    let isFactor: Bool
    let whole: (Syntax) -> Syntax

    var places: Int {
      guard let point = digits.utf8.firstIndex(of: 0x2E) else { return 0 }
      return digits.utf8.distance(from: point, to: digits.utf8.endIndex) - 1
    }

    var significant: Int {
      digits.utf8.filter { $0 != 0x2E }.drop { $0 == 0x30 }.count
    }

    /// By how much it may have been rounded, where it looks as if it was.
    var rounding: Double {
      guard places >= 3, significant >= 3 else { return 0 }
      var half = 0.5
      for _ in 0..<Swift.min(places, 18) { half /= 10 }
      return half
    }

    /// Whether it may stand for a value.
    func shows(_ value: Rational) -> Bool { rounded(value) }

    /// Whether it is a value that was calculated with rounded numbers: off by a unit at the end.
    var almost: (Rational) -> Bool {
      let rounded = rounded
      guard significant > 2, let own = Rational(decimal: digits)?.doubleValue else {
        return rounded
      }
      let unit = 3 * rounding
      return { rounded($0) || abs($0.doubleValue - own) <= unit }
    }

    var rounded: (Rational) -> Bool {
      let own = Rational(decimal: digits)
      let places = places
      let isLong = significant > 1 && places > 0
      return { value in
        if value == own { return true }
        guard isLong, let shown = Rational(decimal: value.decimal(places: places)) else {
          return false
        }
        return shown == own
      }
    }
  }

  /// The numbers of an expression that are no exponents.
  static func numbers(of side: Syntax) -> [WrittenNumber] {
    var found: [WrittenNumber] = []
    func visit(_ node: Syntax, _ isFactor: Bool, _ whole: @escaping (Syntax) -> Syntax) {
      if case .number(let digits) = node.kind {
        found.append(WrittenNumber(node: node, digits: digits, isFactor: isFactor, whole: whole))
        return
      }
      let parts = node.parts
      var isProduct = false
      switch node.kind {
      case .product: isProduct = true
      case .negation: isProduct = isFactor
      default: break
      }
      for (number, part) in parts.enumerated() {
        if case .power = node.kind, number == 1 { continue }
        visit(part, isProduct) { new in
          var copy = parts
          copy[number] = new
          return whole(node.withParts(copy))
        }
      }
    }
    visit(side, false) { $0 }
    return found
  }
}

extension SlipReader {
  private static let mostParts = 24

  /// The side with its derivatives carried out, or what it is defined as.
  mutating func derivedForms(of side: Syntax, in pool: inout ExpressionPool) -> [Syntax] {
    side.hasDerivative
      ? derived(side, &pool) : definitionBodies(side, side, usesMatrices: false, indices: [], &pool)
  }

  /// The parts of what a side leads to, with numbers in the place of indices that are summed over.
  mutating func parts(behind side: Syntax, in pool: inout ExpressionPool) -> [Syntax] {
    var found: [Syntax] = []
    func add(_ node: Syntax) {
      switch node.kind {
      case .number: return
      case .binder(let binder):
        guard binder.indices.count == 1 else { return }
        for place in 1...4 {
          let number = Syntax.number(place, at: node.range)
          add(binder.body.substituting(binder.indices[0].name.text, by: number))
        }
        return
      default: break
      }
      if found.count < Self.mostParts, !found.contains(where: { $0.isWritten(like: node) }) {
        found.append(node)
      }
      if node.isQuantity { return }
      node.forEachPart { add($0) }
    }
    for body in definitionBodies(side, side, usesMatrices: false, indices: [], &pool) { add(body) }
    return found
  }
}

extension Syntax {
  /// The expression with one term in the place of each sum over one index.
  fileprivate var termsOfSums: [(term: Syntax, index: Syntax, number: Syntax)] {
    var found: [(term: Syntax, index: Syntax, number: Syntax)] = []
    func visit(_ node: Syntax, _ whole: (Syntax) -> Syntax) {
      if case .binder(let binder) = node.kind, binder.operation == .sum, binder.indices.count == 1 {
        let name = binder.indices[0].name.text
        for place in 1...4 {
          let number = Syntax.number(place, at: node.range)
          found.append(
            (
              whole(binder.body.substituting(name, by: number)),
              Syntax(.name(name), node.range), number
            ))
        }
        return
      }
      switch node.kind {
      case .sum, .product, .negation: break
      default: return
      }
      let parts = node.parts
      for (number, part) in parts.enumerated() {
        visit(part) { new in
          var copy = parts
          copy[number] = new
          return whole(node.withParts(copy))
        }
      }
    }
    visit(self) { $0 }
    return found
  }
}
