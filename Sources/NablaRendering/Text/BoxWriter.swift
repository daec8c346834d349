/// Formulas in two dimensions: stacked fractions, limits under Σ, tall brackets.
enum BoxWriter {
  /// Inside fractions and scripts, what fits on one short line stays on it.
  private static let innerLimit = 24

  static func box(_ layout: Layout) -> TextBox { box(layout, isInner: false) }

  private static func box(_ layout: Layout, isInner: Bool) -> TextBox {
    switch layout {
    case .row: return row(layout.items, isInner: isInner)
    case .symbol, .number, .text, .function, .operation, .accent:
      return TextBox(CompactWriter.text(layout))
    case .fence(let bracket, let inner):
      let content = box(inner, isInner: isInner)
      return TextBox.beside([
        fence(bracket, content, isOpening: true), content,
        fence(bracket, content, isOpening: false),
      ])
    case .fraction(let top, let bottom, _):
      if isInner {
        let flat = TextBox(CompactWriter.text(layout))
        if flat.width <= innerLimit { return flat }
      }
      let above = box(top, isInner: true)
      let below = box(bottom, isInner: true)
      let nested = above.isTall || below.isTall
      let width = max(above.width, below.width, 3) + (nested ? 2 : 0)
      let bar = TextBox(String(repeating: "─", count: width))
      return TextBox.stacked([above, bar, below], baseline: above.height)
    case .scripts(let stem, let lower, let upper): return scripts(stem, lower, upper, isInner)
    case .exponential(let exponent):
      let flat = CompactWriter.text(layout)
      if DisplayWidth.of(flat) <= 3, !flat.hasSuffix(")") { return TextBox(flat) }
      return raise(TextBox("e"), box(exponent, isInner: true))
    case .root(let radicand, let degree): return root(radicand, degree, isInner)
    case .bigOperator(let kind, let lower, let upper):
      if isInner { return TextBox(CompactWriter.text(layout)) }
      let sign = TextBox(kind == .sum ? "∑" : "∏")
      var stack: [TextBox] = []
      if let upper { stack.append(TextBox(CompactWriter.tight(upper))) }
      stack.append(sign)
      if let lower { stack.append(TextBox(CompactWriter.tight(lower))) }
      let box = TextBox.stacked(stack, baseline: upper == nil ? 0 : 1)
      return TextBox.beside([box, TextBox(" ")])
    case .cases(let rows): return cases(rows)
    case .matrix(let rows): return matrix(rows)
    case .evaluated(let operand, let place):
      let content = box(operand, isInner: isInner)
      let bar = TextBox(
        rows: Array(repeating: "│", count: content.height), width: 1, baseline: content.baseline)
      let spot = TextBox(CompactWriter.text(place))
      let shift = content.height - content.baseline - 1
      let foot = TextBox(
        rows: Array(repeating: TextBox.spaces(spot.width), count: shift) + spot.rows,
        width: spot.width, baseline: 0)
      return TextBox.beside(
        [content, bar, shift == 0 ? TextBox("_{") : TextBox(""), foot]
          + (shift == 0 ? [TextBox("}")] : []))
    case .highlighted(let inner, _): return box(inner, isInner: isInner)
    }
  }

  private static func row(_ items: [Layout], isInner: Bool) -> TextBox {
    if items.isEmpty { return TextBox("") }
    let boxes = items.map { box($0, isInner: isInner) }
    var result: [TextBox] = []
    for (position, item) in items.enumerated() {
      switch item {
      case .operation(.dot), .operation(.juxtaposition):
        let neighbours =
          (position > 0 && boxes[position - 1].isTall)
          || (position + 1 < boxes.count && boxes[position + 1].isTall)
        result.append(neighbours ? TextBox(" · ") : boxes[position])
      case .operation(.separation): result.append(TextBox(",    "))
      case .function:
        let follows = position + 1 < items.count
        var isCall = false
        if follows, case .fence = items[position + 1] { isCall = true }
        var needsSpace = false
        if position > 0, case .operation = items[position - 1] {} else { needsSpace = position > 0 }
        result.append(
          TextBox(
            (needsSpace ? " " : "") + boxes[position].rows[0] + (isCall || !follows ? "" : " ")))
      default: result.append(boxes[position])
      }
    }
    return TextBox.beside(result)
  }

  private static func scripts(
    _ stem: Layout, _ lower: Layout?, _ upper: Layout?, _ isInner: Bool
  ) -> TextBox {
    var base: TextBox
    if case .bigOperator = stem {
      return TextBox(CompactWriter.text(.scripts(stem, lower: lower, upper: upper)))
    }
    base = box(stem, isInner: isInner)
    if let lower {
      let foot = TextBox(CompactWriter.lowered(lower))
      base =
        base.isTall
        ? TextBox.beside([
          base,
          TextBox(
            rows: Array(
              repeating: TextBox.spaces(foot.width), count: base.height - base.baseline - 1)
              + foot.rows, width: foot.width, baseline: 0),
        ]) : TextBox.beside([base, foot])
    }
    guard let upper else { return base }
    let flat = CompactWriter.raised(upper)
    if !base.isTall, flat.first != "^" { return TextBox.beside([base, TextBox(flat)]) }
    let script =
      flat.first == "^" ? box(upper, isInner: true) : TextBox(flat)
    if base.isTall, flat.first != "^" {
      let head = TextBox(
        rows: script.rows + Array(repeating: TextBox.spaces(script.width), count: base.height - 1),
        width: script.width, baseline: base.baseline)
      return TextBox.beside([base, head])
    }
    return raise(base, script)
  }

