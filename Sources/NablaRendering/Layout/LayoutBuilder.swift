import NablaNotation

/// Turns what is written into what is shown: brackets from precedence, dots where they are needed.
struct LayoutBuilder {
  /// Deeper formulas are shown as an ellipsis, so that no input can exhaust the stack.
  static let depthLimit = 96

  private var depth = 0
  /// The greatest depth that was asked for since it was last set.
  private var deepest = 0
  /// The layouts of sums and products that stand in several places.
  private var sums = SharedArrays<Formula.Term, Language, SharedLayout>()
  private var products = SharedArrays<Formula, Language, SharedLayout>()
  /// The layouts of names that have occurred.
  private var names: [Identifier: (layout: Layout, precedence: Precedence)] = [:]
  /// The language of a formula's own words.
  var language = Language.english

  static func layout(_ formula: Formula) -> Layout {
    var builder = LayoutBuilder()
    return builder.build(formula, .list)
  }

  /// The layout of one operand that must hold together at least as tightly as `required`.
  mutating func build(_ formula: Formula, _ required: Precedence) -> Layout {
    let (layout, precedence) = open(formula, required)
    return precedence < required ? .fence(.round, layout) : layout
  }

  private mutating func named(_ identifier: Identifier) -> (Layout, Precedence) {
    if let known = names[identifier] { return known }
    let made = Self.name(identifier)
    names[identifier] = made
    return made
  }

  /// A layout made before, unless it would be cut off here, or was cut off there.
  private mutating func fitting(_ shared: SharedLayout?) -> (Layout, Precedence)? {
    guard let shared, depth + shared.height < Self.depthLimit else { return nil }
    deepest = max(deepest, depth + shared.height)
    return (shared.layout, shared.precedence)
  }

  /// A layout with the depth below it.
  private mutating func measured(
    _ make: (inout LayoutBuilder) -> (Layout, Precedence)
  ) -> SharedLayout {
    let outer = deepest
    deepest = depth
    let (layout, precedence) = make(&self)
    let height = deepest - depth
    deepest = max(deepest, outer)
    // What has been cut off is as good as endless.
    let isCut = depth + height >= Self.depthLimit
    return SharedLayout(
      layout: layout, precedence: precedence, height: isCut ? Self.depthLimit : height)
  }

