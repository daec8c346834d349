import NablaCalculus
import NablaExpressions
import NablaRewriting
import Testing

/// Names and indices of all rows.
private let statements = """
  index i, j, k, l = 1..N; index m = 1..M; index h = 1..3; vector w[3]; vector x[N], y[N], z[M]; matrix A[N,N], B[N,M]; scalar c
  """

/// A line with sums over deltas, and the line a person writes next.
private let rows: [(line: String, next: String)] = [
  ("sum(k, x[k]*delta(i,k))", "x[i]"),
  ("sum(k, delta(k,i)*x[k])*c", "x[i]*c"),
  ("sum(k, exp(x[k])*delta(i,k))*exp(x[i])", "exp(x[i])*exp(x[i])"),
  ("-sum(k, y[k]*delta(i,k)/x[k])", "-y[i]/x[i]"),
  ("sum(j, sum(k, A[j,k]*x[k]*delta(i,j)))", "sum(k, A[i,k]*x[k])"),
  (
    "sum(j, sum(k, delta(i,j)*A[j,k]*x[k] + x[j]*A[j,k]*delta(i,k)))",
    "sum(k, A[i,k]*x[k]) + sum(j, x[j]*A[j,i])"
  ),
  (
    "sum(j, sum(k, x[j]*(delta(i,j)*delta(l,k) + delta(l,j)*delta(i,k))*y[k]))",
    "x[i]*y[l] + x[l]*y[i]"
  ),
  // A term without a delta keeps its sum, and so do the others.
  ("sum(j, y[j]*(delta(i,j) - x[i]))", "sum(j, y[j]*(delta(i,j) - x[i]))"),
  // A component that is named exists.
  ("sum(m, z[m]*delta(m,2))", "z[2]"),
  ("sum(h, w[h]*delta(h,2))", "w[2]"),
  // Neither index is summed over.
  ("sum(k, x[k]*delta(i,j))", "sum(k, x[k]*delta(i,j))"),
]

@Suite("Sums over deltas in written lines") struct WrittenDeltaTests {
  @Test(arguments: rows) func `the next line is as a person writes it`(
    line: String, next: String
  ) throws {
    var room = try Workroom(statements)
    let written = try room.expression(line)
    let expected = try room.expression(next)
    let result = room.pool.sumsOverDeltaCarriedOut(written)
    #expect(room.plain(result) == room.plain(expected))
  }

  @Test(arguments: rows) func `the value is the same`(line: String, next: String) throws {
    var room = try Workroom(statements)
    let written = try room.expression(line)
    let result = room.pool.sumsOverDeltaCarriedOut(written)
    #expect(room.pool.canonical(result) == room.pool.canonical(written))
  }
}

/// Sums that are joined where that is shorter.
private let joined: [(sum: String, result: String)] = [
  ("sum(k, A[i,k]*x[k]) - sum(k, A[i,k]*y[k])", "sum(k, A[i,k]*(x[k] - y[k]))"),
  ("c*sum(k, x[k]*y[k]) + c*sum(j, x[j]*A[i,j])", "c*sum(k, x[k]*(y[k] + A[i,k]))"),
  // Nothing is common to what is summed.
  ("sum(k, x[k]) - sum(k, y[k])", "sum(k, x[k]) - sum(k, y[k])"),
  // Different ranges.
  ("sum(k, x[k]*A[k,i]) - sum(m, z[m]*B[i,m])", "sum(k, x[k]*A[k,i]) - sum(m, z[m]*B[i,m])"),
  // What would be left of each term is long.
  (
    "sum(k, x[k]*exp(y[k])*c) + sum(k, x[k]*tanh(y[k]))",
    "sum(k, x[k]*exp(y[k])*c) + sum(k, x[k]*tanh(y[k]))"
  ),
]

