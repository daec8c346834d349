/// All laws by which true equations are made.
package enum Laws {
  package static let scalar: [Law] =
    laws(algebra + powers + exponentials + hyperbolic)
    + laws(trigonometric + inverse + activations + cases)

  package static let indexed: [Law] = laws(sums)

  package typealias Row = (String, Law.Domain, String)

  /// Rows that cannot be read; a test holds this to be empty.
  package static let unreadable: [String] = [
    algebra, powers, exponentials, hyperbolic, trigonometric, inverse, activations, cases, sums,
  ].flatMap { $0 }.filter { (try? Law($0.0, $0.1, $0.2)) == nil }.map { "\($0.0) = \($0.2)" }

  private static func laws(_ rows: [Row]) -> [Law] {
    rows.compactMap { try? Law($0.0, $0.1, $0.2) }
  }
}
