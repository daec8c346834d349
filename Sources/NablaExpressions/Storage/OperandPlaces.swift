/// Where operands stand in a list that is being collected.
///
/// A short list is searched; a long one gets a table.
struct OperandPlaces: ~Copyable {
  private var handles: [Handle] = []
  private var table = HandleMap()
  private static var limit: Int { 12 }

  func find(_ handle: Handle) -> Int? {
    if handles.count > OperandPlaces.limit { return table.number(for: handle).map { Int($0) } }
    for place in handles.indices where handles[place] == handle { return place }
    return nil
  }

  mutating func append(_ handle: Handle) {
    handles.append(handle)
    if handles.count <= OperandPlaces.limit { return }
    if table.count == 0 {
      for place in handles.indices.dropLast() { enter(handles[place], place) }
    }
    enter(handle, handles.count - 1)
  }

  private mutating func enter(_ handle: Handle, _ place: Int) {
    table.setNumber(UInt32(truncatingIfNeeded: place), for: handle)
  }
}
