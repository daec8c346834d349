import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

extension Workbench {
  fileprivate mutating func determinant(_ array: SymbolID) -> Handle {
    pool.closeDeterminant(
      at(array, i, j), row: i, column: j, rowRange: range, columnRange: range)
  }

  fileprivate mutating func inverse(_ array: SymbolID, _ row: Int, _ column: Int) -> Handle {
    let row = pool.integer(row)
    let column = pool.integer(column)
    return pool.closeInverse(
      at(array, i, j), row: i, column: j, rowRange: range, columnRange: range, at: row, column)
  }
}

private func slots(_ array: SymbolID, _ size: Int, _ entry: (Int, Int) -> Double)
  -> [Slot: Double]
{
  var inputs: [Slot: Double] = [:]
  for row in 1...size {
    for column in 1...size { inputs[Slot(array, [row, column])] = entry(row, column) }
  }
  return inputs
}

/// Matrices with known determinants and inverses, at any size.
private struct KnownMatrix: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let entry: @Sendable (_ row: Int, _ column: Int, _ size: Int) -> Double
  let determinant: @Sendable (Int) -> Double
  let inverse: @Sendable (_ row: Int, _ column: Int, _ size: Int) -> Double
}

private let knownMatrices = [
  // Zeros on the diagonal ask for exchanges of rows.
  KnownMatrix(
    testDescription: "reversal", entry: { row, column, size in row + column == size + 1 ? 1 : 0 },
    determinant: { size in size * (size - 1) / 2 % 2 == 0 ? 1 : -1 },
    inverse: { row, column, size in row + column == size + 1 ? 1 : 0 }),
  KnownMatrix(
    testDescription: "cyclic shift",
    entry: { row, column, size in column == row % size + 1 ? 2 : 0 },
    determinant: { size in Double(1 << size) * (size % 2 == 0 ? -1 : 1) },
    inverse: { row, column, size in row == column % size + 1 ? 0.5 : 0 }),
  KnownMatrix(
    testDescription: "minimum", entry: { row, column, _ in Double(min(row, column)) },
    determinant: { _ in 1 },
    inverse: { row, column, size in
      if row == column { return row == size ? 1 : 2 }
      return abs(row - column) == 1 ? -1 : 0
    }),
  // Not symmetric: ones with n added below the diagonal's next row would be; here upper bands.
  KnownMatrix(
    testDescription: "unit upper triangle", entry: { row, column, _ in row <= column ? 1 : 0 },
    determinant: { _ in 1 },
    inverse: { row, column, _ in row == column ? 1 : column == row + 1 ? -1 : 0 }),
]

@Suite struct `Determinants and inverses` {
  @Test(arguments: knownMatrices, 1...9)
  private func `a known determinant`(matrix: KnownMatrix, size: Int) throws {
    var w = Workbench()
    let a = w.matrix("A")
    let inputs = slots(a, size) { matrix.entry($0, $1, size) }
    let expected = size == 1 ? matrix.entry(1, 1, 1) : matrix.determinant(size)
    let value = try w.value(w.determinant(a), inputs, values: [w.size: size])
    #expect(abs(value - expected) < 1e-9 * abs(expected), "\(value), not \(expected)")
  }

  @Test(arguments: knownMatrices, 1...9)
  private func `a known inverse`(matrix: KnownMatrix, size: Int) throws {
    var w = Workbench()
    let a = w.matrix("A")
    let inputs = slots(a, size) { matrix.entry($0, $1, size) }
    var entries: [Handle] = []
    var expected: [Double] = []
    for row in 1...size {
      for column in 1...size {
        entries.append(w.inverse(a, row, column))
        expected.append(
          size == 1 ? 1 / matrix.entry(1, 1, 1) : matrix.inverse(row, column, size))
      }
    }
    let values = try w.pool.evaluate(entries, at: inputs, TapeContext(values: [w.size: size]))
    let error = zip(values, expected).map { abs($0 - $1) }.max() ?? 0
    #expect(error < 1e-9, "\(values)")
  }

