import NablaNotation
import NablaRendering

/// Syntax as nested JSON arrays: names are strings, numbers are `{"num": digits}`, and everything
/// else is an array of its kind and its parts.
extension Syntax {
  package var tree: JSONValue {
    switch kind {
    case .number(let digits): .object([("num", .string(digits))])
    case .name(let text): .string(text)
    case .indexed(let base, let indices): Self.node("index", [base] + indices)
    case .call(let call):
      .array(
        [
          .string("call"),
          .string(call.function.text + String(repeating: "'", count: min(call.primes, 16))),
        ] + call.arguments.map { $0.tree })
    case .sum(let terms):
      .array(
        [.string("+")]
          + terms.map { $0.isNegative ? Self.node("-", [$0.term]) : $0.term.tree })
    case .product(let factors): Self.tree(of: factors)
    case .power(let base, let exponent): Self.node("^", [base, exponent])
    case .elementwisePower(let base, let exponent): Self.node(".^", [base, exponent])
    case .negation(let inner): Self.node("-", [inner])
    case .transpose(let inner): Self.node("transpose", [inner])
    case .binder(let binder): Self.tree(of: binder)
    case .indicator(let condition): Self.node("indicator", [condition])
    case .piecewise(let branches, let otherwise):
      .array(
        [.string("piecewise")]
          + branches.map { .array([$0.condition.tree, $0.value.tree]) }
          + (otherwise.map { [.array([.string("else"), $0.tree])] } ?? []))
    case .comparison(let left, let operation, let right):
      Self.node(operation.symbol, [left, right])
    case .and(let parts): Self.node("and", parts)
    case .or(let parts): Self.node("or", parts)
    case .not(let inner): Self.node("not", [inner])
    case .derivative(let derivative):
      .array(
        [.string("derivative"), derivative.subject.tree]
          + derivative.variables.map { variable in
            variable.order == 1
              ? variable.variable.tree
              : .array([.string("order"), variable.variable.tree, .integer(variable.order)])
          })
    case .matrix(let rows):
      .array([.string("matrix")] + rows.map { .array($0.map { $0.tree }) })
    }
  }

  private static func node(_ head: String, _ parts: [Syntax]) -> JSONValue {
    .array([.string(head)] + parts.map { $0.tree })
  }

  /// Factors from left to right, those behind another sign than `*` in arrays of their own.
  private static func tree(of factors: [FactorSyntax]) -> JSONValue {
    .array(
      [.string("*")]
        + factors.map { entry in
          switch entry.operation {
          case .times: entry.factor.tree
          case .over: node("/", [entry.factor])
          case .elementwiseTimes: node(".*", [entry.factor])
          case .elementwiseOver: node("./", [entry.factor])
          }
        })
  }

  /// `["sum", [index…], body]`, an index with limits or exclusions being an array.
  private static func tree(of binder: BinderSyntax) -> JSONValue {
    let indices = binder.indices.map { index -> JSONValue in
      if index.bounds == nil, index.excluded.isEmpty { return .string(index.name.text) }
      var parts: [JSONValue] = [.string(index.name.text)]
      if let bounds = index.bounds {
        parts.append(.array([.string(".."), bounds.lower.tree, bounds.upper.tree]))
      }
      parts += index.excluded.map { node("!=", [$0]) }
      return .array(parts)
    }
    return .array([
      .string(binder.operation == .sum ? "sum" : "product"), .array(indices), binder.body.tree,
    ])
  }
}

extension RelationChain {
  /// The tree of one member, or `["chain", a, "=", b, "=", c]`; conditions stand last.
  package var tree: JSONValue {
    var parts: [JSONValue] = [.string("chain")]
    for (place, member) in members.enumerated() {
      if place > 0, place <= links.count {
        parts.append(.string(links[place - 1].relation.plainNotation))
      }
      parts.append(member.tree)
    }
    for condition in conditions { parts.append(.array([.string("when"), condition.tree])) }
    return parts.count == 2 ? parts[1] : .array(parts)
  }
}

extension RelationChain.Member {
  fileprivate var tree: JSONValue {
    switch content {
    case .expression(let syntax): syntax.tree
    case .space(let sizes): .array([.string("space")] + sizes.map { $0.tree })
    case .words(let text): .array([.string("words"), .string(text)])
    case .empty, .unreadable: .null
    }
  }
}
