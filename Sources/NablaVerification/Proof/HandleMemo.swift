import NablaExpressions

/// What was found out about the expressions met so far, by open addressing.
///
/// An entry holds the handle plus one in its upper half and the place of the value in its lower
/// half, so that 0 is a free place.
struct HandleMemo<Value: Sendable>: Sendable {
  private var entries: [UInt64] = []
  private var values: [Value] = []

  subscript(handle: Handle) -> Value? {
    if entries.isEmpty { return nil }
    let entry = entries[place(of: handle)]
    return entry == 0 ? nil : values[Int(UInt32(truncatingIfNeeded: entry))]
  }

  mutating func set(_ value: Value, for handle: Handle) {
    if (values.count + 1) * 2 > entries.count { grow() }
    let place = place(of: handle)
    let known = entries[place]
    if known != 0 {
      values[Int(UInt32(truncatingIfNeeded: known))] = value
      return
    }
    entries[place] = (UInt64(handle.index) + 1) << 32 | UInt64(values.count)
    values.append(value)
  }

  /// Forgets everything but keeps the memory.
  mutating func removeAll() {
    if values.isEmpty { return }
    for place in entries.indices { entries[place] = 0 }
    values.removeAll(keepingCapacity: true)
  }

  /// Where the handle's entry is, or would be.
  @inline(__always)
  private func place(of handle: Handle) -> Int {
    let key = UInt64(handle.index) + 1
    let mask = entries.count - 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
    while true {
      let entry = entries[place]
      if entry == 0 || entry >> 32 == key { return place }
      place = (place + 1) & mask
    }
  }

  private mutating func grow() {
    let old = entries
    entries = [UInt64](repeating: 0, count: max(32, old.count * 2))
    values.reserveCapacity(entries.count / 2)
    for entry in old where entry != 0 {
      entries[place(of: Handle(index: UInt32(truncatingIfNeeded: entry >> 32) - 1))] = entry
    }
  }
}
