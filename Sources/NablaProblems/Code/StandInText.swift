import NablaExpressions

/// Smooth functions with known derivatives in the place of unknown ones.
enum StandInText {
  /// 2 + sin(c₁x₁ + c₂x₂ + …), whose derivatives of every order are sines times powers of c.
  private static func parts(
    _ symbol: SymbolID, _ pool: borrowing ExpressionPool
  ) -> (orders: [Int], seed: Int) {
    let derivative = pool.functionDerivative(of: symbol)
    let base = derivative?.function ?? symbol
    let count = max(1, derivative?.orders.count ?? pool.declaration(of: base).arity ?? 1)
    return (derivative?.orders ?? Array(repeating: 0, count: count), Int(base.index % 7))
  }

  private static func formula(
    _ symbol: SymbolID, _ names: [String], _ sine: String, _ pool: borrowing ExpressionPool
  ) -> String {
    let (orders, seed) = parts(symbol, pool)
    var angle = ""
    var factor = 1.0
    var total = 0
    for (place, order) in orders.enumerated() {
      let rate = 0.5 + 0.25 * Double(place) + 0.0625 * Double(seed)
      for _ in 0..<min(max(order, 0), 50) {
        factor *= rate
        total += 1
      }
      angle += (place == 0 ? "" : " + ") + "\(rate) * \(names[place])"
    }
    let shift = Double(total % 4)
    var text = shift == 0 ? "\(sine)(\(angle))" : "\(sine)(\(angle) + \(shift) * PI / 2.0)"
    if factor != 1 { text = "\(factor) * " + text }
    return total == 0 ? "2.0 + " + text : text
  }

  private static func replacing(_ text: String, with pi: String) -> String {
    var result = ""
    for (place, part) in text.split(separator: "P", omittingEmptySubsequences: false).enumerated() {
      result += place == 0 ? String(part) : pi + part.dropFirst()
    }
    return result
  }

  private static func names(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> [String] {
    let count = parts(symbol, pool).orders.count
    return count == 1 ? ["x"] : (1...count).map { "x\($0)" }
  }

  static func python(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    let names = names(symbol, pool)
    var head = "lambda "
    for (place, name) in names.enumerated() { head += (place == 0 ? "" : ", ") + name }
    return head + ": " + replacing(formula(symbol, names, "np.sin", pool), with: "np.pi")
  }

  static func swift(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> String {
    let names = names(symbol, pool)
    var head = ""
    for (place, name) in names.enumerated() { head += (place == 0 ? "" : ", ") + name }
    return "{ \(head) in " + replacing(formula(symbol, names, "sin", pool), with: "Double.pi")
      + " }"
  }

  /// The number of arguments.
  static func count(_ symbol: SymbolID, _ pool: borrowing ExpressionPool) -> Int {
    parts(symbol, pool).orders.count
  }
}
