import NablaCalculus
import NablaExpressions
import NablaRendering

/// The gradient of a network as LaTeX: with a name for every part that occurs in two places, and
/// written out in full.
func measureWriting(depth: Int, width: Int) {
  let names = NetworkNames(depth: depth, width: width)
  var pool = ExpressionPool()
  var sweep = ReverseSweep()
  let network = Network(&pool, names)
  let gradient = sweep.gradient(of: network.loss, by: network.weights, in: &pool)
  var measurement = Measurement("W5", size: "[\(depth), \(width)]")
  var written = 0
  var parts = 0
  measurement.repeating {
    written = 0
  } build: {
  } derive: {
    (written, parts) = writeNamed(gradient, &pool) { $0.latex().utf8.count }
  }
  measurement.add("nodes", pool.nodesBelow(gradient).count)
  measurement.add("nparams", gradient.count)
  measurement.add("named_parts", parts)
  measurement.add("written_chars", written)
  guard let unshared = writeInFull(gradient, &pool) else {
    measurement.emit()
    return
  }
  measurement.add("unshared_chars", unshared)
  measurement.add("chars_per_s", Double(unshared) / measurement.medianDerivation)
  measurement.emit()
  var whole = Measurement("W5-unshared", size: "[\(depth), \(width)]")
  var count = 0
  whole.repeating {
  } build: {
  } derive: {
    count = writeInFull(gradient, &pool) ?? 0
  }
  whole.add("written_chars", count)
  whole.add("chars_per_s", Double(count) / whole.medianDerivation)
  whole.emit()
}

/// Writes expressions with names for what they share; how much was written, and the names.
private func writeNamed(
  _ roots: [Handle], _ pool: inout ExpressionPool, _ write: (Formula) -> Int
) -> (written: Int, parts: Int) {
  var builder = FormulaBuilder()
  let shared = SharedParts(.all(atLeast: 4), saving: 0, limit: .max).everyPart(of: roots, in: &pool)
  for (place, part) in shared.enumerated() {
    builder.abbreviate(part, as: .name("u_\(place + 1)"))
  }
  var written = 0
  for part in shared { written += write(builder.meaning(of: part, in: &pool)) }
  for root in roots { written += write(builder.formula(of: root, in: &pool)) }
  return (written, shared.count)
}

/// The characters of all expressions written out; nil where one is too long for that.
private func writeInFull(_ roots: [Handle], _ pool: inout ExpressionPool) -> Int? {
  var builder = FormulaBuilder()
  var written = 0
  for root in roots {
    let formula = builder.formula(of: root, in: &pool)
    if formula == .ellipsis { return nil }
    written += formula.latex().utf8.count
  }
  return written
}

/// A page with the gradient of ever deeper networks in each format: the time for each node.
func measureLinearity(width: Int) {
  for depth in [1, 2, 4, 8] {
    let names = NetworkNames(depth: depth, width: width)
    var pool = ExpressionPool()
    var sweep = ReverseSweep()
    let network = Network(&pool, names)
    let gradient = sweep.gradient(of: network.loss, by: network.weights, in: &pool)
    let nodes = pool.nodesBelow(gradient).count
    for format in WrittenFormat.allCases {
      var measurement = Measurement("WL-\(format.rawValue)", size: "[\(depth), \(width)]")
      var written = 0
      measurement.repeating {
      } build: {
      } derive: {
        var rows: [DerivationRow] = []
        _ = writeNamed(gradient, &pool) { formula in
          rows.append(DerivationRow(.name("g_\(rows.count)"), .equal, formula))
          return 0
        }
        written = format.text(of: Document(blocks: [.derivation(rows)])).utf8.count
      }
      measurement.add("nodes", nodes)
      measurement.add("written_chars", written)
      measurement.add("ns_per_node", measurement.medianDerivation / Double(nodes) * 1e9)
      measurement.emit()
    }
  }
}

/// The formats a document is written in.
enum WrittenFormat: String, CaseIterable {
  case terminal, plain, markdown, latex, html

  func text(of document: Document) -> String {
    switch self {
    case .terminal: document.terminal(width: 80)
    case .plain: document.plain()
    case .markdown: document.markdown()
    case .latex: document.latex()
    case .html: document.html()
    }
  }
}
