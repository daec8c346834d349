import NablaCalculus
import NablaExpressions
import NablaRewriting
import NablaVerification
import Testing

/// Names of which the tests speak.
private let statements =
  "dimension N; dimension M; index i, j, k = 1..N; scalar x, c; matrix A[N, N]; matrix B[N, N]; "
  + "matrix S[N, N] symmetric; matrix X[M, N]; vector b[N]; vector u[N]"

/// Square matrices of the room by their entries, with `r` and `s` for the row and the column.
private struct MatrixRoom: ~Copyable {
  var room: Workroom
  let row: SymbolID
  let column: SymbolID
  let range: IndexRange

  init() throws {
    var room = try Workroom(statements + "; index r, s = 1..N")
    let row = try Self.symbol("r", &room)
    let column = try Self.symbol("s", &room)
    let ends = try room.expression("N")
    self.row = row
    self.column = column
    range = IndexRange(lower: room.pool.one, upper: ends)
    self.room = room
  }

  private static func symbol(_ name: String, _ room: inout Workroom) throws -> SymbolID {
    let handle = try room.expression(name)
    guard case .symbol(let id) = room.pool[handle] else {
      throw Workroom.Unreadable(description: name)
    }
    return id
  }

  mutating func determinant(_ entry: String) throws -> Handle {
    let body = try room.expression(entry)
    return room.pool.closeDeterminant(
      body, row: row, column: column, rowRange: range, columnRange: range)
  }

  mutating func inverse(_ entry: String, _ i: String, _ j: String) throws -> Handle {
    let body = try room.expression(entry)
    let first = try room.expression(i)
    let second = try room.expression(j)
    return room.pool.closeInverse(
      body, row: row, column: column, rowRange: range, columnRange: range, at: first, second)
  }

  /// Subjects by their numbers in the lists of the tests.
  mutating func subject(_ kind: Subject) throws -> Handle {
    switch kind {
    case .determinant(let entry): return try determinant(entry)
    case .logarithm(let entry): return room.pool.function(.log, try determinant(entry))
    case .inverse(let entry): return try inverse(entry, "i", "k")
    case .trace(let entry):
      // tr(M⁻¹B) = Σ_ik inv(M)[i,k]·B[k,i]
      let product = room.pool.multiply(
        try inverse(entry, "i", "k"), try room.expression("B[k,i]"))
      return try sum(product)
    case .quadratic(let entry):
      let product = room.pool.multiply([
        try room.expression("b[i]"), try inverse(entry, "i", "k"), try room.expression("b[k]"),
      ])
      return try sum(product)
    }
  }

  private mutating func sum(_ body: Handle) throws -> Handle {
    let names = try room.variables("i k")
    var indices: [SymbolID] = []
    for name in names { if case .symbol(let id) = room.pool[name] { indices.append(id) } }
    return room.pool.closeSum(body, over: indices, ranges: [range, range])
  }
}

private enum Subject: Sendable {
  case determinant(String)
  case logarithm(String)
  case inverse(String)
  case trace(String)
  case quadratic(String)
}

private struct DerivativeCase: CustomTestStringConvertible, Sendable {
  let subject: Subject
  let variables: String

  init(_ subject: Subject, by variables: String) {
    self.subject = subject
    self.variables = variables
  }

  var testDescription: String { "\(subject) by \(variables)" }
}

private let gram = "sum(m = 1..M, X[m,r]*X[m,s]) + x^2*delta(r, s)"

