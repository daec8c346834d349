/// A map from 64-bit keys to registers by open addressing, without allocation per entry.
///
/// An empty table holds no memory.
struct IntegerTable: ~Copyable {
  private struct Entry: BitwiseCopyable {
    var key: UInt64
    var value: UInt32
  }

  private var entries: UnsafeMutablePointer<Entry>?
  private var capacity = 0
  private var count = 0

  /// The mark of a free place; never stored as a value.
  private static var free: UInt32 { .max }

  init() {}

  deinit { entries?.deallocate() }

  /// Where the entry of a key is, or would be.
  @inline(__always)
  private func place(of key: UInt64, in entries: UnsafeMutablePointer<Entry>) -> Int {
    var mixed = key &* 0x9E37_79B9_7F4A_7C15
    mixed ^= mixed >> 32
    let mask = capacity &- 1
    var place = Int(truncatingIfNeeded: mixed) & mask
    while entries[place].value != IntegerTable.free && entries[place].key != key {
      place = (place &+ 1) & mask
    }
    return place
  }

  subscript(key: UInt64) -> UInt32? {
    @inline(__always) get {
      guard let entries else { return nil }
      let value = entries[place(of: key, in: entries)].value
      return value == IntegerTable.free ? nil : value
    }
    set {
      guard let newValue, newValue != IntegerTable.free else { return }
      if count &* 2 >= capacity { grow() }
      guard let entries else { return }
      let place = place(of: key, in: entries)
      if entries[place].value == IntegerTable.free { count &+= 1 }
      entries[place] = Entry(key: key, value: newValue)
    }
  }

  private mutating func grow() {
    let old = entries
    let oldCapacity = capacity
    capacity = max(32, capacity * 2)
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: capacity)
    larger.initialize(repeating: Entry(key: 0, value: IntegerTable.free), count: capacity)
    entries = larger
    guard let old else { return }
    for place in 0..<oldCapacity where old[place].value != IntegerTable.free {
      larger[self.place(of: old[place].key, in: larger)] = old[place]
    }
    old.deallocate()
  }
}
