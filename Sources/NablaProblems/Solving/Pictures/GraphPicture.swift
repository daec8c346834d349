import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaRewriting

/// The quantities that lie between variables and what depends on them, for a picture.
package struct GraphPicture: Sendable {
  package enum Role: Sendable { case input, variable, intermediate, subject }

  package struct Node: Sendable {
    package let symbol: SymbolID
    package let role: Role
    /// The value of a scalar, where the problem gives one.
    package var value: NumericValue?
    /// The derivative of the subject, where it is a number.
    package var adjoint: NumericValue?
    /// The sizes of a vector or matrix.
    package var sizes: [Handle] = []
    /// The entries of a short vector, where the problem gives their values, and the derivatives of
    /// the subject by them.
    package var entries: [NumericValue] = []
    package var entryAdjoints: [NumericValue] = []
  }

  package struct Edge: Sendable {
    package let from: Int
    package let to: Int
    /// Whether derivatives flow along it.
    package let isOnPath: Bool
    /// The derivative as it stands; for whole vectors and matrices in matrix notation only.
    package var slope: Handle?
    package var form: MatrixForm?
    package var number: NumericValue?
  }

  package let subject: SymbolID
  package var nodes: [Node] = []
  package var edges: [Edge] = []
  /// How many quantities there are where they are too many to be drawn.
  package var excess: Int?

  /// What two pictures of the same computation have in common.
  var content: [Int] {
    let hasNumbers = nodes.contains { $0.value != nil || !$0.entries.isEmpty }
    var content = [Int(subject.index), hasNumbers ? 1 : 0, excess ?? 0]
    for node in nodes { content.append(Int(node.symbol.index)) }
    return content
  }

  /// The number of quantities between the variables and the subject.
  package var depth: Int {
    nodes.reduce(0) { count, node in
      if case .intermediate = node.role { count + 1 } else { count }
    }
  }
}

/// What is drawn of the definitions of a scope.
private struct GraphSearch {
  let scope: Scope
  let variables: Set<SymbolID>
  /// The defined quantities on the way, operands first.
  var order: [SymbolID] = []
  var mentions: [SymbolID: [SymbolID]] = [:]
  var isOnPath: [SymbolID: Bool] = [:]

  /// Follows definitions down to the variables, without recursion; with no variables given, all
  /// that is not defined counts as one.
  mutating func search(from root: SymbolID, in pool: inout ExpressionPool) {
    var pending: [(symbol: SymbolID, isDone: Bool)] = [(root, false)]
    while let (symbol, isDone) = pending.popLast() {
      if isDone {
        let inner = mentions[symbol] ?? []
        if inner.contains(where: { isOnPath[$0] == true }) {
          isOnPath[symbol] = true
          order.append(symbol)
        }
        continue
      }
      if isOnPath[symbol] != nil { continue }
      guard let definition = scope.definitions[symbol],
        symbol == root || !variables.contains(symbol)
      else {
        isOnPath[symbol] = variables.isEmpty || variables.contains(symbol)
        continue
      }
      isOnPath[symbol] = false
      let inner = pool.symbolsMentioned(in: definition.body, scope.definitions)
        .filter { pool.isDrawn($0) && !definition.parameters.contains($0) }
      mentions[symbol] = inner
      pending.append((symbol, true))
      for next in inner.reversed() where isOnPath[next] == nil { pending.append((next, false)) }
    }
  }
}

extension ExpressionPool {
  /// Scalars, vectors and matrices are drawn; indices, sizes and functions are not.
  fileprivate func isDrawn(_ symbol: SymbolID) -> Bool {
    switch kind(of: symbol) {
    case .scalar, .array: true
    case .index, .label, .dimension, .function: false
    }
  }
}

extension Solver {
  /// More quantities are counted and not drawn.
  private static var mostNodes: Int { 60 }
  /// More local derivatives are not worked out.
  private static var mostSlopes: Int { 150 }

