import NablaExpressions

extension TapeCompiler {
  /// The number of a chain of integers with one more at its end.
  mutating func chain(_ start: UInt32, _ next: Int) -> UInt32 {
    let key = UInt64(start) << 32 | UInt64(UInt32(truncatingIfNeeded: next))
    if let known = chains[key] { return known }
    chainCount &+= 1
    chains[key] = chainCount
    return chainCount
  }

  /// The key of a node together with the values of everything it depends on in a scope.
  mutating func memoKey(
    _ handle: Handle, _ scope: Int, _ pool: inout ExpressionPool
  ) -> UInt64 {
    let frame = scopes[scope].frame
    var number = UInt32(truncatingIfNeeded: frames[frame].world * 4)
    if frames[frame].count > 0 {
      let symbols = pool.symbolMask(handle)
      let start = frames[frame].start
      if symbols != 0 {
        number += 1
        for place in start..<(start + frames[frame].count)
        where symbols & pool.mask(of: bindings[place].symbol) != 0 {
          number = chain(number, Int(bindings[place].number))
        }
      }
    }
    let mask = boundUse(of: handle, &pool)
    if mask != 0 {
      if mask & TapeCompiler.beyondMask != 0 { number = chain(number, scope) }
      var place = scope
      var level = mask & ~TapeCompiler.beyondMask
      while level != 0, place >= 0 {
        var slots = level & 0xFF
        while slots != 0 {
          let slot = slots.trailingZeroBitCount
          let value = scopes[place].start + slot
          number = chain(number, value < scopeValues.count ? scopeValues[value] : 0)
          slots &= slots - 1
        }
        level >>= 8
        place = scopes[place].parent
      }
    }
    return UInt64(handle.index) << 32 | UInt64(number)
  }

  /// Marks indices that the mask has no bit for.
  static var beyondMask: UInt64 { 1 << 63 }

  /// One bit for each bound index a node depends on: eight slots for each of seven levels.
  mutating func boundUse(of root: Handle, _ pool: inout ExpressionPool) -> UInt64 {
    if pool.looseLevels(root) == 0 { return 0 }
    if let known = uses[UInt64(root.index)] { return useMasks[Int(known)] }
    var open = [root]
    while let handle = open.last {
      var mask: UInt64 = 0
      var isReady = true
      if case .bound(let level, let slot) = pool[handle] {
        mask = level < 7 && slot < 8 ? 1 << UInt64(level * 8 + slot) : TapeCompiler.beyondMask
      } else {
        let isBinder = isBinder(pool[handle])
        for (place, child) in pool.children(of: handle).enumerated() {
          if pool.looseLevels(child) == 0 { continue }
          guard let known = uses[UInt64(child.index)] else {
            isReady = false
            open.append(child)
            continue
          }
          var own = useMasks[Int(known)]
          if isBinder, place == 0 {
            own = (own & ~TapeCompiler.beyondMask) >> 8 | own & TapeCompiler.beyondMask
          }
          mask |= own
        }
      }
      if isReady {
        open.removeLast()
        uses[UInt64(handle.index)] = UInt32(truncatingIfNeeded: useMasks.count)
        useMasks.append(mask)
      }
    }
    guard let known = uses[UInt64(root.index)] else { return TapeCompiler.beyondMask }
    return useMasks[Int(known)]
  }

  private func isBinder(_ node: Node) -> Bool {
    switch node {
    case .indexedSum, .indexedProduct, .determinant, .inverse: true
    default: false
    }
  }
}
