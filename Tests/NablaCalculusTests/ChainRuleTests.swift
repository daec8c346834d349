import NablaCalculus
import NablaExpressions
import NablaRewriting
import NablaVerification
import Testing

/// Definitions, what is asked, and the result with every name told apart.
private struct Chain: Sendable {
  let statements: String
  let goal: String
  let variables: String
  let expected: String
  var assumption = ""
}

// swift-format-ignore
private let chains: [Chain] = [
  // Skip connections: the total derivative counts every path, a name below the bar is a node.
  Chain(statements: "b = a^2; z = a*b",                   goal: "z",         variables: "a",   expected: "3*b"),
  Chain(statements: "b = a^2; z = a*b",                   goal: "z",         variables: "b",   expected: "a"),
  Chain(statements: "function f, g; b = g(a); z = f(a, b)", goal: "z",       variables: "a",   expected: "f_1(a, b) + f_2(a, b)*g'(a)"),
  Chain(statements: "function f, g; b = g(a); z = f(a, b)", goal: "z",       variables: "b",   expected: "f_2(a, b)"),
  // A defined function may mention names beside its arguments.
  Chain(statements: "f(t) = w*t^2; L = f(3)*w",           goal: "L",         variables: "w",   expected: "18*w"),
  Chain(statements: "z = w^2; f(t) = z*t; L = f(3)*w",    goal: "L",         variables: "w",   expected: "6*z + f(3)"),
  Chain(statements: "g(t) = w*t^3",                       goal: "g'(2)",     variables: "w",   expected: "12"),
  Chain(statements: "g(t) = t^2; p(t) = g(t)*w; L = p(w) + p'(x)", goal: "L", variables: "w",  expected: "2*x + 3*g(w)"),
  Chain(statements: "dimension N; index i, j, k = 1..N; vector x[N]; g(t) = t*sum(k, x[k]); L = sum(i, g(x[i]))",
        goal: "L", variables: "x[j]", expected: "2*sum(k, x[k])"),
  // Facts hold at points: what is differentiated again does not use them.
  Chain(statements: "",                                   goal: "x^3",       variables: "x x", expected: "12", assumption: "x = 2"),
  Chain(statements: "dimension N; index i, j, k = 1..N; vector y[N]",
        goal: "sum(j, y[j])^2", variables: "y[i] y[k]", expected: "2", assumption: "sum(j, y[j]) = 1"),
  Chain(statements: "dimension N; index i, j, k = 1..N; vector y[N] probability",
        goal: "sum(j, y[j])^2", variables: "y[i] y[k]", expected: "2"),
  // A name that is differentiated by does not stand for its definition on the way.
  Chain(statements: "z = w*x; L = z^2*w*x",               goal: "L",         variables: "z z", expected: "2*z"),
  Chain(statements: "z = w*x; L = z^2*w*x",               goal: "L",         variables: "z w", expected: "2*z*x"),
  Chain(statements: "z = w*x; L = z^2*w*x",               goal: "L",         variables: "w z", expected: "2*z*x"),
  Chain(statements: "z = w*x; L = sin(z)*w",              goal: "L",         variables: "w z", expected: "cos(z)"),
]

@Test(arguments: chains)
private func `the chain rule counts what depends on the variable, and nothing else`(
  chain: Chain
) throws {
  var room = try Workroom(
    chain.statements, assume: chain.assumption.isEmpty ? [] : [chain.assumption])
  let subject = try room.expression(chain.goal)
  let variables = try room.variables(chain.variables)
  var deriver = room.deriver()
  let derivation = deriver.derive(subject, by: variables, in: &room.pool)
  let claim = Claim.derivative(of: subject, by: variables, is: derivation.result)
  #expect(room.plain(derivation.result) == chain.expected)
  #expect(room.objection(to: claim) == nil)
  for step in derivation.steps {
    #expect(
      room.objection(to: .equality(step.before, step.after)) == nil,
      "\(step.rule): \(room.plain(step.before)) → \(room.plain(step.after))")
  }
}

@Test func `derivatives below a sum are taken for each of its terms`() throws {
  var room = try Workroom("dimension N; index i, j, k, l = 1..N; vector h[N]")
  let goal = try room.expression("sum(k, diff(sum(j, h[j]^2*h[k]), h[k]))")
  var deriver = room.deriver()
  let result = deriver.simplify(goal, in: &room.pool).result
  #expect(room.plain(result) == "(N + 2)*sum(k, h[k]^2)")
  #expect(room.objection(to: .equality(goal, result)) == nil)
}

@Test func `opening definitions below a sum captures no index`() throws {
  var room = try Workroom(
    "dimension N; index i, j, k = 1..N; vector h[N]; matrix W[N, N]; "
      + "s[k] = sum(j, W[k,j]*h[j]); L = sum(k, s[k]^2)")
  let loss = try room.expression("L")
  let opened = room.pool.opened(loss, room.scope.definitions)
  #expect(room.plain(opened) == "sum(k, sum(i, W[k,i]*h[i])^2)")
  #expect(room.objection(to: .equality(loss, opened)) == nil)
}

@Test func `cited results bring what they rest on`() throws {
  var room = try Workroom("z = ReLU(w*x); L = z^2; M = exp(L)")
  let weight = try room.expression("w")
  var deriver = room.deriver()
  _ = deriver.derive(try room.expression("L"), by: [weight], in: &room.pool)
  #expect(deriver.unconditional.isEmpty)
  let outer = deriver.derive(try room.expression("M"), by: [weight], in: &room.pool)
  #expect(!outer.kinks.isEmpty)
  #expect(deriver.unconditional[outer.goal] == nil)
}