  /// The graph from variables to what depends on them; nil if there is nothing between them.
  func graph(
    of subject: Handle, by variables: [Handle], _ scope: Scope, _ pool: inout ExpressionPool
  ) -> GraphPicture? {
    guard let root = pool.headSymbol(of: subject), scope.definitions[root] != nil else {
      return nil
    }
    var asked: Set<SymbolID> = []
    for variable in variables {
      guard let symbol = pool.headSymbol(of: variable) else { return nil }
      asked.insert(symbol)
    }
    var search = GraphSearch(scope: scope, variables: asked)
    search.search(from: root, in: &pool)
    guard search.isOnPath[root] == true else { return nil }
    var picture = GraphPicture(subject: root)
    var places: [SymbolID: Int] = [:]
    var inputs: [SymbolID] = []
    for symbol in search.order {
      for inner in search.mentions[symbol] ?? [] where places[inner] == nil {
        guard
          scope.definitions[inner] == nil || search.isOnPath[inner] != true
            || asked.contains(inner)
        else { continue }
        places[inner] = inputs.count
        inputs.append(inner)
      }
    }
    let leaves = inputs.filter { search.isOnPath[$0] == true }
    let count = search.order.count + inputs.count
    if search.order.count + leaves.count > Self.mostNodes {
      picture.excess = count
      return picture
    }
    // What is only given is left out where there would be too much to see.
    let shown = count > Self.mostNodes ? Set(leaves) : Set(inputs)
    places = [:]
    for symbol in search.order {
      for inner in search.mentions[symbol] ?? [] where shown.contains(inner) && places[inner] == nil
      {
        places[inner] = picture.nodes.count
        let role: GraphPicture.Role = search.isOnPath[inner] == true ? .variable : .input
        picture.nodes.append(.init(symbol: inner, role: role))
      }
      places[symbol] = picture.nodes.count
      picture.nodes.append(.init(symbol: symbol, role: symbol == root ? .subject : .intermediate))
    }
    for symbol in search.order {
      guard let to = places[symbol] else { continue }
      for inner in search.mentions[symbol] ?? [] where inner != symbol {
        guard let from = places[inner] else { continue }
        picture.edges.append(
          .init(from: from, to: to, isOnPath: search.isOnPath[inner] == true))
      }
    }
    addSlopes(&picture, scope, &pool)
    addNumbers(&picture, scope, &pool)
    return picture
  }

  // MARK: Derivatives

  private func addSlopes(
    _ picture: inout GraphPicture, _ scope: Scope, _ pool: inout ExpressionPool
  ) {
    let count = picture.edges.filter { $0.isOnPath }.count
    if count > Self.mostSlopes { return }
    var deriver = deriver(scope, &pool)
    for place in picture.edges.indices where picture.edges[place].isOnPath {
      let edge = picture.edges[place]
      guard
        let upper = component(picture.nodes[edge.to].symbol, scope, isRenamed: true, &pool),
        let lower = component(picture.nodes[edge.from].symbol, scope, isRenamed: false, &pool)
      else { continue }
      let slope = deriver.localSlope(of: upper, by: lower, in: &pool)
      let isScalar =
        pool.kind(of: picture.nodes[edge.to].symbol) == .scalar
        && pool.kind(of: picture.nodes[edge.from].symbol) == .scalar
      if isScalar {
        picture.edges[place].slope = slope
      } else {
        picture.edges[place].form =
          matrixForm(of: slope, upper, by: [lower], scope, &pool)?.form
      }
    }
  }

  /// A scalar, or a component at index names of its own.
  private func component(
    _ symbol: SymbolID, _ scope: Scope, isRenamed: Bool, _ pool: inout ExpressionPool
  ) -> Handle? {
    if pool.kind(of: symbol) == .scalar { return pool.symbol(symbol) }
    if !isRenamed, let definition = scope.definitions[symbol] {
      return pool.component(symbol, definition.parameters)
    }
    var indices: [Handle] = []
    for range in pool.declaration(of: symbol).ranges {
      if range.isUnit {
        indices.append(range.lower)
      } else {
        indices.append(pool.symbol(pool.freshIndex(over: range, preferring: "i")))
      }
    }
    return pool.entry(symbol, indices)
  }

