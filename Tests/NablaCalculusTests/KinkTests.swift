import NablaCalculus
import NablaExpressions
import NablaRewriting
import NablaVerification
import Testing

/// An expression, its derivative by x, and the places that the derivation leaves out.
private struct KinkRow: Sendable {
  let expression: String
  let derivative: String
  let kinks: [String]
}

// swift-format-ignore
private let kinkRows: [KinkRow] = [
  KinkRow(expression: "ReLU(x)",          derivative: "1[x > 0]",             kinks: ["ReLU at x"]),
  KinkRow(expression: "abs(x)",           derivative: "sign(x)",              kinks: ["abs at x"]),
  KinkRow(expression: "sign(x)",          derivative: "0",                    kinks: ["sign at x"]),
  KinkRow(expression: "step(x - 1)",      derivative: "0",                    kinks: ["step at x - 1"]),
  KinkRow(expression: "max(x, y)",        derivative: "1[x - y > 0]",         kinks: ["extremum max(x, y)"]),
  KinkRow(expression: "min(x, y)",        derivative: "1[y - x > 0]",         kinks: ["extremum min(x, y)"]),
  KinkRow(expression: "max(0, 1 - x*y)",  derivative: "-1[1 - x*y > 0]*y",    kinks: ["extremum max(0, 1 - x*y)"]),
  KinkRow(expression: "1[x > 1]*x",       derivative: "1[x > 1]",             kinks: ["cases 1[x > 1]"]),
  KinkRow(expression: "piecewise(x > 0: x^2, else: 0)", derivative: "piecewise(x > 0: 2*x, else: 0)", kinks: ["cases piecewise(x > 0: x^2, else: 0)"]),
  // Against itself an operand is never greater: there is one operand, and no kink.
  KinkRow(expression: "max(x, x)",        derivative: "1",                    kinks: []),
  KinkRow(expression: "max(2*x, x + x)",  derivative: "2",                    kinks: []),
  KinkRow(expression: "min(x, y, x)",     derivative: "1[y - x > 0]",         kinks: ["extremum min(x, y, x)"]),
  // Where the engine differentiates in one step as well.
  KinkRow(expression: "product(k = 1..3, abs(x - k))", derivative: "sum(k = 1..3, sign(x - k)*product(l != k, abs(x - l)))", kinks: ["abs at x - k"]),
  // Operands may agree on a whole region.
  KinkRow(expression: "max(x, ReLU(x))",  derivative: "1[x - ReLU(x) >= 0] + 1[ReLU(x) - x > 0]*1[x > 0]", kinks: ["extremum max(x, ReLU(x))", "ReLU at x"]),
  KinkRow(expression: "max(x, min(x, y))", derivative: "1[x - min(x, y) >= 0] + 1[min(x, y) - x > 0]*1[y - x > 0]", kinks: ["extremum max(x, min(x, y))", "extremum min(x, y)"]),
  KinkRow(expression: "x^2",              derivative: "2*x",                  kinks: []),
]

@Test(arguments: kinkRows)
private func `without a convention the seams are named and nothing is chosen`(
  row: KinkRow
) throws {
  var room = try Workroom()
  let subject = try room.expression(row.expression)
  let x = try room.expression("x")
  var deriver = room.deriver()
  let derivation = deriver.derive(subject, by: [x], in: &room.pool)
  var kinks: [String] = []
  for kink in derivation.kinks {
    let place = room.plain(kink.place)
    switch kink.cause {
    case .function(let function): kinks.append("\(function.name) at \(place)")
    case .extremum: kinks.append("extremum \(place)")
    case .cases: kinks.append("cases \(place)")
    }
  }
  #expect(room.plain(derivation.result) == row.derivative)
  #expect(kinks == row.kinks)
  let claim = Claim.derivative(of: subject, by: [x], is: derivation.result)
  #expect(room.objection(to: claim) == nil)
  var differentiator = Differentiator()
  let built = differentiator.derivative(of: subject, by: x, in: &room.pool)
  #expect(room.objection(to: .derivative(of: subject, by: [x], is: built)) == nil)
}

/// A convention, an expression of x, and the value of its derivative at 0, −1 and 1.
// swift-format-ignore
private let conventions: [(String, String, [Double])] = [
  ("convention ReLU'(0) = 0",   "ReLU(x)",        [0, 0, 1]),
  ("convention ReLU'(0) = 1",   "ReLU(x)",        [1, 0, 1]),
  ("convention ReLU'(0) = 1/2", "ReLU(x)",        [0.5, 0, 1]),
  ("convention ReLU'(0) = 1",   "3*ReLU(2*x) + x", [7, 1, 7]),
  ("convention abs'(0) = 0",    "abs(x)",         [0, -1, 1]),
  ("convention abs'(0) = 1",    "abs(x)",         [1, -1, 1]),
  ("convention step'(0) = 0",   "step(x)",        [0, 0, 0]),
]

@Test(arguments: conventions.indices)
func `a stated value at a kink is the value there, by every road`(number: Int) throws {
  let (convention, text, expected) = conventions[number]
  var room = try Workroom(convention)
  let subject = try room.expression(text)
  let x = try room.expression("x")
  guard case .symbol(let id) = room.pool[x] else { return }
  var deriver = room.deriver()
  let derivation = deriver.derive(subject, by: [x], in: &room.pool)
  #expect(derivation.kinks.isEmpty)
  #expect(deriver.unconditional.isEmpty)
  var differentiator = Differentiator(room.differentiationContext())
  let built = differentiator.derivative(of: subject, by: x, in: &room.pool)
  var sweep = ReverseSweep(room.differentiationContext())
  let written = room.pool.differentiated(
    room.pool.derivative(subject, by: [x]), room.differentiationContext())
  let swept = sweep.gradient(of: subject, by: [x], in: &room.pool)[0]
  for (road, result) in [
    ("derived", derivation.result), ("built", built), ("swept", swept), ("written", written),
  ] {
    var values: [Double] = []
    for place in [0.0, -1, 1] {
      values += try room.pool.evaluate([result], at: [Slot(id): place], TapeContext())
    }
    #expect(values == expected, "\(road): \(room.plain(result))")
  }
}
