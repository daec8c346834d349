/// The names a file declares, defines or gives by `at`, as far as reading depends on them.
package struct KnownNames: Sendable {
  package enum Kind: UInt8, Sendable {
    case dimension, index, fixedIndex, scalar, vector, matrix, function
    /// Defined or given by `at`, without a declared kind.
    case quantity
  }

  package private(set) var kinds: [String: Kind]
  /// True on the command line, where a name nobody declared is a scalar.
  package var undeclaredAreScalars: Bool

  package init(undeclaredAreScalars: Bool = false) {
    kinds = [:]
    self.undeclaredAreScalars = undeclaredAreScalars
  }

  package func contains(_ name: String) -> Bool { kinds[name] != nil }

  package func kind(of name: String) -> Kind? { kinds[name] }

  package func isFunction(_ name: String) -> Bool { kinds[name] == .function }

  /// Adds a name; a declared kind wins over a mere definition.
  package mutating func insert(_ name: String, _ kind: Kind) {
    if kind == .quantity || kind == .dimension, kinds[name] != nil { return }
    kinds[name] = kind
  }

  package mutating func formUnion(_ other: KnownNames) {
    for (name, kind) in other.kinds { insert(name, kind) }
  }
}
