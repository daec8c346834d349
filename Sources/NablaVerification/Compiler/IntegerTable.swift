/// A map from 64-bit keys to registers by open addressing, without allocation per entry.
struct IntegerTable: Sendable {
  private var keys: [UInt64]
  private var values: [UInt32]
  private var mask: Int
  private var count = 0

  /// The mark of a free place; never stored as a value.
  private static let free = UInt32.max

  init() {
    keys = [UInt64](repeating: 0, count: 64)
    values = [UInt32](repeating: IntegerTable.free, count: 64)
    mask = 63
  }

  @inline(__always)
  private func place(of key: UInt64) -> Int {
    var mixed = key &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    var place = Int(truncatingIfNeeded: mixed) & mask
    while values[place] != IntegerTable.free && keys[place] != key { place = (place &+ 1) & mask }
    return place
  }

  subscript(key: UInt64) -> UInt32? {
    get {
      let value = values[place(of: key)]
      return value == IntegerTable.free ? nil : value
    }
    set {
      guard let newValue, newValue != IntegerTable.free else { return }
      let place = place(of: key)
      if values[place] == IntegerTable.free { count += 1 }
      keys[place] = key
      values[place] = newValue
      if count * 2 > keys.count { grow() }
    }
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
    values = [UInt32](repeating: IntegerTable.free, count: oldKeys.count * 2)
    mask = keys.count - 1
    for old in oldKeys.indices where oldValues[old] != IntegerTable.free {
      let place = place(of: oldKeys[old])
      keys[place] = oldKeys[old]
      values[place] = oldValues[old]
    }
  }
}
