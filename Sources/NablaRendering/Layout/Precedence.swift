/// How tightly a formula holds together, loosest first.
enum Precedence: Int, Comparable {
  case list, disjunction, conjunction, relation, sum
  /// Begins with a minus.
  case negative
  case product
  /// Takes everything that follows: Σ, or log without brackets.
  case prefix
  /// Holds together beside other factors, but not below an exponent.
  case quotient
  case power
  case atom

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}
