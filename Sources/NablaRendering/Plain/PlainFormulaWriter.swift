/// Formulas in Nabla's own notation, which its reader reads back: `sum(k, exp(h[k]))`.
struct PlainFormulaWriter {
  private var out = TextBuffer()
  private var depth = 0

  static func text(_ formula: Formula) -> String {
    var writer = PlainFormulaWriter()
    writer.write(formula, .list)
    return writer.out.text
  }

  private mutating func write(_ formula: Formula, _ required: Precedence) {
    if depth >= LayoutBuilder.depthLimit { return out.write("...") }
    depth += 1
    defer { depth -= 1 }
    let needsBrackets = Self.precedence(formula) < required
    if needsBrackets { out.write("(") }
    writeBody(formula)
    if needsBrackets { out.write(")") }
  }

  private static func precedence(_ formula: Formula) -> Precedence {
    switch formula {
    case .number(let digits):
      digits.first == "-" || digits.first == "−"
        ? .negative : digits.contains("/") || digits.contains("e") ? .product : .atom
    case .sum(let terms):
      terms.isEmpty
        ? .atom : terms.count == 1 ? (terms[0].sign == .minus ? .negative : .sum) : .sum
    case .product(let factors):
      factors.isEmpty
        ? .atom : precedence(factors[0]) == .negative ? .negative : .product
    case .fraction(let numerator, _):
      precedence(numerator) == .negative ? .negative : .product
    case .hadamard, .elementwise(.quotient, _, _): .product
    case .negation: .negative
    case .power, .elementwise(.power, _, _), .derivative: .power
    case .root(_, let degree): degree == nil ? .atom : .power
    case .relation, .not: .relation
    case .conjunction: .conjunction
    case .disjunction: .disjunction
    case .list, .semicolons, .range: .list
    case .evaluated: .relation
    case .highlighted(let operand, _), .labelled(let operand, _), .worded(let operand, _):
      precedence(operand)
    default: .atom
    }
  }

  private mutating func writeBody(_ formula: Formula) {
    switch formula {
    case .number(let digits): writeNumber(digits)
    case .name(let identifier): writeClean(identifier.plain)
    case .indexed(let base, let indices):
      write(base, .atom)
      writeList(indices, "[", "]")
    case .call(let function, let primes, let arguments):
      switch function {
      case .builtIn(let name): writeClean(name)
      case .user(let identifier): writeClean(identifier.plain)
      }
      out.write("'", times: min(max(primes, 0), 16))
      writeList(arguments, "(", ")")
    case .sum(let terms): writeSum(terms)
    case .product(let factors):
      if factors.isEmpty { out.write("1") }
      for (position, factor) in factors.enumerated() {
        if position > 0 { out.write("*") }
        // A later quotient keeps its brackets: a*(b/c) is not read as (a*b)/c.
        switch factor {
        case .hadamard, .elementwise(.quotient, _, _): write(factor, .power)
        case .fraction where position > 0: write(factor, .power)
        default: write(factor, position == 0 ? .negative : .product)
        }
      }
    case .negation(let operand):
      out.write("-")
      write(operand, .product)
    case .fraction(let numerator, let denominator):
      write(numerator, .negative)
      out.write("/")
      write(denominator, .power)
    case .power(let base, let exponent):
      write(base, .atom)
      out.write("^")
      write(exponent, .power)
    case .root(let radicand, let degree):
      if let degree {
        write(radicand, .atom)
        out.write("^(1/")
        write(degree, .power)
        out.write(")")
      } else {
        writeCall("sqrt", [radicand])
      }
    case .bigOperator(let kind, let binder, let body): writeBigOperator(kind, binder, body)
    case .derivative(let notation): writeDerivative(notation)
    case .gradient(let operand, let variable):
      if let variable {
        writeDerivative(.init(of: operand, by: [.init(variable)]))
      } else {
        writeCall("gradient", [operand])
      }
    case .kroneckerDelta(let left, let right): writeCall("delta", [left, right])
    case .indicator(let condition):
      out.write("1[")
      write(condition, .list)
      out.write("]")
    case .piecewise(let branches): writePiecewise(branches)
    case .relation(let first, let links):
      write(first, .sum)
      for link in links {
        out.write(" ")
        out.write(link.relation.plain)
        out.write(" ")
        write(link.right, .sum)
      }
    case .conjunction(let operands): writeJoined(operands, " and ", .relation)
    case .disjunction(let operands): writeJoined(operands, " or ", .conjunction)
    case .not(let operand):
      out.write("not ")
      write(operand, .sum)
    case .absoluteValue(let operand): writeCall("abs", [operand])
    case .norm(let operand, _): writeCall("norm", [operand])
    case .transpose(let operand):
      write(operand, .atom)
      out.write("'")
    case .hadamard(let factors): writeJoined(factors, " .* ", .power)
    case .elementwise(let kind, let left, let right):
      write(left, kind == .power ? .atom : .power)
      out.write(kind == .power ? ".^" : " ./ ")
      write(right, .power)
    case .matrix(let rows):
      out.write("[")
      for (position, row) in rows.enumerated() {
        if position > 0 { out.write("; ") }
        writeJoined(row, ", ", .relation)
      }
      out.write("]")
    case .evaluated(let operand, let place):
      write(operand, .sum)
      out.write(" at ")
      write(place, .list)
    case .list(let elements), .semicolons(let elements): writeJoined(elements, ", ", .relation)
    case .range(let first, let last):
      write(first, .sum)
      out.write("..")
      write(last, .sum)
    case .realSpace(let sizes):
      out.write("R")
      if !sizes.isEmpty { writeList(sizes, "[", "]") }
    case .text(let text): writeClean(text)
    case .held(let operand):
      out.write("(")
      write(operand, .list)
      out.write(")")
    case .highlighted(let operand, _), .labelled(let operand, _), .worded(let operand, _):
      writeBody(operand)
    case .ellipsis: out.write("...")
    }
  }

