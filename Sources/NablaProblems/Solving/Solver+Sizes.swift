import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers

/// The size of one quantity.
package struct ShapeLine: Sendable {
  package let quantity: Handle
  /// The sizes of its axes as they were declared or inferred; none for a scalar.
  package let sizes: [Handle]
  /// The sizes as numbers, where all are known.
  package let numbers: [Integer]?
}

/// The learnable parameters of one layer.
package struct ParameterLine: Sendable {
  /// The quantity into which the parameters enter.
  package let layer: Handle?
  package let parameters: [ShapeLine]
  /// How many numbers they hold, as a sum of products of sizes.
  package let count: Handle
  package let number: Integer?
}

extension Solver {
  /// The sizes of quantities, in the order asked for.
  func shapes(
    of symbols: [SymbolID], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [ShapeLine] {
    let values = GivenValues(scope, in: &pool)
    var lines: [ShapeLine] = []
    for symbol in symbols { lines.append(shape(of: symbol, values, &pool)) }
    return lines
  }

  private func shape(
    of symbol: SymbolID, _ values: GivenValues, _ pool: inout ExpressionPool
  ) -> ShapeLine {
    var sizes: [Handle] = []
    var numbers: [Integer]? = []
    for range in pool.declaration(of: symbol).ranges {
      let size = pool.size(of: range)
      sizes.append(pool.presentable(size))
      if let value = values.exactValue(of: size, &pool), value.isInteger {
        numbers?.append(value.numerator)
      } else {
        numbers = nil
      }
    }
    return ShapeLine(quantity: pool.symbol(symbol), sizes: sizes, numbers: numbers)
  }

  /// Parameters gathered by the quantity into which they enter first, in the order of computation.
  func parameterCounts(
    of symbols: [SymbolID], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> [ParameterLine] {
    let values = GivenValues(scope, in: &pool)
    var layers: [(layer: SymbolID?, parameters: [SymbolID])] = []
    for symbol in symbols {
      var layer: SymbolID?
      for definition in scope.definitions.all
      where pool.symbolsMentioned(in: definition.body, scope.definitions).contains(symbol) {
        layer = definition.symbol
        break
      }
      if let place = layers.firstIndex(where: { $0.layer == layer }) {
        layers[place].parameters.append(symbol)
      } else {
        layers.append((layer, [symbol]))
      }
    }
    var lines: [ParameterLine] = []
    for (layer, parameters) in layers {
      var shapes: [ShapeLine] = []
      var terms: [Handle] = []
      for parameter in parameters {
        let shape = shape(of: parameter, values, &pool)
        shapes.append(shape)
        terms.append(
          shape.sizes.isEmpty
            ? pool.one
            : shape.sizes.count == 1 ? shape.sizes[0] : pool.writtenProduct(shape.sizes))
      }
      let count = terms.count == 1 ? terms[0] : pool.writtenSum(terms)
      lines.append(
        ParameterLine(
          layer: layer.map { pool.symbol($0) }, parameters: shapes, count: count,
          number: values.exactValue(of: count, &pool)?.numerator))
    }
    return lines
  }
}
