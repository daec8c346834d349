import NablaExpressions
import NablaNumbers

/// An expression on whole arrays, whose axes are some of those that are open.
struct SpreadPiece {
  var piece: CodePiece
  /// The numbers of its axes among the open ones, in order.
  var axes: [Int] = []

  /// The piece with new axes of length one, so that it meets arrays of more axes.
  func aligned(with target: [Int]) -> CodePiece {
    guard let first = axes.first else { return piece }
    var places = ""
    var isWhole = true
    for axis in target where axis >= first {
      if !places.isEmpty { places += ", " }
      places += axes.contains(axis) ? ":" : "None"
      if !axes.contains(axis) { isWhole = false }
    }
    if isWhole { return piece }
    return CodePiece(piece.text(atLeast: .atom) + "[\(places)]", size: piece.size)
  }
}

/// Sums and products over indices as NumPy on whole arrays.
extension ScalarWriter {
  /// More axes at once would fill the memory.
  private static let mostAxes = 3

  /// The sum or product of an opened binder; nil where an index does more than name a place.
  mutating func wholeReduction(
    _ opened: OpenedBinder, _ isProduct: Bool, _ pool: inout ExpressionPool
  ) -> CodePiece? {
    let before = self
    do throws(CodeObstacle) {
      let result = try reduction(opened, isProduct, [], &pool)
      if result.axes.isEmpty { return result.piece }
    } catch {}
    self = before
    return nil
  }

  /// The array with the value of a body at each place; nil where an index does more than name one.
  mutating func wholeArray(
    of body: Handle, over axes: [(index: SymbolID, range: IndexRange)],
    _ pool: inout ExpressionPool
  ) -> CodePiece? {
    if axes.count > Self.mostAxes { return nil }
    let before = self
    do throws(CodeObstacle) {
      let result = try spread(body, axes, &pool)
      if result.axes.count == axes.count { return result.piece }
    } catch {}
    self = before
    return nil
  }

  typealias Axis = (index: SymbolID, range: IndexRange)

  private mutating func reduction(
    _ opened: OpenedBinder, _ isProduct: Bool, _ outer: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    var axes = outer
    for (index, range) in zip(opened.indices, opened.ranges) { axes.append((index, range)) }
    var opened = opened
    // A sum of sums is one sum over the indices of both.
    while !isProduct, case .indexedSum = pool[opened.body], let inner = pool.open(opened.body) {
      for (index, range) in zip(inner.indices, inner.ranges) { axes.append((index, range)) }
      opened = inner
    }
    if axes.count > Self.mostAxes { throw CodeObstacle("a sum over too many indices at once") }
    if !isProduct, axes.count == outer.count + 1,
      let contraction = try contraction(opened.body, axes, &pool)
    {
      return contraction
    }
    let body = try spread(opened.body, axes, &pool)
    let kept = body.axes.filter { $0 < outer.count }
    guard body.axes.count - kept.count == axes.count - outer.count else {
      throw CodeObstacle("a sum of terms that are all the same")
    }
    let head = isProduct ? "np.prod(" : "np.sum("
    if case .entry = pool[opened.body], kept.count == 1, body.axes.count == 2,
      body.piece.text.hasSuffix(".T")
    {
      let inner = String(body.piece.text.dropLast(2))
      return SpreadPiece(piece: CodePiece(head + inner + ", axis=0)", size: 2), axes: kept)
    }
    var text = head + body.piece.text
    if !kept.isEmpty {
      let places = (kept.count..<body.axes.count).map { "\($0)" }
      text += ", axis=" + (places.count == 1 ? places[0] : "(" + joined(places) + ")")
    }
    return SpreadPiece(piece: CodePiece(text + ")", size: body.piece.size + 1), axes: kept)
  }

