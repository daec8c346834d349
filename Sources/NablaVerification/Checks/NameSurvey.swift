import NablaExpressions

/// The dimensions, labels and free indices that expressions depend on.
struct NameSurvey {
  /// In order of declaration.
  private(set) var dimensions: [SymbolID] = []
  /// Labels, also those inside definitions.
  private(set) var labels: [SymbolID] = []
  /// Indices that occur free in the expressions themselves.
  private(set) var indices: [SymbolID] = []
  /// Whether anything but indices and sizes occurs.
  private(set) var hasValues = false

  init(
    _ roots: [Handle], _ definitions: Definitions, leaves: Set<SymbolID>,
    _ pool: borrowing ExpressionPool
  ) {
    var found: Set<SymbolID> = []
    var seen: Set<Handle> = []
    var open: [(handle: Handle, isOwn: Bool)] = roots.map { ($0, true) }
    var own: Set<Handle> = []
    var free: Set<SymbolID> = []
    while let (handle, isOwn) = open.popLast() {
      if isOwn ? !own.insert(handle).inserted : !seen.insert(handle).inserted { continue }
      switch pool[handle] {
      case .symbol(let id), .entry(let id, _), .apply(let id, _):
        if isOwn, pool.kind(of: id) == .index { free.insert(id) }
        switch pool.kind(of: id) {
        case .scalar, .array, .function: hasValues = true
        case .index, .label, .dimension: break
        }
        if found.insert(id).inserted {
          let declaration = pool.declaration(of: id)
          for range in declaration.ranges {
            open.append((range.lower, false))
            open.append((range.upper, false))
          }
          let base = declaration.derivative?.function ?? id
          if let definition = definitions[base] {
            open.append((definition.body, false))
            for parameter in definition.parameters {
              for range in pool.declaration(of: parameter).ranges {
                open.append((range.lower, false))
                open.append((range.upper, false))
              }
            }
          }
        }
      default: break
      }
      pool.forEachChild(of: handle) { child, _ in open.append((child, isOwn)) }
    }
    for id in found.sorted() {
      switch pool.kind(of: id) {
      case .dimension: dimensions.append(id)
      case .label: labels.append(id)
      default: break
      }
    }
    indices = free.sorted()
  }
}
