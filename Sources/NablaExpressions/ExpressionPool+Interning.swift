/// What identifies a node apart from its operand list: its kind and one number.
struct NodeKey {
  let tag: UInt32
  let first: UInt32
  let second: UInt32
}

extension Node {
  /// The node as numbers; for a node with an operand list, without the list.
  @inline(__always)
  var key: NodeKey {
    switch self {
    case .integer(let value): NodeKey(tag: 0, first: UInt32(bitPattern: value), second: 0)
    case .number(let place): NodeKey(tag: 1, first: place, second: 0)
    case .constant(let constant): NodeKey(tag: 2, first: UInt32(constant.rawValue), second: 0)
    case .symbol(let id): NodeKey(tag: 3, first: id.index, second: 0)
    case .bound(let level, let slot): NodeKey(tag: 4, first: level, second: slot)
    case .entry(let id, _): NodeKey(tag: 5, first: id.index, second: 0)
    case .sum: NodeKey(tag: 6, first: 0, second: 0)
    case .product: NodeKey(tag: 7, first: 0, second: 0)
    case .power(let base, let exponent):
      NodeKey(tag: 8, first: base.index, second: exponent.index)
    case .function(let function, let argument):
      NodeKey(tag: 9, first: UInt32(function.rawValue), second: argument.index)
    case .maximum: NodeKey(tag: 10, first: 0, second: 0)
    case .minimum: NodeKey(tag: 11, first: 0, second: 0)
    case .apply(let id, _): NodeKey(tag: 12, first: id.index, second: 0)
    case .indexedSum(_, let body): NodeKey(tag: 13, first: body.index, second: 0)
    case .indexedProduct(_, let body): NodeKey(tag: 14, first: body.index, second: 0)
    case .delta(let left, let right): NodeKey(tag: 15, first: left.index, second: right.index)
    case .indicator(let condition): NodeKey(tag: 16, first: condition.index, second: 0)
    case .piecewise: NodeKey(tag: 17, first: 0, second: 0)
    case .relation(let relation, _):
      NodeKey(tag: 18, first: UInt32(relation.rawValue), second: 0)
    case .conjunction: NodeKey(tag: 19, first: 0, second: 0)
    case .disjunction: NodeKey(tag: 20, first: 0, second: 0)
    case .complement(let condition): NodeKey(tag: 21, first: condition.index, second: 0)
    case .derivative(let body, _): NodeKey(tag: 22, first: body.index, second: 0)
    case .quotient(let above, let below):
      NodeKey(tag: 23, first: above.index, second: below.index)
    case .negation(let operand): NodeKey(tag: 24, first: operand.index, second: 0)
    case .root(let radicand, let degree): NodeKey(tag: 25, first: radicand.index, second: degree)
    case .heldSum: NodeKey(tag: 26, first: 0, second: 0)
    case .heldProduct: NodeKey(tag: 27, first: 0, second: 0)
    case .determinant(_, let body): NodeKey(tag: 28, first: body.index, second: 0)
    case .inverse(_, let body): NodeKey(tag: 29, first: body.index, second: 0)
    }
  }

  /// The operand list of the node, if it has one.
  @inline(__always)
  var list: ListID? {
    switch self {
    case .entry(_, let list), .sum(let list), .product(let list), .maximum(let list),
      .minimum(let list), .apply(_, let list), .indexedSum(let list, _),
      .indexedProduct(let list, _), .piecewise(let list), .relation(_, let list),
      .conjunction(let list), .disjunction(let list), .derivative(_, let list),
      .heldSum(let list), .heldProduct(let list), .determinant(let list, _),
      .inverse(let list, _):
      list
    default: nil
    }
  }

  /// The same node with another operand list.
  @inline(__always)
  func with(list: ListID) -> Node {
    switch self {
    case .entry(let id, _): .entry(id, list)
    case .sum: .sum(list)
    case .product: .product(list)
    case .maximum: .maximum(list)
    case .minimum: .minimum(list)
    case .apply(let id, _): .apply(id, list)
    case .indexedSum(_, let body): .indexedSum(list, body)
    case .indexedProduct(_, let body): .indexedProduct(list, body)
    case .piecewise: .piecewise(list)
    case .relation(let relation, _): .relation(relation, list)
    case .conjunction: .conjunction(list)
    case .disjunction: .disjunction(list)
    case .derivative(let body, _): .derivative(body, list)
    case .heldSum: .heldSum(list)
    case .heldProduct: .heldProduct(list)
    case .determinant(_, let body): .determinant(list, body)
    case .inverse(_, let body): .inverse(list, body)
    default: self
    }
  }
}

@inline(__always)
private func mix(_ hash: UInt64, _ value: UInt32) -> UInt64 {
  let mixed = (hash ^ UInt64(value)) &* 0x9E37_79B9_7F4A_7C15
  return mixed ^ (mixed >> 32)
}

@inline(__always)
private func start(_ key: NodeKey) -> UInt64 {
  mix(UInt64(key.tag) &* 0xD6E8_FEB8_6659_FD93, key.first)
}

@inline(__always)
private func finish(_ hash: UInt64, lastOperand: UInt32) -> InternHash {
  let content = UInt32(truncatingIfNeeded: (hash &* 0xD6E8_FEB8_6659_FD93) >> 32)
  // A table is at most half full, so two places belong to each handle.
  return InternHash(near: lastOperand &* 2 &+ (content >> 23), content: content)
}

