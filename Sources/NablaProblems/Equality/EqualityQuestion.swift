import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaVerification

/// Whether two expressions are equal, as it is asked on the command line.
package struct EqualityQuestion: Sendable {
  package var left: String
  package var right: String
  package var notation: InputNotation
  /// Statements of a problem file.
  package var given: [String]
  /// Facts that may be used.
  package var assume: [String]

  package init(
    _ left: String, _ right: String, from notation: InputNotation = .plain,
    given: [String] = [], assume: [String] = []
  ) {
    self.left = left
    self.right = right
    self.notation = notation
    self.given = given
    self.assume = assume
  }

  /// The bytes of all its parts.
  package var length: Int {
    (given + assume).reduce(left.utf8.count + right.utf8.count) { $0 + $1.utf8.count }
  }
}

/// How questions are to be judged.
package struct EqualityOptions {
  package var budget = ProofBudget()
  /// Chooses primes and points; to be drawn after the question is known, unless a run is repeated.
  package var seed: UInt64
  package var output = SolveOutput.document

  package init(seed: UInt64) { self.seed = seed }
}

/// A question read into a pool.
struct ReadEquality {
  let forms: RelationForms
  let scope: Scope
  let notes: ReadingNotes
}

extension EqualityQuestion {
  /// Reads both sides in one scope; undeclared names are scalars.
  func read(
    in pool: inout ExpressionPool
  ) throws(CommandLineReader.Failure) -> ReadEquality {
    var reader = CommandLineReader(notation)
    try reader.read(given: given, assume: assume, in: &pool)
    let forms = try reader.equation(
      SourceText(name: "left side", left), SourceText(name: "right side", right), in: &pool)
    return ReadEquality(forms: forms, scope: reader.scope, notes: reader.notes)
  }
}

extension ProofContext {
  /// What a scope knows: definitions, assumptions, sizes, conventions and given values.
  package init(_ scope: Scope, seed: UInt64, in pool: inout ExpressionPool) {
    self.init(definitions: scope.evaluatedDefinitions(in: &pool), seed: seed)
    assumptions = scope.assumptions.map { $0.relation }
    conventions = DifferentiationContext(scope, in: &pool).conventions
    for (symbol, value) in scope.values.sorted(by: { $0.key < $1.key }) {
      if pool.kind(of: symbol) != .scalar, value.rows.count == 1, value.rows[0].count == 1,
        let number = pool.rational(value.rows[0][0])?.asInt
      {
        integers[symbol] = number
      } else {
        assumptions += pool.equations(symbol, value)
      }
    }
  }
}

extension Scope {
  /// The definitions with the derivatives in them carried out: δ = ∂L/∂s can be evaluated then.
  func evaluatedDefinitions(in pool: inout ExpressionPool) -> Definitions {
    var definitions = self.definitions
    for definition in definitions.all where pool.traits(definition.body).contains(.derivative) {
      let body = pool.differentiated(definition.body, DifferentiationContext(self, in: &pool))
      definitions.add(
        Definition(symbol: definition.symbol, parameters: definition.parameters, body: body))
    }
    return definitions
  }
}

extension ExpressionPool {
  /// Given values of a scalar or of the entries of an array, as equations.
  fileprivate mutating func equations(_ symbol: SymbolID, _ value: ValueAssignment) -> [Handle] {
    var found: [Handle] = []
    let ranges = declaration(of: symbol).ranges
    for (row, entries) in value.rows.enumerated() {
      for (column, entry) in entries.enumerated() {
        let name: Handle
        switch ranges.count {
        case 0: name = self.symbol(symbol)
        case 1: name = self.entry(symbol, [place(max(row, column), of: ranges[0])])
        default:
          name = self.entry(symbol, [place(row, of: ranges[0]), place(column, of: ranges[1])])
        }
        found.append(relation(.equal, name, entry))
      }
    }
    return found
  }

  private mutating func place(_ offset: Int, of range: IndexRange) -> Handle {
    let first = rational(range.lower)?.asInt ?? 1
    return integer(first.addingReportingOverflow(offset).partialValue)
  }
}
