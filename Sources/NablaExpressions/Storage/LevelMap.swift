/// Expressions by handle and by the number of binders around it, by open addressing: a memo for
/// walks that name or bind indices.
struct LevelMap: ~Copyable {
  /// The handle plus one in the upper half and the level in the lower one; 0 for a free place.
  private var keys = TrivialBuffer<UInt64>(capacity: 0)
  private var values = TrivialBuffer<Handle>(capacity: 0)
  private var used = 0
  private var shift: UInt64 = 64

  init() {}

  func value(of handle: Handle, level: UInt32) -> Handle? {
    if used == 0 { return nil }
    let key = LevelMap.key(handle, level)
    let place = place(of: key)
    return keys[place] == key ? values[place] : nil
  }

  mutating func set(_ value: Handle, for handle: Handle, level: UInt32) {
    if used &* 2 >= keys.count { grow() }
    let key = LevelMap.key(handle, level)
    let place = place(of: key)
    if keys[place] == 0 { used += 1 }
    keys[place] = key
    values[place] = value
  }

  @inline(__always)
  private static func key(_ handle: Handle, _ level: UInt32) -> UInt64 {
    (UInt64(handle.index) + 1) << 32 | UInt64(level)
  }

  /// Where the entry of a key is, or would be.
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> shift)
    while keys[place] != 0, keys[place] != key { place = (place + 1) & (keys.count - 1) }
    return place
  }

  private mutating func grow() {
    let size = max(16, keys.count * 2)
    let old = keys.take(replacement: TrivialBuffer(repeating: 0, count: size))
    let held = values.take(
      replacement: TrivialBuffer(repeating: Handle(index: 0), count: size))
    shift = 64 - UInt64(size.trailingZeroBitCount)
    for place in 0..<old.count where old[place] != 0 {
      let next = self.place(of: old[place])
      keys[next] = old[place]
      values[next] = held[place]
    }
  }
}
