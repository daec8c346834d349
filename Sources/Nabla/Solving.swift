import NablaNotation
import NablaProblems
public import NablaRewriting

/// Solves a problem written as a Markdown page with `nabla` blocks.
///
/// - Parameters:
///   - problem: The text of the page.
///   - name: How messages call it, usually a path.
///   - detail: How much of each derivation is written down.
///   - seed: Chooses the random points of the checks.
/// - Returns: The write-up with the verdict of its checks. Text that cannot be read gives
///   messages instead.
public func solve(
  problem: String, named name: String = "problem", detail: Detail = .standard, seed: UInt64 = 1
) -> WriteUp {
  var options = SolveOptions()
  options.detail = detail
  options.seed = seed
  return WriteUp(solveProblem(SourceText(name: name, problem), options: options))
}

/// Differentiates an expression step by step.
///
/// ```swift
/// print(derive("log(1 + exp(-y*w*x))", by: ["w"]).terminal())
/// ```
///
/// - Parameters:
///   - expression: Plain mathematics; names that are not declared are scalars.
///   - variables: What to differentiate by, one name for each order.
///   - given: Statements of a problem file, such as `index i, j = 1..N`.
///   - detail: How much is written down.
public func derive(
  _ expression: String, by variables: [String], given: [String] = [], detail: Detail = .standard
) -> WriteUp {
  var options = SolveOptions()
  options.detail = detail
  return WriteUp(solveExpression(expression, by: variables, given: given, options: options))
}
