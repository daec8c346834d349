import NablaExpressions
import NablaNumbers
import NablaRendering
import NablaRewriting

extension SolutionDocument {
  /// The result at the values given: in one line, or for each value of the free indices.
  mutating func writeNumbers(
    _ solved: SolvedDerivation, because reason: [Inline], _ pool: inout ExpressionPool
  ) {
    if solved.numbers.count == 1 {
      let line = solved.numbers[0]
      let value = text(of: line.value, decimals: nil, pool)
      let relation = value.isExact ? Formula.Relation.equal : .approximatelyEqual
      var right = Formula.number(value.text)
      var outer = relation
      if detail > .brief, let substituted = line.substituted, line.value.handle != substituted {
        right = .relation(formula(substituted, &pool), relation, right)
        outer = .equal
      }
      writeNumbers(DerivationRow(formula(line.goal, &pool), outer, right, because: reason))
      return
    }
    if !solved.values.isEmpty {
      let whole = wholeDerivative(solved, &pool)
      let (matrix, isExact) = matrix(of: solved.values, decimals: nil, pool)
      writeNumbers(
        DerivationRow(whole, isExact ? .equal : .approximatelyEqual, matrix, because: reason))
      return
    }
    var values: [Formula] = []
    for line in solved.numbers {
      let value = text(of: line.value, decimals: nil, pool)
      values.append(
        .relation(
          formula(line.goal, &pool), value.isExact ? .equal : .approximatelyEqual,
          .number(value.text)))
    }
    if !values.isEmpty { document.blocks.append(.values(values)) }
  }

  private mutating func writeNumbers(_ row: DerivationRow) {
    if detail == .brief {
      writeInKey(row)
    } else {
      document.blocks.append(.derivation([row]))
    }
  }

  /// A line of a solution key; lines that follow one another stand below each other.
  mutating func writeInKey(_ row: DerivationRow) {
    if document.blocks.count == blocksWithNumbers,
      case .derivation(let rows)? = document.blocks.last
    {
      document.blocks[document.blocks.count - 1] = .derivation(rows + [row])
    } else {
      document.blocks.append(.derivation([row]))
    }
    blocksWithNumbers = document.blocks.count
  }

  /// Values as a matrix, and whether they are shown exactly; a solution key sets a column in a
  /// line.
  func matrix(
    of values: [[NumericValue]], decimals: Int?, _ pool: borrowing ExpressionPool
  ) -> (Formula, isExact: Bool) {
    var isExact = true
    var entries: [[Formula]] = []
    for row in values {
      var cells: [Formula] = []
      for value in row {
        let shown = text(of: value, decimals: decimals, pool)
        isExact = isExact && shown.isExact
        cells.append(.number(shown.text))
      }
      entries.append(cells)
    }
    if detail == .brief, entries.allSatisfy({ $0.count == 1 }) {
      return (.held(.list(entries.map { $0[0] })), isExact)
    }
    return (.matrix(entries), isExact)
  }

  func text(
    of value: NumericValue, decimals: Int?, _ pool: borrowing ExpressionPool
  ) -> (text: String, isExact: Bool) {
    let digits = detail == .brief ? 6 : 10
    switch value {
    case .exact(let handle):
      guard let exact = pool.rational(handle) else { return ("", true) }
      if let decimals {
        let rounded = exact.decimal(places: decimals)
        return (rounded, exact.terminatingDecimal == rounded)
      }
      if let decimal = exact.terminatingDecimal, decimal.utf8.count <= 2 * digits {
        return (decimal, true)
      }
      return (exact.decimal(significantDigits: digits), false)
    case .approximate(0): return ("0", false)
    case .approximate(let double):
      guard let exact = Rational(exactly: double) else { return ("\(double)", false) }
      if let decimals { return (exact.decimal(places: decimals), false) }
      return (exact.decimal(significantDigits: digits), false)
    case .undefined: return (say("undefined"), true)
    }
  }
}

extension [DerivationRow] {
  /// The lines as one: left = … = … = right, without reasons.
  var joined: [DerivationRow] {
    guard count > 1, let first, !dropFirst().contains(where: { $0.left != nil }) else {
      return self
    }
    var links: [Formula.RelationLink] = []
    for row in dropFirst() { links.append(Formula.RelationLink(row.relation, row.right)) }
    return [DerivationRow(first.left, first.relation, .relation(first.right, links))]
  }
}
