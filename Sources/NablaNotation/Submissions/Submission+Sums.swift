extension Submission {
  /// Whether some formula holds a sign of summation.
  package var writesSums: Bool {
    items.contains { item in
      guard case .formula(let formula) = item, formula.role != .goal else { return false }
      let bytes = formula.text.bytes
      return bytes.indices.contains { place in
        Self.signsOfSums.contains { Bytes.match($0, bytes, at: place) }
      }
    }
  }

  private static let signsOfSums: [StaticString] = ["\\sum", "Σ", "∑", "sum_", "sum("]
}
