import NablaExpressions
import NablaNumbers

@testable import NablaVerification

/// A pool with some names: a dimension N, indices i, j, k over 1..N and vectors over N.
struct Workbench: ~Copyable {
  var pool = ExpressionPool()
  let size: SymbolID
  let i: SymbolID
  let j: SymbolID
  let k: SymbolID
  let h: SymbolID
  let y: SymbolID
  let x: SymbolID
  let t: SymbolID
  let range: IndexRange

  init() {
    size = pool.declare(Symbol("N", .dimension))
    range = IndexRange(lower: pool.one, upper: pool.symbol(size))
    i = pool.declare(Symbol("i", .index, ranges: [range]))
    j = pool.declare(Symbol("j", .index, ranges: [range]))
    k = pool.declare(Symbol("k", .index, ranges: [range]))
    h = pool.declare(Symbol("h", .array, ranges: [range]))
    y = pool.declare(Symbol("y", .array, ranges: [range]))
    x = pool.declare(Symbol("x", .scalar))
    t = pool.declare(Symbol("t", .scalar))
  }

  mutating func scalar(_ name: String, _ domain: Domain = .real) -> SymbolID {
    pool.declare(Symbol(name, .scalar, domain: domain))
  }

  mutating func vector(_ name: String, _ domain: Domain = .real) -> SymbolID {
    pool.declare(Symbol(name, .array, ranges: [range], domain: domain))
  }

  mutating func matrix(_ name: String, _ domain: Domain = .real) -> SymbolID {
    pool.declare(Symbol(name, .array, ranges: [range, range], domain: domain))
  }

  mutating func at(_ array: SymbolID, _ indices: SymbolID...) -> Handle {
    pool.entry(array, indices.map { pool.symbol($0) })
  }

  mutating func sum(_ index: SymbolID, _ body: Handle) -> Handle {
    pool.closeSum(body, over: [index], ranges: [range])
  }

  mutating func delta(_ left: SymbolID, _ right: SymbolID) -> Handle {
    pool.writtenDelta(pool.symbol(left), pool.symbol(right))
  }

  mutating func relation(_ relation: Relation, _ left: Handle, _ right: Handle) -> Handle {
    pool.relation(relation, left, right)
  }

  mutating func fraction(_ above: Int, _ below: Int) -> Handle {
    pool.number(Rational(Integer(above), over: Integer(below)) ?? 0)
  }

  /// P[j] = exp(h[j]) / Σ_k exp(h[k]), L = −Σ_j y[j]·log(P[j]).
  mutating func softmax() -> (P: SymbolID, L: SymbolID, definitions: Definitions) {
    let p = vector("P")
    let l = scalar("L")
    let numerator = pool.function(.exp, at(h, j))
    let denominator = sum(k, pool.function(.exp, at(h, k)))
    var definitions = Definitions()
    definitions.add(
      Definition(symbol: p, parameters: [j], body: pool.quotient(numerator, denominator)))
    let terms = pool.multiply(at(y, j), pool.function(.log, at(p, j)))
    definitions.add(Definition(symbol: l, parameters: [], body: pool.negation(sum(j, terms))))
    return (p, l, definitions)
  }

  mutating func value(
    _ expression: Handle, _ inputs: [Slot: Double] = [:], values: [SymbolID: Int] = [:],
    definitions: Definitions = Definitions()
  ) throws -> Double {
    try pool.evaluate(
      [expression], at: inputs, TapeContext(definitions: definitions, values: values))[0]
  }
}

func components(_ symbol: SymbolID, _ values: [Double]) -> [Slot: Double] {
  var slots: [Slot: Double] = [:]
  for (place, value) in values.enumerated() { slots[Slot(symbol, [place + 1])] = value }
  return slots
}

extension CheckReport {
  var isPassed: Bool {
    if case .passed = verdict { return true }
    return false
  }

  var counterexample: NumericCounterexample? {
    if case .failed(let found) = verdict { return found }
    return nil
  }

  var obstacle: CheckObstacle? {
    if case .notChecked(let found) = verdict { return found }
    return nil
  }
}
