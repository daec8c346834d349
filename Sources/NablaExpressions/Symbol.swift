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
  /// What is more to say than that it is a scalar; nil for most, of which there may be very many.
  private var details: SymbolDetails?

  public init(
    _ name: String, _ kind: SymbolKind, ranges: [IndexRange] = [], domain: Domain? = nil,
    arity: Int? = nil, isFresh: Bool = false
  ) {
    self.name = name
    if case .scalar = kind, case .none = domain, case .none = arity, !isFresh, ranges.isEmpty {
      return
    }
    var values = SymbolDetails.Values()
    values.kind = kind
    values.ranges = ranges
    values.domain = domain ?? .real
    values.arity = arity
    values.isFresh = isFresh
    details = SymbolDetails(values)
  }

  public var kind: SymbolKind {
    get { details?.values.kind ?? .scalar }
    set { change { $0.kind = newValue } }
  }

  /// The range of an index or label, or of each slot of an array.
  public var ranges: [IndexRange] {
    get { details?.values.ranges ?? [] }
    set { change { $0.ranges = newValue } }
  }

  /// What is known of the values.
  public var domain: Domain {
    get { details?.values.domain ?? .real }
    set { change { $0.domain = newValue } }
  }

  /// For a derivative of a function: the function and the order in each argument.
  public var derivative: FunctionDerivative? {
    get { details?.values.derivative }
    set { change { $0.derivative = newValue } }
  }

  /// The number of arguments of a function, where it is fixed.
  public var arity: Int? {
    get { details?.values.arity }
    set { change { $0.arity = newValue } }
  }

  /// Whether the engine made the name when it opened a sum.
  public var isFresh: Bool {
    get { details?.values.isFresh ?? false }
    set { change { $0.isFresh = newValue } }
  }

  /// For a fresh index: the name the author used in this place.
  package var preferredName: String? {
    get { details?.values.preferredName }
    set { change { $0.preferredName = newValue } }
  }

  private mutating func change(_ change: (inout SymbolDetails.Values) -> Void) {
    var values = details?.values ?? SymbolDetails.Values()
    change(&values)
    details = SymbolDetails(values)
  }
}

/// What is declared of a symbol apart from its name, shared by its copies.
private final class SymbolDetails: Sendable {
  struct Values: Sendable {
    var kind = SymbolKind.scalar
    var isFresh = false
    var ranges: [IndexRange] = []
    var domain = Domain.real
    var derivative: FunctionDerivative?
    var arity: Int?
    var preferredName: String?
  }

  let values: Values

  init(_ values: Values) { self.values = values }
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
