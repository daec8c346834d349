import NablaNumbers

/// What a pool knows of a node beyond its kind; computed on demand, once for each node.
@usableFromInline
struct NodeFacts: BitwiseCopyable {
  /// One bit for each symbol that occurs, shared by symbols whose numbers agree modulo 63.
  var symbolMask: UInt64
  /// One bit for each built-in function that occurs.
  var functionMask: UInt64
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
  /// A determinant or an entry of an inverse.
  package static let matrix = NodeTraits(rawValue: 64)
}

extension SymbolID {
  /// The bit of the symbol in masks of symbols.
  var mask: UInt64 { 1 << UInt64(index % 63) }
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

  package func mask(of symbol: SymbolID) -> UInt64 { symbol.mask }

  /// One bit for each symbol that occurs; a bit may stand for several symbols.
  package mutating func symbolMask(_ handle: Handle) -> UInt64 {
    ensureFacts(handle)
    return facts[Int(handle.index)].symbolMask
  }

  /// One bit for each built-in function that occurs, by its raw value.
  package mutating func functionMask(_ handle: Handle) -> UInt64 {
    ensureFacts(handle)
    return facts[Int(handle.index)].functionMask
  }

  /// Whether a symbol certainly does not occur; false may be a collision.
  package mutating func excludes(_ handle: Handle, _ symbol: SymbolID) -> Bool {
    ensureFacts(handle)
    return facts[Int(handle.index)].symbolMask & mask(of: symbol) == 0
  }

  @inline(__always)
  mutating func ensureFacts(_ handle: Handle) {
    if facts.count <= Int(handle.index) { computeFacts(through: handle) }
  }

  private mutating func computeFacts(through last: Handle) {
    facts.reserve(Int(last.index) + 1)
    for place in facts.count...Int(last.index) {
      facts.append(computeFacts(Handle(index: UInt32(truncatingIfNeeded: place))))
    }
  }

  private func computeFacts(_ handle: Handle) -> NodeFacts {
    let node = self[handle]
    var facts = NodeFacts(
      symbolMask: 0, functionMask: 0, looseLevels: 0, depth: 1, treeSize: 1, firstSymbol: .max,
      traits: [])
    var binds = false
    switch node {
    case .bound(let level, _): facts.looseLevels = level + 1
    case .symbol(let id), .entry(let id, _): facts.symbolMask = mask(of: id)
    case .apply(let id, _):
      facts.symbolMask = mask(of: id)
      facts.traits.insert(.application)
      if let base = symbols[Int(id.index)].derivative?.function {
        facts.symbolMask |= mask(of: base)
      }
    case .function(let function, _): facts.functionMask = 1 << UInt64(function.rawValue)
    case .indexedSum, .indexedProduct:
      binds = true
      facts.traits.insert(.binder)
    case .determinant, .inverse:
      binds = true
      facts.traits.formUnion([.binder, .matrix])
    case .relation, .indicator, .piecewise: facts.traits.insert(.condition)
    case .delta: facts.traits.insert(.delta)
    case .derivative: facts.traits.insert(.derivative)
    case .root, .quotient, .negation, .heldSum, .heldProduct: facts.traits.insert(.written)
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
      facts.symbolMask |= below.symbolMask
      facts.functionMask |= below.functionMask
      facts.traits.formUnion(below.traits)
      facts.depth = max(facts.depth, below.depth &+ 1)
      facts.treeSize =
        facts.treeSize.addingReportingOverflow(below.treeSize).overflow
        ? .max : facts.treeSize &+ below.treeSize
      let loose =
        binds && isBody && below.looseLevels > 0 ? below.looseLevels - 1 : below.looseLevels
      facts.looseLevels = max(facts.looseLevels, loose)
    }
    return facts
  }
}
