/// The candidate closest to a misspelt name, or nothing if none is close.
///
/// Distance is Damerau–Levenshtein (optimal string alignment) over bytes, where a change of case
/// counts half. A candidate is close if at most a third of the longer name differs, at least one
/// edit, or if only the case differs. Ties go to the same first letter, then to byte order.
package func nearestSpelling(
  to name: String, among candidates: some Sequence<String>
) -> String? {
  let target = Array(name.utf8)
  guard !target.isEmpty, target.count <= longestComparedName else { return nil }
  var best: (cost: Int, otherInitial: Bool, name: String)?
  for candidate in candidates {
    let other = Array(candidate.utf8)
    guard !other.isEmpty, other.count <= longestComparedName, other != target else { continue }
    let longer = max(target.count, other.count)
    let caseOnly = target.elementsEqual(other) { lowercased($0) == lowercased($1) }
    let cost = caseOnly ? 1 : editCost(target, other)
    guard caseOnly || (cost <= max(2, 2 * longer / 3) && cost < 2 * longer) else { continue }
    let otherInitial = lowercased(other[0]) != lowercased(target[0])
    if let current = best {
      if cost > current.cost { continue }
      if cost == current.cost {
        if otherInitial && !current.otherInitial { continue }
        if otherInitial == current.otherInitial,
          !other.lexicographicallyPrecedes(Array(current.name.utf8))
        {
          continue
        }
      }
    }
    best = (cost, otherInitial, candidate)
  }
  return best?.name
}

private let longestComparedName = 64

private func lowercased(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte
}

/// Twice the number of edits; a change of case costs one.
private func editCost(_ left: [UInt8], _ right: [UInt8]) -> Int {
  let width = right.count + 1
  var beforePrevious = [Int](repeating: 0, count: width)
  var previous = [Int](repeating: 0, count: width)
  var current = [Int](repeating: 0, count: width)
  for column in 0..<width { previous[column] = 2 * column }
  for row in 1...left.count {
    current[0] = 2 * row
    for column in 1..<width {
      let a = left[row - 1]
      let b = right[column - 1]
      let change = a == b ? 0 : lowercased(a) == lowercased(b) ? 1 : 2
      var cost = min(previous[column] + 2, current[column - 1] + 2, previous[column - 1] + change)
      if row > 1, column > 1, a == right[column - 2], left[row - 2] == b {
        cost = min(cost, beforePrevious[column - 2] + 2)
      }
      current[column] = cost
    }
    swap(&beforePrevious, &previous)
    swap(&previous, &current)
  }
  return previous[width - 1]
}
