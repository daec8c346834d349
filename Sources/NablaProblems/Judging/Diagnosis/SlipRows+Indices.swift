import NablaNotation

extension SlipRows {
  static let indices: [SlipRow] = [
    SlipRow(name: "index", mistake: .wrongIndex, cost: 12) { place, changes in
      let names = place.indices
      switch place.node.kind {
      case .indexed(let base, let slots):
        for (number, slot) in slots.enumerated() {
          guard case .name(let own) = slot.kind, place.step.vocabulary.kinds[own] != nil else {
            continue
          }
          for other in names where other != own {
            var copy = slots
            copy[number] = Syntax(.name(other), slot.range)
            let new = Syntax(.indexed(base, copy), place.node.range)
            changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
          }
        }
        if slots.count == 2, !slots[0].isWritten(like: slots[1]) {
          let new = Syntax(.indexed(base, [slots[1], slots[0]]), place.node.range)
          changes.propose(
            new, as: .transpose,
            [.text("the indices of "), .math(place.node), .text(" are the wrong way round")])
        }
      case .call(let call) where call.function.text == "delta" && call.arguments.count == 2:
        for (number, slot) in call.arguments.enumerated() {
          guard case .name(let own) = slot.kind else { continue }
          for other in names where other != own {
            var copy = call
            copy.arguments[number] = Syntax(.name(other), slot.range)
            let new = Syntax(.call(copy), place.node.range)
            changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
          }
        }
      default: break
      }
    },
    SlipRow(name: "index in several places", mistake: .wrongIndex, cost: 13) { place, changes in
      guard place.isValue else { return }
      let names = place.inside.indices
      place.forEachSlot { part, whole in
        let free = part.freeNames
        for own in place.step.vocabulary.indices where free.contains(own) {
          for other in names where other != own {
            changes.propose(
              whole(part.renaming(own, to: other)), size: 2,
              [
                .text("the index of "), .math(part), .text(" should be "),
                .math(Syntax(.name(other), part.range)),
              ])
          }
        }
      }
    },
    SlipRow(name: "index of one factor of a square", mistake: .wrongIndex, cost: 13) {
      place, changes in
      guard place.isValue, case .power(let base, let exponent) = place.node.kind,
        case .number("2") = exponent.kind
      else { return }
      let free = base.freeNames
      for own in place.indices where free.contains(own) {
        for other in place.indices
        where other != own
          && place.step.vocabulary.kinds[other] == place.step.vocabulary.kinds[own]
        {
          let new = Syntax.product(base, base.renaming(own, to: other))
          changes.propose(
            new, size: 2, [.math(place.node), .text(" should be "), .math(new)])
        }
      }
    },
    SlipRow(name: "indices exchanged", mistake: .wrongIndex, cost: 13) { place, changes in
      guard place.isValue else { return }
      let names = place.inside.indices
      place.forEachSlot { part, whole in
        let free = part.freeNames
        for (number, one) in names.enumerated() where free.contains(one) {
          for other in names.dropFirst(number + 1) where free.contains(other) {
            let exchanged = part.renaming(one, to: "").renaming(other, to: one)
              .renaming("", to: other)
            changes.propose(
              whole(exchanged), size: 3,
              [
                .math(Syntax(.name(one), part.range)), .text(" and "),
                .math(Syntax(.name(other), part.range)), .text(" are exchanged in "), .math(part),
              ])
          }
        }
      }
    },
    SlipRow(name: "index moved by one", mistake: .wrongIndex, cost: 16) { place, changes in
      guard case .indexed(let base, let slots) = place.node.kind else { return }
      let one = Syntax.number(1, at: place.node.range)
      for (number, slot) in slots.enumerated() {
        var others: [Syntax] = []
        switch slot.kind {
        case .number(let digits):
          guard let value = Int(digits), abs(value) < 1000 else { continue }
          others = [value - 1, value + 1, 3 - value].filter { $0 >= 0 && $0 != value }
            .map { .number($0, at: slot.range) }
        case .name:
          for isNegative in [true, false] {
            others.append(
              .sum(
                slot.terms + [SignedTermSyntax(isNegative: isNegative, term: one)],
                at: slot.range))
          }
        case .sum(let terms):
          others = [terms[0].term]
        default: continue
        }
        for other in others {
          var copy = slots
          copy[number] = other
          let new = Syntax(.indexed(base, copy), place.node.range)
          changes.propose(new, [.math(place.node), .text(" should be "), .math(new)])
        }
      }
    },
  ]

