import NablaExpressions
import Testing

@testable import NablaVerification

@Suite struct `Claims that were checked before` {
  @Test func `a wrong claim fails after the right one has passed`() {
    var w = Workbench()
    let (p, l, definitions) = w.softmax()
    var context = CheckContext(definitions: definitions)
    context.assumptions = [w.relation(.equal, w.sum(w.j, w.at(w.y, w.j)), w.pool.one)]
    var cache = CheckCache()
    let loss = w.pool.symbol(l)
    let variable = w.at(w.h, w.i)
    let result = w.pool.subtract(w.at(p, w.i), w.at(w.y, w.i))
    let wrong = w.pool.add(w.at(p, w.i), w.at(w.y, w.i))
    let goal = w.pool.derivative(loss, by: [variable])
    let derived = Claim.derivative(of: loss, by: [variable], is: result)
    #expect(CrossCheck.run([derived], context, &cache, &w.pool)[0].isPassed)
    let again = CrossCheck.run([.equality(goal, result)], context, &cache, &w.pool)[0]
    #expect(again.isPassed && again.points >= 5)
    let second = w.pool.derivative(w.pool.derivative(loss, by: [variable]), by: [variable])
    let twice = Claim.derivative(of: goal, by: [variable], is: w.pool.zero)
    #expect(CrossCheck.run([twice], context, &cache, &w.pool)[0].counterexample != nil)
    #expect(!CrossCheck.run([.equality(second, result)], context, &cache, &w.pool)[0].isPassed)
    let claims: [Claim] = [
      .derivative(of: loss, by: [variable], is: wrong), .equality(goal, wrong), .step(goal, wrong),
    ]
    for (number, report) in CrossCheck.run(claims, context, &cache, &w.pool).enumerated() {
      #expect(report.counterexample != nil, "claim \(number)")
    }
  }

  @Test func `what holds under an assumption is not taken to hold without it`() {
    var w = Workbench()
    var context = CheckContext()
    let whole = w.sum(w.j, w.at(w.y, w.j))
    context.assumptions = [w.relation(.equal, whole, w.pool.one)]
    var cache = CheckCache()
    let claim = Claim.equality(whole, w.pool.one)
    #expect(CrossCheck.run([claim], context, &cache, &w.pool)[0].isPassed)
    let report = CrossCheck.run([claim], CheckContext(), &cache, &w.pool)[0]
    #expect(report.counterexample != nil)
  }

  @Test func `a derivative counts no longer when a name in it gets a definition`() {
    var w = Workbench()
    let x = w.pool.symbol(w.x)
    let t = w.pool.symbol(w.t)
    let claim = Claim.derivative(of: w.pool.multiply(x, t), by: [x], is: t)
    var cache = CheckCache()
    var context = CheckContext()
    #expect(CrossCheck.run([claim], context, &cache, &w.pool)[0].isPassed)
    context.definitions.add(
      Definition(symbol: w.t, parameters: [], body: w.pool.power(x, w.pool.two)))
    #expect(CrossCheck.run([claim], context, &cache, &w.pool)[0].counterexample != nil)
  }

  @Test func `a step right only for equal or only for different indices is refused`() {
    var w = Workbench()
    let delta = w.delta(w.i, w.j)
    let steps: [Claim] = [
      .step(delta, w.pool.one), .step(delta, w.pool.zero), .step(delta, delta),
      .step(w.at(w.h, w.i), w.at(w.h, w.j)),
    ]
    let reports = CrossCheck.run(steps, CheckContext(), &w.pool)
    #expect(reports.map { $0.isPassed } == [false, false, true, false])
  }

  @Test func `conditions on indices hold for their claim alone`() {
    var w = Workbench()
    let areEqual = w.relation(.equal, w.pool.symbol(w.i), w.pool.symbol(w.j))
    let delta = w.delta(w.i, w.j)
    let reports = CrossCheck.run(
      [
        .step(delta, w.pool.one, when: [areEqual]), .step(delta, w.pool.one),
        .step(delta, w.pool.zero, when: [areEqual]),
      ], CheckContext(), &w.pool)
    #expect(reports.map { $0.isPassed } == [true, false, false])
  }
}
