import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification
import Testing

@testable import NablaProblems

/// A matrix of rational numbers with its determinant and one entry of its inverse.
private struct ExactMatrix: CustomTestStringConvertible, Sendable {
  let rows: String
  let determinant: String
  let place: (row: Int, column: Int)
  let inverse: String

  init(_ rows: String, _ determinant: String, _ place: (Int, Int), _ inverse: String) {
    self.rows = rows
    self.determinant = determinant
    self.place = place
    self.inverse = inverse
  }

  var testDescription: String { rows }
}

// Found with sympy 1.14.
// swift-format-ignore
private let exactMatrices = [
  ExactMatrix("-3 1; 4 0", "-4", (1, 1), "0"),
  ExactMatrix("-3 5 0; -2/3 -1 0; 0 4 4", "76/3", (1, 1), "-3/19"),
  ExactMatrix("0 -2/3 4 0; 5 0 -1 5; 0 5 5 4; 0 -1 0 -2/3", "20/9", (2, 3), "-6"),
  ExactMatrix("4 1 -2/3 0 5; 2 -2/3 1 0 5; 5 -1 -3 0 -2/3; 0 5 0 5 -1; 1/2 -2/3 4 -3 1/2", "-24599/18", (5, 4), "-1194/24599"),
  ExactMatrix("-3 2 -1 1 -1 0; 5 2 -2/3 1/2 -3 1/2; 2 5 0 0 -2/3 4; 1 -3 1 1/2 4 0; 0 -2/3 5 -3 -3 -3; 5 1/2 5 1/2 0 0", "25831/36", (3, 4), "-18325/25831"),
  ExactMatrix("0 0 2 5 1/2 2 4; -3 0 1/2 -3 1 5 0; 1/2 0 -1 2 1 -1 4; 4 1/2 0 1 1/2 4 -2/3; 2 1 4 -2/3 2 4 -3; 4 -1 1 0 1 1 -1; -1 0 1/2 5 1 2 2", "-232169/24", (1, 2), "-13876/232169"),
  ExactMatrix("4 -2/3 -3 5 5 -3 1 -2/3; 5 0 1/2 -2/3 4 4 4 4; 0 1/2 4 0 -1 0 -1 1/2; 1 0 -3 5 0 0 0 5; 1 -2/3 0 -3 5 0 0 -1; 5 4 1 2 -3 5 -3 1/2; 0 0 1/2 1/2 1/2 1/2 2 0; 1 0 -3 2 1/2 1 -2/3 0", "2246533/48", (4, 6), "-543764/20218797"),
  // The inverse of a Hilbert matrix has whole entries.
  ExactMatrix("1 1/2 1/3 1/4 1/5; 1/2 1/3 1/4 1/5 1/6; 1/3 1/4 1/5 1/6 1/7; 1/4 1/5 1/6 1/7 1/8; 1/5 1/6 1/7 1/8 1/9", "1/266716800000", (4, 4), "179200"),
]

private func rational(_ text: Substring) -> Rational {
  let parts = text.split(separator: "/").map { Integer(Int($0) ?? 0) }
  return Rational(parts[0], over: parts.count > 1 ? parts[1] : 1) ?? 0
}

/// The determinant of rows of numbers and an entry of the inverse.
private func handles(
  _ text: String, _ place: (row: Int, column: Int), _ pool: inout ExpressionPool
) -> (determinant: Handle, inverse: Handle) {
  let rows = text.split(separator: ";").map { row in
    row.split(separator: " ").map { MatrixForm.scalar(pool.number(rational($0))) }
  }
  let size = rows.count
  let range = IndexRange(lower: pool.one, upper: pool.integer(size))
  let form = MatrixForm(.literal(rows), Shape(rows: range, columns: range))
  let determinant = pool.value(of: MatrixForm(.determinant(form), .scalar))
  let inverse = pool.entry(
    of: MatrixForm(.inverse(form), form.shape), row: pool.integer(place.row),
    column: pool.integer(place.column))
  return (determinant, inverse)
}

@Suite struct ExactMatrixTests {
  @Test(arguments: exactMatrices)
  private func `determinants and inverses are exact`(matrix: ExactMatrix) throws {
    var pool = ExpressionPool()
    let (determinant, inverse) = handles(matrix.rows, matrix.place, &pool)
    var evaluator = ExactEvaluator(Scope())
    let first = try evaluator.value(of: determinant, in: &pool)
    let second = try evaluator.value(of: inverse, in: &pool)
    #expect(first?.description == matrix.determinant)
    #expect(second?.description == matrix.inverse)
  }

