import NablaExpressions
import NablaNumbers

/// Turns written forms into formulas: names are looked up, bound indices get letters,
/// and nothing else is decided.
package struct FormulaBuilder: Sendable {
  /// LaTeX for names from `write … as …`.
  package var spellings: [SymbolID: String] = [:] {
    didSet { if spellings != oldValue { forgetAll() } }
  }
  /// The author's index names, offered to bound indices of the same range.
  package var indexNames: [SymbolID] = [] {
    didSet { if indexNames != oldValue { forgetAll() } }
  }
  /// Letters that bound indices do not take, such as the free indices of the task.
  package var avoidedNames: [String] = [] {
    didSet { if avoidedNames != oldValue { formulas.removeAll(keepingCapacity: true) } }
  }
  /// Whether vectors and matrices carry their sizes below them.
  package var showsShapes = false
  /// Names of quantities, which no index may take for a letter.
  package var reservedNames: Set<String> = [] {
    didSet { if reservedNames != oldValue { forgetAll() } }
  }
  /// Longer expressions are shown in part.
  package var sizeLimit = 60_000

  /// What is shown in the place of some expressions.
  var abbreviations: [Handle: Formula] = [:]
  /// The expression that an abbreviation stands for, while it is written out.
  var spelledOut: Handle?

  /// Formulas made under the settings in force.
  var formulas: [Handle: Formula] = [:]
  /// What is shown of expressions, as far as it has been measured under the abbreviations in force.
  var extents: [Handle: FormulaExtent] = [:]
  private var names: [SymbolID: Formula] = [:]
  private var letters: [String: Formula] = [:]
  private var root = Handle(index: 0)
  /// The letters that occur in the formula; collected when the first binder asks for them.
  private var usedNames: [String] = []
  private var hasCollectedNames = false
  private var boundNames: [SymbolID: String] = [:]
  /// What has been built of the formula in hand, where it is the same in every place.
  private var parts: [Handle: Formula] = [:]
  /// The letters that free indices without a name got first, which they keep where they can.
  private var freshLetters: [SymbolID: String] = [:]

  package init() {}

  private mutating func forgetAll() {
    formulas.removeAll(keepingCapacity: true)
    names.removeAll(keepingCapacity: true)
  }

  /// The formula of a written form.
  package mutating func formula(of handle: Handle, in pool: inout ExpressionPool) -> Formula {
    if let known = formulas[handle] { return known }
    if !fits(handle, &pool) { return .ellipsis }
    root = handle
    hasCollectedNames = false
    if !boundNames.isEmpty { boundNames.removeAll(keepingCapacity: true) }
    let result = build(handle, &pool)
    formulas[handle] = result
    parts.removeAll(keepingCapacity: true)
    return result
  }

  /// The letter of a free index that has no name of its own, in the formula built last.
  package func letter(ofFree index: SymbolID) -> String? { boundNames[index] }

  private mutating func collectNames(_ pool: borrowing ExpressionPool) {
    if hasCollectedNames { return }
    hasCollectedNames = true
    usedNames = avoidedNames
    var fresh: [SymbolID] = []
    for symbol in pool.symbolsOccurring(in: [root]) where pool.kind(of: symbol) != .function {
      if pool.isFresh(symbol) {
        fresh.append(symbol)
      } else {
        usedNames.append(pool.name(of: symbol))
      }
    }
    // Letters that are taken keep other indices from getting them.
    fresh.sort { freshLetters[$0] != nil && freshLetters[$1] == nil }
    for symbol in fresh { nameFreshIndex(symbol, pool) }
  }

  /// A free index without a name keeps one letter in the formula, and in all formulas if it can.
  private mutating func nameFreshIndex(_ id: SymbolID, _ pool: borrowing ExpressionPool) {
    guard boundNames[id] == nil, let range = pool.firstRange(of: id) else { return }
    let name: String
    if let known = freshLetters[id], !usedNames.contains(known) {
      name = known
    } else {
      name = chooseName(for: id, range, pool).name
      if freshLetters[id] == nil { freshLetters[id] = name }
    }
    // In front, so that a binder around it releases only its own letters.
    usedNames.insert(name, at: 0)
    boundNames[id] = name
  }

  private mutating func build(all list: ListID, _ pool: inout ExpressionPool) -> [Formula] {
    var parts: [Formula] = []
    for handle in pool.operands(list) { parts.append(build(handle, &pool)) }
    return parts
  }

  mutating func build(_ handle: Handle, _ pool: inout ExpressionPool) -> Formula {
    if !abbreviations.isEmpty, handle != spelledOut, let short = abbreviations[handle] {
      return short
    }
    if let known = parts[handle] { return known }
    let result = freshFormula(handle, &pool)
    if isTheSameEverywhere(handle, &pool) { parts[handle] = result }
    return result
  }

  /// Whether no letter of a bound index occurs, and enough else to be worth remembering.
  private func isTheSameEverywhere(_ handle: Handle, _ pool: inout ExpressionPool) -> Bool {
    switch pool[handle] {
    case .sum, .product, .power, .function, .quotient, .negation, .heldSum, .heldProduct: break
    default: return false
    }
    return boundNames.isEmpty && pool.looseLevels(handle) == 0
      && !pool.traits(handle).contains(.binder)
  }

  private mutating func freshFormula(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) -> Formula {
    switch pool[handle] {
    case .integer(let value): return .number(String(value))
    case .number: return number(pool.rational(handle) ?? 0)
    case .constant(let constant): return .name(constant.name)
    case .symbol(let id): return name(of: id, pool)
    case .bound(let level, let slot): return .name("_\(level)_\(slot)")
    case .entry(let id, let list): return .indexed(name(of: id, pool), build(all: list, &pool))
    case .sum(let list), .heldSum(let list): return sum(list, &pool)
    case .product(let list), .heldProduct(let list): return .product(build(all: list, &pool))
    case .power(let base, let exponent):
      let base = build(base, &pool)
      return .power(base, build(exponent, &pool))
    case .quotient(let above, let below):
      let above = build(above, &pool)
      return .fraction(above, build(below, &pool))
    case .negation(let operand): return .negation(build(operand, &pool))
    case .root(let radicand, let degree):
      return .root(build(radicand, &pool), degree: degree == 2 ? nil : .number(String(degree)))
    case .function(let function, let argument):
      let argument = build(argument, &pool)
      switch function {
      case .abs: return .absoluteValue(argument)
      case .sqrt: return .root(argument, degree: nil)
      default: return .call(FunctionName(function.name), primes: 0, [argument])
      }
    case .maximum(let list): return .call(FunctionName("max"), primes: 0, build(all: list, &pool))
    case .minimum(let list): return .call(FunctionName("min"), primes: 0, build(all: list, &pool))
    case .apply(let id, let list): return application(id, build(all: list, &pool), pool)
    case .indexedSum: return binder(handle, .sum, &pool)
    case .indexedProduct: return binder(handle, .product, &pool)
    case .determinant(_, let body):
      return .call(FunctionName("det"), primes: 0, [square(handle, body, &pool)])
    case .inverse(let list, let body):
      let matrix = square(handle, body, &pool)
      let row = build(pool.operand(list, 4), &pool)
      let column = build(pool.operand(list, 5), &pool)
      return .indexed(.call(FunctionName("inv"), primes: 0, [matrix]), [row, column])
    case .delta(let left, let right):
      let left = build(left, &pool)
      return .kroneckerDelta(left, build(right, &pool))
    case .indicator(let condition): return .indicator(build(condition, &pool))
    case .piecewise(let list): return piecewise(list, &pool)
    case .relation(let relation, let list):
      let parts = build(all: list, &pool)
      return .relation(parts[0], Formula.Relation(relation), parts[1])
    case .conjunction(let list): return .conjunction(build(all: list, &pool))
    case .disjunction(let list): return .disjunction(build(all: list, &pool))
    case .complement(let condition): return .not(build(condition, &pool))
    case .derivative(let body, let list): return derivative(body, pool.operands(list), &pool)
    }
  }

  private func number(_ value: Rational) -> Formula {
    if let decimal = value.terminatingDecimal, decimal.utf8.count <= 24 { return .number(decimal) }
    let above = Formula.number(value.numerator.magnitude.description)
    if value.isInteger { return value.signum < 0 ? .negation(above) : above }
    let fraction = Formula.fraction(above, .number(value.denominator.description))
    return value.signum < 0 ? .negation(fraction) : fraction
  }

  package mutating func name(of id: SymbolID, _ pool: borrowing ExpressionPool) -> Formula {
    if let bound = boundNames[id] { return letter(bound) }
    if let known = names[id] { return known }
    let result: Formula
    if let latex = spellings[id] {
      var identifier = Identifier(pool.name(of: id), writtenAs: latex)
      identifier.role = Self.role(of: id, pool)
      result = .name(identifier)
    } else if pool.isFresh(id) {
      collectNames(pool)
      nameFreshIndex(id, pool)
      return letter(boundNames[id] ?? pool.preferredName(of: id) ?? "k")
    } else {
      var identifier = Identifier(pool.name(of: id))
      identifier.role = Self.role(of: id, pool)
      result = .name(identifier)
    }
    names[id] = result
    return result
  }

  private static func role(
    of id: SymbolID, _ pool: borrowing ExpressionPool
  ) -> Identifier.Role {
    switch pool.kind(of: id) {
    case .scalar: .scalar
    case .array: pool.declaration(of: id).ranges.count == 1 ? .vector : .matrix
    case .index, .label, .dimension, .function: .other
    }
  }

  mutating func letter(_ name: String) -> Formula {
    if let known = letters[name] { return known }
    var identifier = Identifier(name)
    identifier.role = .other
    let result = Formula.name(identifier)
    letters[name] = result
    return result
  }

  private mutating func sum(_ list: ListID, _ pool: inout ExpressionPool) -> Formula {
    var terms: [Formula.Term] = []
    for term in pool.operands(list) {
      if case .negation(let inner) = pool[term] {
        terms.append(Formula.Term(.minus, build(inner, &pool)))
      } else if let value = pool.rational(term), value.signum < 0, !terms.isEmpty {
        terms.append(Formula.Term(.minus, number(value.absoluteValue)))
      } else {
        terms.append(Formula.Term(.plus, build(term, &pool)))
      }
    }
    return .sum(terms)
  }

  func application(
    _ id: SymbolID, _ arguments: [Formula], _ pool: borrowing ExpressionPool
  ) -> Formula {
    let derivative = pool.functionDerivative(of: id)
    let base = derivative?.function ?? id
    var identifier =
      spellings[base].map { Identifier(pool.name(of: id), writtenAs: $0) }
      ?? Identifier(pool.name(of: id))
    let orders = derivative?.orders ?? []
    if orders.count <= 1 {
      return .call(.user(identifier), primes: orders.first ?? 0, arguments)
    }
    // ∂₁∂₂f by slots: f with the numbers of the slots as a subscript.
    var slots = ""
    for (place, order) in orders.enumerated() {
      for _ in 0..<min(order, 9) { slots += String(place + 1) }
    }
    identifier.plain += "_" + slots
    identifier.subscriptText = (identifier.subscriptText.map { $0 + "," } ?? "") + slots
    return .call(.user(identifier), primes: 0, arguments)
  }

  private mutating func piecewise(_ list: ListID, _ pool: inout ExpressionPool) -> Formula {
    var branches: [Formula.Branch] = []
    let parts = pool.operands(list)
    var place = 0
    while place + 1 < parts.count {
      let condition = build(parts[place], &pool)
      branches.append(Formula.Branch(build(parts[place + 1], &pool), when: condition))
      place += 2
    }
    if place < parts.count {
      branches.append(Formula.Branch(build(parts[place], &pool), when: nil))
    }
    return .piecewise(branches)
  }

  private mutating func derivative(
    _ body: Handle, _ variables: [Handle], _ pool: inout ExpressionPool
  ) -> Formula {
    var grouped: [Formula.DerivativeNotation.Variable] = []
    var last: Handle?
    for variable in variables {
      if variable == last {
        grouped[grouped.count - 1].order += 1
      } else {
        grouped.append(.init(build(variable, &pool)))
      }
      last = variable
    }
    let isNamed = isName(body, pool)
    let isOrdinary = !isNamed && grouped.count == 1 && hasOneName(body, pool)
    return .derivative(
      Formula.DerivativeNotation(
        of: build(body, &pool), by: grouped, isOrdinary: isOrdinary))
  }

  private func hasOneName(_ body: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    var count = 0
    for symbol in pool.symbolsOccurring(in: [body]) where pool.kind(of: symbol) != .function {
      count += 1
    }
    return count <= 1
  }

  private func isName(_ handle: Handle, _ pool: borrowing ExpressionPool) -> Bool {
    switch pool[handle] {
    case .symbol, .entry: true
    default: false
    }
  }

  // MARK: Bound indices

  private mutating func binder(
    _ handle: Handle, _ operation: Formula.BigOperator, _ pool: inout ExpressionPool
  ) -> Formula {
    guard let opened = pool.open(handle) else { return .ellipsis }
    collectNames(pool)
    var binders: [Formula.Binder] = []
    for (place, index) in opened.indices.enumerated() {
      let choice = chooseName(for: index, opened.ranges[place], pool)
      usedNames.append(choice.name)
      boundNames[index] = choice.name
      var restriction = Formula.Restriction.none
      if !choice.isDeclared {
        let lower = build(opened.ranges[place].lower, &pool)
        restriction = .range(lower, build(opened.ranges[place].upper, &pool))
      }
      // Indices with the same limits share one sign.
      if let last = binders.last, last.restriction == restriction {
        binders[binders.count - 1].indices.append(letter(choice.name))
      } else {
        binders.append(Formula.Binder([letter(choice.name)], restriction))
      }
    }
    let split = splitGuard(opened.body, opened.indices, operation, &pool)
    if let excluded = split.excluded {
      binders[0].restriction = .excluding(build(excluded, &pool))
    } else if let condition = split.condition {
      binders[0].restriction = .condition(build(condition, &pool))
    }
    var result = build(split.body, &pool)
    for index in opened.indices { boundNames[index] = nil }
    usedNames.removeLast(opened.indices.count)
    for binder in binders.reversed() { result = .bigOperator(operation, binder, result) }
    return result
  }

  /// The matrix of a determinant or an inverse: its name, or its entry in brackets with indices.
  private mutating func square(
    _ handle: Handle, _ body: Handle, _ pool: inout ExpressionPool
  ) -> Formula {
    if case .entry(let id, let list) = pool[body], pool.count(list) == 2,
      case .bound(level: 0, let first) = pool[pool.operand(list, 0)],
      case .bound(level: 0, let second) = pool[pool.operand(list, 1)], first != second
    {
      let name = name(of: id, pool)
      return first < second || pool.isSymmetric(id) ? name : .transpose(name)
    }
    guard let opened = pool.open(handle) else { return .ellipsis }
    collectNames(pool)
    var names: [Formula] = []
    for (place, index) in opened.indices.enumerated() {
      let choice = chooseName(for: index, opened.ranges[place], pool)
      names.append(letter(choice.name))
      usedNames.append(choice.name)
      boundNames[index] = choice.name
    }
    let entry = build(opened.body, &pool)
    for index in opened.indices { boundNames[index] = nil }
    usedNames.removeLast(opened.indices.count)
    return .indexed(.matrix([[entry]]), names)
  }

  /// The author's letter for the place, then declared indices of the range, then other letters.
  private func chooseName(
    for index: SymbolID, _ range: IndexRange, _ pool: borrowing ExpressionPool
  ) -> (name: String, isDeclared: Bool) {
    var isPreferredDeclared = false
    var firstFree: String?
    let preferred = pool.preferredName(of: index) ?? ""
    for id in indexNames where pool.firstRange(of: id) == range {
      let name = pool.name(of: id)
      if name == preferred { isPreferredDeclared = true }
      if firstFree == nil, !usedNames.contains(name) { firstFree = name }
    }
    if !preferred.isEmpty, !usedNames.contains(preferred), !reservedNames.contains(preferred) {
      return (preferred, isPreferredDeclared)
    }
    if let firstFree { return (firstFree, true) }
    for name in ["k", "l", "m", "n", "p", "q", "r", "s"]
    where !usedNames.contains(name) && !reservedNames.contains(name) {
      return (name, false)
    }
    var number = 1
    while usedNames.contains("k\(number)") || reservedNames.contains("k\(number)") { number += 1 }
    return ("k\(number)", false)
  }

  /// `1[k ≠ i]·u` under a sum, or `u` where k ≠ i under a product, is written in the limits.
  private func splitGuard(
    _ body: Handle, _ indices: [SymbolID], _ operation: Formula.BigOperator,
    _ pool: inout ExpressionPool
  ) -> (excluded: Handle?, condition: Handle?, body: Handle) {
    guard indices.count == 1 else { return (nil, nil, body) }
    let index = pool.symbol(indices[0])
    func excluded(_ condition: Handle, _ pool: borrowing ExpressionPool) -> Handle? {
      guard case .relation(.notEqual, let list) = pool[condition] else { return nil }
      if pool.operand(list, 0) == index { return pool.operand(list, 1) }
      return pool.operand(list, 1) == index ? pool.operand(list, 0) : nil
    }
    if operation == .product {
      guard case .piecewise(let list) = pool[body], pool.count(list) == 3,
        pool.operand(list, 2) == pool.one,
        let other = excluded(pool.operand(list, 0), pool)
      else { return (nil, nil, body) }
      return (other, nil, pool.operand(list, 1))
    }
    let factors: [Handle]
    if case .product(let list) = pool[body] {
      factors = pool.operands(list)
    } else {
      factors = [body]
    }
    for place in factors.indices {
      guard case .indicator(let condition) = pool[factors[place]],
        let other = excluded(condition, pool)
      else { continue }
      var rest = factors
      rest.remove(at: place)
      if rest.isEmpty { return (other, nil, pool.one) }
      return (other, nil, rest.count == 1 ? rest[0] : pool.writtenProduct(rest))
    }
    return (nil, nil, body)
  }
}

extension Formula.Relation {
  package init(_ relation: NablaExpressions.Relation) {
    switch relation {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}
