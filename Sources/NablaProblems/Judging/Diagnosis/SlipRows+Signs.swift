import NablaNotation

extension SlipRows {
  static let signs: [SlipRow] = [
    SlipRow(name: "sign of a term", mistake: .sign, cost: 10) { place, changes in
      guard place.isValue, case .sum(let terms) = place.node.kind else { return }
      for (number, entry) in terms.enumerated() {
        var copy = terms
        copy[number].isNegative.toggle()
        changes.propose(
          Syntax(.sum(copy), place.node.range), size: number == 0 && !entry.isNegative ? 2 : 1,
          [.text("the sign of "), .math(entry.term)])
      }
    },
    SlipRow(name: "sign of the whole", mistake: .sign, cost: 10) { place, changes in
      guard place.isRoot else { return }
      switch place.node.kind {
      case .negation(let inner):
        changes.propose(inner, [.text("the sign of "), .math(inner)])
      case .sum(let terms):
        let flipped = terms.map {
          SignedTermSyntax(isNegative: !$0.isNegative, term: $0.term)
        }
        changes.propose(
          Syntax(.sum(flipped), place.node.range), size: terms.count,
          [.text("the sign of the whole side")])
      default:
        changes.propose(
          Syntax(.negation(place.node), place.node.range),
          [.text("the sign of "), .math(place.node)])
      }
    },
    SlipRow(name: "sign of a part", mistake: .sign, cost: 11) { place, changes in
      guard !place.isRoot, place.isValue else { return }
      if case .negation(let inner) = place.node.kind {
        changes.propose(inner, [.text("the sign of "), .math(inner)])
      }
    },
    SlipRow(name: "sign inside", mistake: .sign, cost: 13) { place, changes in
      guard place.isValue else { return }
      switch place.node.kind {
      case .call, .power, .binder: break
      default: return
      }
      place.forEachSlot { part, whole in
        switch part.kind {
        case .negation, .number: return
        case .sum(let terms):
          let flipped = terms.map {
            SignedTermSyntax(isNegative: !$0.isNegative, term: $0.term)
          }
          changes.propose(
            whole(Syntax(.sum(flipped), part.range)), size: terms.count,
            [.text("the sign of "), .math(part)])
        default:
          if place.isRoot, part.range == place.node.range { return }
          changes.propose(
            whole(Syntax(.negation(part), part.range)), [.text("the sign of "), .math(part)])
        }
      }
    },
  ]
}
