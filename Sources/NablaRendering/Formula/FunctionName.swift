/// The name of a function: one of the built-in ones, or a name the author declared.
public enum FunctionName: Hashable, Sendable {
  /// The spelling in plain notation: `log`, `ReLU`, `sigmoid`, `asin`.
  case builtIn(String)
  case user(Identifier)

  public init(_ builtIn: String) { self = .builtIn(builtIn) }
}
