import NablaExpressions
import NablaRendering

/// A write-up with code that checks its numbers, as a Jupyter notebook.
package enum Notebook {
  /// The notebook of a write-up in Markdown and of cells of Python, each below its heading.
  package static func json(
    markdown: String, first: String, units: [(section: Int, text: String)]
  ) -> JSONValue {
    let chunks = sections(of: markdown)
    var cells: [JSONValue] = []
    for (place, chunk) in chunks.enumerated() {
      if !chunk.isEmpty { cells.append(cell(cells.count, "markdown", chunk)) }
      if place == 0 || chunks.count == 1, !units.isEmpty, cells.count <= 1 {
        cells.append(cell(cells.count, "code", first))
      }
      let isLast = place == chunks.count - 1
      for unit in units where unit.section == place || isLast && unit.section > place {
        cells.append(cell(cells.count, "code", unit.text))
      }
    }
    let kernel = JSONValue.object([
      ("display_name", .string("Python 3")), ("language", .string("python")),
      ("name", .string("python3")),
    ])
    let language = JSONValue.object([
      ("name", .string("python")), ("file_extension", .string(".py")),
      ("mimetype", .string("text/x-python")),
    ])
    return .object([
      ("cells", .array(cells)),
      ("metadata", .object([("kernelspec", kernel), ("language_info", language)])),
      ("nbformat", .integer(4)), ("nbformat_minor", .integer(5)),
    ])
  }

  private static func cell(_ number: Int, _ kind: String, _ text: String) -> JSONValue {
    var members: [(String, JSONValue?)] = [
      ("cell_type", .string(kind)), ("id", .string("cell-\(number + 1)")),
      ("metadata", .object([JSONValue.Member]())),
    ]
    if kind == "code" {
      members.append(("execution_count", .null))
      members.append(("outputs", .array([])))
    }
    members.append(("source", .array(lines(of: text))))
    return .object(members)
  }

  /// The lines of a text, each but the last with its end.
  private static func lines(of text: String) -> [JSONValue] {
    var lines = text.textLines.map(String.init)
    while let last = lines.last, last.isEmpty { lines.removeLast() }
    while let first = lines.first, first.isEmpty { lines.removeFirst() }
    return lines.enumerated().map { place, line in
      .string(place + 1 < lines.count ? line + "\n" : line)
    }
  }

  /// What stands before the first heading, title included, and then each heading with its text.
  static func sections(of markdown: String) -> [String] {
    var chunks = [""]
    var fence: Substring?
    var hasTitle = false
    for line in markdown.textLines {
      let mark = line.prefix { $0 == "`" || $0 == "~" }
      if let open = fence {
        if mark.count >= open.count, mark.first == open.first { fence = nil }
      } else if mark.count >= 3 {
        fence = mark
      } else if isHeading(line) {
        let isTitle = !hasTitle && line.hasPrefix("# ") && chunks == [""]
        hasTitle = true
        if !isTitle { chunks.append("") }
      }
      chunks[chunks.count - 1] += line + "\n"
    }
    for place in chunks.indices where chunks[place].allSatisfy({ $0 == "\n" || $0 == " " }) {
      chunks[place] = ""
    }
    return chunks
  }

  private static func isHeading(_ line: Substring) -> Bool {
    let mark = line.prefix { $0 == "#" }
    return (1...6).contains(mark.count) && line.dropFirst(mark.count).first == " "
  }
}
