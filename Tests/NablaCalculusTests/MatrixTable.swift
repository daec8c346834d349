import NablaCalculus
import NablaExpressions
import NablaTestSupport
import NablaVerification

@testable import NablaProblems

/// A row of matrix-calculus.tsv: a known result of matrix or vector calculus.
struct MatrixTableRow: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case gradient, jacobian, hessian, scalar, elements
  }

  let name: String
  let declarations: String
  let subject: String
  let variable: String
  let result: String
  let kind: Kind

  init?(_ row: RecordedRow) {
    guard row.fields.count == 7, let kind = Kind(rawValue: row.fields[5]) else { return nil }
    name = row.fields[0]
    declarations = row.fields[1]
    subject = row.fields[2]
    variable = row.fields[3]
    result = row.fields[4]
    self.kind = kind
  }

  static let all = recordedRows("Data/matrix-calculus.tsv").compactMap { MatrixTableRow($0) }
}

/// What the engine makes of a row.
struct MatrixTableOutcome: Sendable {
  enum Agreement: Sendable, Equatable {
    /// The result and the textbook's are the same expression, with definitions opened.
    case proved
    /// Numbers agree, at random points and for two sizes.
    case confirmed
    case wrong(String)
  }

  let agreement: Agreement
  /// The symbols of the lifted form and of the textbook's; nil where the result is elementary.
  let lengths: (lifted: Int?, textbook: Int)?
  /// The lifted form, or else the entry.
  let text: String

  var isNoLonger: Bool {
    guard let lengths else { return true }
    return lengths.lifted.map { $0 <= lengths.textbook } ?? false
  }

  init(_ row: MatrixTableRow) throws(Workroom.Unreadable) {
    var room = try Workroom(row.declarations)
    let order = row.kind == .hessian ? 2 : 1
    let goal = try room.goal(
      row.subject, by: Array(repeating: row.variable, count: order))
    var deriver = room.deriver()
    let derivation = deriver.derive(goal.subject, by: goal.variables, in: &room.pool)
    let textbook = try room.quantity(row.result)
    let axes = try Self.axes(of: row, goal.variables, &room)
    var names = Substitution()
    for (own, axis) in [(textbook.row, axes.row), (textbook.column, axes.column)] {
      if let own, let axis { names.symbols[own] = room.pool.symbol(axis) }
    }
    let expected = room.pool.substitute(names, in: textbook.entry)
    let form =
      row.kind == .elements
      ? nil : room.pool.lift(derivation.result, row: axes.row, column: axes.column)
    var results = [derivation.result]
    if let form {
      // What is lifted has been proved to be the result.
      let places = [axes.row, axes.column].map { $0.map { room.pool.symbol($0) } }
      results.append(
        room.pool.entry(
          of: form, row: places[0] ?? room.pool.one, column: places[1] ?? room.pool.one))
    }
    agreement = Self.agreement(results, expected, goal, &room)
    if row.kind == .elements || textbook.form.isElementary {
      lengths = nil
    } else {
      lengths = (form.map { room.pool.symbolCount($0) }, room.pool.symbolCount(textbook.form))
    }
    text = form.map { room.text($0) } ?? room.plain(derivation.result)
  }

  /// The index names along which a result is lifted.
  private static func axes(
    of row: MatrixTableRow, _ variables: [Handle], _ room: inout Workroom
  ) throws(Workroom.Unreadable) -> (row: SymbolID?, column: SymbolID?) {
    switch row.kind {
    case .elements: return (nil, nil)
    case .gradient:
      let places = room.axes(of: variables[0])
      return (places.first ?? nil, places.count > 1 ? places[1] : nil)
    case .hessian: return (room.axes(of: variables[0])[0], room.axes(of: variables[1])[0])
    case .jacobian:
      return (try room.quantity(row.subject).row, room.axes(of: variables[0])[0])
    case .scalar:
      let subject = try room.quantity(row.subject)
      return (subject.row, subject.column)
    }
  }

  /// Whether one of several expressions of a result can be shown to be what is expected.
  private static func agreement(
    _ results: [Handle], _ expected: Handle, _ goal: (subject: Handle, variables: [Handle]),
    _ room: inout Workroom
  ) -> Agreement {
    let definitions = room.scope.definitions
    let context = room.differentiationContext()
    let right = room.pool.opened(room.pool.differentiated(expected, context), definitions)
    for result in results {
      let left = room.pool.opened(room.pool.differentiated(result, context), definitions)
      for (one, other) in [(result, expected), (left, right)] {
        if room.pool.isForm(.scalar(one), of: other, row: nil, column: nil) { return .proved }
      }
    }
    for claim in [
      Claim.equality(results[0], expected),
      .derivative(of: goal.subject, by: goal.variables, is: results[0]),
    ] {
      if let objection = room.objection(to: claim) { return .wrong(objection) }
    }
    return .confirmed
  }
}

extension Workroom {
  /// The index names in the places of a component, nil for a fixed place.
  fileprivate func axes(of component: Handle) -> [SymbolID?] {
    guard case .entry(_, let list) = pool[component] else { return [] }
    return pool.operands(list).map { index in
      if case .symbol(let symbol) = pool[index] { symbol } else { nil }
    }
  }
}
