/// What has been made of arrays that stand in several places of a formula, each made once.
///
/// Arrays are told apart by where they lie in memory; the table keeps them, so that no other array
/// can come to lie there.
struct SharedArrays<Element, Variant: Hashable, Value> {
  private struct Place: Hashable {
    let address: UnsafeRawPointer
    let variant: Variant
  }

  private var entries: [Place: (array: [Element], value: Value)] = [:]

  private static func place(of array: [Element], _ variant: Variant) -> Place? {
    if array.isEmpty { return nil }
    return array.withUnsafeBytes { bytes in
      bytes.baseAddress.map { Place(address: $0, variant: variant) }
    }
  }

  /// What was made of this array, in this way.
  subscript(array: [Element], variant: Variant) -> Value? {
    get {
      guard let place = Self.place(of: array, variant), let entry = entries[place],
        entry.array.count == array.count
      else { return nil }
      return entry.value
    }
    set {
      guard let place = Self.place(of: array, variant) else { return }
      entries[place] = newValue.map { (array, $0) }
    }
  }

  mutating func removeAll() { entries.removeAll(keepingCapacity: true) }
}
