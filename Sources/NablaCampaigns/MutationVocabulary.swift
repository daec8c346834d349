import NablaExpressions
import NablaNotation

/// The names that the formulas of an author use, by the parts that they play.
struct MutationVocabulary {
  /// What a name is: only names of the same kind are taken for one another.
  struct NameKind: Hashable {
    let kind: SymbolKind
    let indices: Int
  }

  /// The names that are declared.
  let kinds: [String: NameKind]
  /// Names without indices.
  private(set) var names: [String] = []
  /// Names with indices, by the number of these.
  private(set) var entries: [Int: [String]] = [:]
  /// Functions that are not built in.
  private(set) var functions: [String] = []
  /// Names that stand in something transposed.
  private(set) var transposed: Set<String> = []
  /// What derivatives are taken by.
  private(set) var variables: [Syntax] = []

  init(kinds: [String: NameKind]) { self.kinds = kinds }

  /// The other names of the same kind.
  func others(_ name: String, among names: [String]) -> [String] {
    guard let kind = kinds[name] else { return [] }
    return names.filter { $0 != name && kinds[$0] == kind }
  }

  mutating func add(_ formula: Syntax) { add(formula, [], 0) }

  private mutating func add(_ formula: Syntax, _ bound: [String], _ depth: Int) {
    if depth > Syntax.deepestNesting { return }
    switch formula.kind {
    case .name(let name):
      // The letter I is the identity matrix.
      if name != "I", !bound.contains(name), !BuiltInNames.constants.contains(name),
        !names.contains(name)
      {
        names.append(name)
      }
    case .indexed(let base, let indices):
      if case .name(let name) = base.kind {
        if !(entries[indices.count] ?? []).contains(name) {
          entries[indices.count, default: []].append(name)
        }
      } else {
        add(base, bound, depth + 1)
      }
    case .call(let call):
      let name = call.function.text
      if BuiltInNames.function(named: name) == nil, !functions.contains(name) {
        functions.append(name)
      }
      if name != "delta" { for argument in call.arguments { add(argument, bound, depth + 1) } }
    case .binder(let binder):
      add(binder.body, bound + binder.indices.map { $0.name.text }, depth + 1)
    case .derivative(let derivative):
      add(derivative.subject, bound, depth + 1)
      for entry in derivative.variables
      where !variables.contains(where: { $0.isWritten(like: entry.variable) }) {
        variables.append(entry.variable)
      }
    case .indicator, .comparison: break
    case .transpose(let inner):
      transposed.formUnion(inner.names.map { $0.text })
      add(inner, bound, depth + 1)
    default: formula.forEachPart { add($0, bound, depth + 1) }
    }
  }
}

extension Syntax {
  /// The letters in slots that no sum inside binds.
  var slotLetters: [String] {
    var found: [String] = []
    func collect(_ syntax: Syntax, _ bound: [String], _ depth: Int) {
      if depth > Syntax.deepestNesting { return }
      switch syntax.kind {
      case .indexed(let base, let indices):
        collect(base, bound, depth + 1)
        for index in indices {
          if case .name(let letter) = index.kind {
            if !bound.contains(letter), !found.contains(letter) { found.append(letter) }
          } else {
            collect(index, bound, depth + 1)
          }
        }
      case .binder(let binder):
        collect(binder.body, bound + binder.indices.map { $0.name.text }, depth + 1)
      default: syntax.forEachPart { collect($0, bound, depth + 1) }
      }
    }
    collect(self, [], 0)
    return found
  }
}
