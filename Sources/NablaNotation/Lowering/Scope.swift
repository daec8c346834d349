import NablaExpressions
import NablaNumbers

/// What names mean at one place of a problem, and what is known there.
package struct Scope: Sendable {
  package var names: [String: SymbolID] = [:]
  package var definitions = Definitions()
  package var assumptions: [Assumption] = []
  package var conventions: [Convention] = []
  /// How names are printed, as LaTeX, where `write` says so.
  package var spellings: [SymbolID: String] = [:]
  /// Values given by `at`, and the sizes that are known.
  package var values: [SymbolID: ValueAssignment] = [:]
  package var layout = LayoutSyntax.gradient
  /// How results are printed, the later of two options last.
  package var notation: [NotationOption] = []
  /// The declared index names in the order in which they were declared.
  package var indices: [SymbolID] = []
  /// True on the command line, where a name nobody declared is a scalar.
  package var undeclaredAreScalars = false

  /// Built-in functions that needed a symbol because a prime stands after them.
  var functionSymbols: [Function: SymbolID] = [:]
  /// The array or dimension whose value fixed a size.
  var sizeSources: [SymbolID: SymbolID] = [:]

  package init() {}

  /// A scope in which undeclared names are scalars.
  package static var commandLine: Scope {
    var scope = Scope()
    scope.undeclaredAreScalars = true
    return scope
  }

  /// The number given to a scalar, label or dimension.
  package func number(_ symbol: SymbolID, in pool: borrowing ExpressionPool) -> Rational? {
    guard let value = values[symbol], value.rows.count == 1, value.rows[0].count == 1 else {
      return nil
    }
    return pool.exactValue(value.rows[0][0])
  }

  /// The names of everything but indices.
  package func quantityNames(in pool: borrowing ExpressionPool) -> Set<String> {
    var found: Set<String> = []
    for (name, symbol) in names where pool.kind(of: symbol) != .index { found.insert(name) }
    return found
  }

  /// The names known here as far as reading depends on them.
  package func knownNames(in pool: borrowing ExpressionPool) -> KnownNames {
    var known = KnownNames(undeclaredAreScalars: undeclaredAreScalars)
    for (name, symbol) in names {
      let kind: KnownNames.Kind =
        switch pool.kind(of: symbol) {
        case .scalar: .scalar
        case .array: pool.symbols[Int(symbol.index)].ranges.count == 1 ? .vector : .matrix
        case .index: .index
        case .label: .fixedIndex
        case .dimension: .dimension
        case .function: .function
        }
      known.insert(name, kind)
    }
    return known
  }
}

/// A fact that proofs may use.
package struct Assumption: Sendable {
  package let relation: Handle
  package let range: SourceRange
  /// As the author wrote it.
  package let text: String

  package init(relation: Handle, range: SourceRange, text: String) {
    self.relation = relation
    self.range = range
    self.text = text
  }
}

/// The value of a derivative at a kink.
package struct Convention: Sendable {
  package enum Subject: Hashable, Sendable {
    case builtIn(Function)
    case symbol(SymbolID)
  }

  package let subject: Subject
  /// How many primes stand after the function.
  package let order: Int
  package let point: Rational
  package let value: Rational
  package let range: SourceRange
}

/// The entries of a value by rows: one entry for a scalar, one column for a vector.
package struct ValueAssignment: Hashable, Sendable {
  /// The written forms, all rows of one length.
  package let rows: [[Handle]]

  package init(rows: [[Handle]]) { self.rows = rows }

  package init(_ value: Handle) { rows = [[value]] }

  package var columns: Int { rows.first?.count ?? 0 }
}

extension Scope {
  /// The same names without the values that were given to them; declared sizes keep theirs.
  ///
  /// What is judged here holds for all values.
  package func withoutValues(in pool: borrowing ExpressionPool) -> Scope {
    var scope = self
    scope.values = values.filter { symbol, _ in
      pool.kind(of: symbol) == .dimension && sizeSources[symbol] == nil
    }
    scope.sizeSources = [:]
    return scope
  }

  /// Whether names have values apart from declared sizes.
  package func givesValues(in pool: borrowing ExpressionPool) -> Bool {
    values.keys.contains { pool.kind(of: $0) != .dimension || sizeSources[$0] != nil }
  }
}
