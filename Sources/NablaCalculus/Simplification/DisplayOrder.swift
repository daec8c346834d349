import NablaExpressions
import NablaNumbers

/// Where an operand stands among others when written: by kind, then by the author's first
/// occurrence, higher degrees first, then by structure.
struct DisplayKey: Comparable {
  var kind: Int
  var firstSymbol: UInt32
  var degree: Int
  var fingerprint: UInt64

  static func < (left: DisplayKey, right: DisplayKey) -> Bool {
    if left.kind != right.kind { return left.kind < right.kind }
    if left.firstSymbol != right.firstSymbol { return left.firstSymbol < right.firstSymbol }
    if left.degree != right.degree { return left.degree > right.degree }
    return left.fingerprint < right.fingerprint
  }

  /// The key among factors, where numbers come first.
  var asFactor: DisplayKey {
    var key = self
    if kind == DisplayKey.number { key.kind = -1 }
    return key
  }

  static let plain = 1
  static let composite = 3
  static let binder = 4
  static let number = 2
  static let delta = 6
}

extension ExpressionPool {
  mutating func displayKey(_ handle: Handle) -> DisplayKey {
    DisplayKey(
      kind: displayKind(handle), firstSymbol: firstSymbol(handle), degree: displayDegree(handle),
      fingerprint: fingerprint(handle))
  }

  private func displayKind(_ handle: Handle) -> Int {
    switch self[handle] {
    case .integer, .number, .constant: return DisplayKey.number
    case .symbol, .entry, .bound, .determinant: return DisplayKey.plain
    case .indicator: return 0
    case .delta: return DisplayKey.delta
    case .power(let base, _), .root(let base, _): return displayKind(base)
    case .negation(let inner): return displayKind(inner)
    case .quotient(let above, let below):
      let top = displayKind(above)
      return top == DisplayKey.number && !isNumber(below) ? displayKind(below) : top
    case .product(let list):
      var kind = DisplayKey.number
      for place in 0..<count(list) {
        let own = displayKind(operand(list, place))
        if own == DisplayKey.number || own == 0 || own == DisplayKey.delta { continue }
        kind = kind == DisplayKey.number ? own : max(kind, own)
      }
      return kind
    case .indexedSum, .indexedProduct: return DisplayKey.binder
    default: return DisplayKey.composite
    }
  }

  private func displayDegree(_ handle: Handle) -> Int {
    switch self[handle] {
    case .power(_, let exponent): return rational(exponent)?.asInt ?? 1
    case .product(let list):
      var total = 0
      for place in 0..<count(list) { total += displayDegree(operand(list, place)) }
      return total
    case .integer, .number: return 0
    case .function(.exp, let exponent):
      // exp(x) + exp(−x), as one writes it.
      if case .negation = self[exponent] { return 0 }
      return splitsOffNegative(exponent) ? 0 : 1
    case .quotient(let above, _): return displayDegree(above)
    case .negation(let inner): return displayDegree(inner)
    default: return 1
    }
  }

  private func splitsOffNegative(_ handle: Handle) -> Bool {
    guard case .product(let list) = self[handle] else { return false }
    return (rational(operand(list, 0))?.signum ?? 1) < 0
  }
}
