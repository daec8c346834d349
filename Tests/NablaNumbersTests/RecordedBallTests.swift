import NablaNumbers
import NablaTestSupport
import Testing

// The notation of operands and results is described in Data/generate_balls.py.

private let table = recordedRows("Data/balls.tsv")
private let names = ballFunctions.keys.sorted() + ballOperations.keys.sorted()

@Suite struct `Recorded values of functions` {
  @Test func `every row of the table belongs to a known function`() {
    #expect(Set(table.compactMap(\.fields.first)) == Set(names))
    #expect(table.count > 2_000)
  }

  @Test(arguments: names)
  func `balls contain the recorded value and are narrow`(name: String) throws {
    for row in table where row.fields[0] == name {
      let precision = try #require(Int(row.fields[1]), "line \(row.line)")
      let arithmetic = BallArithmetic(precision: precision)
      let operands = try row.fields[2..<row.fields.count - 1].map {
        try #require(operand($0, arithmetic), "line \(row.line)")
      }
      let result = try #require(value(name, operands, arithmetic), "line \(row.line)")
      let isExact = operands.allSatisfy(\.isExact)
      let recorded = row.fields[row.fields.count - 1]
      if recorded == "undefined" {
        if isExact {
          #expect(result.state == .undefined, "line \(row.line)")
        } else {
          #expect(!result.isDefined, "line \(row.line)")
        }
        continue
      }
      #expect(result.isDefined, "line \(row.line)")
      #expect(result.meets(try #require(reference(recorded))), "line \(row.line)")
      if isExact {
        // A unit or two are lost, and up to six bits where the steps have no more than 128 either.
        let lost = precision > 104 && precision <= 128 ? 6 : 2
        #expect(try #require(result.relativeAccuracy) >= precision - lost, "line \(row.line)")
      }
    }
  }
}

private func value(_ name: String, _ operands: [Ball], _ arithmetic: BallArithmetic) -> Ball? {
  if operands.count == 1 { return ballFunctions[name]?(arithmetic, operands[0]) }
  return ballOperations[name]?(arithmetic, operands[0], operands[1])
}

/// `m` and `e` of a text `mpe`.
private func parts(_ text: String) -> (Integer, Int64)? {
  let parts = text.split(separator: "p")
  guard parts.count == 2, let integer = Integer(parts[0]), let power = Int64(parts[1]) else {
    return nil
  }
  return (integer, power)
}

private func operand(_ text: String, _ arithmetic: BallArithmetic) -> Ball? {
  if let (integer, power) = parts(text) {
    return BallArithmetic(precision: 4_000).ball(integer, timesTwoTo: power)
  }
  return rationalOperand(text).map { arithmetic.ball($0) }
}

private func reference(_ text: String) -> Ball? {
  let isExact = text.hasPrefix("=")
  return parts(isExact ? String(text.dropFirst()) : text).map { integer, power in
    BallArithmetic(precision: 4_000)
      .ball(integer, timesTwoTo: power, radius: isExact ? 0 : 1)
  }
}
