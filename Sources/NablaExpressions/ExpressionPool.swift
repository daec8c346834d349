import NablaNumbers

/// An append-only store of expression nodes in which equal terms are one handle.
///
/// One pool serves one task: it is passed `inout`, takes no locks and counts no references.
/// Nodes are never changed once interned, and children precede their parents,
/// so a sweep over handles in order is a sweep in dependency order.
///
/// Interning is by open addressing; a new node costs amortised O(1) plus its operand list.
public struct ExpressionPool: ~Copyable {
  @usableFromInline var nodes: TrivialBuffer<Node>
  @usableFromInline var lists: TrivialBuffer<UInt32>
  var table: InternTable
  /// The handle plus one of the node of each symbol; 0 if it has none yet.
  var symbolNodes = TrivialBuffer<UInt32>()

  var numbers: [Rational] = []
  var numberPlaces: [Rational: UInt32] = [:]
  package var symbols: [Symbol] = []
  var derivativeSymbols: [FunctionDerivative: SymbolID] = [:]

  var facts = TrivialBuffer<NodeFacts>()
  var fingerprints = TrivialBuffer<UInt64>()
  var openedSums: [Handle: OpenedBinder] = [:]
  var canonicalForms = HandleMap()
  /// Definitions, and what expressions are once they are opened, names once they are instantiated.
  var keptDefinitions = Definitions()
  var openedForms = HandleMap()
  var instances = HandleMap()
  /// The bodies of binders of one index at numbers.
  var terms = LevelMap()
  /// What a reader's effort has been reckoned to be, by node.
  package var costs = HandleMap()
  /// Whether sums over deltas stay, for a line that shows them.
  var keepsDeltas = false
  /// Whether products of a matrix and its inverse stay, for a line that shows them.
  var keepsInverses = false
  /// For the body of an inverse, whether its matrix is symmetric: 1 or 0.
  var symmetries = HandleMap()
  /// Whether a sum inside the product that is summed becomes one sum with the outer one.
  var mergesNestedSums = false
  /// Whether a factor below a sum has the sign that its numbered indices give it.
  var turnsBoundFactors = false
  /// The canonical forms with that.
  var turnedForms = HandleMap()
  /// Defined matrices, with whether their values are known to be symmetric.
  var symmetricNames: [SymbolID: Bool] = [:]
  /// Whether the indices of components of such matrices are put in order.
  var ordersSymmetricNames = false
  /// How the bound indices of a binder are to be written.
  var binderNames: [Handle: [String]] = [:]
  /// Asked while nodes are added.
  var alarm = PoolAlarm()
  private var inventedIndices: [InventedIndex: SymbolID] = [:]

  /// The handle of 0.
  public let zero = Handle(index: 0)
  /// The handle of 1.
  public let one = Handle(index: 1)
  /// The handle of −1.
  public let minusOne = Handle(index: 2)
  /// The handle of 2.
  public let two = Handle(index: 3)

  /// Makes a pool with room for some nodes.
  public init(capacity: Int = 256) {
    nodes = TrivialBuffer(capacity: capacity)
    lists = TrivialBuffer(capacity: capacity * 2)
    table = InternTable(capacity: capacity)
    internBasics()
  }

  private mutating func internBasics() {
    for value: Int32 in [0, 1, -1, 2] { _ = intern(.integer(value)) }
  }

  /// Forgets every node and symbol but keeps the memory, so that many questions run in flat memory.
  public mutating func reset() {
    nodes.removeAll()
    lists.removeAll()
    table.removeAll()
    symbolNodes.removeAll()
    numbers.removeAll(keepingCapacity: true)
    numberPlaces.removeAll(keepingCapacity: true)
    symbols.removeAll(keepingCapacity: true)
    derivativeSymbols.removeAll(keepingCapacity: true)
    facts.removeAll()
    fingerprints.removeAll()
    openedSums.removeAll(keepingCapacity: true)
    canonicalForms.removeAll()
    keptDefinitions = Definitions()
    openedForms.removeAll()
    instances.removeAll()
    terms = LevelMap()
    turnedForms.removeAll()
    symmetries.removeAll()
    symmetricNames.removeAll(keepingCapacity: true)
    costs.removeAll()
    binderNames.removeAll(keepingCapacity: true)
    inventedIndices.removeAll(keepingCapacity: true)
    alarm = PoolAlarm()
    internBasics()
  }

