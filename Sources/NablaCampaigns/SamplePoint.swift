import NablaVerification

/// Values for names: scalars, entries, sizes and free indices.
package struct SamplePoint {
  private(set) var scalars: [String: Double] = [:]
  private var entries: [String: [Double]] = [:]
  private(set) var sizes: [String: Int] = [:]
  private(set) var indices: [String: Int] = [:]
  private(set) var functions: [String: [Double]] = [:]

  static let largestSize = 4

  /// A point at which every name of a vocabulary has a value.
  package init(_ vocabulary: Vocabulary, manner: Int, _ random: inout RandomNumbers) {
    let spread = [1.5, 3, 0.8, 6][manner % 4]
    for scalar in vocabulary.scalars {
      switch scalar.domain {
      case .real: scalars[scalar.name] = random.between(-spread, spread)
      case .positive: scalars[scalar.name] = random.between(0.05, spread)
      case .unit: scalars[scalar.name] = random.between(0.01, 0.99)
      }
    }
    for dimension in vocabulary.dimensions {
      sizes[dimension] = 1 + (manner + random.below(2)) % Self.largestSize
    }
    for (index, dimension) in vocabulary.indices {
      indices[index] = 1 + random.below(sizes[dimension] ?? 1)
    }
    for array in vocabulary.arrays {
      let count = array.dimensions.reduce(1) { total, _ in total * Self.largestSize }
      entries[array.name] = (0..<count).map { _ in random.between(-spread, spread) }
    }
    for function in vocabulary.functions {
      functions[function] = (0..<4).map { _ in random.between(0.3, 1.4) }
    }
  }

  func entry(_ name: String, _ places: [Int]) -> Double? {
    guard let values = entries[name] else { return nil }
    var offset = 0
    for place in places {
      guard place >= 1, place <= Self.largestSize else { return nil }
      offset = offset * Self.largestSize + place - 1
    }
    return offset < values.count ? values[offset] : nil
  }
}

/// The names that terms are made of.
package struct Vocabulary: Sendable {
  package enum ScalarDomain: Sendable { case real, positive, unit }

  package struct Scalar: Sendable {
    package let name: String
    package let domain: ScalarDomain
  }

  package struct Array: Sendable {
    package let name: String
    package let dimensions: [String]
  }

  package var scalars: [Scalar] = []
  package var dimensions: [String] = []
  /// Indices that may stand free, with the dimension that each runs over.
  package var indices: [(name: String, dimension: String)] = []
  /// Names for bound indices, by dimension.
  package var bound: [(name: String, dimension: String)] = []
  package var arrays: [Array] = []
  package var functions: [String] = []

  package static let scalar = Vocabulary(
    scalars: [
      Scalar(name: "x", domain: .real), Scalar(name: "y", domain: .real),
      Scalar(name: "z", domain: .real), Scalar(name: "p", domain: .positive),
      Scalar(name: "q", domain: .unit),
    ], functions: ["f", "g"])

  package static let indexed = Vocabulary(
    scalars: [Scalar(name: "c", domain: .real), Scalar(name: "p", domain: .positive)],
    dimensions: ["N", "M"],
    indices: [("i", "N"), ("j", "N"), ("a", "M"), ("b", "M")],
    bound: [
      ("k", "N"), ("l", "N"), ("m", "N"), ("n", "N"), ("o", "N"), ("r", "M"), ("s", "M"),
      ("t", "M"), ("u", "M"), ("v", "M"),
    ],
    arrays: [
      Array(name: "h", dimensions: ["N"]), Array(name: "y", dimensions: ["N"]),
      Array(name: "w", dimensions: ["M"]), Array(name: "W", dimensions: ["N", "N"]),
      Array(name: "A", dimensions: ["N", "M"]), Array(name: "B", dimensions: ["M", "N"]),
    ], functions: ["f"])

  /// The declarations, as statements of a problem file.
  package var given: [String] {
    var statements: [String] = []
    for scalar in scalars {
      switch scalar.domain {
      case .real: break
      case .positive: statements.append("scalar \(scalar.name) positive")
      case .unit: statements.append("scalar \(scalar.name) in (0, 1)")
      }
    }
    for dimension in dimensions {
      let names = (indices + bound).filter { $0.dimension == dimension }.map { $0.name }
      statements.append("index \(names.joined(separator: ", ")) = 1..\(dimension)")
    }
    for array in arrays {
      let kind = array.dimensions.count == 1 ? "vector" : "matrix"
      statements.append("\(kind) \(array.name)[\(array.dimensions.joined(separator: ", "))]")
    }
    if !functions.isEmpty { statements.append("function \(functions.joined(separator: ", "))") }
    return statements
  }
}
