extension Term {
  /// The term in plain notation.
  package var plain: String { plain(0) }

  private func plain(_ least: Int) -> String {
    let (text, own) = written
    return own < least ? "(\(text))" : text
  }

  /// The text and how tightly it binds: sums 0, products 1, powers 2, atoms 3.
  private var written: (String, Int) {
    switch head {
    case .number(let value): return ("\(value)", 3)
    case .constant(let name), .name(let name): return (name, 3)
    case .entry(let name, let indices): return (name + "[" + list(indices) + "]", 3)
    case .add: return (parts[0].plain(0) + " + " + parts[1].plain(1), 0)
    case .subtract: return (parts[0].plain(0) + " - " + parts[1].plain(1), 0)
    case .multiply: return (parts[0].plain(1) + "*" + parts[1].plain(2), 1)
    case .divide: return (parts[0].plain(1) + "/" + parts[1].plain(2), 1)
    case .power: return (parts[0].plain(3) + "^" + parts[1].plain(3), 2)
    case .negate: return ("-" + parts[0].plain(1), 0)
    case .call(let function, let primes):
      let name = function + String(repeating: "'", count: primes)
      return (name + "(" + list(parts.map { $0.plain }) + ")", 3)
    case .sum(let index, let except): return (big("sum", index, except), 3)
    case .product(let index, let except): return (big("product", index, except), 3)
    case .delta(let one, let other): return ("delta(\(one), \(other))", 3)
    case .indicator(let relation):
      return ("1[\(parts[0].plain) \(relation.rawValue) \(parts[1].plain)]", 3)
    case .piecewise(let relation):
      let condition = "\(parts[0].plain) \(relation.rawValue) \(parts[1].plain)"
      return ("piecewise(\(condition): \(parts[2].plain), else: \(parts[3].plain))", 3)
    case .derivative(let name, let indices):
      let variable = indices.isEmpty ? name : name + "[" + list(indices) + "]"
      return ("diff(\(parts[0].plain), \(variable))", 3)
    case .at(let one, let other): return ("at(\(parts[0].plain), \(one), \(other))", 3)
    }
  }

  private func big(_ name: String, _ index: String, _ except: String?) -> String {
    let range = except.map { "\(index) != \($0)" } ?? index
    return "\(name)(\(range), \(parts[0].plain))"
  }

  private func list(_ items: [String]) -> String {
    var text = ""
    for (place, item) in items.enumerated() { text += place == 0 ? item : ", " + item }
    return text
  }
}
