/// Where operands stand in a list that is being collected.
///
/// A short list is searched; a long one gets a table.
struct OperandPlaces: ~Copyable {
  private var table = HandleMap()
  /// How many members of the list the table holds.
  private var entered = 0

  /// The place of a handle in a list of so many members; the list only grows at its end.
  @inline(__always)
  mutating func find(_ handle: Handle, among count: Int, _ member: (Int) -> Handle) -> Int? {
    if count > 12 { return findInTable(handle, count, member) }
    for place in 0..<count where member(place) == handle { return place }
    return nil
  }

  private mutating func findInTable(
    _ handle: Handle, _ count: Int, _ member: (Int) -> Handle
  ) -> Int? {
    while entered < count {
      table.setNumber(UInt32(truncatingIfNeeded: entered), for: member(entered))
      entered += 1
    }
    return table.number(for: handle).map { Int($0) }
  }
}
