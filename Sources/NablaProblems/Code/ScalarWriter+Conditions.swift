import NablaExpressions
import NablaNumbers

extension ScalarWriter {
  func conditional(_ condition: CodePiece, _ value: CodePiece, _ other: CodePiece) -> CodePiece {
    let size = condition.size + value.size + other.size
    if isPython {
      return CodePiece(
        value.text(atLeast: .disjunction) + " if " + condition.text + " else "
          + other.text(atLeast: .conditional), .conditional, size: size)
    }
    return CodePiece(
      condition.text(atLeast: .disjunction) + " ? " + value.text(atLeast: .disjunction) + " : "
        + other.text(atLeast: .conditional), .conditional, size: size)
  }

  /// The condition that a factor is 1 or 0 by; nil for any other factor.
  mutating func ownCondition(
    of factor: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece? {
    switch pool[factor] {
    case .indicator(let inner): return try condition(inner, &pool)
    case .delta(let left, let right): return try comparison(.equal, left, right, &pool)
    default: return nil
    }
  }

  mutating func condition(
    _ handle: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    switch pool[handle] {
    case .relation(let relation, let list):
      let operands = pool.operands(list)
      var links: [CodePiece] = []
      for (left, right) in zip(operands, operands.dropFirst()) {
        links.append(try comparison(relation, left, right, &pool))
      }
      if links.isEmpty { break }
      return all(links)
    case .delta(let left, let right): return try comparison(.equal, left, right, &pool)
    case .indicator(let inner): return try condition(inner, &pool)
    case .conjunction(let list):
      var parts: [CodePiece] = []
      for part in pool.operands(list) { parts.append(try condition(part, &pool)) }
      return parts.isEmpty ? CodePiece(isPython ? "True" : "true") : all(parts)
    case .disjunction(let list):
      var text = ""
      var size = 0
      for part in pool.operands(list) {
        let part = try condition(part, &pool)
        if !text.isEmpty { text += isPython ? " or " : " || " }
        text += part.text(atLeast: .conjunction)
        size += part.size
      }
      return CodePiece(
        text.isEmpty ? (isPython ? "False" : "false") : text, .disjunction, size: size)
    case .complement(let inner):
      let inner = try condition(inner, &pool)
      return isPython
        ? CodePiece("not " + inner.text(atLeast: .complement), .complement, size: inner.size)
        : CodePiece("!(" + inner.text + ")", .atom, size: inner.size)
    default: break
    }
    let value = try piece(handle, &pool)
    return CodePiece(value.text(atLeast: .sum) + " != 0", .comparison, size: value.size + 1)
  }

  mutating func comparison(
    _ relation: Relation, _ left: Handle, _ right: Handle, _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    let sign =
      switch relation {
      case .equal: "=="
      case .notEqual: "!="
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      }
    if isInteger(left, pool), isInteger(right, pool) {
      // Names on both sides count from 0 alike, so that j = i + 1 stays what it is.
      var difference = try integer(left, pool) - integer(right, pool)
      var other = CodeInteger()
      for term in difference.terms where term.coefficient < 0 {
        other = other + CodeInteger(terms: [(-term.coefficient, term.text)])
      }
      difference.terms.removeAll { $0.coefficient < 0 }
      if difference.constant < 0 || difference.terms.isEmpty {
        other.constant = -difference.constant
        difference.constant = 0
      }
      if difference.terms.isEmpty, other.terms.isEmpty == false {
        // The names stand on the left.
        let turned = other.constant
        other.constant = 0
        return CodePiece(
          "\(other.piece.text) \(mirrored(sign)) \(-turned)", .comparison, size: 2)
      }
      return CodePiece(
        "\(difference.piece.text) \(sign) \(other.piece.text)", .comparison, size: 2)
    }
    let left = try piece(left, &pool)
    let right = try piece(right, &pool)
    return CodePiece(
      left.text(atLeast: .sum) + " \(sign) " + right.text(atLeast: .sum), .comparison,
      size: left.size + right.size + 1)
  }

  private func mirrored(_ sign: String) -> String {
    switch sign {
    case "<": ">"
    case "<=": ">="
    case ">": "<"
    case ">=": "<="
    default: sign
    }
  }

  mutating func branches(
    _ parts: [Handle], _ pool: inout ExpressionPool
  ) throws(CodeObstacle) -> CodePiece {
    var value = CodePiece(isPython ? "np.nan" : "Double.nan")
    if parts.count % 2 == 1, let last = parts.last { value = try piece(last, &pool) }
    var place = parts.count / 2 * 2 - 2
    while place >= 0 {
      let condition = try condition(parts[place], &pool)
      value = conditional(condition, try piece(parts[place + 1], &pool), value)
      place -= 2
    }
    return value
  }
}
