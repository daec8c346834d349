import NablaExpressions

extension Workroom {
  /// A form in plain text: `A'` for a transpose, `.*`, `./` and `.^` entry by entry.
  mutating func text(_ form: MatrixForm) -> String {
    switch form.kind {
    case .scalar(let value): return plain(value)
    case .array(let symbol): return pool.declaration(of: symbol).name
    case .entries(let body, _, _): return "[" + plain(body) + "]"
    case .literal: return "literal"
    case .identity: return "I"
    case .ones: return form.shape.isMatrix ? "ones" : "1"
    case .unitVector(let place): return "e(" + plain(place) + ")"
    case .sum(let terms):
      var text = ""
      for (place, term) in terms.enumerated() {
        if case .negation(let inner) = term.kind {
          text += (place > 0 ? " - " : "-") + grouped(inner, 2)
        } else {
          text += (place > 0 ? " + " : "") + self.text(term)
        }
      }
      return text
    case .negation(let inner): return "-" + grouped(inner, 2)
    case .product(let factors): return factors.map { grouped($0, 5) }.joined(separator: " ")
    case .hadamard(let factors): return factors.map { grouped($0, 5) }.joined(separator: " .* ")
    case .quotient(let above, let below): return grouped(above, 4) + "/" + grouped(below, 5)
    case .elementwiseQuotient(let above, let below):
      return grouped(above, 5) + " ./ " + grouped(below, 5)
    case .power(let base, let exponent): return grouped(base, 6) + "^" + grouped(exponent, 6)
    case .elementwisePower(let base, let exponent):
      return grouped(base, 6) + ".^" + grouped(exponent, 6)
    case .matrixPower(let base, let exponent): return grouped(base, 6) + "^\(exponent)"
    case .transpose(let inner): return grouped(inner, 6) + "'"
    case .function(let function, let argument): return call(function.name, [argument])
    case .apply(let function, let arguments):
      let symbol = pool.declaration(of: function)
      let orders = symbol.derivative?.orders ?? []
      let primes = orders.count == 1 ? String(repeating: "'", count: orders[0]) : "_\(orders)"
      return call(symbol.name + (orders.isEmpty ? "" : primes), arguments)
    case .extremum(let operands, let isMaximum): return call(isMaximum ? "max" : "min", operands)
    case .indicator(let relation, let left, let right):
      return "1[" + text(left) + " \(relation) " + text(right) + "]"
    case .inverse(let inner): return call("inv", [inner])
    case .determinant(let inner): return call("det", [inner])
    case .trace(let inner): return call("tr", [inner])
    case .diagonal(let inner): return call("diag", [inner])
    case .dot(let left, let right): return call("dot", [left, right])
    case .outer(let left, let right): return call("outer", [left, right])
    case .norm(let inner): return call("norm", [inner])
    case .softmax(let inner): return call("softmax", [inner])
    case .total(let inner): return call("sum", [inner])
    case .mean(let inner): return call("mean", [inner])
    case .derivative(let subject, let variable, let isTransposed):
      return "d(" + text(subject) + ")/d(" + text(variable) + ")" + (isTransposed ? "'" : "")
    }
  }

  private mutating func call(_ name: String, _ arguments: [MatrixForm]) -> String {
    name + "(" + arguments.map { text($0) }.joined(separator: ", ") + ")"
  }

  /// A part in brackets where it binds less tightly than its place needs.
  private mutating func grouped(_ form: MatrixForm, _ least: Int) -> String {
    let text = text(form)
    return strength(form) < least ? "(" + text + ")" : text
  }

  private func strength(_ form: MatrixForm) -> Int {
    switch form.kind {
    case .sum: 1
    case .negation: 2
    case .hadamard, .quotient, .elementwiseQuotient: 3
    case .product: 4
    case .power, .elementwisePower, .matrixPower, .transpose: 5
    case .scalar(let value):
      switch pool[value] {
      case .sum: 1
      case .negation, .quotient, .indexedSum: 3
      case .product, .power: 5
      default: 6
      }
    default: 6
    }
  }
}
