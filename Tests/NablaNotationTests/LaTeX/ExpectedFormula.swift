import NablaNotation

/// A formula as a table expects it: chains in plain notation, separated by ` ;; `.
///
/// Both sides are brought to one form first, since a reader may keep or drop brackets that change
/// nothing: products inside products, a sign before a product, `dL/dw` against `diff(L, w)`.
struct ExpectedFormula {
  let known: KnownNames

  /// The chains that a text in plain notation describes; nothing if it cannot be read.
  func chains(_ text: String) -> [String]? {
    var chains: [String] = []
    for part in text.split(separator: " ;; ") {
      guard let chain = chain(String(part)) else { return nil }
      chains.append(chain)
    }
    return chains
  }

  private func chain(_ text: String) -> String? {
    var body = text
    var conditions: [String] = []
    if let range = Self.position(of: " when ", in: text) {
      conditions = [String(text[range.upperBound...])]
      body = String(text[..<range.lowerBound])
    }
    var result = ""
    for piece in Self.pieces(body) {
      switch piece {
      case .relation(let symbol): result += " \(symbol) "
      case .member(let text):
        guard let member = member(text) else { return nil }
        result += member
      }
    }
    for condition in conditions {
      guard let syntax = read(condition) else { return nil }
      result += " when " + canonical(syntax)
    }
    return result
  }

  private func member(_ text: String) -> String? {
    if text.isEmpty { return "" }
    if text == "!unreadable" || text.hasPrefix("'") { return text }
    if text == "R" || text.hasPrefix("R[") {
      let inner = text.dropFirst(2).dropLast(text.hasSuffix("]") ? 1 : 0)
      var sizes: [String] = []
      for size in inner.split(separator: ",") {
        guard let syntax = read(String(size)) else { return nil }
        sizes.append(canonical(syntax))
      }
      return "R[" + sizes.joined(separator: ", ") + "]"
    }
    return read(text).map { canonical($0) }
  }

  private func read(_ text: String) -> Syntax? {
    try? parseExpression(SourceText(name: "expected", text), known: known)
  }

  // MARK: Cutting

  private enum Piece {
    case member(String)
    case relation(String)
  }

  private static let symbols = [
    "<=>", ":=", "<=", ">=", "~=", "!=", "=>", "<-", "->", "=", "<", ">", "~", "in",
  ]

  /// Members and relations, which stand between blanks outside of brackets.
  private static func pieces(_ text: String) -> [Piece] {
    var pieces: [Piece] = []
    var member = ""
    var depth = 0
    for word in text.split(separator: " ", omittingEmptySubsequences: true) {
      if depth == 0, symbols.contains(String(word)) {
        pieces.append(.member(member))
        pieces.append(.relation(String(word)))
        member = ""
      } else {
        member += member.isEmpty ? String(word) : " " + word
        for character in word {
          if "([".contains(character) { depth += 1 }
          if ")]".contains(character) { depth -= 1 }
        }
      }
    }
    pieces.append(.member(member))
    return pieces
  }

  private static func position(of needle: String, in text: String) -> Range<String.Index>? {
    var start = text.startIndex
    while start < text.endIndex {
      if text[start...].hasPrefix(needle) {
        return start..<text.index(start, offsetBy: needle.count)
      }
      start = text.index(after: start)
    }
    return nil
  }
}

// MARK: - What was read

extension ExpectedFormula {
  /// The chains of a formula in the same form; `!unreadable` where a member could not be read.
  func chains(_ formula: LaTeXFormula) -> [String] {
    var result: [String] = []
    for chain in formula.chains where !chain.links.isEmpty || !isWords(chain) {
      var text = ""
      for (place, member) in chain.members.enumerated() {
        if place > 0 { text += " \(Self.symbol(chain.links[place - 1].relation)) " }
        text += self.text(member.content)
      }
      for condition in chain.conditions { text += " when " + canonical(condition) }
      result.append(text)
    }
    return result
  }

  private func isWords(_ chain: RelationChain) -> Bool {
    if case .words? = chain.members.first?.content { return true }
    return false
  }

  private func text(_ content: RelationChain.Content) -> String {
    switch content {
    case .expression(let syntax): canonical(syntax)
    case .space(let sizes):
      "R[" + sizes.map { canonical($0) }.joined(separator: ", ") + "]"
    case .empty: ""
    case .words(let text): "'\(text)'"
    case .unreadable: "!unreadable"
    }
  }

