import NablaExpressions

/// Values of indices and labels at which a claim is looked at.
struct IndexChoice: Hashable, Sendable {
  let indices: [SymbolID]
  let labels: [SymbolID]
  /// The values of the indices, followed by those of the labels.
  let values: [Int]

  /// Every index and every label with its value.
  var all: [SymbolID: Int] {
    var all: [SymbolID: Int] = [:]
    for (name, value) in zip(indices + labels, values) { all[name] = value }
    return all
  }

  /// The values of the labels.
  var labelValues: [SymbolID: Int] {
    var found: [SymbolID: Int] = [:]
    for (name, value) in zip(labels, values.dropFirst(indices.count)) { found[name] = value }
    return found
  }
}

/// Choices of indices for claims: every pattern of equal and different ones.
struct IndexChooser: ~Copyable {
  /// How many choices are looked at for one claim and one set of sizes.
  static let limit = 12
  /// Up to so many tuples are all gone through.
  private static let tupleLimit = 256

  let values: [SymbolID: Int]

  /// How many choices are made for each pattern.
  struct Density: Hashable {
    /// For a single name, which has but one pattern.
    let ofOne: Int
    let ofMany: Int

    static let result = Density(ofOne: 3, ofMany: 2)
    static let step = Density(ofOne: 2, ofMany: 1)
  }

  private var compiler: TapeCompiler

  init(values: [SymbolID: Int]) {
    self.values = values
    compiler = TapeCompiler(TapeContext(values: values))
  }

  /// The first and the last value of an index; 1 to 3 if nothing is declared.
  func range(of symbol: SymbolID, _ pool: borrowing ExpressionPool) -> ClosedRange<Int>? {
    guard let range = pool.declaration(of: symbol).ranges.first else { return 1...3 }
    guard let lower = compiler.integer(range.lower, 0, pool),
      let upper = compiler.integer(range.upper, 0, pool), lower <= upper
    else { return nil }
    return lower...upper
  }

  /// Choices that meet all conditions on indices.
  mutating func choices(
    _ survey: NameSurvey, conditions: [Handle], _ density: Density,
    _ random: inout RandomNumbers, _ pool: borrowing ExpressionPool
  ) -> [IndexChoice] {
    let indices = survey.indices.filter { values[$0] == nil }
    let labels = survey.labels.filter { values[$0] == nil }
    var ranges: [ClosedRange<Int>] = []
    for name in indices + labels {
      guard let range = range(of: name, pool) else { return [] }
      ranges.append(range)
    }
    let scope = compiler.addFrame(
      indices + labels, ranges.map { .integer($0.lowerBound) }, world: 0)
    let count = ranges.count == 1 ? density.ofOne : density.ofMany
    let total = ranges.reduce(1) { min(1_000_000, $0 * min(1_000_000, $1.count)) }
    var found: [[Int]] = []
    if total > IndexChooser.tupleLimit {
      for pattern in patterns(ranges.count) {
        var kept = 0
        for _ in 0..<4 where kept < count && found.count < 2 * IndexChooser.limit {
          for numbers in assignments(pattern, ranges, &random).prefix(count - kept)
          where !found.contains(numbers) && meets(numbers, scope, conditions, pool) {
            found.append(numbers)
            kept += 1
          }
        }
      }
      for _ in 0..<300 where found.count < 2 {
        let numbers = ranges.map { $0.lowerBound + random.below($0.count) }
        if !found.contains(numbers), meets(numbers, scope, conditions, pool) {
          found.append(numbers)
        }
      }
    }
    if found.isEmpty, total <= 100_000 {
      var met: [[Int]] = []
      for tuple in Tuples(ranges) where meets(tuple, scope, conditions, pool) {
        met.append(tuple)
      }
      found = selection(of: met, count, &random)
    }
    return spread(found).map { IndexChoice(indices: indices, labels: labels, values: $0) }
  }

  /// So many tuples of each pattern of equal and different values.
  private func selection(
    of tuples: [[Int]], _ count: Int, _ random: inout RandomNumbers
  ) -> [[Int]] {
    var groups: [(pattern: Int, tuples: [[Int]])] = []
    for tuple in tuples {
      // Each place refers to the first one with its value.
      var pattern = 0
      for place in tuple.indices {
        var first = 0
        while tuple[first] != tuple[place] { first += 1 }
        pattern = pattern &* 31 &+ first
      }
      if let place = groups.firstIndex(where: { $0.pattern == pattern }) {
        groups[place].tuples.append(tuple)
      } else {
        groups.append((pattern, [tuple]))
      }
    }
    var found: [[Int]] = []
    for (_, group) in groups {
      if group.count <= count {
        found += group
      } else if count == 1 {
        found.append(group[random.below(group.count)])
      } else {
        for place in 0..<count { found.append(group[place * (group.count - 1) / (count - 1)]) }
      }
    }
    return found
  }

  /// As many choices as allowed, taken evenly.
  private func spread(_ found: [[Int]]) -> [[Int]] {
    if found.count <= IndexChooser.limit { return found }
    return (0..<IndexChooser.limit).map { found[$0 * found.count / IndexChooser.limit] }
  }

  /// Whether no condition that is settled by the indices fails.
  private mutating func meets(
    _ numbers: [Int], _ scope: Int, _ conditions: [Handle], _ pool: borrowing ExpressionPool
  ) -> Bool {
    if conditions.isEmpty { return true }
    compiler.rebind(numbers, scope)
    for condition in conditions where compiler.decided(condition, scope, pool) == false {
      return false
    }
    return true
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

/// Every tuple of values of some ranges, the last value changing fastest.
struct Tuples: Sequence, IteratorProtocol {
  private let ranges: [ClosedRange<Int>]
  private var values: [Int]
  private var isDone = false

  init(_ ranges: [ClosedRange<Int>]) {
    self.ranges = ranges
    values = ranges.map { $0.lowerBound }
  }

  mutating func next() -> [Int]? {
    if isDone { return nil }
    let current = values
    var place = values.count - 1
    while place >= 0 {
      values[place] += 1
      if values[place] <= ranges[place].upperBound { break }
      values[place] = ranges[place].lowerBound
      place -= 1
    }
    isDone = place < 0
    return current
  }
}
