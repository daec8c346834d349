import NablaCalculus
import NablaExpressions
import NablaRewriting
import NablaVerification
import Testing

/// How an expression is made deeper, one level at a time.
private enum Growth: String, CaseIterable, CustomTestStringConvertible {
  case functions, sums, quotients, exponentials

  var testDescription: String { rawValue }

  func grown(_ inner: Handle, _ x: Handle, _ level: Int, _ pool: inout ExpressionPool) -> Handle {
    switch self {
    case .functions: return pool.writtenFunction(.sin, inner)
    case .sums:
      let product = pool.writtenProduct([inner, x])
      return pool.writtenSum([product, pool.integer(level % 7 + 1)])
    case .quotients: return pool.quotient(x, pool.writtenSum([pool.one, inner]))
    case .exponentials: return pool.writtenFunction(.exp, pool.negation(inner))
    }
  }
}

@Test(arguments: Growth.allCases)
private func `five thousand levels are no obstacle to any sweep`(growth: Growth) throws {
  var room = try Workroom()
  let x = try room.expression("x")
  var deep = x
  for level in 0..<5000 { deep = growth.grown(deep, x, level, &room.pool) }
  let canonical = room.pool.canonical(deep)
  #expect(room.pool.canonical(room.pool.arranged(canonical)) == canonical)
  var differentiator = Differentiator()
  #expect(differentiator.derivative(of: deep, by: x, in: &room.pool) != room.pool.zero)
  var sweep = ReverseSweep()
  #expect(sweep.gradient(of: canonical, by: [x], in: &room.pool)[0] != room.pool.zero)
  #expect(Simplifier().simplify(deep, in: &room.pool).result == canonical)
  #expect(room.pool.opened(deep, room.scope.definitions) == deep)
}

@Test func `derivations through many levels are finished in one step`() throws {
  var room = try Workroom()
  let x = try room.expression("x")
  var deep = x
  for level in 0..<150 { deep = Growth.functions.grown(deep, x, level, &room.pool) }
  var deriver = room.deriver()
  let derivation = deriver.derive(deep, by: [x], in: &room.pool)
  #expect(!room.pool.traits(derivation.result).contains(.derivative))
  let claim = Claim.derivative(of: deep, by: [x], is: derivation.result)
  #expect(room.objection(to: claim) == nil)
}

/// e = sin(e)·cos(e), thirty times: small as a graph, beyond writing as a tree.
@Test func `what is shared is not written out`() throws {
  var room = try Workroom()
  let x = try room.expression("x")
  var shared = x
  for _ in 0..<30 {
    let sine = room.pool.writtenFunction(.sin, shared)
    shared = room.pool.writtenProduct([sine, room.pool.writtenFunction(.cos, shared)])
  }
  #expect(room.pool.treeSize(shared) > 1_000_000_000)
  var deriver = room.deriver()
  let derivation = deriver.derive(shared, by: [x], in: &room.pool)
  #expect(!room.pool.traits(derivation.result).contains(.derivative))
  let claim = Claim.derivative(of: shared, by: [x], is: derivation.result)
  #expect(room.objection(to: claim) == nil)
}

/// e = (e + 1)·(e + 2), forty times: signs are looked for no longer than they are worth.
@Test func `the search for a sign has a budget`() throws {
  var room = try Workroom("scalar p positive")
  var grown = try room.expression("p")
  for _ in 0..<40 {
    let left = room.pool.writtenSum([grown, room.pool.one])
    grown = room.pool.writtenProduct([left, room.pool.writtenSum([grown, room.pool.two])])
  }
  let root = room.pool.root(grown, degree: 2)
  _ = room.pool.canonical(root)
  let form = room.pool.canonical(grown)
  let isKnown = room.pool.isPositive(form)
  #expect(!isKnown)
}

@Test func `sums of many thousand terms are collected and differentiated`() throws {
  var room = try Workroom()
  let x = try room.expression("x")
  var terms: [Handle] = []
  for number in 0..<20_000 {
    let factor = room.pool.symbol(room.pool.declare(Symbol("a\(number)", .scalar)))
    terms.append(room.pool.writtenProduct([factor, x]))
  }
  let wide = room.pool.writtenSum(terms + terms.reversed())
  let canonical = room.pool.canonical(wide)
  #expect(room.pool.termHandles(canonical).count == 20_000)
  var differentiator = Differentiator()
  let derivative = differentiator.derivative(of: canonical, by: x, in: &room.pool)
  #expect(room.pool.termHandles(room.pool.canonical(derivative)).count == 20_000)
}

/// Expressions with large numbers or without a value, and their simplest forms.
// swift-format-ignore
private let extremes: [(String, String)] = [
  ("x^1000000000",                "x^1000000000"),
  ("diff(x^1000000000, x)",       "1000000000*x^999999999"),
  ("(x + 1)^1000000000/(x + 1)",  "(x + 1)^999999999"),
  ("2^1000000000",                "2^1000000000"),
  ("(1/3)^(10^9)",                "(1/3)^1000000000"),
  ("((x^99999)^99999)^99999",     "x^999970000299999"),
  ("0^0",                         "1"),
  ("0^x",                         "0^x"),
  ("1/(x - x)",                   "1/0"),
  ("x + 1/(x - x)",               "1/0"),
  ("1/(x - x) - 1/(x - x)",       "1/0"),
  ("log(x - x)",                  "log(0)"),
  ("1[x > x]/(x - x)",            "0"),
  ("sum(k = 1..1000000000, x)",   "1000000000*x"),
  ("product(k = 1..1000000000, x)", "x^1000000000"),
  ("sum(k = 1..1000000000, sin(k*x))", "sum(k = 1..1000000000, sin(x*k))"),
  ("x^(10^30)*x^(1 - 10^30)",     "x"),
]

@Test(arguments: extremes.indices)
func `extreme input has a form and does no harm`(number: Int) throws {
  let (text, expected) = extremes[number]
  var room = try Workroom()
  let written = try room.expression(text)
  let context = room.differentiationContext()
  let form = room.pool.presentable(room.pool.differentiated(written, context))
  #expect(room.plain(form) == expected, "\(text)")
}

@Test func `derivatives of many orders end`() throws {
  var room = try Workroom("g(t) = exp(t)*t")
  let x = try room.expression("x")
  let power = try room.expression("x^20")
  var deriver = room.deriver()
  let orders = [Handle](repeating: x, count: 21)
  let derivation = deriver.derive(power, by: orders, in: &room.pool)
  #expect(derivation.result == room.pool.zero)
  // Too many orders of a defined function leave its name, which is right at any rate.
  guard let function = room.scope.names["g"] else { return }
  let slope = room.pool.derivativeSymbol(of: function, orders: [40])
  let applied = room.pool.apply(slope, [x])
  #expect(room.pool.differentiated(applied, room.differentiationContext()) == applied)
}
