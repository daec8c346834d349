import NablaExpressions

/// Sums and products over indices, determinants and inverses.
extension ScalarWriter {
  /// The outermost block in which all free indices of an expression have values.
  private func home(of handle: Handle, _ pool: inout ExpressionPool) -> Int {
    var needed = Set(pool.freeIndices(of: [handle]))
    var place = blocks.count - 1
    while place > 0 {
      if blocks[place].indices.contains(where: { needed.contains($0) }) { return place }
      needed.subtract(blocks[place].indices)
      place -= 1
    }
    return 0
  }

  /// Works in an outer block as if the inner ones were not there.
  private mutating func inBlock(
    _ place: Int, _ work: (inout ScalarWriter) throws(CodeObstacle) -> Void
  ) throws(CodeObstacle) {
    let inner = blocks[(place + 1)...]
    blocks.removeLast(inner.count)
    do throws(CodeObstacle) {
      try work(&self)
    } catch {
      blocks.append(contentsOf: inner)
      throw error
    }
    blocks.append(contentsOf: inner)
  }

  mutating func binder(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    guard let opened = pool.open(handle) else { throw CodeObstacle("a sum has no body") }
    var isProduct = false
    if case .indexedProduct = pool[handle] { isProduct = true }
    var place = home(of: handle, &pool)
    while place > 0, blocks[place].isInline { place -= 1 }
    let isAtHome = place >= home(of: handle, &pool)
    if isPython, !isAtHome || place == blocks.count - 1 {
      return try comprehension(opened, isProduct, &pool)
    }
    if !isAtHome { throw CodeObstacle("a sum depends on an index inside an expression") }
    let name = names.unique(isProduct ? "product" : "total")
    blocks[place].locals.append(name)
    try inBlock(place) { (writer) throws(CodeObstacle) in
      if writer.isPython {
        let value = try writer.comprehension(opened, isProduct, &pool)
        writer.line("\(name) = \(value.text)")
      } else {
        try writer.accumulate(name, opened, isProduct, &pool)
      }
      writer.blocks[place].known[handle] = name
    }
    return CodePiece(name)
  }

  /// The factors that decide by indices alone which terms there are, and the others.
  private func filters(
    _ body: Handle, _ isProduct: Bool, _ pool: borrowing ExpressionPool
  ) -> (conditions: [Handle], rest: [Handle]?) {
    if isProduct { return ([], nil) }
    var factors = [body]
    switch pool[body] {
    case .product(let list), .heldProduct(let list): factors = pool.operands(list)
    default: break
    }
    var conditions: [Handle] = []
    var rest: [Handle] = []
    for factor in factors {
      if case .indicator = pool[factor] { conditions.append(factor) } else { rest.append(factor) }
    }
    return (conditions, conditions.isEmpty ? nil : rest)
  }

  private mutating func comprehension(
    _ opened: OpenedBinder, _ isProduct: Bool, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    if let whole = wholeReduction(opened, isProduct, &pool) { return whole }
    var heads = ""
    var count = 0
    defer {
      for _ in 0..<count {
        for index in blocks.removeLast().indices { names.release(names.name(ofIndex: index)) }
      }
    }
    for (index, range) in zip(opened.indices, opened.ranges) {
      let head = try openLoop(over: index, range, &pool)
      count += 1
      blocks[blocks.count - 1].isInline = true
      heads += " for " + head
    }
    let (conditions, rest) = filters(opened.body, isProduct, pool)
    for condition in conditions {
      if let condition = try ownCondition(of: condition, &pool) {
        heads += " if " + condition.text(atLeast: .disjunction)
      }
    }
    let body: CodePiece
    if let rest { body = try product(rest, &pool) } else { body = try piece(opened.body, &pool) }
    if isProduct { helpers.insert(.product) }
    return CodePiece(
      (isProduct ? "prod(" : "sum(") + body.text + heads + ")", .atom, size: body.size + 1)
  }

  /// A loop that adds up, or multiplies, into a variable of its own.
  private mutating func accumulate(
    _ name: String, _ opened: OpenedBinder, _ isProduct: Bool, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) {
    line("var \(name) = " + (isProduct ? "1.0" : "0.0"))
    var heads: [String] = []
    for (index, range) in zip(opened.indices, opened.ranges) {
      heads.append(try openLoop(over: index, range, &pool))
    }
    let (conditions, rest) = filters(opened.body, isProduct, pool)
    var condition: CodePiece?
    var pieces: [CodePiece] = []
    for factor in conditions {
      // A condition on values may need statements, and then it stays a factor.
      if let own = try ownCondition(of: factor, &pool) { pieces.append(own) }
    }
    let needsStatements = !(blocks.last?.lines.isEmpty ?? true)
    if !pieces.isEmpty { condition = all(pieces) }
    let body: CodePiece
    if let rest { body = try product(rest, &pool) } else { body = try piece(opened.body, &pool) }
    if needsStatements, let condition {
      line("if \(condition.text) { \(name) \(isProduct ? "*=" : "+=") \(body.text) }")
    } else {
      line("\(name) \(isProduct ? "*=" : "+=") \(body.text)")
    }
    for (number, head) in heads.reversed().enumerated() {
      closeLoop(head, where: number == 0 && !needsStatements ? condition?.text : nil)
    }
  }

