import NablaExpressions

/// Values of indices and labels at which a claim is looked at.
struct IndexChoice: Hashable, Sendable {
  var indices: [SymbolID: Int] = [:]
  var labels: [SymbolID: Int] = [:]
}

/// Choices of indices for claims: every pattern of equal and different ones.
struct IndexChooser {
  /// How many choices are looked at for one claim and one set of sizes.
  static let limit = 12

  let values: [SymbolID: Int]

  /// The first and the last value of an index; 1 to 3 if nothing is declared.
  func range(of symbol: SymbolID, _ pool: borrowing ExpressionPool) -> ClosedRange<Int>? {
    guard let range = pool.declaration(of: symbol).ranges.first else { return 1...3 }
    let compiler = TapeCompiler(TapeContext(values: values))
    guard let lower = compiler.integer(range.lower, 0, pool),
      let upper = compiler.integer(range.upper, 0, pool), lower <= upper
    else { return nil }
    return lower...upper
  }

  /// Choices that meet all conditions on indices.
  func choices(
    _ indices: [SymbolID], _ labels: [SymbolID], conditions: [Handle],
    _ random: inout RandomNumbers, _ pool: inout ExpressionPool
  ) -> [IndexChoice] {
    let names = (indices + labels).filter { values[$0] == nil }
    if names.isEmpty {
      let only = IndexChoice()
      return meets(only, conditions, &pool) ? [only] : []
    }
    var ranges: [ClosedRange<Int>] = []
    for name in names {
      guard let range = range(of: name, pool) else { return [] }
      ranges.append(range)
    }
    var found: [IndexChoice] = []
    var seen: Set<IndexChoice> = []
    func keep(_ numbers: [Int], _ pool: inout ExpressionPool) {
      var choice = IndexChoice()
      for (place, name) in names.enumerated() {
        if place < indices.filter({ values[$0] == nil }).count {
          choice.indices[name] = numbers[place]
        } else {
          choice.labels[name] = numbers[place]
        }
      }
      if meets(choice, conditions, &pool), seen.insert(choice).inserted { found.append(choice) }
    }
    let total = ranges.reduce(1) { min(1_000_000, $0 * min(1_000_000, $1.count)) }
    if total <= IndexChooser.limit {
      forEachTuple(ranges) { keep($0, &pool) }
      return found
    }
    for pattern in patterns(names.count) {
      for _ in 0..<2 {
        if found.count >= 2 * IndexChooser.limit { break }
        for numbers in assignments(pattern, ranges, &random) { keep(numbers, &pool) }
      }
    }
    var attempt = 0
    while found.count < 3, attempt < 300 {
      keep(ranges.map { $0.lowerBound + random.below($0.count) }, &pool)
      attempt += 1
    }
    if found.isEmpty, total <= 100_000 { forEachTuple(ranges) { keep($0, &pool) } }
    if found.count <= IndexChooser.limit { return found }
    return spread(found)
  }

  /// As many choices as allowed, taken evenly.
  private func spread(_ found: [IndexChoice]) -> [IndexChoice] {
    (0..<IndexChooser.limit).map { found[$0 * found.count / IndexChooser.limit] }
  }

  /// Whether no condition that is settled by the indices fails.
  func meets(
    _ choice: IndexChoice, _ conditions: [Handle], _ pool: inout ExpressionPool
  ) -> Bool {
    if conditions.isEmpty { return true }
    var all = values
    for (name, value) in choice.indices { all[name] = value }
    for (name, value) in choice.labels { all[name] = value }
    let compiler = TapeCompiler(TapeContext(values: all))
    for condition in conditions where compiler.decided(condition, 0, pool) == false {
      return false
    }
    return true
  }

  /// Calls a function with every tuple of values.
  func forEachTuple(_ ranges: [ClosedRange<Int>], _ visit: ([Int]) -> Void) {
    var values = ranges.map { $0.lowerBound }
    while true {
      visit(values)
      var place = values.count - 1
      while place >= 0 {
        values[place] += 1
        if values[place] <= ranges[place].upperBound { break }
        values[place] = ranges[place].lowerBound
        place -= 1
      }
      if place < 0 { return }
    }
  }

  /// Which of some indices are equal, as block numbers; all partitions of up to four.
  private func patterns(_ count: Int) -> [[Int]] {
    if count > 4 { return [[Int](repeating: 0, count: count), Array(0..<count)] }
    var found: [[Int]] = [[]]
    for _ in 0..<count {
      var longer: [[Int]] = []
      for pattern in found {
        let next = (pattern.max() ?? -1) + 1
        for block in 0...next { longer.append(pattern + [block]) }
      }
      found = longer
    }
    return found
  }

  /// Values for the blocks of a pattern, different for different blocks, in two orders.
  private func assignments(
    _ pattern: [Int], _ ranges: [ClosedRange<Int>], _ random: inout RandomNumbers
  ) -> [[Int]] {
    let blocks = (pattern.max() ?? -1) + 1
    for _ in 0..<20 {
      var chosen: [Int] = []
      for block in 0..<blocks {
        guard let place = pattern.firstIndex(of: block) else { continue }
        chosen.append(ranges[place].lowerBound + random.below(ranges[place].count))
      }
      if Set(chosen).count != blocks { continue }
      let numbers = pattern.map { chosen[$0] }
      let reversed = pattern.map { chosen[blocks - 1 - $0] }
      let valid = [numbers, reversed].filter { tuple in
        for (place, value) in tuple.enumerated() where !ranges[place].contains(value) {
          return false
        }
        return true
      }
      if !valid.isEmpty { return valid }
    }
    return []
  }
}
