import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

@Suite struct `Random points` {
  private func draws(
    _ slots: [Slot], _ w: borrowing Workbench, size: Int = 4, fixed: [Slot: Double] = [:]
  ) -> [[Double]] {
    var sampler = Sampler(slots, values: [w.size: size], fixed: fixed, seed: 5, w.pool)
    return (0..<64).map { sampler.draw(attempt: $0) }
  }

  @Test func `undeclared values take both signs and moderate sizes`() {
    let w = Workbench()
    let all = draws([Slot(w.x), Slot(w.t)], w)
    #expect(all.contains { $0[0] < 0 } && all.contains { $0[0] > 0 })
    #expect(all.allSatisfy { (0.05...3).contains(abs($0[0])) && $0[0] != $0[1] })
  }

  @Test func `intervals are respected, their ends kept clear of`() {
    var w = Workbench()
    let unit = w.scalar(
      "p", Domain(lower: Bound(0, isIncluded: false), upper: Bound(1, isIncluded: true)))
    let above = w.scalar("q", Domain(lower: Bound(3, isIncluded: true)))
    let below = w.scalar("r", Domain(upper: Bound(-1, isIncluded: false)))
    let point = w.scalar(
      "s", Domain(lower: Bound(2, isIncluded: true), upper: Bound(2, isIncluded: true)))
    for values in draws([Slot(unit), Slot(above), Slot(below), Slot(point)], w) {
      #expect((0.01...0.99).contains(values[0]))
      #expect((3.01...6).contains(values[1]))
      #expect((-4 ... -1.01).contains(values[2]))
      #expect(values[3] == 2)
    }
  }

  @Test func `a one-hot vector has one 1, at every place in turn`() {
    var w = Workbench()
    var domain = Domain.real
    domain.isOneHot = true
    let y = w.vector("y", domain)
    let all = draws((1...4).map { Slot(y, [$0]) }, w)
    #expect(all.allSatisfy { $0.sorted() == [0, 0, 0, 1] })
    #expect(Set(all).count == 4)
  }

  @Test func `a one-hot matrix has one 1 in each row`() {
    var w = Workbench()
    var domain = Domain.real
    domain.isOneHot = true
    let y = w.matrix("Y", domain)
    let all = draws([1, 2].flatMap { row in (1...4).map { Slot(y, [row, $0]) } }, w)
    #expect(all.allSatisfy { $0[..<4].sorted() == [0, 0, 0, 1] && $0[4...].sorted().last == 1 })
    #expect(all.contains { Array($0[..<4]) != Array($0[4...]) })
  }

  @Test func `probabilities are positive and add up to 1`() {
    var w = Workbench()
    var domain = Domain.real
    domain.isProbability = true
    let q = w.vector("q", domain)
    for values in draws((1...4).map { Slot(q, [$0]) }, w) {
      #expect(values.allSatisfy { $0 > 0.01 })
      #expect(abs(values.reduce(0, +) - 1) < 1e-15)
    }
  }

  @Test func `given values stay`() {
    let w = Workbench()
    for values in draws([Slot(w.x), Slot(w.t)], w, fixed: [Slot(w.t): 7]) {
      #expect(values[1] == 7)
    }
  }

  @Test func `the same seed gives the same points`() {
    let w = Workbench()
    #expect(draws([Slot(w.x)], w) == draws([Slot(w.x)], w))
  }
}

@Suite struct `Assumptions` {
  /// Whether `claim` passes under assumptions and fails without them.
  private func needs(
    _ assumptions: [Handle], _ claim: Claim, _ w: inout Workbench,
    _ definitions: Definitions = Definitions()
  ) -> (with: CheckReport, without: CheckReport) {
    var context = CheckContext(definitions: definitions)
    let without = CrossCheck.run(claim, context, &w.pool)
    context.assumptions = assumptions
    return (CrossCheck.run(claim, context, &w.pool), without)
  }

