import NablaCalculus
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

  /// A number that is not the value of the other side.
  func arithmetic(
    _ wrong: Syntax, _ right: Syntax, _ pool: inout ExpressionPool
  ) -> FoundSlip? {
    guard wrong.isWrittenNumber else { return nil }
    var lowering = Lowering(scope)
    lowering.allowsUndefined = true
    guard var handle = try? lowering.expression(right, in: &pool) else { return nil }
    if pool.traits(handle).contains(.derivative) {
      handle = pool.opened(
        pool.differentiated(handle, DifferentiationContext(scope, in: &pool)), scope.definitions)
    }
    var evaluator = ExactEvaluator(lowering.scope)
    guard let value = try? evaluator.value(of: handle, in: &pool),
      let number = Syntax.value(
        value, at: wrong.range,
        usesDecimals: wrong.hasDecimals || right.hasDecimals || usesDecimals(right, pool))
    else { return nil }
    let equation = Syntax(.comparison(right, .equal, number), right.range)
    return FoundSlip(
      mistake: .arithmetic, repaired: number,
      change: SlipChange(
        range: wrong.range, before: formula(wrong), after: formula(number),
        isOfOtherSide: false),
      sentence: inlines([.math(equation)]))
  }
}

extension Syntax {
  /// A number as an author writes it, possibly with a sign or as a fraction.
  var isWrittenNumber: Bool {
    switch kind {
    case .number: true
    case .negation(let inner): inner.isWrittenNumber
    case .product(let factors):
      factors.count == 2 && factors[1].operation == .over && factors[0].factor.isNumber
        && factors[1].factor.isNumber
    default: false
    }
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
