import NablaExpressions
import NablaNotation

/// Finds over what the index letters of an author run: over what the slots they stand in run over.
///
/// People reuse `i` for whatever they count at the moment, and rarely say so.
struct AuthorIndices {
  /// The range that a letter needs, by the slots in which it stands outside of any sum of its own.
  private(set) var ranges: [String: IndexRange] = [:]
  /// Letters that stand in slots of different ranges in one expression.
  private(set) var conflicts: [String: (IndexRange, IndexRange)] = [:]
  /// Unknown names of sizes, such as n in a sum from 1 to n, with the range meant by it.
  private(set) var sizes: [String: IndexRange] = [:]

  private let scope: Scope
  private let lowering: Lowering
  private var depth = 0

  init(_ scope: Scope) {
    self.scope = scope
    lowering = Lowering(scope)
  }

  mutating func read(_ syntax: Syntax, in pool: borrowing ExpressionPool) {
    walk(syntax, [], pool)
  }

  private mutating func walk(
    _ syntax: Syntax, _ bound: [String], _ pool: borrowing ExpressionPool
  ) {
    depth += 1
    defer { depth -= 1 }
    if depth > Syntax.deepestNesting { return }
    switch syntax.kind {
    case .indexed(let base, let indices):
      walk(base, bound, pool)
      guard case .name(let name) = base.kind, let symbol = scope.names[name],
        pool.kind(of: symbol) == .array
      else { return }
      for (index, slot) in zip(indices, pool.declaration(of: symbol).ranges) {
        if case .name(let letter) = index.kind, !bound.contains(letter) { note(letter, slot, pool) }
      }
    case .binder(let binder):
      var names = bound
      for index in binder.indices { names.append(index.name.text) }
      walk(binder.body, names, pool)
      for index in binder.indices {
        guard let slot = Self.slot(of: index.name.text, in: binder.body, scope, pool) else {
          continue
        }
        for excluded in index.excluded {
          if case .name(let letter) = excluded.kind, !bound.contains(letter) {
            note(letter, slot, pool)
          }
        }
        if case .name(let size)? = index.bounds?.upper.kind, scope.names[size] == nil {
          sizes[size] = slot
        }
      }
    case .call(let call) where RowName.isMark(call.function.text):
      if let (letter, slot) = RowName.slot(of: call, scope, pool), !bound.contains(letter) {
        note(letter, slot, pool)
      }
    case .call(let call) where call.function.text == "delta" && call.arguments.count == 2:
      let letters = call.arguments.compactMap { Self.letter($0) }
      if letters.count == 2 { noteAlike(letters[0], letters[1], bound, pool) }
    case .comparison(let left, _, let right):
      if let one = Self.letter(left), let other = Self.letter(right) {
        noteAlike(one, other, bound, pool)
      }
      walk(left, bound, pool)
      walk(right, bound, pool)
    default: syntax.forEachPart { walk($0, bound, pool) }
    }
  }

  private static func letter(_ syntax: Syntax) -> String? {
    if case .name(let text) = syntax.kind { text } else { nil }
  }

  /// Two letters that are compared run over the same range.
  private mutating func noteAlike(
    _ one: String, _ other: String, _ bound: [String], _ pool: borrowing ExpressionPool
  ) {
    if let range = ranges[one], ranges[other] == nil, !bound.contains(other) {
      note(other, range, pool)
    } else if let range = ranges[other], ranges[one] == nil, !bound.contains(one) {
      note(one, range, pool)
    }
  }

  private mutating func note(
    _ letter: String, _ slot: IndexRange, _ pool: borrowing ExpressionPool
  ) {
    if let symbol = scope.names[letter], pool.kind(of: symbol) != .index { return }
    if let known = ranges[letter] {
      if conflicts[letter] == nil, !lowering.matches(known, slot, in: pool) {
        conflicts[letter] = (known, slot)
      }
      return
    }
    ranges[letter] = slot
  }

  /// The range of the first slot in which a letter stands in the body of its sum.
  static func slot(
    of letter: String, in body: Syntax, _ scope: Scope, _ pool: borrowing ExpressionPool
  ) -> IndexRange? {
    var found: IndexRange?
    func search(_ syntax: Syntax, _ depth: Int) {
      if found != nil || depth > Syntax.deepestNesting { return }
      if case .indexed(let base, let indices) = syntax.kind, case .name(let name) = base.kind,
        let symbol = scope.names[name], pool.kind(of: symbol) == .array
      {
        for (index, slot) in zip(indices, pool.symbols[Int(symbol.index)].ranges) {
          if case .name(letter) = index.kind {
            found = slot
            return
          }
        }
      }
      if case .call(let call) = syntax.kind, RowName.isMark(call.function.text),
        let (own, slot) = RowName.slot(of: call, scope, pool), own == letter
      {
        found = slot
        return
      }
      syntax.forEachPart { search($0, depth + 1) }
    }
    search(body, 0)
    return found
  }
}
