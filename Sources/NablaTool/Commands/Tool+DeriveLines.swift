import NablaNotation
import NablaProblems
import NablaRendering

/// `derive --lines`.
extension Tool {
  func deriveLines(_ options: Options) -> Int32 {
    startBudget(options)
    return answerLines { request throws(LineError) in
      let expression = try Self.string("expression", of: request)
      let notation = try Self.notation(of: request, options)
      var by = options.by
      for text in try Self.strings("by", of: request) {
        do throws(UsageError) { by += try splitNames(text) } catch {
          throw LineError("'by' takes names such as x or x,y")
        }
      }
      let outcome = try solveExpression(
        expression, from: notation, by: by,
        given: options.given + Self.strings("given", of: request),
        assume: options.assume + Self.strings("assume", of: request),
        options: SolveOptions(options))
      if outcome.verdict == .unreadable {
        guard let (source, diagnostic) = outcome.diagnostics.first else {
          throw LineError("the expression could not be read")
        }
        throw LineError(source, diagnostic)
      }
      guard case .object(let members) = outcome.json else { return ([], .undecided) }
      return (members.filter { $0.key != "version" }, Outcome(outcome.verdict))
    }
  }
}
