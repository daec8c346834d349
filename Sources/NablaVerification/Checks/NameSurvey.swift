import NablaExpressions

/// The dimensions, labels and free indices that expressions depend on.
struct NameSurvey {
  /// In order of declaration.
  var dimensions: [SymbolID] = []
  /// Labels, also those inside definitions.
  var labels: [SymbolID] = []
  /// Indices that occur free in the expressions themselves.
  var indices: [SymbolID] = []
  /// Whether anything but indices and sizes occurs.
  var hasValues = false
}

/// Surveys of many expressions under the same definitions.
///
/// Every expression is walked once, and every name is followed to its ranges and its definition
/// once.
struct NameSurveyor {
  private let definitions: Definitions
  private(set) var surveys: [NameSurvey] = []
  /// The survey of each set of names, in order of declaration.
  private var numbers: [[SymbolID]: Int] = [:]
  private var occurring: [Handle: [SymbolID]] = [:]
  private var nearest: [SymbolID: [SymbolID]] = [:]

  init(_ definitions: Definitions) { self.definitions = definitions }

  /// The number of the survey of some expressions together, the same for the same names.
  mutating func survey(
    of roots: [Handle], _ pool: borrowing ExpressionPool
  ) -> Int {
    var names: [SymbolID] = []
    for root in roots {
      for name in self.names(in: root, pool) where !names.contains(name) { names.append(name) }
    }
    names.sort()
    if let known = numbers[names] { return known }
    surveys.append(survey(ofNames: names, pool))
    numbers[names] = surveys.count - 1
    return surveys.count - 1
  }

  /// The survey of some expressions together.
  mutating func callAsFunction(
    _ roots: [Handle], _ pool: borrowing ExpressionPool
  ) -> NameSurvey {
    surveys[survey(of: roots, pool)]
  }

  private mutating func names(
    in root: Handle, _ pool: borrowing ExpressionPool
  ) -> [SymbolID] {
    if let known = occurring[root] { return known }
    let names = pool.symbolsOccurring(in: [root])
    occurring[root] = names
    return names
  }

  private mutating func survey(
    ofNames own: [SymbolID], _ pool: borrowing ExpressionPool
  ) -> NameSurvey {
    var found = Set(own)
    var open = own
    while let id = open.popLast() {
      for name in names(behind: id, pool) where found.insert(name).inserted { open.append(name) }
    }
    var survey = NameSurvey()
    survey.indices = own.filter { pool.kind(of: $0) == .index }
    for id in found.sorted() {
      switch pool.kind(of: id) {
      case .dimension: survey.dimensions.append(id)
      case .label: survey.labels.append(id)
      case .scalar, .array, .function: survey.hasValues = true
      case .index: break
      }
    }
    return survey
  }

  /// The names in the ranges and the definition of a name.
  private mutating func names(
    behind id: SymbolID, _ pool: borrowing ExpressionPool
  ) -> [SymbolID] {
    if let known = nearest[id] { return known }
    var roots: [Handle] = []
    func addRanges(_ symbol: Symbol) {
      for range in symbol.ranges { roots += [range.lower, range.upper] }
    }
    let declaration = pool.declaration(of: id)
    addRanges(declaration)
    if let definition = definitions[declaration.derivative?.function ?? id] {
      roots.append(definition.body)
      for parameter in definition.parameters { addRanges(pool.declaration(of: parameter)) }
    }
    var names: [SymbolID] = []
    for root in roots { names += self.names(in: root, pool) }
    nearest[id] = names
    return names
  }
}
