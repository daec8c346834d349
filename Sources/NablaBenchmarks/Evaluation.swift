import Foundation
import NablaExpressions

extension ExpressionPool {
  /// The values of expressions at a point: one pass over the nodes in the order of their handles.
  func values(of roots: [Handle], at point: [SymbolID: Double]) -> [Double] {
    var values = [Double](repeating: .nan, count: count)
    for handle in nodesBelow(roots) {
      values[Int(handle.index)] = value(of: handle, values, point)
    }
    return roots.map { values[Int($0.index)] }
  }

  private func value(
    of handle: Handle, _ values: [Double], _ point: [SymbolID: Double]
  ) -> Double {
    func known(_ handle: Handle) -> Double { values[Int(handle.index)] }
    switch self[handle] {
    case .integer, .number: return rational(handle)?.doubleValue ?? .nan
    case .symbol(let id): return point[id] ?? .nan
    case .sum(let list): return operands(list).reduce(0) { $0 + known($1) }
    case .product(let list): return operands(list).reduce(1) { $0 * known($1) }
    case .power(let base, let exponent): return pow(known(base), known(exponent))
    case .quotient(let above, let below): return known(above) / known(below)
    case .negation(let operand): return -known(operand)
    case .function(let function, let argument):
      switch function {
      case .exp: return exp(known(argument))
      case .log: return log(known(argument))
      case .sin: return sin(known(argument))
      case .cos: return cos(known(argument))
      case .tanh: return tanh(known(argument))
      default: return .nan
      }
    default: return .nan
    }
  }
}
