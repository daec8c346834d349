import NablaExpressions
import NablaNumbers
import NablaTestSupport
import Testing

/// Square matrices over 1..N, S symmetric, and the forms made of them.
private struct MatrixRoom: ~Copyable {
  var pool = ExpressionPool()
  let range: IndexRange
  let i: Handle
  let j: Handle
  let a: MatrixForm
  let b: MatrixForm
  let s: MatrixForm
  /// A matrix with N rows and M columns.
  let x: MatrixForm
  let c: MatrixForm

  init() {
    let size = pool.symbol(pool.declare(Symbol("N", .dimension)))
    let width = pool.symbol(pool.declare(Symbol("M", .dimension)))
    let range = IndexRange(lower: pool.one, upper: size)
    let other = IndexRange(lower: pool.one, upper: width)
    self.range = range
    i = pool.symbol(pool.declare(Symbol("i", .index, ranges: [range])))
    j = pool.symbol(pool.declare(Symbol("j", .index, ranges: [range])))
    func matrix(
      _ name: String, _ columns: IndexRange, _ pool: inout ExpressionPool,
      isSymmetric: Bool = false
    ) -> MatrixForm {
      var domain = Domain.real
      domain.isSymmetric = isSymmetric
      let id = pool.declare(Symbol(name, .array, ranges: [range, columns], domain: domain))
      return MatrixForm(.array(id), Shape(rows: range, columns: columns))
    }
    a = matrix("A", range, &pool)
    b = matrix("B", range, &pool)
    s = matrix("S", range, &pool, isSymmetric: true)
    x = matrix("X", other, &pool)
    c = .scalar(pool.symbol(pool.declare(Symbol("c", .scalar))))
  }

  mutating func entry(_ form: MatrixForm) -> Handle {
    pool.canonical(pool.entry(of: form, row: i, column: j))
  }

  mutating func isIdentity(_ form: MatrixForm) -> Bool {
    guard let rows = form.shape.rows, let columns = form.shape.columns else { return false }
    let row = pool.symbol(pool.freshIndex(over: rows))
    let column = pool.symbol(pool.freshIndex(over: columns))
    let entry = pool.canonical(pool.entry(of: form, row: row, column: column))
    return entry == pool.canonicalDelta(row, column)
  }
}

extension MatrixForm {
  fileprivate var inverse: MatrixForm { MatrixForm(.inverse(self), shape.transposed) }
  fileprivate var determinant: MatrixForm { MatrixForm(.determinant(self), .scalar) }

  fileprivate static func * (left: MatrixForm, right: MatrixForm) -> MatrixForm {
    if left.shape.isScalar { return MatrixForm(.product([left, right]), right.shape) }
    return MatrixForm(
      .product([left, right]), Shape(rows: left.shape.rows, columns: right.shape.columns))
  }

  fileprivate static func + (left: MatrixForm, right: MatrixForm) -> MatrixForm {
    MatrixForm(.sum([left, right]), left.shape)
  }
}

@Suite struct MatrixBinderTests {
  // MARK: Binding

  @Test func `closing an opened inverse gives it back`() throws {
    var room = MatrixRoom()
    let entry = room.pool.entry(of: room.a.inverse, row: room.i, column: room.j)
    let found = room.pool.open(entry)
    let opened = try #require(found)
    #expect(opened.place == [room.i, room.j])
    let closed = room.pool.close(opened.body, like: entry, opened)
    #expect(closed == entry)
  }

  @Test func `the indices of a matrix are bound in order`() throws {
    var room = MatrixRoom()
    let upright = room.pool.entry(of: room.a.determinant, row: room.i, column: room.j)
    let transposed = room.pool.entry(
      of: room.a.transposed.determinant, row: room.i, column: room.j)
    #expect(room.pool.dump(upright) == "(det 1..N 1..N A[#0.0,#0.1])")
    #expect(room.pool.dump(transposed) == "(det 1..N 1..N A[#0.1,#0.0])")
  }

  @Test func `the place of an entry is free and its matrix' indices are not`() {
    var room = MatrixRoom()
    let entry = room.pool.entry(of: room.a.inverse, row: room.i, column: room.j)
    let free = room.pool.freeIndices(of: [entry]).map { room.pool.symbol($0) }
    #expect(free == [room.i, room.j])
    guard case .symbol(let id) = room.pool[room.i] else { return }
    let moved = room.pool.substitute(Substitution(id, room.pool.two), in: entry)
    #expect(room.pool.dump(moved) == "(inv 1..N 1..N A[#0.0,#0.1])[2,j]")
  }

