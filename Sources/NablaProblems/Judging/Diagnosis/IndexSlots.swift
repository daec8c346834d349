import NablaExpressions
import NablaNotation

/// What may stand in the slots of arrays: the names and numbers that a step has there.
struct IndexSlots {
  private let scope: Scope
  private let vocabulary: SlipVocabulary
  private var known: [String: [Syntax]] = [:]

  init(
    _ scope: Scope, _ vocabulary: SlipVocabulary, _ sides: [Syntax],
    in pool: borrowing ExpressionPool
  ) {
    self.scope = scope
    self.vocabulary = vocabulary
    for name in vocabulary.freeIndices {
      if let kind = vocabulary.kinds[name] {
        known[kind, default: []].append(Syntax(.name(name), sides[0].range))
      }
    }
    for side in sides {
      side.forEachNode { node in
        guard case .indexed(let base, let indices) = node.kind,
          let symbol = scope.symbol(of: base)
        else { return }
        let ranges = pool.declaration(of: symbol).ranges
        for (range, index) in zip(ranges, indices) {
          guard case .number = index.kind else { continue }
          let kind = Self.kind(range)
          if known[kind]?.contains(where: { $0.isWritten(like: index) }) == true { continue }
          known[kind, default: []].append(index)
        }
      }
    }
  }

  static func kind(_ range: IndexRange) -> String {
    "index \(range.lower.index)..\(range.upper.index)"
  }

  /// What may stand where an index does.
  func like(_ index: String) -> [Syntax] { vocabulary.kinds[index].flatMap { known[$0] } ?? [] }

  private static let mostEntries = 6

  /// The entries of an array at the indices and numbers of the step.
  func entries(of array: Syntax, _ ranges: [IndexRange]) -> [Syntax] {
    var choices: [[Syntax]] = [[]]
    for range in ranges {
      let slots = known[Self.kind(range)] ?? []
      choices = choices.flatMap { choice in slots.map { choice + [$0] } }
      if choices.count > Self.mostEntries { choices = Array(choices.prefix(Self.mostEntries)) }
    }
    return choices.map { Syntax(.indexed(array, $0), array.range) }
  }

  /// An entry of an array at indices that the sides do not use.
  func generalEntry(
    of array: Syntax, _ ranges: [IndexRange], _ sides: [Syntax]
  ) -> (entry: Syntax, indices: [String])? {
    var taken = sides.flatMap { $0.names.map { $0.text } }
    var indices: [String] = []
    for range in ranges {
      let kind = Self.kind(range)
      guard
        let name = vocabulary.indices.first(where: {
          vocabulary.kinds[$0] == kind && !taken.contains($0)
        })
      else { return nil }
      taken.append(name)
      indices.append(name)
    }
    let slots = indices.map { Syntax(.name($0), array.range) }
    return (Syntax(.indexed(array, slots), array.range), indices)
  }

  private static let mostQuantities = 12

  /// Quantities with just these indices, each in one slot.
  func quantities(
    with indices: Set<String>, in pool: borrowing ExpressionPool
  ) -> [Syntax] {
    let range = vocabulary.other.range
    var found: [Syntax] = []
    for (name, symbol) in scope.names.sorted(by: { $0.value < $1.value }) {
      let declaration = pool.declaration(of: symbol)
      guard [.scalar, .array].contains(declaration.kind),
        declaration.ranges.count == indices.count, found.count < Self.mostQuantities
      else { continue }
      let base = Syntax(.name(name), range)
      if indices.isEmpty {
        found.append(base)
        continue
      }
      var rest = indices
      var chosen: [Syntax] = []
      for slot in declaration.ranges {
        let kind = Self.kind(slot)
        guard let index = rest.sorted().first(where: { vocabulary.kinds[$0] == kind }) else {
          break
        }
        rest.remove(index)
        chosen.append(Syntax(.name(index), range))
      }
      if rest.isEmpty { found.append(Syntax(.indexed(base, chosen), range)) }
    }
    return found
  }

  /// Whether a name stands for a vector or matrix as a whole.
  func isWholeArray(_ syntax: Syntax, in pool: borrowing ExpressionPool) -> Bool {
    guard case .name = syntax.kind, let symbol = scope.symbol(of: syntax) else { return false }
    return pool.declaration(of: symbol).kind == .array
  }
}

extension Scope {
  /// The symbol of a name or of the array of an entry.
  func symbol(of syntax: Syntax) -> SymbolID? {
    switch syntax.kind {
    case .name(let name): return names[name]
    case .indexed(let base, _): return symbol(of: base)
    default: return nil
    }
  }
}
