import NablaExpressions
import NablaNumbers

/// One name and its value in an `at` statement.
struct PlacedAssignment {
  let syntax: AssignmentSyntax
  let place: Int
}

extension ScopeReader {
  /// Reads the sizes given to dimensions, then what `at` gives.
  ///
  /// The first value of a name holds from the start of the section, a later one from where it stands.
  mutating func readValues(in pool: inout ExpressionPool) {
    for (place, entry) in statements.enumerated() {
      guard case .dimension(let list) = entry.statement.syntax else { continue }
      for item in list { readDimension(item, place, in: &pool) }
    }
    var seen: Set<String> = []
    var first: [PlacedAssignment] = []
    var later: [(place: Int, assignments: [PlacedAssignment])] = []
    for (place, entry) in statements.enumerated() {
      guard case .at(let list) = entry.statement.syntax else { continue }
      var again: [PlacedAssignment] = []
      for syntax in list {
        let assignment = PlacedAssignment(syntax: syntax, place: place)
        var key = syntax.name.text
        for index in syntax.indices { key += "," + index.dump }
        if seen.insert(key).inserted { first.append(assignment) } else { again.append(assignment) }
      }
      if !again.isEmpty { later.append((place, again)) }
    }
    give(first, in: &pool)
    let start = lowering.scope
    for (place, assignments) in later {
      touched.removeAll(keepingCapacity: true)
      give(assignments, in: &pool)
      for symbol in touched {
        laterValues[place, default: [:]].updateValue(lowering.scope.values[symbol], forKey: symbol)
      }
    }
    lowering.scope.values = start.values
    lowering.scope.sizeSources = start.sizeSources
  }

  private mutating func readDimension(
    _ item: DimensionSyntax, _ place: Int, in pool: inout ExpressionPool
  ) {
    guard let syntax = item.value, let known = own[item.name.text],
      pool.kind(of: known.symbol) == .dimension
    else { return }
    do throws(Diagnostic) {
      try giveDimension(known.symbol, item.name.text, syntax, in: &pool)
    } catch {
      report(error, place)
    }
  }

  private mutating func giveDimension(
    _ symbol: SymbolID, _ name: String, _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let handle = try number(syntax, in: &pool)
    guard let size = pool.exactValue(handle)?.asInt, size >= 1 else {
      throw Diagnostic(
        "not-a-size",
        "the dimension \(DisplayText.quoted(name)) must be a whole number, at least 1",
        at: syntax.range)
    }
    if let known = lowering.scope.number(symbol, in: pool), known != Rational(size),
      let source = lowering.scope.sizeSources[symbol], source != symbol
    {
      throw Diagnostic(
        "size-mismatch",
        "\(DisplayText.quoted(name)) is given \(size), but is \(known.description) by the size of "
          + DisplayText.quoted(pool.symbols[Int(source.index)].name),
        at: syntax.range)
    }
    setSize(symbol, ValueAssignment(handle), from: symbol)
  }

  /// An expression without names.
  private mutating func number(
    _ syntax: Syntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    let scope = lowering.scope
    let isName = { (name: NameSyntax) in
      scope.names[name.text] != nil
        || (scope.undeclaredAreScalars && !BuiltInNames.constants.contains(name.text))
    }
    if let name = syntax.names.first(where: isName) {
      throw Diagnostic(
        "not-a-number", "a value is a number, but \(DisplayText.quoted(name.text)) is a name",
        at: name.range)
    }
    return try lowering.expression(syntax, in: &pool)
  }

  // MARK: At

  /// Gives values to names: matrices and vectors first, since they fix sizes that others need.
  private mutating func give(
    _ assignments: [PlacedAssignment], in pool: inout ExpressionPool
  ) {
    release(assignments, in: pool)
    var parts: [SymbolID: PartialArray] = [:]
    var order: [SymbolID] = []
    for fixesSizes in [true, false] {
      for assignment in assignments where self.fixesSizes(assignment.syntax, in: pool) == fixesSizes
      {
        do throws(Diagnostic) {
          let symbol = try target(assignment.syntax, in: &pool)
          if assignment.syntax.indices.isEmpty {
            try give(assignment.syntax, to: symbol, in: &pool)
          } else {
            if parts[symbol] == nil { order.append(symbol) }
            try collect(
              assignment, symbol, into: &parts[symbol, default: PartialArray()], in: &pool)
          }
          note(symbol, assignment.place)
        } catch {
          if own[assignment.syntax.name.text] == nil {
            damagedNames.insert(assignment.syntax.name.text)
          }
          report(error, assignment.place)
        }
      }
    }
    for symbol in order {
      guard let part = parts[symbol], let last = part.last else { continue }
      do throws(Diagnostic) {
        try complete(part, symbol, last.syntax.name, in: &pool)
      } catch {
        report(error, last.place)
      }
    }
  }

