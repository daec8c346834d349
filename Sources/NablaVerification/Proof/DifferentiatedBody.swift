import NablaExpressions

/// Something that was differentiated; an equation about its derivative is meant only where it is
/// smooth.
struct DifferentiatedBody: Sendable {
  var body: Handle
  /// The names by which it was differentiated, and those on which they rest.
  let variables: Set<SymbolID>
}
