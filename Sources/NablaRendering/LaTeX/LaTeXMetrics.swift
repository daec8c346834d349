/// Estimated sizes of typeset layouts in em, a little on the large side.
///
/// The character widths are those of Computer Modern, rounded up.
enum LaTeXMetrics {
  /// Size above and below the baseline, and width.
  struct Box {
    var width = 0.0
    var above = 0.7
    var below = 0.2
  }

  enum Style: Int {
    case display, text, script, scriptScript

    var scale: Double {
      switch self {
      case .display, .text: 1
      case .script: 0.74
      case .scriptScript: 0.56
      }
    }

    var scripted: Style { self == .display || self == .text ? .script : .scriptScript }

    var inFraction: Style { Style(rawValue: rawValue + 1) ?? .scriptScript }
  }

  static func width(_ layout: Layout, isInline: Bool = false) -> Double {
    box(layout, isInline ? .text : .display, isInline: isInline).width
  }

  /// The number of the `\big` command that encloses the layout; 5 asks for `\left`.
  static func bracketSize(_ layout: Layout) -> Int { bracketSize(layout, .display) }

  static func bracketSize(_ layout: Layout, _ style: Style) -> Int {
    var heights = Heights()
    return bracketSize(layout, style, &heights)
  }

  /// The heights of rows that have been measured.
  typealias Heights = SharedArrays<Layout, Style, Box>

  static func bracketSize(_ layout: Layout, _ style: Style, _ heights: inout Heights) -> Int {
    bracketSize(height(of: layout, style, &heights))
  }

  /// The size above and below the baseline alone, rows in several places measured once.
  private static func height(
    of layout: Layout, _ style: Style, _ heights: inout Heights
  ) -> Box {
    switch layout {
    case .row(let children):
      if let known = heights[children, style] { return known }
      var total = Box(width: 0, above: 0.4, below: 0)
      for child in children { add(height(of: child, style, &heights), to: &total) }
      heights[children, style] = total
      return total
    case .fence(_, let inner), .highlighted(let inner, _):
      return height(of: inner, style, &heights)
    default: return box(layout, style, isInline: false, hasWidth: false)
    }
  }

  private static func bracketSize(_ inner: Box) -> Int {
    let reach = max(inner.above - 0.25, inner.below + 0.25)
    if reach <= 0.68 { return 0 }
    if reach <= 0.85 { return 1 }
    if reach <= 1.25 { return 2 }
    if reach <= 1.45 { return 3 }
    return reach <= 1.75 ? 4 : 5
  }

  /// The estimated size; without its width where only the height is asked for.
  static func box(
    _ layout: Layout, _ style: Style, isInline: Bool, hasWidth: Bool = true
  ) -> Box {
    let scale = style.scale
    if !hasWidth, layout.isText { return atom(0, scale) }
    switch layout {
    case .row(let children):
      var total = Box(width: 0, above: 0.4, below: 0)
      for child in children {
        add(box(child, style, isInline: isInline, hasWidth: hasWidth), to: &total)
      }
      return total
    case .symbol(let text, let shape):
      let weight = shape == .vector || shape == .matrix ? 1.15 : 1
      return atom(text.unicodeScalars.reduce(0) { $0 + letter($1) } * scale * weight, scale)
    case .number(let text): return atom(Double(text.unicodeScalars.count) * 0.51 * scale, scale)
    case .text(let text), .function(let text):
      return atom((textWidth(text) + 0.17) * scale, scale)
    case .operation(let sign): return atom(width(of: sign, style), scale)
    case .fence(_, let inner):
      var result = box(inner, style, isInline: isInline, hasWidth: hasWidth)
      let size = isInline ? 0 : bracketSize(result)
      result.width += 2 * (0.42 + 0.1 * Double(size)) * scale
      return result
    case .fraction(let top, let bottom, _):
      if isInline {
        let sides = (
          box(top, style, isInline: true, hasWidth: hasWidth).width,
          box(bottom, style, isInline: true, hasWidth: hasWidth).width
        )
        return atom(sides.0 + sides.1 + 2.2 * scale, scale)
      }
      let isLarge = style == .display || LaTeXLayoutWriter.isCompound(top, bottom)
      let inner = isLarge ? Style.text : style.inFraction
      let above = box(top, inner, isInline: false, hasWidth: hasWidth)
      let below = box(bottom, inner, isInline: false, hasWidth: hasWidth)
      let gap = isLarge ? 0.3 : 0.15
      return Box(
        width: max(above.width, below.width) + 0.28,
        above: 0.25 * scale + gap + above.above + above.below,
        below: gap - 0.25 * scale + below.above + below.below)
    case .scripts(let stem, let lower, let upper):
      return scripts(stem, lower, upper, style, hasWidth)
    case .exponential(let exponent):
      return scripts(.symbol("e", .italic), nil, exponent, style, hasWidth)
    case .root(let radicand, let degree):
      var result = box(radicand, style, isInline: isInline, hasWidth: hasWidth)
      result.width += 0.9 * scale
      if let degree {
        result.width += box(degree, .scriptScript, isInline: true, hasWidth: hasWidth).width
      }
      result.above += 0.2
      return result
    case .bigOperator(_, let lower, let upper):
      let limits = (
        lower.map { box($0, style.scripted, isInline: true, hasWidth: hasWidth).width } ?? 0,
        upper.map { box($0, style.scripted, isInline: true, hasWidth: hasWidth).width } ?? 0
      )
      if style == .display, !isInline {
        return Box(
          width: max(1.5, limits.0, limits.1) + 0.2, above: upper == nil ? 1 : 1.6,
          below: lower == nil ? 0.5 : 1.1)
      }
      return Box(width: (1.1 * scale) + max(limits.0, limits.1) + 0.2, above: 0.9, below: 0.4)
    case .cases(let rows): return cases(rows, hasWidth)
    case .matrix(let rows): return matrix(rows, isInline, hasWidth)
    case .evaluated(let operand, let place):
      var result = box(operand, style, isInline: isInline, hasWidth: hasWidth)
      result.width += 0.5 + box(place, style.scripted, isInline: true, hasWidth: hasWidth).width
      result.below += 0.3
      return result
    case .accent(let stem, _):
      var result = box(stem, style, isInline: isInline, hasWidth: hasWidth)
      result.above += 0.2
      return result
    case .highlighted(let inner, _):
      return box(inner, style, isInline: isInline, hasWidth: hasWidth)
    case .labelled(let inner, let label):
      var result = box(inner, style, isInline: isInline, hasWidth: hasWidth)
      result.width = max(
        result.width, box(label, style.scripted, isInline: true, hasWidth: hasWidth).width)
      result.below += 1
      return result
    }
  }

