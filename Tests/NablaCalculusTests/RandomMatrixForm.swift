import NablaExpressions
import NablaTestSupport

/// Random forms over vectors and matrices of three sizes, the same for the same seed.
struct RandomMatrixForm {
  static let statements = """
    dimension N, M, K; index i, i2 = 1..N; index j, j2 = 1..M; index k, k2 = 1..K; scalar s; \
    vector x[N], u[N], y[M], v[M], z[K], w[K]; matrix A[N, M], B[M, K], C[K, N], D[N, N], \
    E[M, M], F[N, M], G[M, N]; function f
    """

  private static let names = ["x", "u", "y", "v", "z", "w", "A", "B", "C", "D", "E", "F", "G"]

  private var random: SeededNumbers
  private var arrays: [MatrixForm] = []
  private var ranges: [IndexRange] = []
  private let scalar: Handle
  private let function: SymbolID

  init?(seed: UInt64, _ room: inout Workroom) {
    random = SeededNumbers(seed: seed)
    let names = room.scope.names
    guard let s = names["s"], let f = names["f"] else { return nil }
    scalar = room.pool.symbol(s)
    function = f
    for name in Self.names {
      guard let symbol = names[name] else { return nil }
      let declared = room.pool.declaration(of: symbol).ranges
      let columns = declared.count > 1 ? declared[1] : nil
      arrays.append(MatrixForm(.array(symbol), Shape(rows: declared[0], columns: columns)))
      if columns == nil, !ranges.contains(declared[0]) { ranges.append(declared[0]) }
    }
  }

  private mutating func below(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }

  private mutating func range() -> IndexRange { ranges[below(ranges.count)] }

  /// A form of a random shape.
  mutating func form(_ depth: Int, _ pool: inout ExpressionPool) -> MatrixForm {
    switch below(4) {
    case 0: return form(Shape(rows: range()), depth, &pool)
    case 1: return form(.scalar, depth, &pool)
    default: return form(Shape(rows: range(), columns: range()), depth, &pool)
    }
  }

  private mutating func form(
    _ shape: Shape, _ depth: Int, _ pool: inout ExpressionPool
  ) -> MatrixForm {
    if depth == 0 { return leaf(shape, &pool) }
    if shape.isScalar { return scalarForm(depth, &pool) }
    switch below(9) {
    case 0:
      return MatrixForm(.transpose(form(shape.transposed, depth - 1, &pool)), shape)
    case 1:
      let left = form(shape, depth - 1, &pool)
      return MatrixForm(.sum([left, form(shape, depth - 1, &pool)]), shape)
    case 2:
      let left = form(shape, depth - 1, &pool)
      return MatrixForm(.hadamard([left, form(shape, depth - 1, &pool)]), shape)
    case 3, 4, 5:
      let middle = range()
      let left = form(Shape(rows: shape.rows, columns: middle), depth - 1, &pool)
      let right = form(Shape(rows: middle, columns: shape.columns), depth - 1, &pool)
      return MatrixForm(.product([left, right]), shape)
    case 6:
      let inner = form(shape, depth - 1, &pool)
      return below(2) == 0
        ? MatrixForm(.function(.tanh, inner), shape) : MatrixForm(.apply(function, [inner]), shape)
    case 7 where shape.isMatrix && shape.rows == shape.columns:
      return MatrixForm(.diagonal(form(Shape(rows: shape.rows), depth - 1, &pool)), shape)
    case 7 where shape.isMatrix:
      let left = form(Shape(rows: shape.rows), depth - 1, &pool)
      let right = form(Shape(rows: shape.columns), depth - 1, &pool)
      return MatrixForm(
        .product([left, MatrixForm(.transpose(right), right.shape.transposed)]), shape)
    default:
      let factor = scalarForm(depth - 1, &pool)
      return MatrixForm(.product([factor, form(shape, depth - 1, &pool)]), shape)
    }
  }

  private mutating func scalarForm(_ depth: Int, _ pool: inout ExpressionPool) -> MatrixForm {
    if depth <= 0 { return .scalar(below(3) == 0 ? pool.two : scalar) }
    let rows = range()
    switch below(4) {
    case 0: return MatrixForm(.norm(form(Shape(rows: rows), depth - 1, &pool)), .scalar)
    case 1:
      return MatrixForm(.trace(form(Shape(rows: rows, columns: rows), depth - 1, &pool)), .scalar)
    case 2: return .scalar(scalar)
    default:
      let left = form(Shape(rows: rows), depth - 1, &pool)
      let right = form(Shape(rows: rows), depth - 1, &pool)
      let row = MatrixForm(.transpose(left), left.shape.transposed)
      return MatrixForm(.product([row, right]), .scalar)
    }
  }

  private mutating func leaf(_ shape: Shape, _ pool: inout ExpressionPool) -> MatrixForm {
    if shape.isScalar { return .scalar(scalar) }
    var fitting: [MatrixForm] = []
    for array in arrays {
      if array.shape == shape { fitting.append(array) }
      if array.shape == shape.transposed { fitting.append(MatrixForm(.transpose(array), shape)) }
    }
    return fitting.isEmpty ? MatrixForm(.ones, shape) : fitting[below(fitting.count)]
  }
}
