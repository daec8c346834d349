import NablaNotation

/// A small change to one part of a formula.
package struct Mutation: Sendable {
  /// What kind of slip the change imitates.
  package enum Kind: String, CaseIterable, Sendable {
    case sign
    case factorDropped = "factor dropped"
    case factorDoubled = "factor doubled"
    case termDropped = "term dropped"
    case indexRenamed = "index renamed"
    case indicesSwapped = "indices swapped"
    case sumDropped = "sum dropped"
    case sumAdded = "sum added"
    case transposeDropped = "transpose dropped"
    case transposeAdded = "transpose added"
    case exponent
    case number
    case function
    case name
    case variable = "by another variable"
  }

  package let kind: Kind
  package let before: Syntax
  /// Stands where `before` stood, and so has its range.
  package let after: Syntax

  init(_ kind: Kind, _ before: Syntax, _ after: SyntaxKind) {
    self.kind = kind
    self.before = before
    self.after = Syntax(after, before.range)
  }

  /// The formula with the change made; nil if the part does not occur in it.
  package func applied(to formula: Syntax) -> Syntax? {
    let wanted = before.dump
    var isFound = false
    func changed(_ part: Syntax, _ depth: Int) -> Syntax {
      if depth > Syntax.deepestNesting { return part }
      if part.range == before.range, part.dump == wanted {
        isFound = true
        return after
      }
      return part.mappingParts { changed($0, depth + 1) }
    }
    let result = changed(formula, 0)
    return isFound ? result : nil
  }

  package var line: String {
    "\(kind.rawValue): \(before.plainNotation()) → \(after.plainNotation())"
  }
}
