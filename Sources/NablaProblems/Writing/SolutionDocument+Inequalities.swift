import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

extension SolutionDocument {
  /// What is to be shown, the squares that show it, and the verdict.
  mutating func writeInequality(
    _ solved: SolvedTask, _ left: Handle, _ relation: Relation, _ right: Handle,
    _ pool: inout ExpressionPool
  ) {
    guard let proof = solved.comparison else { return }
    avoidLetters(of: [left, right], &pool)
    defer { builder.avoidedNames = [] }
    let claim = Formula.relation(
      formula(left, &pool), Formula.Relation(relation), formula(right, &pool))
    var lead: [Inline] = [.strong([words("To show: ")]), .formula(claim)]
    if let condition = solved.task.condition {
      lead += [words(" for "), .formula(formula(condition, &pool))]
    }
    document.blocks.append(.lead(lead + [.text(".")]))
    switch proof.verdict {
    case .proved(let notes):
      writeSquares(proof, relation, &pool)
      document.blocks.append(.result(claim, also: nil, label: nil))
      let text =
        proof.ground.isEmpty
        ? "Proved from the signs of its parts"
        : pool.areDefinedEverywhere([left, right], solved.task.scope.definitions)
          ? "Proved" : "Proved, wherever both sides are defined"
      var line: [Inline] = [words(text)]
      for (place, assumption) in notes.uses.enumerated() {
        line += [words(place == 0 ? " with " : " and "), .formula(formula(assumption, &pool))]
      }
      document.blocks.append(.check(.passed, line + [.text(".")]))
    case .refuted(let found), .conditional(_, let found):
      // The values of a counterexample are those of the relation: 0 where it does not hold.
      var point: [Inline] = []
      for coordinate in found.coordinates(with: &builder, in: &pool) {
        point.append(point.isEmpty ? words(" at ") : .text(", "))
        point.append(.formula(.relation(coordinate.name, .equal, coordinate.value)))
      }
      document.blocks.append(
        .check(.failed, [words("The claim is false")] + point + [.text(".")]))
    case .undecided, .exhausted:
      document.blocks.append(
        .check(.undecided, [words("Neither a proof nor a counterexample was found.")]))
    }
  }

  /// greater − smaller = … = a sum of squares ≥ 0.
  private mutating func writeSquares(
    _ proof: InequalityProof, _ relation: Relation, _ pool: inout ExpressionPool
  ) {
    guard detail > .brief, let start = proof.ground.first else { return }
    var rows: [DerivationRow] = []
    let reasons = ["carry out and collect", "complete the square"]
    var last = start
    for (place, line) in proof.ground.dropFirst().enumerated() {
      // Terms in another order are no step.
      if place == 0, pool.areIdentical(line, last) { continue }
      rows.append(
        DerivationRow(
          rows.isEmpty ? formula(start, &pool) : nil, .equal, formula(line, &pool),
          because: [words(reasons[place])]))
      last = line
    }
    let isStrict = relation == .less || relation == .greater
    rows.append(
      DerivationRow(
        rows.isEmpty ? formula(start, &pool) : nil, isStrict ? .greater : .greaterOrEqual,
        .number("0"), because: [words("no term is negative")]))
    document.blocks.append(.derivation(rows))
  }
}

extension ExpressionPool {
  /// Whether nothing but sums, products, whole powers and numbers below a stroke stand above names
  /// that are given.
  fileprivate func areDefinedEverywhere(_ handles: [Handle], _ definitions: Definitions) -> Bool {
    var open = handles
    var seen: Set<Handle> = []
    while let next = open.popLast() {
      if !seen.insert(next).inserted { continue }
      switch self[next] {
      case .integer, .number, .constant: continue
      case .symbol(let id), .entry(let id, _):
        if definitions[id] != nil { return false }
      case .sum(let list), .product(let list), .heldSum(let list), .heldProduct(let list):
        open += operands(list)
      case .negation(let inner): open.append(inner)
      case .power(let base, let exponent):
        guard let order = rational(exponent), order.isInteger, order.signum > 0 else {
          return false
        }
        open.append(base)
      case .quotient(let above, let below):
        guard let number = rational(below), number.signum != 0 else { return false }
        open.append(above)
      default: return false
      }
    }
    return true
  }
}
