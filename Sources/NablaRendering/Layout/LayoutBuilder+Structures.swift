import NablaNotation

extension LayoutBuilder {
  /// A function application; log and its kin leave brackets out before a single symbol.
  mutating func call(
    _ function: FunctionName, _ primes: Int, _ arguments: [Formula], _ required: Precedence
  ) -> (Layout, Precedence) {
    var head: Layout
    var omitsBrackets = false
    switch function {
    case .user(let identifier):
      head = Self.name(identifier).0
    case .builtIn(let name):
      if primes == 0, let special = notation(for: name, arguments) { return special }
      if primes == 0, arguments.count == 1 {
        if name == "exp", Self.isSmall(arguments[0]) {
          return (.exponential(build(arguments[0], .list)), .power)
        }
        if name == "sqrt" { return (.root(build(arguments[0], .list), degree: nil), .atom) }
        if name == "abs" { return (.fence(.bars, build(arguments[0], .list)), .atom) }
        if name == "norm" { return (.fence(.doubleBars, build(arguments[0], .list)), .atom) }
        if name == "inv" { return (inverse(arguments[0]), .power) }
      }
      head =
        Functions.symbol(name).map { .symbol($0, .italic) }
        ?? .function(Functions.display(name))
      omitsBrackets =
        primes == 0 && arguments.count == 1 && Functions.omitsBrackets(name)
        && Self.isSingleSymbol(arguments[0])
    }
    if primes > 0 {
      let marks =
        primes <= 3
        ? Layout.row(Array(repeating: .symbol("′", .upright), count: primes))
        : .fence(.round, .number("\(primes)"))
      if case .scripts(let inner, let lower, nil) = head {
        head = .scripts(inner, lower: lower, upper: marks)
      } else {
        head = .scripts(head, lower: nil, upper: marks)
      }
    }
    if omitsBrackets, required <= .prefix {
      return (.row([head, build(arguments[0], .atom)]), .prefix)
    }
    if arguments.count == 1, case .semicolons = arguments[0] {
      return (.row([head, .fence(.round, build(arguments[0], .list))]), .atom)
    }
    return (.row([head, .fence(.round, join(arguments, .comma, .relation))]), .atom)
  }

  /// Letters for the identity matrix, a vector or matrix of ones, and a unit vector.
  private mutating func notation(
    for name: String, _ arguments: [Formula]
  ) -> (Layout, Precedence)? {
    let letter: Layout
    switch name {
    case "eye": letter = .symbol("I", .italic)
    case "ones": letter = .symbol("1", .bold)
    case "onehot": letter = .symbol("e", .bold)
    default: return nil
    }
    return (.scripts(letter, lower: join(arguments, .cross, .quotient), upper: nil), .atom)
  }

  /// A⁻¹, or its transpose A^{−⊤}.
  mutating func inverse(_ matrix: Formula, isTransposed: Bool = false) -> Layout {
    let mark = isTransposed ? Layout.symbol("⊤", .upright) : .number("1")
    return raised(matrix, .row([.operation(.negative), mark]))
  }

  /// Whether an argument is small enough to be set as an exponent.
  private static func isSmall(_ formula: Formula) -> Bool {
    var budget = 10
    return fits(formula, &budget)
  }

  private static func fits(_ formula: Formula, _ budget: inout Int) -> Bool {
    budget -= 1
    if budget < 0 { return false }
    switch formula {
    case .number(let digits): return digits.utf8.count <= 6
    case .name: return true
    case .indexed(let base, let indices):
      return fits(base, &budget) && indices.allSatisfy { fits($0, &budget) }
    case .sum(let terms): return terms.allSatisfy { fits($0.formula, &budget) }
    case .product(let factors): return factors.allSatisfy { fits($0, &budget) }
    case .negation(let operand): return fits(operand, &budget)
    case .power(let base, let exponent):
      if case .number = exponent { return fits(base, &budget) }
      return false
    case .transpose(let operand): return fits(operand, &budget)
    default: return false
    }
  }

  private static func isSingleSymbol(_ formula: Formula) -> Bool {
    switch formula {
    case .name: true
    case .number(let digits): digits.allSatisfy { $0.isASCIIDigit || $0 == "." || $0 == "," }
    case .indexed(let base, _): isSingleSymbol(base)
    default: false
    }
  }

