/// Breaks a sequence of items into lines with the least total badness (Knuth and Plass 1981).
enum LineBreaker {
  struct Item {
    var width: Double
    /// How bad a break before this item is; `nil` forbids it.
    var penalty: Double?
  }

  /// The index of the first item of each line.
  ///
  /// Lines after the first may be `indent` shorter. An item wider than its line stands alone on it.
  static func lines(_ items: [Item], width: Double, indent: Double) -> [Int] {
    if items.isEmpty { return [0] }
    var starts = [0]
    for (position, item) in items.enumerated() where position > 0 && item.penalty != nil {
      starts.append(position)
    }
    var ends = Array(starts.dropFirst())
    ends.append(items.count)
    var prefix = [0.0]
    prefix.reserveCapacity(items.count + 1)
    for item in items { prefix.append(prefix[prefix.count - 1] + item.width) }
    // best[b] is the least badness of everything before start b.
    var best = [Double](repeating: .infinity, count: starts.count + 1)
    var previous = [Int](repeating: 0, count: starts.count + 1)
    best[0] = 0
    for from in starts.indices where best[from] < .infinity {
      let available = max(from == 0 ? width : width - indent, 1)
      for to in from..<starts.count {
        let used = prefix[ends[to]] - prefix[starts[from]]
        let overflow = used - available
        if overflow > 0, to > from { break }
        let isLast = to == starts.count - 1
        let slack = overflow > 0 ? 0 : (available - used) / available
        var badness = best[from] + 1
        badness += overflow > 0 ? 100 + overflow : isLast ? 0 : slack * slack
        if !isLast { badness += items[starts[to + 1]].penalty ?? 0 }
        if badness < best[to + 1] {
          best[to + 1] = badness
          previous[to + 1] = from
        }
      }
    }
    var result: [Int] = []
    var at = starts.count
    while at > 0 {
      at = previous[at]
      result.append(starts[at])
    }
    return result.reversed()
  }
}
