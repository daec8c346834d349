/// Small changes that make most true equations false.
enum Damage {
  private static let swaps = [
    "sin": "cos", "cos": "sin", "tanh": "sigmoid", "sigmoid": "tanh", "exp": "cosh",
    "cosh": "sinh", "sinh": "cosh", "log": "sqrt", "sqrt": "abs", "abs": "ReLU", "ReLU": "abs",
    "max": "min", "min": "max", "sign": "step", "step": "sign", "softplus": "ReLU",
    "atan": "tanh", "asin": "acos", "acos": "asin", "tan": "cot", "cot": "tan", "sec": "csc",
    "erf": "tanh", "asinh": "atan",
  ]

  /// The term with one change at a random place; nil if none fits there.
  static func damaged(_ term: Term, _ generator: inout TermGenerator) -> Term? {
    let place = generator.pick(term.size)
    guard let new = changed(term[place], &generator) else { return nil }
    var result = term
    result[place] = new
    return result == term ? nil : result
  }

  private static func changed(_ part: Term, _ generator: inout TermGenerator) -> Term? {
    switch generator.pick(9) {
    case 0: return -part
    case 1: return part * (.number(1) + .number(1) / .number(1_000_000_000))
    case 2: return part + .number(1) / .number(10).power(9)
    default: break
    }
    switch part.head {
    case .number(let value):
      return .number(generator.pick(2) == 0 || value == 1 ? value + 1 : value - 1)
    case .name:
      return .name(generator.pick(from: generator.vocabulary.scalars).name)
    case .add, .subtract:
      switch generator.pick(3) {
      case 0: return part.parts[0]
      case 1: return Term(part.head == .add ? .subtract : .add, part.parts)
      default: return part.parts[0] * part.parts[1]
      }
    case .multiply, .divide:
      switch generator.pick(3) {
      case 0: return part.parts[0]
      case 1: return part.parts[0] + part.parts[1]
      default: return Term(part.head == .multiply ? .divide : .multiply, part.parts)
      }
    case .power:
      return generator.pick(2) == 0
        ? part.parts[0] : part.parts[0].power(part.parts[1] + .number(1))
    case .negate: return part.parts[0]
    case .call(let function, let primes):
      if let other = swaps[function] { return Term(.call(other, primes: 0), part.parts) }
      return generator.vocabulary.functions.contains(function)
        ? Term(.call(function, primes: primes + 1), part.parts) : nil
    case .entry(let name, let indices):
      if indices.count == 2, generator.pick(2) == 0,
        IndexDimensions.dimension(of: indices[0]) == IndexDimensions.dimension(of: indices[1])
      {
        return Term(.entry(name, indices.reversed()))
      }
      return Term(
        .entry(name == "h" ? "y" : name == "y" ? "h" : name, indices))
    case .sum(let index, let except):
      return Term(
        generator.pick(3) == 0 ? .product(index, except: except) : .sum(index, except: nil),
        part.parts)
    case .product(let index, let except): return Term(.sum(index, except: except), part.parts)
    case .piecewise(let relation):
      return Term(
        .piecewise(relation), [part.parts[0], part.parts[1], part.parts[3], part.parts[2]])
    case .indicator: return Term(.indicator(.less), part.parts)
    default: return nil
    }
  }
}