  private static func symbol(_ relation: RelationChain.Relation) -> String {
    switch relation {
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

// MARK: - One form

extension ExpectedFormula {
  /// The plain notation of an expression without brackets that change nothing.
  func canonical(_ syntax: Syntax) -> String { flattened(syntax).plainNotation() }

  private func flattened(_ syntax: Syntax) -> Syntax {
    var result = syntax
    switch syntax.kind {
    case .number, .name: break
    case .indexed(let base, let indices):
      let flat = flattened(base)
      let list = indices.map { flattened($0) }
      // The entry of a derivative may be written as the derivative by an entry.
      result.kind = .indexed(flat, list)
    case .call(var call):
      call.arguments = call.arguments.map { flattened($0) }
      for entry in BuiltInNames.aliases
      where entry.alias == call.function.text && !known.contains(entry.alias) {
        call.function.text = entry.name
      }
      result.kind = .call(call)
      if call.function.text == "inv", call.arguments.count == 1 {
        let one = Syntax(.number("1"), syntax.range)
        result.kind = .power(call.arguments[0], Syntax(.negation(one), syntax.range))
      }
    case .sum(let terms):
      result.kind = .sum(
        terms.map { entry in
          let term = flattened(entry.term)
          if case .negation(let inner) = term.kind {
            return signed(!entry.isNegative, inner, like: entry)
          }
          return signed(entry.isNegative, term, like: entry)
        })
    case .product(let factors): result = flattened(factors, syntax)
    case .power(let base, let exponent):
      result.kind = .power(flattened(base), flattened(exponent))
    case .elementwisePower(let base, let exponent):
      result.kind = .elementwisePower(flattened(base), flattened(exponent))
    case .negation(let inner):
      let flat = flattened(inner)
      if case .negation(let twice) = flat.kind { return twice }
      result.kind = .negation(flat)
    case .transpose(let inner): result.kind = .transpose(flattened(inner))
    case .binder(var binder):
      binder.body = flattened(binder.body)
      for place in binder.indices.indices {
        binder.indices[place].excluded = binder.indices[place].excluded.map { flattened($0) }
      }
      result.kind = .binder(binder)
    case .indicator(let condition): result.kind = .indicator(flattened(condition))
    case .piecewise(var branches, let otherwise):
      for place in branches.indices {
        branches[place].condition = flattened(branches[place].condition)
        branches[place].value = flattened(branches[place].value)
      }
      result.kind = .piecewise(branches, otherwise: otherwise.map { flattened($0) })
    case .comparison(let left, let operation, let right):
      result.kind = .comparison(flattened(left), operation, flattened(right))
    case .and(let conditions): result.kind = .and(conditions.map { flattened($0) })
    case .or(let conditions): result.kind = .or(conditions.map { flattened($0) })
    case .not(let condition): result.kind = .not(flattened(condition))
    case .derivative(var derivative):
      derivative.subject = flattened(derivative.subject)
      derivative.spelling = .call
      derivative.variables = merged(derivative.variables)
      result.kind = .derivative(derivative)
    case .matrix(let rows):
      // A row of entries is a column in plain notation.
      let isColumn = rows.allSatisfy { $0.count == 1 }
      let flat = rows.map { $0.map { flattened($0) } }
      result.kind = .matrix(isColumn ? [flat.map { $0[0] }] : flat)
    }
    return result
  }

  /// Variables with one order each, as in `diff(f, x, 2)`.
  private func merged(
    _ variables: [DerivativeSyntax.Variable]
  ) -> [DerivativeSyntax.Variable] {
    var result: [DerivativeSyntax.Variable] = []
    for entry in variables {
      var copy = entry
      copy.variable = flattened(entry.variable)
      if let last = result.last,
        last.variable.plainNotation() == copy.variable.plainNotation()
      {
        result[result.count - 1].order += copy.order
      } else {
        result.append(copy)
      }
    }
    return result
  }

  private func signed(
    _ isNegative: Bool, _ term: Syntax, like entry: SignedTermSyntax
  ) -> SignedTermSyntax {
    var copy = entry
    copy.isNegative = isNegative
    copy.term = term
    return copy
  }

  /// A product without products of the same kind in it and without a sign inside.
  private func flattened(_ factors: [FactorSyntax], _ syntax: Syntax) -> Syntax {
    var flat: [FactorSyntax] = []
    var isNegative = false
    let isPlain = factors.allSatisfy { $0.operation == .times || $0.operation == .over }
    for (place, entry) in factors.enumerated() {
      var factor = flattened(entry.factor)
      if place == 0, case .negation(let inner) = factor.kind {
        factor = inner
        isNegative = true
      }
      if case .product(let inner) = factor.kind, entry.operation == .times,
        place == 0
          || (isPlain && inner.allSatisfy { $0.operation == .times || $0.operation == .over })
      {
        flat += inner
      } else {
        var copy = entry
        copy.factor = factor
        flat.append(copy)
      }
    }
    var product = syntax
    product.kind = .product(flat)
    guard isNegative else { return product }
    return Syntax(.negation(product), syntax.range)
  }
}
