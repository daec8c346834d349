import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// Evaluates by exact arithmetic first, then by balls, and by doubles with an error bound where
/// balls say nothing.
struct PointEvaluation {
  private let scope: Scope
  private let digits: Int
  private var exact: ExactEvaluator

  init(_ scope: Scope, digits: Int) {
    self.scope = scope
    self.digits = digits
    exact = ExactEvaluator(scope)
  }

  mutating func value(
    of written: Handle, in pool: inout ExpressionPool
  ) throws(ValueFailure) -> ExpressionValue {
    let context = Solver().differentiationContext(scope, &pool)
    let carriedOut = pool.differentiated(written, context)
    let value: Rational?
    do throws(UndefinedValue) {
      value = try exact.value(of: carriedOut, in: &pool)
    } catch {
      throw .undefined(error.reason)
    }
    let isPlain = carriedOut == written || !scope.conventions.isEmpty
    if let value, isPlain { return .exact(value) }
    switch try enclosed(written, carriedOut, &pool) {
    case .exact(let known)?: return .exact(known)
    case let known?: return value.map { .exact($0) } ?? known
    case nil: break
    }
    // The tape differentiates by itself and has no value at a kink.
    let double = try approximate(isPlain ? carriedOut : written, &pool)
    if let value {
      guard double.value.isFinite else {
        throw .undefined("a derivative has no value at this point")
      }
      return .exact(value)
    }
    guard double.value.isFinite else {
      throw .unknown("no real value was found: undefined here, or beyond what can be computed")
    }
    guard let known = Self.certainDigits(of: double.value, double.error, atMost: digits) else {
      throw .unknown("no digit is certain in double precision")
    }
    return known
  }

  // MARK: Balls

  /// The largest precision in bits that is tried beyond what the digits need.
  private static var mostSpareBits: Int { 4096 }

  /// The value by balls; nil where they give none at any precision.
  private mutating func enclosed(
    _ written: Handle, _ carriedOut: Handle, _ pool: inout ExpressionPool
  ) throws(ValueFailure) -> ExpressionValue? {
    let context = ProofContext(scope, seed: 1, in: &pool)
    let given = given(&pool)
    let evaluation = RigorousEvaluation(written, context, given: given, in: &pool)
    // A value exists where a ball is defined, so that simplifying has not made one up.
    let simplified = GivenValues(scope, in: &pool).simplifiedValue(of: carriedOut, &pool)
    var spare = 32
    var hasKink = false
    var best: Ball?
    var mayVanish = false
    while spare <= Self.mostSpareBits {
      hasKink = false
      switch evaluation.value(precision: digits * 10 / 3 + spare, in: &pool) {
      case .exact(let value): return .exact(value)
      case .undefined: throw .undefined("undefined at this point")
      case .exhausted: return nil
      case .kink: hasKink = true
      case .unknown: break
      case .ball(let ball):
        if let value = simplified, ball.contains(value) { return .exact(value) }
        if let text = ball.roundedDecimal(significantDigits: digits) {
          return .digits(text, count: digits)
        }
        best = ball
        if !ball.excludesZero, spare >= 128, !mayVanish {
          mayVanish = true
          if isZero(written, context, &pool) { return .exact(0) }
        }
      }
      spare *= 2
    }
    if hasKink { throw .undefined("a derivative has no value at this point") }
    guard let best else { return nil }
    guard let text = best.decimal(significantDigits: digits) else {
      throw .unknown("the value is 0 or too close to 0 for a digit")
    }
    return .digits(text, count: digits)
  }

  /// Whether the value is shown to be 0 by a proof.
  private func isZero(
    _ written: Handle, _ context: ProofContext, _ pool: inout ExpressionPool
  ) -> Bool {
    let verdict = Prover(context).decide(written, pool.zero, in: &pool)
    if case .proved = verdict { return true }
    return false
  }

  /// The values of the scope by scalar and component.
  private func given(_ pool: inout ExpressionPool) -> [Slot: Handle] {
    let values = GivenValues(scope, in: &pool)
    var given: [Slot: Handle] = [:]
    for (symbol, value) in scope.values {
      let ranges = pool.declaration(of: symbol).ranges
      let first = ranges.map { values.exactValue(of: $0.lower, &pool)?.asInt ?? 1 }
      for (row, entries) in value.rows.enumerated() {
        for (column, entry) in entries.enumerated() {
          switch first.count {
          case 0: given[Slot(symbol)] = entry
          case 1: given[Slot(symbol, [first[0] + max(row, column)])] = entry
          default: given[Slot(symbol, [first[0] + row, first[1] + column])] = entry
          }
        }
      }
    }
    return given
  }

  // MARK: Doubles

  private mutating func approximate(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(ValueFailure) -> (value: Double, error: Double) {
    let values = GivenValues(scope, in: &pool)
    let context = TapeContext(definitions: scope.definitions, values: values.integers)
    do throws(EvaluationError) {
      let tape = try Tape([handle], context, &pool)
      var inputs: [Double] = []
      var errors: [Double] = []
      for slot in tape.slots {
        guard let (value, error) = input(slot, values, &pool) else { throw .freeName(slot.symbol) }
        inputs.append(value)
        errors.append(error)
      }
      return tape.valueWithError(at: inputs, errors: errors)
    } catch {
      throw .unknown(pool.text(of: error))
    }
  }

  /// A given number as a double, with what is lost in that.
  private mutating func input(
    _ slot: Slot, _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> (value: Double, error: Double)? {
    let name =
      slot.indices.isEmpty
      ? pool.symbol(slot.symbol) : pool.entry(slot.symbol, slot.indices.map { pool.integer($0) })
    if let known = try? exact.value(of: name, in: &pool) {
      let value = known.doubleValue
      let isExact = Rational(exactly: value) == known
      return (value, isExact ? 0 : value.ulp)
    }
    return values.doubleValue(of: name, &pool).map { ($0, 8 * $0.ulp) }
  }

  /// The most digits to which every number within the error rounds alike.
  private static func certainDigits(
    of value: Double, _ error: Double, atMost most: Int
  ) -> ExpressionValue? {
    guard let middle = Rational(exactly: value), let reach = Rational(exactly: error) else {
      return nil
    }
    for digits in stride(from: min(most, 17), to: 0, by: -1) {
      let text = (middle - reach).decimal(significantDigits: digits)
      if text == (middle + reach).decimal(significantDigits: digits) {
        return .digits(text, count: digits)
      }
    }
    return nil
  }
}
