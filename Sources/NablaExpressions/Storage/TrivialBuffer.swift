/// A growing run of values that need no destruction, in memory of its own.
///
/// The hot paths of the pool run on it: there is one owner, so no write has to ask who else holds
/// the memory, and places are checked in debug builds only.
@frozen
@usableFromInline
package struct TrivialBuffer<Element: BitwiseCopyable>: ~Copyable {
  /// Dangling while the capacity is 0, so that an empty buffer costs nothing.
  @usableFromInline package private(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline package private(set) var count = 0
  @usableFromInline package private(set) var capacity: Int

  package init(capacity: Int = 0) {
    self.capacity = capacity
    base = TrivialBuffer.allocate(capacity)
  }

  private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
    if capacity == 0, let nowhere = UnsafeMutablePointer<Element>(bitPattern: 64) { return nowhere }
    return .allocate(capacity: capacity)
  }

  /// So many copies of a value.
  package init(repeating value: Element, count: Int) {
    self.init(capacity: count)
    extend(to: count, with: value)
  }

  deinit { if capacity > 0 { base.deallocate() } }

  @inlinable
  package subscript(place: Int) -> Element {
    @inline(__always) get {
      assert(place >= 0 && place < count)
      return base[place]
    }
    @inline(__always) nonmutating set {
      assert(place >= 0 && place < count)
      base[place] = newValue
    }
  }

  @inline(__always)
  package mutating func append(_ value: Element) {
    if count == capacity { reserve(count + 1) }
    base[count] = value
    count += 1
  }

  @inline(__always)
  package mutating func popLast() -> Element? {
    if count == 0 { return nil }
    count -= 1
    return base[count]
  }

  /// Makes room for so many elements in all, at least doubling what there is.
  package mutating func reserve(_ needed: Int) {
    if needed <= capacity { return }
    let larger = max(needed, capacity * 2, 16)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.moveInitialize(from: base, count: count)
    if capacity > 0 { base.deallocate() }
    base = moved
    capacity = larger
  }

  /// Appends copies of a value until there are so many elements.
  package mutating func extend(to newCount: Int, with value: Element) {
    if newCount <= count { return }
    reserve(newCount)
    (base + count).initialize(repeating: value, count: newCount - count)
    count = newCount
  }

  /// Forgets the elements but keeps the memory.
  package mutating func removeAll() { count = 0 }
}
