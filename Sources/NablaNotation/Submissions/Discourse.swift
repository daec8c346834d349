/// Follows where sentences and paragraphs begin, for how far what is said in them reaches.
struct Discourse {
  private(set) var spot = Submission.Spot()
  /// Whether a sentence has ended, so that what comes next begins another.
  private var isStopped = true
  /// Whether a blank line was passed since the last word or formula.
  private var isSeparated = false

  /// Words with which a sentence goes on from the one before.
  private static let continuations: Set<String> = [
    "and", "similarly", "likewise", "moreover", "und", "ebenso", "et", "y",
    "then", "so", "hence", "thus", "therefore", "this", "here", "consequently", "now", "there",
    "dann", "also", "somit", "daher", "folglich", "hier", "dabei", "damit", "das",
    "alors", "donc", "ainsi", "ici", "cela",
    "entonces", "luego", "así", "aquí", "esto",
    "allora", "quindi", "dunque", "qui", "então", "portanto", "logo",
    "тогда", "значит", "следовательно", "ดังนั้น", "จะได้", "จะได้ว่า",
  ]

  mutating func stop() { isStopped = true }

  /// A new paragraph or an item of a list.
  mutating func paragraph(isItem: Bool, isSeparated: Bool) {
    if isItem {
      isStopped = true
      spot.paragraph += 1
    } else if isSeparated {
      self.isSeparated = true
    }
  }

  mutating func heading() {
    isStopped = true
    spot.paragraph += 1
  }

  mutating func word(_ word: ProseWord) {
    if isSeparated {
      isSeparated = false
      if Self.continuations.contains(word.text) {
        isStopped = true
      } else if isStopped || word.isCapitalised {
        isStopped = true
        spot.paragraph += 1
      }
    }
    guard isStopped else { return }
    isStopped = false
    spot.sentence += 1
    if !Self.continuations.contains(word.text) { spot.thread += 1 }
  }

  /// - Parameter isDisplay: whether it may go on from words before a blank line.
  mutating func formula(isDisplay: Bool, isAnnounced: Bool) {
    if isSeparated, !isDisplay, !isAnnounced {
      isStopped = true
      spot.paragraph += 1
    }
    isSeparated = false
    guard isStopped else { return }
    isStopped = false
    spot.sentence += 1
    spot.thread += 1
  }
}
