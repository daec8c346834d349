import NablaExpressions

/// What is known of names before undeclared ones are looked at, as far as indices depend on it.
package struct KnownRanges: Sendable {
  /// The ranges of the slots of arrays; nil where a range cannot be written down.
  var arrays: [String: [BoundsSyntax?]] = [:]
  /// The ranges of indices and labels.
  var indices: [String: BoundsSyntax] = [:]
  /// Everything else that has a meaning, the names of sizes included.
  var others: Set<String> = []

  package init() {}

  /// Whether some vector or matrix is known.
  package var hasArrays: Bool { !arrays.isEmpty }

  /// How many indices the arrays take.
  package var slotCounts: [String: Int] { arrays.mapValues { $0.count } }

  func contains(_ name: String) -> Bool {
    arrays[name] != nil || indices[name] != nil || others.contains(name)
  }

  var names: [String] { Array(arrays.keys) + Array(indices.keys) + Array(others) }
}

extension KnownRanges {
  /// What the statements of a text declare, define or give.
  package init(_ statements: [StatementSyntax]) {
    self.init()
    for statement in statements { read(statement) }
  }

  private mutating func read(_ statement: StatementSyntax) {
    switch statement {
    case .dimension(let list): for item in list { others.insert(item.name.text) }
    case .index(let list), .fixedIndex(let list):
      for group in list {
        for name in group.names { indices[name.text] = group.bounds }
        for name in group.bounds.upper.names { others.insert(name.text) }
      }
    case .declaration(let declaration):
      for declared in declaration.names { read(declared, declaration.kind) }
    case .definition(let definition):
      switch definition.parameters {
      case .indices: break
      case .none, .arguments: others.insert(definition.name.text)
      }
    case .at(let list): for assignment in list { read(assignment) }
    default: break
    }
  }

  private mutating func read(_ declared: DeclaredNameSyntax, _ kind: DeclarationSyntax.Kind) {
    guard kind == .vector || kind == .matrix else {
      others.insert(declared.name.text)
      return
    }
    arrays[declared.name.text] = declared.axes.map { axis in
      for name in axis.upper.names { others.insert(name.text) }
      return BoundsSyntax(
        lower: axis.lower ?? Syntax(.number("1"), axis.upper.range), upper: axis.upper)
    }
  }

  private mutating func read(_ assignment: AssignmentSyntax) {
    guard assignment.indices.isEmpty, case .matrix(let rows) = assignment.value.kind else {
      others.insert(assignment.name.text)
      return
    }
    func upTo(_ count: Int) -> BoundsSyntax {
      BoundsSyntax(
        lower: Syntax(.number("1"), assignment.value.range),
        upper: Syntax(.number("\(count)"), assignment.value.range))
    }
    let columns = rows.first?.count ?? 0
    let isVector = rows.count == 1 || columns == 1
    arrays[assignment.name.text] =
      isVector ? [upTo(max(rows.count, columns))] : [upTo(rows.count), upTo(columns)]
  }
}

extension KnownRanges {
  /// The names of a scope.
  package init(_ scope: Scope, in pool: borrowing ExpressionPool) {
    self.init()
    for (name, symbol) in scope.names {
      let ranges = pool.symbols[Int(symbol.index)].ranges
      switch pool.kind(of: symbol) {
      case .array: arrays[name] = ranges.map { Self.bounds($0, in: pool) }
      case .index, .label:
        if let range = ranges.first, let bounds = Self.bounds(range, in: pool) {
          indices[name] = bounds
        } else {
          others.insert(name)
        }
      default: others.insert(name)
      }
    }
  }

  private static func bounds(
    _ range: IndexRange, in pool: borrowing ExpressionPool
  ) -> BoundsSyntax? {
    guard let lower = size(range.lower, in: pool), let upper = size(range.upper, in: pool) else {
      return nil
    }
    return BoundsSyntax(lower: lower, upper: upper)
  }

  /// A size as syntax: a number, a name, or a sum of these.
  private static func size(_ handle: Handle, in pool: borrowing ExpressionPool) -> Syntax? {
    let nowhere = SourceRange(0, 0)
    switch pool[handle] {
    case .integer(let value): return Syntax(.number("\(value)"), nowhere)
    case .symbol(let symbol):
      return Syntax(.name(pool.symbols[Int(symbol.index)].name), nowhere)
    case .negation(let inner): return size(inner, in: pool).map { Syntax(.negation($0), nowhere) }
    case .sum(let list), .heldSum(let list):
      var terms: [SignedTermSyntax] = []
      for operand in pool.operands(list) {
        guard let term = size(operand, in: pool) else { return nil }
        if case .negation(let inner) = term.kind {
          terms.append(SignedTermSyntax(isNegative: true, term: inner))
        } else {
          terms.append(SignedTermSyntax(isNegative: false, term: term))
        }
      }
      return Syntax(.sum(terms), nowhere)
    default: return nil
    }
  }
}
