import NablaNumbers

/// What a pool knows of a node beyond its kind; computed on demand, once for each node.
struct NodeFacts: BitwiseCopyable {
  /// A hash of the content that is the same on every run; for ordering, never an identity.
  var fingerprint: UInt64
  /// One bit for each symbol that occurs, shared by symbols whose numbers agree modulo 63.
  var symbolMask: UInt64
  /// How many enclosing binders the node's bound indices reach out to.
  var looseLevels: UInt32
  /// The length of the longest way down.
  var depth: UInt32
  /// The number of nodes when shared ones are counted each time, saturating.
  var treeSize: UInt32
  /// The symbol declared first among those that occur, indices left out; `.max` if none does.
  var firstSymbol: UInt32
  /// Whether a derivative, held, written or conditional node occurs.
  var traits: NodeTraits
}

/// Kinds of nodes that occur in an expression.
package struct NodeTraits: OptionSet, BitwiseCopyable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let derivative = NodeTraits(rawValue: 1)
  package static let written = NodeTraits(rawValue: 2)
  package static let binder = NodeTraits(rawValue: 4)
  package static let condition = NodeTraits(rawValue: 8)
  package static let delta = NodeTraits(rawValue: 16)
  package static let application = NodeTraits(rawValue: 32)
}

extension ExpressionPool {
  /// Which kinds of nodes occur in an expression.
  package mutating func traits(_ handle: Handle) -> NodeTraits {
    ensureFacts(handle)
    return facts[Int(handle.index)].traits
  }

  /// The length of the longest way down an expression.
  package mutating func depth(_ handle: Handle) -> Int {
    ensureFacts(handle)
    return Int(facts[Int(handle.index)].depth)
  }

  /// The number of nodes of an expression written out, saturating at 2³² − 1.
  package mutating func treeSize(_ handle: Handle) -> Int {
    ensureFacts(handle)
    return Int(facts[Int(handle.index)].treeSize)
  }

  /// The number of the symbol declared first among those of an expression, indices left out;
  /// `.max` if there is none.
  package mutating func firstSymbol(_ handle: Handle) -> UInt32 {
    ensureFacts(handle)
    return facts[Int(handle.index)].firstSymbol
  }

  /// How many enclosing binders the bound indices of a node reach out to; 0 for a closed term.
  package mutating func looseLevels(_ handle: Handle) -> Int {
    ensureFacts(handle)
    return Int(facts[Int(handle.index)].looseLevels)
  }

  /// The order key of a node; equal on every run for equal content.
  package mutating func fingerprint(_ handle: Handle) -> UInt64 {
    ensureFacts(handle)
    return facts[Int(handle.index)].fingerprint
  }

  package func mask(of symbol: SymbolID) -> UInt64 { 1 << UInt64(symbol.index % 63) }

  /// Whether a symbol certainly does not occur; false may be a collision.
  package mutating func excludes(_ handle: Handle, _ symbol: SymbolID) -> Bool {
    ensureFacts(handle)
    return facts[Int(handle.index)].symbolMask & mask(of: symbol) == 0
  }

  mutating func ensureFacts(_ handle: Handle) {
    if facts.count > Int(handle.index) { return }
    facts.reserveCapacity(nodes.count)
    for place in facts.count..<nodes.count {
      facts.append(computeFacts(Handle(index: UInt32(truncatingIfNeeded: place))))
    }
  }

  private func computeFacts(_ handle: Handle) -> NodeFacts {
    let node = self[handle]
    let key = node.key
    var facts = NodeFacts(
      fingerprint: scramble(UInt64(key.tag) &+ 0x6E61_626C_61), symbolMask: 0, looseLevels: 0,
      depth: 1, treeSize: 1, firstSymbol: .max, traits: [])
    var binds = false
    switch node {
    case .integer(let value):
      combine(&facts, UInt64(bitPattern: Int64(value)))
    case .number(let place):
      combine(&facts, text: numbers[Int(place)].description)
    case .constant(let constant):
      combine(&facts, UInt64(constant.rawValue))
    case .bound(let level, let slot):
      combine(&facts, UInt64(level) << 32 | UInt64(slot))
      facts.looseLevels = level + 1
    case .symbol(let id), .entry(let id, _), .apply(let id, _):
      combine(&facts, symbol: id)
      facts.symbolMask |= mask(of: id)
      if case .apply = node { facts.traits.insert(.application) }
      if let base = symbols[Int(id.index)].derivative?.function {
        facts.symbolMask |= mask(of: base)
      }
    case .function(let function, _):
      combine(&facts, UInt64(function.rawValue))
    case .relation(let relation, _):
      combine(&facts, UInt64(relation.rawValue))
      facts.traits.insert(.condition)
    case .indexedSum, .indexedProduct:
      binds = true
      facts.traits.insert(.binder)
    case .indicator, .piecewise: facts.traits.insert(.condition)
    case .delta: facts.traits.insert(.delta)
    case .derivative: facts.traits.insert(.derivative)
    case .root(_, let degree):
      combine(&facts, UInt64(degree))
      facts.traits.insert(.written)
    case .quotient, .negation, .heldSum, .heldProduct: facts.traits.insert(.written)
    default: break
    }
    var looksBelow = true
    switch node {
    case .symbol(let id), .entry(let id, _), .apply(let id, _):
      facts.firstSymbol = id.index
      looksBelow = false
    case .delta: looksBelow = false
    default: break
    }
    forEachChild(of: handle) { child, isBody in
      let below = self.facts[Int(child.index)]
      if looksBelow { facts.firstSymbol = min(facts.firstSymbol, below.firstSymbol) }
      combine(&facts, below.fingerprint)
      facts.symbolMask |= below.symbolMask
      facts.traits.formUnion(below.traits)
      facts.depth = max(facts.depth, below.depth &+ 1)
      facts.treeSize =
        facts.treeSize.addingReportingOverflow(below.treeSize).overflow
        ? .max : facts.treeSize + below.treeSize
      let loose =
        binds && isBody && below.looseLevels > 0 ? below.looseLevels - 1 : below.looseLevels
      facts.looseLevels = max(facts.looseLevels, loose)
    }
    return facts
  }

  private func combine(_ facts: inout NodeFacts, _ value: UInt64) {
    facts.fingerprint = scramble(facts.fingerprint ^ scramble(value))
  }

  private func combine(_ facts: inout NodeFacts, text: String) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    combine(&facts, hash)
  }

  private func combine(_ facts: inout NodeFacts, symbol id: SymbolID) {
    let symbol = symbols[Int(id.index)]
    combine(&facts, text: symbol.name)
    if let derivative = symbol.derivative {
      for order in derivative.orders { combine(&facts, UInt64(truncatingIfNeeded: order)) }
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
