import NablaNotation

/// Names as a test line declares them: `f()` a function, `i:` an index, anything else a quantity.
func known(_ names: String) -> KnownNames {
  var known = KnownNames()
  for word in names.split(separator: " ") {
    if word.hasSuffix("()") {
      known.insert(String(word.dropLast(2)), .function)
    } else if word.hasSuffix(":") {
      known.insert(String(word.dropLast()), .index)
    } else {
      known.insert(String(word), .quantity)
    }
  }
  return known
}

/// The tree of an expression, or the diagnostic in its place.
func dump(_ text: String, _ known: KnownNames = KnownNames()) -> String {
  let source = SourceText(name: "test", text)
  do throws(Diagnostic) {
    return try parseExpression(source, known: known).dump
  } catch {
    return describe(error, source)
  }
}

/// `identifier column-column: summary`, with columns in bytes from 0.
func describe(_ diagnostic: Diagnostic, _ source: SourceText) -> String {
  "\(diagnostic.identifier) \(diagnostic.range.lower)-\(diagnostic.range.upper): \(diagnostic.summary)"
}

/// A small generator whose numbers depend on its seed alone.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