  private static func atom(_ width: Double, _ scale: Double) -> Box {
    Box(width: width, above: 0.7 * scale, below: 0.2 * scale)
  }

  private static func add(_ part: Box, to total: inout Box) {
    total.width += part.width
    total.above = max(total.above, part.above)
    total.below = max(total.below, part.below)
  }

  private static func scripts(
    _ stem: Layout, _ lower: Layout?, _ upper: Layout?, _ style: Style,
    _ hasWidth: Bool
  ) -> Box {
    var result = box(stem, style, isInline: false, hasWidth: hasWidth)
    let low = lower.map { box($0, style.scripted, isInline: true, hasWidth: hasWidth) }
    let high = upper.map { box($0, style.scripted, isInline: true, hasWidth: hasWidth) }
    result.width += max(low?.width ?? 0, high?.width ?? 0) + 0.08
    if let high { result.above = max(result.above, 0.4 * style.scale + high.above) }
    if low != nil { result.below = max(result.below, 0.4 * style.scale) }
    return result
  }

  private static func cases(_ rows: [CaseRow], _ hasWidth: Bool) -> Box {
    var value = 0.0
    var condition = 0.0
    for row in rows {
      value = max(value, box(row.value, .text, isInline: false, hasWidth: hasWidth).width)
      condition = max(
        condition, box(row.condition, .text, isInline: false, hasWidth: hasWidth).width)
    }
    let half = 0.72 * Double(rows.count)
    return Box(width: value + condition + 2.2, above: half + 0.25, below: max(half - 0.25, 0.2))
  }

  private static func matrix(
    _ rows: [[Layout]], _ isInline: Bool, _ hasWidth: Bool
  ) -> Box {
    var columns: [Double] = []
    var height = 0.0
    for row in rows {
      var line = Box()
      for (column, cell) in row.enumerated() {
        let size = box(cell, .text, isInline: isInline, hasWidth: hasWidth)
        if column < columns.count {
          columns[column] = max(columns[column], size.width)
        } else {
          columns.append(size.width)
        }
        line.above = max(line.above, size.above)
        line.below = max(line.below, size.below)
      }
      height += max(1.25, line.above + line.below)
    }
    let gaps = Double(max(columns.count - 1, 0)) + 1.1
    return Box(
      width: columns.reduce(0, +) + gaps, above: height / 2 + 0.25,
      below: max(height / 2 - 0.25, 0.2))
  }

  static func width(of sign: MathOperator, _ style: Style) -> Double {
    if style == .script || style == .scriptScript {
      switch sign {
      case .attachment, .juxtaposition: return 0
      case .comma: return 0.35 * style.scale
      default: return 0.8 * style.scale
      }
    }
    switch sign {
    case .plus, .minus, .hadamard, .elementwiseQuotient, .cross, .authorBinary: return 1.26
    case .negative: return 0.8
    case .dot: return 0.75
    case .juxtaposition: return 0.18
    case .attachment: return 0
    case .slash: return 0.52
    case .comma: return 0.63
    case .separation: return 2.3
    case .relation(.implies), .relation(.equivalent): return 2.9
    case .relation, .authorRelation: return 1.42
    case .semicolon: return 0.63
    case .wideSemicolon: return 2.3
    case .word(let word), .prefixWord(let word): return 0.7 + 0.57 * Double(word.utf8.count)
    }
  }

  static func textWidth(_ text: String) -> Double {
    text.unicodeScalars.reduce(0) { $0 + upright($1) }
  }

  private static func letter(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case "m", "w": return 0.9
    case "i", "j", "l": return 0.42
    case "f", "r", "s", "t", "z": return 0.52
    case "M", "W": return 1.08
    case "I": return 0.52
    case "a"..."z": return 0.6
    case "A"..."Z": return 0.82
    case "∂", "δ", "σ": return 0.65
    default:
      return scalar.isASCII ? 0.53 : LaTeXSymbols.entry(character: String(scalar))?.width ?? 3.6
    }
  }

  private static func upright(_ scalar: Unicode.Scalar) -> Double {
    switch scalar {
    case " ", "i", "j", "l", ".", ",", ";", ":", "'", "|", "!": return 0.34
    case "f", "r", "s", "t", "(", ")", "-", "I": return 0.42
    case "m", "w": return 0.85
    case "M", "W": return 1.05
    case "a"..."z": return 0.56
    case "A"..."Z": return 0.8
    case "\u{370}"..."\u{3FF}", "′": return 0.6
    default: return scalar.isASCII ? 0.8 : scalar.value < 0x180 ? 0.8 : 1.2
    }
  }
}

extension Layout {
  /// Whether it is a piece of text or a sign, whose height is that of any other.
  fileprivate var isText: Bool {
    switch self {
    case .symbol, .number, .text, .function, .operation: true
    default: false
    }
  }
}
