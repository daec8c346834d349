extension Syntax {
  /// The tree as an s-expression such as `(+ a (- (* 2 b)))`.
  package var dump: String {
    var text = ""
    write(to: &text)
    return text
  }

  private func write(to text: inout String) {
    switch kind {
    case .number(let digits): text += digits
    case .name(let name): text += name
    case .indexed(let base, let indices):
      Syntax.write("index", [base] + indices, to: &text)
    case .call(let call):
      let primes = String(repeating: "'", count: call.primes)
      Syntax.write("call \(call.function.text)\(primes)", call.arguments, to: &text)
    case .sum(let terms): write(terms, to: &text)
    case .product(let factors): write(factors, to: &text)
    case .power(let base, let exponent): Syntax.write("^", [base, exponent], to: &text)
    case .elementwisePower(let base, let exponent):
      Syntax.write(".^", [base, exponent], to: &text)
    case .negation(let operand): Syntax.write("-", [operand], to: &text)
    case .transpose(let operand): Syntax.write("'", [operand], to: &text)
    case .binder(let binder): write(binder, to: &text)
    case .indicator(let condition): Syntax.write("indicator", [condition], to: &text)
    case .piecewise(let branches, let otherwise):
      text += "(piecewise"
      for branch in branches { text += " (\(branch.condition.dump) \(branch.value.dump))" }
      if let otherwise { text += " (else \(otherwise.dump))" }
      text += ")"
    case .comparison(let left, let operation, let right):
      Syntax.write(operation.symbol, [left, right], to: &text)
    case .and(let conditions): Syntax.write("and", conditions, to: &text)
    case .or(let conditions): Syntax.write("or", conditions, to: &text)
    case .not(let condition): Syntax.write("not", [condition], to: &text)
    case .derivative(let derivative): write(derivative, to: &text)
    case .matrix(let rows):
      text += "(matrix"
      for row in rows { Syntax.write(" (row", row, opening: "", to: &text) }
      text += ")"
    }
  }

  private static func write(
    _ head: String, _ parts: [Syntax], opening: String = "(", to text: inout String
  ) {
    text += opening + head
    for part in parts {
      text += " "
      part.write(to: &text)
    }
    text += ")"
  }

  private func write(_ terms: [SignedTermSyntax], to text: inout String) {
    text += "(+"
    for entry in terms {
      text += entry.isNegative ? " (- " : " "
      entry.term.write(to: &text)
      if entry.isNegative { text += ")" }
    }
    text += ")"
  }

  private func write(_ factors: [FactorSyntax], to text: inout String) {
    text += "(*"
    for (place, entry) in factors.enumerated() {
      switch entry.operation {
      case .times: text += " "
      case .over: text += " / "
      case .elementwiseTimes: text += " .* "
      case .elementwiseOver: text += " ./ "
      }
      if place > 0, entry.operation == .times { text += "* " }
      entry.factor.write(to: &text)
    }
    text += ")"
  }

  private func write(_ binder: BinderSyntax, to text: inout String) {
    text += binder.operation == .sum ? "(sum (" : "(product ("
    for (place, index) in binder.indices.enumerated() {
      if place > 0 { text += " " }
      text += index.name.text
      if let bounds = index.bounds { text += "=\(bounds.lower.dump)..\(bounds.upper.dump)" }
      for value in index.excluded { text += "!=\(value.dump)" }
    }
    text += ") \(binder.body.dump))"
  }

  private func write(_ derivative: DerivativeSyntax, to text: inout String) {
    text += derivative.spelling == .quotient ? "(d " : "(diff "
    text += derivative.subject.dump
    for variable in derivative.variables {
      text += " \(variable.variable.dump)"
      if variable.order != 1 { text += ":\(variable.order)" }
    }
    text += ")"
  }
}

extension ComparisonOperator {
  /// The operator in plain notation.
  package var symbol: String {
    switch self {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}
