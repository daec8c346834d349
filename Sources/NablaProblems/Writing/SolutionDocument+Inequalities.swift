import NablaExpressions
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
      var line: [Inline] = [
        words(
          proof.ground.isEmpty
            ? "Proved from the signs of its parts" : "Proved, wherever both sides are defined")
      ]
      for (place, assumption) in notes.uses.enumerated() {
        line += [words(place == 0 ? " with " : " and "), .formula(formula(assumption, &pool))]
      }
      document.blocks.append(.check(.passed, line + [.text(".")]))
    case .refuted(let counterexample), .conditional(_, let counterexample):
      document.blocks.append(
        .check(
          .failed, sentence("The claim is false: %1", .text(told(pool.text(of: counterexample))))))
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
    for (place, line) in proof.ground.dropFirst().enumerated() where line != proof.ground[place] {
      rows.append(
        DerivationRow(
          rows.isEmpty ? formula(start, &pool) : nil, .equal, formula(line, &pool),
          because: [words(reasons[place])]))
    }
    let isStrict = relation == .less || relation == .greater
    rows.append(
      DerivationRow(
        rows.isEmpty ? formula(start, &pool) : nil, isStrict ? .greater : .greaterOrEqual,
        .number("0"), because: [words("no term is negative")]))
    document.blocks.append(.derivation(rows))
  }
}