  @Test(arguments: exactMatrices)
  private func `a tape comes to the same values`(matrix: ExactMatrix) throws {
    var pool = ExpressionPool()
    let (determinant, inverse) = handles(matrix.rows, matrix.place, &pool)
    let values = try pool.evaluate([determinant, inverse], at: [:], TapeContext())
    let expected = [matrix.determinant, matrix.inverse].map {
      rational(Substring($0)).doubleValue
    }
    for (value, expected) in zip(values, expected) {
      #expect(abs(value - expected) <= 1e-8 * abs(expected) + 1e-12, "\(value)")
    }
  }

  @Test(arguments: ["0", "1 2; 2 4", "1 2 3; 4 5 6; 7 8 9", "0 1; 0 2"])
  func `a singular matrix has the determinant 0 and no inverse`(rows: String) throws {
    var pool = ExpressionPool()
    let (determinant, inverse) = handles(rows, (1, 1), &pool)
    var evaluator = ExactEvaluator(Scope())
    let value = try evaluator.value(of: determinant, in: &pool)
    #expect(value == 0)
    let error = #expect(throws: UndefinedValue.self) {
      _ = try evaluator.value(of: inverse, in: &pool)
    }
    #expect(error?.reason == "the inverse of a singular matrix")
  }

  @Test func `an entry outside the inverse is refused`() {
    var pool = ExpressionPool()
    let (_, inverse) = handles("1 0; 0 1", (3, 1), &pool)
    var evaluator = ExactEvaluator(Scope())
    #expect(throws: UndefinedValue.self) { _ = try evaluator.value(of: inverse, in: &pool) }
  }

  @Test func `a matrix that is not square is refused`() {
    var pool = ExpressionPool()
    let rows = IndexRange(lower: pool.one, upper: pool.two)
    let columns = IndexRange(lower: pool.one, upper: pool.integer(3))
    let form = MatrixForm(.ones, Shape(rows: rows, columns: columns))
    let determinant = pool.value(of: MatrixForm(.determinant(form), .scalar))
    var evaluator = ExactEvaluator(Scope())
    #expect(throws: UndefinedValue.self) { _ = try evaluator.value(of: determinant, in: &pool) }
  }

  @Test func `a matrix with an irrational entry has no exact determinant`() throws {
    var pool = ExpressionPool()
    let range = IndexRange(lower: pool.one, upper: pool.two)
    let root = MatrixForm.scalar(pool.function(.sqrt, pool.two))
    let one = MatrixForm.scalar(pool.one)
    let form = MatrixForm(
      .literal([[root, one], [one, root]]), Shape(rows: range, columns: range))
    let determinant = pool.value(of: MatrixForm(.determinant(form), .scalar))
    var evaluator = ExactEvaluator(Scope())
    let value = try evaluator.value(of: determinant, in: &pool)
    #expect(value == nil)
    let approximate = try pool.evaluate([determinant], at: [:], TapeContext())
    #expect(abs(approximate[0] - 1) < 1e-14)
  }

  @Test(arguments: [250, 1_000_000_000])
  func `a matrix too large for the budget is given up`(size: Int) throws {
    var pool = ExpressionPool()
    let range = IndexRange(lower: pool.one, upper: pool.integer(size))
    let row = pool.freshIndex(over: range)
    let column = pool.freshIndex(over: range)
    let sum = pool.add([pool.symbol(row), pool.symbol(column), pool.one])
    let determinant = pool.closeDeterminant(
      pool.power(sum, pool.minusOne), row: row, column: column, rowRange: range,
      columnRange: range)
    var evaluator = ExactEvaluator(Scope())
    let value = try evaluator.value(of: determinant, in: &pool)
    #expect(value == nil)
  }

  @Test func `a matrix of long numbers is given up`() throws {
    var pool = ExpressionPool()
    let range = IndexRange(lower: pool.one, upper: pool.integer(50))
    let row = pool.freshIndex(over: range)
    let column = pool.freshIndex(over: range)
    let long = pool.number(Rational(10).power(40, bitLimit: 4096) ?? 0)
    let sum = pool.add([
      pool.multiply(pool.integer(7919), pool.power(pool.symbol(row), pool.two)),
      pool.multiply(pool.symbol(column), pool.symbol(row)), long,
    ])
    let determinant = pool.closeDeterminant(
      pool.power(sum, pool.minusOne), row: row, column: column, rowRange: range,
      columnRange: range)
    var evaluator = ExactEvaluator(Scope())
    let value = try evaluator.value(of: determinant, in: &pool)
    #expect(value == nil)
  }
}
