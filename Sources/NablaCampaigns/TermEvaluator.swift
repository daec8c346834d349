import NablaElementary

/// Values of terms at a point, in doubles with error estimates.
///
/// Nil where a term is undefined, or so near a jump, a pole or the edge of a domain that doubles
/// cannot tell.
package struct TermEvaluator {
  private let point: SamplePoint
  private var indices: [String: Int]
  /// Whether every function met was smooth.
  private(set) var isSmooth = true
  private var work = 200_000

  package init(_ point: SamplePoint) {
    self.point = point
    indices = point.indices
  }

  package mutating func value(of term: Term) -> BoundedValue? {
    work -= 1
    guard work > 0 else { return nil }
    switch term.head {
    case .number(let value): return BoundedValue(whole: value)
    case .constant(let name):
      let value = name == "pi" ? Double.pi : exp(1)
      return BoundedValue(value, value * 0x1p-53)
    case .name(let name):
      if let value = point.scalars[name] { return BoundedValue(value, 0) }
      if let size = point.sizes[name] { return BoundedValue(whole: size) }
      return indices[name].map { BoundedValue(whole: $0) }
    case .entry(let name, let slots):
      var places: [Int] = []
      for slot in slots {
        guard let place = indices[slot] else { return nil }
        places.append(place)
      }
      return point.entry(name, places).map { BoundedValue($0, 0) }
    case .add, .subtract, .multiply, .divide: return arithmetic(term)
    case .power: return power(term.parts[0], term.parts[1])
    case .negate: return value(of: term.parts[0]).map { BoundedValue(-$0.value, $0.error) }
    case .call(let function, let primes): return call(function, primes, term.parts)
    case .sum(let index, let except), .product(let index, let except):
      return big(term, index, except)
    case .delta(let one, let other):
      guard let a = indices[one], let b = indices[other] else { return nil }
      return BoundedValue(whole: a == b ? 1 : 0)
    case .indicator(let relation):
      return holds(relation, term.parts).map { BoundedValue(whole: $0 ? 1 : 0) }
    case .piecewise(let relation):
      return holds(relation, term.parts).flatMap { value(of: term.parts[$0 ? 2 : 3]) }
    case .derivative(let name, let slots):
      return derivative(of: term.parts[0], name, slots)
    case .at(let one, let other): return value(of: term.parts[0].renamed([one: other]))
    }
  }

  private mutating func arithmetic(_ term: Term) -> BoundedValue? {
    guard let a = value(of: term.parts[0]), let b = value(of: term.parts[1]) else { return nil }
    switch term.head {
    case .add: return a + b
    case .subtract: return a - b
    case .multiply: return a * b
    default: return a / b
    }
  }

  private mutating func power(_ base: Term, _ exponent: Term) -> BoundedValue? {
    guard let below = value(of: base) else { return nil }
    if let order = exponent.exactRational {
      if order.below == 1 { return below.power(order.above) }
      if below.sign == 0 || below.sign == nil { isSmooth = false }
      if below.value == 0, below.error == 0, order.above > 0 { return below }
      return below.power(BoundedValue(Double(order.above) / Double(order.below), 0x1p-53))
    }
    return value(of: exponent).flatMap { below.power($0) }
  }

  private mutating func call(_ name: String, _ primes: Int, _ parts: [Term]) -> BoundedValue? {
    var values: [BoundedValue] = []
    for part in parts {
      guard let value = value(of: part) else { return nil }
      values.append(value)
    }
    guard let x = values.first else { return nil }
    if let shape = point.functions[name] { return Self.unknown(shape, primes, x) }
    switch name {
    case "max", "min":
      guard values.count == 2, let gap = x - values[1] else { return nil }
      if gap.sign == nil || gap.sign == 0 { isSmooth = false }
      let first = name == "max" ? gap.value > 0 : gap.value < 0
      return BoundedValue(first ? x.value : values[1].value, Swift.max(x.error, values[1].error))
    case "abs", "ReLU":
      if x.sign == nil || x.sign == 0 { isSmooth = false }
      let value = name == "abs" ? abs(x.value) : Swift.max(x.value, 0)
      return BoundedValue(value, x.error)
    case "sign", "step":
      guard let sign = x.sign else { return nil }
      if sign == 0 { isSmooth = false }
      return BoundedValue(whole: name == "sign" ? sign : Swift.max(sign, 0))
    default:
      if name == "sqrt", x.error == 0, x.value == 0 { isSmooth = false }
      return .call(name, x)
    }
  }

  /// A smooth function that stands for an unknown one: c·sin(a·t + b) + d·t², or a derivative of it.
  private static func unknown(_ shape: [Double], _ primes: Int, _ x: BoundedValue) -> BoundedValue?
  {
    let (a, b, c, d) = (shape[0], shape[1], shape[2], shape[3])
    let wave = c * pow(a, Double(primes)) * sin(a * x.value + b + Double(primes) * .pi / 2)
    let rest =
      primes == 0 ? d * x.value * x.value : primes == 1 ? 2 * d * x.value : primes == 2 ? 2 * d : 0
    let slope = 3 + 3 * abs(x.value)
    return .rounded(wave + rest, carrying: slope * x.error + 1e-15 * (1 + abs(x.value) + abs(rest)))
  }

  private mutating func big(_ term: Term, _ index: String, _ except: String?) -> BoundedValue? {
    guard let size = point.sizes[IndexDimensions.dimension(of: index)] else { return nil }
    let isSum = if case .sum = term.head { true } else { false }
    var total = BoundedValue(whole: isSum ? 0 : 1)
    let outer = indices[index]
    defer { indices[index] = outer }
    for place in 1...size {
      if let except {
        guard let left = indices[except] else { return nil }
        if left == place { continue }
      }
      indices[index] = place
      guard let part = value(of: term.parts[0]),
        let next = isSum ? total + part : total * part
      else { return nil }
      total = next
    }
    return total
  }

  private mutating func holds(_ relation: Term.Relation, _ parts: [Term]) -> Bool? {
    guard let left = value(of: parts[0]), let right = value(of: parts[1]),
      let gap = left - right, let sign = gap.sign
    else { return nil }
    if sign == 0 { isSmooth = false }
    switch relation {
    case .less: return sign < 0
    case .lessOrEqual: return sign <= 0
    case .greater: return sign > 0
    case .greaterOrEqual: return sign >= 0
    case .equal: return sign == 0
    case .notEqual: return sign != 0
    }
  }

  private mutating func derivative(of body: Term, _ name: String, _ slots: [String])
    -> BoundedValue?
  {
    var inner = self
    inner.isSmooth = true
    guard inner.value(of: body) != nil, inner.isSmooth else { return nil }
    return TermDerivative(name, slots).derivative(of: body).flatMap { value(of: $0) }
  }
}

