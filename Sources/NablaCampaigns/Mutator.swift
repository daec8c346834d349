import NablaExpressions
import NablaNotation

/// Lists every mutation of a formula.
struct Mutator {
  private let vocabulary: MutationVocabulary
  /// Index letters that stand free in the line.
  private let letters: [String]
  private(set) var mutations: [Mutation] = []

  init(_ vocabulary: MutationVocabulary, letters: [String]) {
    self.vocabulary = vocabulary
    self.letters = letters
  }

  private static let functions = [
    "sin": "cos", "cos": "sin", "tan": "sin",
    "sinh": "cosh", "cosh": "sinh", "tanh": "sigmoid", "sigmoid": "tanh", "softplus": "sigmoid",
    "ReLU": "step", "step": "ReLU", "abs": "sign", "sign": "abs", "max": "min", "min": "max",
    "sum": "mean", "mean": "sum",
  ]

  /// Functions that are forgotten rather than taken for another.
  private static let lost = ["exp", "log", "sqrt"]

  mutating func run(_ formula: Syntax) {
    switch formula.kind {
    case .sum, .negation, .matrix, .piecewise: break
    default: add(.sign, formula, .negation(formula))
    }
    addSums(formula, bound: [])
    visit(formula, bound: [], depth: 0)
  }

  private mutating func add(_ kind: Mutation.Kind, _ before: Syntax, _ after: SyntaxKind) {
    mutations.append(Mutation(kind, before, after))
  }

  /// Σ over each letter that stands free in a part.
  private mutating func addSums(_ part: Syntax, bound: [String]) {
    for letter in part.slotLetters where !bound.contains(letter) {
      let index = BinderSyntax.Index(name: NameSyntax(letter, part.range))
      add(.sumAdded, part, .binder(BinderSyntax(operation: .sum, indices: [index], body: part)))
    }
  }

  private mutating func visit(_ part: Syntax, bound: [String], depth: Int) {
    if depth > Syntax.deepestNesting { return }
    switch part.kind {
    case .number(let digits):
      if let other = Self.other(digits) { add(.number, part, .number(other)) }
    case .name(let name):
      if bound.contains(name) || BuiltInNames.constants.contains(name) { return }
      for other in vocabulary.others(name, among: vocabulary.names) {
        add(.name, part, .name(other))
      }
      if vocabulary.transposed.contains(name), vocabulary.kinds[name]?.kind == .array {
        add(.transposeAdded, part, .transpose(part))
      }
    case .indexed(let base, let indices): visitEntry(part, base, indices, bound, depth)
    case .call(let call): visitCall(part, call, bound, depth)
    case .sum(let terms):
      visitTerms(part, terms, bound)
      for entry in terms { visit(entry.term, bound: bound, depth: depth + 1) }
    case .product(let factors):
      visitFactors(part, factors)
      for entry in factors { visit(entry.factor, bound: bound, depth: depth + 1) }
    case .power(let base, let exponent), .elementwisePower(let base, let exponent):
      if case .number(let digits) = exponent.kind, let value = Int(digits), value < 99 {
        add(.exponent, exponent, .number("\(value + 1)"))
        if value >= 2 { add(.exponent, exponent, .number("\(value - 1)")) }
      } else {
        visit(exponent, bound: bound, depth: depth + 1)
      }
      visit(base, bound: bound, depth: depth + 1)
    case .negation(let inner):
      add(.sign, part, inner.kind)
      visit(inner, bound: bound, depth: depth + 1)
    case .transpose(let inner):
      add(.transposeDropped, part, inner.kind)
      visit(inner, bound: bound, depth: depth + 1)
    case .binder(let binder):
      if binder.operation == .sum { add(.sumDropped, part, binder.body.kind) }
      let inside = bound + binder.indices.map { $0.name.text }
      visit(binder.body, bound: inside, depth: depth + 1)
    case .piecewise(let branches, let otherwise):
      for branch in branches { visit(branch.value, bound: bound, depth: depth + 1) }
      if let otherwise { visit(otherwise, bound: bound, depth: depth + 1) }
    case .derivative(let derivative): visitDerivative(part, derivative, bound, depth)
    case .matrix(let rows):
      for row in rows { for entry in row { visit(entry, bound: bound, depth: depth + 1) } }
    case .indicator, .comparison, .and, .or, .not: return
    }
  }

