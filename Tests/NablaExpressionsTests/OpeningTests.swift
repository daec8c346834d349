import NablaExpressions
import NablaNotation
import NablaTestSupport
import Testing

private let declarations =
  "dimension N; index i, j, k = 1..N; vector h[N], y[N]; matrix W[N, N]; scalar x; scalar t"

@Test func `the name of a bound index does not matter`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let first = try bench.read("sum(k, h[k]*W[i,k])")
  let second = try bench.read("sum(j, h[j]*W[i,j])")
  #expect(first == second)
}

@Test func `opening and closing give the same node`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let sum = try bench.read("sum(j, k, W[j,k]*h[k])")
  let openedFound = bench.pool.open(sum)
  let opened = try #require(openedFound)
  #expect(opened.indices.count == 2)
  let isClosed = bench.pool.looseLevels(opened.body) == 0
  #expect(isClosed)
  let closed = bench.pool.closeSum(opened.body, over: opened.indices, ranges: opened.ranges)
  #expect(closed == sum)
  let againFound = bench.pool.open(sum)
  let again = try #require(againFound)
  #expect(again.body == opened.body)
}

@Test func `two openings anew share no name`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let sum = try bench.read("sum(k, h[k])")
  let firstFound = bench.pool.openAnew(sum)
  let first = try #require(firstFound)
  let secondFound = bench.pool.openAnew(sum)
  let second = try #require(secondFound)
  #expect(Set(first.indices).isDisjoint(with: second.indices))
}

/// An expression, what is put in place of its index i, and the result.
// swift-format-ignore
private let substitutions: [(String, String, String)] = [
  ("h[i]",                          "k", "h[k]"),
  ("sum(k, W[i,k])",                "k", "sum(j, W[k,j])"),
  ("sum(k, h[k]*sum(j, W[i,j]))",   "j", "sum(k, h[k]*sum(i, W[j,i]))"),
  ("delta(i, j)*h[i]",              "j", "delta(j, j)*h[j]"),
  ("sum(k != i, h[k])",             "2", "sum(k != 2, h[k])"),
  ("x + t",                         "k", "x + t"),
]

@Test(arguments: substitutions.indices)
func `substitution captures no index`(number: Int) throws {
  let (text, index, expected) = substitutions[number]
  var bench = try ExpressionWorkbench(declarations)
  let subject = try bench.read(text)
  guard let i = bench.symbol("i") else { return }
  let replacement: Handle
  if let name = bench.symbol(index) {
    replacement = bench.pool.symbol(name)
  } else {
    replacement = bench.pool.integer(2)
  }
  let result = bench.pool.substitute(Substitution(i, replacement), in: subject)
  let wanted = try bench.read(expected)
  let texts = (bench.pool.dump(result), bench.pool.dump(wanted))
  #expect(result == wanted, "\(texts.0) is not \(texts.1)")
}

@Test func `a variable below its derivative stays`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let subject = try bench.read("x*diff(x^2*t, x)")
  guard let x = bench.symbol("x") else { return }
  let result = bench.pool.substitute(Substitution(x, bench.pool.two), in: subject)
  let wanted = try bench.read("2*diff(x^2*t, x)")
  #expect(result == wanted)
}

@Test func `definitions are opened below sums without capture`() throws {
  var bench = try ExpressionWorkbench(declarations)
  let body = try bench.read("sum(k, W[i,k]*h[k])")
  guard let y = bench.symbol("y"), let i = bench.symbol("i") else { return }
  var definitions = Definitions()
  definitions.add(Definition(symbol: y, parameters: [i], body: body))
  let opened = bench.pool.opened(try bench.read("sum(j, y[j]*h[j])"), definitions)
  let wanted = try bench.read("sum(j, sum(k, W[j,k]*h[k])*h[j])")
  let texts = (bench.pool.dump(opened), bench.pool.dump(wanted))
  #expect(opened == wanted, "\(texts.0) is not \(texts.1)")
}

@Test func `deep expressions are swept without recursion`() throws {
  var bench = try ExpressionWorkbench(declarations)
  guard let x = bench.symbol("x") else { return }
  var deep = bench.pool.symbol(x)
  for _ in 0..<20_000 { deep = bench.pool.writtenFunction(.tanh, deep) }
  let form0 = bench.pool.canonical(deep)
  #expect(form0 == deep)
  let replaced = bench.pool.substitute(Substitution(x, bench.pool.one), in: deep)
  let remaining = bench.pool.symbolsOccurring(in: [replaced])
  #expect(!remaining.contains(x))
  let form1 = bench.pool.opened(deep, Definitions())
  #expect(form1 == deep)
}
