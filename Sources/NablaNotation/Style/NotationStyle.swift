/// How a write-up prints what notation leaves open: derivatives, logarithms, numbers, vectors,
/// layers, and the language of its sentences.
///
/// The default is how everything is printed where nothing is said. Plain notation and JSON are
/// read by programs and keep to the default.
public struct NotationStyle: Hashable, Sendable {
  public enum Derivatives: Hashable, Sendable {
    /// ∂L/∂W.
    case partial
    /// ∇_W L for the gradient of a scalar by a whole vector or matrix; the rest stays partial.
    case nabla
  }

  public enum Logarithm: Hashable, Sendable {
    case log, ln
  }

  public enum DecimalMark: Hashable, Sendable {
    case point
    /// 1,5; lists of numbers are separated by semicolons.
    case comma
  }

  public enum Vectors: Hashable, Sendable {
    case plain
    /// Bold vectors and matrices; their entries stay as they are.
    case bold
    /// Arrows over vectors.
    case arrow
  }

  /// Where the number at the end of a name such as `W1` stands.
  public enum Layers: Hashable, Sendable {
    case `subscript`
    /// W with the superscript (1).
    case superscript
    /// W with the superscript [1].
    case bracket
  }

  public var derivatives = Derivatives.partial
  public var logarithm = Logarithm.log
  public var decimalMark = DecimalMark.point
  public var vectors = Vectors.plain
  public var layers = Layers.subscript
  public var language = Language.english

  public init() {}

  /// Whether formulas are printed in the default notation and language.
  package var isDefault: Bool { self == NotationStyle() }

  /// A number with the decimal mark in force.
  package func decimal(_ digits: String) -> String {
    guard decimalMark == .comma else { return digits }
    var result = String.UnicodeScalarView()
    for scalar in digits.unicodeScalars { result.append(scalar == "." ? "," : scalar) }
    return String(result)
  }
}
