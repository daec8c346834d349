extension StatementParser {
  mutating func names() throws(Diagnostic) -> [NameSyntax] {
    var list = [try name()]
    while expressions.take(.comma) { list.append(try name()) }
    return list
  }

  /// `3 steps of W, w on L with rate 0.5 over x = X, y = Y summing`.
  mutating func training() throws(Diagnostic) -> TrainSyntax {
    let steps = try count(upTo: Self.mostTrainingSteps)
    if !expressions.takeWord("step") { try expectWord("steps") }
    try expectWord("of")
    let parameters = try names()
    try expectWord("on")
    let loss = try expressions.quantity()
    try expectWord("with")
    try expectWord("rate")
    let rate = try expressions.quantity()
    var samples: [TrainSyntax.Sample] = []
    if expressions.takeWord("over") {
      repeat {
        let name = try name()
        try takeEqual()
        samples.append(TrainSyntax.Sample(name: name, rows: try self.name()))
      } while expressions.take(.comma)
    }
    return TrainSyntax(
      steps: steps, parameters: parameters, loss: loss, rate: rate, samples: samples,
      mode: try trainingMode())
  }

  /// `P, L for T = 4, 1, 1/4`.
  mutating func table() throws(Diagnostic) -> TableSyntax {
    let targets = try quantities()
    try expectWord("for")
    let variable = try name()
    try takeEqual()
    let values = try quantities()
    if values.count > Self.mostTableRows {
      throw Diagnostic(
        "too-many-rows", "a table has at most \(Self.mostTableRows) rows",
        at: values[Self.mostTableRows].range)
    }
    return TableSyntax(targets: targets, variable: variable, values: values)
  }

  private static var mostTableRows: Int { 200 }

  private mutating func trainingMode() throws(Diagnostic) -> TrainSyntax.Mode {
    if expressions.isAtEnd { return .summing }
    let word = try name()
    switch word.text {
    case "summing": return .summing
    case "averaging": return .averaging
    case "one":
      try expectWord("by")
      try expectWord("one")
      return .oneByOne
    default: throw unknownWord("mode", word, among: ["summing", "averaging", "one by one"])
    }
  }

  /// `before step 1` or `after step 3`, if one of them stands here.
  mutating func trainingMoment() throws(Diagnostic) -> TrainingMomentSyntax? {
    let lower = expressions.current.range.lower
    let isBefore = expressions.takeWord("before")
    guard isBefore || expressions.takeWord("after") else { return nil }
    try expectWord("step")
    let step = try count(upTo: Self.mostTrainingSteps)
    return TrainingMomentSyntax(
      isBefore: isBefore, step: step, range: SourceRange(lower, expressions.lastUpper))
  }

  /// Longer trainings are for other programs; each step is a table of its own.
  private static var mostTrainingSteps: Int { 1000 }
}
