/// Balances groups and environments and takes off what only decorates.
struct LaTeXStructure {
  private var input: [LaTeXToken]
  private(set) var tokens: [LaTeXToken] = []
  private(set) var repairs: [Repair] = []
  /// What stands over or under a brace, with what the brace spans.
  private(set) var labels: [(content: [LaTeXToken], label: [LaTeXToken])] = []
  /// Whether `0,5` is a number inside brackets too.
  private let usesDecimalCommas: Bool
  private var open: [Open] = []
  private var place = 0
  /// Brackets that are open, for commas inside numbers.
  private var brackets = 0
  /// How many of the open things are environments.
  private var environments = 0
  /// Whether the brace before a system of equations was taken off.
  private var hasDroppedBrace = false
  /// Whether a bar without a side is open.
  private var isBarOpen = false

  private struct Open {
    enum Kind { case group, environment, wrapper, note, stack }

    var kind: Kind
    /// Where its opening token stands in the output.
    var start: Int
    /// Whether a relation or a row stands in it.
    var holdsRelation = false
  }

  init(_ input: [LaTeXToken], usesDecimalCommas: Bool = false) {
    self.input = input
    self.usesDecimalCommas = usesDecimalCommas
    tokens.reserveCapacity(input.count + 8)
    run()
  }

  private mutating func run() {
    while place < input.count {
      let token = input[place]
      place += 1
      switch token.kind {
      case .removed: break
      case .wrapper: openWrapper(token)
      case .stack: openStack()
      case .stacked: skipNote()
      case .groupOpen: push(.group, token)
      case .groupClose: closeGroup(token)
      case .begin:
        openEnvironment(token)
      case .end: closeEnvironment(token)
      case .row, .cell: addRow(token)
      case .relation:
        if !open.isEmpty { open[open.count - 1].holdsRelation = true }
        isBarOpen = false
        tokens.append(token)
      case .number: addNumber(token)
      case .bar: addBar(token)
      case .open:
        brackets += 1
        tokens.append(token)
      case .close:
        brackets = max(0, brackets - 1)
        tokens.append(token)
      default: tokens.append(token)
      }
    }
    while let last = open.last { closeAtEnd(last) }
  }

  private mutating func push(_ kind: Open.Kind, _ token: LaTeXToken) {
    open.append(Open(kind: kind, start: tokens.count))
    tokens.append(token)
  }

  // MARK: Groups

  private mutating func openWrapper(_ token: LaTeXToken) {
    guard place < input.count, input[place].kind == .groupOpen else { return }
    push(token.code == 1 ? .note : .wrapper, input[place])
    place += 1
  }

  private mutating func openStack() {
    guard place < input.count, input[place].kind == .groupOpen else { return }
    push(.stack, input[place])
    place += 1
  }

  /// `\stackrel{note}{=}` is what it stands on.
  private mutating func skipNote() {
    let start = place
    if place < input.count, input[place].kind == .relation,
      input[place].code == RelationChain.Relation.notEqual.code,
      input[place].range.upper - input[place].range.lower == 2
    {
      // `\overset!=` without braces.
      input[place].code = RelationChain.Relation.equal.code
      return
    }
    skipArgument()
    let isDefinition = input[start..<place].contains {
      $0.kind == .word && $0.text.utf8.starts(with: "def".utf8)
    }
    guard isDefinition else { return }
    var next = place
    while next < input.count, input[next].kind == .groupOpen { next += 1 }
    guard next < input.count, input[next].kind == .relation,
      input[next].code == RelationChain.Relation.equal.code
    else { return }
    input[next].code = RelationChain.Relation.defines.code
  }

