import NablaNotation

extension RelationChain {
  /// The chain in plain notation: `A = B = C`, with ` when ` and its conditions behind it.
  package func plainNotation() -> String {
    var text = ""
    for (place, member) in members.enumerated() {
      if place > 0, place <= links.count {
        text += (text.isEmpty ? "" : " ") + links[place - 1].relation.plainNotation + " "
      }
      text += member.plainNotation()
    }
    for (place, condition) in conditions.enumerated() {
      text += (place == 0 ? " when " : " and ") + condition.plainNotation()
    }
    return text
  }
}

extension RelationChain.Member {
  fileprivate func plainNotation() -> String {
    switch content {
    case .expression(let syntax): return syntax.plainNotation()
    case .space(let sizes):
      if sizes.isEmpty { return "R" }
      return "R[" + sizes.map { $0.plainNotation() }.joined(separator: ", ") + "]"
    case .words(let text): return DisplayText.escaped(text, limit: 500)
    case .empty: return ""
    case .unreadable: return "…"
    }
  }
}

extension RelationChain.Relation {
  /// The sign in plain text; those that claim equality or order are read back.
  package var plainNotation: String {
    switch self {
    case .equal: "="
    case .defines: ":="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .approximately: "~="
    case .proportional: "~"
    case .implies: "=>"
    case .equivalent: "<=>"
    case .assigns: "<-"
    case .maps: "->"
    case .belongs: "in"
    }
  }
}
