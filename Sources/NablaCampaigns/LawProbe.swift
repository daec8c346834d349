/// Puts each law to the prover with plain terms for its letters.
package struct LawProbe {
  package init() {}

  private static let scalarFillings: [[String: String]] = [
    ["u": "x", "v": "y", "w": "z", "t": "x + y"],
    ["u": "x^2 + x", "v": "sin(y)", "w": "exp(z)", "t": "x"],
    ["u": "p", "v": "q", "w": "x", "t": "y"],
    ["u": "log(x)", "v": "abs(y)", "w": "x*y", "t": "z"],
    ["u": "sin(x)", "v": "2/3", "w": "f(x)", "t": "z"],
  ]

  /// Letters that stand below a sum are given its index.
  private static let indexedFillings: [[String: String]] = [
    ["u": "h[k]", "v": "y[k]", "w": "c"], ["u": "h[i]", "v": "y[j]", "w": "c"],
    ["u": "h[k]", "v": "h[i]", "w": "h[j]"], ["u": "h[i]", "v": "y[k]", "w": "p"],
    ["u": "h[k]*y[l]", "v": "y[l]", "w": "c"], ["u": "exp(h[k])", "v": "y[l]", "w": "c"],
    ["u": "h[k]", "v": "h[k]", "w": "c"],
  ]

  /// The laws left open, as lines with verdict and the two sides.
  package func openLaws() -> [String] {
    var lines: [String] = []
    for (laws, kind, fillings) in [
      (Laws.scalar, PairKind.scalar, Self.scalarFillings),
      (Laws.indexed, PairKind.indexed, Self.indexedFillings),
    ] {
      for law in laws {
        for filling in fillings {
          guard let (left, right) = law.instance(filling) else { continue }
          let verdict = PairJudge().verdict(
            left.plain, right.plain, given: Vocabulary.of(kind).given)
          if verdict != .proved {
            lines.append("\(verdict.rawValue): '\(left.plain)' '\(right.plain)'")
          }
        }
      }
    }
    return lines
  }
}

extension Law {
  /// Both sides with terms for the letters; nil if an index would be caught.
  package func instance(_ texts: [String: String]) -> (Term, Term)? {
    var values: [String: Term] = [:]
    for (letter, text) in texts {
      guard let term = try? TermReader.term(text) else { return nil }
      values[letter] = term
    }
    for (letter, value) in values where !mayContain(value.freeIndices, letter) { return nil }
    let size: [String: Term] = ["size": .name("N")]
    return (
      left.instance(of: values).carryingOut().instance(of: size),
      right.instance(of: values).carryingOut().instance(of: size)
    )
  }
}

extension Term {
  /// The term with every `at` carried out.
  fileprivate func carryingOut() -> Term {
    if case .at(let one, let other) = head { return parts[0].renamed([one: other]) }
    return Term(head, parts.map { $0.carryingOut() })
  }
}