  static let sums: [SlipRow] = [
    SlipRow(name: "sum left in", mistake: .sumLeftIn, cost: 12) { place, changes in
      guard place.isValue, case .binder(let binder) = place.node.kind,
        binder.operation == .sum
      else { return }
      for (number, index) in binder.indices.enumerated() {
        let name = index.name.text
        func without(_ body: Syntax) -> Syntax {
          var copy = binder
          copy.indices.remove(at: number)
          copy.body = body
          return copy.indices.isEmpty ? body : Syntax(.binder(copy), place.node.range)
        }
        let own = Syntax(.name(name), index.name.range)
        if place.step.vocabulary.otherFree.contains(name) {
          changes.propose(
            without(binder.body), as: .indexDiscipline,
            [
              .math(own), .text(" is free on the other side and summed here: only the term "),
              .math(binder.body), .text(" stays"),
            ])
        } else {
          changes.propose(
            without(binder.body), [.text("the sum over "), .math(own), .text(" is one too many")])
        }
        for other in place.indices where other != name {
          let term = binder.body.renaming(name, to: other)
          changes.propose(
            without(term), size: 2,
            [
              .text("of the sum over "), .math(own), .text(" only the term "), .math(term),
              .text(" stays"),
            ])
        }
      }
    },
    SlipRow(name: "sum dropped", mistake: .sumDropped, cost: 13) { place, changes in
      guard place.isValue else { return }
      func put(_ part: Syntax, _ whole: (Syntax) -> Syntax) {
        let free = part.freeNames
        for index in place.step.vocabulary.indices where free.contains(index) {
          if place.bound.contains(index) || part.boundNames.contains(index)
            || place.step.vocabulary.otherFree.contains(index)
          {
            continue
          }
          let own = Syntax(.name(index), part.range)
          changes.propose(
            whole(.sum(over: index, part)), size: 1,
            [.text("the sum over "), .math(own), .text(" is missing before "), .math(part)])
        }
      }
      place.forEachSlot(put)
      if case .product(let factors) = place.node.kind {
        for (number, entry) in factors.enumerated() {
          put(entry.factor) { new in
            var copy = factors
            copy[number].factor = new
            return Syntax(.product(copy), place.node.range)
          }
        }
      }
    },
    SlipRow(name: "one term for the sum", mistake: .termForSum, cost: 14) { place, changes in
      guard place.isValue else { return }
      let taken = Set(place.bound).union(place.step.vocabulary.otherFree)
      func put(_ part: Syntax, _ whole: (Syntax) -> Syntax) {
        let free = part.freeNames
        let bound = part.boundNames
        for own in place.step.vocabulary.indices where free.contains(own) {
          guard let kind = place.step.vocabulary.kinds[own],
            let index = place.step.vocabulary.indices.first(where: {
              $0 != own && !taken.contains($0) && !free.contains($0) && !bound.contains($0)
                && place.step.vocabulary.kinds[$0] == kind
            })
          else { continue }
          let sum = Syntax.sum(over: index, part.renaming(own, to: index))
          changes.propose(
            whole(sum), size: 2,
            [.math(part), .text(" is one term of the sum "), .math(sum)])
        }
      }
      place.forEachSlot(put)
      if case .product(let factors) = place.node.kind {
        for (number, entry) in factors.enumerated() {
          put(entry.factor) { new in
            var copy = factors
            copy[number].factor = new
            return Syntax(.product(copy), place.node.range)
          }
        }
      }
    },
    SlipRow(name: "one index for two", mistake: .termForSum, cost: 14) { place, changes in
      guard place.isValue, case .binder(let binder) = place.node.kind, binder.operation == .sum
      else { return }
      for index in binder.indices {
        let own = index.name.text
        let taken = binder.body.names.map { $0.text } + place.bound
        let opened = binder.body.openingSquares(of: own)
        let count = opened.occurrences(of: own)
        guard count > 1, count < 5,
          let new = place.step.vocabulary.otherIndex(like: own, besides: taken)
        else { continue }
        // The first occurrence keeps its name.
        for choice in 1..<(1 << (count - 1)) {
          var number = 0
          let body = opened.renaming(own, to: new) {
            defer { number += 1 }
            return number > 0 && choice & (1 << (number - 1)) != 0
          }
          let sum = Syntax.sum(over: new, body)
          var copy = binder
          copy.body = sum
          changes.propose(
            Syntax(.binder(copy), place.node.range), size: 2,
            [
              .text("only the terms with equal indices are left of "),
              .math(Syntax(.binder(copy), place.node.range)),
            ])
        }
      }
    },
    SlipRow(name: "range of a sum", mistake: .summationRange, cost: 14) { place, changes in
      guard place.isValue, case .binder(let binder) = place.node.kind else { return }
      for (number, index) in binder.indices.enumerated() {
        let own = Syntax(.name(index.name.text), index.name.range)
        if !index.excluded.isEmpty {
          var copy = binder
          copy.indices[number].excluded = []
          changes.propose(
            Syntax(.binder(copy), place.node.range),
            [.text("no value of "), .math(own), .text(" is left out of the sum")])
        } else {
          for other in place.indices
          where place.step.vocabulary.kinds[other] == place.step.vocabulary.kinds[index.name.text] {
            let left = Syntax(.name(other), index.name.range)
            var copy = binder
            copy.indices[number].excluded = [left]
            changes.propose(
              Syntax(.binder(copy), place.node.range),
              [
                .text("the sum leaves out "),
                .math(Syntax(.comparison(own, .equal, left), index.name.range)),
              ])
          }
        }
      }
    },
    SlipRow(name: "index renamed inside a sum", mistake: .wrongIndex, cost: 14) { place, changes in
      guard place.isValue, case .binder(let binder) = place.node.kind else { return }
      for (number, index) in binder.indices.enumerated() where index.bounds == nil {
        for other in place.step.vocabulary.indices
        where other != index.name.text && !place.bound.contains(other) {
          var copy = binder
          copy.indices[number].name = NameSyntax(other, index.name.range)
          changes.propose(
            Syntax(.binder(copy), place.node.range), size: 1,
            [
              .text("the sum runs over "), .math(Syntax(.name(other), index.name.range)),
              .text(", not over "), .math(Syntax(.name(index.name.text), index.name.range)),
            ])
        }
      }
    },
  ]
}
