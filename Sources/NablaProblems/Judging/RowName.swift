import NablaExpressions
import NablaNotation

/// A letter that names the rows or columns of a matrix: `x_n` for those of X.
struct RowName: Sendable {
  var matrix: String
  var isColumn: Bool

  /// Calls that stand for a row or a column, as a vector, until they are lowered.
  private static let row = "row_of"
  private static let column = "column_of"

  static func isMark(_ function: String) -> Bool { function == row || function == column }

  /// The derivative by a row or column: that row or column of the derivative by the matrix.
  static func derivative(_ derivative: DerivativeSyntax, _ range: SourceRange) -> Syntax? {
    guard derivative.variables.count == 1, derivative.variables[0].order == 1,
      case .call(var call) = derivative.variables[0].variable.kind, isMark(call.function.text),
      call.arguments.count == 2
    else { return nil }
    var whole = derivative
    whole.variables[0].variable = call.arguments[0]
    call.arguments.append(Syntax(.derivative(whole), range))
    return Syntax(.call(call), range)
  }

  /// The row or column at a place.
  func at(_ place: Syntax, _ range: SourceRange) -> Syntax {
    let function = NameSyntax(isColumn ? Self.column : Self.row, range)
    return Syntax(
      .call(CallSyntax(function: function, arguments: [Syntax(.name(matrix), range), place])), range
    )
  }

  /// The letter at the place of a mark, with what it counts.
  static func slot(
    of call: CallSyntax, _ scope: Scope, _ pool: borrowing ExpressionPool
  ) -> (letter: String, range: IndexRange)? {
    guard call.arguments.count >= 2, case .name(let matrix) = call.arguments[0].kind,
      case .name(let letter) = call.arguments[1].kind, let symbol = scope.names[matrix],
      pool.kind(of: symbol) == .array
    else { return nil }
    let ranges = pool.declaration(of: symbol).ranges
    guard ranges.count == 2 else { return nil }
    return (letter, ranges[call.function.text == column ? 1 : 0])
  }

  /// The expression with every mark written as a product with a unit vector.
  static func opened(_ syntax: Syntax, _ depth: Int) -> Syntax {
    if depth > Syntax.deepestNesting { return syntax }
    guard case .call(let call) = syntax.kind, isMark(call.function.text), call.arguments.count >= 2
    else { return syntax.mappingParts { opened($0, depth + 1) } }
    let matrix = opened(call.arguments.count > 2 ? call.arguments[2] : call.arguments[0], depth + 1)
    let unit = CallSyntax(
      function: NameSyntax("onehot", syntax.range), arguments: [call.arguments[1]])
    let first =
      call.function.text == column ? matrix : Syntax(.transpose(matrix), syntax.range)
    return Syntax(
      .product([
        FactorSyntax(operation: .times, factor: first),
        FactorSyntax(operation: .times, factor: Syntax(.call(unit), syntax.range)),
      ]), syntax.range)
  }
}

extension Judge {
  /// "x_n is the n-th row of X": takes the letter before the words.
  mutating func takeRows(_ fact: Submission.Fact) {
    guard
      let lone = loneFormulas.last(where: { $0.range.upper <= fact.range.lower }),
      fact.range.lower - lone.range.upper < 64, case .indexed(let base, let slots) = lone.kind,
      slots.count == 1, case .name(let letter) = base.kind
    else { return }
    openRowName = (letter, fact.kind == .columns, fact.spot)
  }

  /// The matrix behind the words.
  mutating func noteMatrix(_ lone: Syntax, _ pool: borrowing ExpressionPool) {
    guard let open = openRowName, open.spot.sentence == here.sentence,
      case .name(let name) = lone.kind, isMatrix(name, pool)
    else { return }
    openRowName = nil
    rowNames[open.letter] = RowName(matrix: name, isColumn: open.isColumn)
  }

  func isMatrix(_ name: String, _ pool: borrowing ExpressionPool) -> Bool {
    guard let symbol = scope.names[name], pool.kind(of: symbol) == .array else { return false }
    return pool.declaration(of: symbol).ranges.count == 2
  }

  /// An entry that names a row, as the row.
  func row(_ syntax: Syntax, _ pool: borrowing ExpressionPool) -> Syntax? {
    guard case .indexed(let base, let slots) = syntax.kind, slots.count == 1,
      case .name(let letter) = base.kind
    else { return nil }
    let row = rowNames[letter] ?? plainRow(letter, slots[0], pool)
    return row?.at(slots[0], syntax.range)
  }

  /// What a letter without a meaning stands for whose index counts the rows, or the columns, of the
  /// matrix with its capital.
  private func plainRow(
    _ letter: String, _ place: Syntax, _ pool: borrowing ExpressionPool
  ) -> RowName? {
    let matrix = letter.uppercased()
    guard letter.utf8.count == 1, matrix != letter, scope.names[letter] == nil,
      isMatrix(matrix, pool), let symbol = scope.names[matrix], case .name(let index) = place.kind,
      let counting = scope.names[index], pool.kind(of: counting) == .index,
      let range = pool.declaration(of: counting).ranges.first
    else { return nil }
    let ranges = pool.declaration(of: symbol).ranges
    guard ranges.count == 2, (ranges[0] == range) != (ranges[1] == range) else { return nil }
    return RowName(matrix: matrix, isColumn: ranges[1] == range)
  }

  /// A step with letters of one index as rows, or columns, of the matrices that are spelled alike.
  func rowReadings(
    _ left: Syntax, _ right: Syntax, in pool: borrowing ExpressionPool
  ) -> [Reading] {
    var readings: [Reading] = []
    for isColumn in [false, true] {
      let one = withRows(left, isColumn, 0, pool)
      let other = withRows(right, isColumn, 0, pool)
      if one.isWritten(like: left), other.isWritten(like: right) { return [] }
      readings.append((one, other, .matrixRow))
    }
    return readings
  }

  private func withRows(
    _ syntax: Syntax, _ isColumn: Bool, _ depth: Int, _ pool: borrowing ExpressionPool
  ) -> Syntax {
    if depth > Syntax.deepestNesting { return syntax }
    if case .indexed(let base, let slots) = syntax.kind, slots.count == 1,
      case .name(let letter) = base.kind, letter.utf8.count == 1
    {
      for name in [letter, letter.uppercased()] where isMatrix(name, pool) {
        return RowName(matrix: name, isColumn: isColumn).at(slots[0], syntax.range)
      }
    }
    var parts: [Syntax] = []
    syntax.forEachPart { parts.append($0) }
    for place in parts.indices { parts[place] = withRows(parts[place], isColumn, depth + 1, pool) }
    var place = 0
    let result = syntax.mappingParts { _ in
      place += 1
      return parts[place - 1]
    }
    if case .derivative(let derivative) = result.kind,
      let own = RowName.derivative(derivative, result.range)
    {
      return own
    }
    return result
  }
}
