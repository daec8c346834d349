/// What the table knows of a node's content.
struct InternHash {
  /// Where a node with these operands is looked for first, whatever the size of the table.
  let near: UInt32
  /// A hash of the whole content.
  let content: UInt32
}

/// Which node stands where in the pool.
///
/// Nodes made one after the other mostly have operands made one after the other. So a node is put
/// near the place that belongs to its last operand, where the table is in the cache; if that
/// neighbourhood is full, it goes where the hash of its content says. Nothing is ever removed, so a
/// full neighbourhood stays full, and a search can follow the same way.
struct InternTable: ~Copyable {
  /// The hash of the content above the handle plus one; 0 where there is nothing.
  private var entries: TrivialBuffer<UInt64>
  private var used = 0
  private var mask: Int
  /// How many places belong to a neighbourhood.
  private static var reach: Int { 8 }

  /// A table with room for so many nodes.
  init(capacity: Int) {
    var size = 1024
    while size < capacity * 2 { size *= 2 }
    entries = TrivialBuffer(repeating: 0, count: size)
    mask = size - 1
  }

  /// The node with this content for which the test holds; if there is none, the place for it.
  @inline(__always)
  func find(_ hash: InternHash, _ isEqual: (Handle) -> Bool) -> (found: Handle?, place: Int) {
    var place = Int(truncatingIfNeeded: hash.near) & mask
    var left = InternTable.reach
    while true {
      let entry = entries[place]
      if entry == 0 { return (nil, place) }
      if UInt32(truncatingIfNeeded: entry >> 32) == hash.content {
        let handle = Handle(index: UInt32(truncatingIfNeeded: entry) &- 1)
        if isEqual(handle) { return (handle, place) }
      }
      left &-= 1
      place = left == 0 ? Int(truncatingIfNeeded: hash.content) & mask : (place &+ 1) & mask
    }
  }

  /// Enters a node at the place that `find` gave.
  @inline(__always)
  mutating func insert(_ handle: Handle, _ hash: InternHash, at place: Int) {
    entries[place] = UInt64(hash.content) << 32 | UInt64(handle.index &+ 1)
    used &+= 1
  }

  /// Whether the table should be doubled before more is entered.
  var isFull: Bool {
    @inline(__always) get { used &* 2 > entries.count }
  }

  /// Forgets every node but keeps the memory.
  mutating func removeAll() {
    entries.base.update(repeating: 0, count: entries.count)
    used = 0
  }

  /// Forgets every node and takes twice the memory.
  mutating func double() {
    let size = entries.count * 2
    entries = TrivialBuffer(repeating: 0, count: size)
    mask = size - 1
    used = 0
  }
}