  private mutating func visitEntry(
    _ part: Syntax, _ base: Syntax, _ indices: [Syntax], _ bound: [String], _ depth: Int
  ) {
    for place in indices.indices {
      var others: [SyntaxKind] = []
      switch indices[place].kind {
      case .name(let letter):
        for other in Self.distinct(letters + bound) where other != letter {
          others.append(.name(other))
        }
      case .number(let digits): if let other = Self.other(digits) { others = [.number(other)] }
      default: break
      }
      for other in others {
        var changed = indices
        changed[place].kind = other
        add(.indexRenamed, part, .indexed(base, changed))
      }
      for other in indices.indices.dropFirst(place + 1)
      where !indices[place].isWritten(like: indices[other]) {
        var changed = indices
        changed.swapAt(place, other)
        add(.indicesSwapped, part, .indexed(base, changed))
      }
    }
    guard case .name(let name) = base.kind else {
      visit(base, bound: bound, depth: depth + 1)
      return
    }
    for other in vocabulary.others(name, among: vocabulary.entries[indices.count] ?? []) {
      add(.name, part, .indexed(Syntax(.name(other), base.range), indices))
    }
  }

  private mutating func visitCall(
    _ part: Syntax, _ call: CallSyntax, _ bound: [String], _ depth: Int
  ) {
    if call.function.text == "delta" { return }
    var other = call
    if let swapped = Self.functions[call.function.text] {
      other.function.text = swapped
      add(.function, part, .call(other))
    } else if Self.lost.contains(call.function.text), call.arguments.count == 1 {
      add(.function, part, call.arguments[0].kind)
    } else if BuiltInNames.function(named: call.function.text) == nil {
      for name in vocabulary.functions where name != call.function.text {
        other.function.text = name
        add(.function, part, .call(other))
      }
      other = call
      other.primes += call.primes == 0 ? 1 : -1
      add(.function, part, .call(other))
    }
    for argument in call.arguments { visit(argument, bound: bound, depth: depth + 1) }
  }

  private mutating func visitTerms(
    _ part: Syntax, _ terms: [SignedTermSyntax], _ bound: [String]
  ) {
    for place in terms.indices {
      var changed = terms
      changed[place].isNegative.toggle()
      add(.sign, part, .sum(changed))
      changed = terms
      changed.remove(at: place)
      if changed.count == 1 {
        let rest = changed[0]
        add(.termDropped, part, rest.isNegative ? .negation(rest.term) : rest.term.kind)
      } else {
        add(.termDropped, part, .sum(changed))
      }
      addSums(terms[place].term, bound: bound)
    }
  }

  private mutating func visitFactors(_ part: Syntax, _ factors: [FactorSyntax]) {
    for place in factors.indices {
      var changed = factors
      changed.insert(factors[place], at: place + 1)
      add(.factorDoubled, part, .product(changed))
      changed = factors
      if place == 0, factors.count > 1, factors[1].operation != .times,
        factors[1].operation != .elementwiseTimes
      {
        if case .number("1") = factors[0].factor.kind { continue }
        changed[0].factor = Syntax(.number("1"), factors[0].factor.range)
      } else {
        changed.remove(at: place)
        changed[0].operation = .times
      }
      add(
        .factorDropped, part, changed.count == 1 ? changed[0].factor.kind : .product(changed))
    }
  }

  private mutating func visitDerivative(
    _ part: Syntax, _ derivative: DerivativeSyntax, _ bound: [String], _ depth: Int
  ) {
    for place in derivative.variables.indices {
      let variable = derivative.variables[place].variable
      for other in vocabulary.variables
      where other.slotCount == variable.slotCount && !other.isWritten(like: variable) {
        var changed = derivative
        changed.variables[place].variable = Syntax(other.kind, variable.range)
        add(.variable, part, .derivative(changed))
      }
      if case .indexed = variable.kind { visit(variable, bound: bound, depth: depth + 1) }
    }
    visit(derivative.subject, bound: bound, depth: depth + 1)
  }

  // MARK: Spellings

  private static func distinct(_ letters: [String]) -> [String] {
    var found: [String] = []
    for letter in letters where !found.contains(letter) { found.append(letter) }
    return found
  }

  /// A numeral that differs in its first significant digit, or by 1.
  static func other(_ digits: String) -> String? {
    if let value = Int(digits) { return value < 1_000_000 ? "\(value + 1)" : nil }
    var bytes = Array(digits.utf8)
    guard let place = bytes.firstIndex(where: { (0x31...0x39).contains($0) }) else { return nil }
    bytes[place] = bytes[place] == 0x39 ? 0x38 : bytes[place] + 1
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Syntax {
  /// How many indices stand at a name.
  fileprivate var slotCount: Int {
    if case .indexed(_, let indices) = kind { indices.count } else { 0 }
  }
}
