/// An exact integer of any size.
///
/// Values that fit in `Int` are held inline and never allocate; larger ones hold the limbs of
/// their magnitude, least significant first. The form is unique, so equality and hashing compare
/// the stored form.
///
/// No operation traps. Sums, products and shifts take memory in proportion to their result;
/// check `bitWidth` first where a budget must hold.
public struct Integer: Hashable, Sendable {
  /// Invariant: `positive` and `negative` hold no leading zero limb and no value that fits in
  /// `Int`.
  @usableFromInline
  enum Storage: Hashable, Sendable {
    case small(Int)
    case positive([UInt])
    case negative([UInt])
  }

  @usableFromInline let storage: Storage

  @inlinable
  init(storage: Storage) {
    self.storage = storage
  }

  /// Creates the integer with the given value.
  @inlinable
  public init(_ value: Int) {
    storage = .small(value)
  }

  /// Creates the integer with the given magnitude and sign; leading zero limbs are dropped.
  init(isNegative: Bool, limbs: consuming [UInt]) {
    while limbs.last == 0 { limbs.removeLast() }
    if limbs.count <= 1 {
      let limb = limbs.first ?? 0
      if limb <= UInt(Int.max) {
        let value = Int(bitPattern: limb)
        storage = .small(isNegative ? -value : value)
        return
      }
      if isNegative && limb == Int.min.magnitude {
        storage = .small(Int.min)
        return
      }
    }
    storage = isNegative ? .negative(limbs) : .positive(limbs)
  }

  init(_ value: UInt64) {
    self.init(
      isNegative: false,
      limbs: [
        UInt(truncatingIfNeeded: value),
        UInt(truncatingIfNeeded: value >> UInt64(UInt.bitWidth)),
      ])
  }

  /// Calls `body` with the sign and the limbs of the magnitude; zero has no limbs.
  @inline(__always)
  func withLimbs<Result>(_ body: (_ isNegative: Bool, _ limbs: Limbs) -> Result) -> Result {
    switch storage {
    case .small(let value):
      var limb = value.magnitude
      return withUnsafePointer(to: &limb) { pointer in
        body(value < 0, Limbs(start: pointer, count: value == 0 ? 0 : 1))
      }
    case .positive(let limbs):
      return limbs.withUnsafeBufferPointer { body(false, $0) }
    case .negative(let limbs):
      return limbs.withUnsafeBufferPointer { body(true, $0) }
    }
  }
}

extension Integer: ExpressibleByIntegerLiteral {
  @inlinable
  public init(integerLiteral value: Int) {
    storage = .small(value)
  }
}

extension Integer {
  /// Whether the integer is 0.
  @inlinable
  public var isZero: Bool {
    if case .small(0) = storage { true } else { false }
  }

  /// Whether the integer is 1.
  @inlinable
  public var isOne: Bool {
    if case .small(1) = storage { true } else { false }
  }

  /// Whether the integer is less than 0.
  @inlinable
  public var isNegative: Bool {
    switch storage {
    case .small(let value): value < 0
    case .positive: false
    case .negative: true
    }
  }

  /// Whether the integer leaves a remainder when divided by 2.
  @inlinable
  public var isOdd: Bool {
    switch storage {
    case .small(let value): value & 1 == 1
    case .positive(let limbs), .negative(let limbs): (limbs.first ?? 0) & 1 == 1
    }
  }

  /// The sign: -1, 0 or 1.
  @inlinable
  public var signum: Int {
    switch storage {
    case .small(let value): value.signum()
    case .positive: 1
    case .negative: -1
    }
  }

  /// The absolute value.
  public var magnitude: Integer {
    isNegative ? -self : self
  }

  /// The value as `Int`, or nil if it does not fit.
  @inlinable
  public var asInt: Int? {
    if case .small(let value) = storage { value } else { nil }
  }

  /// The number of bits of the magnitude: 0 for 0, otherwise ⌊log₂ |n|⌋ + 1.
  public var bitWidth: Int {
    withLimbs { _, limbs in limbs.bitCount }
  }

  /// The number of zero bits below the lowest one bit of the magnitude; 0 for 0.
  public var trailingZeroBitCount: Int {
    withLimbs { _, limbs in limbs.trailingZeroBitCount }
  }
}
