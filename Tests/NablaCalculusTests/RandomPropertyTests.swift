import NablaCalculus
import NablaExpressions
import NablaRewriting
import NablaVerification
import Testing

/// A room with a random expression in it; all of it follows from the seed.
private struct Trial: ~Copyable {
  var room: Workroom
  let names: RandomExpression.Names
  let seed: UInt64

  init(seed: UInt64) throws {
    let room = try Workroom(RandomExpression.statements)
    guard let names = RandomExpression.Names(room) else {
      throw Workroom.Unreadable(description: "names")
    }
    self.room = room
    self.names = names
    self.seed = seed
  }

  mutating func expression(depth: Int = 3) -> Handle {
    var maker = RandomExpression(
      names, seed: seed, hasIndices: seed % 2 == 0, hasKinks: seed % 3 != 0)
    return maker.expression(depth, &room.pool)
  }

  /// What is wrong with one of the claims an expression gives rise to.
  mutating func objection(
    _ subject: Handle, _ claims: (inout Workroom, Handle) -> [(String, Claim)]
  ) -> String? {
    let named = claims(&room, subject)
    let reports = CrossCheck.run(
      named.map { $0.1 }, room.checkContext(seed: seed), &room.pool)
    for ((name, claim), report) in zip(named, reports) {
      guard case .failed(let found) = report.verdict else { continue }
      return "\(name): \(room.plain(claim.left)) gives \(room.plain(claim.right)), "
        + room.pool.text(of: found)
    }
    return nil
  }

  /// A smallest part of an expression to which there is an objection as well.
  mutating func shrunken(
    _ subject: Handle, _ objection: (inout Trial, Handle) -> String?
  ) -> Handle {
    for node in room.pool.nodesBelow([subject]) where node != subject {
      if room.pool.looseLevels(node) > 0 { continue }
      switch room.pool[node] {
      case .relation, .conjunction, .disjunction, .complement: continue
      default: if objection(&self, node) != nil { return node }
      }
    }
    return subject
  }
}

/// Runs trials and reports the first objection with its seed and its smallest expression.
private func expectNoObjection(
  _ seeds: Range<UInt64>, depth: Int = 3, sizeLimit: Int = 120,
  _ objection: (inout Trial, Handle) -> String?
) throws {
  for seed in seeds {
    var trial = try Trial(seed: seed)
    let subject = trial.expression(depth: depth)
    if trial.room.pool.treeSize(subject) > sizeLimit { continue }
    guard objection(&trial, subject) != nil else { continue }
    let smallest = trial.shrunken(subject, objection)
    let text = objection(&trial, smallest) ?? ""
    Issue.record("seed \(seed): \(trial.room.plain(smallest)): \(text)")
    return
  }
}

@Test func `every form of an expression has its values`() throws {
  try expectNoObjection(0..<700) { trial, subject in
    trial.objection(subject) { room, subject in
      let canonical = room.pool.canonical(subject)
      return [
        ("canonical", .equality(subject, canonical)),
        ("presentable", .equality(subject, room.pool.arranged(canonical))),
        ("expanded", .equality(subject, room.pool.expanded(canonical))),
        ("distributed", .equality(subject, room.pool.distributed(canonical))),
        ("factored", .equality(subject, room.pool.factored(canonical))),
        ("combined", .equality(subject, room.pool.combined(canonical))),
      ]
    }
  }
}

@Test func `simplifying keeps values, is idempotent and never lengthens`() throws {
  let simplifier = Simplifier()
  try expectNoObjection(1000..<1500) { trial, subject in
    let canonical = trial.room.pool.canonical(subject)
    let result = simplifier.simplify(subject, in: &trial.room.pool).result
    let again = simplifier.simplify(result, in: &trial.room.pool).result
    if again != result { return "once more it is \(trial.room.plain(again))" }
    if trial.room.pool.cost(result) > trial.room.pool.cost(canonical) { return "it costs more" }
    return trial.objection(subject) { _, subject in [("simple", .equality(subject, result))] }
  }
}

@Test func `the canonical form survives being written`() throws {
  try expectNoObjection(2000..<4000, depth: 4, sizeLimit: 200) { trial, subject in
    let canonical = trial.room.pool.canonical(subject)
    let written = trial.room.pool.arranged(canonical)
    let again = trial.room.pool.canonical(written)
    if again == canonical { return nil }
    return "\(trial.room.plain(written)) becomes "
      + trial.room.plain(trial.room.pool.arranged(again))
  }
}

@Test func `the canonical form does not depend on the order of operands`() throws {
  try expectNoObjection(4000..<5500, depth: 4, sizeLimit: 200) { trial, subject in
    var random = RandomNumbers(seed: trial.seed)
    var memo: [Handle: Handle] = [:]
    let shuffled = trial.room.pool.shuffled(subject, &random, &memo)
    let canonical = trial.room.pool.canonical(subject)
    let other = trial.room.pool.canonical(shuffled)
    if canonical == other { return nil }
    return "\(trial.room.plain(shuffled)) becomes "
      + trial.room.plain(trial.room.pool.arranged(other))
  }
}

