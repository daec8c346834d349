import NablaExpressions
import NablaNumbers

/// Conditions under which the branches of choices are defined, where these are taken.
struct BranchConditions {
  private struct Branch {
    let condition: DomainCondition
    /// What holds where the branch is taken, and what fails there.
    let holding: [Handle]
    let failing: [Handle]
  }

  private var found: [Branch] = []
  private var seen: Set<Handle> = []
  private static let most = 40
  private static let deepest = 60

  mutating func collect(from root: Handle, in pool: inout ExpressionPool) {
    guard pool.traits(root).contains(.condition) else { return }
    visit(root, [], [], 0, &pool)
  }

  private mutating func visit(
    _ handle: Handle, _ holding: [Handle], _ failing: [Handle], _ depth: Int,
    _ pool: inout ExpressionPool
  ) {
    if depth > Self.deepest || found.count > Self.most { return }
    guard pool.traits(handle).contains(.condition), seen.insert(handle).inserted else { return }
    switch pool[handle] {
    case .piecewise(let list):
      let operands = pool.operands(list)
      var failing = failing
      var place = 0
      while place < operands.count {
        let isElse = place + 1 == operands.count
        let value = isElse ? operands[place] : operands[place + 1]
        take(value, isElse ? holding : holding + [operands[place]], failing, depth, &pool)
        failing.append(operands[place])
        place += 2
      }
    case .product(let list), .heldProduct(let list):
      let operands = pool.operands(list)
      let hiding = operands.filter {
        if case .indicator = pool[$0] { return true }
        return false
      }
      for operand in operands where pool.mayHide(operand) && !hiding.contains(operand) { return }
      for operand in operands where !hiding.contains(operand) {
        if hiding.isEmpty {
          visit(operand, holding, failing, depth + 1, &pool)
        } else {
          take(operand, holding + hiding, failing, depth, &pool)
        }
      }
    case .quotient(let above, let below):
      if pool.mayHide(above) { return }
      visit(above, holding, failing, depth + 1, &pool)
      visit(below, holding, failing, depth + 1, &pool)
    case .sum, .heldSum, .negation, .function, .maximum, .minimum, .root, .power:
      for child in pool.children(of: handle) { visit(child, holding, failing, depth + 1, &pool) }
    default: break
    }
  }

  /// Notes what a part that is needed under conditions asks for.
  private mutating func take(
    _ part: Handle, _ holding: [Handle], _ failing: [Handle], _ depth: Int,
    _ pool: inout ExpressionPool
  ) {
    var analysis = DomainAnalysis()
    analysis.collect(from: part, in: &pool)
    for condition in analysis.conditions where !condition.isLocal {
      found.append(Branch(condition: condition, holding: holding, failing: failing))
    }
    visit(part, holding, failing, depth + 1, &pool)
  }

  /// Records the signs of which the branches are certainly taken.
  func takeSigns(
    in reducer: inout Reducer, _ pool: inout ExpressionPool
  ) throws(ReductionFailure) {
    if reducer.keepsConditions { return }
    let before = reducer.algebra.signsTaken
    for branch in found {
      guard branch.condition.kind == .positive || branch.condition.kind == .nonnegative else {
        continue
      }
      var isTaken = true
      for handle in branch.holding {
        if try reducer.condition(handle, &pool).constant != 1 { isTaken = false }
      }
      for handle in branch.failing where isTaken {
        if try reducer.condition(handle, &pool).constant != 0 { isTaken = false }
      }
      guard isTaken else { continue }
      let form = try reducer.form(of: branch.condition.subject, in: &pool)
      reducer.algebra.takeSign(of: form, isStrict: branch.condition.kind == .positive)
    }
    if reducer.algebra.signsTaken != before { reducer.startAgain(&pool) }
  }
}