  @Test func `an index substituted into the matrix is not captured`() throws {
    var room = MatrixRoom()
    let name = room.pool.declare(Symbol("k", .index, ranges: [room.range]))
    guard case .array(let array) = room.a.kind else { return }
    let row = room.pool.freshIndex(over: room.range)
    let column = room.pool.freshIndex(over: room.range)
    let body = room.pool.multiply(
      room.pool.entry(array, [room.pool.symbol(row), room.pool.symbol(column)]),
      room.pool.entry(array, [room.pool.symbol(name), room.pool.symbol(name)]))
    let closed = room.pool.closeDeterminant(
      body, row: row, column: column, rowRange: room.range, columnRange: room.range)
    let sum = room.pool.closeSum(closed, over: [name], ranges: [room.range])
    let found = room.pool.open(sum)
    let opened = try #require(found)
    let again = room.pool.closeSum(opened.body, over: opened.indices, ranges: opened.ranges)
    #expect(again == sum)
    let isFree = room.pool.looseLevels(closed) == 0 && room.pool.occurs(name, in: closed)
    #expect(isFree)
  }

  // MARK: Scalars

  @Test func `the determinant of a scalar is the scalar`() {
    var room = MatrixRoom()
    guard case .scalar(let value) = room.c.kind else { return }
    let determinant = room.pool.value(of: room.c.determinant)
    let inverse = room.pool.canonical(room.pool.value(of: room.c.inverse))
    #expect(determinant == value)
    let reciprocal = room.pool.power(value, room.pool.minusOne)
    #expect(inverse == reciprocal)
  }

  @Test func `a matrix of size 1 is its entry`() {
    var room = MatrixRoom()
    let single = IndexRange(lower: room.pool.one, upper: room.pool.one)
    let id = room.pool.declare(Symbol("T", .array, ranges: [single, single]))
    let form = MatrixForm(.array(id), Shape(rows: single, columns: single))
    let determinant = room.pool.canonical(room.pool.value(of: form.determinant))
    let inverse = room.pool.canonical(room.pool.value(of: form.inverse))
    #expect(room.pool.dump(determinant) == "T[1,1]")
    #expect(room.pool.dump(inverse) == "(^ T[1,1] -1)")
  }

  // MARK: Orientation

  @Test func `transposing leaves a determinant as it is`() {
    var room = MatrixRoom()
    let product = room.a * room.b
    for form in [room.a, product, room.a + room.b.transposed, room.x * room.x.transposed] {
      let upright = room.entry(form.determinant)
      let transposed = room.entry(form.transposed.determinant)
      #expect(upright == transposed, "\(room.pool.dump(upright))")
    }
  }

  @Test func `the inverse of a transpose is the transpose of the inverse`() {
    var room = MatrixRoom()
    for form in [room.a, room.a * room.b, room.a + room.b.transposed] {
      let first = room.entry(form.transposed.inverse)
      let second = room.entry(form.inverse.transposed)
      #expect(first == second, "\(room.pool.dump(first))")
    }
  }

  @Test func `a matrix stands rather than its transpose`() {
    var room = MatrixRoom()
    let entry = room.entry(room.a.transposed.inverse)
    #expect(room.pool.dump(entry) == "(inv 1..N 1..N A[#0.0,#0.1])[j,i]")
  }

  @Test func `a matrix is not its transpose`() {
    var room = MatrixRoom()
    let first = room.entry(room.a.inverse)
    let second = room.entry(room.a.inverse.transposed)
    let plain = room.entry(room.a)
    let transposed = room.entry(room.a.transposed)
    #expect(first != second)
    #expect(plain != transposed)
  }

  @Test func `a symmetric matrix and what is made of it are symmetric`() {
    var room = MatrixRoom()
    let gram = room.x * room.x.transposed
    for form in [
      room.s, room.s.inverse, (room.s + gram).inverse, gram.inverse, (room.s * room.s).inverse,
    ] {
      let first = room.entry(form)
      let second = room.entry(form.transposed)
      #expect(first == second, "\(room.pool.dump(first)) and \(room.pool.dump(second))")
      let product = room.entry(form * room.a)
      let other = room.entry(form.transposed * room.a)
      #expect(product == other, "\(room.pool.dump(product)) and \(room.pool.dump(other))")
    }
  }

  @Test func `entries of a symmetric matrix meet under sums`() {
    var room = MatrixRoom()
    let first = room.entry(room.s * room.a)
    let second = room.entry(room.s.transposed * room.a)
    #expect(first == second)
  }

  // MARK: Inverses

  @Test func `a matrix times its inverse is the identity`() {
    var room = MatrixRoom()
    let gram = room.x.transposed * room.x
    let forms = [
      room.a, room.s, room.a.transposed, room.a * room.b, room.c * room.a, room.a + room.b,
      room.a + room.c * MatrixForm(.identity, room.a.shape), gram,
      gram + room.c * MatrixForm(.identity, gram.shape),
    ]
    for (number, form) in forms.enumerated() {
      let left = room.isIdentity(form * form.inverse)
      let right = room.isIdentity(form.inverse * form)
      #expect(left, "\(number): \(room.pool.dump(room.entry(form * form.inverse)))")
      #expect(right, "\(number)")
    }
  }

