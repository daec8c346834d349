import NablaExpressions
import NablaNumbers

extension ExpressionPool {
  /// Whether an expression has integer values only: indices, sizes and what is made of them.
  package func isWhole(_ handle: Handle) -> Bool { isMadeOfWholes(handle, isStrict: true) }

  /// Whether an expression takes its values from a set without an interior, such as N/2 or a sign
  /// over 3, so that integers may be among them at whole regions of what it depends on.
  package func isDiscrete(_ handle: Handle) -> Bool { isMadeOfWholes(handle, isStrict: false) }

  private func isMadeOfWholes(_ handle: Handle, isStrict: Bool) -> Bool {
    var open = [handle]
    var budget = 200
    while let handle = open.popLast() {
      budget -= 1
      if budget < 0 { return false }
      switch self[handle] {
      case .integer, .delta, .indicator, .bound: break
      case .number: if isStrict, rational(handle)?.isInteger != true { return false }
      case .symbol(let id):
        switch kind(of: id) {
        case .index, .label, .dimension: break
        case .scalar, .array, .function: return false
        }
      case .entry(let id, _): if !declaration(of: id).domain.isOneHot { return false }
      case .sum(let list), .product(let list), .heldSum(let list), .heldProduct(let list),
        .maximum(let list), .minimum(let list):
        open += operands(list)
      case .negation(let child): open.append(child)
      case .function(.sign, _), .function(.step, _): break
      case .function(.abs, let child), .function(.relu, let child): open.append(child)
      case .power(let base, let exponent):
        guard let order = rational(exponent), order.isInteger, !isStrict || !order.isNegative
        else { return false }
        open.append(base)
      case .quotient(let above, let below):
        if isStrict { return false }
        open += [above, below]
      case .indexedSum(_, let body), .indexedProduct(_, let body): open.append(body)
      case .piecewise(let list):
        let branches = operands(list)
        for (place, branch) in branches.enumerated()
        where place & 1 == 1 || place + 1 == branches.count {
          open.append(branch)
        }
      default: return false
      }
    }
    return true
  }
}
