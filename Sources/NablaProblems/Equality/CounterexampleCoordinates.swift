import NablaCalculus
import NablaExpressions
import NablaNumbers
import NablaRendering
import NablaVerification

/// A coordinate of a point.
struct Coordinate {
  let name: Formula
  let value: Formula
  /// The value as a fraction.
  let exact: String?

  init(_ name: Formula, _ value: Formula, exact: String? = nil) {
    self.name = name
    self.value = value
    self.exact = exact
  }
}

extension ExactCounterexample {
  /// The coordinates of a point: sizes and indices, entries, unknown functions.
  func coordinates(
    with builder: inout FormulaBuilder, in pool: inout ExpressionPool
  ) -> [Coordinate] {
    var places: [Coordinate] = []
    for (symbol, value) in integers {
      let name = builder.formula(of: pool.symbol(symbol), in: &pool)
      places.append(Coordinate(name, builder.formula(of: pool.integer(value), in: &pool)))
    }
    for (slot, value) in coordinates {
      let name =
        slot.indices.isEmpty
        ? pool.symbol(slot.symbol)
        : pool.entry(slot.symbol, slot.indices.map { pool.integer($0) })
      let shown = builder.formula(of: name, in: &pool)
      places.append(
        Coordinate(
          shown, builder.formula(of: pool.number(value), in: &pool), exact: value.description))
    }
    for (symbol, terms) in functions {
      let arity = terms.first?.orders.count ?? 1
      var variables: [Handle] = []
      for place in 0..<arity {
        let name = arity == 1 ? "x" : "x\(place + 1)"
        variables.append(pool.symbol(pool.declare(Symbol(name, .scalar))))
      }
      let body = pool.presentable(pool.canonical(pool.polynomial(terms, in: variables)))
      let name = builder.formula(of: pool.apply(symbol, variables), in: &pool)
      places.append(Coordinate(name, builder.formula(of: body, in: &pool)))
    }
    return places
  }
}

extension ExpressionPool {
  fileprivate mutating func polynomial(
    _ terms: [StandInTerm], in variables: [Handle]
  ) -> Handle {
    var sum: [Handle] = []
    for term in terms {
      var factors = [number(term.coefficient)]
      for (variable, order) in zip(variables, term.orders) where order > 0 {
        factors.append(writtenPower(variable, integer(order)))
      }
      sum.append(writtenProduct(factors))
    }
    return writtenSum(sum)
  }
}
