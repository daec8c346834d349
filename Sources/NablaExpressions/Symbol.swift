import NablaNumbers

/// What a name stands for.
public enum SymbolKind: Hashable, Sendable {
  case scalar
  /// A vector or matrix; its components carry indices with the ranges given.
  case array
  /// An index that may be bound by a sum.
  case index
  /// An index whose value is fixed but unknown.
  case label
  /// A size, an integer of at least 1.
  case dimension
  /// An unknown differentiable function, or a defined one.
  case function
}

/// The bounds of an index, both included.
public struct IndexRange: Hashable, Sendable {
  public let lower: Handle
  public let upper: Handle

  public init(lower: Handle, upper: Handle) {
    self.lower = lower
    self.upper = upper
  }
}

/// An end of an interval.
public struct Bound: Hashable, Sendable {
  public let value: Rational
  public let isIncluded: Bool

  public init(_ value: Rational, isIncluded: Bool) {
    self.value = value
    self.isIncluded = isIncluded
  }
}

/// What is known of the values of a symbol.
public struct Domain: Hashable, Sendable {
  public var lower: Bound?
  public var upper: Bound?
  /// One component is 1 and all others are 0.
  public var isOneHot = false
  /// The components are not negative and add up to 1.
  public var isProbability = false
  public var isSymmetric = false

  public init(lower: Bound? = nil, upper: Bound? = nil) {
    self.lower = lower
    self.upper = upper
  }

  public static let real = Domain()
  public static let positive = Domain(lower: Bound(0, isIncluded: false))

  public var isPositive: Bool {
    guard let lower else { return false }
    return lower.value.signum > 0 || (lower.value.isZero && !lower.isIncluded)
  }

  public var isNonnegative: Bool {
    if isOneHot || isProbability { return true }
    guard let lower else { return false }
    return lower.value.signum >= 0
  }

  public var isNegative: Bool {
    guard let upper else { return false }
    return upper.value.signum < 0 || (upper.value.isZero && !upper.isIncluded)
  }
}

/// A name with what is declared of it.
public struct Symbol: Sendable {
  public var name: String
  public var kind: SymbolKind
  /// Whether the engine made the name when it opened a sum.
  public var isFresh: Bool
  /// The range of an index or label, or of each slot of an array.
  public var ranges: [IndexRange]
  /// What few symbols have; none for a plain name, of which there may be very many.
  private var details: SymbolDetails?

  public init(
    _ name: String, _ kind: SymbolKind, ranges: [IndexRange] = [], domain: Domain? = nil,
    arity: Int? = nil, isFresh: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.ranges = ranges
    self.isFresh = isFresh
    if let domain { self.domain = domain }
    if arity != nil { self.arity = arity }
  }

  /// What is known of the values.
  public var domain: Domain {
    get { details?.domain ?? .real }
    set { change { $0.domain = newValue } }
  }

  /// For a derivative of a function: the function and the order in each argument.
  public var derivative: FunctionDerivative? {
    get { details?.derivative }
    set { change { $0.derivative = newValue } }
  }

  /// The number of arguments of a function, where it is fixed.
  public var arity: Int? {
    get { details?.arity }
    set { change { $0.arity = newValue } }
  }

  /// For a fresh index: the name the author used in this place.
  package var preferredName: String? {
    get { details?.preferredName }
    set { change { $0.preferredName = newValue } }
  }

  private mutating func change(_ change: (inout SymbolDetails.Values) -> Void) {
    var values = details?.values ?? SymbolDetails.Values()
    change(&values)
    details = SymbolDetails(values)
  }
}

/// What is declared of few symbols, kept apart so that the table of all of them stays small.
private final class SymbolDetails: Sendable {
  struct Values: Sendable {
    var domain = Domain.real
    var derivative: FunctionDerivative?
    var arity: Int?
    var preferredName: String?
  }

  let values: Values

  init(_ values: Values) { self.values = values }

  var domain: Domain { values.domain }
  var derivative: FunctionDerivative? { values.derivative }
  var arity: Int? { values.arity }
  var preferredName: String? { values.preferredName }
}

/// A partial derivative of a function of one or more arguments.
public struct FunctionDerivative: Hashable, Sendable {
  public let function: SymbolID
  public let orders: [Int]

  public init(function: SymbolID, orders: [Int]) {
    self.function = function
    self.orders = orders
  }
}
