import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// The value of an expression at a point.
package indirect enum ExpressionValue: Hashable, Sendable {
  case exact(Rational)
  /// A double and a first-order bound of its rounding error.
  case approximate(Double, error: Double)
  /// The entries of a vector or matrix by rows; a vector is a column.
  case entries([[ExpressionValue]])
}

/// Why an expression has no value that could be given.
package enum ValueFailure: Error, Sendable {
  /// It could not be read, or a name in it has no value.
  case unreadable([(source: SourceText, diagnostic: Diagnostic)])
  /// It certainly has no value.
  case undefined(String)
  /// Neither a value nor its absence could be shown.
  case unknown(String)
}

/// The value of an expression of the command line at values such as `x=2/3` and `h=[1,2,3]`.
///
/// Derivatives in it are carried out, and have no value at a kink without a convention.
package func evaluateExpression(
  _ text: String, at assignments: [String], given: [String] = [], assume: [String] = []
) throws(ValueFailure) -> ExpressionValue {
  var pool = ExpressionPool()
  var reader = CommandLineReader()
  let source = SourceText(name: "expression", text)
  let quantity: WrittenQuantity
  do throws(CommandLineReader.Failure) {
    try reader.read(given: given, assume: assume, at: assignments, in: &pool)
    quantity = try reader.quantity(source, in: &pool)
  } catch {
    throw .unreadable(error.diagnostics)
  }
  if let mistake = nameInValue(reader.scope, assignments, pool) {
    throw .unreadable([mistake])
  }
  let free = Set([quantity.row, quantity.column].compactMap { $0 })
  let values = GivenValues(reader.scope, in: &pool)
  if let missing = values.firstMissing(in: quantity.entry, free: free, &pool) {
    throw .unreadable([(source, missingValue(missing, source, pool))])
  }
  var evaluation = PointEvaluation(reader.scope)
  if free.isEmpty { return try evaluation.value(of: quantity.entry, in: &pool) }
  var rows: [[ExpressionValue]] = []
  for row in try places(quantity.row, values, source, &pool) {
    var entries: [ExpressionValue] = []
    for column in try places(quantity.column, values, source, &pool) {
      var choice = Substitution()
      if let name = quantity.row { choice.symbols[name] = row }
      if let name = quantity.column { choice.symbols[name] = column }
      let entry = pool.substitute(choice, in: quantity.entry)
      entries.append(try evaluation.value(of: entry, in: &pool))
    }
    rows.append(entries)
  }
  return .entries(rows)
}

/// The values of an index, or one place for an axis without an index.
private func places(
  _ index: SymbolID?, _ values: GivenValues, _ source: SourceText, _ pool: inout ExpressionPool
) throws(ValueFailure) -> [Handle] {
  guard let index else { return [pool.one] }
  guard let range = pool.declaration(of: index).ranges.first,
    let lower = values.exactValue(of: range.lower, &pool)?.asInt,
    let upper = values.exactValue(of: range.upper, &pool)?.asInt, lower <= upper
  else {
    let whole = SourceRange(0, source.bytes.count)
    throw .unreadable([
      (source, Diagnostic("unknown-size", "the size of the result is not known", at: whole))
    ])
  }
  guard upper < lower.addingReportingOverflow(1000).partialValue else {
    throw .unknown("the result has too many entries")
  }
  return (lower...upper).map { pool.integer($0) }
}

/// A name where a number has to stand, as in `x=y`.
private func nameInValue(
  _ scope: Scope, _ assignments: [String], _ pool: borrowing ExpressionPool
) -> (source: SourceText, diagnostic: Diagnostic)? {
  let handles = scope.values.values.flatMap { $0.rows.flatMap { $0 } }
  for symbol in pool.symbolsOccurring(in: handles)
  where !pool.declaration(of: symbol).isFresh && pool.kind(of: symbol) != .index {
    let name = pool.declaration(of: symbol).name
    for assignment in assignments {
      let source = SourceText(name: "argument", assignment)
      guard let range = source.firstRange(of: name, from: assignment.utf8.firstEqualSign) else {
        continue
      }
      let message = "a value is a number, but \(DisplayText.quoted(name)) is a name"
      return (source, Diagnostic("not-a-number", message, at: range))
    }
  }
  return nil
}

private func missingValue(
  _ symbol: SymbolID, _ source: SourceText, _ pool: borrowing ExpressionPool
) -> Diagnostic {
  let name = pool.declaration(of: symbol).name
  let shown = DisplayText.escaped(name)
  let expected =
    switch pool.kind(of: symbol) {
    case .function: "a definition such as --given '\(shown)(x) = x^2'"
    case .array: "a value such as \(shown)=[1,2]"
    default: "a value such as \(shown)=1"
    }
  return Diagnostic(
    "missing-value", "\(DisplayText.quoted(name)) has no value",
    at: source.firstRange(of: name) ?? SourceRange(0, source.bytes.count),
    expected: expected)
}

extension SourceText {
  /// Where a name stands first, seen from an offset on.
  fileprivate func firstRange(of name: String, from offset: Int = 0) -> SourceRange? {
    let wanted = Array(name.utf8)
    guard !wanted.isEmpty, offset + wanted.count <= bytes.count else { return nil }
    for start in offset...(bytes.count - wanted.count) {
      let end = start + wanted.count
      guard bytes[start..<end].elementsEqual(wanted) else { continue }
      if start > 0, Self.isNameByte(bytes[start - 1]) { continue }
      if end < bytes.count, Self.isNameByte(bytes[end]) { continue }
      return SourceRange(start, end)
    }
    return nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }
}

extension String.UTF8View {
  /// The offset of the first `=`, or 0.
  fileprivate var firstEqualSign: Int {
    for (offset, byte) in enumerated() where byte == 0x3D { return offset }
    return 0
  }
}

/// Evaluates by exact arithmetic first, and by doubles with an error bound where that gives nothing.
private struct PointEvaluation {
  private let scope: Scope
  private var exact: ExactEvaluator

  init(_ scope: Scope) {
    self.scope = scope
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
    // The tape differentiates by itself and has no value at a kink.
    let double = try approximate(isPlain ? carriedOut : written, &pool)
    if let value {
      guard double.value.isFinite else {
        throw .undefined("a derivative has no value at this point")
      }
      return .exact(value)
    }
    guard double.value.isFinite else {
      throw .unknown("no real value was found: undefined here, or beyond double precision")
    }
    if let value = GivenValues(scope, in: &pool).simplifiedValue(of: carriedOut, &pool),
      abs(value.doubleValue - double.value) <= 2 * double.error
    {
      return .exact(value)
    }
    return .approximate(double.value, error: double.error)
  }

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
}
