/// Names nobody declared that stand where only a vector or matrix can.
package struct MatrixDemand: Sendable {
  /// Declarations that would do, such as `vector w[N], x[N]`.
  package private(set) var suggestion: String
  package private(set) var range: SourceRange
  /// The first of the names.
  package private(set) var name: String

  /// The first place where undeclared names are written as vectors or matrices.
  ///
  /// - Parameter isUndeclared: whether nothing says what a name is.
  package init?(in syntax: Syntax, isUndeclared: (String) -> Bool) {
    var found: (names: [String], range: SourceRange)?
    Self.search(syntax, isUndeclared, &found, 0)
    guard let found, let first = found.names.first else { return nil }
    name = first
    range = found.range
    let vectors = found.names.filter { !Self.looksLikeMatrix($0) }.map { "\($0)[N]" }
    let matrices = found.names.filter { Self.looksLikeMatrix($0) }.map { "\($0)[M, N]" }
    suggestion = ""
    if !vectors.isEmpty { suggestion += "--given 'vector \(Self.joined(vectors))'" }
    if !matrices.isEmpty {
      suggestion += suggestion.isEmpty ? "" : " "
      suggestion += "--given 'matrix \(Self.joined(matrices))'"
    }
  }

  private static func joined(_ parts: [String]) -> String {
    var text = ""
    for part in parts { text += (text.isEmpty ? "" : ", ") + DisplayText.escaped(part) }
    return text
  }

  private static func looksLikeMatrix(_ name: String) -> Bool {
    guard let first = name.utf8.first else { return false }
    return (0x41...0x5A).contains(first)
  }

  /// - Complexity: linear in the size of the expression.
  private static func search(
    _ syntax: Syntax, _ isUndeclared: (String) -> Bool,
    _ found: inout (names: [String], range: SourceRange)?, _ depth: Int
  ) {
    if found != nil || depth > Syntax.deepestNesting { return }
    switch syntax.kind {
    case .product(let factors):
      // What stands beside a transpose has its sizes.
      let isOfArrays = factors.contains { entry in
        if case .transpose = entry.factor.kind { return true }
        return entry.operation == .elementwiseTimes || entry.operation == .elementwiseOver
      }
      if isOfArrays { note(factors.map { $0.factor }, syntax.range, isUndeclared, &found) }
    case .transpose(let inner): note([inner], syntax.range, isUndeclared, &found)
    case .elementwisePower(let base, _): note([base], syntax.range, isUndeclared, &found)
    case .call(let call) where BuiltInNames.isOfArrays(call.function.text):
      switch call.function.text {
      case "eye", "ones", "onehot": break
      default: note(call.arguments, syntax.range, isUndeclared, &found)
      }
    default: break
    }
    syntax.forEachPart { search($0, isUndeclared, &found, depth + 1) }
  }

  /// Demands arrays where every name in some operands is undeclared.
  private static func note(
    _ operands: [Syntax], _ range: SourceRange, _ isUndeclared: (String) -> Bool,
    _ found: inout (names: [String], range: SourceRange)?
  ) {
    var names: [String] = []
    for operand in operands {
      for name in operand.names where !names.contains(name.text) {
        guard isUndeclared(name.text) else { return }
        names.append(name.text)
      }
    }
    if !names.isEmpty { found = (names, range) }
  }
}
