/// Values by handle, by open addressing: a fast memo for walks over an expression.
///
/// An entry holds the key plus one in its upper half, so that 0 is a free place.
package struct HandleMap: ~Copyable {
  private var entries = TrivialBuffer<UInt64>(capacity: 0)
  private var used = 0
  private var shift: UInt64 = 64

  package init() {}

  package var count: Int { used }

  package subscript(handle: Handle) -> Handle? {
    @inline(__always) get { number(for: handle).map { Handle(index: $0) } }
    @inline(__always) set {
      if let newValue { setNumber(newValue.index, for: handle) }
    }
  }

  /// The number kept for a handle.
  @inline(__always)
  package func number(for handle: Handle) -> UInt32? {
    if used == 0 { return nil }
    let entry = entries[place(of: handle)]
    return entry == 0 ? nil : UInt32(truncatingIfNeeded: entry)
  }

  package mutating func setNumber(_ number: UInt32, for handle: Handle) {
    if used &* 2 >= entries.count { grow() }
    let place = place(of: handle)
    if entries[place] == 0 { used += 1 }
    entries[place] = (UInt64(handle.index) + 1) << 32 | UInt64(number)
  }

  /// Takes a handle in, with itself as its value; false if it is there already.
  @inline(__always)
  package mutating func insert(_ handle: Handle) -> Bool {
    if used &* 2 >= entries.count { grow() }
    let place = place(of: handle)
    if entries[place] != 0 { return false }
    used += 1
    entries[place] = (UInt64(handle.index) + 1) << 32 | UInt64(handle.index)
    return true
  }

  /// Forgets everything but keeps the memory.
  package mutating func removeAll() {
    if used == 0 { return }
    entries.base.update(repeating: 0, count: entries.count)
    used = 0
  }

  /// Where the handle's entry is, or would be.
  @inline(__always)
  private func place(of handle: Handle) -> Int {
    let key = UInt64(handle.index) + 1
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while true {
      let entry = entries[place]
      if entry == 0 || entry >> 32 == key { return place }
      place = (place + 1) & (entries.count - 1)
    }
  }

  private mutating func grow() {
    let size = max(16, entries.count * 2)
    let old = entries.take(replacement: TrivialBuffer(repeating: 0, count: size))
    shift = 64 - UInt64(size.trailingZeroBitCount)
    for place in 0..<old.count where old[place] != 0 {
      let handle = Handle(index: UInt32(truncatingIfNeeded: old[place] >> 32) - 1)
      entries[self.place(of: handle)] = old[place]
    }
  }
}

extension TrivialBuffer {
  /// The buffer itself, with another one put in its stead.
  mutating func take(replacement: consuming TrivialBuffer) -> TrivialBuffer {
    let taken = self
    self = replacement
    return taken
  }
}
