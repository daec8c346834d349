import NablaExpressions
import NablaNumbers

extension GivenValues {
  /// Every choice of places for some indices, row by row; none if a size is not known or too great.
  func places(
    of indices: [SymbolID], _ pool: inout ExpressionPool
  ) -> [Substitution] {
    var found = [Substitution()]
    for index in indices {
      guard let range = pool.declaration(of: index).ranges.first,
        let lower = exactValue(of: range.lower, &pool)?.asInt,
        let upper = exactValue(of: range.upper, &pool)?.asInt,
        upper >= lower, upper < lower.addingReportingOverflow(100).partialValue
      else { return [] }
      var longer: [Substitution] = []
      for choice in found {
        for value in lower...upper {
          var next = choice
          next.symbols[index] = pool.integer(value)
          longer.append(next)
        }
      }
      found = longer
    }
    return found
  }
}