  /// The layout without brackets, and how tightly it holds.
  mutating func open(_ formula: Formula, _ required: Precedence) -> (Layout, Precedence) {
    deepest = max(deepest, depth)
    if depth >= Self.depthLimit { return (.ellipsis, .atom) }
    depth += 1
    defer { depth -= 1 }
    switch formula {
    case .number(let digits): return Self.number(digits)
    case .name(let identifier): return named(identifier)
    case .indexed(let base, let indices): return (indexed(base, indices), .atom)
    case .call(let function, let primes, let arguments):
      return call(function, primes, arguments, required)
    case .sum(let terms):
      if let known = fitting(sums[terms, language]) { return known }
      let made = measured { $0.sum(terms) }
      sums[terms, language] = made
      return (made.layout, made.precedence)
    case .product(let factors):
      if let known = fitting(products[factors, language]) { return known }
      let made = measured { $0.product(factors) }
      products[factors, language] = made
      return (made.layout, made.precedence)
    case .negation(let operand):
      return (.row([.operation(.negative), build(operand, .product)]), .negative)
    case .fraction(let numerator, let denominator):
      let parts = (build(numerator, .list), build(denominator, .list))
      return (.fraction(parts.0, parts.1, isDerivative: false), .quotient)
    case .power(let base, let exponent): return power(base, exponent)
    case .root(let radicand, let degree):
      let index = degree.map { build($0, .list) }
      return (.root(build(radicand, .list), degree: index), .atom)
    case .bigOperator(let kind, let binder, let body):
      return (bigOperator(kind, binder, body), .prefix)
    case .derivative(let notation): return derivative(notation)
    case .gradient(let operand, let variable):
      let nabla = Layout.symbol("∇", .upright)
      let lower = variable.map { build($0, .list) }
      let sign = lower == nil ? nabla : .scripts(nabla, lower: lower, upper: nil)
      return (.row([sign, build(operand, .atom)]), .prefix)
    case .kroneckerDelta(let left, let right):
      let delta = Layout.symbol("δ", .italic)
      return (.scripts(delta, lower: indexList([left, right]), upper: nil), .atom)
    case .indicator(let condition):
      return (.row([.symbol("1", .bold), .fence(.square, build(condition, .list))]), .atom)
    case .piecewise(let branches): return (piecewise(branches), .prefix)
    case .relation(let first, let links): return (relation(first, links), .relation)
    case .conjunction(let operands):
      return (join(operands, .word(language.say("and")), .relation), .conjunction)
    case .disjunction(let operands):
      return (join(operands, .word(language.say("or")), .conjunction), .disjunction)
    case .not(let operand):
      return (
        .row([.operation(.prefixWord(language.say("not"))), .fence(.round, build(operand, .list))]),
        .relation
      )
    case .absoluteValue(let operand): return (.fence(.bars, build(operand, .list)), .atom)
    case .norm(let operand, let index):
      let bars = Layout.fence(.doubleBars, build(operand, .list))
      guard let index else { return (bars, .atom) }
      return (.scripts(bars, lower: build(index, .list), upper: nil), .atom)
    case .transpose(.call(.builtIn("inv"), primes: 0, let matrices)) where matrices.count == 1:
      return (inverse(matrices[0], isTransposed: true), .power)
    case .transpose(let operand): return (raised(operand, .symbol("⊤", .upright)), .power)
    case .hadamard(let factors): return (join(factors, .hadamard, .prefix), .product)
    case .elementwise(.quotient, let left, let right):
      let sides = (build(left, .prefix), build(right, .prefix))
      return (.row([sides.0, .operation(.elementwiseQuotient), sides.1]), .product)
    case .elementwise(.power, let base, let exponent):
      return (raised(base, .row([.symbol("∘", .upright), build(exponent, .list)])), .power)
    case .matrix(let rows): return (matrix(rows), .atom)
    case .evaluated(let operand, let place):
      return (.evaluated(build(operand, .product), at: build(place, .list)), .quotient)
    case .list(let elements):
      let areStatements = elements.allSatisfy { if case .relation = $0 { true } else { false } }
      return (join(elements, areStatements ? .separation : .comma, .relation), .list)
    case .semicolons(let elements):
      let areStatements = elements.allSatisfy { if case .relation = $0 { true } else { false } }
      return (join(elements, areStatements ? .wideSemicolon : .semicolon, .relation), .list)
    case .range(let first, let last):
      let ends = (build(first, .sum), build(last, .sum))
      return (
        .row([ends.0, .operation(.comma), .ellipsis, .operation(.comma), ends.1]), .list
      )
    case .realSpace(let sizes): return (realSpace(sizes), .power)
    case .text(let text): return (.text(text), .atom)
    case .held(let operand): return (.fence(.round, build(operand, .list)), .atom)
    case .highlighted(let operand, let highlight):
      let (layout, precedence) = open(operand, required)
      return (.highlighted(layout, highlight), precedence)
    case .labelled(let operand, let label):
      let (layout, precedence) = open(operand, required)
      return (.labelled(layout, below: build(label, .list)), precedence)
    case .worded(let inner, let own):
      let outer = language
      language = own
      defer { language = outer }
      return open(inner, required)
    case .ellipsis: return (.ellipsis, .atom)
    }
  }
}

/// A layout that can stand in other places as well.
private struct SharedLayout {
  let layout: Layout
  let precedence: Precedence
  /// How much deeper what it shows goes.
  let height: Int
}
