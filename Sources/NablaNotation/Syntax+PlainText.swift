extension Syntax {
  /// The expression in plain notation, which reads back to the same tree.
  ///
  /// - Complexity: O(*n*) in the size of the tree.
  package func plainNotation() -> String {
    var writer = PlainSyntaxWriter(longest: nil)
    writer.write(self, .or)
    return writer.text
  }

  /// The expression in plain notation, for messages; nil if it is long or has parts of its own kind.
  package var plainText: String? { shortText(.or) }

  /// The expression as an operand of a product or a transpose.
  var plainFactor: String? { shortText(.factor) }

  private func shortText(_ least: PlainSyntaxWriter.Binding) -> String? {
    var writer = PlainSyntaxWriter(longest: 60)
    writer.write(self, least)
    return writer.isShort ? writer.text : nil
  }
}

/// Writes plain notation with the parentheses that it needs.
struct PlainSyntaxWriter {
  private(set) var text = ""
  private(set) var isShort = true
  /// Where writing stops; without a limit all kinds of expressions are written.
  private let longest: Int?

  init(longest: Int?) { self.longest = longest }

  /// How tightly an expression binds, the loosest first.
  enum Binding: Int, Comparable {
    case or, and, not, comparison, sum, product
    /// What needs no parentheses in a product.
    case factor
    /// What needs none before an index, a prime or a power.
    case primary

    static func < (left: Binding, right: Binding) -> Bool { left.rawValue < right.rawValue }
  }

  mutating func write(_ syntax: Syntax, _ least: Binding) {
    guard isShort else { return }
    let own = Self.binding(of: syntax)
    if own < least { append("(") }
    writeParts(of: syntax)
    if own < least { append(")") }
  }

  private static func binding(of syntax: Syntax) -> Binding {
    switch syntax.kind {
    case .or: .or
    case .and: .and
    case .not: .not
    case .comparison: .comparison
    case .sum: .sum
    case .negation, .product: .product
    case .power, .elementwisePower: .factor
    case .derivative(let derivative): isQuotient(derivative) ? .factor : .primary
    default: .primary
    }
  }

  private mutating func append(_ more: String) {
    text += more
    if let longest { isShort = isShort && text.utf8.count <= longest }
  }

  private mutating func writeParts(of syntax: Syntax) {
    switch syntax.kind {
    case .number(let digits): append(digits)
    case .name(let name): write(name)
    case .indexed(let base, let indices):
      write(base, .primary)
      write(indices, "[", "]")
    case .call(let call): write(call)
    case .sum(let terms): write(terms)
    case .product(let factors):
      for (place, entry) in factors.enumerated() where isShort {
        if place > 0 { append(Self.sign(entry.operation)) }
        write(entry.factor, .factor)
      }
    case .power(let base, let exponent): writePower(base, "^", exponent)
    case .elementwisePower(let base, let exponent): writePower(base, ".^", exponent)
    case .negation(let inner):
      append("-")
      write(inner, .product)
    case .transpose(let inner):
      write(inner, .primary)
      append("'")
    case .matrix(let rows):
      append("[")
      for (place, row) in rows.enumerated() where isShort {
        write(row, place == 0 ? "" : "; ", "")
      }
      append("]")
    case .derivative(let derivative): write(derivative)
    case .binder, .indicator, .piecewise, .comparison, .and, .or, .not:
      if longest == nil { writeCondition(syntax) } else { isShort = false }
    }
  }

  private mutating func write(_ name: String) {
    append(DisplayText.escaped(name, limit: longest ?? .max))
  }

  private mutating func write(_ call: CallSyntax) {
    write(call.function.text)
    for _ in 0..<(longest == nil ? call.primes : min(call.primes, 8)) { append("'") }
    write(call.arguments, "(", ")")
  }

