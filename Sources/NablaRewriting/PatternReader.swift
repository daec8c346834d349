import NablaExpressions
import NablaNotation
import NablaNumbers

extension Pattern {
  /// Reads one side of a rule; nil if it is not written in the notation of rules.
  package init?(reading text: String) {
    var known = KnownNames(undeclaredAreScalars: true)
    known.insert("d", .function)
    let source = SourceText(name: "rule", text)
    guard let syntax = try? parseExpression(source, known: known), let pattern = Pattern(syntax)
    else { return nil }
    self = pattern
  }

  private init?(_ syntax: Syntax) {
    switch syntax.kind {
    case .number(let text):
      guard let value = Rational(decimal: text) else { return nil }
      self = .exactly(value)
    case .name(let name):
      self.init(letterNamed: name)
    case .negation(let operand):
      guard let inner = Pattern(operand) else { return nil }
      self = inner.negated
    case .sum(let terms):
      var parts: [Pattern] = []
      for term in terms {
        guard let part = Pattern(term.term) else { return nil }
        parts.append(term.isNegative ? part.negated : part)
      }
      self = .sum(parts)
    case .product(let factors):
      var parts: [Pattern] = []
      for factor in factors {
        guard let part = Pattern(factor.factor) else { return nil }
        parts.append(factor.operation == .over ? part.inverted : part)
      }
      self = .product(parts)
    case .power(let base, let exponent):
      guard let base = Pattern(base), let exponent = Pattern(exponent) else { return nil }
      self = .power(base, exponent)
    case .call(let call):
      self.init(call)
    case .indicator(let condition):
      guard let condition = Pattern(condition) else { return nil }
      self = .indicator(condition)
    case .comparison(let left, let comparison, let right):
      guard let left = Pattern(left), let right = Pattern(right) else { return nil }
      self = .relation(Relation(comparison), left, right)
    default: return nil
    }
  }

  private init?(letterNamed name: String) {
    if name == "pi" {
      self = .constant(.pi)
      return
    }
    if name == "e" {
      self = .constant(.e)
      return
    }
    guard name.utf8.count == 1, let letter = name.utf8.first else { return nil }
    switch name {
    case "n", "m": self = .number(letter)
    case "a": self = .remainder(letter)
    default: self = .anything(letter)
    }
  }

  private init?(_ call: CallSyntax) {
    var arguments: [Pattern] = []
    for argument in call.arguments {
      guard let pattern = Pattern(argument) else { return nil }
      arguments.append(pattern)
    }
    switch call.function.text {
    case "d" where arguments.count == 1: self = .differential(arguments[0])
    case "max": self = .maximum(arguments)
    case "min": self = .minimum(arguments)
    default:
      guard arguments.count == 1, let function = Function(named: call.function.text) else {
        return nil
      }
      self = .function(function, arguments[0])
    }
  }

  private var negated: Pattern {
    switch self {
    case .exactly(let value): .exactly(-value)
    case .product(let factors): .product([.exactly(-1)] + factors)
    default: .product([.exactly(-1), self])
    }
  }

  private var inverted: Pattern {
    switch self {
    case .power(let base, .exactly(let order)): .power(base, .exactly(-order))
    case .exactly(let value): .exactly(value.reciprocal ?? 1)
    default: .power(self, .exactly(-1))
    }
  }
}

extension Relation {
  package init(_ comparison: ComparisonOperator) {
    switch comparison {
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    }
  }
}
