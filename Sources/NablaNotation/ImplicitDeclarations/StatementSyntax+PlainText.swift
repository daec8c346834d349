extension StatementSyntax {
  /// A declaration as it would be typed; only those that are made for the author.
  package var plainDeclaration: String {
    switch self {
    case .index(let groups):
      var text = "index "
      for (place, group) in groups.enumerated() {
        if place > 0 { text += ", " }
        for (number, name) in group.names.enumerated() {
          text += (number > 0 ? ", " : "") + DisplayText.escaped(name.text)
        }
        text += " = \(group.bounds.lower.plainNotation())..\(group.bounds.upper.plainNotation())"
      }
      return text
    case .declaration(let declaration):
      var text = declaration.kind == .vector ? "vector " : "matrix "
      for (place, declared) in declaration.names.enumerated() {
        text += (place > 0 ? ", " : "") + DisplayText.escaped(declared.name.text) + "["
        for (number, axis) in declared.axes.enumerated() {
          if number > 0 { text += ", " }
          if let lower = axis.lower { text += lower.plainNotation() + ".." }
          text += axis.upper.plainNotation()
        }
        text += "]"
      }
      return text
    default: return ""
    }
  }
}
