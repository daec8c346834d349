import NablaExpressions
import NablaNumbers
import Testing

@testable import NablaVerification

@Suite struct `Equations that hold for small sizes` {
  @Test(arguments: [
    ("index i, k = 1..N", "sum(i, sum(k, 1[i < k]))", "N*(N - 1)/2", 5),
    ("index k = 1..N", "product(k, k)", "product(k, N + 1 - k)", 5),
    (
      "index i, k = 1..N; index j = 1..K", "sum(i, sum(k, sum(j, 1[i < k])))",
      "K*N*(N - 1)/2", 5
    ),
  ])
  func `each size is proved with every term written out`(
    _ statements: String, _ left: String, _ right: String, _ largest: Int
  ) throws {
    var room = try ProofRoom(statements)
    guard case .undecided(.neitherShown(_, let sizes?)) = try room.decide(left, right) else {
      Issue.record("not shown for sizes")
      return
    }
    #expect(sizes.largest == largest)
  }

  @Test func `an equation that fails from a size on is not shown for it`() throws {
    var room = try ProofRoom("index i, k = 1..N")
    let left = "sum(i, sum(k, 1[i < k]))"
    let right = "N*(N - 1)/2 + product(k, N - k - 3)*0 + 1[N > 4]"
    let verdict = try room.decide(left, right)
    if case .undecided(.neitherShown(_, let sizes?)) = verdict {
      Issue.record("shown up to \(sizes.largest)")
    }
    if case .proved = verdict { Issue.record("proved") }
  }
}
