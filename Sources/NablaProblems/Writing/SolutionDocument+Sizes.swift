import NablaCalculus
import NablaExpressions
import NablaNumbers
import NablaRendering

extension SolutionDocument {
  /// The size of every quantity, in symbols and, where they are known, in numbers.
  mutating func writeShapes(_ lines: [ShapeLine], _ pool: inout ExpressionPool) {
    var rows: [[[Inline]]] = []
    var hasNumbers = false
    for line in lines {
      let sizes = formulas(line.sizes, &pool)
      let isSymbolic = line.numbers.map { numbers in
        zip(sizes, numbers).contains { $0 != .number($1.description) }
      }
      var row: [[Inline]] = [
        [.formula(formula(line.quantity, &pool))],
        line.sizes.isEmpty ? [words("scalar")] : [.formula(.realSpace(sizes))],
      ]
      if let numbers = line.numbers, isSymbolic == true {
        hasNumbers = true
        row.append([.text(numbers.map { $0.description }.joined(separator: " × "))])
      } else {
        row.append([])
      }
      rows.append(row)
    }
    var header: [[Inline]] = [[words("quantity")], [words("shape")], [words("size")]]
    if !hasNumbers {
      header.removeLast()
      for place in rows.indices { rows[place].removeLast() }
    }
    if !rows.isEmpty { document.blocks.append(.table(Table(header: header, rows: rows))) }
  }

  /// The number of learnable parameters layer by layer, with the arithmetic.
  mutating func writeParameters(_ lines: [ParameterLine], _ pool: inout ExpressionPool) {
    var rows: [[[Inline]]] = []
    var numbers: [Integer]? = []
    var counts: [Formula] = []
    for line in lines {
      let names = line.parameters.map { formula($0.quantity, &pool) }
      var arithmetic = formula(line.count, &pool)
      if let number = line.number {
        let sizes = self.arithmetic(of: line)
        let value = Formula.number(number.description)
        arithmetic = sizes == value ? value : .relation(sizes, .equal, value)
        numbers?.append(number)
        counts.append(value)
      } else {
        numbers = nil
        counts.append(arithmetic)
      }
      rows.append([
        line.layer.map { [.formula(formula($0, &pool))] } ?? [],
        [.formula(.list(names))],
        [.formula(arithmetic)],
      ])
    }
    if lines.count > 1 {
      var total = Formula.sum(counts.map { Formula.Term(.plus, $0) })
      if numbers == nil {
        var sizes: [Handle] = []
        for line in lines { sizes.append(line.count) }
        let collected = pool.canonicalSum(sizes.map { pool.canonical($0) })
        total = formula(pool.presentable(collected), &pool)
      }
      if let numbers {
        var sum: Integer = 0
        for number in numbers { sum = sum + number }
        total = .relation(total, .equal, .number(sum.description))
      }
      rows.append([[.strong([words("all")])], [], [.formula(total)]])
    }
    document.blocks.append(
      .table(
        Table(
          header: [[words("layer")], [words("parameters")], [words("number")]], rows: rows)))
  }

  /// The sizes multiplied and added: 1024·30 + 1024.
  private func arithmetic(of line: ParameterLine) -> Formula {
    var terms: [Formula.Term] = []
    for parameter in line.parameters {
      let factors = (parameter.numbers ?? []).map { Formula.number($0.description) }
      terms.append(
        Formula.Term(
          .plus,
          factors.isEmpty ? .number("1") : factors.count == 1 ? factors[0] : .product(factors)))
    }
    return terms.count == 1 ? terms[0].formula : .sum(terms)
  }

  mutating func formulas(_ handles: [Handle], _ pool: inout ExpressionPool) -> [Formula] {
    var formulas: [Formula] = []
    for handle in handles { formulas.append(formula(handle, &pool)) }
    return formulas
  }
}