  private func fixesSizes(_ syntax: AssignmentSyntax, in pool: borrowing ExpressionPool) -> Bool {
    if case .matrix = syntax.value.kind { return syntax.indices.isEmpty }
    guard let symbol = lowering.scope.names[syntax.name.text] else { return false }
    return pool.kind(of: symbol) == .dimension
  }

  private mutating func note(_ symbol: SymbolID, _ place: Int) {
    if case .given(var symbols, _) = facts[place] {
      if symbols.last != symbol { symbols.append(symbol) }
      facts[place] = .given(symbols)
    } else {
      facts[place] = .given([symbol])
    }
  }

  /// Forgets the values that are given anew and the sizes that came with them.
  private mutating func release(
    _ assignments: [PlacedAssignment], in pool: borrowing ExpressionPool
  ) {
    for assignment in assignments where assignment.syntax.indices.isEmpty {
      guard let symbol = lowering.scope.names[assignment.syntax.name.text],
        lowering.scope.values[symbol] != nil
      else { continue }
      if lowering.scope.sizeSources[symbol] == symbol { setSize(symbol, nil, from: symbol) }
      guard pool.kind(of: symbol) == .array else { continue }
      setValue(symbol, nil)
      for slot in pool.symbols[Int(symbol.index)].ranges {
        for end in [slot.lower, slot.upper] {
          for term in pool.affineForm(end, values: { _ in nil })?.terms ?? []
          where lowering.scope.sizeSources[term.symbol] == symbol {
            setSize(term.symbol, nil, from: symbol)
          }
        }
      }
    }
  }

  mutating func setValue(_ symbol: SymbolID, _ value: ValueAssignment?) {
    lowering.scope.values[symbol] = value
    touched.insert(symbol)
  }

  private mutating func setSize(
    _ dimension: SymbolID, _ value: ValueAssignment?, from source: SymbolID
  ) {
    setValue(dimension, value)
    lowering.scope.sizeSources[dimension] = value == nil ? nil : source
  }