  private mutating func closeGroup(_ token: LaTeXToken) {
    guard let last = open.last, last.kind != .environment else {
      repairs.append(Repair(.delimiter, token.range, found: "}", repaired: ""))
      return
    }
    open.removeLast()
    if last.kind == .note {
      let start = place
      skipScripts()
      noteLabel(input[start..<place], tokens[(last.start + 1)...])
    }
    let isSingleSign = last.start == tokens.count - 2 && isSign(tokens[tokens.count - 1].kind)
    if last.kind == .stack {
      tokens[last.start].kind = .removed
      return
    }
    let isFollowedByScript =
      place < input.count
      && (input[place].kind == .raised || input[place].kind == .lowered)
    let isOpened =
      last.kind == .wrapper || last.kind == .note
      || (last.kind == .group && last.holdsRelation && !isArgument(last.start))
    if last.kind == .group, !isFollowedByScript, !isArgument(last.start),
      isOneEnvironment(last.start + 1)
    {
      tokens[last.start].kind = .removed
      return
    }
    if last.start == tokens.count - 1, last.kind == .group, !isFollowedByScript,
      !isArgument(last.start)
    {
      tokens.removeLast()
      return
    }
    if isSingleSign || (isOpened && last.holdsRelation && !isFollowedByScript) {
      tokens[last.start].kind = .removed
      if last.holdsRelation, !open.isEmpty { open[open.count - 1].holdsRelation = true }
      return
    }
    tokens.append(token)
  }

  /// Whether all tokens from a place on are one environment.
  private func isOneEnvironment(_ start: Int) -> Bool {
    guard let begin = tokens[start...].firstIndex(where: { $0.kind != .removed }),
      tokens[begin].kind == .begin, tokens[tokens.count - 1].kind == .end
    else { return false }
    var depth = 0
    for place in begin..<tokens.count - 1 {
      if tokens[place].kind == .begin { depth += 1 }
      if tokens[place].kind == .end { depth -= 1 }
      if depth == 0 { return false }
    }
    return true
  }

  private mutating func noteLabel(
    _ script: ArraySlice<LaTeXToken>, _ content: ArraySlice<LaTeXToken>
  ) {
    guard let first = script.first, first.kind == .lowered || first.kind == .raised,
      !content.contains(where: { $0.kind == .relation || $0.kind == .row || $0.kind == .cell }),
      labels.count < 16
    else { return }
    var label = Array(script.dropFirst())
    if label.first?.kind == .groupOpen, label.last?.kind == .groupClose {
      label = Array(label.dropFirst().dropLast())
    }
    guard let name = label.first, name.kind == .letter || name.kind == .accent, label.count <= 12
    else { return }
    labels.append((Array(content), label))
  }

  private func isSign(_ kind: LaTeXToken.Kind) -> Bool {
    switch kind {
    case .relation, .plus, .minus, .times, .comma, .function: true
    default: false
    }
  }

  /// Whether a group that starts at a place belongs to a command or a script.
  private func isArgument(_ start: Int) -> Bool {
    guard start > 0 else { return false }
    switch tokens[start - 1].kind {
    case .raised, .lowered, .fraction, .root, .accent, .groupClose, .close, .blackboard,
      .one, .number:
      return true
    default: return false
    }
  }

  private mutating func skipScripts() {
    while place < input.count,
      input[place].kind == .raised || input[place].kind == .lowered
    {
      place += 1
      skipArgument()
    }
  }

  private mutating func skipArgument() {
    guard place < input.count else { return }
    var depth = 0
    while place < input.count {
      let kind = input[place].kind
      if kind == .groupOpen { depth += 1 }
      if kind == .groupClose { depth -= 1 }
      if depth < 0 { return }
      place += 1
      if depth == 0 { return }
    }
  }

  // MARK: Environments and rows

  /// A brace in front of an array makes cases of it.
  private mutating func openEnvironment(_ token: LaTeXToken) {
    var begin = token
    if let last = tokens.last, last.kind == .open,
      last.code == LaTeXDelimiter.brace.rawValue, Self.mayBeCases(token.text)
    {
      // Rows that are equations make a system rather than cases.
      let isSystem = secondCellStartsWithRelation
      if !isSystem { begin.text = "cases" }
      hasDroppedBrace = true
      tokens[tokens.count - 1].kind = .removed
      brackets = max(0, brackets - 1)
    }
    environments += 1
    push(.environment, begin)
  }

  private var secondCellStartsWithRelation: Bool {
    var next = place
    while next + 1 < input.count, next < place + 200 {
      switch input[next].kind {
      case .cell:
        return input[next + 1].kind == .relation
      case .row, .end: return false
      default: next += 1
      }
    }
    return false
  }

  private static func mayBeCases(_ name: String) -> Bool {
    name == "array" || name == "aligned" || name == "matrix" || name == "split"
      || name == "gathered"
  }

