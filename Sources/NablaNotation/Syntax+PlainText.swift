extension Syntax {
  /// The expression in plain notation, for messages; nil if it is long or has parts of its own kind.
  package var plainText: String? {
    var writer = PlainSyntaxWriter()
    writer.write(self, 0)
    return writer.isShort ? writer.text : nil
  }

  /// The expression as an operand of a product or a transpose.
  var plainFactor: String? {
    var writer = PlainSyntaxWriter()
    writer.write(self, PlainSyntaxWriter.factor)
    return writer.isShort ? writer.text : nil
  }
}

private struct PlainSyntaxWriter {
  private(set) var text = ""
  private(set) var isShort = true

  private static let longest = 60
  /// How tightly an expression binds from which on it needs no parentheses in a product.
  static let factor = 2

  mutating func write(_ syntax: Syntax, _ least: Int) {
    guard isShort else { return }
    let own = Self.binding(of: syntax)
    if own < least { append("(") }
    writeParts(of: syntax)
    if own < least { append(")") }
  }

  private static func binding(of syntax: Syntax) -> Int {
    switch syntax.kind {
    case .sum: 0
    case .negation, .product: 1
    case .power, .elementwisePower: 2
    default: 3
    }
  }

  private mutating func append(_ more: String) {
    text += more
    isShort = isShort && text.utf8.count <= Self.longest
  }

  private mutating func writeParts(of syntax: Syntax) {
    switch syntax.kind {
    case .number(let digits): append(digits)
    case .name(let name): append(DisplayText.escaped(name))
    case .indexed(let base, let indices):
      write(base, 3)
      write(indices, "[", "]")
    case .call(let call):
      append(DisplayText.escaped(call.function.text))
      for _ in 0..<min(call.primes, 8) { append("'") }
      write(call.arguments, "(", ")")
    case .sum(let terms):
      for (place, entry) in terms.enumerated() where isShort {
        if place > 0 || entry.isNegative {
          append(place == 0 ? "-" : entry.isNegative ? " - " : " + ")
        }
        write(entry.term, 1)
      }
    case .product(let factors):
      for (place, entry) in factors.enumerated() where isShort {
        if place > 0 { append(Self.sign(entry.operation)) }
        write(entry.factor, Self.factor)
      }
    case .power(let base, let exponent): writePower(base, "^", exponent)
    case .elementwisePower(let base, let exponent): writePower(base, ".^", exponent)
    case .negation(let inner):
      append("-")
      write(inner, 1)
    case .transpose(let inner):
      write(inner, 3)
      append("'")
    case .matrix(let rows):
      append("[")
      for (place, row) in rows.enumerated() where isShort {
        write(row, place == 0 ? "" : "; ", "")
      }
      append("]")
    case .derivative(let derivative): write(derivative)
    default: isShort = false
    }
  }

  private mutating func write(_ derivative: DerivativeSyntax) {
    if derivative.spelling == .quotient, derivative.variables.count == 1,
      derivative.variables[0].order == 1
    {
      append("d")
      write(derivative.subject, 3)
      append("/d")
      write(derivative.variables[0].variable, 3)
      return
    }
    append("diff(")
    write(derivative.subject, 0)
    for entry in derivative.variables where isShort {
      append(", ")
      write(entry.variable, 0)
      if entry.order > 1 { append(", \(entry.order)") }
    }
    append(")")
  }

  private static func sign(_ operation: FactorOperator) -> String {
    switch operation {
    case .times: "*"
    case .over: "/"
    case .elementwiseTimes: " .* "
    case .elementwiseOver: " ./ "
    }
  }

  private mutating func writePower(_ base: Syntax, _ sign: String, _ exponent: Syntax) {
    write(base, 3)
    append(sign)
    write(exponent, 2)
  }

  private mutating func write(_ list: [Syntax], _ opening: String, _ closing: String) {
    append(opening)
    for (place, entry) in list.enumerated() where isShort {
      if place > 0 { append(", ") }
      write(entry, 0)
    }
    append(closing)
  }
}
