import NablaCalculus
import NablaExpressions
import NablaNotation
import NablaNumbers
import NablaRendering
import NablaRewriting
import NablaVerification

@testable import NablaProblems

/// A pool with what some statements declare, define and assume.
struct Workroom: ~Copyable {
  struct Unreadable: Error, CustomStringConvertible {
    let description: String
  }

  var pool = ExpressionPool()
  private var reader = CommandLineReader()

  /// Reads statements of a problem file, separated by semicolons outside brackets.
  init(_ statements: String = "", assume: [String] = []) throws(Unreadable) {
    do throws(CommandLineReader.Failure) {
      try reader.read(given: Self.statements(in: statements), assume: assume, in: &pool)
    } catch {
      throw Unreadable(description: Self.text(error))
    }
  }

  var scope: Scope { reader.scope }

  mutating func expression(_ text: String) throws(Unreadable) -> Handle {
    do throws(CommandLineReader.Failure) {
      return try reader.expression(SourceText(name: "expression", text), in: &pool)
    } catch {
      throw Unreadable(description: text + ": " + Self.text(error))
    }
  }

  /// An expression in matrix notation by its entry.
  mutating func quantity(_ text: String) throws(Unreadable) -> WrittenQuantity {
    do throws(CommandLineReader.Failure) {
      return try reader.quantity(SourceText(name: "expression", text), in: &pool)
    } catch {
      throw Unreadable(description: text + ": " + Self.text(error))
    }
  }

  /// What is derived, and the components by which it is.
  mutating func goal(
    _ subject: String, by variables: [String]
  ) throws(Unreadable) -> (subject: Handle, variables: [Handle]) {
    let task: NablaProblems.Task
    do throws(CommandLineReader.Failure) {
      task = try reader.task(
        SourceText(name: "expression", subject), by: variables, in: &pool)
    } catch {
      throw Unreadable(description: subject + ": " + Self.text(error))
    }
    guard case .derive(let subject, let found, _) = task.kind else {
      throw Unreadable(description: "no derivative")
    }
    return (subject, found.map { $0.handle })
  }

  /// Expressions separated by blanks, such as `x W[1,2]`.
  mutating func variables(_ text: String) throws(Unreadable) -> [Handle] {
    var handles: [Handle] = []
    for part in text.split(separator: " ") { handles.append(try expression(String(part))) }
    return handles
  }

  /// The written form in plain notation.
  mutating func plain(_ handle: Handle) -> String {
    var builder = FormulaBuilder()
    builder.indexNames = scope.indices
    return builder.formula(of: handle, in: &pool).plain
  }

  /// What solving a task in this scope would derive with.
  mutating func deriver() -> Deriver { Solver().deriver(scope, &pool) }

  mutating func differentiationContext() -> DifferentiationContext {
    Solver().differentiationContext(scope, &pool)
  }

  mutating func checkContext(seed: UInt64 = 1) -> CheckContext {
    var context = Solver().checkContext(scope, &pool)
    context.seed = seed
    return context
  }

  /// The verdict on a claim, nothing if it passed.
  mutating func objection(to claim: Claim, seed: UInt64 = 1) -> String? {
    let report = CrossCheck.run(claim, checkContext(seed: seed), &pool)
    switch report.verdict {
    case .passed: return nil
    case .failed(let found): return pool.text(of: found)
    case .notChecked(let obstacle): return "not checked: " + pool.text(of: obstacle)
    }
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
    return found.map { $0.trimmingBlanks }.filter { !$0.isEmpty }
  }

  private static func text(_ failure: CommandLineReader.Failure) -> String {
    failure.diagnostics.map {
      $0.source.text(in: $0.diagnostic.range) + ": " + $0.diagnostic.summary
    }
    .joined(separator: "; ")
  }
}

extension String {
  var trimmingBlanks: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
