/// An expression of the campaign's own: nothing of the engine is used to make, rewrite or value it.
package struct Term: Hashable, Sendable {
  package enum Head: Hashable, Sendable {
    case number(Int)
    /// `pi` or `e`.
    case constant(String)
    /// A scalar or a dimension; in a law, what stands for any term.
    case name(String)
    case entry(String, [String])
    case add, subtract, multiply, divide, power, negate
    case call(String, primes: Int)
    /// Σ or Π over all values of an index, or all but one.
    case sum(String, except: String?)
    case product(String, except: String?)
    case delta(String, String)
    /// The indicator of a relation between two parts.
    case indicator(Relation)
    /// The third part where the relation between the first two holds, else the fourth.
    case piecewise(Relation)
    /// The derivative by a scalar or by an entry.
    case derivative(String, [String])
    /// In a law: the part with one index put for another.
    case at(String, String)
  }

  package enum Relation: String, Hashable, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "="
    case notEqual = "!="
  }

  package var head: Head
  package var parts: [Term]

  package init(_ head: Head, _ parts: [Term] = []) {
    self.head = head
    self.parts = parts
  }
}

// MARK: Making terms

extension Term {
  package static func number(_ value: Int) -> Term {
    value < 0 ? Term(.negate, [Term(.number(-value))]) : Term(.number(value))
  }

  package static func name(_ name: String) -> Term { Term(.name(name)) }

  package static func call(_ function: String, _ arguments: Term...) -> Term {
    Term(.call(function, primes: 0), arguments)
  }

  package static func + (left: Term, right: Term) -> Term { Term(.add, [left, right]) }
  package static func - (left: Term, right: Term) -> Term { Term(.subtract, [left, right]) }
  package static func * (left: Term, right: Term) -> Term { Term(.multiply, [left, right]) }
  package static func / (left: Term, right: Term) -> Term { Term(.divide, [left, right]) }
  package static prefix func - (term: Term) -> Term { Term(.negate, [term]) }

  package func power(_ exponent: Term) -> Term { Term(.power, [self, exponent]) }
  package func power(_ exponent: Int) -> Term { power(.number(exponent)) }
}

// MARK: Looking into terms

extension Term {
  /// The nodes of the tree.
  package var size: Int { parts.reduce(1) { $0 + $1.size } }

  package var depth: Int { 1 + (parts.map { $0.depth }.max() ?? 0) }

  /// The index that a sum or product binds.
  package var binder: (index: String, except: String?)? {
    switch head {
    case .sum(let index, let except), .product(let index, let except): (index, except)
    default: nil
    }
  }

  /// The indices that the node itself names, a bound one left out.
  var ownIndices: [String] {
    switch head {
    case .entry(_, let indices), .derivative(_, let indices): indices
    case .delta(let one, let other): [one, other]
    case .sum(_, let except), .product(_, let except): except.map { [$0] } ?? []
    default: []
    }
  }

  package var freeIndices: Set<String> {
    var found = parts.reduce(into: Set<String>()) { $0.formUnion($1.freeIndices) }
    if let binder { found.remove(binder.index) }
    found.formUnion(ownIndices)
    return found
  }

  var boundIndices: Set<String> {
    var found = parts.reduce(into: Set<String>()) { $0.formUnion($1.boundIndices) }
    if let binder { found.insert(binder.index) }
    return found
  }

  /// Calls a closure with every node.
  package func visit(_ body: (Term) -> Void) {
    body(self)
    for part in parts { part.visit(body) }
  }

  package func contains(where test: (Term) -> Bool) -> Bool {
    test(self) || parts.contains { $0.contains(where: test) }
  }

  /// The node at a place in the order of `visit`, with what stands above it.
  package subscript(place: Int) -> Term {
    get {
      if place == 0 { return self }
      var rest = place - 1
      for part in parts {
        let size = part.size
        if rest < size { return part[rest] }
        rest -= size
      }
      return self
    }
    set {
      if place == 0 {
        self = newValue
        return
      }
      var rest = place - 1
      for slot in parts.indices {
        let size = parts[slot].size
        if rest < size {
          parts[slot][rest] = newValue
          return
        }
        rest -= size
      }
    }
  }

  /// The indices bound above a place.
  package func indicesBound(above place: Int) -> [String] {
    if place == 0 { return [] }
    var rest = place - 1
    for part in parts {
      let size = part.size
      if rest < size {
        return (binder.map { [$0.index] } ?? []) + part.indicesBound(above: rest)
      }
      rest -= size
    }
    return []
  }

  /// Whether a place lies below a derivative.
  package func isDifferentiated(at place: Int) -> Bool {
    if place == 0 { return false }
    if case .derivative = head { return true }
    var rest = place - 1
    for part in parts {
      let size = part.size
      if rest < size { return part.isDifferentiated(at: rest) }
      rest -= size
    }
    return false
  }
}

// MARK: Indices

extension Term {
  /// Puts indices for others, bound ones included: no name may be free and bound at once.
  package func renamed(_ names: [String: String]) -> Term {
    func new(_ name: String) -> String { names[name] ?? name }
    var result = self
    switch head {
    case .entry(let name, let indices): result.head = .entry(name, indices.map(new))
    case .derivative(let name, let indices): result.head = .derivative(name, indices.map(new))
    case .delta(let one, let other): result.head = .delta(new(one), new(other))
    case .sum(let index, let except): result.head = .sum(new(index), except: except.map(new))
    case .product(let index, let except):
      result.head = .product(new(index), except: except.map(new))
    default: break
    }
    result.parts = parts.map { $0.renamed(names) }
    return result
  }

  /// The term with an own name for every index it binds: `#N1`, `#N2` and so on, counting on from
  /// names that occur nowhere in it.
  package func renamedApart(_ next: inout Int) -> Term {
    var result = self
    if let binder {
      next += 1
      let name = "#\(IndexDimensions.dimension(of: binder.index))\(next)"
      let bodies = parts.map { $0.renamed([binder.index: name]) }
      switch head {
      case .sum: result.head = .sum(name, except: binder.except)
      default: result.head = .product(name, except: binder.except)
      }
      result.parts = bodies
    }
    result.parts = result.parts.map { $0.renamedApart(&next) }
    return result
  }
}
