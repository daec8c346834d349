/// A formula as the text of a picture: one line, with scripts raised and lowered.
struct SVGFormula {
  struct Run: Hashable {
    var text: String
    var isItalic = false
    /// How far above the line, in scripts.
    var level = 0
  }

  /// The size of scripts, and how far they stand off the line, in em.
  static let scriptSize = 0.72
  static let scriptShift = 0.32

  private(set) var runs: [Run] = []

  init(_ layout: Layout) { add(layout, 0) }

  /// The width in em, rather too large.
  var width: Double {
    var total = 0.0
    for run in runs {
      let scale = run.level == 0 ? 1 : Self.scriptSize
      for scalar in run.text.unicodeScalars { total += Self.width(of: scalar) * scale }
    }
    return total
  }

  private static func width(of scalar: Unicode.Scalar) -> Double {
    switch scalar.value {
    case 0x20, 0x2E, 0x2C, 0x3A, 0x3B, 0x7C, 0xB7: 0.32
    case 0x28, 0x29, 0x5B, 0x5D, 0x2F, 0x69, 0x6A, 0x6C, 0x66, 0x74, 0x72, 0x49: 0.42
    case 0x6D, 0x77, 0x4D, 0x57: 0.95
    case 0x41...0x5A: 0.76
    case 0x30...0x39: 0.62
    case 0x300...0x36F: 0
    case 0x2190...0x22FF: 0.82
    default: Double(DisplayWidth.of(scalar)) * 0.63
    }
  }

  // MARK: Runs

  private mutating func append(_ text: String, isItalic: Bool = false, _ level: Int) {
    let text = DisplayWidth.harmless(text)
    if let last = runs.last, last.level == level, last.isItalic == isItalic {
      runs[runs.count - 1].text += text
    } else if !text.isEmpty {
      runs.append(Run(text: text, isItalic: isItalic, level: level))
    }
  }

  private mutating func add(_ layout: Layout, _ level: Int) {
    switch layout {
    case .row(let children):
      for (place, child) in children.enumerated() {
        add(child, level)
        if case .function = child, place + 1 < children.count {
          if case .fence = children[place + 1] { continue }
          append(" ", level)
        }
      }
    case .symbol(let text, let style): append(text, isItalic: style == .italic, level)
    case .number(let text): append(CompactWriter.text(.number(text)), level)
    case .text(let text), .function(let text): append(text, level)
    case .operation(let sign):
      append(sign == .juxtaposition ? "\u{2009}" : CompactWriter.spelled(sign), level)
    case .fence(let bracket, let inner):
      append(CompactWriter.bracket(bracket, isOpening: true), level)
      add(inner, level)
      append(CompactWriter.bracket(bracket, isOpening: false), level)
    case .fraction(let top, let bottom, let isDerivative):
      add(LaTeXLayoutWriter.operand(top, isDerivative: isDerivative, isLower: false), level)
      append("/", level)
      add(LaTeXLayoutWriter.operand(bottom, isDerivative: isDerivative, isLower: true), level)
    case .scripts(let stem, let lower, let upper) where level == 0:
      add(stem, 0)
      if let lower { add(lower, -1) }
      if let upper { add(upper, 1) }
    case .exponential(let exponent) where level == 0:
      append("e", 0)
      add(exponent, 1)
    case .highlighted(let inner, _), .labelled(let inner, _): add(inner, level)
    case .scripts, .exponential, .root, .bigOperator, .cases, .matrix, .evaluated, .accent:
      append(CompactWriter.text(layout), level)
    }
  }

  // MARK: Writing

  /// The content of a `text` element; `size` is its font size.
  func write(size: Double, to out: inout TextBuffer) {
    var shift = 0.0
    for run in runs {
      let wanted = -Double(run.level) * Self.scriptShift * size
      let step = wanted - shift
      shift = wanted
      if step == 0, run.level == 0, !run.isItalic {
        HTMLEscaping.write(run.text, to: &out)
        continue
      }
      out.write("<tspan")
      if step != 0 { out.write(" dy=\"\(PictureNumber.text(step))\"") }
      if run.level != 0 {
        out.write(" font-size=\"\(PictureNumber.text(size * Self.scriptSize))\"")
      }
      if run.isItalic { out.write(" font-style=\"italic\"") }
      out.write(">")
      HTMLEscaping.write(run.text, to: &out)
      out.write("</tspan>")
    }
  }
}