  @Test(arguments: [2, 6, 7])
  func `a singular matrix has the determinant 0 and no inverse`(size: Int) throws {
    var w = Workbench()
    let a = w.matrix("A")
    let inputs = slots(a, size) { row, _ in Double(row) }
    let determinant = try w.value(w.determinant(a), inputs, values: [w.size: size])
    let inverse = try w.value(w.inverse(a, 1, 1), inputs, values: [w.size: size])
    #expect(abs(determinant) < 1e-12)
    #expect(!inverse.isFinite || abs(inverse) > 1e10)
  }

  @Test func `a matrix that is not square has no value`() throws {
    var w = Workbench()
    let wide = IndexRange(lower: w.pool.one, upper: w.pool.integer(3))
    let a = w.pool.declare(Symbol("A", .array, ranges: [w.range, wide]))
    let determinant = w.pool.closeDeterminant(
      w.at(a, w.i, w.j), row: w.i, column: w.j, rowRange: w.range, columnRange: wide)
    #expect(try w.value(determinant, values: [w.size: 2]).isNaN)
  }

  @Test func `an entry outside the inverse has no value`() throws {
    var w = Workbench()
    let a = w.matrix("A")
    let inputs = slots(a, 2) { $0 == $1 ? 1 : 0 }
    #expect(try w.value(w.inverse(a, 3, 1), inputs, values: [w.size: 2]).isNaN)
  }

  @Test func `a matrix too large is refused`() throws {
    var w = Workbench()
    let a = w.matrix("A")
    let determinant = w.determinant(a)
    var context = TapeContext(values: [w.size: 1_000_000])
    #expect(throws: EvaluationError.self) { try w.pool.evaluate([determinant], at: [:], context) }
    context = TapeContext(values: [w.size: 400])
    #expect(throws: EvaluationError.self) { try w.pool.evaluate([determinant], at: [:], context) }
  }

  @Test(arguments: [2, 3, 6, 7])
  func `duals give the cofactors of a determinant`(size: Int) throws {
    var w = Workbench()
    let a = w.matrix("A")
    // By an entry of the reversal the slope is the determinant times the entry across.
    let entry = w.pool.entry(a, [w.pool.one, w.pool.integer(size)])
    let slope = w.pool.derivative(w.determinant(a), by: [entry])
    let inputs = slots(a, size) { $0 + $1 == size + 1 ? 3 : 0.25 / Double($0 + 2 * $1) }
    let product = w.pool.multiply(w.determinant(a), w.inverse(a, size, 1))
    let values = try w.pool.evaluate(
      [slope, product], at: inputs, TapeContext(values: [w.size: size]))
    #expect(abs(values[0] - values[1]) < 1e-9 * abs(values[1]), "\(values)")
  }

  @Test func `a sampled symmetric matrix is symmetric`() {
    var w = Workbench()
    var domain = Domain.real
    domain.isSymmetric = true
    let s = w.matrix("S", domain)
    let equal = Claim.equality(w.at(s, w.i, w.j), w.at(s, w.j, w.i))
    #expect(CrossCheck.run(equal, CheckContext(), &w.pool).isPassed)
    let a = w.matrix("A")
    let different = Claim.equality(w.at(a, w.i, w.j), w.at(a, w.j, w.i))
    #expect(CrossCheck.run(different, CheckContext(), &w.pool).counterexample != nil)
  }

  @Test func `moving an entry of a symmetric matrix moves the entry across`() {
    var w = Workbench()
    var domain = Domain.real
    domain.isSymmetric = true
    let s = w.matrix("S", domain)
    // Σ_ij S[i,j]² by S[i,j]: 4·S[i,j] off the diagonal and 2·S[i,i] on it.
    let square = w.pool.power(w.at(s, w.i, w.k), w.pool.two)
    let total = w.pool.closeSum(square, over: [w.i, w.k], ranges: [w.range, w.range])
    let variable = w.at(s, w.i, w.j)
    let four = w.pool.integer(4)
    let diagonal = w.pool.multiply([w.pool.two, w.delta(w.i, w.j), variable])
    let slope = w.pool.subtract(w.pool.multiply(four, variable), diagonal)
    let right = Claim.derivative(of: total, by: [variable], is: slope)
    #expect(CrossCheck.run(right, CheckContext(), &w.pool).isPassed)
    let naive = w.pool.multiply(w.pool.two, variable)
    let wrong = Claim.derivative(of: total, by: [variable], is: naive)
    #expect(CrossCheck.run(wrong, CheckContext(), &w.pool).counterexample != nil)
  }
}
