import NablaNotation
import NablaRendering

/// What is to be told about how formulas were read.
package struct ReadingNotes: Sendable {
  package var repairs: [Repair] = []
  /// Other readings of loose notation, which were not taken.
  package var readings: [RelationChain.KindReading] = []
  /// Declarations that were taken from how names are used, in plain notation.
  package var declarations: [String] = []
  package var renamedSizes: [(from: String, to: String)] = []

  package init() {}

  /// One sentence for each thing that is to be told.
  package var messages: [String] {
    var found: [String] = []
    for repair in repairs {
      found.append(
        "repaired: \(DisplayText.quoted(repair.found)) is read as "
          + DisplayText.quoted(repair.repaired))
    }
    for reading in readings {
      found.append(
        "it may also be read as \(reading.syntax.plainNotation()) (\(reading.reason.words))")
    }
    if !declarations.isEmpty {
      found.append("read with " + declarations.joined(separator: "; "))
    }
    for (from, to) in renamedSizes { found.append("the size \(from) is read as \(to)") }
    return found
  }

  /// The same as members of an answer.
  package var members: [(String, JSONValue?)] {
    [
      (
        "repairs",
        Self.list(repairs) { repair in
          .object([
            ("kind", .string(repair.kind.rawValue)), ("found", .string(repair.found)),
            ("repaired", .string(repair.repaired)),
          ])
        }
      ),
      (
        "readings",
        Self.list(readings) { reading in
          .object([
            ("reason", .string(reading.reason.rawValue)),
            ("plain", .string(reading.syntax.plainNotation())),
          ])
        }
      ),
      ("declared", Self.list(declarations) { .string($0) }),
      ("sizes", Self.list(renamedSizes) { .object([($0.from, .string($0.to))]) }),
    ]
  }

  /// An array, or nothing where it would be empty.
  private static func list<Element>(
    _ elements: [Element], _ value: (Element) -> JSONValue
  ) -> JSONValue? {
    elements.isEmpty ? nil : .array(elements.map(value))
  }
}
