import NablaNotation
import NablaRendering

extension MarkedSubmission {
  /// The answer of `verify`; see the interface for its keys.
  package var json: JSONValue { .object(jsonMembers) }

  /// The keys of the answer, without `version`.
  package var jsonMembers: [(String, JSONValue?)] {
    var places = PlaceFinder(source)
    var list: [JSONValue] = []
    for part in parts {
      for claim in part.claims { list.append(json(of: claim, in: part, &places)) }
    }
    let tally = tally
    return [
      ("version", .integer(1)), ("submission", .string(source.name)),
      ("verdict", .string(verdict.rawValue)), ("claims", .array(list)),
      ("firstError", firstError.map { .integer($0) }), ("finalResult", finalResultJSON),
      ("problems", .array(problems.map { .string($0) })),
      (
        "counts",
        .object([
          ("right", .integer(tally.right)), ("wrong", .integer(tally.wrong)),
          ("open", .integer(tally.open)), ("unrelated", .integer(tally.unrelated)),
        ])
      ),
      ("matches", matches.isEmpty ? nil : .array(matches.map { $0.json })),
      ("repairs", repairs.isEmpty ? nil : repairsJSON(&places)),
      ("points", points.isEmpty ? nil : .array(points.map { $0.json })),
      ("diagnostics", diagnostics.isEmpty ? nil : diagnosticsJSON(&places)),
    ]
  }

  private var finalResultJSON: JSONValue {
    guard let finalResult else { return .null }
    return .object([
      ("verdict", .string(finalResult.verdict.rawValue)),
      ("formula", .formula(finalResult.formula)), ("claim", .integer(finalResult.claim)),
    ])
  }

  private func json(
    of claim: MarkedClaim, in part: Part, _ places: inout PlaceFinder
  ) -> JSONValue {
    let (line, column) = places.position(at: claim.range.lower)
    let wasRead = claim.verdict != .unreadable && claim.verdict != .unrelated
    return .object([
      ("line", .integer(line)), ("column", .integer(column)), ("text", .string(text(of: claim))),
      ("left", claim.left.map { .formula($0) } ?? .null),
      ("right", claim.right.map { .formula($0) } ?? .null),
      ("verdict", .string(claim.verdict.rawValue)), ("because", .string(claim.because.plainText)),
      ("class", claim.mistake.map { .string($0.rawValue) }),
      ("counterexample", claim.counterexample.map { $0.json }),
      ("condition", claim.condition.map { .formula($0) }),
      ("uses", claim.uses.isEmpty ? nil : .array(claim.uses.map { .formula($0) })),
      ("repair", claim.repair.map { .formula($0) }),
      ("reading", wasRead ? .string(claim.reading == nil ? "literal" : "kind") : nil),
      ("carried", claim.carried ? .bool(true) : nil),
      ("truth", claim.truth.map { .string($0.rawValue) }),
      ("relation", .string(claim.relation.rawValue)),
      ("goesOn", claim.goesOn ? .bool(true) : nil),
      ("setting", claim.setting.map { .formula($0) }),
      ("readingReason", claim.reading.map { .string($0.rawValue) }),
      ("values", claim.counterexample.map { $0.valuesJSON }),
      ("heading", .string(part.heading)), ("problem", part.problem.map { .string($0) }),
      ("task", claim.task.map { .string($0) }), ("section", part.section.map { .string($0) }),
    ])
  }

  private func repairsJSON(_ places: inout PlaceFinder) -> JSONValue {
    var list: [JSONValue] = []
    for kind in repairKinds {
      let (line, column) = places.position(at: kind.repair.range.lower)
      list.append(
        .object([
          ("kind", .string(kind.repair.kind.rawValue)), ("found", .string(kind.repair.found)),
          ("repaired", .string(kind.repair.repaired)), ("count", .integer(kind.count)),
          ("line", .integer(line)), ("column", .integer(column)),
        ]))
    }
    return .array(list)
  }

  private func diagnosticsJSON(_ places: inout PlaceFinder) -> JSONValue {
    var list: [JSONValue] = []
    for diagnostic in diagnostics {
      let (line, column) = places.position(at: diagnostic.range.lower)
      list.append(
        .object([
          ("line", .integer(line)), ("column", .integer(column)),
          ("identifier", .string(diagnostic.identifier)),
          ("message", .string(diagnostic.summary)),
        ]))
    }
    return .array(list)
  }
}

/// Lines and columns of places that mostly come in order, found without counting a long line anew.
struct PlaceFinder {
  private let source: SourceText
  private var line = -1
  private var offset = 0
  private var column = 1

  init(_ source: SourceText) { self.source = source }

  mutating func position(at place: Int) -> (line: Int, column: Int) {
    let index = source.lineIndex(at: place)
    let range = source.lineRange(index)
    let end = min(max(place, range.lower), range.upper)
    if index != line || end < offset {
      line = index
      offset = range.lower
      column = 1
    }
    column += source.text(in: SourceRange(offset, end)).count
    offset = end
    return (index + 1, column)
  }
}

extension MarkedClaim.Counterexample {
  fileprivate var json: JSONValue {
    .object(coordinates.map { ($0.name.plain, .string($0.text)) })
  }

  fileprivate var valuesJSON: JSONValue {
    .object([("left", .string(left)), ("right", .string(right))])
  }
}

extension MarkedSubmission.NameMatch {
  fileprivate var json: JSONValue {
    .object([
      ("written", .formula(written)), ("meant", .formula(meant)),
      ("ground", .string(ground.rawValue)),
    ])
  }
}

extension MarkedSubmission.TaskPoints {
  fileprivate var json: JSONValue {
    .object([
      ("task", .formula(task)), ("when", condition.map { .formula($0) }),
      ("earned", .number(PointsText.decimal(earnedHalves))),
      ("possible", .number(PointsText.decimal(possibleHalves))),
      ("because", because.isEmpty ? nil : .string(because)),
    ])
  }
}
