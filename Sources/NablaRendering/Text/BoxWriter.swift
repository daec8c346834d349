/// Formulas in two dimensions: stacked fractions, limits under Σ, tall brackets.
enum BoxWriter {
  /// Inside fractions and scripts, what fits on one short line stays on it.
  private static let innerLimit = 24

  /// `isOpenEnded` says that nothing follows on the line.
  static func box(_ layout: Layout, isOpenEnded: Bool = true) -> TextBox {
    box(layout, isInner: false, isOpenEnded: isOpenEnded)
  }

  /// Whether a layout takes more than one row.
  private static func needsHeight(_ layout: Layout, isInner: Bool) -> Bool {
    switch layout {
    case .row(let children):
      for child in children where needsHeight(child, isInner: isInner) { return true }
      return false
    case .symbol, .number, .text, .function, .operation, .accent, .exponential: return false
    case .fence(_, let inner), .highlighted(let inner, _), .root(let inner, _):
      return needsHeight(inner, isInner: isInner)
    case .fraction(let top, let bottom, _):
      if CompactWriter.commonFraction(top, bottom) != nil { return false }
      if !isInner { return true }
      return DisplayWidth.of(CompactWriter.text(layout, isOpenEnded: false)) > innerLimit
    case .scripts(let stem, _, let upper):
      if case .bigOperator = stem { return false }
      if needsHeight(stem, isInner: isInner) { return true }
      return upper.map { CompactWriter.raised($0).utf8.first == 94 } ?? false
    case .bigOperator(_, let lower, let upper): return !isInner && !isCompact(lower, upper)
    case .cases(let rows): return rows.count > 1
    case .matrix(let rows): return rows.count > 1
    case .evaluated, .labelled: return true
    }
  }

  /// Whether the limits of a sum can stand beside it on one line.
  private static func isCompact(_ lower: Layout?, _ upper: Layout?) -> Bool {
    upper == nil && lower.map { !CompactWriter.lowered($0).utf8.contains(123) } ?? true
  }

  private static func box(_ layout: Layout, isInner: Bool, isOpenEnded: Bool = false) -> TextBox {
    if !needsHeight(layout, isInner: isInner) {
      return TextBox(CompactWriter.text(layout, isOpenEnded: isOpenEnded))
    }
    switch layout {
    case .row: return row(layout.items, isInner: isInner)
    case .symbol, .number, .text, .function, .operation, .accent, .exponential:
      return TextBox(CompactWriter.text(layout))
    case .fence(let bracket, let inner):
      let content = box(inner, isInner: isInner)
      return TextBox.beside([
        fence(bracket, content, isOpening: true), content,
        fence(bracket, content, isOpening: false),
      ])
    case .fraction(let top, let bottom, _):
      let above = box(top, isInner: true, isOpenEnded: true)
      let below = box(bottom, isInner: true, isOpenEnded: true)
      let nested = above.isTall || below.isTall
      let width = max(above.width, below.width, 3) + (nested ? 2 : 0)
      let bar = TextBox(String(repeating: "─", count: width))
      return TextBox.stacked([above, bar, below], baseline: above.height)
    case .scripts(let stem, let lower, let upper): return scripts(stem, lower, upper, isInner)
    case .root(let radicand, let degree): return root(radicand, degree, isInner)
    case .bigOperator: return bigOperator(layout)
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
    case .labelled(let inner, let label):
      let content = box(inner, isInner: isInner)
      let foot = TextBox(CompactWriter.text(label))
      let gap = TextBox(rows: [" "], width: 1, baseline: 0)
      return TextBox.beside([
        gap, TextBox.stacked([content, foot], baseline: content.baseline), gap,
      ])
    }
  }

  /// Boxes side by side; what stands on one row is written as running text.
  private static func row(_ items: [Layout], isInner: Bool) -> TextBox {
    var isTall = items.map { needsHeight($0, isInner: isInner) }
    var tallAfter = false
    for position in items.indices.reversed() {
      // A sum over something tall has its limit below.
      if case .bigOperator = items[position], tallAfter, !isInner { isTall[position] = true }
      if isTall[position] { tallAfter = true }
    }
    var result: [TextBox] = []
    var run: [Layout] = []
    var followsOperator = false
    func flush(before next: Layout?) {
      guard let first = run.first, let last = run.last else { return }
      var text = CompactWriter.text(.row(run), isOpenEnded: false)
      if !result.isEmpty, isWord(first), !followsOperator { text = " " + text }
      if let next, case .function = last {
        if case .fence = next {} else { text += " " }
      }
      result.append(TextBox(text))
      followsOperator = false
      run = []
    }
    for (position, item) in items.enumerated() {
      if isTall[position] {
        flush(before: item)
        followsOperator = isOperator(item)
        result.append(followsOperator ? bigOperator(item) : box(item, isInner: isInner))
        continue
      }
      switch item {
      case .operation(.dot), .operation(.juxtaposition):
        let isBesideTall =
          (position > 0 && isTall[position - 1])
          || (position + 1 < items.count && isTall[position + 1])
        if isBesideTall {
          flush(before: nil)
          result.append(TextBox(" · "))
        } else {
          run.append(item)
        }
      case .operation(.separation):
        flush(before: nil)
        result.append(TextBox(",    "))
      default: run.append(item)
      }
    }
    flush(before: nil)
    return TextBox.beside(result)
  }

  private static func isWord(_ layout: Layout) -> Bool {
    if case .function = layout { true } else { false }
  }

  private static func isOperator(_ layout: Layout) -> Bool {
    if case .bigOperator = layout { true } else { false }
  }

  private static func bigOperator(_ layout: Layout) -> TextBox {
    guard case .bigOperator(let kind, let lower, let upper) = layout else { return TextBox("") }
    var stack: [TextBox] = []
    if let upper { stack.append(TextBox(CompactWriter.tight(upper))) }
    stack.append(TextBox(kind == .sum ? "∑" : "∏"))
    if let lower { stack.append(TextBox(CompactWriter.tight(lower))) }
    let box = TextBox.stacked(stack, baseline: upper == nil ? 0 : 1)
    return TextBox.beside([box, TextBox(" ")])
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