private let cases = [
  DerivativeCase(.determinant("A[r,s]"), by: "A[i,j]"),
  DerivativeCase(.determinant("A[r,s]"), by: "A[1,2]"),
  DerivativeCase(.determinant("A[s,r]"), by: "A[i,j]"),
  DerivativeCase(.determinant("S[r,s]"), by: "S[i,j]"),
  DerivativeCase(.determinant("S[r,s]"), by: "S[2,1]"),
  DerivativeCase(.determinant("S[r,s]"), by: "S[2,2]"),
  DerivativeCase(.determinant("A[r,s] + x*B[r,s]"), by: "x"),
  DerivativeCase(.determinant("exp(x*A[r,s])"), by: "x"),
  DerivativeCase(.determinant("A[r,s] + u[r]*b[s]"), by: "u[j]"),
  DerivativeCase(.determinant("u[r]*delta(r, s)"), by: "u[j]"),
  DerivativeCase(.determinant("sum(k, A[r,k]*B[k,s])"), by: "A[i,j]"),
  DerivativeCase(.logarithm("sum(k, A[r,k]*A[s,k])"), by: "A[i,j]"),
  DerivativeCase(.determinant("x*A[r,s]"), by: "x"),
  DerivativeCase(.inverse("x*A[r,s]"), by: "x"),
  DerivativeCase(.determinant("-A[r,s]"), by: "A[i,j]"),
  DerivativeCase(.determinant(gram), by: "x"),
  DerivativeCase(.logarithm("A[r,s]"), by: "A[i,j]"),
  DerivativeCase(.logarithm("S[r,s]"), by: "S[i,j]"),
  DerivativeCase(.logarithm(gram), by: "X[1,j]"),
  DerivativeCase(.logarithm("A[r,s]^2"), by: "A[1,1]"),
  DerivativeCase(.inverse("A[r,s]"), by: "A[j,j]"),
  DerivativeCase(.inverse("A[r,s]"), by: "A[1,2]"),
  DerivativeCase(.inverse("S[r,s]"), by: "S[1,2]"),
  DerivativeCase(.inverse("A[r,s] + x*B[r,s]"), by: "x"),
  DerivativeCase(.inverse(gram), by: "x"),
  DerivativeCase(.trace("A[r,s]"), by: "A[i,j]"),
  DerivativeCase(.trace("S[r,s]"), by: "S[i,j]"),
  DerivativeCase(.trace("A[r,s]"), by: "B[i,j]"),
  DerivativeCase(.quadratic("A[r,s]"), by: "A[i,j]"),
  DerivativeCase(.quadratic("A[r,s]"), by: "b[j]"),
  DerivativeCase(.quadratic("S[r,s]"), by: "S[i,j]"),
  DerivativeCase(.quadratic(gram), by: "x"),
]

@Suite struct MatrixDerivativeTests {
  @Test(arguments: cases)
  private func `the forward derivative agrees with numbers`(test: DerivativeCase) throws {
    var room = try MatrixRoom()
    let subject = try room.subject(test.subject)
    let variables = try room.room.variables(test.variables)
    var differentiator = Differentiator()
    let slope = differentiator.derivative(of: subject, by: variables[0], in: &room.room.pool)
    let built = room.room.objection(
      to: .derivative(of: subject, by: variables, is: slope))
    #expect(built == nil)
    let canonical = room.room.pool.canonical(slope)
    let settled = room.room.objection(
      to: .derivative(of: subject, by: variables, is: canonical))
    #expect(settled == nil)
  }

  @Test(
    arguments: cases.map { $0.subject } + [
      .determinant("sum(k, A[r,k]*S[k,s])*x"), .determinant("-2*sum(k, S[r,k]*A[s,k]*u[k])"),
      .inverse("-2*x*A[s,r]"), .inverse("u[r]*delta(r, s)"), .trace("B[s,r]"), .trace("B[r,s]"),
      .quadratic("S[s,r] + B[r,s] + B[s,r]"), .logarithm("sum(k, S[r,k]*S[k,s])"),
      .determinant("x*delta(r, s)"), .determinant("x*delta(r, s) + u[r]*u[s]"),
    ])
  private func `the canonical form has the same values`(subject: Subject) throws {
    var room = try MatrixRoom()
    let handle = try room.subject(subject)
    let canonical = room.room.pool.canonical(handle)
    let again = room.room.pool.canonical(canonical)
    let shown = room.room.pool.presentable(canonical)
    #expect(again == canonical)
    let objection = room.room.objection(to: .equality(handle, canonical))
    let other = room.room.objection(to: .equality(handle, shown))
    #expect(objection == nil, "\(room.room.plain(shown))")
    #expect(other == nil, "\(room.room.plain(shown))")
  }

  @Test(arguments: cases)
  private func `the reverse sweep agrees with the forward derivative`(test: DerivativeCase) throws {
    var room = try MatrixRoom()
    let subject = try room.subject(test.subject)
    let variable = try room.room.variables(test.variables)[0]
    var differentiator = Differentiator()
    let forward = differentiator.derivative(of: subject, by: variable, in: &room.room.pool)
    var sweep = ReverseSweep()
    let backward = sweep.gradient(of: subject, by: [variable], in: &room.room.pool)[0]
    let objection = room.room.objection(to: .equality(forward, backward))
    #expect(objection == nil)
  }

