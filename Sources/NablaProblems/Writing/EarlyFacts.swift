import NablaNotation
import NablaRewriting

/// Values and assumptions that stand behind a task which needs them: they hold for all of their
/// heading, and are told before they are used.
struct EarlyFacts {
  /// The places of statements whose values, and whose assumptions, are told already.
  private var values: Set<Int> = []
  private var assumptions: Set<Int> = []

  /// What is to be told before a task, from the statements behind it under the same heading.
  mutating func facts(
    for task: SolvedTask, behind place: Int, in elements: [Problem.Element]
  ) -> [StatedFact] {
    let (usesValues, usesAssumptions) = (task.usesValues, task.usesAssumptions)
    if !usesValues, !usesAssumptions { return [] }
    var found: [StatedFact] = []
    for later in elements.indices.dropFirst(place + 1) {
      if case .heading = elements[later] { break }
      guard case .statements(let facts, _) = elements[later] else { continue }
      for fact in facts {
        switch fact {
        case .given where usesValues && !values.contains(later): found.append(fact)
        case .assumed where usesAssumptions && !assumptions.contains(later): found.append(fact)
        default: continue
        }
      }
      if usesValues { values.insert(later) }
      if usesAssumptions { assumptions.insert(later) }
    }
    return found
  }

  /// The statements at a place without those that were told.
  func rest(of facts: [StatedFact], at place: Int) -> [StatedFact] {
    facts.filter { fact in
      switch fact {
      case .given: !values.contains(place)
      case .assumed: !assumptions.contains(place)
      default: true
      }
    }
  }
}

extension SolvedTask {
  fileprivate var usesValues: Bool {
    !forward.isEmpty || table != nil || training != nil
      || derivations.contains { !$0.numbers.isEmpty || !$0.values.isEmpty }
  }

  fileprivate var usesAssumptions: Bool {
    derivations.contains {
      !$0.derivation.assumptions.isEmpty || $0.check?.proof.uses.isEmpty == false
    }
  }
}
