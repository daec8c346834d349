import NablaExpressions
import NablaNotation
import NablaRendering

/// What the words of a clause suppose of the formula in it.
enum SupposedProperty {
  case symmetric, identity, active, inactive, positive, negative, nonnegative, zero

  private static let rows: [(SupposedProperty, [String])] = [
    (
      .symmetric,
      [
        "symmetric", "symmetrisch", "symétrique", "simétrica", "simétrico", "simmetrica",
        "symmetrische", "symmetrisches", "симметричная", "симметрична",
      ]
    ),
    (
      .identity,
      [
        "identity", "linear", "identität", "identité", "linéaire", "identidad", "lineal",
        "identità",
        "lineare", "identidade", "тождественная", "линейная",
      ]
    ),
    (.active, ["active", "aktiv", "actif", "actifs", "actives", "activos", "activas", "attive"]),
    (.inactive, ["inactive", "inaktiv", "inactif", "inactifs", "inactivos", "dead"]),
    (.positive, ["positive", "positiv", "positif", "positivo", "positiva", "положительно"]),
    (.negative, ["negative", "negativ", "négatif", "negativo", "negativa", "отрицательно"]),
    (.nonnegative, ["nonnegative", "nichtnegativ"]),
    (.zero, ["zero", "null", "nul", "nulle", "cero", "нулю"]),
  ]

  private static let table: [String: SupposedProperty] = {
    var table: [String: SupposedProperty] = [:]
    for (property, words) in rows { for word in words { table[word] = property } }
    return table
  }()

  /// Words that turn a property into its opposite.
  private static let denials: Set<String> = [
    "not", "nicht", "non", "pas", "no", "не", "keine", "kein", "unless",
  ]

  /// The one property that words name; nil for none, several, or a denied one.
  static func named(in words: [String]) -> SupposedProperty? {
    if words.contains(where: { denials.contains($0) }) { return nil }
    let found = words.compactMap { table[$0] }
    return found.count == 1 ? found[0] : nil
  }
}

extension Judge {
  /// Takes what the words of a clause suppose; what they mean stays open if no table knows them.
  mutating func suppose(_ clause: Submission.Fact, in pool: inout ExpressionPool) {
    guard let source, takenClauses.insert(clause.range).inserted else { return }
    here = clause.spot
    reach = clause.reach
    if supposedRanges.contains(where: { clause.range.encloses($0) }) { return }
    let text = source.text(in: clause.range)
    let words = text.lowercased().split { !$0.isLetter }.map { String($0) }
    let lone = loneFormulas.filter { clause.range.encloses($0.range) }
    let unread = Hypothesis.Content.unread(text)
    guard let property = SupposedProperty.named(in: words) else {
      // One-hot labels and the like are told by facts of their own.
      if statesNormalisation, lone.count <= 1, words.contains("hot") { return }
      take(unread, shown: nil)
      return
    }
    let zero = Syntax(.number("0"), clause.range)
    switch property {
    case .symmetric:
      let names = lone.isEmpty ? squareMatrices(in: pool) : lone
      guard names.count == 1, let own = symmetric(names[0], in: &pool) else { break }
      let transposed = Syntax(.transpose(names[0]), names[0].range)
      let shown = Syntax(.comparison(names[0], .equal, transposed), names[0].range)
      take(.replacement(own), shown: Formula(condition: shown))
      return
    case .identity:
      guard lone.count == 1, let function = lone[0].functionName.flatMap({ scope.names[$0] }),
        pool.kind(of: function) == .function, scope.definitions[function] == nil
      else { break }
      let argument = Syntax(.name("s"), clause.range)
      guard let own = self.function(function, of: "s", as: argument, in: &pool) else { break }
      let call = CallSyntax(
        function: NameSyntax(lone[0].functionName ?? "", clause.range), arguments: [argument])
      let shown = Syntax(
        .comparison(Syntax(.call(call), clause.range), .equal, argument), clause.range)
      take(.definition(own), shown: Formula(condition: shown))
      return
    case .active, .inactive:
      let own = withoutKinks(positive: property == .active, in: &pool)
      if own.isEmpty { break }
      take(.kinks(own, nil), shown: .text(text))
      return
    case .positive, .negative, .nonnegative, .zero:
      if lone.isEmpty { break }
      let operation: ComparisonOperator =
        switch property {
        case .positive: .greater
        case .negative: .less
        case .nonnegative: .greaterOrEqual
        default: .equal
        }
      for name in lone {
        suppose(Syntax(.comparison(name, operation, zero), name.range), in: &pool)
      }
      return
    }
    take(unread, shown: nil)
  }

  /// Keeps a formula that stands alone, for the words round it.
  mutating func noteLone(_ chains: [RelationChain], in pool: inout ExpressionPool) {
    guard chains.count == 1, chains[0].members.count == 1,
      case .expression(let syntax) = chains[0].members[0].content
    else { return }
    if case .comparison = syntax.kind { return }
    if loneFormulas.count > 200 { loneFormulas.removeFirst(100) }
    let own = inProblemNames(syntax, in: pool)
    loneFormulas.append(own)
    noteTrueClass(own, in: &pool)
    noteMatrix(own, pool)
  }

  private func squareMatrices(in pool: borrowing ExpressionPool) -> [Syntax] {
    var found: [Syntax] = []
    for (name, symbol) in scope.names.sorted(by: { $0.key < $1.key }) {
      let declared = pool.declaration(of: symbol)
      guard declared.kind == .array, declared.ranges.count == 2,
        declared.ranges[0] == declared.ranges[1], scope.definitions[symbol] == nil
      else { continue }
      found.append(Syntax(.name(name), SourceRange(0, 0)))
    }
    return found
  }

}

extension SourceRange {
  fileprivate func encloses(_ other: SourceRange) -> Bool {
    lower <= other.lower && other.upper <= upper
  }
}

extension Syntax {
  /// The name of a function, alone or applied.
  fileprivate var functionName: String? {
    switch kind {
    case .name(let name): name
    case .call(let call): call.function.text
    default: nil
    }
  }
}
