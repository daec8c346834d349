import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// The value of an expression at a point.
package indirect enum ExpressionValue: Hashable, Sendable {
  case exact(Rational)
  /// Digits that are vouched for, and how many of them there are.
  case digits(String, count: Int)
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
/// Derivatives in it are carried out, and have no value at a kink without a convention. A value that
/// is not rational gets `digits` significant digits, fewer where they cannot be vouched for.
package func evaluateExpression(
  _ text: String, at assignments: [String], given: [String] = [], assume: [String] = [],
  digits: Int = 15
) throws(ValueFailure) -> ExpressionValue {
  var notes = ReadingNotes()
  return try evaluateExpression(
    text, from: .plain, at: assignments, given: given, assume: assume, digits: digits,
    noting: &notes)
}

/// The value of an expression in either notation, with what is to be told about the reading.
package func evaluateExpression(
  _ text: String, from notation: InputNotation, at assignments: [String], given: [String] = [],
  assume: [String] = [], digits: Int = 15, noting notes: inout ReadingNotes
) throws(ValueFailure) -> ExpressionValue {
  var pool = ExpressionPool()
  var reader = CommandLineReader(notation)
  let source = SourceText(name: "expression", text)
  let quantity: WrittenQuantity
  do throws(CommandLineReader.Failure) {
    try reader.read(given: given, assume: assume, at: assignments, in: &pool)
    quantity = try reader.quantity(source, in: &pool)
    notes = reader.notes
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
  var evaluation = PointEvaluation(reader.scope, digits: digits)
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
