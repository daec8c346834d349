import NablaRendering

/// Formulas of every kind from a seed, for properties that must hold of all of them.
struct RandomFormula {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func pick(_ count: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state % UInt64(count))
  }

  mutating func formula(_ depth: Int) -> Formula {
    if depth <= 0 { return leaf() }
    func several(_ random: inout RandomFormula, _ limit: Int) -> [Formula] {
      let count = 1 + random.pick(limit)
      var result: [Formula] = []
      for _ in 0..<count { result.append(random.formula(depth - 1)) }
      return result
    }
    switch pick(24) {
    case 0, 1, 2:
      return .sum(several(&self, 7).map { .init(pick(2) == 0 ? .plus : .minus, $0) })
    case 3, 4, 5: return .product(several(&self, 4))
    case 6, 7: return .fraction(formula(depth - 1), formula(depth - 1))
    case 8: return .negation(formula(depth - 1))
    case 9: return .power(formula(depth - 1), pick(2) == 0 ? .number("2") : formula(depth - 2))
    case 10: return .root(formula(depth - 1), degree: pick(3) == 0 ? .number("3") : nil)
    case 11:
      let names = ["log", "exp", "ReLU", "sigmoid", "sin", "softplus"]
      return .call(names[pick(names.count)], formula(depth - 1))
    case 12, 13: return .bigOperator(.sum, .init([.name("k")]), formula(depth - 1))
    case 14:
      return .bigOperator(
        .product, .init([.name("k")], .range(.number("1"), .name("K"))), formula(depth - 1))
    case 15: return .derivative(formula(depth - 1), by: leaf())
    case 16: return .indicator(.relation(formula(depth - 1), .greater, .number("0")))
    case 17:
      return .piecewise([
        .init(formula(depth - 2), when: .relation(leaf(), .less, leaf())),
        .init(formula(depth - 2), when: nil),
      ])
    case 18: return .transpose(formula(depth - 1))
    case 19: return .hadamard(several(&self, 3))
    case 20: return .matrix([[leaf(), leaf()], [leaf(), leaf()]])
    case 21: return .held(formula(depth - 1))
    case 22: return .absoluteValue(formula(depth - 1))
    default: return .highlighted(formula(depth - 1), .emphasis)
    }
  }

  private mutating func leaf() -> Formula {
    switch pick(8) {
    case 0: .number("\(pick(20))")
    case 1: .number("-0.\(1 + pick(8))")
    case 2: .indexed(.name("W1"), [.name("i"), .name("j")])
    case 3: .indexed(.name("h"), [.name("k")])
    case 4: .name("yhat")
    case 5: .name("lambda")
    case 6: .kroneckerDelta(.name("i"), .name("j"))
    default: .name("x\(pick(4))")
    }
  }
}
