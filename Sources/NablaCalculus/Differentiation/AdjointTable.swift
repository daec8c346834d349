import NablaExpressions

/// The contributions to the adjoint of each place, in linked lists over flat memory.
///
/// Most places get one contribution, which is kept in the place itself.
struct AdjointTable: ~Copyable {
  /// 0 for none; a contribution plus one; or, with the upper bit set, the last link of a list.
  private var places = TrivialBuffer<UInt32>()
  private var links = TrivialBuffer<Link>()
  private var gathered: [Handle] = []

  struct Link: BitwiseCopyable {
    let value: Handle
    /// The link before, plus one; 0 at the end.
    let next: UInt32
  }

  private static let isList: UInt32 = 1 << 31

  /// Forgets all contributions and makes room for so many places.
  mutating func reset(count: Int) {
    places.removeAll()
    links.removeAll()
    places.extend(to: count, with: 0)
  }

  mutating func extend(to count: Int) { places.extend(to: count, with: 0) }

  var count: Int { places.count }

  @inline(__always)
  func hasContributions(_ place: Int) -> Bool { places[place] != 0 }

  @inline(__always)
  mutating func contribute(_ value: Handle, to place: Int) {
    let known = places[place]
    if known == 0 {
      places[place] = value.index &+ 1
    } else {
      link(value, to: place, known)
    }
  }

  private mutating func link(_ value: Handle, to place: Int, _ known: UInt32) {
    var next = known & ~AdjointTable.isList
    if known & AdjointTable.isList == 0 {
      links.append(Link(value: Handle(index: known - 1), next: 0))
      next = UInt32(truncatingIfNeeded: links.count)
    }
    links.append(Link(value: value, next: next))
    places[place] = UInt32(truncatingIfNeeded: links.count) | AdjointTable.isList
  }

  /// The sum of all contributions as one node.
  @inline(__always)
  mutating func adjoint(_ place: Int, _ pool: inout ExpressionPool) -> Handle {
    let known = places[place]
    if known & AdjointTable.isList == 0 {
      return known == 0 ? pool.zero : Handle(index: known &- 1)
    }
    return total(place, known & ~AdjointTable.isList, &pool)
  }

  private mutating func total(
    _ place: Int, _ last: UInt32, _ pool: inout ExpressionPool
  ) -> Handle {
    gathered.removeAll(keepingCapacity: true)
    var link = last
    while link != 0 {
      let entry = links[Int(link) - 1]
      gathered.append(entry.value)
      link = entry.next
    }
    let total = pool.add(gathered)
    places[place] = total.index &+ 1
    return total
  }
}