  @Test func `a matrix meets its inverse inside a longer product`() {
    var room = MatrixRoom()
    let long = room.b * room.a * room.a.inverse * room.b.inverse
    let isIdentity = room.isIdentity(long)
    #expect(isIdentity)
    let right = room.b.inverse * (room.a.inverse * (room.a * (room.b * room.s)))
    let first = room.entry(right)
    let second = room.entry(room.s)
    #expect(first == second)
  }

  @Test func `factors beside a matrix and its inverse stay`() {
    var room = MatrixRoom()
    let chain = MatrixForm(
      .product([room.b, room.a.inverse, room.a, room.a, room.b]), room.a.shape)
    let expected = MatrixForm(.product([room.b, room.a, room.b]), room.a.shape)
    let first = room.entry(chain)
    let second = room.entry(expected)
    #expect(first == second)
  }

  @Test func `the trace of a matrix times its inverse is its size`() {
    var room = MatrixRoom()
    let product = MatrixForm(.product([room.a, room.a.inverse]), room.a.shape)
    let trace = room.pool.canonical(
      room.pool.value(of: MatrixForm(.trace(product), .scalar)))
    #expect(room.pool.dump(trace) == "N")
  }

  @Test func `a matrix times the inverse of its transpose stays`() {
    var room = MatrixRoom()
    let isIdentity = room.isIdentity(room.a * room.a.transposed.inverse)
    #expect(!isIdentity)
    let elementwise = MatrixForm(.hadamard([room.a, room.a.inverse]), room.a.shape)
    let isProduct = room.isIdentity(elementwise)
    #expect(!isProduct)
  }

  @Test func `the inverse of an inverse is the matrix`() {
    var room = MatrixRoom()
    for form in [room.a, room.s, room.a.transposed, room.a * room.b] {
      let first = room.entry(form.inverse.inverse)
      let second = room.entry(form)
      #expect(first == second)
    }
  }

  @Test func `the determinant of an inverse is the reciprocal`() {
    var room = MatrixRoom()
    let first = room.entry(room.a.inverse.determinant)
    let determinant = room.entry(room.a.determinant)
    let second = room.pool.canonical(room.pool.power(determinant, room.pool.minusOne))
    #expect(first == second)
  }

  @Test func `a common factor leaves an inverse and a determinant`() {
    var room = MatrixRoom()
    let scaled = room.c * room.a
    let factor = room.pool.value(of: room.c)
    let inverse = room.entry(scaled.inverse)
    let plain = room.entry(room.a.inverse)
    let quotient = room.pool.canonical(room.pool.divide(plain, factor))
    #expect(inverse == quotient)
    let determinant = room.entry(scaled.determinant)
    let power = room.pool.power(factor, room.range.upper)
    let base = room.entry(room.a.determinant)
    let product = room.pool.canonical(
      room.pool.multiply(power, base))
    #expect(determinant == product)
  }

  @Test func `the determinant of a product is the product of the determinants`() {
    var room = MatrixRoom()
    let chain = MatrixForm(.product([room.a, room.b, room.s]), room.a.shape)
    let whole = room.entry(chain.determinant)
    let parts = [
      room.entry(room.a.determinant), room.entry(room.b.determinant),
      room.entry(room.s.determinant),
    ]
    let product = room.pool.canonical(room.pool.multiply(parts))
    #expect(whole == product, "\(room.pool.dump(whole))")
    let square = room.entry((room.a * room.a.transposed).determinant)
    let power = room.pool.canonical(room.pool.power(parts[0], room.pool.two))
    #expect(square == power)
    // X·Xᵀ has factors that are not square.
    let gram = room.entry((room.x * room.x.transposed).determinant)
    var isWhole = false
    if case .determinant = room.pool[gram] { isWhole = true }
    #expect(isWhole)
  }

  @Test func `a diagonal matrix is inverted entry by entry`() throws {
    var room = MatrixRoom()
    let id = room.pool.declare(Symbol("d", .array, ranges: [room.range]))
    let vector = MatrixForm(.array(id), Shape(rows: room.range))
    let diagonal = MatrixForm(.diagonal(vector), room.a.shape)
    let inverse = room.entry(diagonal.inverse)
    let reciprocal = room.pool.power(room.pool.entry(id, [room.i]), room.pool.minusOne)
    let expected = room.pool.canonical(
      room.pool.multiply(room.pool.writtenDelta(room.i, room.j), reciprocal))
    let isSame = inverse == expected || room.isIdentity(diagonal.inverse * diagonal)
    #expect(isSame, "\(room.pool.dump(inverse))")
    let determinant = room.entry(diagonal.determinant)
    #expect(room.pool.dump(determinant) == "(product 1..N d[#0.0])")
  }
}