  private mutating func write(_ terms: [SignedTermSyntax]) {
    for (place, entry) in terms.enumerated() where isShort {
      if place > 0 || entry.isNegative {
        append(place == 0 ? "-" : entry.isNegative ? " - " : " + ")
      }
      // A sign at the very beginning would be the sign of the first term.
      var least = Binding.product
      if case .negation = entry.term.kind, place == 0, !entry.isNegative { least = .factor }
      write(entry.term, least)
    }
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
    write(base, .primary)
    append(sign)
    write(exponent, .factor)
  }

  private mutating func write(_ list: [Syntax], _ opening: String, _ closing: String) {
    append(opening)
    for (place, entry) in list.enumerated() where isShort {
      if place > 0 { append(", ") }
      write(entry, .or)
    }
    append(closing)
  }
}

// MARK: - Derivatives

extension PlainSyntaxWriter {
  /// Whether a derivative is written `dA/dB`.
  private static func isQuotient(_ derivative: DerivativeSyntax) -> Bool {
    derivative.spelling == .quotient && isEntry(derivative.subject)
      && derivative.variables.allSatisfy { isEntry($0.variable) }
  }

  private static func isEntry(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .name: return true
    case .indexed(let base, _):
      if case .name = base.kind { return true }
      return false
    default: return false
    }
  }

  private mutating func write(_ derivative: DerivativeSyntax) {
    guard Self.isQuotient(derivative) else { return writeCall(derivative) }
    var order = 0
    for entry in derivative.variables { order += min(entry.order, 1000) }
    append(order > 1 ? "d^\(order)" : "d")
    write(derivative.subject, .primary)
    append("/")
    for entry in derivative.variables where isShort {
      append("d")
      write(entry.variable, .primary)
      if entry.order > 1 { append("^\(entry.order)") }
    }
  }

  private mutating func writeCall(_ derivative: DerivativeSyntax) {
    append("diff(")
    write(derivative.subject, .or)
    for entry in derivative.variables where isShort {
      append(", ")
      write(entry.variable, .or)
      if entry.order > 1 { append(", \(entry.order)") }
    }
    append(")")
  }
}

// MARK: - Conditions and bound indices

extension PlainSyntaxWriter {
  private mutating func writeCondition(_ syntax: Syntax) {
    switch syntax.kind {
    case .binder(let binder): write(binder)
    case .indicator(let condition):
      append("1[")
      write(condition, .or)
      append("]")
    case .piecewise(let branches, let otherwise):
      append("piecewise(")
      for (place, branch) in branches.enumerated() {
        if place > 0 { append(", ") }
        write(branch.condition, .or)
        append(": ")
        write(branch.value, .or)
      }
      if let otherwise {
        append(branches.isEmpty ? "else: " : ", else: ")
        write(otherwise, .or)
      }
      append(")")
    case .comparison(let left, let operation, let right):
      write(left, .sum)
      append(" " + operation.symbol + " ")
      write(right, .sum)
    case .and(let conditions): write(conditions, joinedBy: " and ", .not)
    case .or(let conditions): write(conditions, joinedBy: " or ", .and)
    case .not(let condition):
      append("not ")
      write(condition, .not)
    default: break
    }
  }

  private mutating func write(
    _ conditions: [Syntax], joinedBy word: String, _ least: Binding
  ) {
    for (place, condition) in conditions.enumerated() {
      if place > 0 { append(word) }
      write(condition, least)
    }
  }

  private mutating func write(_ binder: BinderSyntax) {
    append(binder.operation == .sum ? "sum(" : "product(")
    for index in binder.indices {
      if index.bounds != nil || index.excluded.isEmpty {
        write(index.name.text)
        if let bounds = index.bounds {
          append(" = ")
          write(bounds.lower, .sum)
          append("..")
          write(bounds.upper, .sum)
        }
        append(", ")
      }
      for value in index.excluded {
        write(index.name.text)
        append(" != ")
        write(value, .sum)
        append(", ")
      }
    }
    write(binder.body, .or)
    append(")")
  }
}
