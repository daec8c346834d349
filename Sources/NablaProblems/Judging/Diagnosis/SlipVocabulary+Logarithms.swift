import NablaNotation

extension SlipVocabulary {
  /// The terms into which logarithms of products fall, as likelihoods have them.
  mutating func addLogarithms(of source: Syntax) {
    var split = LogarithmTerms(sizes: sizes)
    split.visit(source, isNegative: false) { $0 }
    terms += split.found.prefix(Self.mostLogarithms)
  }

  private static let mostLogarithms = 24
}

/// Takes logarithms of products, quotients and powers apart.
private struct LogarithmTerms {
  /// Names of sizes, which count how often a term is added that no index changes.
  let sizes: [String]
  private(set) var found: [SignedTermSyntax] = []
  private var depth = 0

  init(sizes: [String]) { self.sizes = Array(sizes.prefix(3)) }

  /// Collects the terms of a part, each put into what stands around it.
  mutating func visit(
    _ node: Syntax, isNegative: Bool, _ whole: (Syntax) -> Syntax
  ) {
    guard depth < 12 else { return }
    depth += 1
    defer { depth -= 1 }
    switch node.kind {
    case .sum(let terms):
      for entry in terms {
        visit(entry.term, isNegative: isNegative != entry.isNegative, whole)
      }
    case .negation(let inner): visit(inner, isNegative: !isNegative, whole)
    case .product(let factors):
      guard
        let place = factors.firstIndex(where: { $0.operation == .times && $0.factor.hasLogarithm })
      else { return }
      visit(factors[place].factor, isNegative: isNegative) { new in
        var copy = factors
        copy[place].factor = new
        return whole(.product(copy, at: node.range))
      }
    case .binder(let binder) where binder.operation == .sum && binder.indices.count == 1:
      let index = binder.indices[0].name.text
      let counts = sizes.map { Syntax(.name($0), node.range) }
      var inner = LogarithmTerms(sizes: sizes)
      inner.depth = depth
      inner.visit(binder.body, isNegative: isNegative) { $0 }
      for entry in inner.found {
        if entry.term.freeNames.contains(index) {
          var copy = binder
          copy.body = entry.term
          add(whole(Syntax(.binder(copy), node.range)), entry.isNegative)
        } else {
          for count in counts { add(whole(.product(count, entry.term)), entry.isNegative) }
        }
      }
    case .call(let call) where call.function.text == "log" && call.arguments.count == 1:
      split(call.arguments[0], isNegative, whole)
    default: break
    }
  }

  private mutating func split(
    _ argument: Syntax, _ isNegative: Bool, _ whole: (Syntax) -> Syntax
  ) {
    guard depth < 12 else { return }
    depth += 1
    defer { depth -= 1 }
    let range = argument.range
    switch argument.kind {
    case .product(let factors):
      var closed: [FactorSyntax] = []
      for entry in factors {
        if entry.factor.isClosed, !entry.factor.isOne { closed.append(entry) }
        let isDivisor = entry.operation == .over || entry.operation == .elementwiseOver
        if !entry.factor.isClosed { split(entry.factor, isNegative != isDivisor, whole) }
      }
      if !closed.isEmpty { leaf(.product(closed, at: range), isNegative, whole) }
    case .call(let call) where call.function.text == "sqrt" && call.arguments.count == 1:
      split(call.arguments[0], isNegative) { whole(.product($0, .number(2, at: range), .over)) }
    case .call(let call) where call.function.text == "exp" && call.arguments.count == 1:
      add(whole(call.arguments[0]), isNegative)
    case .power(let base, let exponent):
      split(base, isNegative) { whole(.product(exponent, $0)) }
    default: leaf(argument, isNegative, whole)
    }
  }

  private mutating func leaf(
    _ argument: Syntax, _ isNegative: Bool, _ whole: (Syntax) -> Syntax
  ) {
    add(whole(.call("log", [argument], at: argument.range)), isNegative)
  }

  private mutating func add(_ term: Syntax, _ isNegative: Bool) {
    found.append(SignedTermSyntax(isNegative: isNegative, term: term))
  }
}

extension Syntax {
  fileprivate var hasLogarithm: Bool {
    var found = false
    forEachNode { node in
      if case .call(let call) = node.kind, call.function.text == "log" { found = true }
    }
    return found
  }

  fileprivate var isOne: Bool {
    if case .number("1") = kind { return true }
    return false
  }
}
