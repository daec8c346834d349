/// An expression as it was written: names are not resolved and nothing is simplified.
package struct Syntax: Sendable {
  package var kind: SyntaxKind
  /// The characters of the expression, its enclosing parentheses included.
  package var range: SourceRange

  package init(_ kind: SyntaxKind, _ range: SourceRange) {
    self.kind = kind
    self.range = range
  }

  /// Brackets, powers and prefix operators nest at most this deep.
  package static let deepestNesting = 256
}

/// What an expression is, with its parts in the author's order.
package indirect enum SyntaxKind: Sendable {
  /// A decimal exactly as written, such as `0.30` or `1e-3`.
  case number(String)
  /// A name in its normalised spelling: `ŷ₁` is `yhat1`.
  case name(String)
  /// `h[i]`, `W[i, j]`, `(W' * x)[i]`.
  case indexed(Syntax, [Syntax])
  case call(CallSyntax)
  /// Two terms or more; the first may carry a minus sign as well.
  case sum([SignedTermSyntax])
  /// Two factors or more, applied from left to right; the first one's operator is `times`.
  case product([FactorSyntax])
  case power(Syntax, Syntax)
  case elementwisePower(Syntax, Syntax)
  case negation(Syntax)
  case transpose(Syntax)
  case binder(BinderSyntax)
  /// `1[condition]`.
  case indicator(Syntax)
  case piecewise([PiecewiseBranchSyntax], otherwise: Syntax?)
  case comparison(Syntax, ComparisonOperator, Syntax)
  /// Two conditions or more; `0 < x < 1` is read as `0 < x and x < 1`.
  case and([Syntax])
  case or([Syntax])
  case not(Syntax)
  case derivative(DerivativeSyntax)
  /// `[a, b; c, d]` by rows, all of the same length and none empty.
  case matrix([[Syntax]])
}

/// A name with its place.
package struct NameSyntax: Hashable, Sendable {
  package var text: String
  package var range: SourceRange

  package init(_ text: String, _ range: SourceRange) {
    self.text = text
    self.range = range
  }
}

/// `exp(x)`, or `f1''(s)` with two primes.
package struct CallSyntax: Sendable {
  package var function: NameSyntax
  package var primes: Int
  package var arguments: [Syntax]

  package init(function: NameSyntax, primes: Int = 0, arguments: [Syntax]) {
    self.function = function
    self.primes = primes
    self.arguments = arguments
  }
}

package struct SignedTermSyntax: Sendable {
  package var isNegative: Bool
  package var term: Syntax

  package init(isNegative: Bool, term: Syntax) {
    self.isNegative = isNegative
    self.term = term
  }
}

package enum FactorOperator: UInt8, Sendable {
  case times, over, elementwiseTimes, elementwiseOver
}

package struct FactorSyntax: Sendable {
  package var operation: FactorOperator
  package var factor: Syntax

  package init(operation: FactorOperator, factor: Syntax) {
    self.operation = operation
    self.factor = factor
  }
}

package enum ComparisonOperator: UInt8, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
}

package struct PiecewiseBranchSyntax: Sendable {
  package var condition: Syntax
  package var value: Syntax

  package init(condition: Syntax, value: Syntax) {
    self.condition = condition
    self.value = value
  }
}

/// `sum(k, e)`, `product(k != i, e)`, `sum(k = 1..K, e)`.
package struct BinderSyntax: Sendable {
  package enum Operation: UInt8, Sendable { case sum, product }

  /// A bound index; without bounds it runs over its declared range.
  package struct Index: Sendable {
    package var name: NameSyntax
    package var bounds: BoundsSyntax?
    /// The values left out: `i` in `k != i`.
    package var excluded: [Syntax]

    package init(name: NameSyntax, bounds: BoundsSyntax? = nil, excluded: [Syntax] = []) {
      self.name = name
      self.bounds = bounds
      self.excluded = excluded
    }
  }

  package var operation: Operation
  package var indices: [Index]
  package var body: Syntax

  package init(operation: Operation, indices: [Index], body: Syntax) {
    self.operation = operation
    self.indices = indices
    self.body = body
  }
}

/// `lower..upper`, both ends included.
package struct BoundsSyntax: Sendable {
  package var lower: Syntax
  package var upper: Syntax

  package init(lower: Syntax, upper: Syntax) {
    self.lower = lower
    self.upper = upper
  }
}

/// `dA/dB`, `d^2L/dh[i]dh[j]`, `diff(f, x, 2)`.
package struct DerivativeSyntax: Sendable {
  package enum Spelling: UInt8, Sendable { case quotient, call }

  /// What is differentiated by, and how often.
  package struct Variable: Sendable {
    package var variable: Syntax
    package var order: Int

    package init(variable: Syntax, order: Int = 1) {
      self.variable = variable
      self.order = order
    }
  }

  package var subject: Syntax
  package var variables: [Variable]
  package var spelling: Spelling

  package init(subject: Syntax, variables: [Variable], spelling: Spelling = .quotient) {
    self.subject = subject
    self.variables = variables
    self.spelling = spelling
  }
}

/// `left = right`, or with another comparison.
package struct RelationSyntax: Sendable {
  package var left: Syntax
  package var operation: ComparisonOperator
  package var right: Syntax

  package var range: SourceRange { left.range.union(right.range) }

  package init(left: Syntax, operation: ComparisonOperator, right: Syntax) {
    self.left = left
    self.operation = operation
    self.right = right
  }
}

/// What a task is about: an expression, or a relation between two.
package enum GoalSyntax: Sendable {
  case expression(Syntax)
  case relation(RelationSyntax)
}