  /// The sum over the last axis of a product of two arrays, one of them a vector, as their product.
  private mutating func contraction(
    _ body: Handle, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece? {
    let last = axes.count - 1
    guard case .product(let list) = pool[body], pool.count(list) == 2 else { return nil }
    let factors = pool.operands(list)
    for factor in factors {
      switch pool[factor] {
      case .indicator, .delta: return nil
      default: break
      }
    }
    var parts: [SpreadPiece] = []
    for factor in factors { parts.append(try spread(factor, axes, &pool)) }
    if parts[0].axes == [last], parts[1].axes.count == 2 { parts.swapAt(0, 1) }
    guard parts[1].axes == [last], parts[0].axes.last == last, parts[0].axes.count <= 2 else {
      return nil
    }
    let (left, right) = (parts[0].piece, parts[1].piece)
    return SpreadPiece(
      piece: CodePiece(
        left.text(atLeast: .product) + " @ " + right.text(atLeast: .power), .product,
        size: left.size + right.size),
      axes: parts[0].axes.filter { $0 != last })
  }

  // MARK: Expressions

  private mutating func spread(
    _ handle: Handle, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    if isConstant(handle, axes, &pool) { return SpreadPiece(piece: try piece(handle, &pool)) }
    switch pool[handle] {
    case .symbol(let id):
      guard let axis = axes.firstIndex(where: { $0.index == id }) else { break }
      let range = axes[axis].range
      let lower = try integer(range.lower, pool)
      var end = try integer(range.upper, pool)
      end.constant += 1
      let start = lower.literal.map { "\($0).0" } ?? "float(\(lower.piece.text))"
      return SpreadPiece(
        piece: CodePiece("np.arange(\(start), \(end.piece.text))"), axes: [axis])
    case .entry(let id, let list): return try entries(id, pool.operands(list), axes, &pool)
    case .sum(let list), .heldSum(let list): return try spreadSum(list, axes, &pool)
    case .product(let list), .heldProduct(let list):
      return try spreadProduct(pool.operands(list), axes, &pool)
    case .negation(let inner):
      let inner = try spread(inner, axes, &pool)
      return SpreadPiece(
        piece: CodePiece(
          "-" + inner.piece.text(atLeast: .power), .sign, size: inner.piece.size + 1),
        axes: inner.axes)
    case .quotient(let above, let below):
      return try meeting([above, below], axes, &pool) { pieces in
        CodePiece(
          pieces[0].text(atLeast: .product) + " / " + pieces[1].text(atLeast: .power), .product,
          size: pieces[0].size + pieces[1].size + 1)
      }
    case .power(let base, let exponent):
      if case .constant(.e) = pool[base] {
        return try meeting([exponent], axes, &pool) { .call("np.exp", $0) }
      }
      if let number = pool.rational(exponent), number * 2 == 1 {
        return try meeting([base], axes, &pool) { .call("np.sqrt", $0) }
      }
      let isWhole = isInteger(exponent, pool)
      return try meeting([base, exponent], axes, &pool) { pieces in
        if !isWhole { return .call("np.power", pieces) }
        return CodePiece(
          pieces[0].text(atLeast: .atom) + "**" + pieces[1].text(atLeast: .atom), .power,
          size: pieces[0].size + pieces[1].size)
      }
    case .root(let radicand, let degree):
      return try meeting([radicand], axes, &pool) { pieces in
        degree == 2
          ? .call("np.sqrt", pieces) : .call("np.power", pieces + [CodePiece("1 / \(degree)")])
      }
    case .function(let function, let argument):
      let spelling = CodeFunction.spelling(of: function, language)
      if let helper = spelling.helper { helpers.insert(helper) }
      return try meeting([argument], axes, &pool) { .call(spelling.name, $0) }
    case .maximum(let list): return try extremum("np.maximum", list, axes, &pool)
    case .minimum(let list): return try extremum("np.minimum", list, axes, &pool)
    case .apply(let id, let list):
      if let body = pool.instantiate(handle, from: definitions) {
        return try spread(body, axes, &pool)
      }
      if let derivative = pool.functionDerivative(of: id), definitions[derivative.function] != nil {
        throw CodeObstacle("a derivative of a defined function in it is not carried out")
      }
      let name = names.name(of: id, pool)
      return try meeting(pool.operands(list), axes, &pool) { .call(name, $0) }
    case .indexedSum, .indexedProduct:
      guard let opened = pool.open(handle) else { throw CodeObstacle("a sum has no body") }
      if case .indexedProduct = pool[handle] { return try reduction(opened, true, axes, &pool) }
      return try reduction(opened, false, axes, &pool)
    case .indicator(let condition):
      let mask = try mask(condition, axes, &pool)
      return SpreadPiece(
        piece: CodePiece(mask.piece.text(atLeast: .atom) + ".astype(float)", size: mask.piece.size),
        axes: mask.axes)
    default: break
    }
    throw CodeObstacle("it has no value on whole arrays")
  }

  /// Whether no open axis occurs in an expression.
  private func isConstant(
    _ handle: Handle, _ axes: [Axis], _ pool: inout ExpressionPool
  ) -> Bool {
    let free = pool.freeIndices(of: [handle])
    return !axes.contains { free.contains($0.index) }
  }

  /// Operands with the axes that all of them have together.
  private mutating func meeting(
    _ operands: [Handle], _ axes: [Axis], _ pool: inout ExpressionPool,
    _ join: ([CodePiece]) -> CodePiece
  ) throws(CodeObstacle) -> SpreadPiece {
    var parts: [SpreadPiece] = []
    for operand in operands { parts.append(try spread(operand, axes, &pool)) }
    return Self.joined(parts, join)
  }

  private static func joined(
    _ parts: [SpreadPiece], _ join: ([CodePiece]) -> CodePiece
  ) -> SpreadPiece {
    let all = Set(parts.flatMap { $0.axes }).sorted()
    return SpreadPiece(piece: join(parts.map { $0.aligned(with: all) }), axes: all)
  }

  private mutating func entries(
    _ id: SymbolID, _ indices: [Handle], _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    var own: [Int] = []
    var places: [String] = []
    for (index, range) in zip(indices, pool.declaration(of: id).ranges) {
      if isConstant(index, axes, &pool) {
        places.append((try integer(index, pool) - integer(range.lower, pool)).piece.text)
        continue
      }
      guard case .symbol(let symbol) = pool[index],
        let axis = axes.firstIndex(where: { $0.index == symbol && $0.range == range })
      else { throw CodeObstacle("an index does more than name a place") }
      own.append(axis)
      places.append(":")
    }
    while places.last == ":" { places.removeLast() }
    var text = names.name(of: id, pool)
    if !places.isEmpty { text += "[" + joined(places) + "]" }
    if own.count == 2, own[0] == own[1] {
      return SpreadPiece(piece: CodePiece("np.diag(\(text))"), axes: [own[0]])
    }
    if own.count == 2, own[0] > own[1] {
      if !pool.isSymmetric(id) { text += ".T" }
      own.swapAt(0, 1)
    }
    for (axis, next) in zip(own, own.dropFirst()) where axis >= next {
      throw CodeObstacle("the axes of an array stand in another order")
    }
    return SpreadPiece(piece: CodePiece(text), axes: own)
  }

  private mutating func spreadSum(
    _ list: ListID, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    var signs: [Bool] = []
    var terms: [Handle] = []
    for operand in pool.operands(list) {
      var term = operand
      var isNegative = false
      while case .negation(let inner) = pool[term] {
        term = inner
        isNegative.toggle()
      }
      terms.append(term)
      signs.append(isNegative)
    }
    return try meeting(terms, axes, &pool) { pieces in
      var text = ""
      var size = 0
      for (isNegative, piece) in zip(signs, pieces) {
        size += piece.size
        if text.isEmpty {
          text = isNegative ? "-" + piece.text(atLeast: .product) : piece.text(atLeast: .sum)
        } else {
          text += (isNegative ? " - " : " + ") + piece.text(atLeast: .product)
        }
      }
      return CodePiece(text, pieces.count == 1 ? .sign : .sum, size: size)
    }
  }

  private mutating func extremum(
    _ function: String, _ list: ListID, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    var result: SpreadPiece?
    for operand in pool.operands(list) {
      let part = try spread(operand, axes, &pool)
      result = result.map { Self.joined([$0, part]) { .call(function, $0) } } ?? part
    }
    guard let result else { throw CodeObstacle("an extremum of nothing") }
    return result
  }

  /// What an indicator hides must have a value wherever there is one of the indicator.
  private mutating func spreadProduct(
    _ factors: [Handle], _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    var parts: [SpreadPiece] = []
    var masks: [SpreadPiece] = []
    for factor in factors {
      if case .indicator(let condition) = pool[factor], !isConstant(factor, axes, &pool) {
        masks.append(try mask(condition, axes, &pool))
      } else {
        parts.append(try spread(factor, axes, &pool))
      }
    }
    if !masks.isEmpty, factors.contains(where: { pool.mayHaveNoValue($0) }) {
      throw CodeObstacle("a factor may have no value where a condition hides it")
    }
    if parts.isEmpty { parts.append(SpreadPiece(piece: CodePiece(one))) }
    return Self.joined(parts + masks) { pieces in
      var text = ""
      var size = 0
      for piece in pieces {
        size += piece.size
        text += text.isEmpty ? piece.text(atLeast: .product) : " * " + piece.text(atLeast: .power)
      }
      return CodePiece(text, pieces.count > 1 ? .product : .sign, size: size)
    }
  }

  private mutating func mask(
    _ condition: Handle, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    switch pool[condition] {
    case .relation(let relation, let list) where pool.count(list) == 2:
      let sign =
        switch relation {
        case .equal: "=="
        case .notEqual: "!="
        case .less: "<"
        case .lessOrEqual: "<="
        case .greater: ">"
        case .greaterOrEqual: ">="
        }
      if relation == .equal || relation == .notEqual,
        let mask = try placeMask(pool.operands(list), sign, axes, &pool)
      {
        return mask
      }
      return try meeting(pool.operands(list), axes, &pool) { pieces in
        CodePiece(
          pieces[0].text(atLeast: .sum) + " \(sign) " + pieces[1].text(atLeast: .sum), .comparison,
          size: pieces[0].size + pieces[1].size)
      }
    case .conjunction(let list): return try masks(pool.operands(list), " & ", axes, &pool)
    case .disjunction(let list): return try masks(pool.operands(list), " | ", axes, &pool)
    default: throw CodeObstacle("a condition is no comparison")
    }
  }

  /// A comparison of an open index with a place: both count from 0.
  private func placeMask(
    _ sides: [Handle], _ sign: String, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece? {
    for (side, other) in [(sides[0], sides[1]), (sides[1], sides[0])] {
      guard case .symbol(let symbol) = pool[side],
        let axis = axes.firstIndex(where: { $0.index == symbol }),
        isConstant(other, axes, &pool), isInteger(other, pool)
      else { continue }
      let range = axes[axis].range
      let place = try integer(other, pool) - integer(range.lower, pool)
      let size = try size(of: range, &pool)
      return SpreadPiece(
        piece: CodePiece(
          "np.arange(\(size.piece.text)) \(sign) \(place.piece.text)", .comparison, size: 2),
        axes: [axis])
    }
    return nil
  }

  private mutating func masks(
    _ conditions: [Handle], _ sign: String, _ axes: [Axis], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> SpreadPiece {
    var parts: [SpreadPiece] = []
    for condition in conditions { parts.append(try mask(condition, axes, &pool)) }
    return Self.joined(parts) { pieces in
      var text = ""
      for piece in pieces { text += (text.isEmpty ? "" : sign) + piece.text(atLeast: .atom) }
      return CodePiece(text, .comparison, size: pieces.count)
    }
  }
}

extension ExpressionPool {
  /// Whether an operation occurs in an expression that has no value at some arguments.
  fileprivate func mayHaveNoValue(_ root: Handle) -> Bool {
    for node in nodesBelow([root]) {
      switch self[node] {
      case .quotient, .root, .apply, .inverse, .piecewise, .derivative: return true
      case .power(let base, let exponent):
        if case .constant(.e) = self[base] { continue }
        guard let number = rational(exponent), number.isInteger, number.signum >= 0 else {
          return true
        }
      case .function(let function, _):
        switch function {
        case .exp, .sin, .cos, .sinh, .cosh, .tanh, .atan, .asinh, .sigmoid, .softplus, .relu,
          .erf, .abs, .sign, .step:
          continue
        default: return true
        }
      default: continue
      }
    }
    return false
  }
}
