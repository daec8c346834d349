import NablaExpressions

extension ExpressionPool {
  /// The tree of an expression as an s-expression such as `(+ x[i] (- 1))`.
  ///
  /// A bound index is `#level.slot`; a binder shows its ranges, such as `(sum 1..N body)`.
  package func dump(_ handle: Handle) -> String {
    switch self[handle] {
    case .integer(let value): return "\(value)"
    case .number: return rational(handle)?.description ?? "?"
    case .constant(let constant): return constant.name
    case .symbol(let id): return name(id)
    case .bound(let level, let slot): return "#\(level).\(slot)"
    case .entry(let id, let list):
      return name(id) + "[" + operands(list).map { dump($0) }.joined(separator: ",") + "]"
    case .sum(let list): return group("+", operands(list))
    case .product(let list): return group("*", operands(list))
    case .power(let base, let exponent): return group("^", [base, exponent])
    case .function(let function, let argument): return group(function.name, [argument])
    case .maximum(let list): return group("max", operands(list))
    case .minimum(let list): return group("min", operands(list))
    case .apply(let id, let list): return group("@" + name(id), operands(list))
    case .indexedSum(let list, let body): return binder("sum", operands(list), body)
    case .indexedProduct(let list, let body): return binder("product", operands(list), body)
    case .determinant(let list, let body): return binder("det", operands(list), body)
    case .inverse(let list, let body):
      let parts = operands(list)
      return binder("inv", Array(parts.prefix(4)), body)
        + "[" + parts.dropFirst(4).map { dump($0) }.joined(separator: ",") + "]"
    case .delta(let left, let right): return group("delta", [left, right])
    case .indicator(let condition): return group("1", [condition])
    case .piecewise(let list): return group("piecewise", operands(list))
    case .relation(let relation, let list): return group(sign(relation), operands(list))
    case .conjunction(let list): return group("and", operands(list))
    case .disjunction(let list): return group("or", operands(list))
    case .complement(let condition): return group("not", [condition])
    case .derivative(let body, let list): return group("d", [body] + operands(list))
    case .quotient(let above, let below): return group("/", [above, below])
    case .negation(let operand): return group("-", [operand])
    case .root(let radicand, let degree): return group("root\(degree)", [radicand])
    case .heldSum(let list): return group("held+", operands(list))
    case .heldProduct(let list): return group("held*", operands(list))
    }
  }

  private func name(_ id: SymbolID) -> String {
    let symbol = declaration(of: id)
    guard let derivative = symbol.derivative else { return symbol.name }
    if derivative.orders.count == 1 {
      return symbol.name + String(repeating: "'", count: derivative.orders[0])
    }
    return symbol.name + "^(" + derivative.orders.map { "\($0)" }.joined(separator: ",") + ")"
  }

  private func group(_ head: String, _ parts: [Handle]) -> String {
    "(" + ([head] + parts.map { dump($0) }).joined(separator: " ") + ")"
  }

  private func binder(_ head: String, _ bounds: [Handle], _ body: Handle) -> String {
    var text = "(" + head
    for place in stride(from: 0, to: bounds.count - 1, by: 2) {
      text += " " + dump(bounds[place]) + ".." + dump(bounds[place + 1])
    }
    return text + " " + dump(body) + ")"
  }

  private func sign(_ relation: Relation) -> String {
    switch relation {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
