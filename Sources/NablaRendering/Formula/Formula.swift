public import NablaNotation

/// A formula as it is to be read: what is written, not how it is typeset.
///
/// Writers choose brackets, dots and line breaks from precedence; nobody inserts brackets by hand.
/// `held` keeps the brackets an author wrote, and `number` keeps digits as they are to be shown.
public enum Formula: Hashable, Sendable {
  /// Digits as they are to be shown, possibly with a leading minus: `0.30`, `-2`, `1e-16`.
  indirect case number(String)
  indirect case name(Identifier)
  /// An entry of a vector, matrix or indexed definition: `W[i,j]`.
  indirect case indexed(Formula, [Formula])
  /// A function applied to arguments; `primes` counts derivatives, as in f″(s).
  indirect case call(FunctionName, primes: Int, [Formula])
  case sum([Term])
  case product([Formula])
  indirect case fraction(Formula, Formula)
  indirect case negation(Formula)
  indirect case power(Formula, Formula)
  indirect case root(Formula, degree: Formula?)
  indirect case bigOperator(BigOperator, Binder, Formula)
  indirect case derivative(DerivativeNotation)
  /// ∇_by of.
  indirect case gradient(of: Formula, by: Formula?)
  indirect case kroneckerDelta(Formula, Formula)
  /// 1[condition].
  indirect case indicator(Formula)
  case piecewise([Branch])
  /// `first relation next relation next …`.
  indirect case relation(Formula, [RelationLink])
  case conjunction([Formula])
  case disjunction([Formula])
  indirect case not(Formula)
  indirect case absoluteValue(Formula)
  indirect case norm(Formula, index: Formula?)
  indirect case transpose(Formula)
  /// Entrywise products: a ⊙ b.
  case hadamard([Formula])
  /// Entrywise quotient or power: `a ./ b`, `a .^ b`.
  indirect case elementwise(ElementwiseOperator, Formula, Formula)
  /// Rows of a matrix; a column vector has rows of one entry.
  case matrix([[Formula]])
  indirect case evaluated(Formula, at: Formula)
  /// Formulas separated by commas: `i, j, k`.
  case list([Formula])
  /// Formulas separated by semicolons, where commas are decimal marks.
  case semicolons([Formula])
  /// `1, …, N`.
  indirect case range(Formula, Formula)
  /// ℝ^N, ℝ^{N×K}; without sizes ℝ.
  case realSpace([Formula])
  indirect case text(String)
  /// Brackets the author wrote and that are kept: `(1)`.
  indirect case held(Formula)
  indirect case highlighted(Formula, Highlight)
  /// A formula with a small remark below it, such as its shape.
  indirect case labelled(Formula, below: Formula)
  /// A formula whose own words, such as “otherwise”, are in a language.
  indirect case worded(Formula, Language)
  case ellipsis
}

extension Formula {
  /// A signed operand of a sum.
  public struct Term: Hashable, Sendable {
    public var sign: Sign
    public var formula: Formula

    public init(_ sign: Sign, _ formula: Formula) {
      self.sign = sign
      self.formula = formula
    }
  }

  public enum Sign: Hashable, Sendable {
    case plus, minus
  }

  public enum BigOperator: Hashable, Sendable {
    case sum, product
  }

  /// What a sum or product runs over.
  public struct Binder: Hashable, Sendable {
    public var indices: [Formula]
    public var restriction: Restriction

    public init(_ indices: [Formula], _ restriction: Restriction = .none) {
      self.indices = indices
      self.restriction = restriction
    }
  }

  public enum Restriction: Hashable, Sendable {
    case none
    /// `k ≠ i`.
    case excluding(Formula)
    /// `k = 1..K`.
    case range(Formula, Formula)
    /// Any other condition on the indices.
    case condition(Formula)
  }

  /// ∂ of a quantity by one or several variables.
  public struct DerivativeNotation: Hashable, Sendable {
    /// `nil` shows the bare operator ∂/∂x.
    public var numerator: Formula?
    public var variables: [Variable]
    /// An ordinary derivative is written with d.
    public var isOrdinary: Bool

    public init(of numerator: Formula?, by variables: [Variable], isOrdinary: Bool = false) {
      self.numerator = numerator
      self.variables = variables
      self.isOrdinary = isOrdinary
    }

    public struct Variable: Hashable, Sendable {
      public var formula: Formula
      public var order: Int

      public init(_ formula: Formula, order: Int = 1) {
        self.formula = formula
        self.order = order
      }
    }
  }

  /// A value and the condition under which it holds; `nil` is "otherwise".
  public struct Branch: Hashable, Sendable {
    public var value: Formula
    public var condition: Formula?

    public init(_ value: Formula, when condition: Formula?) {
      self.value = value
      self.condition = condition
    }
  }

  public struct RelationLink: Hashable, Sendable {
    public var relation: Relation
    public var right: Formula

    public init(_ relation: Relation, _ right: Formula) {
      self.relation = relation
      self.right = right
    }
  }

  public enum Relation: Hashable, Sendable, CaseIterable {
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case approximatelyEqual, identical, definedAs, elementOf, implies, equivalent, mapsTo, arrow
    case proportional
    /// ←, a value given to a name.
    case assigned
  }

  public enum ElementwiseOperator: Hashable, Sendable {
    case quotient, power
  }

  public enum Highlight: Hashable, Sendable {
    case emphasis, good, bad
  }
}

extension Formula {
  /// The name written `spelling` in plain notation, printed by the rules for names.
  public static func name(_ spelling: String) -> Formula { .name(Identifier(spelling)) }

  /// A built-in function applied to arguments.
  public static func call(_ function: String, _ arguments: Formula...) -> Formula {
    .call(FunctionName(function), primes: 0, arguments)
  }

  /// `left relation right`.
  public static func relation(_ left: Formula, _ relation: Relation, _ right: Formula) -> Formula {
    .relation(left, [RelationLink(relation, right)])
  }

  /// The partial derivative of one quantity by another.
  public static func derivative(_ numerator: Formula, by variable: Formula) -> Formula {
    .derivative(DerivativeNotation(of: numerator, by: [.init(variable)]))
  }
}