  /// The symbol of a name that is given a value; a new one if the name is not known yet.
  private mutating func target(
    _ syntax: AssignmentSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> SymbolID {
    let name = syntax.name
    if let symbol = lowering.scope.names[name.text] {
      guard own[name.text]?.origin != .defined, lowering.scope.definitions[symbol] == nil else {
        throw Diagnostic(
          "value-of-defined", "\(DisplayText.quoted(name.text)) is defined and takes no value",
          at: name.range, expected: "a value for an input")
      }
      return symbol
    }
    guard syntax.indices.isEmpty else { throw lowering.unknownName(name.text, at: name.range) }
    var symbol = Symbol(name.text, .scalar)
    if case .matrix(let rows) = syntax.value.kind {
      let isVector = rows.count == 1 || rows[0].count == 1
      let sizes = isVector ? [rows.count * rows[0].count] : [rows.count, rows[0].count]
      var ranges: [IndexRange] = []
      for size in sizes { ranges.append(IndexRange(lower: pool.one, upper: pool.integer(size))) }
      symbol = Symbol(name.text, .array, ranges: ranges)
    } else if Self.position(syntax.value) != nil {
      throw Diagnostic(
        "unknown-size", "the size of \(DisplayText.quoted(name.text)) is not known",
        at: syntax.value.range,
        expected: "a declaration such as: vector "
          + "\(DisplayText.escaped(name.text))[K]")
    }
    let id = pool.declare(symbol)
    try introduce(name, id, .given)
    return id
  }

  /// The argument of `onehot(3)`.
  private static func position(_ syntax: Syntax) -> Syntax? {
    guard case .call(let call) = syntax.kind, call.function.text == "onehot", call.primes == 0,
      call.arguments.count == 1
    else { return nil }
    return call.arguments[0]
  }

  private mutating func give(
    _ syntax: AssignmentSyntax, to symbol: SymbolID, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let quoted = DisplayText.quoted(syntax.name.text)
    switch pool.kind(of: symbol) {
    case .dimension: try giveDimension(symbol, syntax.name.text, syntax.value, in: &pool)
    case .scalar:
      let value = try scalarValue(syntax, in: &pool)
      try check([[value]], of: symbol, syntax, in: pool)
      setValue(symbol, ValueAssignment(value))
    case .label:
      let value = try scalarValue(syntax, in: &pool)
      let range = pool.symbols[Int(symbol.index)].ranges[0]
      try lowering.checkLabel(
        value, within: range, of: syntax.name.text, syntax.value.range, in: pool)
      setValue(symbol, ValueAssignment(value))
    case .array: try giveArray(syntax, to: symbol, in: &pool)
    case .index, .function:
      throw Diagnostic(
        "not-an-input", "\(quoted) is \(Lowering.noun(pool.kind(of: symbol))) and takes no value",
        at: syntax.name.range)
    }
  }

  private mutating func scalarValue(
    _ syntax: AssignmentSyntax, in pool: inout ExpressionPool
  ) throws(Diagnostic) -> Handle {
    var value = syntax.value
    if case .matrix(let rows) = value.kind {
      guard rows.count == 1, rows[0].count == 1 else {
        throw Diagnostic(
          "size-mismatch",
          "\(DisplayText.quoted(syntax.name.text)) is a scalar, but is given \(rows.count) × "
            + "\(rows[0].count) entries",
          at: value.range)
      }
      value = rows[0][0]
    }
    return try number(value, in: &pool)
  }

  private mutating func giveArray(
    _ syntax: AssignmentSyntax, to symbol: SymbolID, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let ranges = pool.symbols[Int(symbol.index)].ranges
    let name = syntax.name.text
    var rows: [[Handle]] = []
    if let position = Self.position(syntax.value), lowering.scope.names["onehot"] == nil {
      rows = try oneHot(position, ranges, name, syntax, in: &pool)
    } else if case .matrix(let entries) = syntax.value.kind {
      for row in entries {
        var handles: [Handle] = []
        for entry in row { handles.append(try number(entry, in: &pool)) }
        rows.append(handles)
      }
      if ranges.count == 1 {
        guard rows.count == 1 || rows[0].count == 1 else {
          throw Diagnostic(
            "size-mismatch",
            "\(DisplayText.quoted(name)) is a vector, but is given \(rows.count) × "
              + "\(rows[0].count) entries",
            at: syntax.value.range)
        }
        if rows.count == 1 { rows = rows[0].map { [$0] } }
      } else if ranges.count == 2 {
        // A single row or column may be written the other way round.
        if ranges[0].isUnit, rows.count > 1, rows[0].count == 1 {
          rows = [rows.map { $0[0] }]
        } else if ranges[1].isUnit, rows.count == 1, rows[0].count > 1 {
          rows = rows[0].map { [$0] }
        }
      }
    } else {
      throw Diagnostic(
        "size-mismatch",
        "\(DisplayText.quoted(name)) is a \(ranges.count == 1 ? "vector" : "matrix"), but is given "
          + "one number",
        at: syntax.value.range, expected: "its entries in brackets, such as [1, 2]")
    }
    try assign(rows, to: symbol, name, at: syntax.value.range, in: &pool)
    try check(rows, of: symbol, syntax, in: pool)
  }

  /// Stores the rows of an array and fixes its sizes.
  mutating func assign(
    _ rows: [[Handle]], to symbol: SymbolID, _ name: String, at range: SourceRange,
    in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    let ranges = pool.symbols[Int(symbol.index)].ranges
    let sizes = [rows.count, rows.first?.count ?? 0]
    for (place, slot) in ranges.enumerated() where place < 2 {
      let noun =
        ranges.count == 1
        ? ("entry", "entries") : place == 0 ? ("row", "rows") : ("column", "columns")
      try fix(
        sizes[place], Lowering.counted(sizes[place], noun.0, noun.1), slot, of: symbol, name,
        at: range, in: &pool)
    }
    setValue(symbol, ValueAssignment(rows: rows))
  }

  /// Makes a slot's size a number, or finds that it is another one already.
  private mutating func fix(
    _ size: Int, _ counted: String, _ slot: IndexRange, of symbol: SymbolID, _ name: String,
    at range: SourceRange, in pool: inout ExpressionPool
  ) throws(Diagnostic) {
    guard let upper = lowering.form(slot.upper, in: pool),
      let lower = lowering.form(slot.lower, in: pool)
    else { return }
    var form = upper.minus(lower)
    form.constant = form.constant + 1
    guard let unknown = form.terms.first else {
      if form.constant == Rational(size) { return }
      throw mismatch(counted, slot, name, form.constant, at: range, in: pool)
    }
    let quotient = (unknown.coefficient.reciprocal ?? 0) * (Rational(size) - form.constant)
    guard form.terms.count == 1, let value = quotient.asInt, value >= 1 else {
      throw Diagnostic(
        "unknown-size",
        "\(DisplayText.quoted(name)) is given \(counted), which does not tell the sizes in "
          + Lowering.text(slot, in: pool),
        at: range)
    }
    setSize(unknown.symbol, ValueAssignment(pool.integer(value)), from: symbol)
  }

  private func mismatch(
    _ counted: String, _ slot: IndexRange, _ name: String, _ size: Rational,
    at range: SourceRange, in pool: borrowing ExpressionPool
  ) -> Diagnostic {
    var message = "\(DisplayText.quoted(name)) is given \(counted), but "
    let upper = Lowering.text(slot.upper, in: pool)
    if pool.exactValue(slot.upper) != nil {
      message += "has \(size.description)"
    } else if case .symbol(let dimension) = pool[slot.upper], slot.lower == pool.one {
      message += "\(DisplayText.quoted(upper)) is \(size.description)"
      if let source = lowering.scope.sizeSources[dimension], source != dimension {
        let name = pool.symbols[Int(source.index)].name
        message += " by the size of " + DisplayText.quoted(name)
      }
    } else {
      message += "\(Lowering.text(slot, in: pool)) is \(size.description) long"
    }
    return Diagnostic("size-mismatch", message, at: range)
  }
}
