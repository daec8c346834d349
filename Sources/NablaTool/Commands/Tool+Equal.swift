import NablaNotation
import NablaProblems
import NablaRendering
import NablaVerification

extension Tool {
  func equal(_ options: Options) throws(UsageError) -> Int32 {
    if options.readsLines {
      try requireNoArguments(options)
      return equalLines(options)
    }
    guard options.arguments.count == 2 else {
      throw UsageError(
        options.arguments.count < 2
          ? "two expressions are compared: nabla equal 'x^2 - 1' '(x - 1)*(x + 1)'"
          : "two expressions at a time; \(DisplayText.quoted(options.arguments[2])) is one too many "
            + "(quote an expression that has spaces)")
    }
    let question = EqualityQuestion(
      options.arguments[0], options.arguments[1], from: options.notation, given: options.given,
      assume: options.assume)
    let outcome = judged(question, equalityOptions(options), options)
    var answer = Answer(outcome: Outcome(outcome.verdict))
    for (source, diagnostic) in outcome.diagnostics {
      answer.messages += diagnostic.formatted(in: source) + "\n"
    }
    if outcome.verdict != .unreadable {
      for note in outcome.notes.messages { answer.messages += "nabla equal: \(note)\n" }
      answer.text =
        options.format == .json
        ? JSONValue.object([("version", .integer(1))] + outcome.json).text() + "\n"
        : text(ofReport: outcome.document, options)
    }
    return deliver([answer], options)
  }

  private func equalLines(_ options: Options) -> Int32 {
    answerLines { request throws(LineError) in
      let left = try Self.string("left", of: request)
      let right = try Self.string("right", of: request)
      let notation = try Self.notation(of: request, options)
      let question = EqualityQuestion(
        left, right, from: notation, given: try options.given + Self.strings("given", of: request),
        assume: try options.assume + Self.strings("assume", of: request))
      var settings = equalityOptions(options)
      settings.output = .json
      let outcome = judged(question, settings, options)
      if outcome.verdict == .unreadable {
        guard let (source, diagnostic) = outcome.diagnostics.first else {
          throw LineError("the question could not be read")
        }
        var error = LineError(source, diagnostic)
        error.message = "\(source.name): \(error.message)"
        throw error
      }
      return (
        outcome.json.compactMap { key, value in value.map { .init(key, $0) } },
        Outcome(outcome.verdict)
      )
    }
  }

  /// The judgement of a question; of one too long to be read at once no later than its budget says.
  private func judged(
    _ question: EqualityQuestion, _ settings: EqualityOptions, _ options: Options
  ) -> EqualityOutcome {
    if question.length <= Self.shortQuestion { return judgeEquality(question, options: settings) }
    let budget = options.budget ?? Self.defaultBudget
    return TimeLimit.answer(within: budget + max(0.02, budget / 20)) {
      judgeEquality(question, options: settings)
    } ?? .exhausted
  }

  /// Bytes of a question that is read in well under a millisecond.
  private static var shortQuestion: Int { 4096 }

  /// Primes and points are drawn when the question is known, unless a seed repeats a run.
  private func equalityOptions(_ options: Options) -> EqualityOptions {
    var settings = EqualityOptions(seed: options.seed ?? surroundings.random())
    settings.output = options.format == .json ? .json : .document
    if let work = options.work { settings.budget.work = work }
    let end = surroundings.seconds() + (options.budget ?? Self.defaultBudget)
    settings.budget.isOver = { surroundings.seconds() > end }
    return settings
  }

  /// Seconds for one question.
  private static var defaultBudget: Double { 10 }
}

extension Outcome {
  init(_ verdict: EqualityOutcome.Verdict) {
    self =
      switch verdict {
      case .proved, .conditional: .passed
      case .refuted: .failed
      case .undecided: .undecided
      case .exhausted: .exhausted
      case .unreadable: .unreadable
      }
  }
}
