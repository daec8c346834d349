/// Which node stands where in the pool, by the hash of its content.
///
/// An entry holds 32 bits of hash and the handle plus one. A place is found by the upper bits of
/// the hash, so that a larger table has the entries in the same order and is filled in one pass.
struct InternTable: ~Copyable {
  private var entries: TrivialBuffer<UInt64>
  private var used = 0
  private var shift: UInt32

  /// A table with room for so many nodes.
  init(capacity: Int) {
    var size = 1024
    while size * 2 < capacity * 3 { size *= 2 }
    entries = TrivialBuffer(repeating: 0, count: size)
    shift = 32 - UInt32(size.trailingZeroBitCount)
  }

  /// The node with this hash for which the test holds; if there is none, the place for it.
  @inline(__always)
  func find(_ hash: UInt32, _ isEqual: (Handle) -> Bool) -> (found: Handle?, place: Int) {
    var place = Int(hash >> shift)
    while true {
      let entry = entries[place]
      if entry == 0 { return (nil, place) }
      if UInt32(truncatingIfNeeded: entry >> 32) == hash {
        let handle = Handle(index: UInt32(truncatingIfNeeded: entry) &- 1)
        if isEqual(handle) { return (handle, place) }
      }
      place = (place &+ 1) & (entries.count &- 1)
    }
  }

  /// Enters a node at the place that `find` gave.
  @inline(__always)
  mutating func insert(_ handle: Handle, _ hash: UInt32, at place: Int) {
    entries[place] = UInt64(hash) << 32 | UInt64(handle.index &+ 1)
    used &+= 1
    if used &* 3 > entries.count &* 2 { grow() }
  }

  /// Forgets every node but keeps the memory.
  mutating func removeAll() {
    entries.base.update(repeating: 0, count: entries.count)
    used = 0
  }

  private mutating func grow() {
    let size = entries.count * 2
    let old = entries.take(replacement: TrivialBuffer(repeating: 0, count: size))
    shift -= 1
    for oldPlace in 0..<old.count where old[oldPlace] != 0 {
      var place = Int(UInt32(truncatingIfNeeded: old[oldPlace] >> 32) >> shift)
      while entries[place] != 0 { place = (place &+ 1) & (size &- 1) }
      entries[place] = old[oldPlace]
    }
  }
}