extension Term {
  /// The value of a constant term made of whole numbers by + − · / and whole powers.
  var exactRational: (above: Int, below: Int)? {
    func reduced(_ above: Int, _ below: Int) -> (Int, Int)? {
      if below == 0 || abs(above) > 1 << 20 || abs(below) > 1 << 20 { return nil }
      var (a, b) = (abs(above), abs(below))
      while b != 0 { (a, b) = (b, a % b) }
      let divisor = (a == 0 ? 1 : a) * (below < 0 ? -1 : 1)
      return (above / divisor, below / divisor)
    }
    switch head {
    case .number(let value): return value < 1 << 20 ? (value, 1) : nil
    case .negate: return parts[0].exactRational.map { (-$0.above, $0.below) }
    case .add, .subtract, .multiply, .divide:
      guard let a = parts[0].exactRational, let b = parts[1].exactRational else { return nil }
      switch head {
      case .add: return reduced(a.above * b.below + b.above * a.below, a.below * b.below)
      case .subtract: return reduced(a.above * b.below - b.above * a.below, a.below * b.below)
      case .multiply: return reduced(a.above * b.above, a.below * b.below)
      default: return reduced(a.above * b.below, a.below * b.above)
      }
    case .power:
      guard let a = parts[0].exactRational, let b = parts[1].exactRational, b.below == 1,
        abs(b.above) <= 4
      else { return nil }
      var result: (above: Int, below: Int) = (1, 1)
      for _ in 0..<abs(b.above) {
        guard let next = reduced(result.above * a.above, result.below * a.below) else {
          return nil
        }
        result = next
      }
      return b.above < 0 ? reduced(result.below, result.above) : result
    default: return nil
    }
  }
}
