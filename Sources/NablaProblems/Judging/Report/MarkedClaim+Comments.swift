import NablaRendering

extension MarkedClaim {
  /// What is said beside and below a claim, the reason first.
  ///
  /// `isCarriedOn` says whether later lines follow from this one although it is wrong.
  func comments(isCarriedOn: Bool?) -> [[Inline]] {
    var comments: [[Inline]] = []
    if !reason.isEmpty { comments.append(reason) }
    if let repair, mistake != .arithmetic || because.isEmpty {
      comments.append([.text("correct: "), .formula(repair)])
    }
    if let counterexample { comments.append(counterexample.words) }
    if let condition, verdict == .conditional, !because.tells("holds under") {
      comments.append([.text("holds under "), .formula(condition)])
    }
    if !uses.isEmpty { comments.append([.text("uses ")] + uses.asList) }
    if let reading { comments.append([.text("read kindly: " + reading.words)]) }
    if let remark = followUp(isCarriedOn) { comments.append([.text(remark)]) }
    return comments
  }

  /// The judge's reason, or the class of the mistake, or what the verdict alone says.
  private var reason: [Inline] {
    if !because.isEmpty {
      return mistake == .arithmetic && !because.tells("arithmetic")
        ? [.text("arithmetic: ")] + because : because
    }
    if verdict == .refuted, let mistake { return [.text(mistake.rawValue)] }
    if verdict == .refuted, carried { return [] }
    return verdict.bareReason.map { [.text($0)] } ?? []
  }

  /// How the claim stands to a wrong line before it, and to the lines after it.
  private func followUp(_ isCarriedOn: Bool?) -> String? {
    if carried {
      return because.tells("follows from") ? nil : "follows from the line before, which is wrong"
    }
    let isTrue = truth == .proved || truth == .conditional
    if verdict == .refuted, isTrue { return "right again by luck: the result itself holds" }
    if verdict == .proved, truth == .refuted {
      return "the step is right, but the result is not that of the problem"
    }
    if verdict == .refuted, isCarriedOn == false { return "nothing is carried on" }
    return nil
  }
}

extension MarkedClaim.Counterexample {
  /// "at x = 1/3, j = 1: 0 against −3".
  package var words: [Inline] {
    var words: [Inline] = [.text(coordinates.isEmpty ? "" : "at ")]
    for (position, coordinate) in coordinates.enumerated() {
      if position > 0 { words.append(.text(", ")) }
      words.append(.formula(.relation(coordinate.name, .equal, coordinate.value)))
    }
    if !coordinates.isEmpty { words.append(.text(": ")) }
    words += [.formula(.number(left)), .text(" against "), .formula(.number(right))]
    return words
  }
}

extension [Inline] {
  /// Whether a reason begins with these words.
  fileprivate func tells(_ words: String) -> Bool {
    guard case .text(let start)? = first else { return false }
    return start.hasPrefix(words)
  }
}

extension [Formula] {
  /// Formulas with commas between them.
  var asList: [Inline] {
    var words: [Inline] = []
    for formula in self {
      if !words.isEmpty { words.append(.text(", ")) }
      words.append(.formula(formula))
    }
    return words
  }
}
