import NablaNotation
import NablaNumbers

extension SlipSearch {
  /// A number that is written.
  struct WrittenNumber {
    let node: Syntax
    let digits: String
    let isFactor: Bool
    let whole: (Syntax) -> Syntax

    var places: Int {
      guard let point = digits.utf8.firstIndex(of: 0x2E) else { return 0 }
      return digits.utf8.distance(from: point, to: digits.utf8.endIndex) - 1
    }

    var significant: Int {
      digits.utf8.filter { $0 != 0x2E }.drop { $0 == 0x30 }.count
    }

    /// By how much it may have been rounded, where it looks as if it was.
    var rounding: Double {
      guard places >= 3, significant >= 3 else { return 0 }
      var half = 0.5
      for _ in 0..<Swift.min(places, 18) { half /= 10 }
      return half
    }

    /// Whether it may stand for a value.
    func shows(_ value: Rational) -> Bool { rounded(value) }

    /// Whether it is a value that was calculated with rounded numbers: off by a unit at the end.
    var almost: (Rational) -> Bool {
      let rounded = rounded
      guard significant > 2, let own = Rational(decimal: digits)?.doubleValue else {
        return rounded
      }
      let unit = 3 * rounding
      return { rounded($0) || abs($0.doubleValue - own) <= unit }
    }

    var rounded: (Rational) -> Bool {
      let own = Rational(decimal: digits)
      let places = places
      let isLong = significant > 1 && places > 0
      return { value in
        if value == own { return true }
        guard isLong, let shown = Rational(decimal: value.decimal(places: places)) else {
          return false
        }
        return shown == own
      }
    }
  }

  /// The numbers of an expression that are no exponents.
  static func numbers(of side: Syntax) -> [WrittenNumber] {
    var found: [WrittenNumber] = []
    func visit(_ node: Syntax, _ isFactor: Bool, _ whole: @escaping (Syntax) -> Syntax) {
      if case .number(let digits) = node.kind {
        found.append(WrittenNumber(node: node, digits: digits, isFactor: isFactor, whole: whole))
        return
      }
      let parts = node.parts
      var isProduct = false
      switch node.kind {
      case .product: isProduct = true
      case .negation: isProduct = isFactor
      default: break
      }
      for (number, part) in parts.enumerated() {
        if case .power = node.kind, number == 1 { continue }
        visit(part, isProduct) { new in
          var copy = parts
          copy[number] = new
          return whole(node.withParts(copy))
        }
      }
    }
    visit(side, false) { $0 }
    return found
  }
}