  @Test func `an affine equation is met by solving it`() {
    var w = Workbench()
    let whole = w.sum(w.j, w.at(w.y, w.j))
    let isOne = w.relation(.equal, whole, w.pool.one)
    let claim = Claim.equality(w.pool.multiply(whole, w.at(w.h, w.i)), w.at(w.h, w.i))
    let reports = needs([isOne], claim, &w)
    #expect(reports.with.isPassed)
    #expect(reports.without.counterexample != nil)
  }

  @Test func `an equation that is not affine is met as well`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let square = w.pool.add(w.pool.power(x, w.pool.two), w.pool.power(t, w.pool.two))
    let isOne = w.relation(.equal, square, w.pool.one)
    let claim = Claim.equality(
      w.pool.subtract(w.pool.one, w.pool.power(x, w.pool.two)), w.pool.power(t, w.pool.two))
    let reports = needs([isOne], claim, &w)
    #expect(reports.with.isPassed)
    #expect(reports.without.counterexample != nil)
  }

  @Test func `an equation with a free index holds for all its values`() {
    var w = Workbench()
    let a = w.matrix("A")
    let isSymmetric = w.relation(.equal, w.at(a, w.i, w.j), w.at(a, w.j, w.i))
    let left = w.sum(w.k, w.pool.multiply(w.at(a, w.k, w.i), w.at(w.h, w.k)))
    let right = w.sum(w.k, w.pool.multiply(w.at(a, w.i, w.k), w.at(w.h, w.k)))
    let reports = needs([isSymmetric], .equality(left, right), &w)
    #expect(reports.with.isPassed)
    #expect(reports.without.counterexample != nil)
  }

  @Test func `two equations that share an unknown are met together`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let s = w.pool.symbol(w.scalar("s"))
    let first = w.relation(.equal, w.pool.add(x, t), s)
    let second = w.relation(.equal, w.pool.subtract(x, t), w.pool.one)
    let claim = Claim.equality(w.pool.multiply(w.pool.two, x), w.pool.add(s, w.pool.one))
    #expect(needs([first, second], claim, &w).with.isPassed)
  }

  @Test func `an inequality keeps points on its side`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let isNegative = w.relation(.less, x, w.pool.zero)
    let claim = Claim.equality(w.pool.writtenFunction(.abs, x), w.pool.negate(x))
    let reports = needs([isNegative], claim, &w)
    #expect(reports.with.isPassed)
    #expect(reports.without.counterexample != nil)
  }

  @Test func `a relation between indices restricts which are looked at`() {
    var w = Workbench()
    let areEqual = w.relation(.equal, w.pool.symbol(w.i), w.pool.symbol(w.j))
    let claim = Claim.equality(w.at(w.h, w.i), w.at(w.h, w.j))
    let reports = needs([areEqual], claim, &w)
    #expect(reports.with.isPassed)
    #expect(reports.without.counterexample != nil)
  }

  @Test func `a relation between sizes restricts the sizes`() {
    var w = Workbench()
    let size = w.pool.symbol(w.size)
    let isFour = w.relation(.equal, size, w.pool.integer(4))
    let reports = needs([isFour], .equality(w.sum(w.k, w.pool.symbol(w.k)), w.pool.integer(10)), &w)
    #expect(reports.with.isPassed)
    #expect(reports.with.sizes.first?.sizes == [4])
    #expect(reports.without.counterexample != nil)
  }

  @Test func `what cannot be met leaves the claim unchecked`() {
    var w = Workbench()
    let square = w.pool.power(w.pool.symbol(w.x), w.pool.two)
    let impossible = w.relation(.equal, square, w.pool.minusOne)
    let claim = Claim.equality(w.pool.symbol(w.x), w.pool.symbol(w.x))
    #expect(needs([impossible], claim, &w).with.obstacle == .noPoint)
    let none = w.relation(.less, square, w.pool.zero)
    #expect(needs([none], claim, &w).with.obstacle == .noPoint)
    let noIndex = w.relation(.notEqual, w.pool.symbol(w.i), w.pool.symbol(w.i))
    let component = Claim.equality(w.at(w.h, w.i), w.at(w.h, w.i))
    #expect(needs([noIndex], component, &w).with.obstacle == .noIndices)
  }
}
