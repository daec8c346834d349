import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaProblems

@testable import NablaVerification

/// A pool with what some statements declare, define and assume, and a prover in it.
struct ProofRoom: ~Copyable {
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  var pool = ExpressionPool()
  private var reader = CommandLineReader()

  /// Reads statements of a problem file, separated by semicolons outside brackets.
  init(_ statements: String = "", assume: [String] = []) throws {
    do throws(CommandLineReader.Failure) {
      try reader.read(given: Self.statements(in: statements), assume: assume, in: &pool)
    } catch {
      throw Unreadable(description: Self.text(error))
    }
  }

  mutating func expression(_ text: String) throws -> Handle {
    do throws(CommandLineReader.Failure) {
      return try reader.expression(SourceText(name: "expression", text), in: &pool)
    } catch {
      throw Unreadable(description: text + ": " + Self.text(error))
    }
  }

  var context: ProofContext {
    var context = ProofContext(definitions: reader.scope.definitions, seed: 20_261_121)
    context.assumptions = reader.scope.assumptions.map { $0.relation }
    for (symbol, value) in reader.scope.values {
      if value.rows.count == 1, value.rows[0].count == 1,
        let number = pool.rational(value.rows[0][0])?.asInt, pool.kind(of: symbol) != .scalar
      {
        context.integers[symbol] = number
      }
    }
    return context
  }

  mutating func decide(
    _ left: String, _ right: String, budget: ProofBudget = ProofBudget()
  ) throws -> ProofVerdict {
    let one = try expression(left)
    let other = try expression(right)
    return Prover(context, budget: budget).decide(one, other, in: &pool)
  }

  /// Whether the derivative of an expression by some names is another.
  mutating func decideDerivative(
    of subject: String, by names: [String], _ right: String
  ) throws -> ProofVerdict {
    let body = try expression(subject)
    var variables: [Handle] = []
    for name in names { variables.append(try expression(name)) }
    let other = try expression(right)
    let left = pool.derivative(body, by: variables)
    return Prover(context).decide(left, other, in: &pool)
  }

  static func statements(in text: String) -> [String] {
    var found = [""]
    var depth = 0
    for character in text {
      switch character {
      case "[", "(": depth += 1
      case "]", ")": depth -= 1
      default: break
      }
      if character == ";", depth == 0 {
        found.append("")
      } else {
        found[found.count - 1].append(character)
      }
    }
    return found.filter { $0.contains { $0 != " " } }
  }

  private static func text(_ failure: CommandLineReader.Failure) -> String {
    failure.diagnostics.map {
      $0.source.text(in: $0.diagnostic.range) + ": " + $0.diagnostic.summary
    }
    .joined(separator: "; ")
  }
}

extension ProofVerdict {
  /// The verdict as one word; undecided ones with their reason.
  var name: String {
    switch self {
    case .proved: "proved"
    case .refuted: "refuted"
    case .conditional: "conditional"
    case .undecided(.nowhereBothDefined): "nowhere"
    case .undecided: "undecided"
    case .exhausted: "exhausted"
    }
  }
}