@Test func `derivatives agree with dual numbers and differences`() throws {
  try expectNoObjection(6000..<6500) { trial, subject in
    let names = trial.names
    return trial.objection(subject) { room, subject in
      var claims: [(String, Claim)] = []
      var variables = [room.pool.symbol(names.x)]
      variables.append(room.pool.entry(names.h, [room.pool.symbol(names.indices[1])]))
      variables.append(room.pool.entry(names.h, [room.pool.integer(2)]))
      for variable in variables {
        var differentiator = Differentiator()
        let built = differentiator.derivative(of: subject, by: variable, in: &room.pool)
        claims.append(("built", .derivative(of: subject, by: [variable], is: built)))
      }
      return claims
    }
  }
}

@Test func `derivations and each of their steps hold by numbers`() throws {
  try expectNoObjection(7000..<7300) { trial, subject in
    let names = trial.names
    return trial.objection(subject) { room, subject in
      var claims: [(String, Claim)] = []
      var variables = [room.pool.symbol(names.x)]
      variables.append(room.pool.entry(names.h, [room.pool.symbol(names.indices[1])]))
      for variable in variables {
        var deriver = room.deriver()
        let derivation = deriver.derive(subject, by: [variable], in: &room.pool)
        claims.append(("result", .derivative(of: subject, by: [variable], is: derivation.result)))
        for step in derivation.steps {
          claims.append((step.rule, .equality(step.before, step.after)))
        }
      }
      return claims
    }
  }
}

@Test func `mixed partial derivatives commute`() throws {
  try expectNoObjection(8000..<8250, depth: 2) { trial, subject in
    let names = trial.names
    return trial.objection(subject) { room, subject in
      let x = room.pool.symbol(names.x)
      let other =
        trialVariable(room.pool.symbol(names.y), room.pool.entry(names.h, [room.pool.one]), subject)
      var differentiator = Differentiator()
      func derivative(_ first: Handle, _ second: Handle, _ room: inout Workroom) -> Handle {
        let once = differentiator.derivative(of: subject, by: first, in: &room.pool)
        return differentiator.derivative(of: once, by: second, in: &room.pool)
      }
      let forwards = derivative(x, other, &room)
      return [("mixed", .equality(forwards, derivative(other, x, &room)))]
    }
  }
}

/// One of two variables, by the expression.
private func trialVariable(_ first: Handle, _ second: Handle, _ subject: Handle) -> Handle {
  subject.index % 2 == 0 ? first : second
}

@Test func `forward and reverse gradients agree`() throws {
  try expectNoObjection(9000..<9500) { trial, subject in
    let names = trial.names
    return trial.objection(subject) { room, subject in
      let unknowns = [
        room.pool.symbol(names.x), room.pool.symbol(names.y),
        room.pool.entry(names.h, [room.pool.symbol(names.indices[0])]),
        room.pool.entry(names.h, [room.pool.integer(2)]),
      ]
      var sweep = ReverseSweep()
      let swept = sweep.gradient(of: subject, by: unknowns, in: &room.pool)
      var differentiator = Differentiator()
      var claims: [(String, Claim)] = []
      for (unknown, reverse) in zip(unknowns, swept) {
        let forward = differentiator.derivative(of: subject, by: unknown, in: &room.pool)
        claims.append(("gradient", .equality(forward, reverse)))
      }
      return claims
    }
  }
}

@Test func `folding names keeps values when they are opened again`() throws {
  let statements =
    RandomExpression.statements
    + "; S = sum(k, exp(h[k])); P[j] = exp(h[j])/S; s = sigmoid(x); z = x*y + p; "
    + "m = sum(k, h[k]*q[k])"
  for seed: UInt64 in 0..<300 {
    var room = try Workroom(statements)
    guard let names = RandomExpression.Names(room) else { return }
    var maker = RandomExpression(names, seed: seed, hasIndices: seed % 2 == 0)
    let random = maker.expression(2, &room.pool)
    var parts = [random]
    for name in ["S", "P[i]", "s", "z", "m", "P[i]*(1 - P[i])"] where parts.count < 4 {
      if maker.random.below(3) == 0 { parts.append(try room.expression(name)) }
    }
    let subject =
      seed % 3 == 0 ? room.pool.writtenSum(parts + [parts[0]]) : room.pool.writtenProduct(parts)
    let opened = room.pool.opened(subject, room.scope.definitions)
    var used: [Int] = []
    let folded = room.pool.folded(
      room.pool.canonical(opened), room.pool.foldable(room.scope.definitions), used: &used)
    #expect(
      room.objection(to: .equality(opened, folded), seed: seed)?.hasPrefix("at ") != true,
      "seed \(seed): \(room.plain(opened)) folds to \(room.plain(folded))")
  }
}

extension ExpressionPool {
  /// The expression with the operands of sums, products, maxima and minima in another order.
  fileprivate mutating func shuffled(
    _ handle: Handle, _ random: inout RandomNumbers, _ memo: inout [Handle: Handle]
  ) -> Handle {
    if let known = memo[handle] { return known }
    var result = mapChildren(of: handle) { pool, child, _ in
      pool.shuffled(child, &random, &memo)
    }
    switch self[result] {
    case .sum(let list), .product(let list), .maximum(let list), .minimum(let list):
      var parts = operands(list)
      for place in parts.indices.dropFirst() {
        parts.swapAt(place, random.below(place + 1))
      }
      result = rebuilt(result, parts)
    case .delta(let left, let right): if random.below(2) == 0 { result = writtenDelta(right, left) }
    default: break
    }
    memo[handle] = result
    return result
  }
}
