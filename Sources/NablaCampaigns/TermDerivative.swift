/// Derivatives of terms by the rules of the textbook, nothing simplified but 0 and 1.
struct TermDerivative {
  private let name: String
  private let indices: [String]

  init(_ name: String, _ indices: [String]) {
    self.name = name
    self.indices = indices
  }

  private static let zero = Term.number(0)
  private static let one = Term.number(1)

  /// Nil if no rule is at hand.
  func derivative(of term: Term) -> Term? {
    let parts = term.parts
    switch term.head {
    case .number, .constant, .delta, .indicator: return Self.zero
    case .name(let other): return other == name && indices.isEmpty ? Self.one : Self.zero
    case .entry(let other, let slots):
      guard other == name, slots.count == indices.count else { return Self.zero }
      var result = Self.one
      for (slot, index) in zip(slots, indices) where slot != index {
        result = times(result, Term(.delta(slot, index)))
      }
      return result
    case .add, .subtract:
      guard let a = derivative(of: parts[0]), let b = derivative(of: parts[1]) else { return nil }
      return term.head == .add ? plus(a, b) : b == Self.zero ? a : a == Self.zero ? -b : a - b
    case .negate: return derivative(of: parts[0]).map { $0 == Self.zero ? $0 : -$0 }
    case .multiply:
      guard let a = derivative(of: parts[0]), let b = derivative(of: parts[1]) else { return nil }
      return plus(times(a, parts[1]), times(parts[0], b))
    case .divide:
      guard let a = derivative(of: parts[0]), let b = derivative(of: parts[1]) else { return nil }
      if b == Self.zero { return a == Self.zero ? a : a / parts[1] }
      return (times(a, parts[1]) - times(parts[0], b)) / parts[1].power(2)
    case .power:
      guard let a = derivative(of: parts[0]), let b = derivative(of: parts[1]) else { return nil }
      if b == Self.zero {
        let rest = times(parts[1], parts[0].power(parts[1] - Self.one))
        return times(rest, a)
      }
      let growth = plus(
        times(b, .call("log", parts[0])), times(parts[1], times(a, Self.one / parts[0])))
      return times(term, growth)
    case .call(let function, let primes):
      return chain(function, primes, parts)
    case .sum(let index, let except):
      guard let body = derivative(of: parts[0]) else { return nil }
      return body == Self.zero ? body : Term(.sum(index, except: except), [body])
    case .piecewise(let relation):
      guard let a = derivative(of: parts[2]), let b = derivative(of: parts[3]) else { return nil }
      return Term(.piecewise(relation), [parts[0], parts[1], a, b])
    case .product, .derivative, .at: return nil
    }
  }

  private func chain(_ function: String, _ primes: Int, _ parts: [Term]) -> Term? {
    var inner: [Term] = []
    for part in parts {
      guard let own = derivative(of: part) else { return nil }
      inner.append(own)
    }
    if inner.allSatisfy({ $0 == Self.zero }) { return Self.zero }
    if function == "max" || function == "min" {
      return Term(
        .piecewise(function == "max" ? .greater : .less), [parts[0], parts[1], inner[0], inner[1]])
    }
    if let row = Self.outer[function] {
      return times(row.instance(of: ["u": parts[0]]), inner[0])
    }
    guard Vocabulary.scalar.functions.contains(function) else { return nil }
    return times(Term(.call(function, primes: primes + 1), parts), inner[0])
  }

  private func plus(_ a: Term, _ b: Term) -> Term {
    a == Self.zero ? b : b == Self.zero ? a : a + b
  }

  private func times(_ a: Term, _ b: Term) -> Term {
    if a == Self.zero || b == Self.zero { return Self.zero }
    return a == Self.one ? b : b == Self.one ? a : a * b
  }

  private static let outer: [String: Term] = rows.compactMapValues { try? TermReader.term($0) }

  // swift-format-ignore
  static let rows: [String: String] = [
    "exp": "exp(u)", "log": "1/u", "sqrt": "1/(2*sqrt(u))",
    "sin": "cos(u)", "cos": "-sin(u)", "tan": "1/cos(u)^2", "cot": "-1/sin(u)^2",
    "sec": "sec(u)*tan(u)", "csc": "-csc(u)*cot(u)",
    "sinh": "cosh(u)", "cosh": "sinh(u)", "tanh": "1 - tanh(u)^2", "coth": "-1/sinh(u)^2",
    "sech": "-sech(u)*tanh(u)", "csch": "-csch(u)*coth(u)",
    "asin": "1/sqrt(1 - u^2)", "acos": "-1/sqrt(1 - u^2)", "atan": "1/(1 + u^2)",
    "acot": "-1/(1 + u^2)", "asec": "1/(abs(u)*sqrt(u^2 - 1))",
    "acsc": "-1/(abs(u)*sqrt(u^2 - 1))",
    "asinh": "1/sqrt(u^2 + 1)", "acosh": "1/sqrt(u^2 - 1)", "atanh": "1/(1 - u^2)",
    "acoth": "1/(1 - u^2)", "asech": "-1/(u*sqrt(1 - u^2))",
    "acsch": "-1/(abs(u)*sqrt(1 + u^2))",
    "sigmoid": "sigmoid(u)*(1 - sigmoid(u))", "softplus": "sigmoid(u)",
    "erf": "2*exp(-u^2)/sqrt(pi)", "abs": "sign(u)", "ReLU": "step(u)", "sign": "0",
    "step": "0",
  ]
}

extension Term {
  /// The term with others put for names.
  func instance(of values: [String: Term]) -> Term {
    if case .name(let name) = head, let value = values[name] { return value }
    var result = self
    result.parts = parts.map { $0.instance(of: values) }
    return result
  }
}
