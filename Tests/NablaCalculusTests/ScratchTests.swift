import NablaCalculus
import NablaExpressions
import NablaTestSupport
import Testing
@Test func `scratch`() throws {
  var room = try Workroom(RandomMatrixForm.statements)
  for text in ["sqrt(sum(i, (sum(i2, sum(k, D[i2,i]*C[k,i2]*sum(k2, z[k2]))))^2))"] {
    let h = try room.expression(text)
    print("SCR", room.plain(room.pool.canonical(h)), room.pool.lift(h, row: nil, column: nil).map { room.text($0) } ?? "none")
  }
}
