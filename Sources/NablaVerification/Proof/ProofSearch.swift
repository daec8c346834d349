import NablaExpressions
import NablaNumbers

/// Points at which an equation is looked at.
struct ProofSearch {
  let context: ProofContext
  let left: Handle
  let right: Handle
  /// Bodies of derivatives, which have to be smooth at a point.
  let guards: [DifferentiatedBody]
  /// Numbers near which something may change.
  private(set) var landmarks: [Rational] = []
  /// What may still be spent on evaluations.
  private(set) var work: Int
  private let isOver: () -> Bool
  private var random: RandomNumbers
  /// Whether a point had no coordinates, so that all are the same.
  private(set) var isConstant = false
  /// Whether one regular point is all that is missing.
  var isThorough = false
  /// The point looked at last.
  private(set) var lastPoint = ProofPoint(seed: 0, manner: 0, largestSize: 1)

  init(
    _ context: ProofContext, _ left: Handle, _ right: Handle, guards: [DifferentiatedBody],
    budget: ProofBudget, _ pool: inout ExpressionPool
  ) {
    isOver = budget.isOver
    self.context = context
    self.left = left
    self.right = right
    self.guards = guards
    work = budget.work
    random = RandomNumbers(seed: context.seed ^ 0x5DEE_CE66_D1CE_4E5B)
    var found: Set<Rational> = []
    for handle in pool.nodesBelow([left, right]) {
      let value: Rational?
      switch pool[handle] {
      case .integer, .number: value = pool.rational(handle)
      case .power(let base, let exponent)
      where pool.isNumber(base) && pool.isNumber(exponent):
        value = pool.rational(pool.canonical(handle))
      default: value = nil
      }
      if let value, found.count < 40, value.bitWidth < 300 { found.insert(value) }
    }
    landmarks = found.sorted { $0.absoluteValue < $1.absoluteValue }
  }

  enum Outcome {
    /// Undefined here, or an assumption fails.
    case unusable
    /// Not known at the precisions tried.
    case unclear
    case differs(ExactCounterexample)
    /// Agreement, exact or to some bits.
    case agrees(isInterior: Bool, bits: Int?, ProofPoint)
  }

  /// The bits with which evaluation begins.
  static let lowestPrecision = 64
  static let highestPrecision = 1024

  /// Evaluates both sides at a new point, with more and more bits while they seem to agree.
  mutating func look(
    attempt: Int, precision highest: Int, _ pool: inout ExpressionPool
  ) -> Outcome {
    let sizes = [2, 3, 1, 4, 5]
    var point = ProofPoint(
      seed: random.next(), manner: attempt, largestSize: sizes[attempt % sizes.count])
    point.landmarks = landmarks
    for (symbol, value) in context.integers { point.integers[symbol] = value }
    var precision = Self.lowestPrecision
    var isSettled = false
    var outcome = Outcome.unusable
    while precision <= highest {
      var evaluator = PointEvaluator(
        point, context.definitions, precision: precision, work: min(work, 20_000),
        isOver: isOver)
      evaluator.isThorough = isThorough
      if !isSettled {
        guard meetsAssumptions(&evaluator, &pool), meetsConditions(&evaluator, &pool) else {
          work -= evaluator.spent
          return .unusable
        }
        isSettled = true
        // Kinks met while the assumptions were looked at are met again.
        evaluator.forget()
      }
      outcome = compare(&evaluator, &pool)
      point = evaluator.point
      lastPoint = point
      if point.isEmpty { isConstant = true }
      work -= evaluator.spent * (precision / 64)
      switch outcome {
      case .unusable, .differs: return outcome
      case .agrees(_, let bits, _): if bits == nil { return outcome }
      case .unclear: break
      }
      precision *= 4
    }
    return outcome
  }

  private func compare(
    _ evaluator: inout PointEvaluator, _ pool: inout ExpressionPool
  ) -> Outcome {
    do throws(PointFailure) {
      for body in guards.map({ $0.body }) {
        _ = try evaluator.value(of: body, in: &pool)
        if !evaluator.isRegular { return .unusable }
      }
      let one = try evaluator.value(of: left, in: &pool)
      let other = try evaluator.value(of: right, in: &pool)
      let gap = try evaluator.arithmetic.subtract(one, other)
      if let sign = gap.sign, sign != 0 {
        return .differs(counterexample(one, other, evaluator.point))
      }
      var bits: Int?
      if case .ball(let ball) = gap, !ball.isZero { bits = evaluator.arithmetic.balls.precision }
      return .agrees(isInterior: evaluator.isInterior, bits: bits, evaluator.point)
    } catch {
      switch error {
      case .undefined, .leftOpen: return .unusable
      case .unknown, .exhausted: return .unclear
      }
    }
  }

  private func counterexample(
    _ left: PointNumber, _ right: PointNumber, _ point: ProofPoint
  ) -> ExactCounterexample {
    var coordinates: [(slot: Slot, value: Rational)] = []
    for slot in point.order {
      if let value = point.values[slot] { coordinates.append((slot, value)) }
    }
    var integers: [(symbol: SymbolID, value: Int)] = []
    for symbol in point.integers.keys.sorted() {
      integers.append((symbol, point.integers[symbol] ?? 0))
    }
    return ExactCounterexample(
      coordinates: coordinates, integers: integers, left: left, right: right,
      functions: point.standIns.keys.sorted().map { ($0, point.standIns[$0] ?? []) })
  }
}