  @Test(arguments: cases)
  private func `the derivation ends in the derivative and every step holds`(
    test: DerivativeCase
  ) throws {
    var room = try MatrixRoom()
    let subject = try room.subject(test.subject)
    let variables = try room.room.variables(test.variables)
    var deriver = room.room.deriver()
    let derivation = deriver.derive(subject, by: variables, in: &room.room.pool)
    let objection = room.room.objection(
      to: .derivative(of: subject, by: variables, is: derivation.result))
    #expect(objection == nil, "\(room.room.plain(derivation.result))")
    for step in derivation.steps {
      let wrong = room.room.objection(to: .step(step.before, step.after))
      #expect(wrong == nil, "\(step.rule): \(room.room.plain(step.after))")
    }
  }

  @Test func `one sweep serves symmetric components with and without numbers`() throws {
    var room = try MatrixRoom()
    let trace = try room.subject(.trace("S[r,s]"))
    let numbered = try room.room.expression("S[1,2]^2*S[2,1] + S[2,2]*S[i,k]")
    let subject = room.room.pool.add(trace, numbered)
    let unknowns = try room.room.variables("S[1,2] S[2,1] S[2,2] S[i,j] S[k,k] S[1,2]")
    var sweep = ReverseSweep()
    let gradient = sweep.gradient(of: subject, by: unknowns, in: &room.room.pool)
    for (unknown, backward) in zip(unknowns, gradient) {
      var differentiator = Differentiator()
      let forward = differentiator.derivative(of: subject, by: unknown, in: &room.room.pool)
      let difference = room.room.objection(to: .equality(forward, backward))
      let objection = room.room.objection(
        to: .derivative(of: subject, by: [unknown], is: backward))
      #expect(difference == nil, "\(room.room.plain(unknown))")
      #expect(objection == nil, "\(room.room.plain(unknown))")
    }
  }

  @Test func `second derivatives agree with numbers`() throws {
    for (subject, variables) in [
      (Subject.determinant("A[r,s]"), "A[1,1] A[2,2]"),
      (.logarithm("A[r,s]"), "A[1,2] A[2,1]"), (.determinant("A[r,s] + x*B[r,s]"), "x x"),
      (.quadratic("S[r,s]"), "S[1,2] S[1,2]"), (.logarithm("S[r,s]"), "S[1,2] S[2,1]"),
    ] {
      var room = try MatrixRoom()
      let handle = try room.subject(subject)
      let unknowns = try room.room.variables(variables)
      var slope = handle
      for unknown in unknowns {
        var differentiator = Differentiator()
        slope = differentiator.derivative(of: slope, by: unknown, in: &room.room.pool)
      }
      let claim = Claim.derivative(of: handle, by: unknowns, is: room.room.pool.canonical(slope))
      let objection = room.room.objection(to: claim)
      #expect(objection == nil, "\(subject)")
    }
  }

  @Test func `the gradient of a log-determinant is the transposed inverse`() throws {
    var room = try MatrixRoom()
    let subject = try room.subject(.logarithm("A[r,s]"))
    let variable = try room.room.expression("A[i,j]")
    var deriver = room.room.deriver()
    let derivation = deriver.derive(subject, by: [variable], in: &room.room.pool)
    #expect(room.room.plain(derivation.result) == "inv(A)[j,i]")
    let rules = derivation.steps.map { $0.rule }
    #expect(rules.contains("determinant"), "\(rules)")
  }

  @Test func `the gradient of a determinant keeps the determinant`() throws {
    var room = try MatrixRoom()
    let subject = try room.subject(.determinant("A[r,s]"))
    let variable = try room.room.expression("A[i,j]")
    var deriver = room.room.deriver()
    let derivation = deriver.derive(subject, by: [variable], in: &room.room.pool)
    #expect(room.room.plain(derivation.result) == "det(A)*inv(A)[j,i]")
  }

  @Test func `a derivation says that symmetric entries share one unknown`() throws {
    var room = try MatrixRoom()
    let subject = try room.subject(.logarithm("S[r,s]"))
    let variable = try room.room.expression("S[i,j]")
    var deriver = room.room.deriver()
    let derivation = deriver.derive(subject, by: [variable], in: &room.room.pool)
    let reasons = derivation.steps.flatMap { $0.reason.pieces }
    let saysSo = reasons.contains { piece in
      if case .text(let text) = piece { return text.contains("symmetric entries") }
      return false
    }
    #expect(saysSo, "\(derivation.steps.map { $0.rule })")
  }

  @Test func `an inverse of other matrices is written with its entry`() throws {
    var room = try MatrixRoom()
    let sum = try room.inverse("A[r,s] + x*B[r,s]", "i", "j")
    let transposed = try room.determinant("A[s,r]")
    #expect(room.room.plain(sum) == "inv([A[r,s] + x*B[r,s]][r,s])[i,j]")
    #expect(room.room.plain(transposed) == "det(A')")
  }
}