@Test(arguments: joined) func `sums with a common factor are joined`(
  sum: String, result: String
) throws {
  var room = try Workroom(statements)
  let written = try room.expression(sum)
  let expected = try room.expression(result)
  let canonical = room.pool.canonical(written)
  let shown = room.pool.arranged(room.pool.sumsJoined(canonical))
  #expect(room.plain(shown) == room.plain(room.pool.presentable(expected)))
}

@Suite("Which components the chain rule goes through") struct ReachedComponentTests {
  @Test(arguments: [
    // One entry of z depends on one entry of the weights: no sum over its index.
    ("z[m] = sum(k, B[k,m]*x[k]); L = sum(m, z[m]^2)", "L", "B[i,m]", false),
    // Every entry of z depends on each entry of x.
    ("z[m] = sum(k, B[k,m]*x[k]); L = sum(m, z[m]^2)", "L", "x[i]", true),
    ("a[i] = tanh(x[i]); L = sum(i, a[i]*y[i])", "L", "x[i]", false),
    ("p[i] = exp(x[i])/sum(k, exp(x[k])); L = sum(i, p[i]*y[i])", "L", "x[j]", true),
  ])
  func `a sum is written where several are reached`(
    definitions: String, subject: String, variable: String, isSummed: Bool
  ) throws {
    let names = """
      index i, j, k = 1..N; index m = 1..M; index h = 1..3; vector w[3]; vector x[N], y[N]; matrix B[N,M];
      """
    var room = try Workroom(names + definitions)
    let quantity = try room.expression(subject)
    let variables = try room.variables(variable)
    var deriver = room.deriver()
    let derivation = deriver.derive(quantity, by: variables, in: &room.pool)
    let chain = try #require(derivation.steps.first { $0.rule == "chain" })
    var found = false
    if case .indexedSum = room.pool[chain.after] { found = true }
    #expect(found == isSummed, "\(room.plain(chain.after))")
  }
}

@Suite("Reasons of lines that stand for several steps") struct MergedReasonTests {
  private let one = Reason("power rule")
  private let other = Reason("chain rule")

  @Test func `what is said once is not said again`() {
    let both = one.followed(by: other).followed(by: one)
    #expect(both.parts.map { $0.pieces } == [one.pieces, other.pieces])
  }

  @Test func `a hidden step hands its reason on`() throws {
    var room = try Workroom("scalar a, b, c, d")
    let names = try ["a", "b", "c", "d"].map { try room.expression($0) }
    var derivation = Derivation(goal: names[0], result: names[3])
    derivation.steps = [
      Step("power", names[0], names[1], one, detail: .full),
      Step("chain", names[1], names[2], other),
      Step("collect", names[2], names[3], Reason("simplify")),
    ]
    let shown = derivation.steps(at: .standard)
    #expect(shown.map { $0.after } == [names[2], names[3]])
    #expect(shown[0].reason.parts.count == 2)
    #expect(shown[1].reason.parts.count == 1)
    #expect(derivation.steps(at: .full).allSatisfy { $0.reason.parts.count == 1 })
  }
}

@Test(arguments: [
  ("x[i]*delta(i,j)/x[j]", "delta(i,j)"),
  ("c - x[i]*exp(y[j])*delta(i,j)/exp(y[i])", "c - x[i]*delta(i,j)"),
  ("sum(k, y[k])*x[i]*delta(i,j)/x[j]", "sum(k, y[k])*delta(i,j)"),
  // Nothing cancels, so the index stays that was written.
  ("x[i]*delta(i,j)", "x[i]*delta(i,j)"),
  ("x[j]*y[i]*delta(i,j)", "x[j]*y[i]*delta(i,j)"),
])
func `a delta makes its indices equal where factors cancel`(
  line: String, result: String
) throws {
  var room = try Workroom(statements)
  let written = try room.expression(line)
  let expected = try room.expression(result)
  let canonical = room.pool.canonical(written)
  #expect(room.pool.deltasUsed(canonical) == room.pool.canonical(expected))
}
