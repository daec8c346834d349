import NablaExpressions
import NablaNotation

/// Why a file named by `use` could not be had.
package struct LoadFailure: Error, Hashable, Sendable {
  /// In lower case and without a full stop, such as `no such file`.
  package let reason: String

  package init(_ reason: String) { self.reason = reason }
}

/// A problem with everything that is wrong in its file.
package struct ProblemReading: Sendable {
  package var problem: Problem
  /// In the order of the file, those of used files last; at most `mostDiagnostics`.
  package var diagnostics: [Diagnostic]
  /// Every file that was used, for showing diagnostics.
  package var usedSources: [SourceText]

  package static let mostDiagnostics = ProblemFileSyntax.mostDiagnostics

  /// Reads a problem file into a pool.
  ///
  /// `load` fetches a file named by `use`, its path relative to that of `source`.
  package init(
    _ source: SourceText, into pool: inout ExpressionPool,
    loading load: (String) -> Result<[UInt8], LoadFailure> = { _ in
      .failure(LoadFailure("files cannot be used here"))
    }
  ) {
    let files = UsedFiles(source, loading: load)
    let reader = ProblemReader(files, into: &pool)
    problem = reader.problem
    usedSources = files.used.map { $0.source }
    diagnostics = Self.sorted(reader.diagnostics)
  }

  private static func sorted(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    let sorted = diagnostics.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.file != other.file {
        guard let name = one.file else { return true }
        guard let otherName = other.file else { return false }
        return name < otherName
      }
      if one.range.lower != other.range.lower { return one.range.lower < other.range.lower }
      return left.offset < right.offset
    }
    return Array(sorted.map { $0.element }.prefix(mostDiagnostics))
  }
}