extension NodeKey {
  /// The hash of a node without an operand list.
  @inline(__always)
  fileprivate var hash: InternHash {
    finish(mix(start(self), second), lastOperand: max(first, second))
  }

  /// The hash of a node with two operands in its list.
  @inline(__always)
  fileprivate func hash(_ left: UInt32, _ right: UInt32) -> InternHash {
    finish(mix(mix(mix(start(self), 2), left), right), lastOperand: right)
  }

  /// The hash of a node with any operand list.
  @inline(__always)
  fileprivate func hash(_ count: Int, _ operand: (Int) -> UInt32) -> InternHash {
    var mixed = mix(start(self), UInt32(truncatingIfNeeded: count))
    var last: UInt32 = 0
    for place in 0..<count {
      last = operand(place)
      mixed = mix(mixed, last)
    }
    return finish(mixed, lastOperand: last)
  }
}

extension ExpressionPool {
  /// The handle of a node without an operand list.
  @inline(__always)
  package mutating func intern(_ node: Node) -> Handle {
    if case .symbol(let id) = node { return internSymbol(id) }
    return internKey(node, node.key)
  }

  private mutating func internKey(_ node: Node, _ key: NodeKey) -> Handle {
    let hash = key.hash
    let search = table.find(hash) { candidate in
      let other = nodes[Int(candidate.index)].key
      return other.tag == key.tag && other.first == key.first && other.second == key.second
    }
    return search.found ?? append(node, hash, at: search.place)
  }

  /// A symbol has its node at hand, so that the table need not be asked.
  private mutating func internSymbol(_ id: SymbolID) -> Handle {
    let place = Int(id.index)
    let known = symbolNodes[place]
    if known != 0 { return Handle(index: known &- 1) }
    let handle = Handle(index: UInt32(truncatingIfNeeded: nodes.count))
    nodes.append(.symbol(id))
    symbolNodes[place] = handle.index &+ 1
    return handle
  }

  /// The handle of a node whose operand list holds these operands, in this order.
  ///
  /// The list carried by `shape` is ignored.
  package mutating func intern(_ shape: Node, _ operands: [Handle]) -> Handle {
    operands.withUnsafeBufferPointer { intern(shape, $0) }
  }

  /// The handle of a node with two operands in its list.
  @inline(__always)
  package mutating func intern(_ shape: Node, _ first: Handle, _ second: Handle) -> Handle {
    internPair(shape, shape.key, first.index, second.index)
  }

  private mutating func internPair(
    _ shape: Node, _ key: NodeKey, _ first: UInt32, _ second: UInt32
  ) -> Handle {
    let hash = key.hash(first, second)
    let search = table.find(hash) { candidate in
      let node = nodes[Int(candidate.index)]
      let other = node.key
      guard other.tag == key.tag, other.first == key.first, let list = node.list else {
        return false
      }
      let start = Int(list.start)
      return lists[start] == 2 && lists[start + 1] == first && lists[start + 2] == second
    }
    if let found = search.found { return found }
    let list = ListID(start: UInt32(truncatingIfNeeded: lists.count))
    lists.append(2)
    lists.append(first)
    lists.append(second)
    return append(shape.with(list: list), hash, at: search.place)
  }

  package mutating func intern(_ shape: Node, _ operands: UnsafeBufferPointer<Handle>) -> Handle {
    let key = shape.key
    let hash =
      operands.count == 2
      ? key.hash(operands[0].index, operands[1].index)
      : key.hash(operands.count) { operands[$0].index }
    let search = table.find(hash) { isNode($0, key, operands) }
    if let found = search.found { return found }
    let list = ListID(start: UInt32(truncatingIfNeeded: lists.count))
    lists.reserve(lists.count + operands.count + 1)
    lists.append(UInt32(truncatingIfNeeded: operands.count))
    for operand in operands { lists.append(operand.index) }
    return append(shape.with(list: list), hash, at: search.place)
  }

  private func isNode(
    _ candidate: Handle, _ key: NodeKey, _ operands: UnsafeBufferPointer<Handle>
  ) -> Bool {
    let node = nodes[Int(candidate.index)]
    let other = node.key
    guard other.tag == key.tag, other.first == key.first, let list = node.list else { return false }
    let start = Int(list.start)
    guard Int(lists[start]) == operands.count else { return false }
    for place in 0..<operands.count where lists[start + 1 + place] != operands[place].index {
      return false
    }
    return true
  }

  @inline(__always)
  private mutating func append(_ node: Node, _ hash: InternHash, at place: Int) -> Handle {
    let handle = Handle(index: UInt32(truncatingIfNeeded: nodes.count))
    nodes.append(node)
    table.insert(handle, hash, at: place)
    if table.isFull { growTable() }
    if nodes.count >= alarm.nextCount { askAlarm() }
    return handle
  }

  private mutating func growTable() {
    table.double()
    for place in 0..<nodes.count {
      let node = nodes[place]
      if case .symbol = node { continue }
      let hash = hash(of: node)
      let free = table.find(hash) { _ in false }.place
      table.insert(Handle(index: UInt32(truncatingIfNeeded: place)), hash, at: free)
    }
  }

  private func hash(of node: Node) -> InternHash {
    guard let list = node.list else { return node.key.hash }
    let count = count(list)
    return count == 2
      ? node.key.hash(operand(list, 0).index, operand(list, 1).index)
      : node.key.hash(count) { operand(list, $0).index }
  }
}
