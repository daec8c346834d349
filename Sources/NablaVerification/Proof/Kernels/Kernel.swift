import NablaExpressions
import NablaNumbers

/// An unknown of the rational functions to which expressions are reduced.
struct Kernel: Sendable {
  enum Kind: Hashable, Sendable {
    /// A name, a component, π or an expression that is not looked into, by its canonical form.
    case name(Handle)
    /// exp(unit·m) for a monomial m.
    case exponential([FactoredForm.Factor], unit: Rational)
    /// log|f|.
    case logarithm(factor: Int)
    case primeLogarithm(Integer)
    /// |f| to the power of 1/degree.
    case root(factor: Int, degree: Int)
    case primeRoot(Integer, degree: Int)
    /// 1 where f > 0 and −1 where f < 0.
    case sign(factor: Int)
    case cosine([FactoredForm.Factor], unit: Rational)
    case sine([FactoredForm.Factor], unit: Rational)
    case application(Function, FactoredForm)
    case unknown(SymbolID, [FactoredForm])
    /// A condition on indices, 1 or 0.
    case condition(Handle)
  }

  let kind: Kind
  /// The free indices in it, those of opened sums included.
  var indices: Set<SymbolID> = []
  /// Whether it is π.
  var isPi = false
  var nature = ConstantNature.variable
  var isPositive = false
  var isNonnegative = false
  var lower: Bound?
  var upper: Bound?
  /// The kernel to the power of `degree` is this polynomial in kernels before it.
  var relation: (degree: Int, replacement: KernelPolynomial)?

  /// A bound of the magnitude, nil if there is none.
  var magnitude: Rational? {
    guard let lower, let upper else { return nil }
    return max(lower.value.absoluteValue, upper.value.absoluteValue)
  }
}
