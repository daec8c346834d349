import NablaNotation

extension SlipRows {
  static let names: [SlipRow] = [
    SlipRow(name: "one name for another", mistake: .wrongName, cost: 15) { place, changes in
      guard place.role != .index, place.node.isQuantity else { return }
      if case .name(let name) = place.node.kind, place.step.vocabulary.indices.contains(name) {
        return
      }
      for other in place.step.vocabulary.quantities(like: place.node, at: place) {
        changes.propose(other, [.math(place.node), .text(" should be "), .math(other)])
      }
    },
    SlipRow(name: "value of another quantity", mistake: .value, cost: 19) { place, changes in
      guard place.isValue else { return }
      switch place.node.kind {
      case .number:
        for other in place.step.vocabulary.factors
        where other.isQuantity && place.allows(other) {
          changes.propose(
            other,
            [.text("the value "), .math(place.node), .text(" stands in place of "), .math(other)])
        }
      case .name, .indexed:
        for other in place.step.vocabulary.factors
        where other.isQuantity && !other.isWritten(like: place.node) && place.allows(other) {
          changes.propose(
            other, as: .wrongName, [.math(place.node), .text(" should be "), .math(other)])
        }
        for value in [0, 1] {
          let number = Syntax.number(value, at: place.node.range)
          changes.propose(
            number, extraCost: 2, [.math(place.node), .text(" should be "), .math(number)])
        }
      default: break
      }
    },
  ]
}

extension SlipVocabulary {
  /// Other quantities that may stand where one stands: of the same kind, with the same indices.
  func quantities(like quantity: Syntax, at place: SlipPlace) -> [Syntax] {
    switch quantity.kind {
    case .name(let name):
      guard let kind = kinds[name] else { return [] }
      return names(of: kind, besides: name).map { Syntax(.name($0), quantity.range) }
    case .indexed(let base, let slots):
      guard case .name(let name) = base.kind, let kind = kinds[name] else { return [] }
      return names(of: kind, besides: name).map {
        Syntax(.indexed(Syntax(.name($0), base.range), slots), quantity.range)
      }
    default: return []
    }
  }

  private static let mostNames = 16

  private func names(of kind: String, besides name: String) -> [String] {
    Array((namesByKind[kind] ?? []).filter { $0 != name }.prefix(Self.mostNames))
  }

  func isArray(_ name: String) -> Bool { kinds[name]?.utf8.first == 0x61 }

  /// Whether an expression holds a vector or matrix as a whole.
  func isArray(_ syntax: Syntax) -> Bool {
    switch syntax.kind {
    case .name(let name): return isArray(name)
    case .indexed: return false
    case .transpose, .matrix: return true
    default:
      var found = false
      syntax.forEachPart { found = found || isArray($0) }
      return found
    }
  }
}