  private mutating func closeEnvironment(_ token: LaTeXToken) {
    guard environments > 0 else {
      repairs.append(
        Repair(.environment, token.range, found: "\\end{\(token.text)}", repaired: ""))
      return
    }
    while let last = open.last, last.kind != .environment { closeAtEnd(last) }
    guard let last = open.popLast() else { return }
    environments -= 1
    var end = token
    let begin = tokens[last.start].text
    end.text = begin
    tokens.append(end)
    if begin == "cases" || hasDroppedBrace, place < input.count, input[place].kind == .close,
      input[place].code == LaTeXDelimiter.nothing.rawValue
    {
      place += 1
      hasDroppedBrace = false
    }
  }

  private mutating func addRow(_ token: LaTeXToken) {
    while let last = open.last, last.kind == .group || last.kind == .note || last.kind == .wrapper {
      closeAtEnd(last)
    }
    if open.isEmpty || open[open.count - 1].kind != .environment || brackets > 0 {
      brackets = token.kind == .row ? 0 : brackets
    }
    tokens.append(token)
  }

  private mutating func closeAtEnd(_ last: Open) {
    open.removeLast()
    let opening = tokens[last.start]
    if last.kind == .environment {
      environments -= 1
      repairs.append(
        Repair(
          .environment, opening.range, found: "",
          repaired: "\\end{" + opening.text + "}"))
      tokens.append(LaTeXToken(.end, opening.range, text: opening.text))
    } else {
      repairs.append(Repair(.delimiter, opening.range, found: "{", repaired: "{…}"))
      tokens.append(LaTeXToken(.groupClose, opening.range))
    }
  }

  // MARK: Bars

  /// `||` is two bars where one is open: `|x||y|`.
  private mutating func addBar(_ token: LaTeXToken) {
    guard token.code == LaTeXDelimiter.doubleBar.rawValue else {
      isBarOpen.toggle()
      tokens.append(token)
      return
    }
    guard isBarOpen, token.text == "||" else {
      tokens.append(token)
      return
    }
    let single = LaTeXToken(.bar, token.range, code: LaTeXDelimiter.bar.rawValue)
    tokens += [single, single]
  }

  // MARK: Numbers

  /// `0,5` outside all brackets is one number, since no list can stand there.
  private mutating func addNumber(_ token: LaTeXToken) {
    let mayBeList = brackets > 0 || environments < open.count
    guard !mayBeList || (usesDecimalCommas && !isInScript), place + 1 < input.count,
      input[place].kind == .comma, input[place].isJoined, input[place + 1].kind == .number,
      input[place + 1].isJoined, !token.text.utf8.contains(0x2E), !Self.isScript(tokens.last)
    else {
      tokens.append(token)
      return
    }
    var groups: [LaTeXToken] = []
    while place + 1 < input.count, input[place].kind == .comma, input[place].isJoined,
      input[place + 1].kind == .number, input[place + 1].isJoined
    {
      groups.append(input[place + 1])
      place += 2
    }
    var number = token
    number.range = token.range.union(groups[groups.count - 1].range)
    let isGrouped =
      token.text.utf8.count <= 3 && token.text.utf8.first != 0x30
      && groups.allSatisfy { Self.wholeDigits($0.text) == 3 }
    if isGrouped, groups.count > 1 || groups[0].text.utf8.contains(0x2E) {
      for group in groups { number.text += group.text }
    } else if groups.count == 1, !isGrouped, !groups[0].text.utf8.contains(0x2E) {
      number.text += "." + groups[0].text
    } else {
      number.kind = .unknown
      for group in groups { number.text += "," + group.text }
    }
    tokens.append(number)
  }

  /// Whether the innermost group stands below or above something.
  private var isInScript: Bool {
    guard let last = open.last, last.kind == .group, last.start > 0 else { return false }
    return Self.isScript(tokens[last.start - 1])
  }

  private static func isScript(_ token: LaTeXToken?) -> Bool {
    token?.kind == .raised || token?.kind == .lowered
  }

  private static func wholeDigits(_ text: String) -> Int {
    var count = 0
    for byte in text.utf8 {
      if byte == 0x2E { break }
      count += 1
    }
    return count
  }
}