  // MARK: Determinants and inverses

  mutating func square(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    guard let opened = pool.open(handle), opened.indices.count == 2 else {
      throw CodeObstacle("a matrix has no entries")
    }
    var isInverse = false
    if case .inverse = pool[handle] { isInverse = true }
    // The matrix is the same whichever entry of its inverse is meant.
    let zero = pool.zero
    let key =
      isInverse
      ? pool.close(
        opened.body, like: handle, over: opened.indices, ranges: opened.ranges,
        place: [zero, zero]) : handle
    var known: String?
    for block in blocks { if let name = block.known[key] { known = name } }
    if known == nil {
      let place = home(of: key, &pool)
      if blocks[place].isInline {
        throw CodeObstacle("a matrix depends on an index inside an expression")
      }
      let name = names.unique(isInverse ? "inverted" : "volume")
      blocks[place].locals.append(name)
      try inBlock(place) { (writer) throws(CodeObstacle) in
        let matrix = try writer.matrix(opened, &pool)
        let function: String
        if writer.isPython {
          function = isInverse ? "np.linalg.inv" : "np.linalg.det"
        } else {
          function = isInverse ? "inverse" : "determinant"
          writer.helpers.insert(isInverse ? .inverse : .determinant)
        }
        writer.line((writer.isPython ? "" : "let ") + "\(name) = \(function)(\(matrix))")
        writer.blocks[place].known[key] = name
      }
      known = name
    }
    guard let known else { throw CodeObstacle("a matrix has no entries") }
    if !isInverse { return CodePiece(known) }
    var places: [String] = []
    // The rows of the inverse are counted like the columns of the matrix.
    for (index, range) in zip(opened.place, opened.ranges.reversed()) {
      places.append((try integer(index, pool) - integer(range.lower, pool)).piece.text)
    }
    return CodePiece(element(known, places))
  }

  /// The name of an array with the entries of an opened binder.
  private mutating func matrix(
    _ opened: OpenedBinder, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> String {
    if case .entry(let id, let list) = pool[opened.body], pool.kind(of: id) == .array {
      let indices = pool.operands(list)
      if indices == opened.indices.map({ pool.symbol($0) }),
        zip(pool.declaration(of: id).ranges, opened.ranges).allSatisfy({ $0 == $1 })
      {
        return names.name(of: id, pool)
      }
    }
    let name = local("matrix")
    try fill(
      name, axes: zip(opened.indices, opened.ranges).map { ($0, $1) }, opened.body, &pool)
    return name
  }

  /// An array of this name with the value of a body at each place.
  mutating func fill(
    _ name: String, axes: [(index: SymbolID?, range: IndexRange?)], _ body: Handle,
    _ pool: inout ExpressionPool
  ) throws(CodeObstacle) {
    var indexed: [Axis] = []
    for axis in axes {
      if let index = axis.index, let range = axis.range { indexed.append((index, range)) }
    }
    if isPython, indexed.count == axes.count,
      let whole = wholeArray(of: body, over: indexed, &pool)
    {
      line("\(name) = \(whole.text)")
      return
    }
    var sizes: [String] = []
    for axis in axes {
      sizes.append(
        try axis.range.map { (range) throws(CodeObstacle) in
          try size(of: range, &pool).piece.text
        } ?? "1")
    }
    line((isPython ? "" : "var ") + "\(name) = " + zeros(sizes))
    try assign(name, axes: axes, body, &pool)
  }

  /// Loops that give each place of an array its value.
  mutating func assign(
    _ name: String, axes: [(index: SymbolID?, range: IndexRange?)], _ body: Handle,
    _ pool: inout ExpressionPool
  ) throws(CodeObstacle) {
    var heads: [String] = []
    var places: [String] = []
    for axis in axes {
      guard let index = axis.index, let range = axis.range else {
        places.append("0")
        continue
      }
      heads.append(try openLoop(over: index, range, &pool))
      places.append(
        (try integer(pool.symbol(index), pool) - integer(range.lower, pool)).piece.text)
    }
    let value = try value(body, &pool)
    line("\(element(name, places)) = \(value.text)")
    for head in heads.reversed() { closeLoop(head) }
  }

  /// An array of zeros.
  func zeros(_ sizes: [String]) -> String {
    if isPython {
      return sizes.count == 1 ? "np.zeros(\(sizes[0]))" : "np.zeros((" + joined(sizes) + "))"
    }
    var text = ""
    for (number, size) in sizes.reversed().enumerated() {
      let inner = number == 0 ? "0.0" : text
      text = "\(Self.type(rank: number + 1))(repeating: \(inner), count: \(size))"
    }
    return text
  }

  static func type(rank: Int) -> String {
    String(repeating: "[", count: rank) + "Double" + String(repeating: "]", count: rank)
  }

  func joined(_ texts: [String]) -> String {
    var result = ""
    for text in texts { result += result.isEmpty ? text : ", " + text }
    return result
  }
}