  /// The number of nodes in the pool.
  @inlinable public var count: Int { nodes.count }

  /// The node behind a handle.
  @inlinable public subscript(handle: Handle) -> Node {
    nodes[Int(handle.index)]
  }

  // MARK: Operand lists

  /// The number of operands in a list.
  @inlinable public func count(_ list: ListID) -> Int { Int(lists[Int(list.start)]) }

  /// The operand at a place of a list.
  @inlinable public func operand(_ list: ListID, _ place: Int) -> Handle {
    Handle(index: lists[Int(list.start) + 1 + place])
  }

  /// The operands of a list as an array.
  public func operands(_ list: ListID) -> [Handle] {
    // Mapping a range allocates much faster than the initialisers with a count do.
    let start = Int(list.start) + 1
    return (0..<Int(lists[start - 1])).map { Handle(index: lists[start + $0]) }
  }

  // MARK: Symbols

  /// An index that nobody declared; the same for the same name and range, so that what is said of
  /// it is found again.
  package mutating func inventedIndex(_ name: String, over range: IndexRange) -> SymbolID {
    let key = InventedIndex(name: name, range: range)
    if let known = inventedIndices[key] { return known }
    let symbol = declare(Symbol(name, .index, ranges: [range]))
    inventedIndices[key] = symbol
    return symbol
  }

  /// Declares a symbol; two declarations of one name are two symbols.
  public mutating func declare(_ symbol: consuming Symbol) -> SymbolID {
    symbols.append(symbol)
    symbolNodes.append(0)
    return SymbolID(index: UInt32(truncatingIfNeeded: symbols.count - 1))
  }

  /// What is declared of a symbol.
  public func declaration(of id: SymbolID) -> Symbol { symbols[Int(id.index)] }

  /// The kind of a symbol, without copying its declaration.
  public func kind(of id: SymbolID) -> SymbolKind { symbols[Int(id.index)].kind }

  /// Adds what is known of the values of a symbol.
  public mutating func setDomain(_ domain: Domain, of id: SymbolID) {
    symbols[Int(id.index)].domain = domain
    canonicalForms.removeAll()
    turnedForms.removeAll()
    symmetries.removeAll()
    symmetricNames.removeAll(keepingCapacity: true)
  }

  /// The symbol of a partial derivative of a function; the function itself if every order is 0.
  public mutating func derivativeSymbol(of function: SymbolID, orders: [Int]) -> SymbolID {
    var base = function
    var total = orders
    if let known = symbols[Int(function.index)].derivative {
      base = known.function
      for place in total.indices where place < known.orders.count {
        total[place] += known.orders[place]
      }
    }
    if total.allSatisfy({ $0 == 0 }) { return base }
    let key = FunctionDerivative(function: base, orders: total)
    if let known = derivativeSymbols[key] { return known }
    var symbol = symbols[Int(base.index)]
    symbol.derivative = key
    symbol.domain = .real
    let id = declare(symbol)
    derivativeSymbols[key] = id
    return id
  }

  // MARK: Numbers

  /// The handle of an exact number.
  public mutating func number(_ value: Rational) -> Handle {
    if value.isInteger, let small = value.asInt, let narrow = Int32(exactly: small) {
      return intern(.integer(narrow))
    }
    if let place = numberPlaces[value] { return intern(.number(place)) }
    let place = UInt32(truncatingIfNeeded: numbers.count)
    numbers.append(value)
    numberPlaces[value] = place
    return intern(.number(place))
  }

  /// The handle of an integer.
  public mutating func integer(_ value: Int) -> Handle {
    if let narrow = Int32(exactly: value) { return intern(.integer(narrow)) }
    return number(Rational(value))
  }

  /// The value of a number node, nil for any other node.
  public func rational(_ handle: Handle) -> Rational? {
    switch self[handle] {
    case .integer(let value): Rational(Int(value))
    case .number(let place): numbers[Int(place)]
    default: nil
    }
  }

  /// Whether the node is an exact number.
  @inlinable public func isNumber(_ handle: Handle) -> Bool {
    switch nodes[Int(handle.index)] {
    case .integer, .number: true
    default: false
    }
  }
}

/// The name and the range of an index that nobody declared.
private struct InventedIndex: Hashable {
  let name: String
  let range: IndexRange
}
