/// The numbers of labelled results, counted in the order they appear.
struct CrossReferences {
  private var numbers: [String: Int] = [:]

  init(_ document: Document) {
    var count = 0
    for block in document.blocks {
      if case .result(_, _, let label?) = block {
        count += 1
        if numbers[label] == nil { numbers[label] = count }
      }
    }
  }

  func number(_ label: String) -> Int? { numbers[label] }

  /// `(1)`, or `(?)` where no result has the label.
  func text(_ label: String) -> String {
    guard let number = numbers[label] else { return "(?)" }
    return "(\(number))"
  }
}
