import Testing

@testable import NablaVerification

@Suite struct `Determinants and inverses in proofs` {
  private static let given = "matrix A[N, N], B[N, N]; index i, j, k = 1..N"

  @Test(arguments: [
    ("sum(k, inv(A)[i, k]*A[k, j])", "delta(i, j)", "proved"),
    ("inv(A*B)[i, j]", "sum(k, inv(B)[i, k]*inv(A)[k, j])", "proved"),
    ("inv(A*B)[i, j]", "sum(k, inv(A)[i, k]*inv(B)[k, j])", "refuted"),
    ("det(A*B)", "det(A)*det(B)", "proved"),
    ("det(A')", "det(A)", "proved"),
    ("det(2*A)", "2^N*det(A)", "proved"),
    ("det(2*A)", "2*det(A)", "refuted"),
    ("det(A + B)", "det(A) + det(B)", "refuted"),
    ("inv(A)[i, j]", "inv(A)[j, i]", "refuted"),
    ("inv(A)[i, j]", "1/A[i, j]", "refuted"),
    ("log(det(A))", "-log(det(inv(A)))", "proved"),
  ])
  func `a claim about matrices of any size is decided`(
    _ left: String, _ right: String, _ verdict: String
  ) throws {
    var room = try ProofRoom(Self.given)
    let found = try room.decide(left, right).name
    #expect(found == verdict)
  }
}
