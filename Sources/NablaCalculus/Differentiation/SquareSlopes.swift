import NablaExpressions

/// The slope of a determinant or of an inverse's entry by the matrix' entry at the opened indices.
struct SquareSlope {
  /// What does not depend on the place of the entry.
  let outside: Handle
  /// The factors that do.
  let inside: [Handle]
}

extension ExpressionPool {
  /// ∂det(M)/∂M[k,l] = det(M)·inv(M)[l,k], and ∂inv(M)[i,j]/∂M[k,l] = −inv(M)[i,k]·inv(M)[l,j],
  /// every entry of M an unknown of its own.
  ///
  /// Source: Magnus and Neudecker, Matrix Differential Calculus, chapter 8.
  mutating func slope(ofSquare handle: Handle, _ opened: OpenedBinder) -> SquareSlope {
    let row = symbol(opened.indices[0])
    let column = symbol(opened.indices[1])
    if opened.place.count == 2 {
      let before = inverse(of: handle, opened, at: opened.place[0], row)
      let after = inverse(of: handle, opened, at: column, opened.place[1])
      return SquareSlope(outside: minusOne, inside: [before, after])
    }
    return SquareSlope(
      outside: handle, inside: [inverse(of: handle, opened, at: column, row)])
  }

  private mutating func inverse(
    of square: Handle, _ opened: OpenedBinder, at row: Handle, _ column: Handle
  ) -> Handle {
    closeInverse(
      opened.body, row: opened.indices[0], column: opened.indices[1], rowRange: opened.ranges[0],
      columnRange: opened.ranges[1], at: row, column)
  }
}
