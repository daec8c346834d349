import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering

extension SlipSearch {
  /// Whether the names of a side have values that are written as decimals.
  private func usesDecimals(_ side: Syntax, _ pool: borrowing ExpressionPool) -> Bool {
    side.names.contains { name in
      guard let symbol = scope.names[name.text], let value = scope.values[symbol] else {
        return false
      }
      return value.rows.contains { row in
        row.contains { pool.rational($0).map { !$0.denominator.isOne } ?? false }
      }
    }
  }

  /// The value of a side that has one, by exact arithmetic or to many digits.
  func value(
    of side: Syntax, _ pool: inout ExpressionPool
  ) -> (number: Rational, isExact: Bool)? {
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    guard let handle = try? lowering.expression(side, in: &pool) else { return nil }
    let given = GivenValues(lowering.scope, in: &pool)
    guard given.firstMissing(in: handle, &pool) == nil else { return nil }
    var evaluation = PointEvaluation(lowering.scope, digits: Self.digits)
    switch try? evaluation.value(of: handle, in: &pool) {
    case .exact(let number): return (number, true)
    case .digits(let text, _): return Rational(decimal: text).map { ($0, false) }
    case .entries, nil: return nil
    }
  }

  /// The digits to which values are known that are not rational.
  private static let digits = 15

  /// What the value of the other side says of a number.
  enum Arithmetic {
    case wrong(FoundSlip)
    /// It is the value, rounded to the digits that are written.
    case rounded
    /// The side is no number, or the other side has no value.
    case open
  }

  /// Compares a number with the value of the other side.
  func arithmetic(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> Arithmetic {
    guard let written = wrong.writtenNumber, let value = value(of: right, &pool) else {
      return .open
    }
    let number: Syntax?
    if value.isExact {
      number = .value(
        value.number, at: wrong.range,
        usesDecimals: wrong.hasDecimals || right.hasDecimals || usesDecimals(right, pool))
    } else {
      // As many decimals as the author gave, so that the two can be compared.
      let places = wrong.decimalPlaces
      let digits = value.number.decimal(places: places == 0 ? 2 : places)
      if let rounded = Rational(decimal: digits), rounded == written { return .rounded }
      number = .literal(digits, at: wrong.range)
    }
    guard let number else { return .open }
    let meaning = meaning(
      of: written, wrong, value.number, right, repaired: number, &pool)
    if let meaning {
      return .wrong(
        FoundSlip(
          mistake: meaning.mistake, repaired: number,
          change: SlipChange(
            range: wrong.range, before: formula(wrong), after: formula(number),
            isOfOtherSide: false), sentence: meaning.sentence))
    }
    let relation = Formula.relation(
      formula(right), value.isExact ? .equal : .approximatelyEqual, formula(number))
    return .wrong(
      FoundSlip(
        mistake: .arithmetic, repaired: number,
        change: SlipChange(
          range: wrong.range, before: formula(wrong), after: formula(number),
          isOfOtherSide: false),
        sentence: [.formula(relation)]))
  }

  /// The values of the parts of a side, each with the shortest part that has it.
  func knownValues(
    in side: Syntax, _ pool: inout ExpressionPool
  ) -> [Rational: Syntax] {
    var parts: [Syntax] = []
    side.forEachNode { node in
      if !node.isNumber, parts.count < Self.mostParts { parts.append(node) }
    }
    var found: [Rational: Syntax] = [:]
    for part in parts {
      guard let value = value(of: part, &pool), value.isExact else { continue }
      if let known = found[value.number], known.tokenCount <= part.tokenCount { continue }
      found[value.number] = part
    }
    return found
  }

  private static let mostParts = 16

  /// Two calculations with numbers that do not give the same, where no change of one was found.
  func calculation(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard wrong.isClosed, let one = value(of: wrong, &pool), let other = value(of: right, &pool),
      one.isExact, other.isExact, one.number != other.number
    else { return nil }
    let usesDecimals = wrong.hasDecimals || right.hasDecimals || usesDecimals(right, pool)
    guard let own = Syntax.value(one.number, at: wrong.range, usesDecimals: usesDecimals),
      let number = Syntax.value(other.number, at: wrong.range, usesDecimals: usesDecimals)
    else { return nil }
    return FoundSlip(
      mistake: .arithmetic, repaired: number,
      change: SlipChange(
        range: wrong.range, before: formula(wrong), after: formula(number), isOfOtherSide: false),
      sentence: [
        .formula(.relation(formula(wrong), .equal, formula(own))), .text(", but "),
        .formula(.relation(formula(right), .equal, formula(number))),
      ])
  }
}

extension Syntax {
  /// The value of a number as an author writes it, possibly with a sign or as a fraction.
  fileprivate var writtenNumber: Rational? {
    switch kind {
    case .number(let digits): return Rational(decimal: digits)
    case .negation(let inner): return inner.writtenNumber.map { -$0 }
    case .product(let factors):
      guard factors.count == 2, factors[1].operation == .over, factors[0].factor.isNumber,
        factors[1].factor.isNumber, let above = factors[0].factor.writtenNumber,
        let inverse = factors[1].factor.writtenNumber?.reciprocal
      else { return nil }
      return above * inverse
    default: return nil
    }
  }

  /// How many digits stand behind the point of a number.
  fileprivate var decimalPlaces: Int {
    switch kind {
    case .number(let digits):
      guard let point = digits.utf8.firstIndex(of: 0x2E) else { return 0 }
      return digits.utf8.distance(from: point, to: digits.utf8.endIndex) - 1
    case .negation(let inner): return inner.decimalPlaces
    default: return 0
    }
  }

  /// A decimal that may have a minus sign.
  fileprivate static func literal(_ digits: String, at range: SourceRange) -> Syntax {
    guard digits.utf8.first == 0x2D else { return Syntax(.number(digits), range) }
    return Syntax(.negation(Syntax(.number(String(digits.dropFirst())), range)), range)
  }

  /// A number written as a decimal where it has a short one, else as a fraction.
  static func value(
    _ value: Rational, at range: SourceRange, usesDecimals: Bool
  ) -> Syntax? {
    guard value.bitWidth < 200 else { return nil }
    let size = value.absoluteValue
    let written: Syntax
    if let digits = usesDecimals || size.denominator.isOne ? size.shortDecimal : nil {
      written = Syntax(.number(digits), range)
    } else {
      written = .product(
        [
          FactorSyntax(
            operation: .times, factor: Syntax(.number(size.numerator.description), range)),
          FactorSyntax(
            operation: .over, factor: Syntax(.number(size.denominator.description), range)),
        ], at: range)
    }
    return value.isNegative ? Syntax(.negation(written), range) : written
  }
}

extension Rational {
  /// All digits of a decimal that ends soon.
  fileprivate var shortDecimal: String? {
    if denominator.isOne { return numerator.description }
    var power: Rational = 1
    for places in 1...12 {
      power = power * 10
      let scaled = self * power
      guard scaled.denominator.isOne else { continue }
      var digits = scaled.numerator.description
      while digits.utf8.count <= places { digits = "0" + digits }
      let cut = digits.index(digits.endIndex, offsetBy: -places)
      return digits[..<cut] + "." + digits[cut...]
    }
    return nil
  }
}
