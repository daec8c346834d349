import NablaNumbers

extension ExpressionPool {
  /// A built-in function of a canonical argument, with exact values and symmetries used.
  package mutating func canonicalFunction(_ function: Function, _ argument: Handle) -> Handle {
    if function == .sqrt, let half = Rational(1, over: 2) {
      return canonicalPower(argument, number(half))
    }
    if argument == zero, let value = function.valueAtZero { return integer(value) }
    if let value = rational(argument), let folded = folded(function, value) { return folded }
    switch (function, self[argument]) {
    case (.log, .constant(.e)): return one
    case (.log, .function(.exp, let inner)): return inner
    case (.exp, .function(.log, let inner)): return inner
    case (.abs, .function(.abs, _)): return argument
    default: break
    }
    switch function {
    case .abs where isNonnegative(argument), .relu where isNonnegative(argument): return argument
    case .sign where isPositive(argument), .step where isPositive(argument): return one
    default: break
    }
    if function == .exp, let split = exponentialOfLogarithm(argument) { return split }
    if function.isOdd || function.isEven, isLeadingNegative(argument) {
      let mirrored = canonicalNegation(argument)
      let value = canonicalFunction(function, mirrored)
      return function.isOdd ? canonicalNegation(value) : value
    }
    return intern(.function(function, argument))
  }

  /// exp(n·log(x)) is a power of x.
  private mutating func exponentialOfLogarithm(_ argument: Handle) -> Handle? {
    let split = splitCoefficient(argument)
    guard case .function(.log, let inner) = self[split.factor] else { return nil }
    return canonicalPower(inner, number(split.coefficient))
  }

  private mutating func folded(_ function: Function, _ value: Rational) -> Handle? {
    switch function {
    case .exp: value.isOne ? constant(.e) : nil
    case .log: value.isOne ? zero : nil
    case .abs: number(value.absoluteValue)
    case .relu: value.signum > 0 ? number(value) : zero
    case .sign: integer(value.signum)
    case .step: integer(value.signum > 0 ? 1 : 0)
    case .sigmoid: value.isZero ? Rational(1, over: 2).map { number($0) } : nil
    default: nil
    }
  }

  /// Whether an expression would be written with a minus sign in front.
  private mutating func isLeadingNegative(_ handle: Handle) -> Bool {
    switch self[handle] {
    case .sum(let list):
      var terms: [Term] = []
      for term in operands(list) { terms.append(splitCoefficient(term)) }
      return leadingSign(of: terms) < 0
    default: return splitCoefficient(handle).coefficient.signum < 0
    }
  }

  /// The greatest or least of canonical operands, flattened, without repetitions.
  package mutating func canonicalExtremum(_ operands: [Handle], isMaximum: Bool) -> Handle {
    var best: Rational?
    var kept: [Handle] = []
    var pending = operands
    pending.reverse()
    while let operand = pending.popLast() {
      switch self[operand] {
      case .maximum(let list) where isMaximum:
        pending.append(contentsOf: self.operands(list).reversed())
      case .minimum(let list) where !isMaximum:
        pending.append(contentsOf: self.operands(list).reversed())
      default:
        if let value = rational(operand) {
          if let known = best {
            best = isMaximum == (value > known) ? value : known
          } else {
            best = value
          }
        } else if !kept.contains(operand) {
          kept.append(operand)
        }
      }
    }
    if let best { kept.append(number(best)) }
    return kept.count == 1
      ? kept[0] : writtenExtremum(canonicallyOrdered(kept), isMaximum: isMaximum)
  }
}
