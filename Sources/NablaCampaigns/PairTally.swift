/// What a campaign has seen so far.
package struct PairTally: Sendable {
  package struct Case: Sendable {
    package let pair: Pair
    package let verdict: PairVerdict
    package let seconds: Double
  }

  package private(set) var counts: [PairKind: [Pair.Truth: [PairVerdict: Int]]] = [:]
  package private(set) var misjudged: [Case] = []
  package private(set) var open: [Case] = []
  package private(set) var slowest: [Case] = []
  private(set) var depths: [Int: Int] = [:]
  private(set) var sizes: [Int: Int] = [:]
  private(set) var functions: [String: Int] = [:]
  /// For each law how many pairs it made, and how many of those stayed open.
  private(set) var laws: [String: (pairs: Int, open: Int)] = [:]

  package init() {}

  package mutating func add(_ pair: Pair, _ verdict: PairVerdict, seconds: Double) {
    let entry = Case(pair: pair, verdict: verdict, seconds: seconds)
    counts[pair.kind, default: [:]][pair.truth, default: [:]][verdict, default: 0] += 1
    if verdict.isMisjudgement(of: pair.truth) || pair.truth == .contradictory {
      misjudged.append(entry)
    }
    let isOpen = !verdict.isDecision && (pair.truth == .equal || pair.truth == .different)
    if isOpen { keepOpen(entry) }
    if slowest.count < 10 || seconds > slowest[slowest.count - 1].seconds {
      slowest.append(entry)
      slowest.sort { $0.seconds > $1.seconds }
      if slowest.count > 10 { slowest.removeLast() }
    }
    for side in [pair.left, pair.right] {
      depths[side.depth, default: 0] += 1
      sizes[side.size / 10 * 10, default: 0] += 1
      side.visit { if let name = $0.kindName { functions[name, default: 0] += 1 } }
    }
    if pair.truth == .equal {
      for law in Set(pair.laws) {
        laws[law, default: (0, 0)].pairs += 1
        if isOpen { laws[law, default: (0, 0)].open += 1 }
      }
    }
  }

  /// Keeps the smallest of the pairs that stayed open.
  private mutating func keepOpen(_ entry: Case) {
    open.append(entry)
    if open.count >= 4000 {
      open.sort { $0.size < $1.size }
      open.removeLast(2000)
    }
  }

  /// The share of pairs of known truth that were decided.
  package func decidedShare(_ kind: PairKind) -> Double {
    var (all, decided) = (0, 0)
    for truth in [Pair.Truth.equal, .different] {
      for (verdict, count) in counts[kind]?[truth] ?? [:] {
        all += count
        if verdict.isDecision { decided += count }
      }
    }
    return all == 0 ? 1 : Double(decided) / Double(all)
  }
}

extension PairTally.Case {
  var size: Int { pair.left.size + pair.right.size }

  /// One line: verdict, truth, number, and the pair as two arguments of `nabla equal`.
  package var line: String {
    "\(verdict.rawValue) (\(pair.truth.rawValue)) \(pair.kind.rawValue) \(pair.number): "
      + "'\(pair.left.plain)' '\(pair.right.plain)'"
  }
}

extension Term {
  /// What a histogram calls the node; nil for leaves.
  fileprivate var kindName: String? {
    switch head {
    case .number, .constant, .name, .entry, .at: nil
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .power: "^"
    case .negate: "negation"
    case .call(let name, let primes): name + String(repeating: "'", count: primes)
    case .sum(_, let except): except == nil ? "sum" : "sum but one"
    case .product(_, let except): except == nil ? "product" : "product but one"
    case .delta: "delta"
    case .indicator: "indicator"
    case .piecewise: "piecewise"
    case .derivative: "diff"
    }
  }
}
