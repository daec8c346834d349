import NablaCalculus
import NablaExpressions
import NablaVerification
import Testing

/// An index of each size, for rows and for columns.
private func index(
  over range: IndexRange?, _ names: [String], _ room: borrowing Workroom
) -> SymbolID? {
  guard let range else { return nil }
  for name in names {
    guard let symbol = room.scope.names[name] else { continue }
    if room.pool.declaration(of: symbol).ranges.first == range { return symbol }
  }
  return nil
}

@Test(arguments: 0..<40)
func `what is written out from a form is lifted again`(batch: UInt64) throws {
  for seed in (batch * 10)..<(batch * 10 + 10) {
    var room = try Workroom(RandomMatrixForm.statements)
    var maker = try #require(RandomMatrixForm(seed: seed, &room))
    let form = maker.form(3, &room.pool)
    let row = index(over: form.shape.rows, ["i", "j", "k"], room)
    let column = index(over: form.shape.columns, ["i2", "j2", "k2"], room)
    let ends = [row, column].map { $0.map { room.pool.symbol($0) } ?? room.pool.one }
    let entry = room.pool.entry(of: form, row: ends[0], column: ends[1])
    let text = room.text(form)
    guard let lifted = room.pool.lift(entry, row: row, column: column) else {
      Issue.record("seed \(seed): \(text) is not lifted")
      continue
    }
    let again = room.pool.entry(of: lifted, row: ends[0], column: ends[1])
    let result = room.text(lifted)
    #expect(
      room.objection(to: .equality(entry, again)) == nil, "seed \(seed): \(text) gives \(result)")
    // (AB)ᵀ is given as BᵀAᵀ, and repeated vectors as outer products with ones.
    #expect(
      room.pool.symbolCount(lifted) <= room.pool.symbolCount(form) + 4,
      "seed \(seed): \(text) gives \(result)")
  }
}
