import NablaNumbers

extension ExpressionPool {
  /// The order key of a node: a hash of its content that is the same on every run.
  ///
  /// For ordering, never an identity.
  package mutating func fingerprint(_ handle: Handle) -> UInt64 {
    if fingerprints.count <= Int(handle.index) {
      fingerprints.reserve(Int(handle.index) + 1)
      for place in fingerprints.count...Int(handle.index) {
        fingerprints.append(computeFingerprint(Handle(index: UInt32(truncatingIfNeeded: place))))
      }
    }
    return fingerprints[Int(handle.index)]
  }

  private func computeFingerprint(_ handle: Handle) -> UInt64 {
    let node = self[handle]
    var print = scramble(UInt64(node.key.tag) &+ 0x6E61_626C_61)
    switch node {
    case .integer(let value): combine(&print, UInt64(bitPattern: Int64(value)))
    case .number(let place): combine(&print, text: numbers[Int(place)].description)
    case .constant(let constant): combine(&print, UInt64(constant.rawValue))
    case .bound(let level, let slot): combine(&print, UInt64(level) << 32 | UInt64(slot))
    case .symbol(let id), .entry(let id, _), .apply(let id, _): combine(&print, symbol: id)
    case .function(let function, _): combine(&print, UInt64(function.rawValue))
    case .relation(let relation, _): combine(&print, UInt64(relation.rawValue))
    case .root(_, let degree): combine(&print, UInt64(degree))
    default: break
    }
    forEachChild(of: handle) { child, _ in combine(&print, fingerprints[Int(child.index)]) }
    return print
  }

  private func combine(_ print: inout UInt64, _ value: UInt64) {
    print = scramble(print ^ scramble(value))
  }

  private func combine(_ print: inout UInt64, text: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    combine(&print, hash)
  }

  private func combine(_ print: inout UInt64, symbol id: SymbolID) {
    let symbol = symbols[Int(id.index)]
    combine(&print, text: symbol.name)
    if let derivative = symbol.derivative {
      for order in derivative.orders { combine(&print, UInt64(truncatingIfNeeded: order)) }
    }
  }

  @inline(__always)
  private func scramble(_ value: UInt64) -> UInt64 {
    var mixed = value &+ 0x9E37_79B9_7F4A_7C15
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