  // MARK: Numbers

  private func addNumbers(
    _ picture: inout GraphPicture, _ scope: Scope, _ pool: inout ExpressionPool
  ) {
    let values = GivenValues(scope, in: &pool)
    for place in picture.nodes.indices {
      let symbol = picture.nodes[place].symbol
      for range in pool.declaration(of: symbol).ranges {
        let size = pool.size(of: range)
        let known = values.exactValue(of: size, &pool)
        picture.nodes[place].sizes.append(known.map { pool.number($0) } ?? pool.presentable(size))
      }
    }
    if values.isEmpty { return }
    for place in picture.nodes.indices where pool.kind(of: picture.nodes[place].symbol) == .scalar {
      let handle = pool.symbol(picture.nodes[place].symbol)
      guard values.firstMissing(in: handle, &pool) == nil else { continue }
      picture.nodes[place].value = values.value(of: handle, &pool)
    }
    for place in picture.edges.indices {
      guard let slope = picture.edges[place].slope,
        values.firstMissing(in: slope, &pool) == nil
      else { continue }
      let edge = picture.edges[place]
      let upper = pool.symbol(picture.nodes[edge.to].symbol)
      let lower = pool.symbol(picture.nodes[edge.from].symbol)
      guard values.isDifferentiable(upper, by: [lower], &pool) else { continue }
      picture.edges[place].number = values.value(of: slope, &pool)
    }
    addAdjoints(&picture, &pool)
    addEntries(&picture, values, &pool)
  }

  /// Vectors with more entries are shown by their sizes.
  private static var mostEntries: Int { 3 }

  /// The values of short vectors, and what the subject changes by with each of their entries.
  private func addEntries(
    _ picture: inout GraphPicture, _ values: GivenValues, _ pool: inout ExpressionPool
  ) {
    let subject = pool.symbol(picture.subject)
    let isScalar = pool.kind(of: picture.subject) == .scalar
    for place in picture.nodes.indices {
      let node = picture.nodes[place]
      guard pool.kind(of: node.symbol) == .array, node.sizes.count == 1,
        values.firstMissing(in: pool.symbol(node.symbol), &pool) == nil,
        let rows = values.components(of: node.symbol, &pool), rows.count <= Self.mostEntries
      else { continue }
      let components = rows.compactMap { $0.first }
      let entries = components.compactMap { values.value(of: $0, &pool) }
      guard entries.count == components.count else { continue }
      picture.nodes[place].entries = entries
      guard isScalar, node.role != .input, node.symbol != picture.subject else { continue }
      var adjoints: [NumericValue] = []
      for component in components {
        let derivative = pool.derivative(subject, by: [component])
        guard let value = values.doubleValue(of: derivative, &pool) else { break }
        adjoints.append(.approximate(value))
      }
      if adjoints.count == components.count { picture.nodes[place].entryAdjoints = adjoints }
    }
  }

  /// From the subject back: the sum over the arrows of slope times adjoint.
  private func addAdjoints(_ picture: inout GraphPicture, _ pool: inout ExpressionPool) {
    guard let root = picture.nodes.lastIndex(where: { $0.symbol == picture.subject }),
      pool.kind(of: picture.subject) == .scalar, picture.nodes[root].value != nil
    else { return }
    var leaving = [[Int]](repeating: [], count: picture.nodes.count)
    for (place, edge) in picture.edges.enumerated() where edge.isOnPath {
      leaving[edge.from].append(place)
    }
    picture.nodes[root].adjoint = .exact(pool.one)
    for node in picture.nodes.indices.reversed() where node != root && !leaving[node].isEmpty {
      var sum: NumericValue? = .exact(pool.zero)
      for place in leaving[node] {
        let edge = picture.edges[place]
        guard let total = sum, let number = edge.number,
          let above = picture.nodes[edge.to].adjoint
        else {
          sum = nil
          break
        }
        sum = total.plus(number.times(above, in: &pool), in: &pool)
      }
      picture.nodes[node].adjoint = sum
    }
  }
}