  mutating func bigOperator(
    _ kind: Formula.BigOperator, _ binder: Formula.Binder, _ body: Formula
  ) -> Layout {
    let indices = join(binder.indices, .comma, .relation)
    var lower = indices
    var upper: Layout?
    switch binder.restriction {
    case .none: break
    case .excluding(let excluded):
      lower = .row([indices, .operation(.relation(.notEqual)), build(excluded, .sum)])
    case .range(let first, let last):
      lower = .row([indices, .operation(.relation(.equal)), build(first, .sum)])
      upper = build(last, .sum)
    case .condition(let condition):
      let bound = build(condition, .relation)
      lower = binder.indices.isEmpty ? bound : .row([indices, .operation(.comma), bound])
    }
    let operand = build(body, .product)
    return .row([.bigOperator(kind, lower: lower, upper: upper), operand])
  }

  /// ∂L/∂x as a fraction; a long numerator stands in brackets after ∂/∂x.
  mutating func derivative(_ notation: Formula.DerivativeNotation) -> (Layout, Precedence) {
    let sign = Layout.symbol(notation.isOrdinary ? "d" : "∂", .upright)
    var order = 0
    var below: [Layout] = []
    for variable in notation.variables {
      order = min(order + max(variable.order, 1), 1_000_000)
      below.append(sign)
      let layout = build(variable.formula, .power)
      below.append(
        variable.order > 1
          ? Self.withOrder(layout, variable.order) : layout)
    }
    let head: Layout =
      order > 1 ? .scripts(sign, lower: nil, upper: .number("\(order)")) : sign
    guard let numerator = notation.numerator else {
      return (.fraction(head, .row(below), isDerivative: true), .quotient)
    }
    let (top, precedence) = open(numerator, .atom)
    if precedence >= .power, Self.isShort(top) {
      return (.fraction(.row([head, top]), .row(below), isDerivative: true), .quotient)
    }
    let bracketed: Layout
    if case .fence(.round, _) = top { bracketed = top } else { bracketed = .fence(.round, top) }
    return (.row([.fraction(head, .row(below), isDerivative: true), bracketed]), .quotient)
  }

  private static func withOrder(_ variable: Layout, _ order: Int) -> Layout {
    let upper = Layout.number("\(order)")
    if case .scripts(let inner, let lower, nil) = variable {
      return .scripts(inner, lower: lower, upper: upper)
    }
    if case .scripts = variable {
      return .scripts(.fence(.round, variable), lower: nil, upper: upper)
    }
    return .scripts(variable, lower: nil, upper: upper)
  }

  /// Names, entries, powers and calls of a few symbols may stand above a derivative's bar.
  private static func isShort(_ layout: Layout) -> Bool {
    var budget = 14
    return TextMeasure.compactCost(layout, &budget)
  }

  mutating func piecewise(_ branches: [Formula.Branch]) -> Layout {
    var rows: [CaseRow] = []
    for branch in branches {
      let value = build(branch.value, .list)
      let condition = branch.condition.map { build($0, .list) } ?? .text(language.say("otherwise"))
      rows.append(
        CaseRow(
          value: value,
          condition: branch.condition == nil
            ? condition : .row([.text(language.say("if ")), condition])))
    }
    return .cases(rows)
  }

  mutating func relation(_ first: Formula, _ links: [Formula.RelationLink]) -> Layout {
    var parts = [build(first, .sum)]
    for link in links {
      parts.append(.operation(.relation(link.relation)))
      parts.append(build(link.right, .sum))
    }
    return .row(parts)
  }

  mutating func matrix(_ rows: [[Formula]]) -> Layout {
    var cells: [[Layout]] = []
    for row in rows { cells.append(row.map { build($0, .relation) }) }
    return .matrix(cells)
  }

  mutating func realSpace(_ sizes: [Formula]) -> Layout {
    let reals = Layout.symbol("ℝ", .upright)
    if sizes.isEmpty { return reals }
    return .scripts(reals, lower: nil, upper: join(sizes, .cross, .quotient))
  }
}
