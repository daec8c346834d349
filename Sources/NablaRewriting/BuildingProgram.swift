import NablaExpressions
import NablaNumbers

/// A pattern in one letter as a straight program that builds its expression without allocating.
///
/// The engine's fast road for rows such as `d(tanh(u)) = (1 - tanh(u)^2)*d(u)`.
package struct BuildingProgram: Sendable {
  private enum Operation: BitwiseCopyable, Sendable {
    case letter, differential
    /// A number, by its place in the program's table.
    case number(Int)
    case constant(Constant)
    case function(Function)
    case power
    case product(Int)
    case sum(Int)
    case relation(Relation)
    case indicator
  }

  private var operations: [Operation] = []
  private var numbers: [Rational] = []
  private var depth = 0

  /// Nil if the pattern has other letters or is of a kind that rows of functions do not need.
  package init?(_ pattern: Pattern, letter: Pattern.Letter) {
    var height = 0
    guard append(pattern, letter, &height) else { return nil }
  }

  private mutating func append(
    _ pattern: Pattern, _ letter: Pattern.Letter, _ height: inout Int
  ) -> Bool {
    switch pattern {
    case .anything(letter): emit(.letter, taking: 0, &height)
    case .exactly(let value):
      numbers.append(value)
      emit(.number(numbers.count - 1), taking: 0, &height)
    case .constant(let constant): emit(.constant(constant), taking: 0, &height)
    case .function(let function, let argument):
      guard append(argument, letter, &height) else { return false }
      emit(.function(function), taking: 1, &height)
    case .power(let base, let exponent):
      guard append(base, letter, &height), append(exponent, letter, &height) else { return false }
      emit(.power, taking: 2, &height)
    case .product(let factors):
      for factor in factors { guard append(factor, letter, &height) else { return false } }
      emit(.product(factors.count), taking: factors.count, &height)
    case .sum(let terms):
      for term in terms { guard append(term, letter, &height) else { return false } }
      emit(.sum(terms.count), taking: terms.count, &height)
    case .differential(.anything(letter)): emit(.differential, taking: 0, &height)
    case .relation(let relation, let left, let right):
      guard append(left, letter, &height), append(right, letter, &height) else { return false }
      emit(.relation(relation), taking: 2, &height)
    case .indicator(let condition):
      guard append(condition, letter, &height) else { return false }
      emit(.indicator, taking: 1, &height)
    default: return false
    }
    return true
  }

  private mutating func emit(_ operation: Operation, taking count: Int, _ height: inout Int) {
    operations.append(operation)
    height += 1 - count
    depth = max(depth, height)
  }

  /// The expression in built form, for a letter and the derivative of what it stands for.
  package func build(
    _ letter: Handle, differential: Handle, in pool: inout ExpressionPool
  ) -> Handle {
    withUnsafeTemporaryAllocation(of: Handle.self, capacity: depth) { stack in
      var height = 0
      for operation in operations {
        let made: Handle
        switch operation {
        case .letter: made = letter
        case .differential: made = differential
        case .number(let place): made = pool.number(numbers[place])
        case .constant(let constant): made = pool.constant(constant)
        case .function(let function):
          height -= 1
          made = pool.function(function, stack[height])
        case .power:
          height -= 2
          made = pool.power(stack[height], stack[height + 1])
        case .product(let count):
          height -= count
          made = pool.multiply(UnsafeBufferPointer(rebasing: stack[height..<(height + count)]))
        case .sum(let count):
          height -= count
          made = pool.add(UnsafeBufferPointer(rebasing: stack[height..<(height + count)]))
        case .relation(let relation):
          height -= 2
          made = pool.relation(relation, stack[height], stack[height + 1])
        case .indicator:
          height -= 1
          made = pool.indicator(of: stack[height])
        }
        stack.initializeElement(at: height, to: made)
        height += 1
      }
      return height > 0 ? stack[0] : pool.zero
    }
  }
}