  private mutating func writeClean(_ text: String) { out.write(DisplayWidth.harmless(text)) }

  private mutating func writeNumber(_ digits: String) {
    if let first = digits.first, first == "−" {
      out.write("-")
      writeClean(String(digits.dropFirst()))
    } else {
      writeClean(digits)
    }
  }

  private mutating func writeList(_ elements: [Formula], _ opening: String, _ closing: String) {
    out.write(opening)
    writeJoined(elements, opening == "[" ? "," : ", ", .relation)
    out.write(closing)
  }

  private mutating func writeCall(_ name: String, _ arguments: [Formula]) {
    out.write(name)
    writeList(arguments, "(", ")")
  }

  private mutating func writeJoined(
    _ operands: [Formula], _ separator: String, _ required: Precedence
  ) {
    for (position, operand) in operands.enumerated() {
      if position > 0 { out.write(separator) }
      write(operand, required)
    }
  }

  private mutating func writeSum(_ terms: [Formula.Term]) {
    if terms.isEmpty { out.write("0") }
    for (position, term) in terms.enumerated() {
      if position == 0 {
        if term.sign == .minus { out.write("-") }
        write(term.formula, term.sign == .minus ? .product : .negative)
      } else {
        out.write(term.sign == .minus ? " - " : " + ")
        write(term.formula, .product)
      }
    }
  }

  private mutating func writeBigOperator(
    _ kind: Formula.BigOperator, _ binder: Formula.Binder, _ body: Formula
  ) {
    out.write(kind == .sum ? "sum(" : "product(")
    var condition: Formula?
    switch binder.restriction {
    case .none: writeJoined(binder.indices, ", ", .relation)
    case .excluding(let excluded):
      writeJoined(binder.indices, ", ", .relation)
      out.write(" != ")
      write(excluded, .sum)
    case .range(let first, let last):
      for (position, index) in binder.indices.enumerated() {
        if position > 0 { out.write(", ") }
        write(index, .relation)
        out.write(" = ")
        write(first, .sum)
        out.write("..")
        write(last, .sum)
      }
    case .condition(let restriction):
      writeJoined(binder.indices, ", ", .relation)
      condition = restriction
    }
    if !binder.indices.isEmpty { out.write(", ") }
    if let condition {
      // Outside the condition a term of a sum is 0, a factor of a product 1.
      if kind == .sum {
        out.write("1[")
        write(condition, .list)
        out.write("]*")
        write(body, .product)
      } else {
        writePiecewise([.init(body, when: condition), .init(.number("1"), when: nil)])
      }
    } else {
      write(body, .relation)
    }
    out.write(")")
  }

  /// `dL/dh[i]` between known names, `diff(…, x)` otherwise.
  private mutating func writeDerivative(_ notation: Formula.DerivativeNotation) {
    if notation.variables.count == 1, notation.variables[0].order == 1,
      Self.isNamed(notation.variables[0].formula), let numerator = notation.numerator,
      Self.isNamed(numerator)
    {
      out.write("d")
      write(numerator, .atom)
      out.write("/d")
      write(notation.variables[0].formula, .atom)
      return
    }
    guard let numerator = notation.numerator else {
      out.write("d")
      for variable in notation.variables {
        out.write("/d")
        write(variable.formula, .atom)
      }
      return
    }
    for _ in notation.variables { out.write("diff(") }
    write(numerator, .relation)
    for variable in notation.variables {
      out.write(", ")
      write(variable.formula, .relation)
      if variable.order > 1 { out.write(", \(variable.order)") }
      out.write(")")
    }
  }

  private static func isNamed(_ formula: Formula) -> Bool {
    switch formula {
    case .name: true
    case .indexed(let base, _): isNamed(base)
    default: false
    }
  }

  private mutating func writePiecewise(_ branches: [Formula.Branch]) {
    out.write("piecewise(")
    for (position, branch) in branches.enumerated() {
      if position > 0 { out.write(", ") }
      if let condition = branch.condition {
        write(condition, .disjunction)
      } else {
        out.write("else")
      }
      out.write(": ")
      write(branch.value, .relation)
    }
    out.write(")")
  }
}

extension Formula {
  /// This formula in Nabla's own notation.
  public var plain: String { PlainFormulaWriter.text(self) }
}