  /// A script that stands above and to the right of its base.
  private static func raise(_ base: TextBox, _ script: TextBox) -> TextBox {
    var rows: [String] = []
    for row in script.rows { rows.append(TextBox.spaces(base.width) + row) }
    for row in base.rows { rows.append(row + TextBox.spaces(script.width)) }
    return TextBox(
      rows: rows, width: base.width + script.width, baseline: script.height + base.baseline)
  }

  private static func root(_ radicand: Layout, _ degree: Layout?, _ isInner: Bool) -> TextBox {
    let content = box(radicand, isInner: isInner)
    if !content.isTall { return TextBox(CompactWriter.text(.root(radicand, degree: degree))) }
    let mark = degree.flatMap { UnicodeScripts.raised(CompactWriter.tight($0)) } ?? ""
    let indent = DisplayWidth.of(mark)
    var rows = [TextBox.spaces(indent) + " ┌" + String(repeating: "─", count: content.width)]
    for (position, row) in content.rows.enumerated() {
      let isLast = position == content.height - 1
      rows.append((isLast ? mark + "√" : TextBox.spaces(indent + 1)) + "│" + row)
    }
    return TextBox(
      rows: rows, width: content.width + indent + 2, baseline: content.baseline + 1)
  }

  static func fence(_ bracket: Bracket, _ content: TextBox, isOpening: Bool) -> TextBox {
    let flat = CompactWriter.bracket(bracket, isOpening: isOpening)
    if !content.isTall { return TextBox(flat) }
    let shape: (String, String, String)
    switch bracket {
    case .round: shape = isOpening ? ("⎛", "⎜", "⎝") : ("⎞", "⎟", "⎠")
    case .square: shape = isOpening ? ("⎡", "⎢", "⎣") : ("⎤", "⎥", "⎦")
    case .curly: shape = isOpening ? ("⎧", "⎨", "⎩") : ("⎫", "⎬", "⎭")
    case .bars: shape = ("│", "│", "│")
    case .doubleBars: shape = ("║", "║", "║")
    }
    var rows: [String] = []
    for row in 0..<content.height {
      rows.append(row == 0 ? shape.0 : row == content.height - 1 ? shape.2 : shape.1)
    }
    return TextBox(rows: rows, width: 1, baseline: content.baseline)
  }

  private static func cases(_ cases: [CaseRow]) -> TextBox {
    var values: [TextBox] = []
    var conditions: [TextBox] = []
    for row in cases {
      values.append(TextBox(CompactWriter.text(row.value)))
      conditions.append(TextBox(CompactWriter.text(row.condition)))
    }
    let width = values.reduce(0) { max($0, $1.width) }
    let conditionWidth = conditions.reduce(0) { max($0, $1.width) }
    let count = cases.count
    let middle = max(count - 1, 0) / 2
    var rows: [String] = []
    for row in 0..<count {
      let brace =
        count == 1
        ? "{" : row == 0 ? "⎧" : row == count - 1 ? "⎩" : row == middle ? "⎨" : "⎪"
      rows.append(
        brace + " " + values[row].padded(to: width).rows[0] + "   "
          + conditions[row].padded(to: conditionWidth).rows[0])
    }
    return TextBox(rows: rows, width: width + conditionWidth + 5, baseline: middle)
  }

  private static func matrix(_ cells: [[Layout]]) -> TextBox {
    var widths: [Int] = []
    let texts = cells.map { $0.map { TextBox(CompactWriter.text($0)) } }
    for row in texts {
      for (column, cell) in row.enumerated() {
        if column < widths.count {
          widths[column] = max(widths[column], cell.width)
        } else {
          widths.append(cell.width)
        }
      }
    }
    let total = widths.reduce(0, +) + 2 * max(widths.count - 1, 0)
    var rows: [String] = []
    for row in texts {
      var line = ""
      for (column, width) in widths.enumerated() {
        if column > 0 { line += "  " }
        let cell = column < row.count ? row[column] : TextBox("")
        line += TextBox.spaces(width - cell.width) + cell.rows[0]
      }
      rows.append(line)
    }
    if rows.isEmpty { return TextBox("[]") }
    let content = TextBox(rows: rows, width: total, baseline: (rows.count - 1) / 2)
    return TextBox.beside([
      fence(.square, content, isOpening: true), content,
      fence(.square, content, isOpening: false),
    ])
  }
}
