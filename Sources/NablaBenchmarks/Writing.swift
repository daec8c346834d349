import NablaCalculus
import NablaExpressions
import NablaRendering

/// The gradient of a network as LaTeX: as it stands, and with a name for every part that occurs in
/// two places.
func measureWriting(depth: Int, width: Int) {
  let names = NetworkNames(depth: depth, width: width)
  var pool = ExpressionPool()
  var sweep = ReverseSweep()
  let network = Network(&pool, names)
  let gradient = sweep.gradient(of: network.loss, by: network.weights, in: &pool)
  var unshared = 0
  var isWhole = true
  var measurement = Measurement("W5", size: "[\(depth), \(width)]")
  var written = 0
  var parts = 0
  measurement.repeating {
    written = 0
  } build: {
  } derive: {
    var builder = FormulaBuilder()
    let shared = SharedParts(.all(atLeast: 4), saving: 0, limit: .max).everyPart(
      of: gradient, in: &pool)
    parts = shared.count
    for (place, part) in shared.enumerated() {
      builder.abbreviate(part, as: .name("u_\(place + 1)"))
    }
    for part in shared { written += builder.meaning(of: part, in: &pool).latex().utf8.count }
    for entry in gradient { written += builder.formula(of: entry, in: &pool).latex().utf8.count }
  }
  var builder = FormulaBuilder()
  for entry in gradient {
    let formula = builder.formula(of: entry, in: &pool)
    if formula == .ellipsis {
      isWhole = false
      break
    }
    unshared += formula.latex().utf8.count
  }
  measurement.add("nparams", gradient.count)
  measurement.add("named_parts", parts)
  measurement.add("written_chars", written)
  if isWhole {
    measurement.add("unshared_chars", unshared)
    measurement.add("chars_per_s", Double(unshared) / measurement.medianDerivation)
  }
  measurement.emit()
}
