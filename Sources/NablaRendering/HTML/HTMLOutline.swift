/// What of a page folds, and what stands together.
enum HTMLPart {
  case block(Block)
  /// Checks and notes that follow each other.
  case remarks([Block])
  /// The way from the words that open a task to its result.
  case steps([HTMLPart])
  /// A derivation that the steps rest on, and the words before it.
  case aside([Inline], Block)
}

/// Finds the parts of a page in its blocks.
struct HTMLOutline {
  private let blocks: [Block]

  static func parts(_ blocks: [Block]) -> [HTMLPart] {
    let outline = HTMLOutline(blocks: blocks)
    return outline.parts(0..<blocks.count, steps: outline.steps())
  }

  private func parts(_ range: Range<Int>, steps: [Int: Int]) -> [HTMLPart] {
    var result: [HTMLPart] = []
    var place = range.lowerBound
    while place < range.upperBound {
      if let end = steps[place], end <= range.upperBound {
        result.append(.steps(folded(place..<end)))
        place = end
        continue
      }
      let first = place
      while place < range.upperBound, blocks[place].isRemark { place += 1 }
      if place > first {
        result.append(.remarks(Array(blocks[first..<place])))
      } else {
        result.append(.block(blocks[place]))
        place += 1
      }
    }
    return result
  }

  /// The first block of the steps of each result, with the place of the result.
  ///
  /// They begin after the words that name what the result is about.
  private func steps() -> [Int: Int] {
    var found: [Int: Int] = [:]
    var start = 0
    for (place, block) in blocks.enumerated() {
      switch block {
      case .heading: start = place + 1
      case .result(let formula, _, _):
        var lead = place - 1
        while lead >= start {
          if case .lead(let words) = blocks[lead], Self.names(words, formula) { break }
          lead -= 1
        }
        if lead >= start, lead + 1 < place { found[lead + 1] = place }
        start = place + 1
      default: break
      }
    }
    return found
  }

  private static func names(_ words: [Inline], _ result: Formula) -> Bool {
    var subject = result
    if case .relation(let first, _) = result { subject = first }
    for case .formula(let formula) in words where formula == result || formula == subject {
      return true
    }
    return false
  }

  /// Derivations with words before them and another derivation after them are asides.
  private func folded(_ range: Range<Int>) -> [HTMLPart] {
    var result: [HTMLPart] = []
    var place = range.lowerBound
    while place < range.upperBound {
      if place + 2 < range.upperBound, case .paragraph(let words) = blocks[place],
        isDerivation(place + 1, range), continues(place + 2, range)
      {
        result.append(.aside(words, blocks[place + 1]))
        place += 2
      } else {
        result += parts(place..<(place + 1), steps: [:])
        place += 1
      }
    }
    return result
  }

  private func isDerivation(_ place: Int, _ range: Range<Int>) -> Bool {
    if place < range.upperBound, case .derivation = blocks[place] { true } else { false }
  }

  private func continues(_ place: Int, _ range: Range<Int>) -> Bool {
    if isDerivation(place, range) { return true }
    if place < range.upperBound, case .paragraph = blocks[place] {
      return isDerivation(place + 1, range)
    }
    return false
  }
}
