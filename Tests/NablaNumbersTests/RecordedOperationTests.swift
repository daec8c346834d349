import NablaNumbers
import NablaTestSupport
import Testing

private let table = recordedRows("Data/number-operations.tsv")

@Suite struct `Recorded operations` {
  @Test func `every row of the table belongs to a known operation`() {
    #expect(Set(table.compactMap(\.fields.first)) == Set(operations.keys))
    #expect(table.count > 6_000)
  }

  @Test(arguments: operations.keys.sorted())
  func `results are those recorded`(name: String) throws {
    let operation = try #require(operations[name])
    for row in table where row.fields[0] == name {
      let operands = Array(row.fields.dropFirst().prefix(operation.operands))
      let expected = Array(row.fields.dropFirst(1 + operation.operands))
      #expect(operation.results(operands).map(recordedForm) == expected, "line \(row.line)")
    }
  }
}

private let operations: [String: Operation] = [
  "add": .integers(2) { [($0[0] + $0[1]).description] },
  "subtract": .integers(2) { [($0[0] - $0[1]).description] },
  "multiply": .integers(2) { [($0[0] * $0[1]).description] },
  "compare": .integers(2) { [order($0[0], $0[1])] },
  "divide": .integers(2) {
    let result = $0[0].quotientAndRemainder(dividingBy: $0[1])
    return [result?.quotient.description, result?.remainder.description]
  },
  "floor-divide": .integers(2) { [$0[0].floorDivided(by: $0[1])?.description] },
  "gcd": .integers(2) { [Integer.greatestCommonDivisor($0[0], $0[1]).description] },
  "power": .integers(3) { [$0[0].power(small($0[1]), bitLimit: small($0[2]))?.description] },
  "shift-left": .integers(2) { [($0[0] << small($0[1])).description] },
  "shift-right": .integers(2) { [($0[0] >> small($0[1])).description] },
  "bit-width": .integers(1) { [$0[0].bitWidth.description] },
  "print": .integers(1) { [$0[0].description] },
  "square-root": .integers(1) { [$0[0].squareRoot()?.description] },
  "root": .integers(2) { [$0[0].root(small($0[1]))?.description] },
  "integer-double": .integers(1) { [bits($0[0].doubleValue)] },
  "rational-add": .rationals(2) { [($0[0] + $0[1]).description] },
  "rational-subtract": .rationals(2) { [($0[0] - $0[1]).description] },
  "rational-multiply": .rationals(2) { [($0[0] * $0[1]).description] },
  "rational-divide": .rationals(2) { [$0[0].dividing(by: $0[1])?.description] },
  "rational-compare": .rationals(2) { [order($0[0], $0[1])] },
  "rational-floor": .rationals(1) { [$0[0].floor.description] },
  "rational-power": .rationals(2) {
    [$0[0].power(small($0[1].numerator), bitLimit: 1_000_000)?.description]
  },
  "rational-root": .rationals(2) { [$0[0].exactRoot(small($0[1].numerator))?.description] },
  "rational-double": .rationals(1) { [bits($0[0].doubleValue)] },
  "from-double": .texts(1) {
    let pattern = UInt64($0[0], radix: 16).map { Double(bitPattern: $0) }
    return [pattern.flatMap { Rational(exactly: $0) }?.description]
  },
  "read-decimal": .texts(1) { [Rational(decimal: $0[0])?.description] },
  "places": .rationals(2) { [$0[0].decimal(places: small($0[1].numerator))] },
  "significant": .rationals(2) { [$0[0].decimal(significantDigits: small($0[1].numerator))] },
  "terminating": .rationals(1) { [$0[0].terminatingDecimal] },
  "rounds": .texts(2) { [rationalOperand($0[0])?.rounds(to: $0[1]) == true ? "true" : "false"] },
]

/// An operation of the table: how many operands it reads, and its results.
private struct Operation: Sendable {
  let operands: Int
  let results: @Sendable ([String]) -> [String?]

  static func texts(
    _ operands: Int, _ results: @escaping @Sendable ([String]) -> [String?]
  ) -> Operation {
    Operation(operands: operands, results: results)
  }

  static func integers(
    _ count: Int, _ results: @escaping @Sendable ([Integer]) -> [String?]
  ) -> Operation {
    texts(count) { texts in
      let operands = texts.compactMap(integerOperand)
      return operands.count == count ? results(operands) : ["unreadable operand"]
    }
  }

  static func rationals(
    _ count: Int, _ results: @escaping @Sendable ([Rational]) -> [String?]
  ) -> Operation {
    texts(count) { texts in
      let operands = texts.compactMap(rationalOperand)
      return operands.count == count ? results(operands) : ["unreadable operand"]
    }
  }
}

private func small(_ value: Integer) -> Int {
  value.asInt ?? 0
}

private func order<Value: Comparable>(_ lhs: Value, _ rhs: Value) -> String {
  lhs < rhs ? "-1" : lhs > rhs ? "1" : "0"
}

private func bits(_ value: Double) -> String {
  let digits = String(value.bitPattern, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
