import NablaRendering
import Testing

@Suite struct LineWidthTests {
  static func document(_ seed: UInt64) -> Document {
    var random = RandomFormula(seed: seed)
    let depth = 2 + random.pick(5)
    return Document(
      title: [.text("Seed \(seed)")],
      blocks: [
        .display(random.formula(depth)),
        .derivation([
          DerivationRow(
            .derivative(.name("L"), by: .name("x")), .equal, random.formula(depth),
            because: ["chain rule"]),
          DerivationRow(
            nil, .equal, random.formula(depth),
            because: ["by the definition of ", .formula(random.formula(1))]),
        ]),
        .result(
          .relation(.name("z"), .equal, random.formula(depth)), also: random.formula(2),
          label: "z"),
        .paragraph(["Here ", .formula(random.formula(2)), " is small."]),
        .forwardTable([
          ForwardRow(
            .name("z"), random.formula(2), numbers: [random.formula(1)], value: .number("0.5"))
        ]),
      ])
  }

  /// Columns of a line; combining marks take none.
  private static func columns(_ line: Substring) -> Int {
    line.unicodeScalars.reduce(0) { $0 + ((0x300...0x36F).contains($1.value) ? 0 : 1) }
  }

  @Test(arguments: [60, 72, 80, 97, 120])
  func `no line is wider than the terminal`(width: Int) {
    for seed in 1...150 as ClosedRange<UInt64> {
      let text = Self.document(seed).terminal(width: width)
      for line in text.split(separator: "\n") where Self.columns(line) > width {
        Issue.record("seed \(seed): \(Self.columns(line)) columns: \(line)")
        return
      }
    }
  }

  @Test func `lines do not end in spaces`() {
    for seed in 1...60 as ClosedRange<UInt64> {
      for line in Self.document(seed).terminal(width: 80).split(separator: "\n") {
        #expect(line.last != " ", "seed \(seed)")
      }
    }
  }

  @Test func `braces and environments of LaTeX close`() {
    for seed in 1...100 as ClosedRange<UInt64> {
      let latex = Self.document(seed).latex()
      var open = 0
      var previous: Character = " "
      for character in latex {
        if character == "{", previous != "\\" { open += 1 }
        if character == "}", previous != "\\" { open -= 1 }
        previous = character == "\\" && previous == "\\" ? " " : character
      }
      #expect(open == 0, "seed \(seed)")
    }
  }
}
